"""Random designs with lifetimes, repair and goals: `check` says what the reference says.

A short form; ``VRELTUI_TIME_DESIGNS=5000`` in the environment looks at that many designs, and
``VRELTUI_TIME_FIRST`` says which is the first.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from mpmath import isinf, isnan, mpf

from tests.oracle_time import TimeOracle
from tests.oracle_time.agreement import agrees
from tests.oracle_time.states import TooMany
from tests.oracle_time.writing import design, struck
from vreltui.analysis import examine
from vreltui.model import Design
from vreltui.storage import FileError, parse
from vreltui.wording.as_json import as_json

MANY = int(os.environ.get("VRELTUI_TIME_DESIGNS", "12"))
FIRST = int(os.environ.get("VRELTUI_TIME_FIRST", "0"))

LONG = "VRELTUI_TIME_DESIGNS" in os.environ

OF_CAUSES = (4, 17, 23, 42, 43, 45, 58, 77, 83, 109, 119, 135, 143, 155)
"""Seeds of every model, measure and split whose lives are exponential: for the others the
reference integrates for minutes."""

BESIDE = Fraction(1, 10**8)
"""How far beside an end, relatively, the other side is looked at."""


LEAST_GOAL = mpf("1e-6")
"""The seconds of the shortest time that a file may state."""


def with_goal(text: str, chance: Random) -> str:
    """The design with a goal near to what one of its choices has; sometimes none."""
    oracle = TimeOracle(text)
    measured = oracle.measured(chance.choice(["first", "second"]))
    if measured is None or chance.random() < 0.15:
        return text
    factor = mpf(chance.choice([0.3, 0.9, 1.2, 3]))
    measure = oracle.design.measure
    if measure == "mttf":
        if isinstance(measured, tuple) or isinf(measured) or not measured:
            return text
        goal = f'mttf = "{float(measured * factor / 3600):.6g} h"'
    else:
        assert isinstance(measured, tuple)
        q = min(measured[1] * factor, mpf("0.99"))
        if not q or isnan(q):
            return text
        goal = f"un{measure} = {float(q):.6g}"
        is_time = measure == "availability" and chance.random() < 0.6
        if is_time and q * 730 * 3600 > LEAST_GOAL:
            goal = f'downtime = "{float(q * 730 * 60):.6g} min/mo"'
    return text.replace(f'measure = "{measure}"\n', "").replace(
        "[mission]\n", f"[goal]\n{goal}\n[mission]\n"
    )


def ends(threshold: dict[str, Any]) -> Iterator[tuple[Fraction, bool]]:
    """Values near to each end of a threshold, and whether they should meet."""
    scale = Fraction(1, 3600) if threshold["kind"] == "rate" else Fraction(1)
    for interval in threshold["intervals"]:
        low, high = interval["low"], interval["high"]
        if low:
            yield Fraction(low) * scale * (1 + BESIDE), True
            yield Fraction(low) * scale * (1 - BESIDE), False
        if high is not None:
            yield Fraction(high) * scale * (1 - BESIDE), True
            yield Fraction(high) * scale * (1 + BESIDE), False
        if not low and high is None and threshold["value"]:
            yield Fraction(str(threshold["value"])) * scale * Fraction(7, 3), True


def thresholds_hold(oracle: TimeOracle, answer: dict[str, Any]) -> int:
    """Assert that both sides of every end are as they are said to be; how many were looked at."""
    seen = 0
    for choice, said in answer["choices"].items():
        for name, threshold in said["thresholds"].items():
            if threshold["kind"] not in ("time", "rate", "number") or "undecided" in threshold:
                continue
            satisfied = oracle.meets(choice)
            if satisfied is not None:
                assert threshold["satisfied"] == satisfied, (choice, name)
            for value, meets in ends(threshold):
                found = oracle.meets(choice, {name: value})
                assert found is None or found == meets, (choice, name, float(value), threshold)
                seen += found is not None
    return seen


@pytest.mark.parametrize("seed", range(FIRST, FIRST + MANY))
def test_a_random_design_is_answered_as_the_reference_does(seed: int) -> None:
    try:
        text = with_goal(design(seed), Random(seed))
        oracle = TimeOracle(text)
        stated = parse(text).design
        answer = as_json("design.toml", stated, examine(stated))
        agrees(oracle, answer)
        thresholds_hold(oracle, answer)
    except TooMany:
        pytest.skip("too many states for the reference")


@pytest.mark.parametrize("seed", range(FIRST, FIRST + MANY) if LONG else OF_CAUSES)
def test_a_random_design_with_common_causes_too(seed: int) -> None:
    try:
        text = with_goal(struck(seed), Random(seed))
        stated = _read(text)
        oracle = TimeOracle(text)
        answer = as_json("design.toml", stated, examine(stated))
        agrees(oracle, answer)
        thresholds_hold(oracle, answer)
    except TooMany:
        pytest.skip("too many states for the reference")


def _read(text: str) -> Design:
    """The design, where the letters of its cause are for all its choices."""
    try:
        return parse(text).design
    except FileError as error:
        if "flaw" in str(error):
            pytest.skip("letters for one of the choices alone")
        raise
