"""What repair, planned outages and rejuvenation make of a lifetime in the long run.

A component that is renewed goes through cycles: it lives until it fails or, with a clock, until the
clock rings; then it is down for as long as the repair or the renewal takes on average, and begins
as good as new. The figures are those of a renewal process with rewards: R. Barlow and F. Proschan,
*Mathematical Theory of Reliability*, 1965, chapter 4 (age replacement).
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import arb, fmpq

from vreltui.engine.balls import ONE, ZERO, PairOfBalls
from vreltui.engine.lifetimes import Exponential, Lifetime, Number, Stated


@dataclass(frozen=True, slots=True)
class Clock:
    """Renewal at an age: after so much time without a failure, and down for so long."""

    age: Stated
    takes: Stated


@dataclass(frozen=True, slots=True)
class Planned:
    """Taken down on purpose for so long, once in every so long."""

    outage: Stated
    every: Stated


@dataclass(frozen=True, slots=True)
class Upkeep:
    """A lifetime with what is done about failures.

    ``repair`` is the mean time to repair, None where a failed component stays down. Numbers
    are in one unit of time, exact or balls; figures come at the precision that holds when asked.
    """

    lifetime: Lifetime
    repair: Stated | None = None
    planned: Planned | None = None
    clock: Clock | None = None

    def survival(self, time: Number | fmpq) -> tuple[Number, Number]:
        """The chance to be without a failure until ``time``, and its complement.

        With a clock it is S(T)^m S(t - m T) with m whole periods; where it cannot be told how many
        periods have gone by, because ``time`` is a ball about a multiple of T, both are taken in.
        """
        if isinstance(time, fmpq):
            return self._survival_until(time)
        if self.clock is None:
            return self._survival(time)
        periods = (time / arb(self.clock.age)).floor()
        whole = periods.unique_fmpz()
        if whole is not None:
            return self._after(int(whole), time)
        low, high = (int(end.floor().unique_fmpz()) for end in (periods.lower(), periods.upper()))
        if high - low > _FEW:
            return self._between(low, high)
        pairs = [self._after(m, time) for m in range(low, high + 1)]
        works, fails = pairs[0]
        for r, q in pairs[1:]:
            works, fails = works.union(r), fails.union(q)
        return works, fails

    def _survival_until(self, time: fmpq) -> tuple[Number, Number]:
        """The same at an exact time, of which it is certain how many periods go by before."""
        if self.clock is None or not isinstance(self.clock.age, fmpq):
            return self.survival(arb(time))
        periods = int((time / self.clock.age).floor())
        rest = time - periods * self.clock.age
        through = _powered(self._survival(arb(self.clock.age)), periods) if periods else (ONE, ZERO)
        if not rest:
            return through
        works, fails = self._survival(arb(rest))
        return through[0] * works, through[1] + through[0] * fails

    def _between(self, low: int, high: int) -> tuple[Number, Number]:
        """Bounds for an age that is an interval, in which so many periods may go by.

        Each period is survived at least as an old one, at most as a young one.
        """
        assert self.clock is not None
        age = arb(self.clock.age)
        young, old = self._survival(age.lower()), self._survival(age.upper())
        least = 1 - _powered(old, high + 1)[1]
        fails = _powered(young, low)[1].union(_powered(old, high + 1)[1])
        return _powered(young, low)[0].union(least), fails

    def _survival(self, time: Number) -> tuple[Number, Number]:
        if isinstance(time, arb) and not time > 0:
            time = time.nonnegative_part()
            if time.is_zero():
                return ONE, ZERO
        if _is_wide(time):  # it only falls, so that the ends tell more than the interval does
            early, late = (self._survival(end) for end in (time.lower(), time.upper()))
            return early[0].union(late[0]), early[1].union(late[1])
        return self.lifetime.survival(time)

    def _lived(self, time: Number) -> Number:
        if not _is_wide(time):
            return self.lifetime.lived(time)
        return self.lifetime.lived(time.lower()).union(self.lifetime.lived(time.upper()))

    def _after(self, periods: int, time: Number) -> tuple[Number, Number]:
        assert self.clock is not None
        survived, failed = self._survival(arb(self.clock.age))
        rest, failed_since = self._survival(time - periods * arb(self.clock.age))
        if periods == 0:
            return rest, failed_since
        through, not_through = _powered((survived, failed), periods)
        return through * rest, not_through + through * failed_since

    def mean(self) -> Number:
        """The mean time to the first failure: M(T) / (1 - S(T)) with a clock."""
        if self.clock is None:
            return self.lifetime.mean()
        age = arb(self.clock.age)
        return self._lived(age) / self._survival(age)[1]

    def available(self) -> PairOfBalls:
        """A = M / C and U = ((1 - S(T)) repair + S(T) takes) / C in the long run, as a pair."""
        if self.repair is None:
            return ZERO, ONE  # down for ever once it fails
        lived, down, _ = self._cycle()
        works, fails = _shares(lived, down)
        if self.planned is not None:
            share = arb(self.planned.outage) / arb(self.planned.every)
            fails = fails + works * share
            works = works * (1 - share)
        return works, fails

    def outages(self) -> Number:
        """How often it goes down, per unit of time, in the long run."""
        if self.repair is None:
            return ZERO
        lived, down, stops = self._cycle()
        often = stops / (lived + down)
        if self.planned is not None:
            works = lived / (lived + down)
            share = arb(self.planned.outage) / arb(self.planned.every)
            often = often * (1 - share) + works / arb(self.planned.every)
        return often

    def _cycle(self) -> tuple[Number, Number, Number]:
        """The mean time up and down in one cycle, and the mean number of outages in it."""
        assert self.repair is not None
        if self.clock is None:
            return self.lifetime.mean(), arb(self.repair), ONE
        age, takes = arb(self.clock.age), arb(self.clock.takes)
        survived, failed = self._survival(age)
        down = failed * arb(self.repair) + survived * takes
        stops = failed if takes.is_zero() else ONE
        lived = self._lived(age)
        return lived, down, stops

    def available_at(self, time: Number) -> tuple[Number, Number] | None:
        """A(t) and its complement, with all parts new at 0; None where it is not said.

        For exponential life and repair: (1/r + e^(-t(1/T + 1/r))/T) / (1/T + 1/r). K. Trivedi,
        2001, chapter 8.
        """
        exponential = isinstance(self.lifetime, Exponential)
        if not exponential or self.repair is None or self.clock is not None:
            return None
        if arb(self.repair).is_zero():
            return ONE, ZERO
        failures, repairs = 1 / self.lifetime.mean(), 1 / arb(self.repair)
        both = failures + repairs
        decay = -time * both
        works = (repairs + failures * decay.exp()) / both
        fails = -failures * decay.expm1() / both
        return works, fails


def _shares(one: Number, other: Number) -> tuple[Number, Number]:
    """Both of two as shares of their sum; over intervals each is read once, where that is tighter.

    x / (x + y) is 1 / (1 + y/x).
    """
    if _is_wide(one) and one > 0 and other > 0:
        return 1 / (1 + other / one), 1 / (1 + one / other)
    length = one + other
    return one / length, other / length


_FEW = 4
"""How many numbers of periods are looked at one by one where it is not known which it is."""


def _is_wide(time: Number) -> bool:
    """Whether a time is an interval rather than a number that was rounded."""
    return isinstance(time, arb) and bool(time.rel_accuracy_bits() < 40 and not time.is_exact())


def _powered(pair: tuple[Number, Number], times: int) -> tuple[Number, Number]:
    """The chance to survive so many times: S^m, and -expm1(m log1p(-F)), which keeps its digits."""
    survived, failed = pair
    through = survived**times
    not_through = -(times * (-failed).log1p()).expm1() if failed < 1 else ONE - through
    return through, not_through
