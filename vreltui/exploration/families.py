"""Families of variants, and which of those that are out lie in no larger one that is.

A family is told by options at decisions; the choice counts as the first decision, called "". How
many variants it has, and which further options they all take, follows from the blocks alone.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import TypeVar

from vreltui.exploration.space import Space
from vreltui.exploration.variant_blocks import Block
from vreltui.model import Option

T = TypeVar("T")

CHOICE = ""
"""What the choice is called as a decision."""

Pair = tuple[str, Option]
"""A decision and an option there."""

Options = tuple[Pair, ...]
"""What tells a family, in the order of the file."""


@dataclass(frozen=True)
class Families:
    """The families of a space."""

    space: Space

    def pairs(self) -> list[Pair]:
        """Every option of every decision, in the order of the file."""
        found: list[Pair] = [(CHOICE, choice) for choice in self.space.choices]
        for name, options in self.space.decisions.items():
            found += [(name, option) for option in options]
        return found

    def blocks(self, family: Iterable[Pair]) -> Iterator[tuple[Block, int]]:
        """The blocks with variants of a family, and how many of it each has."""
        family = tuple(family)
        for block in self.space.blocks:
            allowed = allowed_in(block, family)
            if allowed is not None:
                size = block.size
                for place, numbers in allowed.items():
                    size = size // len(block.axes[place].options) * len(numbers)
                yield block, size

    def size(self, family: Iterable[Pair]) -> int:
        """How many variants a family has."""
        return sum(size for _, size in self.blocks(family))

    def closure(self, family: Options) -> frozenset[Pair]:
        """All options that every variant of a family takes, its own among them."""
        common: set[Pair] | None = None
        for block, _ in self.blocks(family):
            allowed = allowed_in(block, family) or {}
            taken: set[Pair] = {(CHOICE, block.choice)}
            for place, axis in enumerate(block.axes):
                numbers = allowed.get(place, range(len(axis.options)))
                for name in () if axis.settled else axis.names:
                    values = axis.values(name)
                    found = {values[number] for number in numbers}
                    taken |= {(name, only) for only in found if len(found) == 1}
            common = taken if common is None else common & taken
        return frozenset((common or set()) | set(family))

    def largest(self, out: Mapping[Options, int]) -> list[Options]:
        """Of families that are out, with their sizes, those that lie in no larger one.

        Of families with the same variants the one with fewer options, then the first in the file.
        The largest first, then those of fewer options, then in the order of the file.
        """
        if () in out:
            return [()]
        order = {family: place for place, family in enumerate(out)}
        sets = {frozenset(family): family for family in out}
        kept: dict[frozenset[Pair], Options] = {}
        for family in sorted(out, key=lambda each: (len(each), order[each])):
            closed = self.closure(family)
            inside = any(
                frozenset(part) in sets and out[sets[frozenset(part)]] > out[family]
                for size in range(1, _longest(out) + 1)
                for part in combinations(sorted(closed, key=repr), size)
            )
            if not inside:
                kept.setdefault(closed, family)
        return sorted(kept.values(), key=lambda each: (-out[each], len(each), order[each]))


def _longest(out: Mapping[Options, int]) -> int:
    return max(map(len, out), default=0)


def allowed_in(block: Block, family: Iterable[Pair]) -> dict[int, tuple[int, ...]] | None:
    """By the place of an axis, what the variants of a family take in a block; None without any."""
    rest = []
    for name, option in family:
        if name == CHOICE:
            if block.choice != option:
                return None
        else:
            rest.append((name, option))
    return block.allowed(rest)


MOST_FAMILIES = 300_000
"""The most families that are looked at; of fewer options each where there are more."""


def depth_within(families: Families, depth: int) -> int:
    """How many options families can be told by, so that they are not too many to be looked at."""
    sizes = [len(options) for options in families.space.decisions.values()]
    sizes.append(len(families.space.choices))
    many = [1] + [0] * depth  # by number of options, as a product of polynomials
    for size in sizes:
        for at in range(depth, 0, -1):
            many[at] += many[at - 1] * size
    total = 0
    for at, count in enumerate(many):
        total += count
        if total > MOST_FAMILIES:
            return max(1, at - 1)
    return depth


Alive = Callable[[Sequence[Options]], Iterable[bool]]
"""Of each of several families, whether a variant of it meets or could."""


def out_families(
    families: Families, depth: int, alive: Alive
) -> Generator[float, None, dict[Options, int]]:
    """The families of at most so many options that are out, with their sizes.

    Those that hold options of a smaller one that is out are left out: they lie in it. Gives now
    and then how much of it is done.
    """
    found: dict[Options, int] = {}
    if not all(alive([()])):
        return {(): families.size(())}
    pairs = families.pairs()
    total, looked = sum(comb(len(pairs), size) for size in range(1, depth + 1)), 0
    for size in range(1, depth + 1):
        dead = [set(family) for family in found]
        asked = [
            chosen
            for chosen in combinations(pairs, size)
            if len({name for name, _ in chosen}) == size
            and not any(each <= set(chosen) for each in dead)
        ]
        for at, (chosen, is_alive) in enumerate(zip(asked, alive(asked), strict=True)):
            yield (looked + comb(len(pairs), size) * at / len(asked)) / total
            if not is_alive and (many := families.size(chosen)):
                found[chosen] = many
        looked += comb(len(pairs), size)
    return found


def part_of(
    steps: Generator[float, None, T], since: float, until: float
) -> Generator[float, None, T]:
    """The steps as a part of something longer, and what they come to."""
    while True:
        try:
            done = next(steps)
        except StopIteration as end:
            found: T = end.value
            return found
        yield since + (until - since) * done
