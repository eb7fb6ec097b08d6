"""Whether the figures of ``check --json`` are the reference's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mpmath import isinf, mpf

from tests.oracle_time.figures import Figures
from tests.oracle_time.questions import TimeOracle

RELATIVE = mpf("1e-11")

LEAST = mpf("1e-300")
"""What is smaller need only be small."""

SIDES = {None: None, 1: "above", 0: "equal", -1: "below"}
BESIDE = {None: None, 1: "better", 0: "equal", -1: "worse"}


def agrees(oracle: TimeOracle, answer: Mapping[str, Any]) -> None:
    """Assert that the figures, and on which side of goal and baseline they are, are right."""
    assert answer["measure"] == oracle.design.measure
    for choice, said in answer["choices"].items():
        _figures_agree(said, oracle.figures(choice), choice)
        for node, those in oracle.node_figures(choice).items():
            if len(those) == 1:
                _figures_agree(said["nodes"][node], those[0], f"{choice}/{node}")
        if not _was_late(said, "against_goal"):
            assert said["against_goal"] == SIDES[oracle.against_goal(choice)], choice
        beside = oracle.against_baseline(choice)
        # Equal figures of different trees may be left open; nothing else may.
        is_open = beside == 0 and "against_baseline_undecided" in said
        if beside is not None and not is_open and not _was_late(said, "against_baseline"):
            assert said["against_baseline"] == BESIDE[beside], choice


def _was_late(said: Mapping[str, Any], key: str) -> bool:
    """Whether something is undecided because the time was over, which says nothing of the rest."""
    return "took more than" in str(said.get(f"{key}_undecided", ""))


def _figures_agree(said: Mapping[str, Any], figures: Figures, where: str) -> None:
    """A figure that is said is right; one that isn't is among the missing, or said nowhere."""
    for key, true in figures.said().items():
        found = said.get(key)
        if found is None or true is None:
            continue
        if found == "infinite" or isinf(true):
            assert (found == "infinite") == bool(isinf(true)), f"{where}: {key}"
        elif abs(true) < LEAST:
            assert abs(found) < LEAST, f"{where}: {key} is {true}, not {found!r}"
        else:
            wrong = abs(mpf(found) - true)
            assert wrong <= RELATIVE * abs(true), f"{where}: {key} is {true}, not {found!r}"
