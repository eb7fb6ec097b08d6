"""Many intervals at once with their first and second derivatives, each a bound that is certain.

An element of every array belongs to one box of values. Numbers are non-negative, as those of a walk
over a program are; derivatives have either sign. Each operation is rounded outwards (R. Moore,
"Interval analysis", 1966).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.limits import Undecided

Numbers = NDArray[np.float64]
_NO_POLYNOMIAL = "a common cause strikes what has a price, and its shares are no polynomial"

Ends = tuple[Numbers, Numbers]
"""Lower and upper bounds."""


def down(numbers: Any) -> Numbers:
    """The next doubles below."""
    return np.asarray(np.nextafter(numbers, -np.inf))


def up(numbers: Any) -> Numbers:
    """The next doubles above."""
    return np.asarray(np.nextafter(numbers, np.inf))


def plus(one: Ends, other: Ends) -> Ends:
    """The sum of two intervals."""
    return down(one[0] + other[0]), up(one[1] + other[1])


def scaled(one: Ends, by: Ends) -> Ends:
    """An interval of either sign times one of non-negative numbers."""
    low = np.minimum(one[0] * by[0], one[0] * by[1])
    high = np.maximum(one[1] * by[0], one[1] * by[1])
    return down(low), up(high)


def times(one: Ends, other: Ends) -> Ends:
    """The product of two intervals of either sign."""
    ends = [a * b for a in one for b in other]
    low = np.minimum(np.minimum(ends[0], ends[1]), np.minimum(ends[2], ends[3]))
    high = np.maximum(np.maximum(ends[0], ends[1]), np.maximum(ends[2], ends[3]))
    return down(low), up(high)


@dataclass(frozen=True, slots=True)
class Curved:
    """Non-negative numbers, each with its derivatives by so many variables; None where constant.

    ``slope`` has one more axis in front, and ``bend`` two.
    """

    value: Ends
    slope: Ends | None = None
    bend: Ends | None = None

    def __add__(self, other: Curved) -> Curved:
        slope, bend = self.slope, self.bend
        if slope is None or bend is None:
            slope, bend = other.slope, other.bend
        elif other.slope is not None and other.bend is not None:
            slope, bend = plus(slope, other.slope), plus(bend, other.bend)
        return Curved(plus(self.value, other.value), slope, bend)

    def __mul__(self, other: Curved | int) -> Curved:
        if isinstance(other, int):
            return self * constant(float(other), float(other))
        value = down(self.value[0] * other.value[0]), up(self.value[1] * other.value[1])
        if self.slope is None or self.bend is None:
            return Curved(value, *other._scaled(self.value))
        if other.slope is None or other.bend is None:
            return Curved(value, *self._scaled(other.value))
        slope = plus(scaled(self.slope, other.value), scaled(other.slope, self.value))
        across = times(_rows(self.slope), _columns(other.slope))
        both = plus(across, (across[0].swapaxes(0, 1), across[1].swapaxes(0, 1)))
        bend = plus(scaled(self.bend, other.value), scaled(other.bend, self.value))
        return Curved(value, slope, plus(bend, both))

    def _scaled(self, by: Ends) -> tuple[Ends | None, Ends | None]:
        if self.slope is None or self.bend is None:
            return None, None
        return scaled(self.slope, by), scaled(self.bend, by)


def _rows(ends: Ends) -> Ends:
    return ends[0][:, None], ends[1][:, None]


def _columns(ends: Ends) -> Ends:
    return ends[0][None, :], ends[1][None, :]


def constant(low: float, high: float) -> Curved:
    """A number that moves with no variable."""
    return Curved((np.asarray(low), np.asarray(high)))


class CurvedArithmetic(Arithmetic[Curved]):
    """Pairs of such numbers. Raises :class:`Undecided` where a law is no polynomial."""

    def __init__(self) -> None:
        super().__init__(constant(0.0, 0.0), constant(1.0, 1.0))

    def share(self, a: Curved, b: Curved) -> tuple[Curved, Curved]:
        """No polynomial."""
        del a, b
        raise Undecided(_NO_POLYNOMIAL)

    def rest(self, parts: Sequence[Curved]) -> Curved:
        """A difference may be negative."""
        del parts
        raise Undecided(_NO_POLYNOMIAL)

    def power(self, pair: tuple[Curved, Curved], share: Curved) -> tuple[Curved, Curved]:
        """No polynomial."""
        del pair, share
        raise Undecided(_NO_POLYNOMIAL)


def of_unreliability(place: int, of: int, low: Numbers, high: Numbers) -> tuple[Curved, Curved]:
    """The pair of the place-th of so many variables, between two unreliabilities each.

    Derivatives are by the logarithm of the unreliability.
    """
    fails: Ends = (low, high)
    works: Ends = (down(1.0 - high), up(1.0 - low))
    slope = np.zeros((2, of, len(low)))
    bend = np.zeros((2, of, of, len(low)))
    slope[0, place], slope[1, place] = fails
    bend[0, place, place], bend[1, place, place] = fails
    q = Curved(fails, (slope[0], slope[1]), (bend[0], bend[1]))
    r = Curved(works, (-slope[1], -slope[0]), (-bend[1], -bend[0]))
    return r, q
