"""The points of a plot: reliability, unreliability, gain or a threshold along a parameter.

Each curve costs one vectorised walk of the choice's program (and one of the baseline's) in pairs of
doubles, two rows of it for a threshold. Points that doubles cannot tell for certain are computed by
the exact engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TypeAlias

import numpy as np

from vreltui.analysis.plot_counts import count_thresholds
from vreltui.analysis.plot_crossings import crossings, including
from vreltui.analysis.plot_curve import WANTED, Curve
from vreltui.analysis.plot_exact import exact_gain
from vreltui.analysis.plot_grid import Grid, design_at
from vreltui.analysis.plot_levels import levels
from vreltui.analysis.plot_reading import Reading, reading
from vreltui.analysis.plot_results import Level, Mark, PlotPoints, Quantity, Series
from vreltui.analysis.plot_thresholds import probability_thresholds
from vreltui.analysis.plot_times import across, exact_values, in_unit_of, point_at
from vreltui.analysis.results import Figure
from vreltui.analysis.study import Study
from vreltui.engine.limits import Undecided
from vreltui.model import Design, Plot, Probability, Value
from vreltui.model.goals import Aim, Goal
from vreltui.model.numbers import PlainNumber
from vreltui.model.quantities import number
from vreltui.model.times import Duration, Rate

__all__ = ["Level", "Mark", "PlotPoints", "Series", "points", "points_of_choices"]

Column: TypeAlias = Sequence[float | None]
Columns: TypeAlias = tuple[Column, Column]
"""The values of a curve, and one minus each; no complements where it is no probability."""


def points(study: Study | Design, plot: Plot) -> PlotPoints:
    """The points of a plot of a design, which need not be one that the design keeps.

    The plot has to obey the rules of plots. Raises :class:`Undecided`, with the reason, where the
    points could not be found within the limits.
    """
    read = reading(study, plot)
    study, plot = read.study, read.plot
    study.start_budget()
    xs = Grid(plot.x)
    curves = [
        (label, _columns(_curve(_study_with(study, plot.choice, values, goal), plot, xs), read))
        for label, values, goal in _settings(plot)
    ]
    return replace(_assembled(read, xs, curves), crossings=crossings(read))


def points_of_choices(study: Study | Design, plot: Plot, choices: Sequence[str]) -> PlotPoints:
    """The same plot with one curve for each of several choices, and no other series.

    Of two, the range of x is made wide enough to show where they cross, where they do. Raises
    :class:`Undecided` as :func:`points` does.
    """
    read = reading(study, replace(plot, choice=choices[0], series=None))
    study = read.study
    study.start_budget()
    found = crossings(read, choices[1]) if len(choices) == 2 else ()
    read = replace(read, plot=including(read.plot, found))
    xs = Grid(read.plot.x)
    curves = []
    for choice in choices:
        own = replace(read, plot=replace(read.plot, choice=choice))
        curves.append((choice, _columns(_curve(_within(study, study.design), own.plot, xs), own)))
    return replace(_assembled(read, xs, curves), crossings=found)


def _settings(plot: Plot) -> list[tuple[str, dict[str, Value], Probability | None]]:
    """For each curve its label, the parameter that it sets, and the goal that it sets."""
    if plot.series is None:
        return [("y", {}, None)]
    name = plot.series.parameter
    settings: list[tuple[str, dict[str, Value], Probability | None]] = []
    for value in plot.series.values:
        label = f"{'goal' if name is None else name}={_setting(value)}"
        if name is not None:
            settings.append((label, {name: value}, None))
        else:
            assert isinstance(value, Probability)
            settings.append((label, {}, value))
    return settings


def _setting(value: Value) -> str:
    """A value in the name of a curve, by which points are found in CSV and JSON."""
    if not isinstance(value, Probability) or (value.complemented and value.places > 12):
        return str(value).replace("E", "e")
    return f"{value.decimal:f}" if value.complemented else f"{value.written}".replace("E", "e")


def _study_with(
    study: Study, choice: str, values: Mapping[str, Value], goal: Probability | None
) -> Study:
    design = design_at(study.design, choice, values)
    return _within(study, design if goal is None else replace(design, goal=_aim(design, goal)))


def _aim(design: Design, goal: Probability) -> Goal:
    """A goal of a series, as one of what the design measures."""
    return Aim("availability", goal) if design.measure == "availability" else goal


def _within(study: Study, design: Design) -> Study:
    """A study of another design that shares the time that is left."""
    budget = study.budget
    return Study(design, before=study, limits=lambda: budget)


def _curve(study: Study, plot: Plot, xs: Grid) -> Curve:
    most = {}
    if plot.threshold is not None and study.design.parameters[plot.threshold].is_count:
        most[plot.threshold] = study.design.most_copies
    return Curve(study, plot.choice, plot.x.parameter, xs, most)


# What is drawn


def _columns(curve: Curve, read: Reading) -> Columns:
    plot = read.plot
    if curve.study.design.knows_time:
        return _in_columns(exact_values(curve, read))
    if plot.y == "threshold":
        assert plot.threshold is not None
        if curve.study.design.parameters[plot.threshold].is_count:
            return count_thresholds(curve, plot.threshold), ()
        figures = probability_thresholds(curve, plot.threshold)
        return (
            [None if found is None else found.reliability for found in figures],
            [None if found is None else found.unreliability for found in figures],
        )
    values: list[float | None] = []
    complements: list[float | None] = []
    step = curve.chunk(1)
    for start in range(0, len(curve.xs), step):
        part = curve.part(start, start + step)
        if plot.y == "gain":
            values.extend(_gains(part))
            continue
        works, fails = _reliabilities(part, plot.y)
        values.extend(works)
        complements.extend(fails)
    return values, complements


def _reliabilities(curve: Curve, side: str) -> tuple[list[float], list[float]]:
    works, fails = (np.broadcast_to(part, len(curve.xs)).tolist() for part in curve.own_pairs())
    return (works, fails) if side == "reliability" else (fails, works)


def _gains(curve: Curve) -> list[float]:
    if curve.rival is None:
        return [0.0] * len(curve.xs)
    gain = curve.gain()
    certain = gain.likely_error <= WANTED * np.abs(gain.value)
    values = np.broadcast_to(gain.value, len(curve.xs))
    return [
        float(value) if sure else exact_gain(curve.at(index), curve.choice)
        for index, (value, sure) in enumerate(
            zip(values, np.broadcast_to(certain, len(curve.xs)), strict=True)
        )
    ]


# Around it


def _assembled(read: Reading, xs: Grid, curves: Sequence[tuple[str, Columns]]) -> PlotPoints:
    plot = read.plot
    works, fails = _horizontal(xs, plot)
    y_quantity, y_unit = _vertical(read)
    return PlotPoints(
        name=plot.name,
        title=plot.title,
        x_label="",
        y_label="",
        x=works,
        x_complement=fails,
        series=tuple(Series(label, tuple(y), tuple(rest)) for label, (y, rest) in curves),
        x_quantity=_quantity_of(plot.x.start),
        x_unit=_unit(plot.x.start),
        x_is_logarithmic=plot.x.scale == "log",
        y_quantity=y_quantity,
        y_unit=y_unit,
        levels=levels(read),
        now=_now(read),
    )


def _in_columns(values: Sequence[Figure | float | None]) -> Columns:
    y = [value.reliability if isinstance(value, Figure) else value for value in values]
    if not any(isinstance(value, Figure) for value in values):
        return y, ()
    return y, [value.unreliability if isinstance(value, Figure) else None for value in values]


def _horizontal(xs: Grid, plot: Plot) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Every x, and one minus each where it is a probability."""
    if xs.counts is not None:
        return tuple(map(float, xs.counts)), ()
    if not isinstance(plot.x.start, Probability):
        return tuple(in_unit_of(plot.x.start, Fraction(number(x))) for x in xs), ()
    works, fails = xs.pairs
    return tuple(works.tolist()), tuple(fails.tolist())


