"""Between which values a plot that nobody wrote down runs: what matters is inside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from vreltui.analysis.results import (
    AmountThreshold,
    CountThreshold,
    ProbabilityThreshold,
    Threshold,
)
from vreltui.model import Design, Probability, Value
from vreltui.model.own_numbers import MAIN
from vreltui.model.plots import TIME, PlotAxis
from vreltui.model.rules import number
from vreltui.model.times import MOST_TIME, SECONDS, Duration
from vreltui.model.unit_like import like

POINTS = 121
_HALF = Decimal("0.5")

_APART = 12
"""A picture holds two places well where they are this part of it apart."""

_EDGE = 24
"""How near to the edge what stays in its frame may come, as a part of the whole."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when a plot is framed: thresholds by name, and the frame of before."""

    thresholds: Mapping[str, Threshold] = field(default_factory=dict)
    before: PlotAxis | None = None


def ends_of(threshold: Threshold | None) -> list[Fraction]:
    """Where a choice begins or ceases to meet, as :func:`number` has values; the least first.

    What is no end of that is left out: 0 and 1, and the first and the last count.
    """
    match threshold:
        case None:
            found = []
        case ProbabilityThreshold(intervals=intervals):
            bounds = [bound for each in intervals for bound in (each.low, each.high)]
            found = [b.at.reliability for b in bounds if not (b.is_zero or b.is_one)]
        case CountThreshold(ranges=ranges, most=most):
            counts = [count for each in ranges for count in each]
            found = [Fraction(count) for count in counts if count not in (1, most)]
        case AmountThreshold(intervals=amounts, kind=kind):
            unit = Fraction(1, 3600) if kind == "rate" else Fraction(1)
            limits = [end for each in amounts for end in (each.low, each.high)]
            found = [Fraction(end.figure) * unit for end in limits if end is not None]
    return sorted(found)


def _nearest_end(value: Value, threshold: Threshold | None) -> Fraction | None:
    now = Fraction(number(value))
    return min(ends_of(threshold), key=lambda end: abs(end - now), default=None)


def time_axis(design: Design, choice: str, zoom: int) -> PlotAxis:
    """From the start to twice the mission, or to a year; each step of zoom halves or doubles it."""
    mission = design.mission_time(choice)
    end = 2 * mission.seconds if mission is not None else SECONDS["y"]
    unit = Duration(Decimal(1), "h" if mission is None else mission.unit)
    stop = like(unit, min(end * Fraction(2) ** -zoom, MOST_TIME))
    return PlotAxis("", like(unit, Fraction(0)), stop, POINTS, axis=TIME)


def axis(design: Design, choice: str, name: str, zoom: int, known: Known) -> PlotAxis:
    """The values of a parameter around its present one, its end of meeting among them.

    Each step of ``zoom`` halves the range around the present value, or doubles it.
    """
    parameter = design.parameters[name]
    value = design.value(name, choice)
    end = _nearest_end(value, known.thresholds.get(name))
    if isinstance(value, int):
        low, high = _count_range(design, value, parameter.range, zoom, end)
        return PlotAxis(name, low, high, high - low + 1)
    if not isinstance(value, Probability):
        return _amount_axis(design, name, value, parameter.range, zoom, end)
    start, stop = _window(value.decimal, parameter.range)
    if end is not None:
        start, stop = _framed(value.decimal, _decimal(end), start, stop)
        if zoom == 0 and _still_holds(known.before, name, value, end):
            assert known.before is not None
            return known.before
    middle = min(max(value.decimal, start), stop)
    factor = Decimal(2) ** -zoom
    start = max(Decimal(0), middle - (middle - start) * factor)
    stop = min(Decimal(1), middle + (stop - middle) * factor)
    low_end, high_end = (_rounded(end) for end in (start, stop))
    low_value, high_value = Probability.of(low_end), Probability.of(high_end)
    return _named(design, PlotAxis(name, low_value, high_value, POINTS))


