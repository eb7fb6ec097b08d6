"""Minimal sets of a structure, part by part: how many there are of each size, exactly.

What is exactly perfect is in none, and what never works is taken as failed (of paths the other way
round). The sets of a part follow from those of the parts below in whatever is asked of them: their
number by size, or what they look like. That is an :class:`Algebra`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence
from math import comb
from typing import Generic, TypeVar

from flint import fmpz_poly

from vreltui.engine.limits import Limits
from vreltui.engine.structure.parts import Certain, Event, Part

F = TypeVar("F")


class Algebra(ABC, Generic[F]):
    """Something that is asked of families of sets.

    ``none`` stands for a family without a set, ``given`` for that of the empty set alone.
    """

    def __init__(self, none: F, given: F) -> None:
        self.none = none
        self.given = given

    @abstractmethod
    def event(self, node: str) -> F:
        """The one set that is one instance of a node."""

    @abstractmethod
    def either(self, one: F, other: F) -> F:
        """The sets of two families that have none in common."""

    @abstractmethod
    def both(self, one: F, other: F) -> F:
        """Each set of the one with each of the other; the two speak of different instances."""

    @abstractmethod
    def ways(self, family: F, number: int) -> F:
        """The family so many times, each time of other instances that are alike."""

    def power(self, family: F, exponent: int) -> F:
        """As many independent copies together."""
        found = self.given
        for bit in bin(exponent)[2:]:
            found = self.both(found, found)
            if bit == "1":
                found = self.both(found, family)
        return found

    def copies(self, family: F, wanted: int, n: int) -> F:
        """So many of n independent copies together."""
        return self.ways(self.power(family, wanted), comb(n, wanted)) if wanted <= n else self.none

    def some(self, wanted: int, families: Sequence[F]) -> F:
        """So many of several independent parts together."""
        if wanted == 1:
            return self.total(families)
        chosen = [self.given] + [self.none] * wanted
        for number, family in enumerate(families):
            least = max(1, wanted - (len(families) - number) + 1)
            for total in range(min(wanted, number + 1), least - 1, -1):
                more = self.both(chosen[total - 1], family)
                chosen[total] = self.either(chosen[total], more)
        return chosen[wanted]

    def total(self, families: Sequence[F]) -> F:
        """The sets of several families that have none in common."""
        found = self.none
        for family in families:
            found = self.either(found, family)
        return found


class Sizes(Algebra[fmpz_poly]):
    """How many sets there are: the coefficients of a polynomial, by size."""

    def __init__(self) -> None:
        super().__init__(fmpz_poly([0]), fmpz_poly([1]))

    def event(self, node: str) -> fmpz_poly:
        """One set of one."""
        del node
        return fmpz_poly([0, 1])

    def either(self, one: fmpz_poly, other: fmpz_poly) -> fmpz_poly:
        """The sum."""
        return one + other

    def both(self, one: fmpz_poly, other: fmpz_poly) -> fmpz_poly:
        """The product."""
        return one * other

    def ways(self, family: fmpz_poly, number: int) -> fmpz_poly:
        """So many times as many."""
        return family * number

    def some(self, wanted: int, families: Sequence[fmpz_poly]) -> fmpz_poly:
        """As in the base; those that are equal are taken together."""
        alike = Counter(tuple(int(each) for each in family.coeffs()) for family in families)
        chosen = [self.given] + [self.none] * wanted
        for coefficients, times in alike.items():
            own = fmpz_poly(list(coefficients))
            powers = [own**taken * comb(times, taken) for taken in range(min(times, wanted) + 1)]
            chosen = [
                self.total([powers[i] * chosen[j - i] for i in range(min(j + 1, len(powers)))])
                for j in range(wanted + 1)
            ]
        return chosen[wanted]


def minimal_sets(
    algebra: Algebra[F],
    order: list[Part],
    possible: Mapping[Part, tuple[bool, bool]],
    limits: Limits,
    *,
    paths: bool,
) -> F:
    """What an algebra says of the minimal cuts, or paths, of a structure.

    ``order`` has its parts, children first; ``possible`` says of each whether it may work, and
    whether it may fail. Raises :class:`Undecided` where a diagram's sets are too many to hold.
    """
    found: dict[Part, F] = {}
    for part in order:
        limits.check_time("finding minimal sets")
        known = certain(possible[part])
        if known is not None:
            found[part] = algebra.given if known == paths else algebra.none
        elif isinstance(part, Event):
            found[part] = algebra.event(part.gate.node)
        else:
            below = [found[child] for child in part.children]
            knowledge = [certain(possible[child]) for child in part.children]
            found[part] = part.minimal(algebra, below, knowledge, paths=paths)
    return found[order[-1]]


def single_points(
    root: Part, possible: Mapping[Part, tuple[bool, bool]], *, paths: bool
) -> set[str]:
    """The nodes of which one instance alone is a minimal set, without finding any other set."""
    if certain(possible[root]) is not None:
        return set()
    found: set[str] = set()
    seen: set[Part] = set()
    stack = [root]
    while stack:
        part = stack.pop()
        if part in seen or certain(possible[part]) is not None:
            continue
        seen.add(part)
        if isinstance(part, Event):
            found.add(part.gate.node)
            continue
        knowledge = [certain(possible[child]) for child in part.children]
        stack += [part.children[at] for at in part.alone(knowledge, paths=paths)]
    return found


def certain(possible: tuple[bool, bool]) -> Certain:
    """Whether a part works or fails for certain; None where it may do either."""
    works, fails = possible
    return None if works and fails else works
