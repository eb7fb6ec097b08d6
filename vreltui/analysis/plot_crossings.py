"""Where the curve of a plot crosses the goal, or the curve of another choice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from vreltui.analysis.plot_exact import meets
from vreltui.analysis.plot_grid import design_at
from vreltui.analysis.plot_levels import goal_of, level
from vreltui.analysis.plot_reading import Reading
from vreltui.analysis.plot_results import Crossing
from vreltui.analysis.plot_times import amount_region, in_unit_of, point_at
from vreltui.analysis.questions.amounts import with_texts
from vreltui.analysis.questions.thresholds import source_threshold
from vreltui.analysis.results import Figure
from vreltui.analysis.study import Study
from vreltui.engine.limits import Undecided
from vreltui.engine.program import Source
from vreltui.model import Plot, Probability, Value
from vreltui.model.numbers import PlainNumber
from vreltui.model.times import Duration, Rate
from vreltui.model.unit_like import like

_MOST = 8
_MEASURED = ("reliability", "unreliability", "availability", "unavailability", "downtime", "mttf")
_ROOM = Decimal("0.05")


def crossings(read: Reading, other: str | None = None) -> tuple[Crossing, ...]:
    """Where the plot's choice stops or begins to exceed the goal; or the choice ``other``.

    They are the certified ends of thresholds, so they are right to the last digit of their text.
    Nothing where x is a count, where no curve of what is measured is drawn, or where the ends could
    not be found within the limits.
    """
    study, plot = read.study, read.plot
    if plot.y not in _MEASURED or not read.is_measured or plot.series:
        return ()
    if read.in_time and study.design.measure == "availability":
        return ()  # a goal is one of the long run
    if (study.design.goal is None and other is None) or other == plot.choice:
        return ()
    limits = study.budget
    asked = study.design if other is None else study.design.without_goal()
    alone = Study(replace(asked, baseline=other), before=study, limits=lambda: limits)
    try:
        return tuple(_crossings(alone, read))[:_MOST]
    except Undecided:
        return ()


def _crossings(alone: Study, read: Reading) -> Iterator[Crossing]:
    name, choice = read.plot.x.parameter, read.plot.choice
    source = Source(name, is_parameter=True)
    value = alone.design.value(name, choice)
    match value:
        case int():
            return
        case Probability():
            if alone.design.measure == "mttf":
                return
            found = source_threshold(alone, choice, source, value, meets(alone, choice))
            for interval in found.intervals:
                for end in (interval.low, interval.high):
                    if not end.is_zero and not end.is_one:
                        yield _crossing(alone, read, _probability(end.figure), end.figure, end.at)
        case Duration() | Rate() | PlainNumber():
            for part in with_texts(amount_region(alone, choice, source, value), value):
                for bound in (part.low, part.high):
                    if bound is not None:
                        seconds = Fraction(bound.figure)
                        if isinstance(value, Rate):
                            seconds /= 3600
                        x = Figure(in_unit_of(read.plot.x.start, seconds), 0.0)
                        yield _crossing(alone, read, like(value, seconds), x, bound.text)


def _crossing(
    study: Study, read: Reading, there: Value, x: Figure, at: Probability | str
) -> Crossing:
    """The crossing at a value of the axis: at the goal, or about where both figures are equal."""
    plot, budget = read.plot, study.budget
    goal = goal_of(replace(read, study=study))
    if goal is not None:
        line = level(goal, plot.y)
        return Crossing(at, x.reliability, line.y, x.unreliability, line.complement)
    moved = Study(
        design_at(study.design, plot.choice, {plot.x.parameter: there}),
        before=study,
        limits=lambda: budget,
    )
    y = point_at(moved, read)
    up = y if isinstance(y, Figure) else Figure(y or 0.0, 0.0)
    return Crossing(at, x.reliability, up.reliability, x.unreliability, up.unreliability)


def including(plot: Plot, found: tuple[Crossing, ...]) -> Plot:
    """The plot, with a wider range of x where it shows none of the crossings but could."""
    start, stop = plot.x.start, plot.x.stop
    if not found or not isinstance(start, Probability) or not isinstance(stop, Probability):
        return plot
    low, high = start.decimal, stop.decimal
    places = [Decimal(repr(each.x)) for each in found]
    if any(low <= place <= high for place in places):
        return plot
    nearest = min(places, key=lambda place: max(low - place, place - high))
    room = (max(high, nearest) - min(low, nearest)) * _ROOM
    low, high = (
        min(low, max(Decimal(0), nearest - room)),
        max(high, min(Decimal(1), nearest + room)),
    )
    wider = replace(plot.x, start=Probability.of(low), stop=Probability.of(high))
    return replace(plot, x=wider)


def _probability(x: Figure) -> Probability:
    if x.unreliability < x.reliability:
        return Probability.from_unreliability(repr(x.unreliability))
    return Probability.of(Decimal(repr(x.reliability)))