def _amount_axis(
    design: Design,
    name: str,
    value: Value,
    given: tuple[Value, Value] | None,
    zoom: int,
    end: Fraction | None,
) -> PlotAxis:
    """The range of a time, rate or number, or a tenth of it to ten times as much.

    A range of more than a power of ten is drawn in logarithms.
    """
    now = Fraction(number(value))
    low, high = (now / 10, now * 10) if given is None else map(Fraction, map(number, given))
    if end is not None:
        low, high = min(low, end / 2), max(high, end * 2)
    factor = Fraction(2) ** -zoom
    low, high = now - (now - low) * factor, now + (high - now) * factor
    low = max(low, now / 1000)
    high = max(high, low * 2)
    scale: Literal["linear", "log"] = "log" if high > 10 * low else "linear"
    return _named(design, PlotAxis(name, like(value, low), like(value, high), POINTS, scale=scale))


def _named(design: Design, x: PlotAxis) -> PlotAxis:
    """The axis as the file's own design knows it: by its node where it is a number of a node's."""
    if x.parameter not in design.own:
        return x
    node = design.own[x.parameter]
    key = x.parameter.removeprefix(node).removeprefix(".")
    return replace(x, parameter="", node=node, key="" if key == MAIN else key)


def _count_range(
    design: Design,
    value: int,
    given: tuple[Value, Value] | None,
    zoom: int,
    end: Fraction | None,
) -> tuple[int, int]:
    low, high = (1, max(8, 2 * value))
    if given is not None:
        low, high = int(number(given[0])), int(number(given[1]))
    if end is not None:  # with the counts beside it
        low, high = max(1, min(low, int(end) - 1)), max(high, int(end) + 1)
    if zoom > 0:
        low, high = max(low, value - (high - low >> zoom)), min(high, value + (high - low >> zoom))
    elif zoom < 0:
        high <<= min(-zoom, 12)
    high = min(max(high, low + 1), design.most_copies, low + 999)
    return (low, high) if low < high else (max(1, high - 1), max(2, high))


def _window(value: Decimal, given: tuple[Value, Value] | None) -> tuple[Decimal, Decimal]:
    """The range of a parameter, or where it is given, values of like nines around its own."""
    if given is not None and isinstance(given[0], Probability):
        assert isinstance(given[1], Probability)
        if given[0].decimal < given[1].decimal:
            return given[0].decimal, given[1].decimal
    missing = 1 - value
    if missing >= _HALF or missing == 0:
        return Decimal(0), Decimal(1)
    return max(Decimal(0), 1 - 10 * missing), 1 - missing / 10


def _framed(value: Decimal, end: Decimal, start: Decimal, stop: Decimal) -> tuple[Decimal, Decimal]:
    """The window, or a nearer one where it does not show well how far a value is from an end."""
    low, high = min(value, end), max(value, end)
    width = stop - start
    inside = start + width / _EDGE <= low and high < stop
    if inside and (high - low) * _APART >= width:
        return start, stop
    aside = max(high - low, width / _APART)
    return max(Decimal(0), low - aside), min(Decimal(1), high + aside)


def _still_holds(before: PlotAxis | None, name: str, value: Probability, end: Fraction) -> bool:
    """Whether a frame of before has a value and its end of meeting well inside."""
    if before is None or name not in (before.parameter, before.name):
        return False
    start, stop = Fraction(number(before.start)), Fraction(number(before.stop))
    low, high = min(end, value.reliability), max(end, value.reliability)
    margin = (stop - start) / _EDGE
    apart = (high - low) * 3 * _APART >= stop - start
    return apart and start + margin <= low and high <= max(stop - margin, 1 - (1 - stop) * 2)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / value.denominator


def _rounded(value: Decimal) -> Decimal:
    missing = 1 - value
    places = 6 if missing == 0 else max(6, 4 - missing.adjusted())
    return min(max(round(value, places), Decimal(0)), Decimal(1))
