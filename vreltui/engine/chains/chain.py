"""A chain of states and the rates of the moves between them.

K. Trivedi, *Probability and Statistics with Reliability, Queuing and Computer Science
Applications*, 2001, chapter 8.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from vreltui.model.graphs import closed_classes, reached

Number = Any
"""A rate: an ``fmpq``, an ``arb``, a dual number or an expression; anything with + * and /."""

Rates = Mapping[tuple[int, int], Number]
"""How often a second the chain moves from one state to another, while it is in the first."""

END = -1
"""What a chain that is stopped moves to when it leaves the states that count."""


def added(numbers: Iterable[Number]) -> Number:
    """A sum of at least one number, begun with the first: there is no zero of all sorts."""
    total = None
    for number in numbers:
        total = number if total is None else total + number
    assert total is not None
    return total


@dataclass(frozen=True)
class Chain:
    """States from 0 to ``size`` - 1, of which ``up`` work; it begins in ``start``.

    Rates are of one sort of number. A rate that is exactly 0 is no move.
    """

    size: int
    rates: Rates
    up: frozenset[int]
    start: int = 0

    @staticmethod
    def of(
        size: int,
        moves: Iterable[tuple[int, int, Number]],
        up: Collection[int],
        start: int = 0,
    ) -> Chain:
        """The chain of some moves; those between the same states add.

        >>> Chain.of(2, [(0, 1, 1.5), (0, 1, 0.5), (1, 0, 0)], [0]).rates
        {(0, 1): 2.0}
        """
        rates: dict[tuple[int, int], Number] = {}
        for origin, target, rate in moves:
            if rate == 0:
                continue
            known = rates.get((origin, target))
            rates[origin, target] = rate if known is None else known + rate
        return Chain(size, rates, frozenset(up), start)

    @cached_property
    def arcs(self) -> Mapping[int, tuple[int, ...]]:
        """For each state those that it moves to."""
        found: dict[int, tuple[int, ...]] = dict.fromkeys(range(self.size), ())
        for origin, target in self.rates:
            found[origin] = (*found[origin], target)
        return found

    @cached_property
    def reached(self) -> frozenset[int]:
        """The states that it may come to."""
        return reached(self.arcs, [self.start])

    @cached_property
    def closed(self) -> list[frozenset[int]]:
        """The classes of states in one of which it stays at last."""
        return closed_classes(self.arcs, self.start)

    def may_leave(self, going_on: Collection[int]) -> bool:
        """Whether it can come from where it begins to a state that is none of these."""
        return not self.reached <= frozenset(going_on)

    def begun_in(self, state: int) -> Chain:
        """The same chain that begins in another state."""
        return Chain(self.size, self.rates, self.up, state)

    def with_rates(self, change: Callable[[Number], Number]) -> Chain:
        """The same chain with each rate changed."""
        rates = {move: change(rate) for move, rate in self.rates.items()}
        return Chain(self.size, rates, self.up, self.start)

    def stopped(self, going_on: Collection[int]) -> Rates:
        """The rates until it first leaves some states, all of which lead to :data:`END` then."""
        rates: dict[tuple[int, int], Number] = {}
        for (origin, target), rate in self.rates.items():
            if origin in going_on:
                move = (origin, target if target in going_on else END)
                rates[move] = rates[move] + rate if move in rates else rate
        return rates
