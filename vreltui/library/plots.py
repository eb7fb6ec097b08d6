"""The points of a plot: `vreltui plot`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vreltui.analysis import piecewise
from vreltui.engine.limits import Undecided
from vreltui.library.answers import SECONDS, Answer, table
from vreltui.library.asking import known
from vreltui.library.designs import Design
from vreltui.wording.plots import labelled


@dataclass(frozen=True, kw_only=True)
class PlotPoints(Answer):
    """Where the curves of a plot go; None where there is no value, as for a threshold of nothing.

    Both are empty where it is ``undecided``.
    """

    name: str
    x: tuple[float, ...]
    series: Mapping[str, tuple[float | None, ...]]
    undecided: str = ""

    def _repr_markdown_(self) -> str:
        rows = zip(self.x, *self.series.values(), strict=True)
        return table(["x", *self.series], rows)


def plot_points(design: Design, name: str, *, seconds: float = SECONDS) -> PlotPoints:
    """The points of a plot that the design keeps."""
    known(name, "plot", design.plots)
    plot = design.model.plots[name]
    plots: dict[str, Any]
    try:
        points = piecewise.plot_points((design.model, plot, seconds))
    except Undecided as reason:
        plots = {name: None, f"{name}_undecided": str(reason)}
        data = {"file": design.file, "plots": plots}
        return PlotPoints(name=name, x=(), series={}, undecided=str(reason), data=data)
    points = labelled(design.model, plot, points)
    series = {one.label: tuple(one.y) for one in points.series}
    plots = {name: {"x": list(points.x), "series": {k: list(y) for k, y in series.items()}}}
    data = {"file": design.file, "plots": plots}
    return PlotPoints(name=name, x=tuple(points.x), series=series, data=data)
