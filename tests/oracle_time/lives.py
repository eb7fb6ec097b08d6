"""How long a part lives: the four lifetimes, each by its own closed form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import factorial

from mpmath import (
    erfc,
    exp,
    expm1,
    gamma,
    gammainc,
    inf,
    isinf,
    ldexp,
    log,
    log1p,
    mp,
    mpf,
    quad,
    sqrt,
)  # fmt: skip

from tests.oracle_time.amounts import Real, real

Pair = tuple[Real, Real]
"""The probability of working, and its complement, neither found from the other."""


@dataclass(frozen=True)
class Exponential:
    """Failures at a constant rate per second."""

    rate: Fraction

    def survival(self, t: Real) -> Pair:
        """The chance to live so many seconds, and not to."""
        return exp(-real(self.rate) * t), -expm1(-real(self.rate) * t)

    def until(self, t: Real) -> Real:
        """The mean time lived within the first ``t`` seconds, which may be infinite."""
        return self.survival(t)[1] / real(self.rate)

    @property
    def steepness(self) -> float:
        """How fast survival changes over the logarithm of time."""
        return 1.0


@dataclass(frozen=True)
class Weibull:
    """S(t) = exp(-(t/scale)^shape); the scale may be said by the mean."""

    shape: Fraction
    scale: Fraction | None = None
    mean: Fraction | None = None

    @property
    def _scale(self) -> Real:
        if self.scale is not None:
            return real(self.scale)
        assert self.mean is not None
        return real(self.mean) / gamma(1 + 1 / real(self.shape))

    def survival(self, t: Real) -> Pair:
        """The chance to live so many seconds, and not to."""
        x = (t / self._scale) ** real(self.shape)
        return exp(-x), -expm1(-x)

    def until(self, t: Real) -> Real:
        """The mean time lived within the first ``t`` seconds, which may be infinite."""
        k = real(self.shape)
        if isinf(t):
            return self._scale * gamma(1 + 1 / k)
        return self._scale / k * gammainc(1 / k, 0, (t / self._scale) ** k)

    @property
    def steepness(self) -> float:
        """How fast survival changes over the logarithm of time."""
        return max(1.0, float(self.shape))


@dataclass(frozen=True)
class Lognormal:
    """The logarithm of the life is normal."""

    median: Fraction
    sigma: Fraction

    def _z(self, t: Real) -> Real:
        return log(t / real(self.median)) / real(self.sigma)

    def survival(self, t: Real) -> Pair:
        """The chance to live so many seconds, and not to."""
        if t == 0:
            return mpf(1), mpf(0)
        if isinf(t):
            return mpf(0), mpf(1)
        z = self._z(t) / sqrt(mpf(2))
        return erfc(z) / 2, erfc(-z) / 2

    def until(self, t: Real) -> Real:
        """The mean time lived within the first ``t`` seconds, which may be infinite."""
        sigma = real(self.sigma)
        mean = real(self.median) * exp(sigma**2 / 2)
        if isinf(t):
            return mean
        return t * self.survival(t)[0] + mean * erfc((sigma - self._z(t)) / sqrt(mpf(2))) / 2

    @property
    def steepness(self) -> float:
        """How fast survival changes over the logarithm of time."""
        return max(1.0, 0.5 / float(self.sigma))


Terms = dict[tuple[Fraction, int], Fraction]
"""A sum of c t^p e^(-a t): c by (a, p)."""


def _plus(terms: Terms, key: tuple[Fraction, int], value: Fraction) -> None:
    terms[key] = terms.get(key, Fraction(0)) + value


def _followed(terms: Terms, rate: Fraction) -> Terms:
    """The density of one stage more: the convolution with rate e^(-rate t)."""
    found: Terms = {}
    for (a, p), c in terms.items():
        d = a - rate
        if d == 0:
            _plus(found, (a, p + 1), c * rate / (p + 1))
            continue
        _plus(found, (rate, 0), c * rate * factorial(p) / d ** (p + 1))
        for m in range(p + 1):
            share = Fraction(factorial(p), factorial(m)) / d ** (p - m + 1)
            _plus(found, (a, m), -c * rate * share)
    return found


def _beyond(terms: Terms) -> Terms:
    """The integral from t to infinity."""
    found: Terms = {}
    for (a, p), c in terms.items():
        for m in range(p + 1):
            _plus(found, (a, m), c * Fraction(factorial(p), factorial(m)) / a ** (p - m + 1))
    return found


def _settled(value: Callable[[], Real]) -> Real:
    """A value with so many digits more that what cancels leaves 40 of them."""
    digits, before = mp.dps, None
    while True:
        with mp.workdps(digits):
            now = value()
        if before is not None and abs(now - before) <= abs(now) * mpf(10) ** -40:
            return now
        before, digits = now, 2 * digits
        assert digits < 20_000, "the digits of a sum of stages do not settle"


@dataclass(frozen=True)
class Stages:
    """Exponential stages one after the other; equal means are no special case."""

    means: tuple[Fraction, ...]

    @cached_property
    def _left(self) -> Terms:
        """Survival."""
        first, *others = (1 / mean for mean in self.means)
        density: Terms = {(first, 0): first}
        for rate in others:
            density = _followed(density, rate)
        return _beyond(density)

    @staticmethod
    def _at(terms: Terms, t: Real) -> Real:
        return sum(real(c) * t**p * exp(-real(a) * t) for (a, p), c in terms.items())

    def survival(self, t: Real) -> Pair:
        """The chance to live so many seconds, and not to."""
        if t == 0:
            return mpf(1), mpf(0)
        if isinf(t):
            return mpf(0), mpf(1)
        return (
            _settled(lambda: self._at(self._left, t)),
            _settled(lambda: 1 - self._at(self._left, t)),
        )

    def until(self, t: Real) -> Real:
        """The mean time lived within the first ``t`` seconds, which may be infinite."""
        mean = real(sum(self.means, Fraction(0)))
        if isinf(t):
            return mean
        rest = _beyond(self._left)
        return _settled(lambda: real(sum(self.means, Fraction(0))) - self._at(rest, t))

    @property
    def steepness(self) -> float:
        """How fast survival changes over the logarithm of time."""
        return 1.0


@dataclass(frozen=True)
class Powered:
    """A life with a part of the hazard of another."""

    whole: Exponential | Weibull | Lognormal | Stages
    part: Fraction

    def survival(self, t: Real) -> Pair:
        """S(t)**f."""
        works, fails = self.whole.survival(t)
        if not works or not self.part:
            return (mpf(0), mpf(1)) if self.part else (mpf(1), mpf(0))
        x = real(self.part) * (log(works) if works < fails else log1p(-fails))
        return exp(x), -expm1(x)

    def until(self, t: Real) -> Real:
        """The integral of the survival."""
        from tests.oracle_time.means import over_logarithm

        if t == inf:
            scale = self.whole.until(inf) / real(self.part)
            return over_logarithm(lambda x: self.survival(x)[0], self.steepness, [scale])
        with mp.workdps(30):
            points = [t * ldexp(mpf(1), -i) for i in (40, 20, 10, 5, 3, 2, 1)]
            return quad(lambda x: self.survival(x)[0], [0, *points, t])

    @property
    def steepness(self) -> float:
        """As the whole's."""
        return self.whole.steepness


Life = Exponential | Weibull | Lognormal | Stages | Powered
