"""A component that several pools copy, struck by one cause."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.analysis.test_causes import choice_of, text_of
from tests.oracle.causes import Part, Striking, reliability

F = Fraction


@pytest.mark.parametrize("needs", ["any", "all"])
def test_copies_of_one_component_in_two_pools_are_told_apart(needs: str) -> None:
    nodes = {
        "vm": Part(works=F(9, 10)),
        "pair": Part(of="vm", copies=2, needs="any"),
        "single": Part(of="vm", copies=1),
        "top": Part(parts=("pair", "single"), needs=needs),
    }
    tables = nodes, {"x": Striking(("vm",), "mgl", (F(3, 10), F(1, 5)))}
    wanted, figure = reliability(tables, "top"), choice_of(text_of(tables, "top")).figure
    assert wanted is not None
    assert figure is not None
    assert figure.unreliability == pytest.approx(float(1 - wanted), rel=1e-12)
