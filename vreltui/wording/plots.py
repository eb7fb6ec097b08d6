"""The labels of a plot: its axes, and the lines to compare with."""

from __future__ import annotations

from dataclasses import replace

from vreltui.analysis.plot_results import Level, PlotPoints
from vreltui.model import Design, Plot, Probability, Value
from vreltui.model.times import Duration, Rate
from vreltui.wording.names import copies_words, parameter_words
from vreltui.wording.numerals import goal_text, value_words


def labelled(design: Design, plot: Plot, points: PlotPoints) -> PlotPoints:
    """The points of a plot of a design, with their labels."""
    return replace(
        points,
        x_label=parameter_words(design, plot.x.axis_name) + _in_unit(plot.x.start),
        y_label=_y_label(design, plot),
        levels=tuple(replace(level, label=_level(design, level)) for level in points.levels),
        crossing_label="crosses the goal",
    )


def of_choices(design: Design, plot: Plot, points: PlotPoints) -> PlotPoints:
    """As :func:`labelled`, where the curves are those of several choices."""
    crossing = " crosses ".join(series.label for series in points.series)
    return replace(
        labelled(design, plot, points), y_label=measured(design, plot.y), crossing_label=crossing
    )


def measured(design: Design, y: str) -> str:
    """What a curve shows: the share of time up, say, where that is what the design measures."""
    match design.measure:
        case "availability" | "safety":
            return y.replace("reliability", design.measure)
        case "reliability" | "mttf":
            return y


def _y_label(design: Design, plot: Plot) -> str:
    if plot.y == "gain":
        return f"gain of {plot.choice} over {design.baseline}"
    if plot.threshold is None:
        return f"{measured(design, plot.y)} of {plot.choice}"
    parameter = design.parameters.get(plot.threshold)
    if parameter is not None and parameter.is_count:
        return f"least number of {copies_words(design, plot.threshold)} {plot.threshold}"
    unit = "" if parameter is None else _in_unit(parameter.value)
    return f"bound on {parameter_words(design, plot.threshold)}{unit}"


def _in_unit(value: Value) -> str:
    """The unit that figures of an axis are in, as words to end its label with."""
    return f" in {value.unit}" if isinstance(value, Duration | Rate) else ""


def _level(design: Design, level: Level) -> str:
    if level.goal is None:
        return f"same as {design.baseline}"
    if isinstance(level.goal, Probability):
        return f"goal {value_words(level.goal)}"
    assert design.goal is not None
    return f"goal {goal_text(design.goal)}"
