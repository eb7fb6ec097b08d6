"""Numbers of other formats: exact as long as they are rational and short, else certified balls."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from flint import arb, fmpq

from vreltui.engine.balls import precision

Number: TypeAlias = "Fraction | arb"
"""An exact number, or a ball around one."""

MOST_DIGITS = 320
MOST_MAGNITUDE = 400
"""Numbers of a file lie between 1e-400 and 1e400, or are 0."""

MOST_BITS = 20_000
"""A fraction of more bits is followed as a ball."""

DIGITS = 17
"""Significant digits of what is computed."""

_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,9})?")


class NumberError(Exception):
    """A number can't be used; the text says what is wrong with it."""


def read_number(text: str) -> Fraction:
    """A decimal as it is written. Raises :class:`NumberError`; what is huge is never expanded.

    >>> read_number(" 1e-3 ")
    Fraction(1, 1000)
    """
    words = text.strip()
    if len(words) > MOST_DIGITS + 40 or _DECIMAL.fullmatch(words) is None:
        raise NumberError(f'"{words[:40]}" is no number')
    number = Decimal(words)
    if number != 0 and abs(number.adjusted()) > MOST_MAGNITUDE:
        raise NumberError(f"{words[:40]} is out of bounds: 1e-400 to 1e400 is right")
    if len(number.as_tuple().digits) > MOST_DIGITS:
        raise NumberError(f"{words[:40]}... has more than {MOST_DIGITS} digits")
    return Fraction(number)


def bounded(number: Number, bits: int) -> Number:
    """The same number; a fraction that has grown too long as a ball."""
    if isinstance(number, Fraction):
        size = number.numerator.bit_length() + number.denominator.bit_length()
        return ball_of(number, bits) if size > MOST_BITS else number
    return number


def ball_of(number: Number, bits: int) -> arb:
    """A ball around a number."""
    if isinstance(number, arb):
        return number
    with precision(bits):
        return arb(fmpq(number.numerator, number.denominator))


def exact_decimal(number: Number) -> Decimal | None:
    """A fraction as the decimal that it is; None where it does not end, or is too long.

    >>> exact_decimal(Fraction(1, 8)), exact_decimal(Fraction(1, 3))
    (Decimal('0.125'), None)
    """
    if isinstance(number, arb):
        return None
    rest, twos, fives = number.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    places = max(twos, fives)
    if rest != 1 or places > 2 * MOST_DIGITS:
        return None
    digits = number.numerator * 10**places // number.denominator
    if len(str(abs(digits))) > MOST_DIGITS:
        return None
    return Decimal(f"{digits}E-{places}").normalize()


def rounded(number: Number) -> Decimal | None:
    """A number to 17 significant digits; None where the ball is too wide to tell them.

    >>> rounded(Fraction(1, 3))
    Decimal('0.33333333333333333')
    """
    ball = ball_of(number, 256)
    if ball.is_zero():
        return Decimal(0)
    if not ball.is_finite() or ball.rel_accuracy_bits() < 64:
        return None
    if not arb(10) ** -MOST_MAGNITUDE < abs(ball) < arb(10) ** MOST_MAGNITUDE:
        raise NumberError("the result is out of bounds: 1e-400 to 1e400 is right")
    return Decimal(ball.mid().str(DIGITS, radius=False))
