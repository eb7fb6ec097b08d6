"""Numbers that follow one value over a part of its range: polynomials, with what they lack.

Over an interval a plain ball forgets that two numbers move together, and products of hundreds of
them come out far too wide. A Taylor model keeps the first powers of the value, so that a part may
be wide and the bound close (K. Makino and M. Berz, "Taylor models and other validated functional
inclusion methods", 2003).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import arb, arb_poly

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.ball_arithmetic import BallArithmetic, log_of_pair
from vreltui.engine.balls import ONE, ZERO
from vreltui.engine.limits import Undecided

DEGREE = 10
"""The highest power that is kept."""

_TERMS = 24
"""Terms of an exponential series; what it lacks is bounded."""

_SOON = 4
"""Halvings after which half of a part has to be told, for it to be halved further."""

_WHOLE = arb(0, 1)

Number = Any
"""A model, or a ball where nothing moves."""


class Model:
    """A number as a function of h from -1 to 1: a polynomial in h whose coefficients are balls.

    What the polynomial lacks is part of the ball that is its constant.
    """

    __slots__ = ("poly",)

    def __init__(self, poly: arb_poly) -> None:
        self.poly = poly

    @staticmethod
    def cut(poly: arb_poly) -> Model:
        """A model without the powers that are too high, which its constant takes up."""
        if poly.degree() <= DEGREE:
            return Model(poly)
        above = poly.right_shift(DEGREE + 1)(_WHOLE).abs_upper()
        return Model(poly.truncate(DEGREE + 1) + arb(0, above))

    @property
    def bound(self) -> arb:
        """A ball that holds the number for every h."""
        return self.poly(_WHOLE)

    def over(self, h: arb) -> arb:
        """A ball that holds the number for every h in a ball."""
        return self.poly(h)

    def __add__(self, other: Number | int) -> Model:
        return Model(self.poly + (other.poly if isinstance(other, Model) else other))

    __radd__ = __add__

    def __neg__(self) -> Model:
        return Model(-self.poly)

    def __sub__(self, other: Number | int) -> Model:
        return Model(self.poly - (other.poly if isinstance(other, Model) else other))

    def __rsub__(self, other: arb | int) -> Model:
        return Model(other - self.poly)

    def __mul__(self, other: Number | int) -> Model:
        if isinstance(other, Model):
            return Model.cut(self.poly * other.poly)
        return Model(self.poly * other)

    __rmul__ = __mul__

    def __pow__(self, exponent: int) -> Model:
        found = Model(arb_poly([1]))
        for bit in bin(exponent)[2:]:
            found = found * found
            if bit == "1":
                found = found * self
        return found

    def inverse(self) -> Model:
        """1 over it. Raises :class:`Undecided` where it may come to 0.

        From g, nearly the inverse: with e = 1 - g x it is g + g e / (1 - e).
        """
        if self.bound.contains(0):
            raise Undecided("a divisor may be 0")
        near = Model(arb_poly(_nearly_inverse([each.mid() for each in self.poly.coeffs()])))
        error = (1 - near.poly * self.poly)(_WHOLE).abs_upper()
        if not error < 1:
            raise Undecided("a quotient varies too much")
        return Model(near.poly + near.bound * arb(0, (error / (1 - error)).abs_upper()))

    def exp_and_rest(self) -> tuple[Model, Model]:
        """e to it, and 1 less that."""
        constant = self.poly[0]
        moving = Model(self.poly - constant)
        series: Model = Model(arb_poly([ZERO]))
        term: Model = Model(arb_poly([1]))
        for power in range(1, _TERMS):
            term = term * moving * (ONE / power)
            series = series + term
        most = moving.bound.abs_upper()
        lacking = (most.log() * _TERMS - arb(_TERMS + 1).lgamma() + most).exp().abs_upper()
        series = series + arb(0, lacking) if most > 0 else series
        power = constant.exp()
        return series * power + power, -(series * power) - constant.expm1()


def _nearly_inverse(coefficients: Sequence[arb]) -> list[arb]:
    """The first coefficients of the inverse of a power series, rounded."""
    first = (1 / coefficients[0]).mid()
    found = [first]
    for power in range(1, DEGREE + 1):
        total = ZERO
        for i in range(1, min(power, len(coefficients) - 1) + 1):
            total = total + coefficients[i] * found[power - i]
        found.append((-first * total).mid())
    return found


class ModelArithmetic(Arithmetic[Number]):
    """Pairs of such numbers, and of balls where nothing moves."""

    def __init__(self) -> None:
        super().__init__(ZERO, ONE)

    def share(self, a: Number, b: Number) -> tuple[Number, Number]:
        """By the inverse of the sum."""
        total = a + b
        if not isinstance(total, Model):
            return BallArithmetic().share(a, b)
        inverse = total.inverse()
        return inverse * a, inverse * b

    def power(self, pair: tuple[Number, Number], share: Number) -> tuple[Number, Number]:
        """R**f as e**(f ln R). Raises :class:`Undecided` where R moves as well."""
        works, fails = pair
        if isinstance(works, Model) or isinstance(fails, Model):
            raise Undecided("a survival that moves has no power here")
        if not isinstance(share, Model):
            given: tuple[Number, Number] = BallArithmetic().power((works, fails), share)
            return given
        if not (works > 0 and fails > 0):
            raise Undecided("what surely fails has no power here")
        exponent: Model = share * log_of_pair((works, fails))
        return exponent.exp_and_rest()


def moving_pair(low: arb, high: arb) -> tuple[Model, Model]:
    """The pair of a value that runs from ``low`` to ``high``, both of them exact."""
    middle, half = (low + high) / 2, (high - low) / 2
    return Model(arb_poly([middle, half])), Model(arb_poly([1 - middle, -half]))


def parts_of(model: Number, halvings: int) -> Sequence[tuple[float, float, int]]:
    """Parts from -1 to 1 in order with the sign of a model, 0 where it is not told.

    What is not told is halved, so often at most, as long as most of it is told soon.
    """
    found = [(-1.0, 1.0, _sign(model, -1.0, 1.0))]
    for number in range(halvings):
        lacking = sum(high - low for low, high, sign in found if not sign)
        if not lacking or (number >= _SOON and lacking > 1):
            break
        finer: list[tuple[float, float, int]] = []
        for low, high, sign in found:
            middle = (low + high) / 2
            parts = [(low, middle), (middle, high)] if not sign else [(low, high)]
            finer.extend((start, end, sign or _sign(model, start, end)) for start, end in parts)
        found = finer
    merged: list[tuple[float, float, int]] = []
    for low, high, sign in found:
        if merged and merged[-1][2] == sign:
            merged[-1] = merged[-1][0], high, sign
        else:
            merged.append((low, high, sign))
    return merged


def _sign(model: Number, low: float, high: float) -> int:
    value = model
    if isinstance(model, Model):
        value = model.over(arb((low + high) / 2, (high - low) / 2))
    return 1 if value > 0 else -1 if value < 0 else 0
