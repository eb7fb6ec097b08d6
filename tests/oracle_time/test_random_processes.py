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


def _measured(oracle: ProcessOracle, root: str, measure: str) -> Any:
    """What is measured, so that more is better."""
    if measure == "availability":
        return to_mpf(oracle.availability(root))
    figures = {
        "reliability": oracle.reliability,
        "safety": oracle.safety,
        "mttf": oracle.mean_life,
    }
    return figures[measure](root)


def _goal(text: str, now: Any, measure: str, chance: Random) -> tuple[str, Any]:
    """The text with a goal near to what there is, and what has to be exceeded."""
    old = f'measure = "{measure}"\n'
    if measure == "mttf":
        hours = Fraction(f"{float(now / 3600) * chance.choice([0.5, 0.9, 1.5]):.3g}")
        return text.replace(old, f'[goal]\nmttf = "{float(hours):.3g} h"\n'), hours * 3600
    lacking = float(1 - now) * chance.choice([0.5, 0.9, 1.5]) if now < 1 else 0.1
    most = Fraction(f"{min(lacking, 0.9):.3g}")
    return text.replace(old, f"[goal]\nun{measure} = {float(most):.3g}\n"), 1 - most


def _thresholds(text: str, oracle: ProcessOracle, root: str, measure: str, chance: Random) -> None:
    """Beside each end of a threshold the goal is met on one side and not on the other."""
    asked, goal = _goal(text, _measured(oracle, root, measure), measure, chance)
    for name, threshold in answer(asked)["thresholds"].items():
        if threshold["kind"] == "count" or threshold.get("undecided"):
            continue
        for value, meets in _probes(threshold):
            moved = ProcessOracle(text, {name: value})
            assert (_measured(moved, root, measure) > to_mpf(goal)) == meets, (name, threshold)


def _probes(threshold: dict[str, Any]) -> list[tuple[Fraction, bool]]:
    """Values next to the ends of a threshold, each with whether the goal is met there."""
    scale = Fraction(1, 3600) if threshold["kind"] == "rate" else Fraction(1)
    is_share = threshold["kind"] == "probability"
    probes: list[tuple[Fraction, bool]] = []
    for each in threshold["intervals"]:
        if each["low"]:
            low = Fraction(each["low"]) * scale
            probes += [(low * (1 - BESIDE), False), (low * (1 + BESIDE), True)]
        if each["high"] is not None and not (is_share and each["high"] == 1):
            high = Fraction(each["high"]) * scale
            probes += [(high * (1 - BESIDE), True), (high * (1 + BESIDE), False)]
    if not threshold["intervals"]:
        probes = [(value, False) for value in _some(threshold["kind"])]
    return [(value, meets) for value, meets in probes if not is_share or 0 < value < 1]


def _some(kind: str) -> list[Fraction]:
    if kind == "probability":
        return [Fraction(1, 100), Fraction(1, 2), Fraction(99, 100)]
    return [Fraction(1, 10**4), Fraction(1), Fraction(10**4)]
