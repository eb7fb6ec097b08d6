"""What stands at a leaf: how likely a component works, as a function of the numbers that it names.

A law belongs to a structure and holds no values. It says which numbers it reads, and answers every
question about its own figure: the pair in any arithmetic, the derivative by each of its numbers,
which way each of them moves it, and which value of one of them gives a wanted figure.

Several leaves may read one number, and a leaf several numbers: the program knows who reads what
(:meth:`~vreltui.engine.program.Program.changed_by`), and an evaluation adds up, over all leaves,
the derivative of the root by the leaf times that of the leaf by the number.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, TypeVar, assert_never

from flint import arb, fmpq

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.balls import ONE, ZERO, PairOfBalls
from vreltui.model import Probability, Value

if TYPE_CHECKING:  # a design without times imports nothing of them
    from vreltui.engine.chains.chain import Chain
    from vreltui.engine.exponential_sums import ExponentialSum
    from vreltui.engine.renewal import Upkeep

E = TypeVar("E")

Number = Any
"""A ball, real or complex; python-flint publishes no types."""

Direction = Literal[-1, 0, 1]
"""1 where a greater value never harms, -1 where it never helps, 0 where it makes no difference."""


def opposite(way: Direction | None) -> Direction | None:
    """The way a rival's rise moves a margin.

    >>> opposite(1), opposite(0), opposite(None)
    (-1, 0, None)
    """
    match way:
        case 1:
            return -1
        case -1:
            return 1
        case 0 | None:
            return way
        case unknown:
            assert_never(unknown)


class Source(NamedTuple):
    """Where a value comes from: a parameter by its name, or a node's own number."""

    name: str
    is_parameter: bool


Balls = Callable[[Source], PairOfBalls]
"""The pair of each source as balls."""


class LeafFigure(Protocol):
    """The probability at a leaf, worked out from the values of its law's sources."""

    def pair(self, bits: int) -> PairOfBalls:
        """Balls around it and its complement, both to about so many bits."""

    def slope(self, source: Source, bits: int) -> arb:
        """The derivative by one of the sources, in that source's own unit."""

    def direction(self, source: Source) -> Direction | None:
        """Which way it moves with a source, the others being what they are; None if not known."""

    def over(self, values: Mapping[Source, arb]) -> PairOfBalls:
        """Balls that hold the figure for all values of some sources in intervals."""

    def slope_over(self, source: Source, values: Mapping[Source, arb]) -> arb | None:
        """A ball that holds the derivative for all values in intervals; None where not known."""

    @property
    def identity(self) -> Hashable:
        """Equal for figures that are one function with equal numbers, whatever these are called."""

    def at(self, source: Source, value: fmpq) -> LeafFigure:
        """The figure with another value of one source, as an exact number."""

    @property
    def reliability(self) -> Fraction:
        """The figure, exactly where it is a fraction; else the double nearest to it."""

    @property
    def unreliability(self) -> Fraction:
        """The same of the complement."""

    @property
    def denominator(self) -> int:
        """The denominator of the exact figure. Raises :class:`TypeError` where there is none."""

    @property
    def places(self) -> int | None:
        """Decimal places below which no difference of such figures lies; None where any may."""


class Known(Protocol):
    """What is known of the sources of laws: their values, and figures worked out from them."""

    @property
    def leaf_figures(self) -> Mapping[Source, LeafFigure]:
        """The figures that were worked out beforehand, by their names."""

    def probability(self, source: Source) -> Probability | LeafFigure:
        """A value from 0 to 1, or a figure."""

    def given(self, bits: int) -> Balls:
        """The pairs of the sources at a precision."""


