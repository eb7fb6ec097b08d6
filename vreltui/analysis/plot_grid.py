"""Which values a plot runs through, and the design as it is at one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cached_property
from typing import overload

import numpy as np

from vreltui.engine.points import Pairs
from vreltui.model import Design, PlotAxis, Probability, Value
from vreltui.model.quantities import number
from vreltui.model.unit_like import like

GRID_DIGITS = 30
"""Significant digits, from 0 or from 1 whichever is nearer, to which points are placed."""


class Grid(Sequence[Value]):
    """The values of a horizontal axis, in order, each made when it is asked for.

    Evenly spaced decimals from end to end, every whole number for a count. On a logarithmic scale
    they are spaced evenly in the logarithm.

    >>> [str(x) for x in Grid(PlotAxis("R", Probability.of("0.1"), Probability.of("0.4"), 4))]
    ['0.1', '0.2', '0.3', '0.4']
    >>> list(Grid(PlotAxis("n", 2, 5, 4)))
    [2, 3, 4, 5]
    >>> ends = Probability.of("0.001"), Probability.of("0.1")
    >>> [str(x) for x in Grid(PlotAxis("R", *ends, 3, scale="log"))]
    ['0.001', '0.01', '0.1']
    """

    def __init__(self, axis: PlotAxis, steps: range | None = None) -> None:
        self._axis = axis
        if isinstance(axis.start, int) and isinstance(axis.stop, int):
            every = range(axis.start, axis.stop + 1)
        else:
            every = range(axis.points)
        self._steps = every if steps is None else steps

    def __len__(self) -> int:
        return len(self._steps)

    @overload
    def __getitem__(self, index: int) -> Value: ...

    @overload
    def __getitem__(self, index: slice) -> Grid: ...

    def __getitem__(self, index: int | slice) -> Value | Grid:
        if isinstance(index, slice):
            steps = self._steps[index]
            return self if steps == self._steps else Grid(self._axis, steps)
        step, start, stop = self._steps[index], self._axis.start, self._axis.stop
        if isinstance(start, int) or isinstance(stop, int):
            return step
        if step in (0, self._axis.points - 1):
            return stop if step else start
        between = self._between(Fraction(step, self._axis.points - 1))
        return _decimal(between) if isinstance(start, Probability) else like(start, between)

    def _between(self, part: Fraction) -> Fraction:
        """The number so far along the axis, evenly or evenly in the logarithm."""
        low, high = Fraction(number(self._axis.start)), Fraction(number(self._axis.stop))
        if self._axis.scale == "linear":
            return low + (high - low) * part
        with localcontext() as context:
            context.prec = GRID_DIGITS + 10
            ratio = high / low
            grown = (Decimal(ratio.numerator) / ratio.denominator).ln()
            factor = (grown * part.numerator / part.denominator).exp()
        return low * Fraction(factor)

    @property
    def counts(self) -> range | None:
        """The values, where they are whole numbers."""
        return self._steps if isinstance(self._axis.start, int) else None

    @cached_property
    def pairs(self) -> Pairs:
        """The doubles nearest to the values, which are probabilities, and to their complements.

        They are quotients of whole numbers, which Python rounds correctly, over one denominator.
        """
        start, stop = self._axis.start, self._axis.stop
        assert isinstance(start, Probability)
        assert isinstance(stop, Probability)
        if self._axis.scale == "log":
            return self._pairs_one_by_one()
        low, high = start.reliability, stop.reliability
        last = self._axis.points - 1
        shared = low.denominator * high.denominator
        first = low.numerator * high.denominator * last
        step = high.numerator * low.denominator - low.numerator * high.denominator
        whole = shared * last
        works = [first + step * number for number in self._steps]
        fails = [whole - above for above in works]
        return np.array([r / whole for r in works]), np.array([q / whole for q in fails])

    def _pairs_one_by_one(self) -> Pairs:
        exact = [x for x in self if isinstance(x, Probability)]
        return (
            np.array([float(x.reliability) for x in exact]),
            np.array([float(x.unreliability) for x in exact]),
        )


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
