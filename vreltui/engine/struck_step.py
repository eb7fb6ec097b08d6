"""The step for members that a common cause of several letters strikes: how many of them work.

The members are alike, and so are the shocks that strike equally many, so that all sets of equally
many members are equally likely to be the ones that work. What a tree makes of its members is then
a sum over *how many* work, and 255 independent events, of 8 members, are never decided on one by
one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import comb
from typing import Any, TypeVar

from flint import arb

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.balls import ONE, ZERO
from vreltui.engine.base_step import BaseStep, Reading
from vreltui.engine.duals import Dual, DualArithmetic
from vreltui.engine.laws import Source
from vreltui.engine.step_slopes import difference

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Struck(BaseStep):
    """What is known of alike members that shocks strike, by which of them work.

    ``events[k - 1]`` is the slot of the events that strike k members at once, one for each set of
    k; with k = 1, what is a member's own. In ``ways[i][j]`` of the states in which exactly j
    members work, ``parts[i]`` decides.
    """

    events: tuple[int, ...]
    parts: tuple[int, ...]
    ways: tuple[tuple[int, ...], ...]

    @staticmethod
    def of(events: tuple[int, ...], states: Iterable[tuple[int, tuple[int, ...]]]) -> Struck:
        """By the slots of what decides; what stands for several functions decides for all."""
        ways: dict[int, tuple[int, ...]] = {}
        for part, more in states:
            so_far = ways.get(part, (0,) * len(more))
            ways[part] = tuple(one + other for one, other in zip(so_far, more, strict=True))
        return Struck(events, tuple(ways), tuple(ways.values()))

    @property
    def inputs(self) -> tuple[int, ...]:
        """The events, and what decides."""
        return (*self.events, *self.parts)

    @property
    def size(self) -> int:
        """How many events there are."""
        return int(2**self.members - 1)

    @property
    def members(self) -> int:
        """How many are struck."""
        return len(self.events)

    def pair(self, reading: Reading[E], r: Sequence[E], q: Sequence[E]) -> tuple[E, E]:
        """The sum over how many members work, of what all such states come to together."""
        chances = reading.once(
            self.events,
            lambda: working(reading.arithmetic, [(r[slot], q[slot]) for slot in self.events]),
        )
        arithmetic: Arithmetic[Any] = reading.arithmetic
        works = arithmetic.total(
            [p * s for p, s in zip(chances, self._states(arithmetic, r), strict=True)]
        )
        fails = arithmetic.total(
            [p * s for p, s in zip(chances, self._states(arithmetic, q), strict=True)]
        )
        return works, fails

    def _states(self, arithmetic: Arithmetic[Any], side: Sequence[Any]) -> Iterator[Any]:
        """For each number of members that work, the sum of a side over all such states."""
        for j in range(self.members + 1):
            deciding = [
                (part, ways[j]) for part, ways in zip(self.parts, self.ways, strict=True) if ways[j]
            ]
            yield arithmetic.total([arithmetic.scale(side[part], n) for part, n in deciding])

    def _weights(self, arithmetic: Arithmetic[Any], chances: Sequence[Any]) -> list[Any]:
        """The chance that each part decides."""
        return [
            arithmetic.total(
                [arithmetic.scale(chance, n) for n, chance in zip(ways, chances, strict=True) if n]
            )
            for ways in self.ways
        ]

    def slopes(
        self, r: Sequence[arb], q: Sequence[arb], counts: Mapping[Source, int]
    ) -> Sequence[arb]:
        """By each event, with numbers that carry their derivative along; and each part's chance."""
        arithmetic = DualArithmetic()
        found: list[arb] = []
        weights: list[Dual] = []
        for number in range(self.members):
            given = [
                (
                    Dual(r[slot], ONE if at == number else ZERO),
                    Dual(q[slot], -ONE if at == number else ZERO),
                )
                for at, slot in enumerate(self.events)
            ]
            weights = self._weights(arithmetic, working(arithmetic, given))
            # The chances add up to one, so that a common part of what they are taken times is lost.
            total = ZERO
            for weight, part in zip(weights, self.parts, strict=True):
                total = total + weight.slope * difference(r, q, part, self.parts[0])
            found.append(total)
        return (*found, *(weight.value for weight in weights))

    def weight(self, weights: Mapping[int, int], count: Callable[[Source], int]) -> int:
        """Each event once, and what decides."""
        n = self.members
        own = sum(comb(n, k) * weights.get(slot, 0) for k, slot in enumerate(self.events, 1))
        return own + max(weights.get(part, 0) for part in self.parts)

    def key(self, numbers: Sequence[int], mark: Callable[[Source], Hashable]) -> Hashable:
        """The events, and what decides in how many states."""
        parts = sorted(zip((numbers[part] for part in self.parts), self.ways, strict=True))
        return ("struck", tuple(numbers[slot] for slot in self.events), tuple(parts))


def working(arithmetic: Arithmetic[E], events: Sequence[tuple[E, E]]) -> list[E]:
    """The chance of each state of the members in which exactly 0, 1, ... all of them work.

    ``events[k - 1]`` is the pair of each event that strikes k members. Nothing is subtracted: the
    members are added one by one, and of every set the chance is found that the events among it
    strike exactly that set. Where s members are struck in any case, the events that strike them
    and k others play the part of those that strike k.
    """
    members = len(events)
    missed = _missed(arithmetic, events)
    scale: Callable[[Any, int], Any] = arithmetic.scale
    total: Callable[[list[Any]], Any] = arithmetic.total
    one: Any = arithmetic.one
    # exactly[s][t][u]: of t members, besides s that are struck anyway, u given ones are struck, and
    # no other; of events that strike none of them nothing is said.
    exactly: list[list[list[Any]]] = [[[one]] for _ in range(members + 1)]
    for t in range(1, members + 1):
        for s in range(members - t, -1, -1):
            none, some = missed[s][t - 1]
            before = exactly[s][t - 1]
            covered: list[Any] = []
            for g in range(t):
                lacking = t - 1 - g
                if not lacking:
                    covered.append(before[g] * some)
                    continue
                beside = exactly[s + 1][t - 1]
                chosen = [scale(beside[lacking + x], comb(g, x)) for x in range(g + 1)]
                covered.append(scale(before[g] * total(chosen), comb(t - 1, g)))
            exactly[s].append([*(each * none for each in before), total(covered)])
    return exactly[0][members][::-1]


def _missed(arithmetic: Arithmetic[E], events: Sequence[tuple[E, E]]) -> list[list[tuple[E, E]]]:
    """Whether a member is missed by all events that strike it, s given ones and any of t others.

    By s and t: those that do not strike the last of the others either, and those that do.
    """
    members = len(events)
    found = [[events[s]] for s in range(members)]
    for t in range(1, members):
        for s in range(members - t):
            found[s].append(arithmetic.all_of([found[s][t - 1], found[s + 1][t - 1]]))
    return found
