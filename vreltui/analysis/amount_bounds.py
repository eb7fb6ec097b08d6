"""The digits of an end of a threshold on a time, a rate or a number, in units that people use.

Digits are rounded into the interval, so that the value typed back in lies inside, and there are as
many as it takes to tell the end from the value that stands in the design.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal, localcontext
from fractions import Fraction
from math import inf, nextafter

from vreltui.analysis.results import AmountBound
from vreltui.model import Value
from vreltui.model.quantities import DURATION, RATE, quantity_of
from vreltui.model.times import SECONDS, Duration, Rate

_DIGITS = 4
_MOST_DIGITS = 30

_LADDER = (
    ("y", 2 * SECONDS["y"]),
    ("d", 3 * SECONDS["d"]),
    ("h", 2 * SECONDS["h"]),
    ("min", 2 * SECONDS["min"]),
    ("s", SECONDS["s"]),
)
"""From which time on each unit is the one that people use."""

_RATES = (("/h", Fraction(1, 3600)), ("/d", 1 / SECONDS["d"]), ("/y", 1 / SECONDS["y"]))


def amount_bound(end: Fraction, value: Value, now: Fraction, *, up: bool) -> AmountBound:
    """An end, rounded up or down; ``now`` is what the design has, which has to stay apart from it.

    ``end`` is in seconds, times a second, or ones, as ``now``.
    """
    unit, size = unit_of(end, value)
    digits = _DIGITS
    while True:
        written = _rounded(end / size, digits, up=up)
        exact = Fraction(written) * size
        # An end rounded to, or past, a value inside would contradict it.
        apart = exact < now if up and end < now else exact > now if not up and end > now else True
        if apart or digits >= _MOST_DIGITS:
            break
        digits += 2
    return AmountBound(_inside(end, value, up=up), _text(written, unit, value), exact == end)


def unit_of(amount: Fraction, value: Value) -> tuple[str, Fraction]:
    """The unit in which people speak of an amount, and its size in seconds or times a second."""
    quantity = quantity_of(value)
    if quantity is DURATION:
        for unit, least in _LADDER:
            if amount >= least:
                return unit, SECONDS[unit]
        return "ms", SECONDS["ms"]
    if quantity is RATE:
        assert isinstance(value, Rate)
        if value.unit == "FIT":
            return "FIT", Rate(Decimal(1), "FIT").per_second
        for unit, size in _RATES:
            if amount >= size:
                return unit, size
        return _RATES[-1]
    return "", Fraction(1)


def amount_text(amount: Fraction, value: Value, digits: int = _DIGITS) -> str:
    """An amount to so many digits, in the unit in which people speak of it."""
    unit, size = unit_of(amount, value)
    with localcontext() as context:
        context.prec = digits
        ratio = amount / size
        return _text(Decimal(ratio.numerator) / Decimal(ratio.denominator), unit, value)


def duration_beyond(seconds: Fraction) -> Duration:
    """A time just above another, with few digits, in the unit in which people speak of it.

    >>> str(duration_beyond(Fraction(5400)))
    '90.1 min'
    """
    unit, size = unit_of(seconds, Duration(Decimal(1), "s"))
    for digits in range(2, _MOST_DIGITS):
        written = _rounded(seconds / size, digits, up=True)
        if Fraction(written) * size == seconds:
            written = written.next_plus(Context(prec=digits))
        if Fraction(written) * size <= seconds * Fraction(101, 100):
            break
    return Duration(written.normalize(), unit)


def duration_text(seconds: float, digits: int = 3) -> str:
    """A time in words for people: 42 min, 11.2 min, 3.4 d.

    >>> duration_text(2520.0), duration_text(0.0), duration_text(300.4)
    ('42 min', '0 s', '5.01 min')
    """
    if seconds == 0:
        return "0 s"
    return amount_text(Fraction(seconds), Duration(Decimal(1), "s"), digits)


def _rounded(amount: Fraction, digits: int, *, up: bool) -> Decimal:
    """An exact number to so many digits, towards the side; as it is where that is no longer."""
    with localcontext() as context:
        context.prec = digits
        context.rounding = ROUND_CEILING if up else ROUND_FLOOR
        return Decimal(amount.numerator) / Decimal(amount.denominator)


def _text(written: Decimal, unit: str, value: Value) -> str:
    del value
    short = written.normalize()
    plain = f"{short:f}" if -7 < short.adjusted() < 12 else f"{short}".replace("E", "e")
    plain = plain.replace("e+", "e")
    return f"{plain} {unit}".strip()


def _inside(exact: Fraction, value: Value, *, up: bool) -> float:
    """The double nearest to an end, on its inner side: seconds, times an hour, or ones."""
    scaled = exact * 3600 if quantity_of(value) is RATE else exact
    double = float(scaled)
    if up and Fraction(double) < scaled:
        return nextafter(double, inf)
    if not up and Fraction(double) > scaled:
        return nextafter(double, 0.0)
    return double
