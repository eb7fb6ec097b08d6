"""Where the curve of a plot crosses the goal, or the curve of another choice."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from vreltui.analysis.digits import figure
from vreltui.analysis.plot_exact import meets
from vreltui.analysis.plot_grid import design_at
from vreltui.analysis.plot_results import Crossing
from vreltui.analysis.questions.thresholds import source_threshold
from vreltui.analysis.results import Bound, Figure
from vreltui.analysis.study import Study
from vreltui.engine.limits import Undecided
from vreltui.engine.program import Source
from vreltui.model import Plot, Probability
from vreltui.model.quantities import PROBABILITY

_MOST = 8
_ROOM = Decimal("0.05")


def crossings(study: Study, plot: Plot, other: str | None = None) -> tuple[Crossing, ...]:
    """Where the plot's choice stops or begins to exceed the goal; or the choice ``other``.

    They are the certified ends of thresholds, so they are right to the last digit of their text.
    Nothing where x is a count, where no curve of one reliability is drawn, or where the ends could
    not be found within the limits.
    """
    parameter = study.design.parameters[plot.x.parameter]
    if (
        parameter.quantity is not PROBABILITY
        or plot.y not in ("reliability", "unreliability")
        or plot.series
    ):
        return ()
    goal = study.design.goal if other is None else None
    if (goal is None and other is None) or other == plot.choice:
        return ()
    limits = study.budget
    alone = Study(
        replace(study.design, goal=goal, baseline=other), before=study, limits=lambda: limits
    )
    try:
        source = Source(parameter.name, is_parameter=True)
        value = study.design.value(parameter.name, plot.choice)
        assert isinstance(value, Probability)
        found = source_threshold(alone, plot.choice, source, value, meets(alone, plot.choice))
        ends = [
            end
            for interval in found.intervals
            for end in (interval.low, interval.high)
            if not end.is_zero and not end.is_one
        ]
        return tuple(_crossing(alone, plot, end) for end in ends[:_MOST])
    except Undecided:
        return ()


def _crossing(study: Study, plot: Plot, end: Bound) -> Crossing:
    design, x = study.design, end.figure
    target = design.target
    if target is not None:
        y = Figure(float(target.reliability), float(target.unreliability))
    else:
        there = design_at(design, plot.choice, {plot.x.parameter: _probability(x)})
        budget = study.budget
        moved = Study(there, before=study, limits=lambda: budget)
        y = figure(moved.evaluation(plot.choice).figures())
    if plot.y == "unreliability":
        y = Figure(y.unreliability, y.reliability)
    return Crossing(end.at, x.reliability, y.reliability, x.unreliability, y.unreliability)


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
