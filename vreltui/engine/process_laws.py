"""What stands at the leaf of a node with moves, under each measure: a small Markov chain.

Its figure is worked out beforehand (:mod:`vreltui.engine.worked_figures`): the chance to stay among
the states that are up for the mission, or among those that are not unsafe, or the share of time up
in the long run.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from flint import acb, arb, fmpq

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.balls import PairOfBalls
from vreltui.engine.chains.chain import Chain
from vreltui.engine.chains.chain import Number as Rate
from vreltui.engine.chains.chain_life import ChainLife
from vreltui.engine.chains.complex_time import where_after_complex
from vreltui.engine.chains.elimination import frequency, share_of, stationary
from vreltui.engine.chains.transient import where_after, within_all_along
from vreltui.engine.chains.ways_of_lasting import way_of_lasting
from vreltui.engine.lasting_laws import source_of
from vreltui.engine.laws import Direction, Known, Source
from vreltui.engine.lifetimes import Number, worked_out
from vreltui.engine.renewal import Upkeep
from vreltui.engine.worked_figures import (
    Numbers,
    Role,
    WorkedFigure,
    WorkedLaw,
    fraction,
)
from vreltui.model import Design, Process
from vreltui.model.goals import Measure
from vreltui.model.lasting import MISSION

Asked = Literal["survival", "availability", "safety"]
"""What is asked of a process: to work for the whole mission, the share of time that it works in the
long run, or that nothing unsafe happens during the mission."""


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
class ProcessLaw(WorkedLaw):
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

        Known of the mission, and of moves that lead out of what is asked for, or are faster all at
        once. In the long run none is: what brings repair sooner may also bring failure sooner.
        """
        if self.asked == "availability":
            return None if source in self.looks.sources else 0
        in_moves = source in self.looks.sources
        if source == self.mission:
            return None if in_moves else -1
        going_on = self.looks.up if self.asked == "survival" else self.looks.safe
        return way_of_lasting(self.looks, going_on, source)

    def key(self, of: Callable[[Source], Hashable]) -> Hashable:
        """What it is asked, and what it looks like with its numbers."""
        mission = None if self.mission is None else of(self.mission)
        return (self.asked, self.looks.key(of), mission)

    def pair_of(self, numbers: Numbers) -> PairOfBalls:
        """The figure with these numbers, at the precision that holds."""
        chain = self.looks.chain(numbers)
        if self.asked == "availability":
            shares = stationary(chain.with_rates(_as_ball))
            down = frozenset(range(chain.size)) - chain.up
            return arb(share_of(shares, chain.up)), arb(share_of(shares, down))
        assert self.mission is not None
        going_on = self.looks.up if self.asked == "survival" else self.looks.safe
        return within_all_along(chain, going_on, numbers[self.mission])

    def exact_of(self, numbers: Mapping[Source, fmpq]) -> tuple[Fraction, Fraction] | None:
        """Both sides as fractions, of the long run."""
        if self.asked != "availability":
            return None
        chain = self.looks.chain(numbers)
        up = fraction(fmpq(share_of(stationary(chain), chain.up)))
        return up, 1 - up

    def slope_of(self, source: Source, numbers: Numbers) -> arb | None:
        """None: by differences."""
        del source, numbers
        return None

    def check_wide(self, sources: Collection[Source]) -> None:
        """All may be intervals."""

    # Over time

    def chain(self, known: Known) -> Chain:
        """The chain with the numbers that are known, exactly."""
        figure = known.leaf_figures[self.figure_source]
        assert isinstance(figure, WorkedFigure)
        return self.looks.chain(figure.numbers)

    def outages(self, known: Known, bits: int) -> arb | None:
        """How often it moves from a state in which it works to one in which it does not."""
        chain = self.chain(known)

        def often() -> tuple[arb]:
            in_balls = chain.with_rates(_as_ball)
            return (arb(frequency(in_balls, stationary(in_balls))),)

        return worked_out(often, bits)[0]

    def life(self, known: Known) -> Upkeep | bool:
        """How long it stays among the states that are up; True where it never leaves them."""
        chain = self.chain(known)
        return Upkeep(ChainLife(chain)) if chain.may_leave(chain.up) else True

    def available_at(self, known: Known, time: Number, arithmetic: Arithmetic[Any]) -> Any:
        """The chance to be in a state that is up, and in one that is not."""
        chain = self.chain(known)
        zero = arithmetic.zero
        row = (
            where_after_complex(chain, time) if isinstance(time, acb) else where_after(chain, time)
        )
        works, fails = zero, zero
        for state, chance in enumerate(row):
            if state in chain.up:
                works = works + chance
            else:
                fails = fails + chance
        return works, fails


def _as_ball(number: Rate) -> arb:
    return number if isinstance(number, arb) else arb(number)


def process_law(design: Design, node: Process) -> ProcessLaw:
    """The law of a node with moves under what its design measures."""
    asked = _asked(design.measure)
    mission = None
    if asked != "availability" and design.measure != "mttf":
        time = design.mission.time
        name = time if isinstance(time, str) else MISSION
        mission = Source(name, is_parameter=isinstance(time, str))
    return ProcessLaw(asked, looks_of(node), mission)


def _asked(measure: Measure) -> Asked:
    match measure:
        case "reliability" | "mttf":
            return "survival"
        case "availability":
            return "availability"
        case "safety":
            return "safety"


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
