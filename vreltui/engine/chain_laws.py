"""What all laws have in common that are small Markov chains: their figures, and what they do.

The figure is worked out beforehand (:mod:`vreltui.engine.worked_figures`): the chance to stay among
the states in which what is asked for goes on, or the share of time up in the long run.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from fractions import Fraction
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
from vreltui.engine.laws import Known, Source
from vreltui.engine.lifetimes import Number, worked_out
from vreltui.engine.renewal import Upkeep
from vreltui.engine.worked_figures import Numbers, WorkedFigure, WorkedLaw, fraction
from vreltui.model.goals import Measure

Asked = Literal["survival", "availability", "safety"]
"""What is asked of a process: to work for the whole mission, the share of time that it works in the
long run, or that nothing unsafe happens during the mission."""


def asked_of(measure: Measure) -> Asked:
    """What is asked of a process where this is measured."""
    match measure:
        case "reliability" | "mttf":
            return "survival"
        case "availability":
            return "availability"
        case "safety":
            return "safety"


class ChainLaw(WorkedLaw):
    """A leaf that is a chain, read under one measure."""

    __slots__ = ()

    asked: Asked
    mission: Source | None
    """The mission time; None where no time is asked."""

    @property
    def whole_sources(self) -> tuple[Source, ...]:
        """Numbers that are put in where they are whole, as the chain is simpler with them."""
        return ()

    @abstractmethod
    def chain_of(self, numbers: Numbers) -> Chain:
        """The chain with these numbers, exact ones or balls."""

    def going_on(self, chain: Chain) -> frozenset[int]:
        """The states in which what is asked for goes on."""
        return chain.up

    def pair_of(self, numbers: Numbers) -> PairOfBalls:
        """The figure with these numbers, at the precision that holds."""
        chain = self.chain_of(numbers)
        if self.asked == "availability":
            shares = stationary(chain.with_rates(_as_ball))
            down = frozenset(range(chain.size)) - chain.up
            return arb(share_of(shares, chain.up)), arb(share_of(shares, down))
        assert self.mission is not None
        return within_all_along(chain, self.going_on(chain), numbers[self.mission])

    def exact_of(self, numbers: Mapping[Source, fmpq]) -> tuple[Fraction, Fraction] | None:
        """Both sides as fractions, of the long run."""
        if self.asked != "availability":
            return None
        chain = self.chain_of(numbers)
        up = fraction(fmpq(share_of(stationary(chain), chain.up)))
        return up, 1 - up

    # Over time

    def numbers(self, known: Known) -> Mapping[Source, fmpq]:
        """The numbers that are known, exactly."""
        figure = known.leaf_figures[self.figure_source]
        assert isinstance(figure, WorkedFigure)
        return figure.numbers

    def chain(self, known: Known) -> Chain:
        """The chain with the numbers that are known."""
        return self.chain_of(self.numbers(known))

    def outages(self, known: Known, bits: int) -> arb | None:
        """How often it moves from a state in which it works to one in which it does not."""

        def often() -> tuple[arb]:
            in_balls = self.chain(known).with_rates(_as_ball)
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
