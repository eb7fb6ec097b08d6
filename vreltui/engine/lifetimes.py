"""How long a component lives: survival over time, in balls, for each law that a design can state.

Every law answers the same questions: its survival at a time as the pair (S, F = 1 - S), its mean,
the mean time that it has lived by a given moment, and a bound on what lies beyond it. Times may be
complex where a law is to be integrated (``acb``); what a design asks for is real (``arb``).

Sources: K. Trivedi, *Probability and Statistics with Reliability, Queuing and Computer Science
Applications*, 2001, chapters 3 and 6; M. Rausand and A. Hoyland, *System Reliability Theory*, 2004,
chapter 2.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from flint import acb, arb, fmpq

from vreltui.engine.balls import ONE, ZERO, precision
from vreltui.engine.exponential_sums import ExponentialSum
from vreltui.engine.limits import Undecided

Number = Any
"""A ball, real or complex; python-flint publishes no types."""

Stated = Any
"""A number that a law is stated with: an exact ``fmpq``, or a ball about a range of them."""

Ageing = Literal[1, 0, -1]
"""Whether the hazard rises, stays or falls with the age."""

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

    def ageing(self) -> Ageing | None:
        """1 where the hazard rises with the age, -1 where it falls, 0 where it is constant.

        None where it does both, or that is not known.
        """

    def hazard(self, early: arb, late: arb | None) -> tuple[arb, arb | None]:
        """Bounds of the hazard S'/-S from one age to another, or on and on.

        None for an upper bound of what grows beyond all bounds.
        """


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

    def ageing(self) -> Ageing | None:
        """0."""
        return 0

    def hazard(self, early: arb, late: arb | None) -> tuple[arb, arb | None]:
        """1/T at any age."""
        del early, late
        constant = 1 / arb(self.mean_time)
        return constant, constant


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

    def ageing(self) -> Ageing | None:
        """By the shape: 1 above 1, -1 below."""
        shape = arb(self.shape)
        if shape > 1:
            return 1
        if shape < 1:
            return -1
        return 0 if shape == 1 else None

    def hazard(self, early: arb, late: arb | None) -> tuple[arb, arb | None]:
        """(k/t) (t/s)^k, which rises where k > 1 and falls where k < 1."""
        shape = arb(self.shape)

        def at(age: arb) -> arb:
            return shape * self.exponent(age) / age

        if late is not None:
            ends = at(early), at(late)
            return (ends[0], ends[1]) if shape > 1 else (ends[1], ends[0])
        if shape > 1:
            return at(early), None
        return (at(early), at(early)) if shape == 1 else (ZERO, at(early))


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
        works = self._tail(deviations)
        if isinstance(time, acb):
            return works, 1 - works  # in an integral the small one needs no digits of its own
        return works, self._tail(-deviations)

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

    def ageing(self) -> Ageing | None:
        """None: the hazard rises at first, and falls in the end."""
        return None

    def hazard(self, early: arb, late: arb | None) -> tuple[arb, arb | None]:
        """1 / (sigma t) times the density of a normal law by its tail, which rises with z.

        From one age on that is at most z + 1/z (R. Gordon, "Values of Mills' ratio of area to
        bounding ordinate", 1941); by sigma t, the bound falls with t from z = 1 and 1/sigma on.
        """
        if late is None:
            deviations = self.deviations(early)
            if not (deviations > 1 and deviations * arb(self.sigma) > 1):
                return ZERO, None
            return ZERO, (deviations + 1 / deviations) / (arb(self.sigma) * early)
        sigma = arb(self.sigma)
        low = self._density_by_tail(self.deviations(early)) / (sigma * late)
        return low, self._density_by_tail(self.deviations(late)) / (sigma * early)

    def _density_by_tail(self, deviations: arb) -> arb:
        density = (-(deviations**2) / 2).exp() / (2 * arb.pi()).sqrt()
        return density / self._tail(deviations)


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
