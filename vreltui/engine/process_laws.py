"""What stands at the leaf of a node with moves, under each measure: a small Markov chain.

Its figure is worked out beforehand (:mod:`vreltui.engine.worked_figures`): the chance to stay among
the states that are up for the mission, or among those that are not unsafe, or the share of time up
in the long run.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property

from flint import arb, fmpq

from vreltui.engine.chain_laws import Asked, ChainLaw, asked_of
from vreltui.engine.chains.chain import Chain
from vreltui.engine.chains.chain import Number as Rate
from vreltui.engine.chains.ways_of_lasting import way_of_availability, way_of_lasting
from vreltui.engine.lasting_laws import source_of
from vreltui.engine.laws import Direction, Source
from vreltui.engine.worked_figures import (
    Numbers,
    Role,
)
from vreltui.model import Design, Process
from vreltui.model.lasting import MISSION

_MOST_STATES = 16
"""Of a chain of more it is not looked at as a quotient of polynomials, which would be long."""


@dataclass(frozen=True, slots=True)
class Way:
    """A move from one state to another, each by its number, and what its rate is a product of."""

    origin: int
    target: int
    factors: tuple[Role, ...]


@dataclass(frozen=True)
class Looks:
    """What a process looks like without its numbers."""

    size: int
    start: int
    up: frozenset[int]
    safe: frozenset[int]
    """The states that are not unsafe, those that are up among them."""
    ways: tuple[Way, ...]

    def chain(self, numbers: Numbers) -> Chain:
        """The chain with these numbers, exact ones or balls."""
        moves = [(way.origin, way.target, _rate(way, numbers)) for way in self.ways]
        return Chain.of(self.size, moves, self.up, self.start)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The numbers of its moves, each once."""
        return tuple(dict.fromkeys(role.source for way in self.ways for role in way.factors))

    @cached_property
    def text(self) -> str:
        """All of it as a text that tells it from others."""
        ways = ";".join(
            f"{way.origin}>{way.target}:"
            + "*".join(f"{role.key}={role.source.name}" for role in way.factors)
            for way in self.ways
        )
        return f"{self.size},{self.start},{sorted(self.up)},{sorted(self.safe)},{ways}"

    def key(self, of: Callable[[Source], Hashable]) -> Hashable:
        """What it is once its sources are."""
        ways = tuple(
            (way.origin, way.target, *[(role.key, of(role.source)) for role in way.factors])
            for way in self.ways
        )
        return (self.size, self.start, self.up, self.safe, ways)


def _rate(way: Way, numbers: Numbers) -> Rate:
    """The product of the factors of a move."""
    rate: Rate = None
    for role in way.factors:
        value = numbers[role.source]
        match role.key:
            case "after":
                factor = 1 / value
            case "without":
                factor = 1 - value
            case "rate" | "with" | "times":
                factor = value
            case unknown:
                raise AssertionError(f"{unknown} is no factor of a move")
        rate = factor if rate is None else rate * factor
    return rate


@dataclass(frozen=True, slots=True)
class ProcessLaw(ChainLaw):
    """A node with moves, read under one measure; ``mission`` is None where no time is asked."""

    asked: Asked
    looks: Looks
    mission: Source | None

    @property
    def sources(self) -> tuple[Source, ...]:
        """The numbers that the figure depends on, each once."""
        own = self.looks.sources
        return own if self.mission is None or self.mission in own else (*own, self.mission)

    @property
    def figure_source(self) -> Source:
        """By what name an evaluation knows the figure."""
        mission = "" if self.mission is None else self.mission.name
        return Source(f"{self.asked}({self.looks.text};{mission})", is_parameter=False)

    def direction(self, source: Source) -> Direction | None:
        """Which way a source moves the figure.

        Known of the mission, and where :mod:`vreltui.engine.chains.ways_of_lasting` proves it. In
        the long run few are: what brings repair sooner may also bring failure sooner.
        """
        if self.asked == "availability":
            return way_of_availability(self.looks, self.looks.up, source)
        in_moves = source in self.looks.sources
        if source == self.mission:
            return None if in_moves else -1
        going_on = self.looks.up if self.asked == "survival" else self.looks.safe
        return way_of_lasting(self.looks, going_on, source)

    def key(self, of: Callable[[Source], Hashable]) -> Hashable:
        """What it is asked, and what it looks like with its numbers."""
        mission = None if self.mission is None else of(self.mission)
        return (self.asked, self.looks.key(of), mission)

    def chain_of(self, numbers: Numbers) -> Chain:
        """The chain with these numbers."""
        return self.looks.chain(numbers)

    def going_on(self, chain: Chain) -> frozenset[int]:
        """The states in which what is asked for goes on."""
        return self.looks.safe if self.asked == "safety" else chain.up

    def quotient_degree(self, source: Source, numbers: Mapping[Source, fmpq]) -> int | None:
        """Of the long run, where each state is weighted by products of one move from each other.

        That is the Markov chain tree theorem: a source enters a product as often as the moves that
        leave a state name it, at most.
        """
        del numbers
        if self.asked != "availability" or self.looks.size > _MOST_STATES:
            return None
        above, below = [0] * self.looks.size, [0] * self.looks.size
        for way in self.looks.ways:
            keys = [role.key for role in way.factors if role.source == source]
            times_below = keys.count("after")
            below[way.origin] = max(below[way.origin], times_below)
            above[way.origin] = max(above[way.origin], len(keys) - times_below)
        return sum(above) + sum(below)

    def slope_of(self, source: Source, numbers: Numbers) -> arb | None:
        """None: by differences."""
        del source, numbers
        return None

    def check_wide(self, sources: Collection[Source]) -> None:
        """All may be intervals."""


def process_law(design: Design, node: Process) -> ProcessLaw:
    """The law of a node with moves under what its design measures."""
    asked = asked_of(design.measure)
    mission = None
    if asked != "availability" and design.measure != "mttf":
        time = design.mission.time
        name = time if isinstance(time, str) else MISSION
        mission = Source(name, is_parameter=isinstance(time, str))
    return ProcessLaw(asked, looks_of(node), mission)


def looks_of(node: Process) -> Looks:
    """What a node with moves looks like without its numbers."""
    number = {state: index for index, state in enumerate(node.states)}
    factors: dict[int, list[Role]] = {}
    for index, stated in enumerate(node.listed):
        _, move, key = stated.at
        source = source_of(node.name, f"moves.{index}", stated.parameter)
        factors.setdefault(int(move), []).append(Role(str(key), source))
    ways = tuple(
        Way(number[move.origin], number[move.target], tuple(factors[index]))
        for index, move in enumerate(node.moves)
    )
    unsafe = node.unsafe
    return Looks(
        len(number),
        number[node.begins],
        frozenset(number[state] for state in node.up),
        frozenset(number[state] for state in number if state not in unsafe),
        ways,
    )
