"""Certainty: accuracy asked for is accuracy given, and a tie is proven rather than guessed."""

from __future__ import annotations

from fractions import Fraction

import flint
import pytest
from flint import arb

from vreltui.engine.balls import WORKING_BITS, ball, certain_sign, precision, sharpen
from vreltui.engine.limits import Undecided


def _divide_at(bits: int) -> float:
    assert flint.ctx.prec == bits
    return 1 / 0


def test_precision_is_put_back_even_after_an_error() -> None:
    before = flint.ctx.prec
    with pytest.raises(ZeroDivisionError), precision(999):
        _divide_at(999)
    assert flint.ctx.prec == before


def test_sharpen_asks_again_until_the_figure_is_accurate() -> None:
    asked: list[int] = []

    def cancels(bits: int) -> tuple[arb, ...]:
        asked.append(bits)
        return (ball(Fraction(1, 3)) + arb(2) ** 200 - arb(2) ** 200,)

    (found,) = sharpen(cancels)
    assert float(found.mid()) == 1 / 3
    assert asked[0] == WORKING_BITS
    assert len(asked) > 1


def test_sharpen_gives_up_on_what_never_becomes_accurate() -> None:
    with pytest.raises(Undecided):
        sharpen(lambda _bits: (arb(0, 1),), most_bits=1024)


@pytest.mark.parametrize("places", [3, 50, 2000])
def test_a_tie_is_zero_and_one_unit_of_the_last_place_is_not(places: int) -> None:
    third = Fraction(int("3" * places), 10**places)
    unit = Fraction(1, 10**places)

    def margin(of: Fraction) -> int:
        return certain_sign(
            lambda _bits: (
                (ball(of) * 3 + ball(unit) * 7) / 3 - ball(of) - ball(unit) * 7 / 3
                if of == third
                else ball(of) - ball(third)
            ),
            lambda: places,
            10_000,
        )

    assert margin(third) == 0
    assert margin(third + unit) == 1
    assert margin(third - unit) == -1


def test_a_tie_beyond_the_limit_is_undecided_not_guessed() -> None:
    with pytest.raises(Undecided, match="100000 decimal places"):
        certain_sign(lambda bits: arb(0, 1) * arb(2) ** -bits, lambda: 100_000, most_places=50_000)
