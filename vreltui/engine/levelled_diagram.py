"""Large decision diagrams in arrays, level by level: what a step for each node would be too much.

A hundred thousand nodes as objects take seconds to make and to walk; as arrays, milliseconds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

E = TypeVar("E")

Numbers = NDArray[np.intp]

NEVER, ALWAYS, FIRST = 0, 1, 2
"""References to what never holds, to what always does, and to the first node."""


class Level(NamedTuple):
    """The nodes that decide one variable: the references from ``first`` up to before ``end``."""

    variable: int
    first: int
    end: int


class Readers(NamedTuple):
    """Who reads each node: ``start[i]`` to ``start[i + 1]`` are those of the reference i."""

    start: Numbers
    reader: Numbers
    by_low: NDArray[np.bool_]


class LevelledDiagram:
    """Functions as one diagram: the lowest level first, and a variable's number is its level.

    ``variable``, ``high`` and ``low`` hold what stands at each reference; those of 0 and 1, the two
    ends, mean nothing. ``roots`` are references.
    """

    def __init__(
        self, variable: Numbers, high: Numbers, low: Numbers, roots: tuple[int, ...]
    ) -> None:
        self.variable, self.high, self.low = variable, high, low
        self.roots = roots
        self.last_walk: object = None
        """What was found by the last walk over it, for who asks next."""
        self.last_pairs: tuple[int, tuple[Any, ...], Mapping[int, Any]] | None = None
        """Bits, the values of its variables and the pairs of its roots, as they were found last."""

    def __len__(self) -> int:
        return len(self.high) - FIRST

    def __reduce__(self) -> tuple[Any, ...]:
        """Without what was worked out from it, which may be far larger."""
        return LevelledDiagram, (self.variable, self.high, self.low, self.roots)

    @property
    def nodes(self) -> Iterator[tuple[int, int, int]]:
        """(variable, high, low) of each node, children before parents."""
        columns = (column[FIRST:].tolist() for column in (self.variable, self.high, self.low))
        return zip(*columns, strict=True)

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """The levels that have nodes, from the lowest up."""
        steps = np.flatnonzero(np.diff(self.variable[FIRST:])) + FIRST + 1
        firsts = [FIRST, *steps.tolist()]
        ends = [*steps.tolist(), len(self.high)]
        return tuple(
            Level(int(self.variable[first]), first, end)
            for first, end in zip(firsts, ends, strict=True)
        )

    @cached_property
    def digest(self) -> bytes:
        """The same for diagrams with the same nodes."""
        found = hashlib.blake2b(digest_size=16)
        for column in (self.variable, self.high, self.low):
            found.update(np.ascontiguousarray(column[FIRST:]).data)
        return found.digest()

    @cached_property
    def readers(self) -> Readers:
        """Who reads each node, and by which side."""
        count = len(self.high)
        own = np.arange(FIRST, count)
        read = np.concatenate((self.high[FIRST:], self.low[FIRST:]))
        order = np.argsort(read, kind="stable")
        start = np.zeros(count + 1, dtype=np.intp)
        np.cumsum(np.bincount(read, minlength=count), out=start[1:])
        return Readers(start, np.concatenate((own, own))[order], order >= len(own))

    def longest(self, root: int, weights: Sequence[int]) -> int:
        """The greatest sum of weights of variables along one path down from ``root``."""
        found = np.zeros(len(self.high), dtype=np.int64)
        for variable, first, end in self.levels:
            high, low = self.high[first:end], self.low[first:end]
            found[first:end] = np.maximum(found[high], found[low]) + weights[variable]
        return int(found[root])

    def pair(self, root: int, ends: tuple[E, E], given: Sequence[tuple[E, E]]) -> tuple[E, E]:
        """The chance that ``root`` holds, and its complement, by numbers of any kind."""
        return self.pairs(ends, given)[root]

    def pairs(self, ends: tuple[E, E], given: Sequence[tuple[E, E]]) -> Mapping[int, tuple[E, E]]:
        """The chance that each of the roots holds, and its complement, by numbers of any kind.

        ``ends`` are 0 and 1, ``given`` the pair of each variable. A value is let go of as soon as
        nothing reads it any more: of a million nodes a few thousand are held at once.
        """
        zero, one = ends
        works: dict[int, Any] = {NEVER: zero, ALWAYS: one}
        fails: dict[int, Any] = {NEVER: one, ALWAYS: zero}
        released = self._released(set(self.roots))
        for number, (variable, high, low) in enumerate(self.nodes, FIRST):
            r: Any
            q: Any
            r, q = given[variable]
            works[number] = r * works[high] + q * works[low]
            fails[number] = r * fails[high] + q * fails[low]
            for child in released.get(number, ()):
                del works[child], fails[child]
        return {root: (works[root], fails[root]) for root in self.roots}

    def _released(self, kept: set[int]) -> Mapping[int, list[int]]:
        """For each node those that nothing above it reads."""
        last = np.zeros(len(self.high), dtype=np.intp)
        own = np.arange(FIRST, len(self.high))
        np.maximum.at(last, self.high[FIRST:], own)
        np.maximum.at(last, self.low[FIRST:], own)
        found: dict[int, list[int]] = {}
        for child, reader in enumerate(last[FIRST:].tolist(), FIRST):
            if reader and child not in kept:
                found.setdefault(reader, []).append(child)
        return found
