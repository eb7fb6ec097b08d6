"""A certain lower bound of a convex function over a range, from a few of its values as balls."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from flint import arb

from vreltui.engine.balls import ball

_NEAR = 10**6
"""Points lie this much nearer to each other than to the upper end."""


def least_of_convex(
    at: Callable[[Fraction], arb], low: Fraction, high: Fraction, near: Fraction
) -> arb:
    """A lower bound of a convex function from ``low`` to ``high``, tight where it is least there.

    Beyond two points a convex function lies above the line through them.
    """
    step = (high - near) / _NEAR
    points = [Fraction(decimal_below(near + place * step)) for place in (-1, 0, 1, 2)]
    points = [point for point in points if point > low]
    points = [low, *points] if len(points) < 4 else points
    values = [at(point) for point in points]
    slopes = [
        (after - before) / ball(right - left)
        for before, after, left, right in zip(values, values[1:], points, points[1:], strict=False)
    ]
    bounds = []
    for index in range(len(slopes)):
        width = ball(points[index + 1] - points[index])
        if index:
            bounds.append(values[index] + _negative(slopes[index - 1]) * width)
        else:
            bounds.append(values[1] - _positive(slopes[1]) * width)
    bounds.append(values[0] - _positive(slopes[0]) * ball(points[0] - low))
    bounds.append(values[-1] + _negative(slopes[-1]) * ball(high - points[-1]))
    least = bounds[0]
    for each in bounds[1:]:
        least = least.min(each)
    return least


def _positive(slope: arb) -> arb:
    return slope.max(arb(0))


def _negative(slope: arb) -> arb:
    return slope.min(arb(0))


def decimal_below(exact: Fraction) -> str:
    """The decimal of 40 places just below a fraction."""
    scaled = exact.numerator * 10**40 // exact.denominator
    return f"0.{scaled:040d}" if scaled < 10**40 else "1"
