"""Thresholds of clocks: random lives, repairs, renewals and rivals, probed with the reference.

A short form; ``VRELTUI_CLOCKS=400`` in the environment looks at that many, from
``VRELTUI_CLOCKS_FIRST`` on.
"""

from __future__ import annotations

import os
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from tests.oracle_time import TimeOracle
from tests.oracle_time.test_random_designs import BESIDE
from vreltui.analysis import examine
from vreltui.storage import parse
from vreltui.wording.as_json import as_json

MANY = int(os.environ.get("VRELTUI_CLOCKS", "6"))
FIRST = int(os.environ.get("VRELTUI_CLOCKS_FIRST", "0"))

HOUR = 3600


def life(chance: Random) -> str:
    """One of the four laws, of some days."""
    size = f"{chance.uniform(1, 90):.3g} d"
    return chance.choice(
        [
            f'mttf = "{size}"',
            f'scale = "{size}"\nshape = {chance.choice([0.4, 0.9, 1, 1.3, 2, 5])}',
            f'median = "{size}"\nsigma = {chance.choice([0.2, 0.7, 1.5])}',
            f'stages = ["{size}", "{chance.uniform(1, 30):.3g} d", "{size}"]',
        ]
    )


def file(chance: Random) -> str:
    """One component that is renewed, against a goal and/or the same one without a clock."""
    lives = life(chance)
    repair = f"{chance.uniform(0.1, 30):.3g} h"
    takes = chance.choice(["0 s", "1 min", f"{chance.uniform(0.01, 3):.3g} h", repair])
    rivals = chance.choice(["goal", "baseline", "both"])
    goal = f"[goal]\nunavailability = {10 ** chance.uniform(-4.5, -1):.3g}\n"
    return (
        "vreltui = 1\n"
        + ('baseline = "plain"\n' if rivals != "goal" else "")
        + (goal if rivals != "baseline" else '[mission]\nmeasure = "availability"\n')
        + '[parameters]\nT = { time = "3 d" }\n'
        + f'[nodes.plain]\n{lives}\nmttr = "{repair}"\n'
        + f'[nodes.renewed]\n{lives}\nmttr = "{repair}"\nrejuvenate = "T"\ntakes = "{takes}"\n'
        + '[choices.plain]\nroot = "plain"\n[choices.renewed]\nroot = "renewed"\n'
    )


def probes(intervals: list[dict[str, Any]]) -> list[tuple[Fraction, bool]]:
    """Clocks on both sides of each end, and from an hour to some years, with what is claimed."""
    ends = [(Fraction(i["low"] or 0), i["high"] and Fraction(i["high"])) for i in intervals]
    at = [Fraction(HOUR) * Fraction(5) ** n for n in range(-3, 6)]
    at += [end * (1 + side * BESIDE) for pair in ends for end in pair if end for side in (-1, 1)]
    return [(t, any(low < t and (high is None or t < high) for low, high in ends)) for t in at]


@pytest.mark.parametrize("seed", range(FIRST, FIRST + MANY))
def test_a_clock_meets_where_it_is_said_to(seed: int) -> None:
    text = file(Random(seed))
    design, oracle = parse(text).design, TimeOracle(text)
    said = as_json("design.toml", design, examine(design))["choices"]["renewed"]
    threshold = said["thresholds"]["T"]
    if "took more than" in threshold.get("undecided", ""):
        pytest.skip("the time was over")
    assert "undecided" not in threshold, text
    for clock, claimed in probes(threshold["intervals"]):
        if oracle.against_baseline("renewed", {"T": clock}) == 0:
            continue  # 50 digits don't tell it from what has no clock
        meets = oracle.meets("renewed", {"T": clock})
        assert meets is None or meets == claimed, (text, float(clock), threshold)
