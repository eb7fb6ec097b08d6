"""Which way a number moves what a chain is asked for, where that is known.

Of the chance to stay among some states three cases are known, whatever the other numbers are. A
move out of these states does harm. Where all moves out of one state are faster by one factor, what
may happen there happens sooner, which does harm: with h the chance to stay by states, by which a
state's row of the generator enters, that row times h is the derivative of h by time, which is
never positive. And on a line of states at the end of which it leaves, moves towards the end do harm
and moves away from it help: a chain between neighbours that is further from the end stays so.

Of the share of time up it is known where a number only says how long some states last, all of them
up or all of them down: which states follow on which does not change by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from vreltui.engine.chains.chain import END
from vreltui.engine.laws import Direction, Source
from vreltui.model.graphs import reached

_FASTER = {"after": -1, "without": -1, "rate": 1, "with": 1, "times": 1}
"""Whether a greater number under a key makes a move faster."""

_SCALES = {"after": -1, "rate": 1, "times": 1, "with": 1}
"""The same, where the rate of the move is proportional to it or to its inverse."""


class Factor(Protocol):
    """A factor of the rate of a move."""

    @property
    def key(self) -> str:
        """What sort of factor it is."""

    @property
    def source(self) -> Source:
        """Where it comes from."""


class Way(Protocol):
    """A move between two states."""

    @property
    def origin(self) -> int:
        """The state that it leaves."""

    @property
    def target(self) -> int:
        """The state that it leads to."""

    @property
    def factors(self) -> Sequence[Factor]:
        """What its rate is a product of."""


class Moves(Protocol):
    """States and moves without numbers."""

    @property
    def start(self) -> int:
        """The state in which it begins."""

    @property
    def ways(self) -> Sequence[Way]:
        """All moves."""


def way_of_lasting(moves: Moves, going_on: Collection[int], source: Source) -> Direction | None:
    """Which way a number moves the chance to stay among some states; None where not known."""
    counted = list(_counted(moves, going_on))
    reads = [way for way in counted if _reads(way, source)]
    if not reads:
        return 0
    place = _line(moves.start, going_on, counted)
    found: set[int] = set()
    for state in dict.fromkeys(way.origin for way in reads):
        scales = {_scale(way, source) for way in counted if way.origin == state}
        if len(scales) == 1 and 0 not in scales:
            found.add(-1 if scales.pop() > 0 else 1)
            continue
        for way in reads:
            if way.origin == state:
                faster = {_FASTER[f.key] for f in way.factors if f.source == source}
                towards = _towards_end(way, going_on, place)
                if len(faster) != 1 or towards is None:
                    return None
                found.add(-1 if faster.pop() * towards > 0 else 1)
    return _one(found)


def way_of_availability(moves: Moves, up: Collection[int], source: Source) -> Direction | None:
    """Which way a number moves the share of time up in the long run; None where not known."""
    lasting: set[tuple[bool, int]] = set()
    for state in {way.origin for way in moves.ways if _reads(way, source)}:
        scales = {_scale(way, source) for way in moves.ways if way.origin == state}
        if len(scales) != 1 or 0 in scales:
            return None
        lasting.add((state in up, scales.pop()))
    if not lasting:
        return 0
    # A greater power of the rates makes states last less long.
    found = {-1 if is_up == (scale > 0) else 1 for is_up, scale in lasting}
    return _one(found)


def _one(found: set[int]) -> Direction | None:
    if len(found) != 1:
        return None
    return 1 if found.pop() > 0 else -1


def _reads(way: Way, source: Source) -> bool:
    return any(factor.source == source for factor in way.factors)


def _counted(moves: Moves, going_on: Collection[int]) -> Iterator[Way]:
    """The moves that may happen while it stays among some states."""
    arcs: dict[int, list[int]] = {}
    for way in moves.ways:
        if way.origin in going_on and way.target in going_on:
            arcs.setdefault(way.origin, []).append(way.target)
    there = reached(arcs, [moves.start])
    for way in moves.ways:
        if way.origin in going_on and way.origin in there:
            yield way


def _scale(way: Way, source: Source) -> int:
    """The power of a number that the rate of a move is proportional to; 0 where it is not."""
    powers = [_SCALES.get(f.key) for f in way.factors if f.source == source]
    if any(power is None for power in powers):
        return 0
    return sum(power for power in powers if power is not None)


def _towards_end(
    way: Way, going_on: Collection[int], place: dict[int, int] | None
) -> Direction | None:
    """1 where a move leads towards leaving the states, -1 where away from it."""
    if way.target not in going_on:
        return 1
    if place is None:
        return None
    return 1 if place[way.target] < place[way.origin] else -1


def _line(start: int, going_on: Collection[int], counted: list[Way]) -> dict[int, int] | None:
    """How far each state is from the end, where all moves are between neighbours on a line."""
    beside: dict[int, set[int]] = {start: set()}
    for way in counted:
        target = way.target if way.target in going_on else END
        beside.setdefault(way.origin, set()).add(target)
        beside.setdefault(target, set()).add(way.origin)
    if len(beside.get(END, ())) != 1:
        return None
    place = {END: 0}
    last, here = None, END
    while True:
        onward = beside[here] - {last}
        if not onward:
            break
        if len(onward) > 1:
            return None
        last, here = here, onward.pop()
        if here in place:
            return None
        place[here] = len(place)
    return place if len(place) == len(beside) else None
