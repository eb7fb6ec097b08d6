"""Which values a plot runs through, and the design as it is at one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction

from vreltui.model import Design, PlotAxis, Probability, Value
from vreltui.model.quantities import number
from vreltui.model.unit_like import like

GRID_DIGITS = 30
"""Significant digits, from 0 or from 1 whichever is nearer, to which points are placed."""


def grid(axis: PlotAxis) -> tuple[Value, ...]:
    """The values of a horizontal axis, in order.

    Evenly spaced decimals from end to end for a probability, every whole number for a count.

    >>> [str(x) for x in grid(PlotAxis("R", Probability.of("0.1"), Probability.of("0.4"), 4))]
    ['0.1', '0.2', '0.3', '0.4']
    >>> grid(PlotAxis("n", 2, 5, 4))
    (2, 3, 4, 5)
    """
    start, stop = axis.start, axis.stop
    if isinstance(start, int) or isinstance(stop, int):
        assert isinstance(start, int)
        assert isinstance(stop, int)
        return tuple(range(start, stop + 1))
    low, width = number(start), number(stop) - number(start)
    between = (low + width * Fraction(step, axis.points - 1) for step in range(1, axis.points - 1))
    if isinstance(start, Probability):
        return (start, *map(_decimal, between), stop)
    return (start, *[like(start, exact) for exact in between], stop)


def _decimal(value: Fraction) -> Probability:
    """The decimal nearest to an exact probability, written from the end that is nearer."""
    complemented = value > Fraction(1, 2)
    side = 1 - value if complemented else value
    with localcontext() as context:
        context.prec = GRID_DIGITS
        return _written(Decimal(side.numerator) / Decimal(side.denominator), complemented)


def _written(side: Decimal, complemented: bool) -> Probability:
    if complemented and side.adjusted() > -GRID_DIGITS // 2:
        with localcontext() as context:
            context.prec = 2 * GRID_DIGITS
            return Probability((1 - side).normalize())
    return Probability(side.normalize(), complemented)


def design_at(design: Design, choice: str, values: Mapping[str, Value]) -> Design:
    """The design with other values of some parameters, as a plot of ``choice`` varies them.

    What the choice sets for itself is changed there alone; else the parameter is changed, and with
    it the baseline, unless that sets it.
    """
    own = design.choices[choice]
    in_choice = {name: value for name, value in values.items() if name in own.set}
    outside = {
        name: replace(design.parameters[name], value=value)
        for name, value in values.items()
        if name not in own.set
    }
    if in_choice:
        changed = replace(own, set={**own.set, **in_choice})
        design = replace(design, choices={**design.choices, choice: changed})
    if outside:
        design = replace(design, parameters={**design.parameters, **outside})
    return design
