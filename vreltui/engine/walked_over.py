"""A walk over pairs that may be wide, and derivatives of the root through its leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flint import arb

from vreltui.engine.balls import PairOfBalls, precision
from vreltui.engine.gradient import gradient
from vreltui.engine.laws import Balls, LeafFigure, Source
from vreltui.engine.program import Program


@dataclass(frozen=True, slots=True)
class Over:
    """A walk over given pairs, each a number or an interval.

    ``counts`` holds the copies of each pool, ``walked`` the pairs of all slots.
    """

    program: Program
    figures: Mapping[Source, LeafFigure]
    given: Balls
    counts: Mapping[Source, int]
    walked: tuple[list[arb], list[arb]]
    bits: int

    @property
    def pair(self) -> PairOfBalls:
        """Balls that hold the root for all values in the pairs."""
        r, q = self.walked
        return r[self.program.root], q[self.program.root]

    def slope(self, source: Source) -> arb:
        """A ball that holds the derivative by a source at all values in the pairs."""

        def own(leaf: int) -> arb:
            return own_slope(self.program, self.figures, leaf, source, self.given, self.bits)

        return self.slope_through({leaf: own(leaf) for leaf in self.program.leaves[source]})

    def slope_through(self, own: Mapping[int, arb]) -> arb:
        """The same by what some leaves depend on, each with its own derivative by that."""
        with precision(self.bits):
            slopes = gradient(self.program, *self.walked, dict(self.counts), self.program.root)
            return through_leaves(tuple(own), slopes.__getitem__, own.__getitem__)


def through_leaves(
    leaves: tuple[int, ...], slope_of: Callable[[int], arb], own: Callable[[int], arb]
) -> arb:
    """The derivative by a source: by each leaf that reads it, times that leaf's own."""
    first, *others = leaves
    total = slope_of(first) * own(first)
    for leaf in others:
        total = total + slope_of(leaf) * own(leaf)
    return total


def figures_through(program: Program, source: Source) -> tuple[Source, ...]:
    """The figures through which the leaves of a program read a source, by their names."""
    found: dict[Source, None] = {}
    for leaf in program.leaves.get(source, ()):
        for law in program.law(leaf).figure_laws:
            if source in law.sources and law.figure_source is not None:
                found[law.figure_source] = None
    return tuple(found)


def own_slope(
    program: Program,
    figures: Mapping[Source, LeafFigure],
    leaf: int,
    source: Source,
    given: Balls,
    bits: int,
) -> arb:
    """The derivative of a leaf's reliability by a source, at the source's present value."""
    return slope_through_figures(
        program, leaf, source, lambda name: figures[name].slope(source, bits), given
    )


def slope_through_figures(
    program: Program,
    leaf: int,
    source: Source,
    slope_of: Callable[[Source], arb],
    given: Balls,
) -> arb:
    """The derivative of a leaf by a source: by each figure in it, times that of the figure."""
    law = program.law(leaf)
    total: arb | None = None
    for read in law.figure_laws:
        if source in read.sources:
            name = read.figure_source
            assert name is not None
            part = slope_of(name) if read is law else law.slope(name, given) * slope_of(name)
            total = part if total is None else total + part
    return law.slope(source, given) if total is None else total