def _vertical(read: Reading) -> tuple[Quantity, str]:
    """What the vertical axis measures, and of a time its unit."""
    design, plot = read.study.design, read.plot
    match plot.y:
        case "gain":
            return ("time", "s") if design.measure == "mttf" else ("difference", "")
        case "threshold":
            assert plot.threshold is not None
            value = design.parameters[plot.threshold].value
            return _quantity_of(value), _unit(value)
        case "downtime" | "mttf":
            return "time", "s"
        case "outages":
            return "amount", ""
        case (
            "measured"
            | "reliability"
            | "unreliability"
            | "availability"
            | "unavailability"
            | "availability_over"
            | "safety"
            | "unsafety"
        ):
            return "probability", ""


def _quantity_of(value: Value) -> Quantity:
    match value:
        case int():
            return "count"
        case Probability():
            return "probability"
        case Duration():
            return "time"
        case Rate() | PlainNumber():
            return "amount"


def _unit(value: Value) -> str:
    return value.unit if isinstance(value, Duration) else ""


def _now(read: Reading) -> Mark | None:
    """Where the design stands: its own values, also where the plot does not run through them."""
    study, plot = read.study, read.plot
    if read.in_time and not read.has_mission:
        return None
    x = across(study.design.value(plot.x.parameter, plot.choice), plot.x.start)
    try:
        y = _y_now(read)
    except Undecided:
        return None
    if y is None:
        return None
    right = x if isinstance(x, Figure) else Figure(x, 0.0)
    up = y if isinstance(y, Figure) else Figure(y, 0.0)
    return Mark(right.reliability, up.reliability, right.unreliability, up.unreliability)


def _y_now(read: Reading) -> Figure | float | None:
    study, plot = read.study, read.plot
    if plot.threshold is not None:
        value = study.design.value(plot.threshold, plot.choice)
        return across(value, value)
    return point_at(study, read)
