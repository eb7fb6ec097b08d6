"""Probabilities that are fractions and no decimals, such as a downtime of 5 minutes a year."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import arb, fmpq

from vreltui.engine.balls import PairOfBalls, precision
from vreltui.model import Probability
from vreltui.model.goals import Aim, Downtime, Goal, MeanLife


@dataclass(frozen=True, slots=True)
class Share:
    """A probability by its exact complement."""

    unreliability: Fraction

    @property
    def reliability(self) -> Fraction:
        """The probability, exactly."""
        return 1 - self.unreliability

    @property
    def denominator(self) -> int:
        """The denominator of both sides."""
        return self.unreliability.denominator

    @property
    def places(self) -> int:
        """How small a difference from another can be: digits of the denominator."""
        return len(str(self.denominator))

    def pair(self, bits: int) -> PairOfBalls:
        """Balls around both sides."""
        with precision(bits):
            fails, works = (
                arb(fmpq(side.numerator, side.denominator))
                for side in (self.unreliability, self.reliability)
            )
        return works, fails


Target = Probability | Share
"""What a choice has to exceed, as a probability."""


def target_of(goal: Goal | None) -> Target | None:
    """What a goal asks for as a probability; None where there is none, or it asks for a time."""
    match goal:
        case None | MeanLife():
            return None
        case Probability():
            return goal
        case Aim(_, value):
            return value
        case Downtime():
            return Share(goal.unreliability)
