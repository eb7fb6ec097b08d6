"""How a mean life grows with one number: its derivative, or what one more copy adds.

By central differences over two steps, since means are fractions where all lives are exponential,
and elsewhere known to as many digits as are asked for. Their error falls with the square of the
step, so four times what the two differ by bounds it. Next to an end of what a probability may be,
the differences are to one side.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction

from flint import arb

from vreltui.engine.balls import DOUBLE_BITS, accurate, precision
from vreltui.engine.laws import Source
from vreltui.engine.limits import Undecided
from vreltui.engine.mean_contest import INFINITE, MeanLives, as_ball
from vreltui.engine.worked_figures import as_fmpq
from vreltui.model import Probability, Value
from vreltui.model.quantities import number

_BITS = (56, 112, 224)
"""To how many bits a derivative is worked out, until it is accurate."""

_BEYOND_BITS = 64
"""How many bits more than are wanted of a derivative the means are worked out with, at least."""

MeanAt = Callable[[Fraction, int], arb]
"""The mean where the number has a value, to about so many bits."""


def mean_slope(lives: MeanLives, source: Source, value: Value) -> float:
    """In seconds: by a probability the derivative, of a count what one more copy adds.

    By a time, a rate or a number the derivative by its logarithm. 0 of what the mean doesn't read.
    Raises :class:`Undecided` where it is not certain within the limits, or the mean is infinite.
    """
    program = lives.evaluation.program
    if source not in (*program.leaves, *program.pools) or lives.evaluation.direction(source) == 0:
        return 0.0
    if lives.mean() is INFINITE:
        raise Undecided("the mean life is infinite")
    if isinstance(value, int):
        return _double_of(lambda bits: _of_one_more(lives, source, value, bits))
    if isinstance(value, Probability):
        return _double_of(lambda bits: _by_probability(lives, source, value, bits))
    return _double_of(lambda bits: _by_logarithm(lives, source, value, bits))


def _double_of(compute: Callable[[int], arb]) -> float:
    for bits in _BITS:
        found = compute(bits)
        if accurate(found, DOUBLE_BITS):
            return float(found)
    raise Undecided("how a mean life grows with it is not certain to the digits of a figure")


def _of_one_more(lives: MeanLives, source: Source, count: int, bits: int) -> arb:
    more = lives.changed({source: count + 1})
    with precision(_precision(bits)):
        return _ball(more, bits) - _ball(lives, bits)


def _by_logarithm(lives: MeanLives, source: Source, value: Value, bits: int) -> arb:
    at = Fraction(number(value))
    if not at:
        return arb(0)  # whatever the slope is, a share of nothing is nothing

    def mean(moved: Fraction, bits: int) -> arb:
        return _ball(lives.at_amount(source, as_fmpq(moved)), bits)

    step = at / (1 << (bits // 2 + 8))
    with precision(_precision(bits)):
        return _derivative(mean, at, step, 0, bits) * arb(as_fmpq(at))


def _by_probability(lives: MeanLives, source: Source, value: Probability, bits: int) -> arb:
    def mean(moved: Fraction, bits: int) -> arb:
        with localcontext() as context:
            context.prec = 1_000
            written = Decimal(moved.numerator) / Decimal(moved.denominator)
        return _ball(lives.changed({source: Probability(written)}), bits)

    at, rest = value.reliability, value.unreliability
    side = 1 if not at else -1 if not rest else 0
    near = min(at, rest) or Fraction(1)
    places = 0
    while near * 10**places < 1:
        places += 1
    step = Fraction(1, 10 ** (places + bits // 6 + 3))  # a decimal, as probabilities are
    with precision(_precision(bits)):
        return _derivative(mean, at, step, side, bits)


def _derivative(mean: MeanAt, at: Fraction, step: Fraction, side: int, bits: int) -> arb:
    """By differences over two steps about ``at``, or to one side of it."""

    def over(by: Fraction) -> arb:
        if not side:
            return (mean(at + by, bits) - mean(at - by, bits)) / (2 * arb(as_fmpq(by)))
        here, near, far = (mean(at + side * times * by, bits) for times in (0, 1, 2))
        return side * (4 * near - 3 * here - far) / (2 * arb(as_fmpq(by)))

    coarse, fine = over(step), over(step / 2)
    return fine + arb(0, 4 * abs(coarse - fine).upper())


def _ball(lives: MeanLives, bits: int) -> arb:
    mean = lives.mean(3 * bits // 2 + _BEYOND_BITS)
    if mean is INFINITE:
        raise Undecided("the mean life is infinite next to this value")
    return as_ball(mean) if isinstance(mean, Fraction) else mean


def _precision(bits: int) -> int:
    return 3 * bits + _BEYOND_BITS
