"""Numbers that may be raised until a variant meets: reliabilities, times and plain numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from vreltui.analysis.results import AmountThreshold, ProbabilityThreshold, Threshold
from vreltui.engine.laws import Direction
from vreltui.model import Probability, Value
from vreltui.model.quantities import DURATION, NUMBER, PROBABILITY, quantity_of
from vreltui.model.unit_like import amount_limits, like


@dataclass(frozen=True, slots=True)
class Raising:
    """The values that a number may be raised to, by their share of the way; ``now`` is one."""

    now: Value

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the greatest as told: a reliability, seconds, or ones."""
        if isinstance(self.now, Probability):
            return 0.0, 1.0
        low, high = amount_limits(self.now)
        return float(low), float(high)

    def at(self, share: float) -> float:
        """So far from the least to the greatest: of times and numbers on the logarithm."""
        low, high = self.ends
        if isinstance(self.now, Probability):
            return share
        return float(math.exp((1 - share) * math.log(low) + share * math.log(high)))

    def value(self, told: float) -> Value:
        """The value that is told by a double."""
        if isinstance(self.now, Probability):
            return Probability.of(repr(told))
        return like(self.now, Fraction(repr(told)))


def raising(value: Value, way: Direction | None) -> Raising | None:
    """How a number may be raised; None where a greater one is not known to help, or is a rate."""
    if way != 1 or quantity_of(value) not in (PROBABILITY, DURATION, NUMBER):
        return None
    return Raising(value)


def least_that_meets(found: Threshold) -> float | None:
    """The end of a threshold above which all values meet, rounded up; None where there is none."""
    match found:
        case ProbabilityThreshold(intervals=intervals) if intervals:
            return intervals[-1].low.figure.reliability
        case AmountThreshold(intervals=amounts) if amounts:
            last = amounts[-1]
            return None if last.high is not None or last.low is None else last.low.figure
    return None
