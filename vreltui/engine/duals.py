"""Numbers that carry a derivative along: a value, and how fast it moves with one source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import arb

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.ball_arithmetic import BallArithmetic, log_of_pair
from vreltui.engine.balls import ONE, ZERO


@dataclass(frozen=True, slots=True)
class Dual:
    """A value and its derivative, both as balls."""

    value: arb
    slope: arb

    def __add__(self, other: Dual | int) -> Dual:
        if isinstance(other, int):
            return Dual(self.value + other, self.slope)
        return Dual(self.value + other.value, self.slope + other.slope)

    __radd__ = __add__

    def __mul__(self, other: Dual | int) -> Dual:
        if isinstance(other, int):
            return Dual(self.value * other, self.slope * other)
        slope = self.slope * other.value + self.value * other.slope
        return Dual(self.value * other.value, slope)

    def __truediv__(self, other: Dual) -> Dual:
        slope = (self.slope * other.value - self.value * other.slope) / (other.value * other.value)
        return Dual(self.value / other.value, slope)

    def __rtruediv__(self, other: int) -> Dual:
        return Dual(other / self.value, -self.slope * other / (self.value * self.value))


class DualArithmetic(Arithmetic[Dual]):
    """Pairs of such numbers."""

    def __init__(self) -> None:
        super().__init__(Dual(ZERO, ZERO), Dual(ONE, ZERO))

    def share(self, a: Dual, b: Dual) -> tuple[Dual, Dual]:
        """The quotient rule, written so that the two derivatives are each other's opposites."""
        total = a.value + b.value
        slope = (a.slope * b.value - a.value * b.slope) / (total * total)
        return Dual(a.value / total, slope), Dual(b.value / total, -slope)

    def power(self, pair: tuple[Dual, Dual], share: Dual) -> tuple[Dual, Dual]:
        """R**f, whose logarithm f ln R changes by df ln R + f dR / R."""
        works, fails = pair
        power, rest = BallArithmetic().power((works.value, fails.value), share.value)
        logarithm = log_of_pair((works.value, fails.value))
        slope = power * (share.slope * logarithm + share.value * works.slope / works.value)
        return Dual(power, slope), Dual(rest, -slope)

    def rest(self, parts: Sequence[Dual]) -> Dual:
        """One minus a sum."""
        total = self.total(parts)
        return Dual(ONE - total.value, -total.slope)
