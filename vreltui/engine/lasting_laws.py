"""What stands at the leaf of a component with a lifetime, under each measure.

Such a law reads times, rates and shapes, and its figure is no polynomial in them. It therefore
stands in a program as one number, a :class:`LifetimeFigure`, that an evaluation works out from the
values of its sources; all the rest of the engine sees a probability at a leaf.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal, TypeVar

from flint import arb, fmpq

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.balls import PairOfBalls, precision
from vreltui.engine.laws import Balls, Direction, Law, Source
from vreltui.engine.lifetimes import Exponential, Lifetime, Lognormal, Stages, Weibull, worked_out
from vreltui.engine.limits import Undecided
from vreltui.engine.renewal import Clock, Planned, Upkeep
from vreltui.engine.slopes_of_laws import Slopes, slope_at
from vreltui.model import Design, Value
from vreltui.model.lasting import MISSION, LastingComponent
from vreltui.model.lasting import Law as Kind
from vreltui.model.quantities import number
from vreltui.model.struck import origin

E = TypeVar("E")

Asked = Literal["survival", "availability"]
"""What is asked of a lifetime: to last the mission, or the share of time up in the long run."""

Stated = Any
Numbers = Mapping[Source, Stated]
"""The values of sources as exact numbers: seconds, failures a second, plain numbers; or balls."""

_GUARD_BITS = 64

_LIFE = ("mttf", "rate", "shape", "scale", "median", "sigma", "stages")


@dataclass(frozen=True, slots=True)
class Role:
    """A number that a law reads: under which key the component has it, and where it comes from."""

    key: str
    source: Source


@dataclass(frozen=True, slots=True)
class LastingLaw(Law):
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

    def pair(
        self, arithmetic: Arithmetic[E], given: Callable[[Source], tuple[E, E]]
    ) -> tuple[E, E]:
        """The figure as it was worked out."""
        del arithmetic
        return given(self.figure_source)

    def slope(self, source: Source, given: Balls) -> arb:
        """Never asked for: the figure itself tells, :meth:`LifetimeFigure.slope`."""
        del source, given
        raise TypeError(f"the slope of {self.figure_source.name} is known to its figure")

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
            case _:
                way = 1  # mttf, scale, median, stages; and the mean grows with sigma
        # Where a renewal takes longer than a repair, a longer life may harm.
        return None if has_clock else way

    def _survival_direction(self, key: str) -> Direction | None:
        match key:
            case "mttf" | "scale" | "median" | "stages":
                return 1
            case "rate" | "mission":
                return -1
            case _:
                return None

    def inverse(self, source: Source, given: Balls, pair: PairOfBalls) -> PairOfBalls:
        """Never asked for: a value of a source is no probability."""
        del source, given, pair
        raise TypeError("a time is searched, not inverted as a probability")

    def degree(self, source: Source) -> int | None:
        """None in its sources: it is no polynomial."""
        return None if source in self.sources else 0

    def places(self, of: Callable[[Source], int | None]) -> int | None:
        """Those of the figure."""
        return of(self.figure_source)

    @property
    def ends(self) -> bool:
        """False: an availability is a quotient."""
        return False

    def key(self, of: Callable[[Source], Hashable]) -> Hashable:
        """What it is asked, and its numbers by their keys."""
        return (self.asked, self.kind, *[(role.key, of(role.source)) for role in self.roles])

    def figure(self, values: Mapping[Source, Value]) -> LifetimeFigure:
        """The figure with the values that its sources have."""
        return LifetimeFigure(self, {source: exact(values[source]) for source in self.sources})

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
                return Stages(stages)
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


@dataclass(frozen=True)
class LifetimeFigure:
    """The probability at a leaf with a lifetime, worked out from exact numbers."""

    law: LastingLaw
    numbers: Mapping[Source, fmpq]
    _pairs: dict[int, PairOfBalls] = field(default_factory=dict, compare=False, repr=False)

    def pair(self, bits: int) -> PairOfBalls:
        """Balls around it and its complement, both to about so many bits."""
        known = self._pairs.get(bits)
        if known is None:
            exact_pair = self.exact
            if exact_pair is None:
                works, fails = worked_out(lambda: self.law.pair_of(self.numbers), bits)
            else:
                with precision(bits):
                    works, fails = (arb(_fmpq(side)) for side in exact_pair)
            known = self._pairs[bits] = works, fails
        return known

    @cached_property
    def exact(self) -> tuple[Fraction, Fraction] | None:
        """Both sides as fractions, where they are: an availability by means that are fractions."""
        law = self.law
        if law.asked != "availability" or any(role.key == "rejuvenate" for role in law.roles):
            return None
        if not any(role.key == "mttr" for role in law.roles):
            return Fraction(0), Fraction(1)
        by_key = {role.key: fraction(self.numbers[role.source]) for role in law.roles}
        if law.kind == "stages":
            mean = sum(
                (fraction(self.numbers[r.source]) for r in law.roles if r.key == "stages"),
                Fraction(0),
            )
        elif "mttf" in by_key:
            mean = by_key["mttf"]
        elif "rate" in by_key:
            mean = 1 / by_key["rate"]
        else:
            return None
        down = by_key["mttr"] / (mean + by_key["mttr"])
        if "planned" in by_key:
            down += (1 - down) * by_key["planned"] / by_key["every"]
        return 1 - down, down

    @property
    def reliability(self) -> Fraction:
        """The figure itself, exactly, where it is a fraction; else the double nearest to it."""
        return self.exact[0] if self.exact else Fraction(float(self.pair(128)[0]))

    @property
    def unreliability(self) -> Fraction:
        """The same of the complement."""
        return self.exact[1] if self.exact else Fraction(float(self.pair(128)[1]))

    @property
    def denominator(self) -> int:
        """The denominator of the exact figure. Raises :class:`TypeError` where there is none."""
        if self.exact is None:
            raise TypeError(f"{self.law.figure_source.name} is no fraction")
        return self.exact[0].denominator

    @property
    def places(self) -> int | None:
        """How small a difference of such figures can be: digits of the denominator."""
        return None if self.exact is None else len(str(self.denominator))

    def over(self, values: Mapping[Source, arb]) -> PairOfBalls:
        """Balls that hold the figure for all values of some sources in intervals.

        Not finite where nothing is known, as over an interval that is too wide.
        """
        if self.law.kind == "stages" and any(
            role.source in values and role.key == "stages" for role in self.law.roles
        ):
            raise Undecided("a stage beside a clock is varied at single values alone")
        works, fails = self.law.pair_of({**self.numbers, **values})
        zero_to_one = arb("0.5", "0.5")
        return (
            works.intersection(zero_to_one) if works.is_finite() else zero_to_one,
            fails.intersection(zero_to_one) if fails.is_finite() else zero_to_one,
        )

    def at(self, source: Source, value: fmpq) -> LifetimeFigure:
        """The figure with another value of one source."""
        return LifetimeFigure(self.law, {**self.numbers, source: value})

    def slope(self, source: Source, bits: int) -> arb:
        """The derivative of the figure by one of its sources, in its own unit."""
        with precision(bits + _GUARD_BITS):
            closed = self.slope_over(source, {})
        if closed is not None and closed.rel_accuracy_bits() >= bits:
            return closed

        def moved(value: Stated) -> arb:
            works, fails = self.law.pair_of({**self.numbers, source: value})
            return works if works < fails else -fails  # the smaller side has more digits

        return slope_at(moved, self.numbers[source], bits)

    def slope_over(self, source: Source, values: Mapping[Source, arb]) -> arb | None:
        """A ball that holds the derivative for all values of some sources in intervals.

        None where there is no closed form of it.
        """
        law = self.law
        numbers = {**self.numbers, **values}
        by_key = {role.key: arb(numbers[role.source]) for role in law.roles}
        if law.kind == "stages" and any(
            r.source in values and r.key == "stages" for r in law.roles
        ):
            return None
        slopes = Slopes(law.kind, by_key, law.upkeep(numbers))
        of = slopes.availability if law.asked == "availability" else slopes.survival
        total = arb(0)
        for role in law.roles:
            if role.source == source:
                slope = of(role.key)
                if slope is None or not slope.is_finite():
                    return None
                total = total + slope
        return total


def exact(value: Value) -> fmpq:
    """A value of a design as an exact number: seconds, how often a second, a plain number."""
    return _fmpq(Fraction(number(value)))


def fraction(value: fmpq) -> Fraction:
    """An exact number as a Fraction."""
    return Fraction(int(value.numerator), int(value.denominator))


def _fmpq(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


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
