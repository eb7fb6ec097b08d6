"""Where a box is divided: across the side that is relatively widest, also one from nothing."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from vreltui.analysis.study import Study
from vreltui.engine.bernstein import Box
from vreltui.engine.boxes import Duel, _halves
from vreltui.engine.laws import Source
from vreltui.engine.limits import Limits
from vreltui.model import Probability
from vreltui.model.times import Duration
from vreltui.storage import parse

DESIGN = """vreltui = 1
[nodes.one]
reliability = 0.9
[choices.c]
root = "one"
"""
P, Q = Source("p", is_parameter=True), Source("q", is_parameter=True)
LIFE = Source("T", is_parameter=True)


def duel(**amounts: tuple[Duration, Duration]) -> Duel:
    """A choice against a goal, where these times are open."""
    own = Study(parse(DESIGN).design).evaluation("c")
    known = {Source(name, is_parameter=True): ends for name, ends in amounts.items()}
    return Duel(own, Probability.of("0.5"), None, Limits(), amounts=known)


@pytest.mark.parametrize(
    "other",
    [
        (LIFE, (Fraction(360_000), Fraction(363_600))),  # a hundredth
        (Q, (Decimal("0.1"), Decimal("0.15"))),  # a third, but in p two thirds of what fails
    ],
)
def test_a_box_is_halved_across_its_relatively_widest_side(
    other: tuple[Source, tuple[Decimal, Decimal]],
) -> None:
    box: Box = {P: (Decimal("0.97"), Decimal("0.99")), other[0]: other[1]}
    upper, lower = _halves(duel(), box)
    assert upper == {**box, P: (Decimal("0.98"), Decimal("0.99"))}
    assert lower == {**box, P: (Decimal("0.97"), Decimal("0.98"))}


def test_a_time_that_may_be_nothing_is_not_divided_for_ever() -> None:
    open_time = duel(T=(Duration(Decimal(0), "s"), Duration(Decimal(1), "h")))
    box: Box = {P: (Decimal("0.1"), Decimal("0.9")), LIFE: (Fraction(0), Fraction(3600))}
    divided = 0
    while (lower := _halves(open_time, box)[1])[P] == box[P]:
        assert lower[LIFE][0] == 0
        assert Fraction(lower[LIFE][1]) < Fraction(box[LIFE][1])
        box, divided = lower, divided + 1
        assert divided < 40
    assert divided > 2
