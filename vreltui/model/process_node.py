"""A node with moves: a leaf that is a small process, with states and the moves between them.

It stands for what no tree says: a spare that takes over, a failure that stops safely. What its
figures are is the engine's; which states and moves make sense is told here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Self

from vreltui.model.base_node import WORDS, LeafNode, StatedNumber, no_number
from vreltui.model.errors import Path, Problem
from vreltui.model.graphs import reached
from vreltui.model.names import is_name, nearest, shown
from vreltui.model.numbers import PlainNumber, Probability
from vreltui.model.quantities import (
    COUNT,
    DURATION,
    NUMBER,
    PROBABILITY,
    RATE,
    Quantity,
    Value,
    quantity_of,
)
from vreltui.model.times import Duration, Rate

MOST_STATES = 60
"""The most states of a process."""

MOST_MOVES = 600
"""The most moves of a process."""

FACTORS: Mapping[str, tuple[Quantity[Any], ...]] = {
    "after": (DURATION,),
    "rate": (RATE,),
    "with": (PROBABILITY,),
    "without": (PROBABILITY,),
    "times": (COUNT, NUMBER),
}
"""The factors of a move's rate by their keys in a file, each with what it may be a number of."""

_ATTRIBUTES = {"with": "share", "without": "other_share"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A move from one state to another: how often, as a product of what is stated.

    ``after`` is the mean time of its clock; ``share`` the part of what the clock brings that goes
    here, ``other_share`` a part that goes elsewhere, so that 1 less it goes here.
    """

    origin: str
    target: str
    after: Duration | str | None = None
    rate: Rate | str | None = None
    share: Probability | str | None = None
    other_share: Probability | str | None = None
    times: PlainNumber | int | str | None = None

    def factor(self, key: str) -> Value | str | None:
        """What it states under a key of :data:`FACTORS`; None where it does not."""
        found: Value | str | None = {
            "after": self.after,
            "rate": self.rate,
            "with": self.share,
            "without": self.other_share,
            "times": self.times,
        }[key]
        return found

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the factors that it states, in the order of :data:`FACTORS`."""
        return tuple(key for key in FACTORS if self.factor(key) is not None)

    def with_factor(self, key: str, given: Value | str) -> Self:
        """The same move with another number, or parameter, under a key."""
        if not isinstance(given, str) and quantity_of(given) not in FACTORS[key]:
            raise TypeError(f"{given} is no {key}")
        return replace(self, **{_ATTRIBUTES.get(key, key): given})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Process(LeafNode):
    """States, of which ``up`` are those in which it works, and moves between them.

    It begins in ``start``, or in the first of ``up``. Of the states in which it does not work
    ``safe`` are safe; None where all are. A state is one because a move names it.
    """

    sort = "process"
    copies_below = False
    plain_kind = "component"

    moves: tuple[Move, ...]
    up: tuple[str, ...]
    safe: tuple[str, ...] | None = None
    start: str | None = None
    kind: str = field(default="component", metadata=WORDS)

    @property
    def states(self) -> tuple[str, ...]:
        """The states that moves name, in the order in which they do."""
        return _states(self.moves)

    @property
    def begins(self) -> str:
        """The state in which it begins."""
        return self.start or self.up[0]

    @property
    def unsafe(self) -> frozenset[str]:
        """The states in which it neither works nor is safe."""
        if self.safe is None:
            return frozenset()
        return frozenset(self.states) - {*self.up, *self.safe}

    @property
    def numbers(self) -> tuple[StatedNumber, ...]:
        """None: those of its moves have no name of their own."""
        return ()

    @property
    def listed(self) -> tuple[StatedNumber, ...]:
        """The numbers of its moves, move by move."""
        return tuple(
            _stated(self.name, index, key, given)
            for index, move in enumerate(self.moves)
            for key in move.keys
            if (given := move.factor(key)) is not None
        )

    def with_number(self, key: str, given: Value | str) -> Self:
        """Never done: raises :class:`KeyError`."""
        del given
        raise no_number(self, key)

    def with_listed(self, index: int, given: Value | str) -> Self:
        """The same process with another number, or parameter, in the place of a listed one."""
        _, at, key = self.listed[index].at
        assert isinstance(at, int)
        assert isinstance(key, str)
        changed = self.moves[at].with_factor(key, given)
        return replace(self, moves=(*self.moves[:at], changed, *self.moves[at + 1 :]))

    def faults(self) -> Iterator[Problem]:
        """What is wrong with its states and moves."""
        path: Path = ("nodes", self.name)
        if len(self.moves) > MOST_MOVES:
            what = f"node {self.name} has {len(self.moves)} moves"
            yield Problem((*path, "moves"), what, f"at most {MOST_MOVES} are allowed")
            return
        if not self.moves:
            yield Problem((*path, "moves"), f"node {self.name} has no moves", "add at least one")
            return
        for number, move in enumerate(self.moves):
            yield from self._move_faults((*path, "moves", number), number + 1, move)
        states = self.states
        if len(states) > MOST_STATES:
            what = f"moves of node {self.name} name {len(states)} states"
            yield Problem((*path, "moves"), what, f"at most {MOST_STATES} are allowed")
        yield from self._state_faults(path, states)

    def _move_faults(self, path: Path, number: int, move: Move) -> Iterator[Problem]:
        said = f"move {number} of node {self.name}"
        for key, state in (("from", move.origin), ("to", move.target)):
            if not is_name(state):
                what = f'{said} names the state "{shown(state, most=80)}"'
                yield Problem((*path, key), what, "a name is 1 to 64 of A-Z a-z 0-9 _ and -")
        if move.origin == move.target:
            what = f"{said} goes from {move.origin} to {move.target}"
            yield Problem((*path, "to"), what, "a move goes to another state")
        for one, other in (("after", "rate"), ("with", "without")):
            if {one, other} <= set(move.keys):
                what = f"{said}, from {move.origin} to {move.target}, has both {one} and {other}"
                yield Problem((*path, other), what, "keep one of them")
        if not {"after", "rate"} & set(move.keys):
            what = f"{said}, from {move.origin} to {move.target}, has neither after nor rate"
            yield Problem(path, what, 'add after = "100 min", or rate = "2 /y"')

    def _state_faults(self, path: Path, states: Collection[str]) -> Iterator[Problem]:
        if not self.up:
            right = "name at least one state in which it works"
            yield Problem((*path, "up"), f"up of node {self.name} names no state", right)
        for key, named in (("up", self.up), ("safe", self.safe or ())):
            for index, state in enumerate(named):
                at = (*path, key, index)
                said = f"{key} of node {self.name} names {shown(state, most=80)}"
                if state not in states:
                    yield Problem(at, f"{said}, which no move does", nearest(state, states))
                elif state in named[:index]:
                    yield Problem(at, f"{said} twice", "name it once")
                elif key == "safe" and state in self.up:
                    right = "safe names some of the states in which it does not work"
                    yield Problem(at, f"{said}, in which it works", right)
        if self.start is None or not self.up:
            return
        said = f"start of node {self.name} is {shown(self.start, most=80)}"
        if self.start not in states:
            what = f"{said}, which no move names"
            yield Problem((*path, "start"), what, nearest(self.start, states))
        elif self.start not in self.up:
            yield Problem(
                (*path, "start"), f"{said}, which is not up", nearest(self.start, self.up)
            )

    @property
    def never_reached(self) -> tuple[str, ...]:
        """The states that no moves lead to from where it begins."""
        arcs: dict[str, list[str]] = {}
        for move in self.moves:
            arcs.setdefault(move.origin, []).append(move.target)
        there = reached(arcs, [self.begins])
        return tuple(state for state in self.states if state not in there)


def _stated(node: str, index: int, key: str, given: Value | str) -> StatedNumber:
    first, *others = FACTORS[key]
    quantity = first if isinstance(given, str) else quantity_of(given)
    at: Path = ("moves", index, key)
    return StatedNumber(key, quantity, given, node, at=at, others=tuple(others))


@cache
def _states(moves: tuple[Move, ...]) -> tuple[str, ...]:
    named = (state for move in moves for state in (move.origin, move.target))
    return tuple(dict.fromkeys(named))