class Law(ABC):
    """The reliability of a leaf as a function of its ``sources``. Equal laws are one leaf."""

    __slots__ = ()

    @property
    @abstractmethod
    def sources(self) -> tuple[Source, ...]:
        """The numbers that the law reads, each once."""

    @property
    def figure_source(self) -> Source | None:
        """By what name an evaluation knows the leaf's figure, where it works that out beforehand.

        So it is where the leaf is no polynomial in numbers from 0 to 1: such a figure stands in the
        program as one number. None where the leaf is computed from its sources in any arithmetic.
        """
        return None

    @property
    def figure_laws(self) -> tuple[Law, ...]:
        """The laws whose figures the leaf reads: itself, where it has a :attr:`figure_source`."""
        return () if self.figure_source is None else (self,)

    def figure(self, values: Mapping[Source, Value]) -> LeafFigure:
        """The figure with the values of the sources, where there is a :attr:`figure_source`."""
        del values
        raise TypeError(f"{type(self).__name__} is computed from its sources")

    def freed(self, figure: Source) -> Law:
        """The same law where a figure that it reads is a value of its own, like any other."""
        return Given(figure) if figure == self.figure_source else self

    @abstractmethod
    def pair(
        self, arithmetic: Arithmetic[E], given: Callable[[Source], tuple[E, E]]
    ) -> tuple[E, E]:
        """The pair of the leaf, where ``given`` tells that of each source."""

    @abstractmethod
    def slope(self, source: Source, given: Balls) -> arb:
        """The derivative of the leaf's reliability by the value of one of its sources."""

    @abstractmethod
    def direction(self, source: Source) -> Direction | None:
        """Which way a source moves the leaf, whatever the others are; None where that varies."""

    @property
    def inverts(self) -> bool:
        """Whether :meth:`inverse` tells the value of a source from the pair."""
        return True

    @abstractmethod
    def inverse(self, source: Source, given: Balls, pair: PairOfBalls) -> PairOfBalls:
        """The value of a source at which the leaf has this pair, all other sources as given.

        Asked only where such a value lies between 0 and 1, of a source whose direction is known.
        """

    @abstractmethod
    def degree(self, source: Source) -> int | None:
        """The degree of the leaf as a polynomial in a source; None where it is none."""

    @abstractmethod
    def places(self, of: Callable[[Source], int | None]) -> int | None:
        """Decimal places after which the leaf's reliability ends, given those of the sources.

        None where it need not end; then a comparison that comes out equal is never called a tie.
        """

    @property
    def ends(self) -> bool:
        """Whether the figure ends in decimals where its sources do.

        If not, :meth:`places` bounds the digits of its denominator.
        """
        return True

    @property
    def is_quotient(self) -> bool:
        """Whether the figure is a quotient of polynomials in its sources."""
        return False

    @abstractmethod
    def key(self, of: Callable[[Source], Hashable]) -> Hashable:
        """What the leaf is once its sources are: laws with equal keys have equal figures."""

    # Over time

    def outages(self, known: Known, bits: int) -> arb | None:
        """How often it goes down in the long run, per second; None where it does not say."""
        del known, bits
        return None

    def life(self, known: Known) -> Upkeep | bool:
        """How long it lives; of a constant whether it works, and only where that is sure."""
        raise TypeError(f"{type(self).__name__} is no life, and {known} does not tell of one")

    def available_at(self, known: Known, time: Number, arithmetic: Arithmetic[Any]) -> Any:
        """The pair A(t), all being new at 0; at a complex time also. None where it is not said."""
        del known, time, arithmetic

    def course(self, known: Known) -> ExponentialSum | None:
        """The same as a sum of exponentials; None where it is none."""
        del known
        return None

    def chain(self, known: Known) -> Chain | None:
        """What it does over time as a chain of states; None where it is none."""
        del known
        return None


@dataclass(frozen=True, slots=True)
class Given(Law):
    """The value of one source as it is."""

    source: Source

    @property
    def sources(self) -> tuple[Source, ...]:
        """The one source."""
        return (self.source,)

    def pair(
        self, arithmetic: Arithmetic[E], given: Callable[[Source], tuple[E, E]]
    ) -> tuple[E, E]:
        """As given."""
        return given(self.source)

    def slope(self, source: Source, given: Balls) -> arb:
        """1 by its source."""
        return ONE if source == self.source else ZERO

    def direction(self, source: Source) -> Direction | None:
        """Up with its source."""
        return 1 if source == self.source else 0

    def inverse(self, source: Source, given: Balls, pair: PairOfBalls) -> PairOfBalls:
        """The pair itself."""
        return pair

    def degree(self, source: Source) -> int | None:
        """1 in its source."""
        return 1 if source == self.source else 0

    def places(self, of: Callable[[Source], int | None]) -> int | None:
        """Those of the source."""
        return of(self.source)

    def key(self, of: Callable[[Source], Hashable]) -> Hashable:
        """The source's own."""
        return of(self.source)

    def _is_sure(self, known: Known) -> bool:
        return known.probability(self.source).reliability in (0, 1)

    def outages(self, known: Known, bits: int) -> arb | None:
        """Never, of what is sure; else a constant does not say."""
        del bits
        return ZERO if self._is_sure(known) else None

    def life(self, known: Known) -> Upkeep | bool:
        """Whether it works."""
        return known.probability(self.source).reliability == 1

    def available_at(self, known: Known, time: Number, arithmetic: Arithmetic[Any]) -> Any:
        """The same at any time."""
        del time
        one, zero = arithmetic.one, arithmetic.zero
        return (one, zero) if self.life(known) else (zero, one)

    def course(self, known: Known) -> ExponentialSum | None:
        """The same at any time."""
        from vreltui.engine.exponential_sums import ExponentialSum

        return ExponentialSum.constant(int(self.life(known) is True))


@dataclass(frozen=True, slots=True)
class Held(Given):
    """The chance that a failure stays its own, which is there or not from the first moment on.

    It is no component: it never goes out of order, and so has no outages and no life.
    """

    def outages(self, known: Known, bits: int) -> arb | None:
        """None: what it contains goes down, not itself."""
        del known, bits
        return ZERO

    def life(self, known: Known) -> Upkeep | bool:
        """Never asked for: :class:`~vreltui.engine.part_of_program.PartOfProgram` reads it."""
        raise TypeError(f"{self.source.name} is a chance, and {known} does not tell of a life")
