"""The labels of a plot: its axes, and the lines to compare with."""

from __future__ import annotations

from dataclasses import replace

from vreltui.analysis.plot_results import Level, PlotPoints
from vreltui.model import Design, Plot, Probability, Value
from vreltui.model.plots import Drawn
from vreltui.model.times import Rate
from vreltui.wording.names import copies_words, parameter_words
from vreltui.wording.numerals import goal_text, value_words

_WORDS: dict[Drawn, str] = {
    "reliability": "reliability",
    "unreliability": "unreliability",
    "availability": "availability",
    "unavailability": "unavailability",
    "availability_over": "share of time up",
    "downtime": "time down a year",
    "outages": "outages a year",
    "mttf": "mean time to failure",
    "safety": "safety",
    "unsafety": "chance of something unsafe",
}
"""What a figure is called along its axis."""


def labelled(design: Design, plot: Plot, points: PlotPoints) -> PlotPoints:
    """The points of a plot of a design, with their labels."""
    return replace(
        points,
        x_label=_x_label(design, plot),
        y_label=_y_label(design, plot),
        levels=tuple(replace(level, label=_level(design, level)) for level in points.levels),
        crossing_label="crosses the goal",
    )


def of_choices(design: Design, plot: Plot, points: PlotPoints) -> PlotPoints:
    """As :func:`labelled`, where the curves are those of several choices."""
    crossing = " crosses ".join(series.label for series in points.series)
    return replace(
        labelled(design, plot, points), y_label=drawn_words(design, plot), crossing_label=crossing
    )


def drawn_words(design: Design, plot: Plot) -> str:
    """What the curve of a plot shows of a choice, other than a threshold."""
    y = plot.drawn_under(design.measure)
    words = "gain" if y == "gain" else _WORDS[y]
    if plot.x.axis and y == "availability_over":
        return f"{words} until then"
    return words


def _x_label(design: Design, plot: Plot) -> str:
    if plot.x.axis:
        return "time"
    return parameter_words(design, plot.x.axis_name) + _in_unit(plot.x.start)


def _y_label(design: Design, plot: Plot) -> str:
    if plot.y == "gain":
        return f"gain of {plot.choice} over {design.baseline}"
    if plot.threshold is None:
        return f"{drawn_words(design, plot)} of {plot.choice}"
    parameter = design.parameters.get(plot.threshold)
    if parameter is not None and parameter.is_count:
        return f"least number of {copies_words(design, plot.threshold)} {plot.threshold}"
    unit = "" if parameter is None else _in_unit(parameter.value)
    return f"bound on {parameter_words(design, plot.threshold)}{unit}"


def _in_unit(value: Value) -> str:
    """The unit that figures of an axis are in; ticks of times have their own."""
    return f" in {value.unit}" if isinstance(value, Rate) else ""


def _level(design: Design, level: Level) -> str:
    if level.goal is None:
        return f"same as {design.baseline}"
    if isinstance(level.goal, Probability):
        return f"goal {value_words(level.goal)}"
    assert design.goal is not None
    return f"goal {goal_text(design.goal)}"
