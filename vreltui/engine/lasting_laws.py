"""What stands at the leaf of a component with a lifetime, under each measure.

Its figure is worked out beforehand (:mod:`vreltui.engine.worked_figures`): the chance to last the
mission, or the share of time up in the long run.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from flint import arb, fmpq

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.balls import PairOfBalls
from vreltui.engine.chains.chain import Chain
from vreltui.engine.chains.chain_life import two_states
from vreltui.engine.clock_slopes import steepest, turn
from vreltui.engine.exponential_sums import ExponentialSum
from vreltui.engine.laws import Direction, Known, Number, Source, opposite
from vreltui.engine.lifetimes import Exponential, Lifetime, Lognormal, Weibull, worked_out
from vreltui.engine.renewal import Clock, Planned, Upkeep
from vreltui.engine.slopes_of_laws import Slopes
from vreltui.engine.stages import Stages
from vreltui.engine.stages_between import StagesBetween
from vreltui.engine.worked_figures import (
    Numbers,
    Role,
    Stated,
    WorkedFigure,
    WorkedLaw,
    fraction,
)
from vreltui.model import Design
from vreltui.model.lasting import MISSION, LastingComponent
from vreltui.model.lasting import Law as Kind
from vreltui.model.struck import origin

Asked = Literal["survival", "availability"]
"""What is asked of a lifetime: to last the mission, or the share of time up in the long run."""

_LIFE = ("mttf", "rate", "shape", "scale", "median", "sigma", "stages")


@dataclass(frozen=True, slots=True)
class LastingLaw(WorkedLaw):
    """A component with a lifetime, read under one measure."""

    asked: Asked
    kind: Kind
    roles: tuple[Role, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """The numbers that the figure depends on, each once."""
        return tuple(dict.fromkeys(role.source for role in self.roles))

    @property
    def figure_source(self) -> Source:
        """By what name an evaluation knows the figure."""
        roles = ",".join(f"{role.key}={role.source.name}" for role in self.roles)
        return Source(f"{self.asked}({self.kind},{roles})", is_parameter=False)

    def direction(self, source: Source) -> Direction | None:
        """Which way a source moves the figure, by all the keys under which it is read."""
        ways = {self._direction(role.key) for role in self.roles if role.source == source}
        ways.discard(0)
        if not ways:
            return 0
        return ways.pop() if len(ways) == 1 else None

    def _direction(self, key: str) -> Direction | None:
        if self.asked == "survival":
            return self._survival_direction(key)
        has_clock = any(role.key == "rejuvenate" for role in self.roles)
        match key:
            case "mttr" | "planned" | "takes":
                return -1
            case "every":
                return 1
            case "rejuvenate":
                return None
            case "rate":
                way: Direction | None = -1
            case "shape":
                way = 0 if any(role.key == "mttf" for role in self.roles) else None
            case "mttf" | "scale" | "median" | "stages" | "sigma":
                way = 1  # the mean grows with sigma, too
            case unknown:
                raise AssertionError(f"{unknown} is no number of a life")
        # Where a renewal takes longer than a repair, a longer life may harm.
        return None if has_clock else way

    def _survival_direction(self, key: str) -> Direction | None:
        match key:
            case "mttf" | "scale" | "median" | "stages":
                return 1
            case "rate" | "mission":
                return -1
            case "shape" | "sigma" | "rejuvenate":
                return None
            case unknown:
                raise AssertionError(f"{unknown} is no number of a life that has to last")

    def direction_with(self, source: Source, numbers: Numbers) -> Direction | None:
        """The same where the other numbers are known, which may tell what they do not alone.

        With a clock a longer life does no harm as long as no renewal takes longer than a repair;
        and what never ages, or is never down, is not moved by a clock that takes no time. What
        ages lasts the longer the more often it is renewed.
        """
        keys = {role.key for role in self.roles if role.source == source}
        way = self.direction(source)
        if way is not None or not self._has("rejuvenate"):
            return way
        if self.asked == "survival":
            return _if_renewed_later(self.upkeep(numbers)) if keys == {"rejuvenate"} else None
        upkeep = self.upkeep(numbers)
        clock, repair = upkeep.clock, upkeep.repair
        if clock is None or repair is None:
            return way
        if keys == {"rejuvenate"}:
            return 0 if upkeep.lifetime.ageing() == 0 and clock.takes == 0 else None
        if keys <= {"mttf", "scale", "median", "stages"} and clock.takes <= repair:
            return 1
        return -1 if keys == {"rate"} and clock.takes <= repair else None

    def in_the_limit(self, source: Source) -> LastingLaw | None:
        """The law that it tends to as a source grows: without the clock, where that never rings."""
        if self.asked != "availability" or not self._has("rejuvenate"):
            return None
        if {role.key for role in self.roles if role.source == source} != {"rejuvenate"}:
            return None
        others = tuple(role for role in self.roles if role.key not in ("rejuvenate", "takes"))
        return LastingLaw(self.asked, self.kind, others)

    def turn(self, source: Source, numbers: Numbers, early: arb, late: arb | None) -> arb | None:
        """A number whose sign is that of the slope by a source, from one value to another."""
        assert self.in_the_limit(source) is not None
        return turn(self.upkeep(numbers), early, late)

    def steepest(self, source: Source, numbers: Numbers, early: arb, late: arb) -> arb | None:
        """A bound on the slope by a source between two values."""
        assert self.in_the_limit(source) is not None
        return steepest(self.upkeep(numbers), early, late)

    def key(self, of: Callable[[Source], Hashable]) -> Hashable:
        """What it is asked, and its numbers by their keys.

        A clock that first rings when the mission is over is none.
        """
        numbers = [(role.key, of(role.source)) for role in self.roles]
        by_key = dict(numbers)
        clock, mission = by_key.get("rejuvenate"), by_key.get("mission")
        if isinstance(clock, Fraction) and isinstance(mission, Fraction) and clock >= mission:
            numbers = [each for each in numbers if each[0] != "rejuvenate"]
        return (self.asked, self.kind, *numbers)

    def upkeep(self, numbers: Numbers) -> Upkeep:
        """The lifetime and what is done about failures, with these numbers."""
        by_key = {role.key: numbers[role.source] for role in self.roles}
        stages = tuple(numbers[role.source] for role in self.roles if role.key == "stages")
        clock = planned = None
        if "rejuvenate" in by_key:
            clock = Clock(by_key["rejuvenate"], by_key.get("takes", fmpq(0)))
        if "planned" in by_key:
            planned = Planned(by_key["planned"], by_key["every"])
        return Upkeep(self._lifetime(by_key, stages), by_key.get("mttr"), planned, clock)

    def _lifetime(self, by_key: Mapping[str, Stated], stages: tuple[Stated, ...]) -> Lifetime:
        match self.kind:
            case "stages":
                exact = all(isinstance(stage, fmpq) for stage in stages)
                return Stages(stages) if exact else StagesBetween.of(stages)
            case "lognormal":
                return Lognormal(by_key["median"], by_key["sigma"])
            case "weibull":
                by_mean = "mttf" in by_key
                return Weibull(by_key["mttf" if by_mean else "scale"], by_key["shape"], by_mean)
            case "exponential":
                rate = by_key.get("rate")
                return Exponential(by_key["mttf"] if rate is None else 1 / rate)

    def pair_of(self, numbers: Numbers) -> PairOfBalls:
        """The figure with these numbers, at the precision that holds."""
        upkeep = self.upkeep(numbers)
        if self.asked == "availability":
            return upkeep.available()
        (mission,) = (numbers[role.source] for role in self.roles if role.key == "mission")
        return upkeep.survival(mission)

    def exact_of(self, numbers: Mapping[Source, fmpq]) -> tuple[Fraction, Fraction] | None:
        """Both sides as fractions: of an availability by means that are fractions."""
        if self.asked != "availability":
            return None
        if not self._has("mttr"):
            return Fraction(0), Fraction(1)
        if self._has("rejuvenate") and not self._renewed_in_vain(numbers):
            return None
        by_key = {role.key: fraction(numbers[role.source]) for role in self.roles}
        if self.kind == "stages":
            stages = [r.source for r in self.roles if r.key == "stages"]
            mean = sum((fraction(numbers[source]) for source in stages), Fraction(0))
        elif "mttf" in by_key:
            mean = by_key["mttf"]
        elif "rate" in by_key:
            mean = 1 / by_key["rate"]
        elif "scale" in by_key and by_key["shape"] == 1:
            mean = by_key["scale"]
        else:
            return None
        down = by_key["mttr"] / (mean + by_key["mttr"])
        if "planned" in by_key:
            down += (1 - down) * by_key["planned"] / by_key["every"]
        return 1 - down, down

    def quotient_degree(self, source: Source, numbers: Mapping[Source, fmpq]) -> int | None:
        """One for each place at which a number stands that the long run is a quotient of."""
        del numbers
        read = [role.key for role in self.roles if role.source == source]
        quotients = {"mttf", "rate", "stages", "mttr", "planned", "every"}
        if (
            self.asked != "availability"
            or self._has("rejuvenate")
            or not quotients.issuperset(read)
        ):
            return None
        by_mean = self.kind in ("exponential", "stages") or self._has("mttf")
        return len(read) if by_mean else None

    def _renewed_in_vain(self, numbers: Numbers) -> bool:
        """Whether a clock takes no time from what never ages, and so changes nothing."""
        upkeep = self.upkeep(numbers)
        assert upkeep.clock is not None
        return upkeep.lifetime.ageing() == 0 and upkeep.clock.takes == 0

    def slope_of(self, source: Source, numbers: Numbers) -> arb | None:
        """The derivative by all the keys under which a source is read."""
        if self._has("stages") and any(
            not isinstance(numbers[r.source], fmpq) for r in self.roles if r.key == "stages"
        ):
            return None
        by_key = {role.key: arb(numbers[role.source]) for role in self.roles}
        slopes = Slopes(self.kind, by_key, self.upkeep(numbers))
        of = slopes.availability if self.asked == "availability" else slopes.survival
        total = arb(0)
        for role in self.roles:
            if role.source == source:
                slope = of(role.key)
                if slope is None:
                    return None
                total = total + slope
        return total

    def check_wide(self, sources: Collection[Source]) -> None:
        """All may be intervals."""

    # Over time

    def _upkeep(self, known: Known) -> Upkeep:
        figure = known.leaf_figures[self.figure_source]
        assert isinstance(figure, WorkedFigure)
        return self.upkeep(figure.numbers)

    def outages(self, known: Known, bits: int) -> arb | None:
        """How often it fails, is renewed or is taken down."""
        (often,) = worked_out(lambda: (self._upkeep(known).outages(),), bits)
        return often

    def life(self, known: Known) -> Upkeep | bool:
        """Its lifetime and what is done about failures."""
        return self._upkeep(known)

    def available_at(self, known: Known, time: Number, arithmetic: Arithmetic[Any]) -> Any:
        """A(t) of an exponential life and repair."""
        del arithmetic
        return self._upkeep(known).available_at(time)

    def course(self, known: Known) -> ExponentialSum | None:
        """A(t) = A + U e^(-t (1/T + 1/r))."""
        upkeep = self._upkeep(known)
        lives = upkeep.lifetime.as_exponentials()
        if lives is None or not isinstance(upkeep.lifetime, Exponential):
            return None
        (((failures, _), _),) = lives
        if not upkeep.repair:
            return ExponentialSum.constant(1)
        repairs = 1 / fmpq(upkeep.repair)
        both = failures + repairs
        decaying = ExponentialSum({(both, 0): failures / both})
        return ExponentialSum.constant(repairs / both) + decaying

    def chain(self, known: Known) -> Chain | None:
        """Up and down, of an exponential life and repair."""
        figure = known.leaf_figures[self.figure_source]
        assert isinstance(figure, WorkedFigure)
        return self.chain_of(figure.numbers) if figure.numbers else None

    def chain_of(self, numbers: Numbers) -> Chain | None:
        """Up and down with these numbers, of any sort; None where it is no chain of two states."""
        if self.kind != "exponential":
            return None
        by_key = {role.key: numbers[role.source] for role in self.roles}
        return two_states(by_key, repaired=self.asked == "availability")

    def _has(self, key: str) -> bool:
        return any(role.key == key for role in self.roles)


def _if_renewed_later(upkeep: Upkeep) -> Direction | None:
    """Which way the chance to last moves with the age at which something is renewed.

    The logarithm of S(T)^m S(t - m T) has the derivative m (h(t - m T) - h(T)) by T, where t - m T
    is less than T. R. Barlow and F. Proschan, *Mathematical Theory of Reliability*, 1965, ch. 3.
    """
    ageing = upkeep.lifetime.ageing()
    return None if ageing is None else opposite(ageing)


def lasting_law(design: Design, node: LastingComponent) -> LastingLaw:
    """The law of a component under what its design measures."""
    asked: Asked = "availability" if design.measure == "availability" else "survival"
    keys = [*_LIFE, "rejuvenate"]
    keys += ["mttr", "planned", "every", "takes"] if asked == "availability" else ["mission"]
    roles = []
    for stated in node.numbers:
        if stated.key in keys:
            roles.append(Role(stated.key, source_of(node.name, stated.key, stated.parameter)))
    for index, stated in enumerate(node.listed):
        roles.append(Role("stages", source_of(node.name, f"stages.{index}", stated.parameter)))
    if asked == "survival" and design.measure != "mttf":
        time = design.mission.time
        name = time if isinstance(time, str) else MISSION
        roles.append(Role("mission", Source(name, is_parameter=isinstance(time, str))))
    return LastingLaw(asked, node.law, tuple(roles))


def source_of(node: str, key: str, parameter: str | None) -> Source:
    """Where a number of a node comes from: its parameter, or ``vmm.mttf``."""
    if parameter is not None:
        return Source(parameter, is_parameter=True)
    return Source(f"{origin(node)}.{key}", is_parameter=False)
