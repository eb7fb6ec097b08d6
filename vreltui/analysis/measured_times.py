"""Figures of time as far as a report on what is measured has them already.

How often each node goes down, how long it lives, and its figures under other measures take walks
and integrals of their own, for which nobody who edits should wait.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vreltui.analysis.results import Figure, TimeFigures
from vreltui.model.goals import Measure
from vreltui.model.times import SECONDS


@dataclass(frozen=True)
class MeasuredTimes(Mapping[str, TimeFigures]):
    """What is measured of each node, by its name, and what follows from that at once."""

    measure: Measure
    nodes: Mapping[str, Figure]

    def __len__(self) -> int:
        return len(self.nodes)

    def __iter__(self) -> Iterator[str]:
        return iter(self.nodes)

    def __getitem__(self, name: str) -> TimeFigures:
        figure = self.nodes[name]
        match self.measure:
            case "reliability":
                return TimeFigures(reliability=figure)
            case "availability":
                down = figure.unreliability * float(SECONDS["y"])
                return TimeFigures(availability=figure, downtime_s_per_year=down)
            case "safety":
                return TimeFigures(safety=figure)
            case "mttf":
                return TimeFigures()
