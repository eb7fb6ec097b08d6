"""Distribution functions of what a design says of a number: how probable it is to be below one.

In balls, which flint brings along; it is loaded where a design says so much alone.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from vreltui.model.numbers import Probability
from vreltui.model.quantities import Value, number
from vreltui.model.uncertainty import (
    Beta,
    Between,
    Distribution,
    FromTests,
    LogNormal,
    Triangular,
    Uncertain,
    Uniform,
)

if TYPE_CHECKING:
    from flint import arb

BITS = 128

MOST_WEIGHT = 100
"""Where both parameters of a beta distribution are larger it is bounded alone, in no time."""

MOST_SUM = 1_000_000
"""So it is where their sum is larger than this."""

PRIORS = {"jeffreys": Fraction(1, 2), "uniform": Fraction(1)}
"""Both parameters of the beta distributions that have a name as a prior."""


@lru_cache(4096)
def is_unlikely(uncertain: Uncertain, value: Value) -> bool:
    """Whether a number is certainly outside P1 to P99 of its own distribution.

    An interval without a distribution tells nothing of it.

    >>> from decimal import Decimal
    >>> ends = Probability(Decimal("0.9")), Probability(Decimal("0.99"))
    >>> is_unlikely(Uniform(ends), ends[0]), is_unlikely(ends, ends[0])
    (True, False)
    """
    if isinstance(uncertain, tuple):
        return False
    import flint

    before, flint.ctx.prec = flint.ctx.prec, BITS
    try:
        found = below(uncertain, value)
        return bool(found < flint.arb("0.01")) or bool(found > flint.arb("0.99"))
    finally:
        flint.ctx.prec = before


def below(distribution: Distribution, value: Value) -> arb:
    """The probability that a number is at most ``value``, at flint's present precision.

    ``value`` is as it is written: of an ``unreliability`` it is that, and so is the distribution.
    """
    from flint import arb

    at = Fraction(value.written) if isinstance(value, Probability) else Fraction(number(value))
    match distribution:
        case Beta():
            first, second = (Fraction(weight.written) for weight in distribution.beta)
            return _beta(at, first, second)
        case FromTests():
            return _beta(at, *_posterior(distribution, value))
        case Uniform():
            low, high = (number(end) for end in distribution.uniform)
            return _ball(min(max((at - low) / (high - low), Fraction(0)), Fraction(1)))
        case Triangular():
            return _ball(_triangular(distribution, at))
        case LogNormal():
            if at <= 0:
                return arb(0)
            centre, width = _spread(distribution)
            found = _normal((_ball(at).log() - centre) / width)
            # Of a probability it is cut off at 1.
            return found / _normal(-centre / width) if isinstance(value, Probability) else found
        case Between():
            if at in (0, 1) and isinstance(value, Probability):
                return arb(int(at))
            low, high, here = (
                _stretched(end, value)
                for end in (*(number(end) for end in distribution.between), at)
            )
            width = (high - low) / (2 * _five_per_cent())
            return _normal((here - (low + high) / 2) / width)


def _posterior(tests: FromTests, value: Value) -> tuple[Fraction, Fraction]:
    """The parameters of the beta distribution of a number as it is stated."""
    if isinstance(tests.prior, str):
        prior = (PRIORS[tests.prior], PRIORS[tests.prior])
    else:
        first, second = tests.prior
        prior = (Fraction(first.written), Fraction(second.written))
    failed, passed = tests.failures, tests.tests - tests.failures
    of_failing = isinstance(value, Probability) and value.complemented
    counted = (failed, passed) if of_failing else (passed, failed)
    return prior[0] + counted[0], prior[1] + counted[1]


def _triangular(distribution: Triangular, at: Fraction) -> Fraction:
    low, mode, high = (number(end) for end in distribution.triangular)
    if at <= low or at >= high:
        return Fraction(int(at >= high))
    if at <= mode:
        return (at - low) ** 2 / ((high - low) * (mode - low))
    return 1 - (high - at) ** 2 / ((high - low) * (high - mode))


def _spread(distribution: LogNormal) -> tuple[arb, arb]:
    """The mean and the standard deviation of the logarithm."""
    spread = distribution.lognormal
    width = _ball(Fraction(spread.error_factor.written)).log() / _five_per_cent()
    if spread.median is not None:
        return _ball(number(spread.median)).log(), width
    assert spread.mean is not None
    return _ball(number(spread.mean)).log() - width * width / 2, width


def _stretched(at: Fraction | int, like: Value) -> arb:
    """The logarithm of the odds of a probability; of another number its logarithm."""
    return _ball(Fraction(at) / (1 - at) if isinstance(like, Probability) else at).log()


def _five_per_cent() -> arb:
    """How many standard deviations the 95th percentile lies above the median."""
    from flint import arb

    return arb("0.1").erfcinv() * arb(2).sqrt()


def _normal(deviations: arb) -> arb:
    from flint import arb

    return (-deviations / arb(2).sqrt()).erfc() / 2


def _beta(at: Fraction, first: Fraction, second: Fraction) -> arb:
    from flint import arb

    if at in (0, 1):
        return arb(int(at))
    whole = first + second
    if min(first, second) > MOST_WEIGHT or whole > MOST_SUM:
        mean = first / whole
        variance = mean * (1 - mean) / (whole + 1)
        # Cantelli's inequality: at most this much is farther than that from the mean.
        farther = _ball(variance / (variance + (at - mean) ** 2))
        return farther.union(arb(0)) if at < mean else (1 - farther).union(arb(1))
    return _ball(at).beta_lower(_ball(first), _ball(second), regularized=True)


def _ball(value: Fraction | int) -> arb:
    from flint import arb, fmpq

    return arb(fmpq(value.numerator, value.denominator))
