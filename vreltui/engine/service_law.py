"""When a component is in service by plan: a part in series, apart from its life and repair.

Where a common cause strikes a component, its planned outages stay its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from flint import arb, fmpq

from vreltui.engine.balls import PairOfBalls, precision
from vreltui.engine.lasting_laws import source_of
from vreltui.engine.laws import Direction, Known, Source
from vreltui.engine.worked_figures import Numbers, WorkedFigure, WorkedLaw, fraction
from vreltui.model.lasting import LastingComponent


@dataclass(frozen=True, slots=True)
class ServiceLaw(WorkedLaw):
    """When something is in service by plan: all the time but the planned outages."""

    planned: Source
    every: Source

    @property
    def sources(self) -> tuple[Source, ...]:
        """Both numbers."""
        return tuple(dict.fromkeys((self.planned, self.every)))

    @property
    def figure_source(self) -> Source:
        """By what name an evaluation knows the share of time in service."""
        return Source(f"service({self.planned.name},{self.every.name})", is_parameter=False)

    def direction(self, source: Source) -> Direction | None:
        """Down with the outage, up with the time between two."""
        ways: set[Direction] = set()
        if source == self.planned:
            ways.add(-1)
        if source == self.every:
            ways.add(1)
        return ways.pop() if len(ways) == 1 else (None if ways else 0)

    def pair_of(self, numbers: Numbers) -> PairOfBalls:
        """1 - planned / every, and planned / every."""
        down = arb(numbers[self.planned]) / arb(numbers[self.every])
        return 1 - down, down

    def exact_of(self, numbers: Mapping[Source, fmpq]) -> tuple[Fraction, Fraction] | None:
        """The same as fractions."""
        down = fraction(numbers[self.planned]) / fraction(numbers[self.every])
        return 1 - down, down

    def quotient_degree(self, source: Source, numbers: Mapping[Source, fmpq]) -> int | None:
        """One for each of the two that it is."""
        del numbers
        return [self.planned, self.every].count(source)

    def slope_of(self, source: Source, numbers: Numbers) -> arb | None:
        """-1 / every, and planned / every**2."""
        planned, every = arb(numbers[self.planned]), arb(numbers[self.every])
        total = arb(0)
        if source == self.planned:
            total = total - 1 / every
        if source == self.every:
            total = total + planned / every**2
        return total

    def check_wide(self, sources: Collection[Source]) -> None:
        """Both may be intervals."""

    def key(self, of: Callable[[Source], Hashable]) -> Hashable:
        """Its numbers."""
        return ("service", of(self.planned), of(self.every))

    def outages(self, known: Known, bits: int) -> arb | None:
        """Once in every so long."""
        figure = known.leaf_figures[self.figure_source]
        assert isinstance(figure, WorkedFigure)
        with precision(bits):
            return 1 / arb(figure.numbers[self.every])


def service_law(node: LastingComponent) -> ServiceLaw:
    """When a component is in service by its planned outages."""
    sources = {
        stated.key: source_of(node.name, stated.key, stated.parameter) for stated in node.numbers
    }
    return ServiceLaw(sources["planned"], sources["every"])
