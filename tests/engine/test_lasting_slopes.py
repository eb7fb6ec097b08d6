"""How the chance to last changes with a rate and with the time, against closed forms."""

from __future__ import annotations

import pytest
from flint import arb

from vreltui.engine.balls import WORKING_BITS, precision
from vreltui.engine.chains.chain import Chain
from vreltui.engine.chains.lasting_slopes import slope_of_lasting
from vreltui.engine.duals import Dual

FIRST, SECOND, TIME = arb("0.25"), arb("0.5"), arb(3)


def slope(first: float, second: float, time: float) -> arb:
    """The slope where the two rates and the time move as fast as is said."""
    moves = [(0, 1, Dual(FIRST, arb(first))), (1, 2, Dual(SECOND, arb(second)))]
    with precision(WORKING_BITS):
        return slope_of_lasting(Chain.of(3, moves, [0, 1]), [0, 1], Dual(TIME, arb(time)))


def lasts(first: arb, second: arb, time: arb) -> arb:
    """Two stages, one after the other: the sum of two lives of unlike rates."""
    return (second * (-first * time).exp() - first * (-second * time).exp()) / (second - first)


@pytest.mark.parametrize("moved", [(1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0)])
def test_two_stages_of_unlike_rates(moved: tuple[int, int, int]) -> None:
    with precision(200):
        step = arb(2) ** -60
        a, b, t = (step * way for way in moved)
        after = lasts(FIRST + a, SECOND + b, TIME + t)
        before = lasts(FIRST - a, SECOND - b, TIME - t)
        wanted = (after - before) / (2 * step)
    assert float(slope(*moved)) == pytest.approx(float(wanted), rel=1e-13)


def test_a_cold_spare() -> None:
    # e^(-rt) (1 + rt) changes with r by -r t^2 e^(-rt).
    moves = [(0, 1, Dual(FIRST, arb(1))), (1, 2, Dual(FIRST, arb(1)))]
    found = slope_of_lasting(Chain.of(3, moves, [0, 1]), [0, 1], Dual(TIME, arb(0)))
    wanted = -FIRST * TIME * TIME * (-FIRST * TIME).exp()
    assert float(found) == pytest.approx(float(wanted), rel=1e-14)
