"""Figures as doubles that lie on the safe side."""

from __future__ import annotations

import math
from fractions import Fraction

from flint import arb

from vreltui.engine.balls import PairOfBalls, nearest_double, precision

_BITS = 1 << 15
"""More than any figure has."""


def rounded_down(pair: PairOfBalls) -> float:
    """The largest double whose shortest decimal is certainly no greater than a reliability.

    The ball holds many more digits than a double has: a decimal inside it is the number itself.
    """
    with precision(_BITS):
        high = _exactly(pair[0].upper())
    found = nearest_double(pair[0])
    while found > 0 and Fraction(repr(found)) > high:
        found = math.nextafter(found, 0.0)
    return found


def _exactly(value: arb) -> Fraction:
    """A ball without radius as the number that it is."""
    mantissa, exponent = value.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def rounded_up(amount: Fraction) -> int | float:
    """A whole number as such, another amount as the least double that is no smaller."""
    if amount.denominator == 1:
        return int(amount)
    found = float(amount)
    while Fraction(repr(found)) < amount:
        found = math.nextafter(found, math.inf)
    return found
