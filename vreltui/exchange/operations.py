"""What each operation of an expression does to numbers, exactly where that is possible."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from flint import arb

from vreltui.exchange.numbers import Number, NumberError, ball_of

MANY = 10_000
"""The most arguments of one operation."""

MOST_EXPONENT = 10**6
"""The greatest exponent of a power, or argument of exp."""

MOST_SIZE = 50_000
"""The most bits of fractions that are still combined exactly."""

Apply = Callable[[Sequence[Number], int], Number]


@dataclass(frozen=True, slots=True)
class Operation:
    """How many arguments it takes, at least and at most, and what it makes of them."""

    arguments: tuple[int, int]
    apply: Apply


def _both_exact(one: Number, other: Number) -> bool:
    return isinstance(one, Fraction) and isinstance(other, Fraction)


def _pairwise(
    exact: Callable[[Fraction, Fraction], Fraction], balls: Callable[[arb, arb], arb]
) -> Apply:
    def apply(found: Sequence[Number], bits: int) -> Number:
        def step(one: Number, other: Number) -> Number:
            if (
                isinstance(one, Fraction)
                and isinstance(other, Fraction)
                and max(map(_size, (one, other))) < MOST_SIZE
            ):
                return exact(one, other)
            return balls(ball_of(one, bits), ball_of(other, bits))

        return reduce(step, found)

    return apply


def _size(number: Fraction) -> int:
    return number.numerator.bit_length() + number.denominator.bit_length()


def _divided(one: arb, other: arb) -> arb:
    if other.contains(0):
        raise NumberError("division by 0")
    return one / other


def _on_balls(function: Callable[[arb], arb]) -> Apply:
    def apply(found: Sequence[Number], bits: int) -> Number:
        result = function(ball_of(found[0], bits))
        if not result.is_finite():
            raise NumberError("has no value there")
        return result

    return apply


def _exp(found: Sequence[Number], bits: int) -> Number:
    (argument,) = found
    if argument == 0:
        return Fraction(1)
    ball = ball_of(argument, bits)
    if not abs(ball) < MOST_EXPONENT:
        raise NumberError(f"an exponent beyond {MOST_EXPONENT} is out of bounds")
    return ball.exp()


def _pow(found: Sequence[Number], bits: int) -> Number:
    base, exponent = found
    if not abs(ball_of(exponent, bits)) < MOST_EXPONENT:
        raise NumberError(f"an exponent beyond {MOST_EXPONENT} is out of bounds")
    if isinstance(exponent, Fraction) and exponent.denominator == 1:
        whole = int(exponent)
        if base == 0 and whole < 0:
            raise NumberError("division by 0")
        if isinstance(base, Fraction) and _size(base) * abs(whole) < 20_000:
            return Fraction(base**whole)
        return ball_of(base, bits) ** whole
    ball = ball_of(base, bits)
    if not ball > 0:
        raise NumberError("a power of what is not above 0")
    return (ball_of(exponent, bits) * ball.log()).exp()


def _extreme(keep: Callable[[Number, Number], bool]) -> Apply:
    def apply(found: Sequence[Number], bits: int) -> Number:
        del bits
        best = found[0]
        for each in found[1:]:
            best = each if keep(each, best) else best
        return best

    return apply


def _less(one: Number, other: Number) -> bool:
    """Whether a number is less than another, where that is certain."""
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return one < other
    left, right = ball_of(one, 256), ball_of(other, 256)
    if left < right:
        return True
    if left >= right:
        return False
    raise NumberError("two numbers are too close to tell which is less")


def _exactly(function: Callable[[Sequence[Number]], Number]) -> Apply:
    """What needs no precision."""

    def apply(found: Sequence[Number], bits: int) -> Number:
        del bits
        return function(found)

    return apply


def _test(test: Callable[[Number, Number], bool]) -> Operation:
    return Operation((2, 2), _exactly(lambda found: Fraction(int(test(found[0], found[1])))))


def _whole(function: Callable[[Fraction], int]) -> Apply:
    def apply(found: Sequence[Number], bits: int) -> Number:
        del bits
        (number,) = found
        if isinstance(number, Fraction):
            return Fraction(function(number))
        raise NumberError("is asked of a number that is not rational")

    return apply


def _mean(found: Sequence[Number], bits: int) -> Number:
    total = OPERATIONS["add"].apply(found, bits)
    return OPERATIONS["div"].apply((total, Fraction(len(found))), bits)


def _all(found: Sequence[Number], bits: int) -> Number:
    del bits
    return Fraction(int(all(_is_true(each) for each in found)))


def _any(found: Sequence[Number], bits: int) -> Number:
    del bits
    return Fraction(int(any(_is_true(each) for each in found)))


def _is_true(number: Number) -> bool:
    if isinstance(number, Fraction):
        return number != 0
    raise NumberError("is asked of a number that is not rational")


def _modulo(found: Sequence[Number], bits: int) -> Number:
    del bits
    one, other = found
    if _both_exact(one, other):
        assert isinstance(one, Fraction)
        assert isinstance(other, Fraction)
        return one % other
    raise NumberError("is asked of a number that is not rational")


def _pi(found: Sequence[Number], bits: int) -> Number:
    del found, bits
    return arb.pi()


OPERATIONS: dict[str, Operation] = {
    "neg": Operation((1, 1), _exactly(lambda found: -found[0])),
    "add": Operation((1, MANY), _pairwise(lambda a, b: a + b, lambda a, b: a + b)),
    "sub": Operation((1, MANY), _pairwise(lambda a, b: a - b, lambda a, b: a - b)),
    "mul": Operation((1, MANY), _pairwise(lambda a, b: a * b, lambda a, b: a * b)),
    "div": Operation((1, MANY), _pairwise(lambda a, b: a / b, _divided)),
    "min": Operation((1, MANY), _extreme(_less)),
    "max": Operation((1, MANY), _extreme(lambda a, b: _less(b, a))),
    "mean": Operation((1, MANY), _mean),
    "abs": Operation((1, 1), _exactly(lambda found: abs(found[0]))),
    "ceil": Operation((1, 1), _whole(math.ceil)),
    "floor": Operation((1, 1), _whole(math.floor)),
    "mod": Operation((2, 2), _modulo),
    "exp": Operation((1, 1), _exp),
    "log": Operation((1, 1), _on_balls(lambda x: x.log())),
    "log10": Operation((1, 1), _on_balls(lambda x: x.log() / arb(10).log())),
    "sqrt": Operation((1, 1), _on_balls(lambda x: x.sqrt())),
    "sin": Operation((1, 1), _on_balls(lambda x: x.sin())),
    "cos": Operation((1, 1), _on_balls(lambda x: x.cos())),
    "tan": Operation((1, 1), _on_balls(lambda x: x.tan())),
    "asin": Operation((1, 1), _on_balls(lambda x: x.asin())),
    "acos": Operation((1, 1), _on_balls(lambda x: x.acos())),
    "atan": Operation((1, 1), _on_balls(lambda x: x.atan())),
    "sinh": Operation((1, 1), _on_balls(lambda x: x.sinh())),
    "cosh": Operation((1, 1), _on_balls(lambda x: x.cosh())),
    "tanh": Operation((1, 1), _on_balls(lambda x: x.tanh())),
    "pow": Operation((2, 2), _pow),
    "pi": Operation((0, 0), _pi),
    "not": Operation((1, 1), _exactly(lambda found: Fraction(int(not _is_true(found[0]))))),
    "and": Operation((1, MANY), _all),
    "or": Operation((1, MANY), _any),
    "lt": _test(_less),
    "gt": _test(lambda a, b: _less(b, a)),
    "leq": _test(lambda a, b: not _less(b, a)),
    "geq": _test(lambda a, b: not _less(a, b)),
    "eq": _test(lambda a, b: not _less(a, b) and not _less(b, a)),
    "df": _test(lambda a, b: _less(a, b) or _less(b, a)),
}
"""Every operation of the Model Exchange Format by its name, but laws of life and deviates."""
