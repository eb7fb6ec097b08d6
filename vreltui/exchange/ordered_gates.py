"""Gates of which the order of failures counts, as processes: cold and warm spares, priority-AND.

Exact where every part is an event of its own with a constant rate: what is left then is a small
Markov chain, which a design states as a node with moves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from vreltui.model.process_node import Move, Process
from vreltui.model.times import Rate

MOST_SPARES, MOST_ORDERED = 5, 40
"""The most parts of a gate that becomes a process: of spares every subset is a state."""

_FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Chain:
    """The moves of a gate that fails in state ``failed``; rates are times an hour."""

    moves: tuple[tuple[str, str, Decimal], ...]

    def node(self, name: str, title: str, note: str) -> Process | None:
        """The process; None where a rate is one that no design may state."""
        moves = tuple(
            Move(origin=origin, target=target, rate=Rate(rate, "/h"))
            for origin, target, rate in self.moves
        )
        if any(isinstance(move.rate, Rate) and move.rate.fault() for move in moves):
            return None
        states = dict.fromkeys(state for each in self.moves for state in each[:2])
        up = tuple(state for state in states if state != _FAILED)
        return Process(name=name, moves=moves, up=up, title=title, note=note)


def spares(rates: Sequence[Decimal], dormancies: Sequence[Decimal]) -> Chain:
    """The first part that is left runs; each other fails at its dormancy's share of its rate.

    >>> spares([Decimal(1), Decimal(2)], [Decimal(1), Decimal(0)]).moves
    (('left-1-2', 'left-2', Decimal('1')), ('left-2', 'failed', Decimal('2')))
    """
    every = tuple(range(len(rates)))
    moves: list[tuple[str, str, Decimal]] = []
    found = {every: None}
    waiting = [every]
    while waiting:
        left = waiting.pop(0)
        for part in left:
            rate = rates[part] if part == left[0] else rates[part] * dormancies[part]
            after = tuple(each for each in left if each != part)
            if rate == 0:
                continue
            moves.append((_left(left), _left(after), rate))
            if after and after not in found:
                found[after] = None
                waiting.append(after)
    return Chain(tuple(moves))


def _left(parts: tuple[int, ...]) -> str:
    return "-".join(["left", *(str(part + 1) for part in parts)]) if parts else _FAILED


def priority(rates: Sequence[Decimal]) -> Chain:
    """It fails where the parts do from left to right; one that fails before its turn saves it.

    >>> priority([Decimal(1), Decimal(2)]).moves[:2]
    (('failed-0', 'failed-1', Decimal('1')), ('failed-0', 'out-of-order', Decimal('2')))
    """
    return Chain(tuple(_in_order(rates)))


def _in_order(rates: Sequence[Decimal]) -> Iterator[tuple[str, str, Decimal]]:
    last = len(rates) - 1
    for turn, rate in enumerate(rates):
        origin = f"failed-{turn}"
        yield origin, _FAILED if turn == last else f"failed-{turn + 1}", rate
        if turn < last:
            yield origin, "out-of-order", sum(rates[turn + 1 :], Decimal(0))
