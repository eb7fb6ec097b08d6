"""Numbers as unevaluated sums of two doubles, many at once, with what each operation may lose.

T. J. Dekker, "A floating-point technique for extending the available precision", Numerische
Mathematik 18, 1971; the bounds are those of M. Joldes, J.-M. Muller and V. Popescu, "Tight and
rigorous error bounds for basic building blocks of double-word arithmetic", ACM Transactions on
Mathematical Software 44, 2017, rounded up.
"""

from __future__ import annotations

import math
from typing import Any

from flint import arb

from vreltui.engine.balls import precision

Words = tuple[Any, Any]
"""What is near, and what is missing there: two doubles, or two arrays of them."""

UNIT_SQUARED = 2.0**-106
"""The square of the relative error of one rounding."""

LOST_BY_SUM = 4 * UNIT_SQUARED
LOST_BY_PRODUCT = 8 * UNIT_SQUARED
"""Relative errors of a sum of numbers of one sign, and of a product."""

LOST_BY_READING = 2.0**-103
"""Relative error of :func:`of_ball`, beside that of the ball."""

LEAST = 2.0**-900
"""Numbers from which on the errors are relative."""

LOST_BELOW = 2.0**-930
"""What a product below :data:`LEAST` may lose at most, in whatever order it's computed."""

_SPLIT = 134217729.0
_READING_BITS = 256


def of_ball(value: arb) -> Words:
    """The two doubles nearest to the midpoint of a ball."""
    with precision(_READING_BITS):
        middle = value.mid()
        near = float(middle)
        return near, float(middle - near)


def to_ball(words: tuple[float, float], error: float) -> arb:
    """The ball around a number, with an absolute error."""
    with precision(_READING_BITS):
        return arb(arb(words[0]) + arb(words[1]), error)


def two_sum(a: Any, b: Any) -> Words:
    """A sum as it is rounded, and what that loses, which is a double (D. Knuth)."""
    total = a + b
    part = total - a
    return total, (a - (total - part)) + (b - part)


def _quick_two_sum(a: Any, b: Any) -> Words:
    """As :func:`two_sum`, where a is the greater one."""
    total = a + b
    return total, b - (total - a)


def _two_product(a: Any, b: Any) -> Words:
    """A product as it is rounded, and what that loses, by halves of 26 bits (G. Veltkamp)."""
    product = a * b
    scaled = _SPLIT * a
    a_high = scaled - (scaled - a)
    a_low = a - a_high
    scaled = _SPLIT * b
    b_high = scaled - (scaled - b)
    b_low = b - b_high
    lost = ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low
    return product, lost


def product(x: Words, y: Words) -> Words:
    """x times y."""
    near, lost = _two_product(x[0], y[0])
    return _quick_two_sum(near, lost + (x[0] * y[1] + x[1] * y[0]))


def total(x: Words, y: Words) -> Words:
    """x plus y, both not negative."""
    near, lost = two_sum(x[0], y[0])
    return _quick_two_sum(near, lost + (x[1] + y[1]))


def difference(x: Words, y: Words) -> Words:
    """x minus y, which loses no more of it than a sum does of one."""
    near, lost = two_sum(x[0], -y[0])
    rest, lost_rest = two_sum(x[1], -y[1])
    near, lost = _quick_two_sum(near, lost + rest)
    return _quick_two_sum(near, lost + lost_rest)


def exact_sum(words: Words) -> tuple[float, float]:
    """The sum over arrays, of any signs, to twice the digits of a double."""
    terms = [*words[0].tolist(), *words[1].tolist()]
    near = math.fsum(terms)
    terms.append(-near)
    return near, math.fsum(terms)
