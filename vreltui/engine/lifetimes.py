"""How long a component lives: survival over time, in balls, for each law that a design can state.

Every law answers the same questions: its survival at a time as the pair (S, F = 1 - S), its mean,
the mean time that it has lived by a given moment, and a bound on what lies beyond it. Times may be
complex where a law is to be integrated (``acb``); what a design asks for is real (``arb``).

Sources: K. Trivedi, *Probability and Statistics with Reliability, Queuing and Computer Science
Applications*, 2001, chapters 3 and 6; M. Rausand and A. Hoyland, *System Reliability Theory*, 2004,
chapter 2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import factorial
from typing import Any, Protocol

from flint import arb, fmpq

from vreltui.engine.balls import ONE, ZERO, precision
from vreltui.engine.exponential_sums import ExponentialSum, Term
from vreltui.engine.limits import Undecided

Number = Any
"""A ball, real or complex; python-flint publishes no types."""

Stated = Any
"""A number that a law is stated with: an exact ``fmpq``, or a ball about a range of them."""

GUARD_BITS = 16
"""How many bits beyond those that are wanted a figure is worked out with."""

MOST_BITS = 1 << 16
"""How many bits more than are wanted may be lost where terms cancel."""


_WHOLE = fmpq(1)

NEGLIGIBLE = arb(2) ** -4096
"""What is smaller makes no difference to any figure that can be printed."""


class Lifetime(Protocol):
    """One law of how long a component lives, measured from when it is new."""

    def survival(self, time: Number) -> tuple[Number, Number]:
        """The chances to live longer than ``time``, and not to."""

    def mean(self) -> Number:
        """The mean time to failure."""

    def lived(self, time: Number) -> Number:
        """The mean time lived by ``time``: the integral of the survival from 0."""

    def beyond(self, time: Number) -> Number:
        """A bound, from above, on the integral of the survival from ``time`` on."""

    def as_exponentials(self) -> ExponentialSum | None:
        """The survival as a sum of exponentials, exactly; None where it is none."""


@dataclass(frozen=True, slots=True)
class Exponential:
    """A constant hazard: S = e^(-t / T) with the mean T.

    >>> Exponential(fmpq(1000)).survival(arb(30))[1]
    [0.0295544664514918 +/- ...]
    """

    mean_time: Stated

    def survival(self, time: Number) -> tuple[Number, Number]:
        """S = e^(-t/T); F = -expm1(-t/T), which keeps its digits for short times."""
        exponent = -time / arb(self.mean_time)
        return exponent.exp(), -exponent.expm1()

    def mean(self) -> Number:
        """T."""
        return arb(self.mean_time)

    def lived(self, time: Number) -> Number:
        """T (1 - e^(-t/T))."""
        return arb(self.mean_time) * self.survival(time)[1]

    def beyond(self, time: Number) -> Number:
        """T e^(-t/T), exactly."""
        return arb(self.mean_time) * self.survival(time)[0]

    def as_exponentials(self) -> ExponentialSum | None:
        """One term."""
        if isinstance(self.mean_time, fmpq):
            return ExponentialSum.survival(1 / self.mean_time)
        return None


@dataclass(frozen=True, slots=True)
class Weibull:
    """A hazard that grows or falls as a power of the age: S = e^(-(t/s)^k).

    ``size`` is the scale s or, with ``by_mean``, the mean T, and then s = T / Gamma(1 + 1/k). Of a
    ``part`` f of the hazard the scale is s f^(-1/k).
    """

    size: Stated
    shape: Stated
    by_mean: bool = False
    part: Stated = _WHOLE

    def _scale(self) -> Number:
        size = arb(self.size) * self._longer()
        return size / (1 + 1 / arb(self.shape)).gamma() if self.by_mean else size

    def _longer(self) -> Number:
        return ONE if self.part == 1 else arb(self.part) ** (-1 / arb(self.shape))

    def exponent(self, time: Number) -> Number:
        """(t/s)^k."""
        return (time / self._scale()) ** arb(self.shape)

    def survival(self, time: Number) -> tuple[Number, Number]:
        """Both sides without a subtraction."""
        exponent = -self.exponent(time)
        return exponent.exp(), -exponent.expm1()

    def mean(self) -> Number:
        """s Gamma(1 + 1/k)."""
        if self.by_mean:
            return arb(self.size) * self._longer()
        return self._scale() * (1 + 1 / arb(self.shape)).gamma()

    def lived(self, time: Number) -> Number:
        """(s/k) times the lower incomplete gamma function of 1/k at (t/s)^k.

        Written with the function divided by its leading power, so that short times keep digits.
        """
        inverse = 1 / arb(self.shape)
        without_power = self.exponent(time).gamma_lower(inverse, 2)
        return time * inverse * inverse.gamma() * without_power

    def beyond(self, time: Number) -> Number:
        """(s/k) times the upper incomplete gamma function of 1/k at (t/s)^k, exactly."""
        inverse = 1 / arb(self.shape)
        return self._scale() * inverse * self.exponent(time).gamma_upper(inverse)

    def as_exponentials(self) -> ExponentialSum | None:
        """One term where the shape is 1."""
        exact = isinstance(self.shape, fmpq) and isinstance(self.size, fmpq)
        if exact and self.shape == 1:
            return ExponentialSum.survival(self.part / self.size)
        return None


@dataclass(frozen=True, slots=True)
class Lognormal:
    """The logarithm of the life is normal, about ln(median), with deviation sigma."""

    median: Stated
    sigma: Stated

    def _tail(self, deviations: Number) -> Number:
        """The chance that a standard normal variable exceeds so many deviations."""
        return (deviations / arb(2).sqrt()).erfc() / 2

    def deviations(self, time: Number) -> Number:
        """How many deviations the logarithm of a time lies above that of the median."""
        return (time / arb(self.median)).log() / arb(self.sigma)

    def survival(self, time: Number) -> tuple[Number, Number]:
        """1/2 erfc(z / sqrt 2) with z = ln(t/m)/sigma, and the same at -z."""
        deviations = self.deviations(time)
        return self._tail(deviations), self._tail(-deviations)

    def mean(self) -> Number:
        """m e^(sigma^2 / 2)."""
        return arb(self.median) * (arb(self.sigma) ** 2 / 2).exp()

    def lived(self, time: Number) -> Number:
        """The part of the mean from lives that have ended, and t for each that goes on."""
        deviations = self.deviations(time)
        ended = self.mean() * self._tail(arb(self.sigma) - deviations)
        return ended + time * self._tail(deviations)

    def beyond(self, time: Number) -> Number:
        """The part of the mean from lives longer than t: a bound, as t S is not taken off."""
        return self.mean() * self._tail(self.deviations(time) - arb(self.sigma))

    def as_exponentials(self) -> ExponentialSum | None:
        """None."""
        return None


@dataclass(frozen=True)
class Stages:
    """Exponential stages one after the other, with one mean each, as exact numbers.

    Equal means give an Erlang law, unequal ones degradation in steps. The chain of stages is solved
    by partial fractions over the distinct rates, with exact coefficients. Its terms cancel while
    few stages can be over, so that :func:`worked_out` has to raise the precision.

    >>> Stages((fmpq(5), fmpq(5))).survival(arb(5))[0]
    [0.73575888234288 +/- ...]
    """

    means: tuple[fmpq, ...]
    _sums: dict[int, ExponentialSum] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def survival(self, time: Number) -> tuple[Number, Number]:
        """The chances that the last stage is not yet over at ``time``, and that it is."""
        return self.not_over(len(self.means), time)

    def not_over(self, stages: int, time: Number) -> tuple[Number, Number]:
        """The same of the first so many stages."""
        living = self._sum_of(stages).at(time)
        return living, ONE - living

    def _sum_of(self, stages: int) -> ExponentialSum:
        known = self._sums.get(stages)
        if known is None:
            known = self._sums[stages] = _survival_sum(self.means[:stages])
        return known

    def mean(self) -> Number:
        """The sum of the means."""
        return arb(sum(self.means, fmpq(0)))

    def lived(self, time: Number) -> Number:
        """For each stage its mean times the chance that it is over.

        The time spent in a stage with rate v is on average 1/v for each time that it is left.
        """
        total: Number = ZERO
        for number, mean in enumerate(self.means, 1):
            total = total + arb(mean) * self.not_over(number, time)[1]
        return total

    def beyond(self, time: Number) -> Number:
        """Who lives at ``time`` has on average no more left than one who is new."""
        return self.mean() * self.survival(time)[0]

    def as_exponentials(self) -> ExponentialSum | None:
        """A term for each rate and each power of the time that its multiplicity brings."""
        return self._sum_of(len(self.means))

    def density_with(self, stage: int, time: Number) -> Number:
        """How fast the survival at ``time`` grows with the mean of one stage.

        It is the density of the chain in which that stage comes once more: with the transform
        f = prod v / (s + v), the derivative of f / s by v_i is f / (v_i (s + v_i)).
        """
        again = self.means[stage]
        longer = _survival_sum((*self.means, again)).at(time)
        return (longer - _survival_sum(self.means).at(time)) / arb(again)


def _survival_sum(means: Sequence[fmpq]) -> ExponentialSum:
    """The survival of a chain of stages as a sum over its distinct rates.

    Its transform is (1 - prod (v/(s+v))^m) / s; the principal part at each pole -v gives the
    polynomial that stands before e^(-v t).
    """
    rates = Counter(1 / fmpq(mean) for mean in means)
    terms: dict[Term, fmpq] = {}
    for rate, times in rates.items():
        # The series in (s + v), up to what the pole of this order needs.
        series = [rate ** (times - 1)] + [fmpq(0)] * (times - 1)
        series = _times_geometric(series, 1 / rate)  # 1 / (1 - (s + v)/v), from -v/s
        for other, multiplicity in rates.items():
            if other == rate:
                continue
            gap = other - rate
            for _ in range(multiplicity):
                series = _times_geometric([each * (other / gap) for each in series], -1 / gap)
        for power in range(times):
            terms[rate, power] = series[times - 1 - power] / factorial(power)
    return ExponentialSum({term: each for term, each in terms.items() if each})


def _times_geometric(series: list[fmpq], ratio: fmpq) -> list[fmpq]:
    """A truncated power series times 1 / (1 - ratio x)."""
    result: list[fmpq] = []
    for each in series:
        result.append(each + ratio * result[-1] if result else each)
    return result


def worked_out(compute: Callable[[], tuple[arb, ...]], bits: int) -> tuple[arb, ...]:
    """``compute()``, at a precision raised until its balls are accurate to about ``bits`` bits.

    ``compute`` has to make its numbers anew from exact ones at the precision that holds when it is
    called. What is below :data:`NEGLIGIBLE` need not be accurate. Raises :class:`Undecided` where
    :data:`MOST_BITS` do not suffice.
    """
    working = bits + GUARD_BITS
    while True:
        with precision(working):
            values = compute()
        kept = [v for v in values if not (v.is_zero() or abs(v) < NEGLIGIBLE)]
        lost = max([bits - int(v.rel_accuracy_bits()) for v in kept], default=0)
        if lost > MOST_BITS:
            lost = working  # not even its order is known
        if lost <= 0:
            return values
        if working > bits + MOST_BITS:
            raise Undecided(f"a figure of a lifetime was not certain at {working} bits")
        working += max(lost + GUARD_BITS, working // 2)
