"""Plots of designs with lifetimes: each point by the exact engine.

A lifetime is no polynomial that arrays could walk, and a figure of one costs little.
"""

from __future__ import annotations

from fractions import Fraction

from vreltui.analysis.digits import figure
from vreltui.analysis.plot_curve import Curve
from vreltui.analysis.plot_exact import exact_gain, exact_least_count, exact_threshold
from vreltui.analysis.questions.amounts import winning_amount_region
from vreltui.analysis.results import Figure
from vreltui.analysis.study import Study
from vreltui.engine.amounts import AmountRegion
from vreltui.engine.limits import Undecided
from vreltui.engine.program import Source
from vreltui.model import Plot, Probability, Value
from vreltui.model.numbers import PlainNumber
from vreltui.model.quantities import number
from vreltui.model.times import Duration, Rate, unit_of_time


def exact_values(curve: Curve, plot: Plot) -> list[Figure | float | None]:
    """What a plot draws at every point. Raises :class:`Undecided` where one was not found."""
    if curve.study.design.measure == "mttf":
        raise Undecided("plots of mean lives are not drawn")
    return [_value(curve.at(index), plot) for index in range(len(curve.xs))]


def _value(study: Study, plot: Plot) -> Figure | float | None:
    if plot.threshold is not None:
        return _threshold(study, plot.choice, plot.threshold)
    if plot.y == "gain":
        return exact_gain(study, plot.choice)
    own = figure(study.evaluation(plot.choice).figures())
    return own if plot.y == "reliability" else Figure(own.unreliability, own.reliability)


def _threshold(study: Study, choice: str, name: str) -> Figure | float | None:
    source = Source(name, is_parameter=True)
    value = study.design.value(name, choice)
    match value:
        case int():
            return exact_least_count(study, choice, source)
        case Probability():
            return exact_threshold(study, choice, source)
        case Duration() | Rate() | PlainNumber():
            bound = _bound(winning_amount_region(study, choice, source, value))
            return None if bound is None else in_unit_of(value, bound)


def _bound(region: AmountRegion) -> Fraction | None:
    """What must be exceeded; else what must not be reached; 0 where all will do, None for none."""
    if not region:
        return None
    if region[0].low is not None:
        return region[0].low.above
    return Fraction(0) if region[0].high is None else region[0].high.below


def in_unit_of(value: Value, exact: Fraction) -> float:
    """An amount of seconds, times a second or ones, in the unit in which a value is written."""
    return (
        float(exact / unit_of_time(value.unit))
        if isinstance(value, Duration | Rate)
        else float(exact)
    )


def across(value: Value, start: Value) -> Figure | float:
    """A value along an axis: an amount in the unit in which the axis begins."""
    match value:
        case Probability():
            return Figure(float(value.reliability), float(value.unreliability))
        case int():
            return float(value)
        case Duration() | Rate() | PlainNumber():
            return in_unit_of(start, Fraction(number(value)))
