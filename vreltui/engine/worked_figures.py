"""Laws of leaves that are no polynomials: their figures are worked out from exact numbers.

Such a law reads times, rates and shapes. It stands in a program as one number, a
:class:`WorkedFigure`, that an evaluation works out from the values of its sources; all the rest of
the engine sees a probability at a leaf. Another such law says how its pair follows from numbers.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeVar

from flint import arb, fmpq

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.balls import ONE, PairOfBalls, precision
from vreltui.engine.laws import Balls, Direction, Law, Source
from vreltui.engine.lifetimes import worked_out
from vreltui.engine.slopes_of_laws import slope_at
from vreltui.model import Value
from vreltui.model.quantities import number

E = TypeVar("E")

Stated = Any
Numbers = Mapping[Source, Stated]
"""The values of sources as exact numbers: seconds, failures a second, plain numbers; or balls."""

GUARD_BITS = 64
"""How many bits more than are wanted a derivative is worked out with."""


@dataclass(frozen=True, slots=True)
class Role:
    """A number that a law reads: under which key the component has it, and where it comes from."""

    key: str
    source: Source


class WorkedLaw(Law):
    """A law whose figure is worked out beforehand, from exact numbers or over intervals."""

    __slots__ = ()

    @property
    @abstractmethod
    def figure_source(self) -> Source:
        """By what name an evaluation knows the figure."""

    @abstractmethod
    def pair_of(self, numbers: Numbers) -> PairOfBalls:
        """The figure with these numbers, at the precision that holds."""

    @abstractmethod
    def exact_of(self, numbers: Mapping[Source, fmpq]) -> tuple[Fraction, Fraction] | None:
        """Both sides of the figure as fractions, where they are."""

    @abstractmethod
    def slope_of(self, source: Source, numbers: Numbers) -> arb | None:
        """The derivative by a source in closed form; None where there is none."""

    def quotient_degree(self, source: Source, numbers: Mapping[Source, fmpq]) -> int | None:
        """The greatest degree of polynomials in a source of which the figure is a quotient.

        The other numbers are known. None where it need not be one.
        """
        del source, numbers
        return None

    def direction_with(self, source: Source, numbers: Numbers) -> Direction | None:
        """Which way a source moves the figure where the other numbers are known."""
        del numbers
        return self.direction(source)

    def in_the_limit(self, source: Source) -> WorkedLaw | None:
        """The law that it tends to as a source grows; None where that is not known."""
        del source
        return None

    def turn(self, source: Source, numbers: Numbers, early: arb, late: arb | None) -> arb | None:
        """A number whose sign is that of the slope by a source, from one value to another.

        ``late`` is None for all values from the early one on. None where it is not known; asked
        only of a law with a limit.
        """
        del source, numbers, early, late
        return None

    def steepest(self, source: Source, numbers: Numbers, early: arb, late: arb) -> arb | None:
        """A bound on the slope by a source between two values; as :meth:`turn` is asked for."""
        del source, numbers, early, late
        return None

    @abstractmethod
    def check_wide(self, sources: Collection[Source]) -> None:
        """Raise :class:`Undecided` where these can't be intervals."""

    def pair(
        self, arithmetic: Arithmetic[E], given: Callable[[Source], tuple[E, E]]
    ) -> tuple[E, E]:
        """The figure as it was worked out."""
        del arithmetic
        return given(self.figure_source)

    def slope(self, source: Source, given: Balls) -> arb:
        """1 by the figure; that by a number is known to the figure, :meth:`WorkedFigure.slope`."""
        del given
        if source != self.figure_source:
            raise TypeError(f"the slope of {self.figure_source.name} is known to its figure")
        return ONE

    def inverse(self, source: Source, given: Balls, pair: PairOfBalls) -> PairOfBalls:
        """Never asked for: a value of a source is no probability."""
        del source, given, pair
        raise TypeError("a time is searched, not inverted as a probability")

    def degree(self, source: Source) -> int | None:
        """None in its sources: it is no polynomial."""
        return None if source in self.sources else 0

    def places(self, of: Callable[[Source], int | None]) -> int | None:
        """Those of the figure."""
        return of(self.figure_source)

    @property
    def ends(self) -> bool:
        """False: an availability is a quotient."""
        return False

    def figure(self, values: Mapping[Source, Value]) -> WorkedFigure:
        """The figure with the values that its sources have."""
        return WorkedFigure(self, {source: exact(values[source]) for source in self.sources})


