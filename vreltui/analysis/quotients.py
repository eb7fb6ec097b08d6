"""Measures as doubles: differences and quotients of probabilities that may be zero."""

from __future__ import annotations

import math
from collections.abc import Callable

from flint import arb

from vreltui.engine.balls import WORKING_BITS, accurate, nearest_double, precision
from vreltui.engine.limits import Undecided

MOST_BITS = 1 << 14
"""Past this precision what has no digits yet is undecided."""

LEAST_DOUBLE = arb(2) ** -1080
"""What is certainly smaller than this is zero as a double."""


def double_of(compute: Callable[[int], arb]) -> float:
    """The double nearest to a number, which may be zero or as good as zero.

    Raises :class:`Undecided` where it can't be told from zero within the limits, or where no double
    is as large.
    """
    bits = WORKING_BITS
    while bits <= MOST_BITS:
        with precision(bits):
            value = compute(bits)
            if accurate(value):
                return finite(nearest_double(value))
            if abs(value) < LEAST_DOUBLE:
                return 0.0
        bits *= 2
    raise Undecided(f"it was not certain at {MOST_BITS} bits")


def finite(number: float) -> float:
    """The number. Raises :class:`Undecided` where it is larger than any double."""
    if math.isinf(number):
        raise Undecided("no double is as large")
    return number
