"""Plots that a design keeps: what runs across, what is drawn, and for which values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from vreltui.model.goals import Measure
from vreltui.model.quantities import Value

Figured = Literal[
    "reliability",
    "unreliability",
    "availability",
    "unavailability",
    "availability_over",
    "downtime",
    "outages",
    "mttf",
    "safety",
    "unsafety",
]
"""The figures of a choice that a plot can draw, by the words of a file."""

Drawn = Literal["measured", "gain", "threshold"] | Figured
"""What a plot draws: "measured" is what the design measures, and goes without saying."""

READ_UNDER: Mapping[Drawn, Measure] = MappingProxyType({
    "reliability": "reliability",
    "unreliability": "reliability",
    "availability": "availability",
    "unavailability": "availability",
    "availability_over": "availability",
    "downtime": "availability",
    "outages": "availability",
    "mttf": "mttf",
    "safety": "safety",
    "unsafety": "safety",
})  # fmt: skip
"""The figures, each with the measure under which it is one."""

ALONG_TIME: tuple[Figured, ...] = (
    "reliability",
    "unreliability",
    "availability",
    "unavailability",
    "availability_over",
    "safety",
    "unsafety",
)
"""The figures that have a course in time; the others are of the long run."""

TIME: Final = "time"
"""What runs along an axis that is no parameter's."""


@dataclass(frozen=True, slots=True)
class PlotAxis:
    """The horizontal axis of a plot: a parameter and the values it runs through.

    For a count, ``start`` and ``stop`` are whole numbers and every number between is a point.
    Instead of a parameter it may be a ``node`` whose own number runs, its reliability or that
    under ``key``, or the time itself (``axis``); ``parameter`` is then empty.
    """

    parameter: str
    start: Value
    stop: Value
    points: int
    node: str = ""
    key: str = ""
    axis: Literal["", "time"] = ""
    scale: Literal["linear", "log"] = "linear"

    @property
    def name(self) -> str:
        """What runs along the axis, as the plot names it."""
        if self.axis:
            return self.axis
        return f"{self.node}.{self.key}" if self.key else self.node or self.parameter

    @property
    def axis_name(self) -> str:
        """The same, so that it can't be taken for a parameter's name where it is a node's."""
        return f"{self.node}.{self.key or 'reliability'}" if self.node else self.name


@dataclass(frozen=True, slots=True)
class PlotSeries:
    """A family of curves: values of a parameter, or of the goal when ``parameter`` is None."""

    parameter: str | None
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot kept with the design.

    With ``threshold`` set to a parameter's name, the curve is that parameter's threshold and ``y``
    is "threshold".
    """

    name: str
    choice: str
    x: PlotAxis
    y: Drawn = "measured"
    threshold: str | None = None
    series: PlotSeries | None = None
    title: str = ""
    description: str = ""
    note: str = ""

    def drawn_under(self, measure: Measure) -> Drawn:
        """What it draws in a design with this measure, with nothing left unsaid.

        >>> from vreltui.model.times import read_duration
        >>> ends = read_duration("1 h"), read_duration("2 y")
        >>> across, in_time = PlotAxis("T", *ends, 9), PlotAxis("", *ends, 9, axis="time")
        >>> [Plot("p", "c", x).drawn_under("mttf") for x in (across, in_time)]
        ['mttf', 'reliability']
        """
        if self.y != "measured":
            return self.y
        return "reliability" if measure == "mttf" and self.x.axis else measure