@dataclass(frozen=True)
class WorkedFigure:
    """The probability at a leaf, worked out from exact numbers."""

    law: WorkedLaw
    numbers: Mapping[Source, fmpq]
    _pairs: dict[int, PairOfBalls] = field(default_factory=dict, compare=False, repr=False)

    def pair(self, bits: int) -> PairOfBalls:
        """Balls around it and its complement, both to about so many bits."""
        known = self._pairs.get(bits)
        if known is None:
            exact_pair = self.exact
            if exact_pair is None:
                works, fails = worked_out(lambda: self.law.pair_of(self.numbers), bits)
            else:
                with precision(bits):
                    works, fails = (arb(as_fmpq(side)) for side in exact_pair)
            known = self._pairs[bits] = works, fails
        return known

    @cached_property
    def exact(self) -> tuple[Fraction, Fraction] | None:
        """Both sides as fractions, where they are."""
        return self.law.exact_of(self.numbers)

    @property
    def reliability(self) -> Fraction:
        """The figure itself, exactly, where it is a fraction; else the double nearest to it."""
        return self.exact[0] if self.exact else Fraction(float(self.pair(128)[0]))

    @property
    def unreliability(self) -> Fraction:
        """The same of the complement."""
        return self.exact[1] if self.exact else Fraction(float(self.pair(128)[1]))

    @property
    def denominator(self) -> int:
        """The denominator of the exact figure. Raises :class:`TypeError` where there is none."""
        if self.exact is None:
            raise TypeError(f"{self.law.figure_source.name} is no fraction")
        return self.exact[0].denominator

    @property
    def places(self) -> int | None:
        """How small a difference of such figures can be: digits of the denominator."""
        return None if self.exact is None else len(str(self.denominator))

    def over(self, values: Mapping[Source, arb]) -> PairOfBalls:
        """Balls that hold the figure for all values of some sources in intervals.

        Not finite where nothing is known, as over an interval that is too wide.
        """
        self.law.check_wide(values)
        works, fails = self.law.pair_of({**self.numbers, **values})
        zero_to_one = arb("0.5", "0.5")
        return (
            works.intersection(zero_to_one) if works.is_finite() else zero_to_one,
            fails.intersection(zero_to_one) if fails.is_finite() else zero_to_one,
        )

    @property
    def identity(self) -> Hashable:
        """Its law, and its numbers by what they are to it."""
        return self.law.key(lambda source: fraction(self.numbers[source]))

    def at(self, source: Source, value: fmpq) -> WorkedFigure:
        """The figure with another value of one source."""
        return WorkedFigure(self.law, {**self.numbers, source: value})

    def direction(self, source: Source) -> Direction | None:
        """Which way it moves with a source, the others being what they are."""
        return self.law.direction_with(source, self.numbers)

    def slope(self, source: Source, bits: int) -> arb:
        """The derivative of the figure by one of its sources, in its own unit."""
        with precision(bits + GUARD_BITS):
            closed = self.slope_over(source, {})
        if closed is not None and closed.rel_accuracy_bits() >= bits:
            return closed

        def moved(value: Stated) -> arb:
            works, fails = self.law.pair_of({**self.numbers, source: value})
            return works if works < fails else -fails  # the smaller side has more digits

        return slope_at(moved, self.numbers[source], bits)

    def slope_over(self, source: Source, values: Mapping[Source, arb]) -> arb | None:
        """A ball that holds the derivative for all values of some sources in intervals.

        None where there is no closed form of it.
        """
        slope = self.law.slope_of(source, {**self.numbers, **values})
        return slope if slope is not None and slope.is_finite() else None


def exact(value: Value) -> fmpq:
    """A value of a design as an exact number: seconds, how often a second, a plain number."""
    return as_fmpq(Fraction(number(value)))


def fraction(value: fmpq) -> Fraction:
    """An exact number as a Fraction."""
    return Fraction(int(value.numerator), int(value.denominator))


def as_fmpq(value: Fraction) -> fmpq:
    """A Fraction as an exact number."""
    return fmpq(value.numerator, value.denominator)
