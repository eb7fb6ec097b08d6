"""Digits are certain, and rounded to the side on which they hold."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vreltui.analysis import digits
from vreltui.engine.balls import ball, precision
from vreltui.engine.regions import GREATEST, LEAST, End
from vreltui.wording.numerals import decimal_text


def end(value: Fraction) -> End:
    def pair(bits: int):  # type: ignore[no-untyped-def]
        with precision(bits + 64):
            return ball(value), ball(1 - value)

    return End(pair)


def rounded(exact: End, towards: digits.Direction) -> tuple[str, bool]:
    found, is_exact = digits.rounded(exact.pair, towards)
    return decimal_text(found), is_exact


def typed(text: str) -> Fraction:
    """What a text says, with "1 - " read as people do."""
    return 1 - Fraction(text[4:]) if text.startswith("1 - ") else Fraction(text)


@given(st.fractions(Fraction(1, 10**30), 1 - Fraction(1, 10**30), max_denominator=10**30))
def test_rounding_goes_to_the_side_asked_for_and_not_far(value: Fraction) -> None:
    up, _ = rounded(end(value), "up")
    down, _ = rounded(end(value), "down")
    assert typed(down) <= value <= typed(up)
    smaller = min(value, 1 - value)
    assert typed(up) - typed(down) <= smaller / 999


@pytest.mark.parametrize(
    ("value", "up", "down"),
    [
        ("0.9", "0.9000", "0.9000"),
        ("0.001", "0.001000", "0.001000"),
        ("0.12345678", "0.1235", "0.1234"),
        ("0.99812345678", "0.998124", "0.998123"),
        ("0.00000123456", "1.235e-6", "1.234e-6"),
    ],
)
def test_examples(value: str, up: str, down: str) -> None:
    exact = end(Fraction(Decimal(value)))
    assert rounded(exact, "up")[0] == up
    assert rounded(exact, "down")[0] == down


def test_a_short_decimal_is_known_to_be_exact() -> None:
    assert rounded(end(Fraction(9, 10)), "up")[1]
    assert not rounded(end(Fraction(2, 3)), "up")[1]


def test_the_ends_of_the_unit_interval() -> None:
    assert rounded(LEAST, "up") == ("0", True)
    assert rounded(GREATEST, "down") == ("1", True)


def test_next_to_one_the_complement_is_written() -> None:
    value = 1 - Fraction(18662, 10**19)
    assert rounded(end(value), "up")[0] == "1 - 1.866e-15"
    assert rounded(end(value), "down")[0] == "1 - 1.867e-15"
