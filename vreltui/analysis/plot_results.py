"""The points of a plot: plain values, ready to be drawn, printed or sent to another process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vreltui.model import Probability
from vreltui.model.goals import MeanLife, Target

Quantity = Literal["probability", "difference", "count", "time", "amount"]
"""What an axis measures: a probability, a difference of two, a whole number, a time, or a rate or a
plain number."""


@dataclass(frozen=True, slots=True)
class Series:
    """One curve: a value for each x, None where there is none.

    ``complement`` holds one minus each value, to its own full accuracy, where the curve is a
    probability; else it is empty.
    """

    label: str
    y: tuple[float | None, ...]
    complement: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """A horizontal line to compare curves with: the goal, or the baseline that gain is over.

    ``goal`` is the one that it stands at; None for the baseline. ``label`` is for people, empty
    until the room for words has given it.
    """

    label: str
    y: float
    complement: float
    goal: Target | MeanLife | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """The design as it stands now, as a point of the plot."""

    x: float
    y: float
    x_complement: float
    y_complement: float


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where a curve crosses the goal or another curve; ``at`` holds the certified digits of x.

    They are a text where x is a time, a rate or a plain number.
    """

    at: Probability | str
    x: float
    y: float
    x_complement: float
    y_complement: float


@dataclass(frozen=True, slots=True)
class PlotPoints:
    """Everything that is needed to draw a plot.

    The labels of the axes, and that of the crossings (what crosses what), are for people, empty
    until the room for words has given them.

    ``x_complement`` is one minus each x where x is a probability, else empty. ``now`` may lie
    outside of the range of x. ``x_unit`` and ``y_unit`` are the units of times along an axis.
    """

    name: str
    title: str
    x_label: str
    y_label: str
    x: tuple[float, ...]
    series: tuple[Series, ...]
    x_quantity: Quantity = "probability"
    x_unit: str = ""
    x_is_logarithmic: bool = False
    y_quantity: Quantity = "probability"
    y_unit: str = ""
    x_complement: tuple[float, ...] = ()
    levels: tuple[Level, ...] = ()
    now: Mark | None = None
    crossings: tuple[Crossing, ...] = ()
    crossing_label: str = ""

    @property
    def goal(self) -> float | None:
        """Where the goal lies, when the curves can be compared with one goal."""
        goals = [level.y for level in self.levels if level.goal is not None]
        return goals[0] if len(goals) == 1 else None
