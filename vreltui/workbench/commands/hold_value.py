"""The value that a threshold asks for: the least that is needed, rounded to the safe side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import assert_never

from vreltui.analysis.results import (
    AmountThreshold,
    Bound,
    CountThreshold,
    OpenInterval,
    ProbabilityThreshold,
)
from vreltui.analysis.results import Threshold as AnyThreshold
from vreltui.model import Probability, Problem, Value
from vreltui.model.errors import DesignError
from vreltui.model.numbers import MOST_DIGITS
from vreltui.model.quantities import PROBABILITY, number, quantity_of

_DIGITS = 2 * MOST_DIGITS + 400
"""Enough for the exact difference of any two numbers of a design."""


def needed_value(threshold: AnyThreshold, allowed: Sequence[Value] = ()) -> Value:
    """The value nearest to the present one that is just inside the threshold.

    Where one of ``allowed`` has to be taken, it is the nearest of these that is inside.

    From below, or from inside, that is the least value that holds; from above, where a lower
    value is asked for, the greatest. Typed digits are rounded inwards, so that it does hold.

    Raises :class:`DesignError` when no value holds, any does, or the threshold is not known.
    """
    name = threshold.parameter
    if threshold.undecided:
        raise _refused(f"the threshold of {name} is undecided: {threshold.undecided}")
    if threshold.irrelevant:
        raise _refused(f"{name} may have any value")
    if isinstance(threshold, CountThreshold):
        if not threshold.ranges:
            raise _refused(f"no number of copies {name} is enough")
        if allowed:
            return _nearest(threshold, allowed)
        return _count(threshold)
    if not threshold.intervals:
        raise _refused(f"no value of {name} is enough")
    if allowed:
        return _nearest(threshold, allowed)
    if isinstance(threshold, AmountThreshold):
        return _amount(threshold)
    return _probability(threshold)


def _nearest(threshold: AnyThreshold, allowed: Sequence[Value]) -> Value:
    """Of the values that can be taken, the one nearest to the present one that is enough."""
    enough = [value for value in allowed if _is_enough(threshold, value)]
    if not enough:
        raise _refused(f"none of the values of {threshold.parameter} is enough")
    now = Fraction(number(threshold.value))
    return min(enough, key=lambda value: abs(Fraction(number(value)) - now))


def _is_enough(threshold: AnyThreshold, value: Value) -> bool:
    """Whether a value is certainly inside: the printed ends are, but for those that tie."""
    exact = number(value)
    match threshold:
        case CountThreshold():
            return any(low <= exact <= high for low, high in threshold.ranges)
        case ProbabilityThreshold():
            return any(
                _inside_end(exact, each.low, 1) and _inside_end(exact, each.high, -1)
                for each in threshold.intervals
            )
        case AmountThreshold():
            factor = 3600 if threshold.kind == "rate" else 1
            return any(
                (not each.low or exact * factor > each.low.figure)
                and (not each.high or exact * factor < each.high.figure)
                for each in threshold.intervals
            )
        case unknown:
            assert_never(unknown)


def _inside_end(exact: Fraction | int, end: Bound, inwards: int) -> bool:
    if end.is_zero or end.is_one:
        return True
    beyond = (exact - end.at.reliability) * inwards
    return beyond > 0 or (beyond == 0 and not end.exact)


def _amount(threshold: AmountThreshold) -> Value:
    """The end of the nearest interval, just inside."""
    quantity = quantity_of(threshold.value)
    now = float(number(threshold.value)) * (3600 if threshold.kind == "rate" else 1)
    ends = [end for each in threshold.intervals for end in (each.low, each.high) if end]
    # On the logarithm; from 0, which has none, the least is the nearest.
    nearest = min(ends, key=lambda end: abs(math.log(end.figure / now)) if now else end.figure)
    value: Value = quantity.typed(nearest.text)
    if not nearest.exact:
        return value
    # The end itself ties: a step inwards.
    up = any(each.low is nearest for each in threshold.intervals)
    inside: Value = quantity.stepped(value, up, None, fine=True, most_copies=1)
    return inside


def _count(threshold: CountThreshold) -> int:
    """The end of the nearest range."""
    value = threshold.value

    def distance(ends: tuple[int, int]) -> int:
        return max(ends[0] - value, value - ends[1], 0)

    low, high = min(threshold.ranges, key=distance)
    return high if value > high or low == 1 else low


def _probability(threshold: ProbabilityThreshold) -> Probability:
    value = PROBABILITY.of(threshold.value)
    r, q = float(value.reliability), float(value.unreliability)

    def distance(interval: OpenInterval) -> float:
        below = min(interval.low.figure.reliability - r, q - interval.low.figure.unreliability)
        above = min(r - interval.high.figure.reliability, interval.high.figure.unreliability - q)
        return max(below, above, 0.0)

    interval = min(threshold.intervals, key=distance)
    too_high = r > interval.high.figure.reliability or q < interval.high.figure.unreliability
    from_below = not interval.low.is_zero and not too_high
    if from_below:
        return _inside(interval.low, interval, upwards=True)
    return _inside(interval.high, interval, upwards=False)


def _inside(bound: Bound, interval: OpenInterval, *, upwards: bool) -> Probability:
    """The digits of a bound; moved by a unit of the last digit when they are the bound itself."""
    value = bound.at
    if not bound.exact:
        return value
    unit = Decimal(1).scaleb(int(value.written.as_tuple().exponent))
    up = upwards != value.complemented
    # Next to 1 the ends may differ in the three hundredth digit.
    with localcontext() as context:
        context.prec = _DIGITS
        width = interval.high.at.decimal - interval.low.at.decimal
        if width <= 0:
            raise _refused("the values that are enough lie too close together")
        while unit >= width:
            unit /= 10
        moved = value.written + (unit if up else -unit)
    return Probability(moved, complemented=value.complemented)


def _refused(what: str) -> DesignError:
    return DesignError(Problem((), what))
