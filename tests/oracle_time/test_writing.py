"""Random designs, answered by the reference, and a comparison that notices what is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from mpmath import isinf, mpf

from tests.oracle_time import TimeOracle
from tests.oracle_time.agreement import agrees
from tests.oracle_time.figures import Figures
from tests.oracle_time.writing import design


def _said(figures: Figures) -> dict[str, Any]:
    return {
        key: None if value is None else "infinite" if isinf(value) else float(value)
        for key, value in figures.said().items()
    }


def answer(oracle: TimeOracle) -> dict[str, Any]:
    """What the program would say, if it were the reference."""
    beside = {None: None, 1: "better", 0: "equal", -1: "worse"}
    choices = {
        choice: {
            **_said(oracle.figures(choice)),
            "against_goal": None,
            "against_baseline": beside[oracle.against_baseline(choice)],
            "nodes": {node: _said(those[0]) for node, those in oracle.node_figures(choice).items()},
        }
        for choice in oracle.design.choices
    }
    return {"measure": oracle.design.measure, "choices": choices}


@pytest.mark.parametrize("seed", range(6))
def test_pairs_are_complements(seed: int) -> None:
    oracle = TimeOracle(design(seed))
    for choice in oracle.design.choices:
        figures = oracle.figures(choice)
        for pair in (figures.reliability, figures.availability, figures.availability_at):
            assert pair is None or abs(pair[0] + pair[1] - 1) < mpf("1e-35")
    agrees(oracle, answer(oracle))


def test_a_wrong_figure_is_noticed() -> None:
    oracle = TimeOracle(design(1))
    wrong = answer(oracle)
    key = next(k for k, v in wrong["choices"]["first"].items() if isinstance(v, float) and v)
    wrong["choices"]["first"][key] *= 1 + 1e-9
    with pytest.raises(AssertionError, match=key):
        agrees(oracle, wrong)
