"""Sets of values of one probability: unions of open intervals with certified ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from flint import arb

from vreltui.engine.balls import ONE, ZERO, PairOfBalls, ball, precision

_COMPARED_BITS = (80, 200, 500, 1200)


@dataclass(frozen=True, slots=True)
class End:
    """An end of an interval: 0, 1, or a root.

    ``pair(bits)`` gives a ball around the end and one around its complement, each accurate to
    about ``bits`` bits.
    """

    pair: Callable[[int], PairOfBalls]

    @staticmethod
    def at(value: Decimal | Fraction) -> End:
        """The end that is an exact decimal or fraction."""
        exact = Fraction(value)

        def pair(bits: int) -> PairOfBalls:
            with precision(bits + 64):
                return ball(exact), ball(1 - exact)

        return End(pair)

    def compare(self, other: End) -> int:
        """-1, 0 or 1: before, at, or after the other end.

        Ends that agree to 1200 bits count as the same; whether they are makes no difference to any
        figure that can be printed.
        """
        if self is other:
            return 0
        for bits in _COMPARED_BITS:
            own, own_complement = self.pair(bits)
            their, their_complement = other.pair(bits)
            with precision(bits + 64):
                if own < their or own_complement > their_complement:
                    return -1
                if own > their or own_complement < their_complement:
                    return 1
        return 0


LEAST = End(lambda _bits: (ZERO, ONE))
GREATEST = End(lambda _bits: (ONE, ZERO))


@dataclass(frozen=True, slots=True)
class Interval:
    """An open interval."""

    low: End
    high: End

    def contains(self, value: arb, complement: arb) -> bool:
        """Whether a value lies inside for certain."""
        low, low_complement = self.low.pair(80)
        high, high_complement = self.high.pair(80)
        above = low < value or low_complement > complement
        below = high > value or high_complement < complement
        return bool(above and below)


Region = tuple[Interval, ...]
"""Disjoint open intervals, from left to right."""

NOWHERE: Region = ()
EVERYWHERE: Region = (Interval(LEAST, GREATEST),)


def intersect(one: Sequence[Interval], other: Sequence[Interval]) -> Region:
    """The values in both."""
    if tuple(one) == EVERYWHERE:
        return tuple(other)
    if tuple(other) == EVERYWHERE:
        return tuple(one)
    common: list[Interval] = []
    i = j = 0
    while i < len(one) and j < len(other):
        a, b = one[i], other[j]
        low = a.low if a.low.compare(b.low) >= 0 else b.low
        a_ends_first = a.high.compare(b.high) <= 0
        high = a.high if a_ends_first else b.high
        if low.compare(high) < 0:
            common.append(Interval(low, high))
        if a_ends_first:
            i += 1
        else:
            j += 1
    return tuple(common)
