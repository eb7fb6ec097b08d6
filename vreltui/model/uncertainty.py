"""How well a number is known: an interval, or a distribution of the number as it is stated.

Under ``unreliability`` the distribution is that of the unreliability. The number itself stays what
every verdict uses; here is only what a design may say, and what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from vreltui.model.numbers import PlainNumber, Probability
from vreltui.model.quantities import COUNT, PROBABILITY, Quantity, Value, number, quantity_of

LEAST_WEIGHT, MOST_WEIGHT = Decimal("1e-3"), Decimal("1e9")
"""Between these lie the parameters of a beta distribution, or of a prior."""

MOST_ERROR = Decimal("1e6")
"""The greatest error factor."""

MOST_TESTS = 10**12
"""The most tests."""

Fault = tuple[str, str]
"""What is wrong, and what would be right."""


@dataclass(frozen=True, slots=True)
class Beta:
    """A beta distribution, by its two parameters."""

    beta: tuple[PlainNumber, PlainNumber]

    def faults(self, like: Value) -> Iterator[Fault]:
        """What is wrong with it for a number like this one."""
        yield from _of_probabilities(like, "beta")
        yield from _weights(self.beta, "beta")


@dataclass(frozen=True, slots=True)
class Uniform:
    """Anything between two numbers, alike."""

    uniform: tuple[Value, Value]

    def faults(self, like: Value) -> Iterator[Fault]:
        """What is wrong with it for a number like this one."""
        yield from _rising(self.uniform, like, "uniform")


@dataclass(frozen=True, slots=True)
class Triangular:
    """Between two numbers, most likely a third."""

    triangular: tuple[Value, Value, Value]

    def faults(self, like: Value) -> Iterator[Fault]:
        """What is wrong with it for a number like this one."""
        low, mode, high = self.triangular
        yield from _rising((low, high), like, "triangular")
        if quantity_of(mode) is quantity_of(low) is quantity_of(high) and not (
            number(low) <= number(mode) <= number(high)
        ):
            yield "the mode of triangular is outside", "[low, mode, high] is right"


@dataclass(frozen=True, slots=True)
class FromTests:
    """What so many tests with so many failures leave of a prior."""

    tests: int
    failures: int
    prior: Literal["jeffreys", "uniform"] | tuple[PlainNumber, PlainNumber] = "jeffreys"

    def faults(self, like: Value) -> Iterator[Fault]:
        """What is wrong with it for a number like this one."""
        yield from _of_probabilities(like, "tests")
        if not 0 <= self.failures <= self.tests:
            yield f"there are {self.failures} failures in {self.tests} tests", "at most all fail"
        if not 1 <= self.tests <= MOST_TESTS:
            yield f"there are {self.tests} tests", f"1 to {MOST_TESTS} is right"
        if not isinstance(self.prior, str):
            yield from _weights(self.prior, "the prior")


@dataclass(frozen=True, slots=True)
class Spread:
    """Where a lognormal distribution lies, and its 95th percentile by the median."""

    error_factor: PlainNumber
    median: Value | None = None
    mean: Value | None = None


@dataclass(frozen=True, slots=True)
class LogNormal:
    """A lognormal distribution; of a probability it is cut off at 1."""

    lognormal: Spread

    def faults(self, like: Value) -> Iterator[Fault]:
        """What is wrong with it for a number like this one."""
        where = self.lognormal.median if self.lognormal.median is not None else self.lognormal.mean
        assert where is not None
        if isinstance(like, Probability) and not like.complemented:
            yield "lognormal is of a value", "it is of an unreliability: write that instead"
        yield from _like((where,), like, "lognormal")
        if not 1 < self.lognormal.error_factor.written <= MOST_ERROR:
            what = f"the error factor is {self.lognormal.error_factor}"
            yield what, f"above 1 and at most {MOST_ERROR:f} is right"


@dataclass(frozen=True, slots=True)
class Between:
    """90 % sure: the 5th and the 95th percentile."""

    between: tuple[Value, Value]

    def faults(self, like: Value) -> Iterator[Fault]:
        """What is wrong with it for a number like this one."""
        yield from _rising(self.between, like, "between")
        if isinstance(like, Probability) and any(number(end) in (0, 1) for end in self.between):
            yield "between has an end at 0 or 1", "ends strictly inside are right"


Distribution = Beta | Uniform | Triangular | FromTests | LogNormal | Between
"""Every distribution that a number may have."""

Uncertain = Distribution | tuple[Value, Value]
"""A distribution, or the ends of an interval without one."""


def uncertain_faults(uncertain: Uncertain, like: Value) -> Iterator[Fault]:
    """What is wrong with how well a number is known; ``like`` is the number."""
    if quantity_of(like) is COUNT:
        yield "a count is never uncertain", "leave uncertain out"
        return
    if isinstance(uncertain, tuple):
        yield from _rising(uncertain, like, "uncertain")
    else:
        yield from uncertain.faults(like)


def _of_probabilities(like: Value, what: str) -> Iterator[Fault]:
    if not isinstance(like, Probability):
        yield (
            f"{what} is of a probability",
            "a time, a rate or a number takes uniform, triangular, lognormal or between",
        )


def _weights(weights: tuple[PlainNumber, PlainNumber], what: str) -> Iterator[Fault]:
    for weight in weights:
        if not LEAST_WEIGHT <= weight.written <= MOST_WEIGHT:
            yield f"{what} has {weight}", f"{LEAST_WEIGHT} to {MOST_WEIGHT:f} is right"


def _rising(ends: tuple[Value, Value], like: Value, what: str) -> Iterator[Fault]:
    others = list(_like(ends, like, what))
    yield from others
    if not others and number(ends[0]) >= number(ends[1]):
        yield f"{what} does not rise from {ends[0]} to {ends[1]}", "[low, high] is right"


def _like(values: tuple[Value, ...], like: Value, what: str) -> Iterator[Fault]:
    quantity: Quantity[Any] = quantity_of(like)
    for value in values:
        if quantity_of(value) is not quantity:
            yield f"{what} has {value}, and the number is a {quantity.short}", "the same is right"
        elif fault := quantity_of(value).fault(value, 1):
            right = "0 to 1 is right" if quantity is PROBABILITY else quantity.right(1)
            yield f"{what} has {value}, which {fault}", right
