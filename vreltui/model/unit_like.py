"""Times, rates and plain numbers, as amounts of a unit: what is between two of them."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

from vreltui.model.numbers import LEAST_NUMBER, MOST_NUMBER, PlainNumber, Probability
from vreltui.model.quantity import Value
from vreltui.model.times import LEAST_TIME, MOST_TIME, SECONDS, Duration, Rate

_DIGITS = 30


def amount_limits(value: Value) -> tuple[Fraction, Fraction]:
    """The least and the greatest that is searched: seconds, times a second, or ones."""
    least, most = Fraction(LEAST_NUMBER), Fraction(MOST_NUMBER)
    match value:
        case Duration():
            return LEAST_TIME, MOST_TIME
        case Rate():
            return least / 3600, most / 3600
        case PlainNumber():
            return least, most
        case Probability() | int():
            raise TypeError(f"{value!r} is no amount")


def like(value: Value, exact: Fraction) -> Value:
    """An amount of so many seconds (or times a second, or ones), in the unit of another.

    >>> str(like(Duration(Decimal(1), "h"), Fraction(5400)))
    '1.5 h'
    """
    with localcontext() as context:
        context.prec = _DIGITS
        match value:
            case Duration(unit=unit):
                size = exact / SECONDS[unit]
                return Duration((Decimal(size.numerator) / size.denominator).normalize(), unit)
            case Rate(unit=unit):
                size = exact / Rate(Decimal(1), unit).per_second
                return Rate((Decimal(size.numerator) / size.denominator).normalize(), unit)
            case PlainNumber():
                return PlainNumber((Decimal(exact.numerator) / exact.denominator).normalize())
            case Probability() | int():
                raise TypeError(f"{value!r} is no amount")
