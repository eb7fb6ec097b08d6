"""What one part alone says: a constant, or a life with repair, planned outages and renewal."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from mpmath import exp, expm1, floor, inf, log1p, mpf

from tests.oracle_time.amounts import Real, real
from tests.oracle_time.lives import Exponential, Life, Pair


@dataclass(frozen=True)
class Constant:
    """One probability, whatever is measured."""

    reliability: Fraction

    @property
    def pair(self) -> Pair:
        """The probability of working and its complement."""
        return real(self.reliability), real(1 - self.reliability)


@dataclass(frozen=True)
class Living:
    """A part with a lifetime; all times in seconds."""

    life: Life
    mttr: Fraction | None = None
    planned: Fraction | None = None
    every: Fraction | None = None
    rejuvenate: Fraction | None = None
    takes: Fraction = Fraction(0)

    def reliability(self, t: Real) -> Pair:
        """R(t): renewed part by part of the time, never repaired."""
        if self.rejuvenate is None:
            return self.life.survival(t)
        period = real(self.rejuvenate)
        rounds = floor(t / period)
        each, last = self.life.survival(period), self.life.survival(t - period * rounds)
        through = each[0] ** rounds * last[0]
        if rounds == 0:
            return last
        # A logarithm of 0, where nobody lives to 50 digits, has none: then all have failed.
        if each[1] == 1 or last[1] == 1:
            return through, 1 - through
        return through, -expm1(rounds * log1p(-each[1]) + log1p(-last[1]))

    @property
    def mttf(self) -> Real:
        """The mean time to the first failure."""
        if self.rejuvenate is None:
            return self.life.until(inf)
        period = real(self.rejuvenate)
        return self.life.until(period) / self.life.survival(period)[1]

    def _cycle(self) -> tuple[Real, Real, Real, Real]:
        """The mean time up in a cycle and down, S(T) and 1 - S(T)."""
        assert self.mttr is not None
        if self.rejuvenate is None:
            return self.life.until(inf), real(self.mttr), mpf(0), mpf(1)
        period = real(self.rejuvenate)
        kept, failed = self.life.survival(period)
        down = failed * real(self.mttr) + kept * real(self.takes)
        return self.life.until(period), down, kept, failed

    @property
    def availability(self) -> Pair:
        """A and U in the long run."""
        up, down, _, _ = self._cycle()
        a, u = up / (up + down), down / (up + down)
        if self.planned is None:
            return a, u
        assert self.every is not None
        share = real(self.planned / self.every)
        return a * (1 - share), u + a * share

    @property
    def frequency(self) -> Real:
        """Outages a second in the long run."""
        up, down, kept, failed = self._cycle()
        outages = (failed + (kept if self.takes > 0 else 0)) / (up + down)
        if self.planned is None:
            return outages
        assert self.every is not None
        share = real(self.planned / self.every)
        return outages * (1 - share) + up / (up + down) / real(self.every)

    def availability_at(self, t: Real) -> Pair | None:
        """A(t) and U(t), new at 0; None where it is not said."""
        plain = self.planned is None and self.rejuvenate is None
        if not (isinstance(self.life, Exponential) and plain) or self.mttr is None:
            return None
        if self.mttr == 0:
            return mpf(1), mpf(0)
        fails, mends = real(self.life.rate), 1 / real(self.mttr)
        both = fails + mends
        return (mends + fails * exp(-t * both)) / both, -fails * expm1(-t * both) / both


Leaf = Constant | Living
