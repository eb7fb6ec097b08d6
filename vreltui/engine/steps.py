"""The steps of a program: each computes one probability from those in earlier slots.

A step answers for itself, whatever is asked of it: what it reads, its pair in any arithmetic, its
derivatives, how degrees and decimal places add up in it, and when it equals another step. Adding a
kind of step means a class with all of these, here or beside, and a place in :data:`Step`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, assert_never

from flint import arb

from vreltui.engine.ball_arithmetic import (
    add_through_series,
    binomial_slope,
    exactly_among_others,
    products_of_others,
)
from vreltui.engine.base_step import FALSE, TRUE, BaseStep, Reading
from vreltui.engine.decision_steps import Decision, SharedParts
from vreltui.engine.laws import Direction, Law, Source
from vreltui.engine.step_slopes import contained_slopes
from vreltui.engine.struck_step import Struck
from vreltui.model import Counted, needed

__all__ = [
    "FALSE",
    "TRUE",
    "AllOf",
    "AnyOf",
    "AtLeast",
    "BaseStep",
    "Constant",
    "ContainedCopies",
    "Copies",
    "Decision",
    "Leaf",
    "Reading",
    "SharedParts",
    "Step",
    "Struck",
]

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Constant(BaseStep):
    """Always or never works."""

    works: bool

    @property
    def inputs(self) -> tuple[int, ...]:
        """None."""
        return ()

    def pair(self, reading: Reading[E], r: Sequence[E], q: Sequence[E]) -> tuple[E, E]:
        """(1, 0) or (0, 1)."""
        one, zero = reading.arithmetic.one, reading.arithmetic.zero
        return (one, zero) if self.works else (zero, one)

    def slopes(
        self, r: Sequence[arb], q: Sequence[arb], counts: Mapping[Source, int]
    ) -> Sequence[arb]:
        """None."""
        return ()

    def weight(self, weights: Mapping[int, int], count: Callable[[Source], int]) -> int:
        """Whole numbers have no places."""
        return 0

    def key(self, numbers: Sequence[int], mark: Callable[[Source], Hashable]) -> Hashable:
        """Itself."""
        return self


@dataclass(frozen=True, slots=True)
class Leaf(BaseStep):
    """The reliability of one component, or of all the components that have one law."""

    law: Law

    @property
    def inputs(self) -> tuple[int, ...]:
        """None."""
        return ()

    def pair(self, reading: Reading[E], r: Sequence[E], q: Sequence[E]) -> tuple[E, E]:
        """What the law says."""
        return self.law.pair(reading.arithmetic, reading.given)

    def slopes(
        self, r: Sequence[arb], q: Sequence[arb], counts: Mapping[Source, int]
    ) -> Sequence[arb]:
        """None: its sources are no slots."""
        return ()

    def weight(self, weights: Mapping[int, int], count: Callable[[Source], int]) -> int:
        """0: what a leaf weighs is where adding up begins."""
        return 0

    def key(self, numbers: Sequence[int], mark: Callable[[Source], Hashable]) -> Hashable:
        """What its law is."""
        return ("leaf", self.law.key(mark))


class _OfParts(BaseStep):
    """A step over several independent parts."""

    __slots__ = ()

    parts: tuple[int, ...]

    @property
    def inputs(self) -> tuple[int, ...]:
        """The parts."""
        return self.parts

    def weight(self, weights: Mapping[int, int], count: Callable[[Source], int]) -> int:
        """Sums of products of all parts."""
        return sum([weights.get(part, 0) for part in self.parts])

    def single_weights(self, count: Callable[[Source], int]) -> Mapping[int, int]:
        """How often each stands among the parts, which may be thousands."""
        return Counter(self.parts)


@dataclass(frozen=True, slots=True)
class AllOf(_OfParts):
    """Independent parts in series."""

    parts: tuple[int, ...]

    def pair(self, reading: Reading[E], r: Sequence[E], q: Sequence[E]) -> tuple[E, E]:
        """All work."""
        return reading.arithmetic.all_of([(r[part], q[part]) for part in self.parts])

    def slopes(
        self, r: Sequence[arb], q: Sequence[arb], counts: Mapping[Source, int]
    ) -> Sequence[arb]:
        """All others work."""
        return products_of_others([r[part] for part in self.parts])

    def add_slopes(
        self,
        slope: list[arb],
        outer: arb,
        r: Sequence[arb],
        q: Sequence[arb],
        counts: Mapping[Source, int],
    ) -> None:
        """As in the base, with one product less for each part."""
        add_through_series(slope, outer, self.parts, r)

    def key(self, numbers: Sequence[int], mark: Callable[[Source], Hashable]) -> Hashable:
        """The parts in any order."""
        return ("all", *sorted([numbers[part] for part in self.parts]))


@dataclass(frozen=True, slots=True)
class AnyOf(_OfParts):
    """Independent parts in parallel."""

    parts: tuple[int, ...]

    def pair(self, reading: Reading[E], r: Sequence[E], q: Sequence[E]) -> tuple[E, E]:
        """Not all fail."""
        return reading.arithmetic.any_of([(r[part], q[part]) for part in self.parts])

    def slopes(
        self, r: Sequence[arb], q: Sequence[arb], counts: Mapping[Source, int]
    ) -> Sequence[arb]:
        """All others fail."""
        return products_of_others([q[part] for part in self.parts])

    def add_slopes(
        self,
        slope: list[arb],
        outer: arb,
        r: Sequence[arb],
        q: Sequence[arb],
        counts: Mapping[Source, int],
    ) -> None:
        """As in the base, with one product less for each part."""
        add_through_series(slope, outer, self.parts, q)

    def key(self, numbers: Sequence[int], mark: Callable[[Source], Hashable]) -> Hashable:
        """The parts in any order."""
        return ("any", *sorted([numbers[part] for part in self.parts]))


@dataclass(frozen=True, slots=True)
class AtLeast(_OfParts):
    """Independent parts of which k must work."""

    k: int
    parts: tuple[int, ...]

    def pair(self, reading: Reading[E], r: Sequence[E], q: Sequence[E]) -> tuple[E, E]:
        """The two tails of the number of parts that work."""
        return reading.arithmetic.at_least(self.k, [(r[part], q[part]) for part in self.parts])

    def slopes(
        self, r: Sequence[arb], q: Sequence[arb], counts: Mapping[Source, int]
    ) -> Sequence[arb]:
        """Exactly one too few of the others work."""
        return exactly_among_others(self.k - 1, [(r[part], q[part]) for part in self.parts])

    def key(self, numbers: Sequence[int], mark: Callable[[Source], Hashable]) -> Hashable:
        """The parts in any order."""
        return ("at least", self.k, *sorted([numbers[part] for part in self.parts]))


@dataclass(frozen=True, slots=True)
class Copies(BaseStep):
    """Independent copies of one part. How many, and how many are needed, is known at the walk."""

    part: int
    needs: Counted
    count: Source

    @property
    def inputs(self) -> tuple[int, ...]:
        """The part that is copied."""
        return (self.part,)

    @property
    def direction(self) -> Direction | None:
        """Which way one more copy moves the step; None where that varies, as with a majority."""
        match self.needs:
            case "all":
                return -1
            case "majority":
                return None
            case "any" | int():
                return 1
            case unknown:
                assert_never(unknown)

    def pair(self, reading: Reading[E], r: Sequence[E], q: Sequence[E]) -> tuple[E, E]:
        """The two tails of the number of copies that work."""
        n = reading.count(self.count)
        return reading.arithmetic.copies(needed(self.needs, n), n, (r[self.part], q[self.part]))

    def slopes(
        self, r: Sequence[arb], q: Sequence[arb], counts: Mapping[Source, int]
    ) -> Sequence[arb]:
        """By the reliability that all copies have."""
        n = counts[self.count]
        return (binomial_slope(needed(self.needs, n), n, (r[self.part], q[self.part])),)

    def weight(self, weights: Mapping[int, int], count: Callable[[Source], int]) -> int:
        """A product of as many copies."""
        return weights.get(self.part, 0) * count(self.count)

    def key(self, numbers: Sequence[int], mark: Callable[[Source], Hashable]) -> Hashable:
        """The part, and how many of how many."""
        return ("copies", numbers[self.part], self.needs, mark(self.count))


@dataclass(frozen=True, slots=True)
class ContainedCopies(Copies):
    """Copies whose failures stay their own with the chance in slot ``held``, each by itself."""

    held: int

    @property
    def inputs(self) -> tuple[int, ...]:
        """The part that is copied, and what contains its failure."""
        return (self.part, self.held)

    @property
    def direction(self) -> Direction | None:
        """None: one more copy may fail, and its failure may escape."""
        return None

    def pair(self, reading: Reading[E], r: Sequence[E], q: Sequence[E]) -> tuple[E, E]:
        """Enough work, and no failure escapes."""
        n = reading.count(self.count)
        part, held = (r[self.part], q[self.part]), (r[self.held], q[self.held])
        return reading.arithmetic.contained(needed(self.needs, n), n, part, held)

    def slopes(
        self, r: Sequence[arb], q: Sequence[arb], counts: Mapping[Source, int]
    ) -> Sequence[arb]:
        """By the reliability that all copies have, and by the chance of containing."""
        n = counts[self.count]
        part, held = ((r[slot], q[slot]) for slot in self.inputs)
        return contained_slopes(needed(self.needs, n), n, part, held)

    def weight(self, weights: Mapping[int, int], count: Callable[[Source], int]) -> int:
        """A product of as many copies, and of what contains them."""
        return sum(weights.get(slot, 0) for slot in self.inputs) * count(self.count)

    def key(self, numbers: Sequence[int], mark: Callable[[Source], Hashable]) -> Hashable:
        """As of copies, with what contains them."""
        return ("contained", numbers[self.held], Copies.key(self, numbers, mark))


Step = (
    Constant
    | Leaf
    | AllOf
    | AnyOf
    | AtLeast
    | Copies
    | ContainedCopies
    | Decision
    | SharedParts
    | Struck
)
"""Every kind of step. A match over it ends in ``assert_never``, so that none is forgotten."""
