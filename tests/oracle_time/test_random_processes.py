"""Random nodes with moves, alone and in trees: `check` says what another reading of them says.

A short form; ``VRELTUI_PROCESSES=500`` in the environment looks at that many designs.
"""

from __future__ import annotations

import os
from fractions import Fraction
from random import Random
from typing import Any

import mpmath
import pytest

from tests.oracle_time.process_writing import design
from tests.oracle_time.processes import YEAR, ProcessOracle, to_mpf
from vreltui.analysis import examine
from vreltui.storage import parse
from vreltui.wording.as_json import as_json

MANY = int(os.environ.get("VRELTUI_PROCESSES", "4"))
MEASURES = ("reliability", "availability", "mttf", "safety")
BESIDE = Fraction(1, 10**6)


def answer(text: str) -> dict[str, Any]:
    read = parse(text).design
    found: dict[str, Any] = as_json("file", read, examine(read))["choices"]["only"]
    return found


def near(found: float, expected: Any) -> bool:
    return bool(mpmath.almosteq(mpmath.mpf(found), expected, rel_eps=mpmath.mpf(10) ** -11))


@pytest.mark.parametrize("seed", range(MANY))
def test_figures_and_thresholds_are_those_of_the_reference(seed: int) -> None:
    chance = Random(seed)
    measure = MEASURES[seed % 4]
    text = design(chance, measure)
    with mpmath.workdps(60):
        oracle = ProcessOracle(text)
        root = oracle.data["choices"]["only"]["root"]
        found = answer(text)
        _figures(found, oracle, root)
        if measure != "mttf":
            _thresholds(text, oracle, root, measure, chance)


def _figures(found: dict[str, Any], oracle: ProcessOracle, root: str) -> None:
    reliability = oracle.reliability(root)
    assert near(found["reliability"], reliability)
    assert near(found["unreliability"], 1 - reliability)
    safety = oracle.safety(root)
    assert near(found["safety"], safety)
    assert found["unsafety"] == 0 if safety == 1 else near(found["unsafety"], 1 - safety)
    available, often = oracle.availability(root), oracle.frequency(root)
    assert near(found["availability"], to_mpf(available))
    assert near(found["unavailability"], to_mpf(1 - available))
    assert near(found["outages_per_year"], to_mpf(often * YEAR))
    assert near(found["mean_up_s"], to_mpf(available / often))
    assert near(found["mean_down_s"], to_mpf((1 - available) / often))
    assert near(found["availability_at"], oracle.available_at(root))
    assert near(found["mttf_s"], oracle.mean_life(root))
    if root == "a":
        chain = oracle.chain("a")
        assert near(found["availability_over"], chain.over(oracle.mission))
    for name in ("a",):
        chain, said = oracle.chain(name), found["nodes"][name]
        for state, share, at in zip(
            chain.states, chain.shares(), chain.after(oracle.mission), strict=True
        ):
            assert near(said["states"][state], to_mpf(share))
            assert near(said["states_at"][state], at)


def _thresholds(text: str, oracle: ProcessOracle, root: str, measure: str, chance: Random) -> None:
    """Beside each end of a threshold the goal is met on one side and not on the other."""
    now = to_mpf(oracle.availability(root)) if measure == "availability" else (
        oracle.reliability(root) if measure == "reliability" else oracle.safety(root)
    )  # fmt: skip
    factor = chance.choice([0.5, 0.9, 1.5])
    goal = Fraction(f"{float((1 - now) * factor):.3g}") if now < 1 else Fraction(1, 10)
    goal = min(goal, Fraction(9, 10))
    asked = text.replace(f'measure = "{measure}"\n', f"[goal]\nun{measure} = {float(goal):.3g}\n")
    goal = Fraction(f"{float(goal):.3g}")
    for name, threshold in answer(asked)["thresholds"].items():
        if threshold["kind"] == "count" or threshold.get("undecided"):
            continue
        scale = Fraction(1, 3600) if threshold["kind"] == "rate" else Fraction(1)
        probes: list[tuple[Fraction, bool]] = []
        for each in threshold["intervals"]:
            if each["low"]:
                low = Fraction(each["low"]) * scale
                probes += [(low * (1 - BESIDE), False), (low * (1 + BESIDE), True)]
            if each["high"] is not None and each["high"] != 1:
                high = Fraction(each["high"]) * scale
                probes += [(high * (1 - BESIDE), True), (high * (1 + BESIDE), False)]
        if not threshold["intervals"]:
            probes = [(value, False) for value in _some(threshold["kind"])]
        for value, meets in probes:
            if threshold["kind"] == "probability" and not 0 < value < 1:
                continue
            moved = ProcessOracle(text, {name: value})
            figure = {  # type: ignore[no-untyped-call]
                "reliability": moved.reliability,
                "safety": moved.safety,
                "availability": lambda of: to_mpf(moved.availability(of)),  # noqa: B023
            }[measure](root)
            assert (1 - figure < to_mpf(goal)) == meets, (name, threshold, value)


def _some(kind: str) -> list[Fraction]:
    if kind == "probability":
        return [Fraction(1, 100), Fraction(1, 2), Fraction(99, 100)]
    return [Fraction(1, 10**4), Fraction(1), Fraction(10**4)]
