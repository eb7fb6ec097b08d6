"""Numbers that follow a value over a part of its range hold what they follow, and closely."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from flint import arb

from vreltui.engine.ball_arithmetic import BallArithmetic
from vreltui.engine.balls import ball, precision
from vreltui.engine.limits import Undecided
from vreltui.engine.taylor_models import Model, ModelArithmetic, moving_pair, parts_of

MODELS, BALLS = ModelArithmetic(), BallArithmetic()

Pair = tuple[Any, Any]


def quotient(arithmetic: Any, pair: Pair) -> Pair:
    x, y = pair
    return tuple(arithmetic.share(x * x + ball(Fraction(1, 9)), y * 3 + x))


def series(arithmetic: Any, pair: Pair) -> Pair:
    part = arithmetic.all_of([pair, (ball(Fraction(2, 3)), ball(Fraction(1, 3))), pair])
    return tuple(arithmetic.any_of([part] * 40))


def hazard(arithmetic: Any, pair: Pair) -> Pair:
    given = ball(Fraction(7, 8)), ball(Fraction(1, 8))
    return tuple(arithmetic.power(given, pair[0]))


@pytest.mark.parametrize("function", [quotient, series, hazard])
def test_a_model_holds_what_it_follows(function: Callable[[Any, Pair], Pair]) -> None:
    chance = Random(1)
    with precision(192):
        for _ in range(30):
            low = Fraction(chance.randint(0, 900), 1024)
            high = low + Fraction(chance.randint(1, 100), 1024)
            found = function(MODELS, moving_pair(ball(low), ball(high)))
            for step in range(-4, 5):
                x = (low + high) / 2 + (high - low) / 2 * Fraction(step, 4)
                for one, other in zip(found, function(BALLS, (ball(x), ball(1 - x))), strict=True):
                    assert one.over(arb(step) / 4).overlaps(other)
                    assert one.over(arb(step) / 4).rad() < 1e-7


def test_a_divisor_that_may_be_nothing_is_refused() -> None:
    x, _ = moving_pair(arb(0), arb(1))
    with pytest.raises(Undecided):
        MODELS.share(x, x)


def test_the_signs_of_a_model_are_told_up_to_its_roots() -> None:
    with precision(128):
        x, _ = moving_pair(arb(-1), arb(1))
        parts = parts_of(x * x - arb("0.3"), 12)
    assert [sign for _, _, sign in parts] == [1, 0, -1, 0, 1]
    assert all(high - low < 1e-3 for low, high, sign in parts if not sign)
    assert isinstance(x, Model)
