"""What stands at the leaf of a pool with a policy, under each measure: a chain of its copies."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb, fmpq

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.balls import ONE, ZERO, PairOfBalls, precision
from vreltui.engine.chain_laws import Asked, ChainLaw, asked_of
from vreltui.engine.chains.chain import Chain
from vreltui.engine.chains.elimination import share_of, stationary
from vreltui.engine.chains.lasting_slopes import slope_of_lasting
from vreltui.engine.chains.policy_chain import Repairs, Spares, policy_chain
from vreltui.engine.duals import Dual
from vreltui.engine.lasting_laws import source_of
from vreltui.engine.laws import Direction, Known, Number, Source
from vreltui.engine.limits import Undecided
from vreltui.engine.renewal import Upkeep
from vreltui.engine.worked_figures import Numbers, Role, Stated
from vreltui.model import Counted, Design, needed
from vreltui.model.lasting import MISSION
from vreltui.model.nodes import PolicyPool, counted
from vreltui.model.policies import MOST_POLICY_COPIES, policy_states
from vreltui.model.struck import origin

_COUNTS = ("copies", "repairers")

_MOST_COPIES = 12
"""Of a pool of more it is not looked at as a quotient of polynomials, which would be long."""

_MOST_POWER = 64
"""Whole powers up to this are taken exactly."""


@dataclass(frozen=True, slots=True)
class PolicyLaw(ChainLaw):
    """A pool with a policy, read under one measure; ``mission`` is None where no time is asked."""

    asked: Asked
    needs: Counted
    roles: tuple[Role, ...]
    mission: Source | None

    @property
    def sources(self) -> tuple[Source, ...]:
        """The numbers that the figure depends on, each once."""
        own = [role.source for role in self.roles]
        return tuple(dict.fromkeys(own if self.mission is None else [*own, self.mission]))

    @property
    def figure_source(self) -> Source:
        """By what name an evaluation knows the figure."""
        roles = ",".join(f"{role.key}={role.source.name}" for role in self.roles)
        mission = "" if self.mission is None else self.mission.name
        return Source(f"{self.asked}({self.needs} of {roles};{mission})", is_parameter=False)

    def key(self, of: Callable[[Source], Hashable]) -> Hashable:
        """What it is asked, and its numbers by their keys."""
        mission = None if self.mission is None else of(self.mission)
        roles = tuple((role.key, of(role.source)) for role in self.roles)
        return (self.asked, "policy", self.needs, roles, mission)

    def direction(self, source: Source) -> Direction | None:
        """Which way a source moves the chance to last, by all the keys under which it is read.

        In the long run none is known: what fails sooner is repaired sooner.
        """
        ways: set[Direction | None] = {
            self._way(role.key) for role in self.roles if role.source == source
        }
        if source == self.mission:
            ways.add(-1)
        if not ways:
            return 0
        return ways.pop() if len(ways) == 1 else None

    def _way(self, key: str) -> Direction | None:
        """Of the chance to last, with w copies working, which is lost at a rate that falls with w.

        What makes w fall faster, or that rate greater, only does harm; what makes w rise faster, or
        starts higher, only does good (by coupling two such chains step by step).
        """
        if self.asked == "availability":
            return None
        match key:
            case "mttf" | "switch" | "repairers":
                return 1
            case "rate" | "mttr" | "dormancy" | "load":
                return -1
            case "copies":
                if self.needs == "all":
                    return -1
                return None if self.needs == "majority" or self._has("load") else 1
            case unknown:
                raise AssertionError(f"{unknown} is no number of a pool with a policy")

    @property
    def whole_sources(self) -> tuple[Source, ...]:
        """Counts, without which there are no states; a cold spare, and a load that is constant."""
        return tuple(r.source for r in self.roles if r.key in (*_COUNTS, "dormancy", "load"))

    @property
    def exponents(self) -> tuple[Source, ...]:
        """The counts and the power of the load: what rates are not quotients in."""
        return tuple(role.source for role in self.roles if role.key in (*_COUNTS, "load"))

    def has_plain_rates(self, source: Source, numbers: Mapping[Source, fmpq]) -> bool:
        """Whether its rates are quotients in a source where the other numbers are known.

        A load that moves, or is no whole number, makes them powers.
        """
        by_key = {role.key: numbers[role.source] for role in self.roles}
        load = by_key.get("load", fmpq(0))
        return source not in self.exponents and load.denominator == 1 and load <= _MOST_POWER

    def _has(self, key: str) -> bool:
        return any(role.key == key for role in self.roles)

    # The chain

    def chain_of(self, numbers: Numbers) -> Chain:
        """The chain with these numbers; what is repaired at once is only lost or not."""
        by_key = {role.key: numbers[role.source] for role in self.roles}
        if _is_instant(by_key):
            lost = self._lost_at_once(by_key)
            return Chain.of(2, [(0, 1, lost)], [0])
        return self._chain(by_key, 1 - by_key["switch"] if "switch" in by_key else None)

    def _chain(self, by_key: Mapping[str, Any], unswitched: Any) -> Chain:
        """The chain, of any sort of numbers but counts, which are whole."""
        copies, needs = self._counts(by_key)
        spares = None
        if "dormancy" in by_key:
            spares = Spares(by_key["dormancy"], by_key.get("switch"), unswitched)
        repairs = None
        if "mttr" in by_key:
            repairers = int(by_key["repairers"]) if "repairers" in by_key else copies
            repairs = Repairs(1 / by_key["mttr"], repairers)
        more_often = None
        if "load" in by_key:
            power = by_key["load"]

            def more_often(left: int) -> Any:
                return _power(fmpq(copies, left), power)

        failing = by_key["rate"] if "rate" in by_key else 1 / by_key["mttf"]
        return policy_chain(
            copies, needs, failing, spares=spares, more_often=more_often, repairs=repairs
        )

    def _counts(self, by_key: Mapping[str, Any]) -> tuple[int, int]:
        copies = int(by_key["copies"])
        if copies > MOST_POLICY_COPIES:
            raise Undecided(f"a pool with a policy has more than {MOST_POLICY_COPIES} copies")
        return copies, needed(self.needs, copies)

    def _lost_at_once(self, by_key: Mapping[str, Stated]) -> Stated:
        """How often it is down where repairs take no time: the first failure, or the switch."""
        copies, needs = self._counts(by_key)
        failing = by_key["rate"] if "rate" in by_key else 1 / by_key["mttf"]
        if copies == needs:
            return failing * copies
        if copies > needs and "switch" in by_key:
            return failing * needs * (1 - by_key["switch"])
        return fmpq(0)

    def pair_of(self, numbers: Numbers) -> PairOfBalls:
        """The figure with these numbers, at the precision that holds."""
        known = self._known_pair(numbers)
        return super(PolicyLaw, self).pair_of(numbers) if known is None else known

    def _known_pair(self, numbers: Numbers) -> PairOfBalls | None:
        """What needs no chain: too few copies never work, and what is mended at once is up."""
        by_key = {role.key: numbers[role.source] for role in self.roles}
        copies, needs = self._counts(by_key)
        if copies < needs or (self.asked == "availability" and "mttr" not in by_key):
            return ZERO, ONE
        return (ONE, ZERO) if self.asked == "availability" and _is_instant(by_key) else None

    def quotient_degree(self, source: Source, numbers: Mapping[Source, fmpq]) -> int | None:
        """Of the long run: each state is weighted by products of one move from each other.

        A move reads each of its numbers once; a load is no polynomial, and a fraction of one may
        be irrational.
        """
        by_key = {role.key: numbers[role.source] for role in self.roles}
        read = [role.key for role in self.roles if role.source == source]
        copies, _ = self._counts(by_key)
        load = by_key.get("load", fmpq(0))
        if self.asked != "availability" or copies > _MOST_COPIES or "load" in read:
            return None
        if load.denominator != 1 or load > _MOST_POWER:
            return None
        states = 2 * (copies + 1)
        return states * len(read)

    def exact_of(self, numbers: Mapping[Source, fmpq]) -> tuple[Fraction, Fraction] | None:
        """Both sides as fractions, of the long run, where no power is irrational."""
        known = self._known_pair(numbers)
        if known is not None:
            works = int(known[0] == 1)
            return Fraction(works), Fraction(1 - works)
        if self.asked != "availability":
            return None
        rates = self.chain_of(numbers).rates.values()
        if not all(isinstance(rate, fmpq) for rate in rates):
            return None
        return super(PolicyLaw, self).exact_of(numbers)

    def slope_of(self, source: Source, numbers: Numbers) -> arb | None:
        """By derivatives that are carried along; counts have none."""
        moved = {role.key for role in self.roles if role.source == source}
        if moved & set(_COUNTS) or self._known_pair(numbers) is not None:
            return None
        by_key = {role.key: numbers[role.source] for role in self.roles}
        if _is_instant(by_key):
            return None
        duals = {
            key: value if key in _COUNTS else _dual(value, moves=key in moved)
            for key, value in by_key.items()
        }
        switch = duals.get("switch")
        rest = None if switch is None else Dual(1 - switch.value, -switch.slope)
        chain = self._chain(duals, rest)
        if self.asked == "availability":
            slope: arb = share_of(stationary(chain), chain.up).slope
            return slope
        assert self.mission is not None
        time = _dual(numbers[self.mission], moves=source == self.mission)
        return slope_of_lasting(chain, chain.up, time)

    def check_wide(self, sources: Collection[Source]) -> None:
        """All may be intervals."""

    # Over time

    def outages(self, known: Known, bits: int) -> arb | None:
        """How often it goes down; what is repaired at once is lost no less often."""
        by_key = self._stated(known)
        if _is_instant(by_key):
            with precision(bits):
                return arb(self._lost_at_once(by_key))
        return super(PolicyLaw, self).outages(known, bits)

    def life(self, known: Known) -> Upkeep | bool:
        """False where there are too few copies ever to work."""
        copies, needs = self._counts(self._stated(known))
        return False if copies < needs else super(PolicyLaw, self).life(known)

    def available_at(self, known: Known, time: Number, arithmetic: Arithmetic[Any]) -> Any:
        """The chance that enough copies work."""
        by_key = self._stated(known)
        copies, needs = self._counts(by_key)
        if copies < needs:
            return arithmetic.zero, arithmetic.one
        if _is_instant(by_key):
            return arithmetic.one, arithmetic.zero
        return super(PolicyLaw, self).available_at(known, time, arithmetic)

    def _stated(self, known: Known) -> dict[str, Stated]:
        numbers = self.numbers(known)
        return {role.key: numbers[role.source] for role in self.roles}

    def states(self, known: Known) -> tuple[str, ...]:
        """What the states of its chain are called."""
        by_key = self._stated(known)
        copies, needs = self._counts(by_key)
        if _is_instant(by_key):
            return ("0", "down")
        return policy_states(copies, max(0, copies - needs) if self._has("switch") else 0)


def _is_instant(by_key: Mapping[str, Stated]) -> bool:
    """Whether a repair takes no time."""
    repair = by_key.get("mttr")
    return isinstance(repair, fmpq) and repair == 0


def _dual(value: Stated, *, moves: bool) -> Dual:
    return Dual(arb(value), ONE if moves else ZERO)


def _power(base: fmpq, power: Any) -> Any:
    if isinstance(power, Dual):
        value = arb(base) ** power.value
        return Dual(value, value * arb(base).log() * power.slope)
    if isinstance(power, fmpq) and power.denominator == 1 and power <= _MOST_POWER:
        return base ** int(power)
    if isinstance(power, fmpq | arb):
        return arb(base) ** arb(power)
    ratio = (power * 0 + int(base.numerator)) / int(base.denominator)  # of the sort of the power
    return ratio**power


def policy_law(design: Design, node: PolicyPool) -> PolicyLaw:
    """The law of a pool with a policy under what its design measures."""
    pool, of = node.pool, node.of
    roles = []
    for stated in pool.numbers:
        if stated.key == "copies":
            name = stated.parameter or origin(pool.name)
            source = Source(name, is_parameter=stated.parameter is not None)
        else:
            source = source_of(pool.name, stated.key, stated.parameter)
        roles.append(Role(stated.key, source))
    for stated in of.numbers:
        if stated.key in ("mttf", "rate", "mttr"):
            roles.append(Role(stated.key, source_of(of.name, stated.key, stated.parameter)))
    asked = asked_of(design.measure)
    mission = None
    if asked != "availability" and design.measure != "mttf":
        time = design.mission.time
        name = time if isinstance(time, str) else MISSION
        mission = Source(name, is_parameter=isinstance(time, str))
    needs, _ = counted(pool.needs)
    return PolicyLaw(asked, needs, tuple(roles), mission)
