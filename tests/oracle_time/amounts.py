"""Times, rates and numbers as a file writes them, to exact fractions."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from mpmath import mpf

Real = Any
"""A number of mpmath, which publishes no types."""

UNITS = {
    "ms": Fraction(1, 1000),
    "s": Fraction(1),
    "min": Fraction(60),
    "h": Fraction(3600),
    "d": Fraction(24 * 3600),
    "w": Fraction(7 * 24 * 3600),
    "mo": Fraction(730 * 3600),
    "y": Fraction(8760 * 3600),
}
"""The seconds of each unit; a year has 8760 hours, and a month is a twelfth of it."""

YEAR = UNITS["y"]

_NUMBER = r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
_TIME = re.compile(rf"({_NUMBER}) ({'|'.join(UNITS)})")
_RATE = re.compile(rf"({_NUMBER}) /({'|'.join(UNITS)})")
_FIT = re.compile(rf"({_NUMBER}) FIT")
_SHARE = re.compile(rf"({_NUMBER}) ({'|'.join(UNITS)})/({'|'.join(UNITS)})")


def real(value: Fraction | int) -> Real:
    """A fraction with the digits that are being worked with."""
    return mpf(value.numerator) / value.denominator


def time_of(text: str) -> Fraction:
    """A time in seconds.

    >>> time_of("1.5 d")
    Fraction(129600, 1)
    """
    match = _TIME.fullmatch(text)
    assert match, f"{text!r} is no time"
    return Fraction(Decimal(match[1])) * UNITS[match[2]]


def rate_of(text: str) -> Fraction:
    """A rate per second.

    >>> rate_of("500 FIT") == rate_of("5e-7 /h")
    True
    """
    if match := _FIT.fullmatch(text):
        return Fraction(Decimal(match[1])) / 10**9 / UNITS["h"]
    match = _RATE.fullmatch(text)
    assert match, f"{text!r} is no rate"
    return Fraction(Decimal(match[1])) / UNITS[match[2]]


def share_of(text: str) -> Fraction:
    """The share of a period that a downtime is.

    >>> share_of("5 min/y")
    Fraction(1, 105120)
    """
    match = _SHARE.fullmatch(text)
    assert match, f"{text!r} is no downtime in a period"
    return Fraction(Decimal(match[1])) * UNITS[match[2]] / UNITS[match[3]]


def amount_of(written: Any) -> Fraction:
    """A number, a time in seconds or a rate per second, whichever is written."""
    if not isinstance(written, str):
        return Fraction(written)
    return time_of(written) if _TIME.fullmatch(written) else rate_of(written)
