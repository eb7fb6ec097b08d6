"""A life with a part of the hazards of another: its survival is S(t)**f, with f from 0 to 1.

So the shocks of a common cause, and what is left to a member itself, share out how a lifetime ends
(A. Marshall and I. Olkin, "A multivariate exponential distribution", 1967).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import assert_never

from flint import acb, arb, fmpq

from vreltui.engine.ball_arithmetic import BallArithmetic
from vreltui.engine.exponential_sums import ExponentialSum
from vreltui.engine.lifetimes import Ageing, Exponential, Lifetime, Lognormal, Number, Weibull
from vreltui.engine.limits import Undecided
from vreltui.engine.renewal import Upkeep
from vreltui.engine.stages import Stages

WholeLife = Lognormal | Stages


@dataclass(frozen=True, slots=True)
class PartOfLife:
    """A part of the hazards of a life that has no closed law for it."""

    whole: WholeLife
    part: fmpq

    def survival(self, time: Number) -> tuple[Number, Number]:
        """S**f, and its complement."""
        works, fails = self.whole.survival(time)
        part = arb(self.part)
        if isinstance(works, arb):
            return BallArithmetic().power((works, fails), part)
        # Not finite where the logarithm is not analytic, as an integral asks.
        power = (acb(works).log(analytic=True) * part).exp()
        return power, 1 - power

    def mean(self) -> Number:
        """Raises :class:`Undecided`: it is an integral, and found as one."""
        raise Undecided("the mean of a part of these hazards has no closed form")

    @property
    def about(self) -> Number:
        """A time of the order of the mean, from which an integral may begin to look."""
        return self.whole.mean() / arb(self.part)

    def lived(self, time: Number) -> Number:
        """Raises :class:`Undecided`."""
        raise Undecided(f"how long a part of these hazards lives by {time} has no closed form")

    def beyond(self, time: Number) -> Number:
        """A bound on the integral of the survival from ``time`` on."""
        match self.whole:
            case Lognormal():
                return self._beyond_of_lognormal(self.whole, time)
            case Stages():
                return self._beyond_of_new_better(time)
            case unknown:
                assert_never(unknown)

    def _beyond_of_new_better(self, time: Number) -> Number:
        """S(n t) <= S(t)**n where what is new is better: t s / (1 - s) with s = S(t)**f.

        Sums of exponential stages have a rising hazard (Barlow and Proschan 1975, chapter 4).
        """
        works, fails = self.survival(time)
        return time * works / fails

    def _beyond_of_lognormal(self, whole: Lognormal, time: Number) -> Number:
        """By 1 - Phi(z) <= e^(-z^2/2) for z >= 0; before that, the time to the median is added.

        The integral of e^(-f z^2/2) dt with t = m e^(s z) is m s e^(s^2/2f) sqrt(2 pi / f) times
        the normal tail at (z - s/f) sqrt f.
        """
        part, sigma = arb(self.part), arb(whole.sigma)
        median = arb(whole.median)
        before = arb(0)
        deviations = whole.deviations(time)
        if not deviations >= 0:
            before, deviations = median, arb(0)
        tail = ((deviations - sigma / part) * part.sqrt() / arb(2).sqrt()).erfc() / 2
        scale = median * sigma * (sigma**2 / (2 * part)).exp() * (2 * arb.pi() / part).sqrt()
        return before + scale * tail

    def as_exponentials(self) -> ExponentialSum | None:
        """None: a power of a sum is none."""
        return None

    def ageing(self) -> Ageing | None:
        """As the whole."""
        return self.whole.ageing()

    def hazard(self, early: arb, late: arb | None) -> tuple[arb, arb | None]:
        """The part of those of the whole."""
        part = arb(self.part)
        low, high = self.whole.hazard(early, late)
        return part * low, None if high is None else part * high


def part_of(life: Lifetime, part: Fraction) -> Lifetime:
    """The life with a part of the hazards, which is above 0.

    >>> part_of(Exponential(fmpq(5)), Fraction(1, 2))
    Exponential(mean_time=10)
    """
    exactly = fmpq(part.numerator, part.denominator)
    if part == 1:
        return life
    if isinstance(life, Exponential):
        return Exponential(life.mean_time / exactly)
    if isinstance(life, Weibull):
        return replace(life, part=life.part * exactly)
    assert isinstance(life, Lognormal | Stages)
    return PartOfLife(life, exactly)


def with_part(whole: Upkeep, part: Fraction) -> Upkeep:
    """What is left of an upkeep until the first failure: the part of the life, and the clock."""
    return Upkeep(part_of(whole.lifetime, part), clock=whole.clock)
