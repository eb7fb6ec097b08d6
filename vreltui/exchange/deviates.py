"""Random deviates of other formats, as what a design says of how well a number is known."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from flint import arb

from vreltui.engine.balls import precision
from vreltui.exchange.expressions import Expression
from vreltui.exchange.foreign_lives import Plain, lasting_value
from vreltui.exchange.numbers import rounded
from vreltui.model import Probability, Value
from vreltui.model.numbers import PlainNumber
from vreltui.model.uncertainty import (
    Beta,
    LogNormal,
    Spread,
    Uncertain,
    Uniform,
    uncertain_faults,
)

LEVEL = Decimal("0.95")
"""The percentile that an error factor is of, in a design."""

_BITS = 256

Make = Callable[[Decimal], "Value | None"]


def uncertain_of(expression: Expression, plain: Plain, kind: str, like: Value) -> Uncertain | None:
    """How well a number is known by its expression; None where a design can't say it.

    ``kind`` is what it is a number of: "probability", "rate", "time" or "number".
    """

    def make(number: Decimal) -> Value | None:
        if kind == "probability":
            return Probability(number)
        value = lasting_value(kind, number)
        return None if isinstance(value, tuple) else value

    numbers = [plain(argument) for argument in expression.arguments]
    if any(number is None for number in numbers):
        return None
    found = _found(expression.word, [number for number in numbers if number is not None], make)
    if found is None or any(uncertain_faults(found, like)):
        return None
    return found


def _found(word: str, numbers: list[Decimal], make: Make) -> Uncertain | None:
    if word == "uniform-deviate":
        low, high = (make(number) for number in numbers)
        return None if low is None or high is None else Uniform((low, high))
    if word == "beta-deviate":
        one, other = numbers
        return Beta((PlainNumber(one), PlainNumber(other)))
    if word == "lognormal-deviate":
        return _lognormal(numbers, make)
    return None


def _lognormal(numbers: list[Decimal], make: Make) -> LogNormal | None:
    """By mean, error factor and its level, one-sided; or by mu and sigma."""
    if len(numbers) == 3:
        mean, factor, level = numbers
        where = make(mean)
        if not 0 < level < 1 or level == Decimal("0.5") or factor <= 0:
            return None
        if level != LEVEL:
            with precision(_BITS):
                power = _quantile(LEVEL) / _quantile(level)
                converted = rounded((arb(str(factor)).log() * power).exp())
            if converted is None:
                return None
            factor = converted
        return None if where is None else LogNormal(Spread(PlainNumber(factor), mean=where))
    mu, sigma = numbers
    with precision(_BITS):
        median = rounded(arb(str(mu)).exp())
        found = rounded((arb(str(sigma)) * _quantile(LEVEL)).exp())
    where = None if median is None else make(median)
    if where is None or found is None:
        return None
    return LogNormal(Spread(PlainNumber(found), median=where))


def _quantile(level: Decimal) -> arb:
    """Below which a standard normal number lies with this probability."""
    return arb(2).sqrt() * (2 * arb(str(level)) - 1).erfinv()
