"""Two doubles for a number: what each operation loses is no more than is said of it."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest
from flint import arb

from vreltui.engine import double_words
from vreltui.engine.balls import precision

COUNT = 2000


def numbers(seed: int, *, least: int = -300) -> double_words.Words:
    """Pairs of doubles of all sizes, of which the second is less than half of a last place."""
    chance = random.Random(seed)
    near = [chance.uniform(1, 2) * 2.0 ** chance.randint(least, 0) for _ in range(COUNT)]
    rest = [value * chance.uniform(-1, 1) * 2.0**-54 for value in near]
    return np.array(near), np.array(rest)


def exactly(words: double_words.Words) -> list[Fraction]:
    return [Fraction(near) + Fraction(rest) for near, rest in zip(*words, strict=True)]


def lost(found: double_words.Words, true: list[Fraction]) -> float:
    return max(
        float(abs(value - wanted) / abs(wanted)) if wanted else float(abs(value))
        for value, wanted in zip(exactly(found), true, strict=True)
    )


@pytest.mark.parametrize("seed", range(3))
def test_a_sum_a_difference_and_a_product_keep_what_they_promise(seed: int) -> None:
    x, y = numbers(2 * seed), numbers(2 * seed + 1)
    pairs = list(zip(exactly(x), exactly(y), strict=True))
    assert lost(double_words.total(x, y), [a + b for a, b in pairs]) <= double_words.LOST_BY_SUM
    found = double_words.product(x, y)
    assert lost(found, [a * b for a, b in pairs]) <= double_words.LOST_BY_PRODUCT
    near = (x[0] * (1 + 2.0**-40), x[1])
    differences = [a - b for a, b in zip(exactly(near), exactly(x), strict=True)]
    assert lost(double_words.difference(near, x), differences) <= double_words.LOST_BY_SUM


def test_products_below_the_least_lose_less_than_is_said() -> None:
    x, y = numbers(7, least=-600), numbers(8, least=-600)
    small = [
        (a * b, value)
        for a, b, value in zip(
            exactly(x), exactly(y), exactly(double_words.product(x, y)), strict=True
        )
        if a * b < double_words.LEAST
    ]
    assert len(small) > 20
    assert max(abs(true - value) for true, value in small) < double_words.LOST_BELOW


def test_a_ball_is_read_to_twice_the_digits_of_a_double() -> None:
    with precision(300):
        value = arb(1) / 3
    near, rest = double_words.of_ball(value)
    error = abs(Fraction(near) + Fraction(rest) - Fraction(1, 3)) * 3
    assert error <= double_words.LOST_BY_READING


def test_terms_of_any_sign_add_up_exactly() -> None:
    near, rest = numbers(5)
    words = (np.concatenate((near, -near)), np.concatenate((rest, -rest * (1 + 2.0**-50))))
    found = double_words.exact_sum(words)
    assert sum(exactly(words)) == pytest.approx(
        Fraction(found[0]) + Fraction(found[1]), rel=2.0**-100
    )
