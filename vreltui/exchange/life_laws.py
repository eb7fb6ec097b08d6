"""Laws of life and random deviates as expressions: probabilities of having failed, and means.

After the Open-PSA Model Exchange Format 2.0d, section 5; SCRAM's forms of ``periodic-test`` with
four and five arguments.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import arb

from vreltui.exchange.numbers import Number, NumberError, ball_of
from vreltui.exchange.operations import MANY, MOST_EXPONENT, OPERATIONS, Operation

MOST_TESTS = 100_000
"""The most tests of a part that is tested from time to time."""

_ZERO = Fraction(0)


def _failed(rate: arb, time: arb) -> arb:
    """1 - exp(-rate time), without cancellation."""
    exponent = rate * time
    if not exponent < MOST_EXPONENT:
        raise NumberError(f"an exponent beyond {MOST_EXPONENT} is out of bounds")
    return -(-exponent).expm1()


def _positive(found: Sequence[Number], names: str) -> None:
    for number, name in zip(found, names.split(), strict=False):
        if ball_of(number, 64) < 0:
            raise NumberError(f"{name} is below 0")


def _exponential(found: Sequence[Number], bits: int) -> Number:
    _positive(found, "rate time")
    if 0 in found:
        return _ZERO
    return _failed(*(ball_of(each, bits) for each in found))


def _glm(found: Sequence[Number], bits: int) -> Number:
    _positive(found, "gamma lambda mu time")
    gamma, fail, repair, time = (ball_of(each, bits) for each in found)
    if found[1] == 0 and found[2] == 0:
        return found[0]
    total = fail + repair
    # gamma e^-x + fail/total (1 - e^-x): a sum of what is not negative.
    gone = _failed(total, time)
    return gamma * (-(total * time)).exp() + fail / total * gone


def _weibull(found: Sequence[Number], bits: int) -> Number:
    scale, shape, start, time = (ball_of(each, bits) for each in found)
    if not (scale > 0 and shape > 0):
        raise NumberError("scale and shape are to be above 0")
    lived = time - start
    if not lived > 0:
        return _ZERO
    exponent = (shape * (lived / scale).log()).exp()
    return _failed(arb(1), exponent)


def _erlang(found: Sequence[Number], bits: int) -> Number:
    """A sum of exponential phases: 1 - exp(-x) sum of x^i/i! over fewer than so many."""
    rate, phases, time = found
    _positive(found, "lambda phases time")
    if not isinstance(phases, Fraction) or phases.denominator != 1 or not 1 <= phases <= 1000:
        raise NumberError("phases are to be a whole number from 1 to 1000")
    x = ball_of(rate, bits) * ball_of(time, bits)
    term = total = arb(1)
    for index in range(1, int(phases)):
        term = term * x / index
        total += term
    return 1 - (-x).exp() * total


def _lognormal_life(found: Sequence[Number], bits: int) -> Number:
    """A life whose logarithm is normal, by the mean and the deviation of that logarithm."""
    mean, deviation, time = (ball_of(each, bits) for each in found)
    if not deviation > 0:
        raise NumberError("the deviation is to be above 0")
    if found[2] == 0:
        return _ZERO
    return ((mean - time.log()) / (deviation * arb(2).sqrt())).erfc() / 2


def _periodic(found: Sequence[Number], bits: int) -> Number:
    """Tested at theta, and then every tau; repaired at once, or with a rate."""
    if len(found) == 4:
        rate, tau, theta, time = found
        repair: Number | None = None
    elif len(found) == 5:
        rate, repair, tau, theta, time = found
    else:
        raise NumberError(f"with {len(found)} arguments is not evaluated here; 4 or 5 are right")
    _positive((rate, tau, theta, time), "lambda tau theta time")
    exact = [each for each in (tau, theta, time) if isinstance(each, Fraction)]
    if len(exact) < 3:
        raise NumberError("the times of tests are to be rational")
    every, first, now = exact
    if every <= 0:
        raise NumberError("tau is to be above 0")
    if now <= first:
        return _exponential((rate, now), bits)
    tests, rest = divmod(now - first, every)
    if repair is None:
        return _exponential((rate, rest if rest else every), bits)
    if tests > MOST_TESTS:
        raise NumberError(f"more than {MOST_TESTS} tests")
    return _with_repair(ball_of(rate, bits), ball_of(repair, bits), first, every, int(tests), rest)


def _with_repair(
    fail: arb, repair: arb, first: Fraction, every: Fraction, tests: int, rest: Fraction
) -> arb:
    """Working, or in repair since some test: failures are seen at tests alone."""

    def after(state: tuple[arb, arb], time: Fraction) -> tuple[arb, arb]:
        working, repairing = state
        span = ball_of(time, 256)
        stays, still = (-(fail * span)).exp(), (-(repair * span)).exp()
        gap = repair - fail
        back = repair * span * stays if gap.contains(0) else repair * (stays - still) / gap
        return working * stays + repairing * back, repairing * still

    state = after((arb(1), arb(0)), first)
    for test in range(tests + 1):
        working, _ = state
        state = after((working, 1 - working), every if test < tests else rest)
    return 1 - state[0]


# Means of deviates


def _uniform(found: Sequence[Number], bits: int) -> Number:
    return OPERATIONS["mean"].apply(found, bits)


def _first(found: Sequence[Number], bits: int) -> Number:
    del bits
    return found[0]


def _lognormal(found: Sequence[Number], bits: int) -> Number:
    """The mean as it stands; of two arguments, mu and sigma, exp(mu + sigma^2/2)."""
    if len(found) == 3:
        return found[0]
    mu, sigma = (ball_of(each, bits) for each in found)
    return OPERATIONS["exp"].apply((mu + sigma * sigma / 2,), bits)


def _beta(found: Sequence[Number], bits: int) -> Number:
    total = OPERATIONS["add"].apply(found, bits)
    return OPERATIONS["div"].apply((found[0], total), bits)


def _histogram(found: Sequence[Number], bits: int) -> Number:
    """The lowest bound, then an upper bound and a weight for each bin in turn."""
    low, *rest = found
    add, mul, div = OPERATIONS["add"].apply, OPERATIONS["mul"].apply, OPERATIONS["div"].apply
    total: Number = _ZERO
    weights: Number = _ZERO
    for high, weight in zip(rest[::2], rest[1::2], strict=True):
        middle = div((add((low, high), bits), Fraction(2)), bits)
        total = add((total, mul((middle, weight), bits)), bits)
        weights, low = add((weights, weight), bits), high
    return div((total, weights), bits)


LAWS: dict[str, Operation] = {
    "exponential": Operation((2, 2), _exponential),
    "GLM": Operation((4, 4), _glm),
    "Weibull": Operation((4, 4), _weibull),
    "periodic-test": Operation((4, 11), _periodic),
    "erlang": Operation((3, 3), _erlang),
    "lognormal": Operation((3, 3), _lognormal_life),
}
"""Laws of life: the probability of having failed."""

DEVIATES: dict[str, Operation] = {
    "uniform-deviate": Operation((2, 2), _uniform),
    "normal-deviate": Operation((2, 2), _first),
    "lognormal-deviate": Operation((2, 3), _lognormal),
    "gamma-deviate": Operation((2, 2), OPERATIONS["mul"].apply),
    "beta-deviate": Operation((2, 2), _beta),
    "histogram": Operation((3, MANY), _histogram),
}
"""Random numbers: their means."""

FUNCTIONS = {**OPERATIONS, **LAWS, **DEVIATES}
"""All that an expression may be."""
