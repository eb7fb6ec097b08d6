"""What a choice must exceed, and what a design measures: one measure a design."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from vreltui.model.numbers import Probability
from vreltui.model.times import SECONDS, Duration, read_duration

Measure = Literal["reliability", "availability", "mttf", "safety"]
"""What figures of a design are: the chance to get through the mission, the share of time up in the
long run, the mean time to the first failure, or the chance that nothing unsafe happens."""

MEASURES: tuple[Measure, ...] = ("reliability", "availability", "mttf", "safety")

LASTING: tuple[Measure, ...] = ("reliability", "safety")
"""The measures that are chances to get through the mission."""

GOAL_KEYS: dict[str, Measure] = {
    "reliability": "reliability",
    "unreliability": "reliability",
    "availability": "availability",
    "unavailability": "availability",
    "downtime": "availability",
    "mttf": "mttf",
    "safety": "safety",
    "unsafety": "safety",
}
"""The keys of a goal, each with what it measures."""

PERIODS = ("d", "w", "mo", "y")
"""The periods for which a downtime may be stated."""


@dataclass(frozen=True, slots=True)
class Downtime:
    """A time down in each of a period: "5 min/y"; a goal asks for less.

    >>> read_downtime("5 min/y").unreliability
    Fraction(1, 105120)
    """

    time: Duration
    per: str

    @property
    def unreliability(self) -> Fraction:
        """The share of time down, exactly."""
        return self.time.seconds / SECONDS[self.per]

    def fault(self) -> str | None:
        """What is wrong with this as a goal, or None."""
        fault = self.time.fault()
        if fault is not None:
            return fault
        if self.time.seconds > SECONDS[self.per]:
            return f"is more than its period, and {self} is down all the time"
        return None

    def __str__(self) -> str:
        return f"{self.time}/{self.per}"


def read_downtime(text: str) -> Downtime | None:
    """The downtime that a text states; None where it is none."""
    time, slash, per = text.rpartition("/")
    found = read_duration(time.strip()) if slash else None
    per = per.strip()
    return Downtime(found, per) if found is not None and per in PERIODS else None


@dataclass(frozen=True, slots=True)
class MeanLife:
    """A mean time to failure that a choice must exceed."""

    time: Duration

    def fault(self) -> str | None:
        """What is wrong with this as a goal, or None."""
        return self.time.fault()

    def __str__(self) -> str:
        return str(self.time)


@dataclass(frozen=True, slots=True)
class Aim:
    """A probability to exceed under another measure than reliability, as it was written."""

    measure: Literal["availability", "safety"]
    value: Probability

    def fault(self) -> str | None:
        """What is wrong with this as a goal, or None."""
        return self.value.fault()

    def __str__(self) -> str:
        return str(self.value)


@dataclass(frozen=True, slots=True)
class Share:
    """A probability that is a fraction and no decimal, by its exact complement."""

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
        """How small a difference from another can be: digits of the denominator.

        >>> Share(Fraction(1, 105120)).places
        6
        """
        return len(str(self.denominator))


Target = Probability | Share
"""What a choice has to exceed, as a probability."""

Goal = Probability | Aim | Downtime | MeanLife
"""A goal as it was written; a bare probability is one of reliability."""


def goal_measure(goal: Goal) -> Measure:
    """What a goal measures.

    >>> goal_measure(Probability.of("0.99"))
    'reliability'
    """
    match goal:
        case Probability():
            return "reliability"
        case Aim(measure):
            return measure
        case Downtime():
            return "availability"
        case MeanLife():
            return "mttf"


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


def goal_key(goal: Goal) -> str:
    """The key under which a file has a goal."""
    match goal:
        case Probability(complemented=complemented):
            return "unreliability" if complemented else "reliability"
        case Aim(measure, value):
            return f"un{measure}" if value.complemented else measure
        case Downtime():
            return "downtime"
        case MeanLife():
            return "mttf"


def goal_right(goal: Goal) -> str:
    """What would be right in the place of a goal that has a fault."""
    match goal:
        case Probability():
            return "write a reliability such as 0.999"
        case Aim(measure):
            return f"write a number from 0 to 1 as the {measure}"
        case Downtime():
            return 'write less than a whole period, such as "5 min/y"'
        case MeanLife():
            return 'write a time such as "3 y"'
