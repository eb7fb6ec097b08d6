"""The reliability as an exact polynomial in the odds of one parameter.

With x = t / (1 + t), the pair (x, 1 - x) is (t, 1) over 1 + t, and every other value is a fraction.
A pair of the program becomes two polynomials with non-negative whole coefficients over a whole
number, the scale, times (1 + t)**degree; with decimals the scale is a power of ten. Up to binomial
factors the coefficients are those of the Bernstein form over (0, 1): the form in which roots are
well conditioned, and in which Descartes' rule of signs bounds their number.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import lcm

from flint import fmpq, fmpz_poly

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.program import Source
from vreltui.engine.stated_values import Known
from vreltui.engine.walk import walk

MOST_SIZE = 1_000_000
"""The most digits, degree times places, that a polynomial may have in all."""

_ONE_PLUS_T = fmpz_poly([1, 1])


@dataclass(frozen=True, slots=True)
class OddsPolynomial:
    """``numerator`` / (``scale`` (1 + t)**degree)."""

    numerator: fmpz_poly
    degree: int = 0
    scale: int = 1

    def raised(self, degree: int, scale: int) -> fmpz_poly:
        """The numerator over a larger denominator; ``scale`` is a multiple of the present one."""
        numerator = self.numerator
        if degree > self.degree:
            numerator = numerator * _ONE_PLUS_T ** (degree - self.degree)
        if scale != self.scale:
            numerator = numerator * (scale // self.scale)
        return numerator

    def __add__(self, other: OddsPolynomial) -> OddsPolynomial:
        if self.numerator == 0:
            return other
        if other.numerator == 0:
            return self
        degree = max(self.degree, other.degree)
        scale = common_scale(self.scale, other.scale)
        total = self.raised(degree, scale) + other.raised(degree, scale)
        return OddsPolynomial(total, degree, scale)

    def __mul__(self, other: OddsPolynomial | int) -> OddsPolynomial:
        if isinstance(other, int):
            return OddsPolynomial(self.numerator * other, self.degree, self.scale)
        if self.numerator == 0 or other.numerator == 0:
            return ZERO
        return OddsPolynomial(
            self.numerator * other.numerator,
            self.degree + other.degree,
            self.scale * other.scale,
        )


ZERO = OddsPolynomial(fmpz_poly([]))
ONE = OddsPolynomial(fmpz_poly([1]))


def common_scale(one: int, other: int) -> int:
    """The least whole number that both divide; mostly one of them is the other's multiple.

    >>> common_scale(100, 1000), common_scale(4, 6)
    (1000, 12)
    """
    if one == other:
        return one
    low, high = (one, other) if one < other else (other, one)
    return high if high % low == 0 else lcm(low, high)


def constant(value: Known) -> tuple[OddsPolynomial, OddsPolynomial]:
    """The pair of a given probability, as constants."""
    scale = value.denominator
    r = int(value.reliability * scale)
    return (
        OddsPolynomial(fmpz_poly([r]), 0, scale) if r else ZERO,
        OddsPolynomial(fmpz_poly([scale - r]), 0, scale) if r != scale else ZERO,
    )


def odds_polynomial(evaluation: Evaluation, source: Source, limits: Limits) -> OddsPolynomial:
    """The root's reliability as a polynomial in the odds of ``source``.

    Raises :class:`Undecided` where it would be too large to write down.
    """
    degree = evaluation.degree(source)
    if degree is None or evaluation.places is None:
        raise Undecided("it is no polynomial")
    size = (degree + 1) * (evaluation.places + degree)
    if size > MOST_SIZE or degree > 4000:
        raise Undecided(f"its polynomial would have degree {degree} and {size} digits")
    limits.check_time("writing down a polynomial")

    def given(wanted: Source) -> tuple[OddsPolynomial, OddsPolynomial]:
        if wanted == source:
            return OddsPolynomial(fmpz_poly([0, 1]), 1), OddsPolynomial(fmpz_poly([1]), 1)
        return constant(evaluation.probability(wanted))

    r, _ = walk(evaluation.program, Arithmetic(ZERO, ONE), given, evaluation.count)
    return r[evaluation.program.root]


def subtract(one: OddsPolynomial, other: OddsPolynomial) -> fmpz_poly:
    """The numerator of the difference, over a common positive denominator."""
    degree = max(one.degree, other.degree)
    scale = common_scale(one.scale, other.scale)
    return one.raised(degree, scale) - other.raised(degree, scale)


def variations(polynomial: fmpz_poly) -> int:
    """The number of sign changes among the coefficients: Descartes' bound on positive roots.

    >>> variations(fmpz_poly([2, -3, 0, 1]))
    2
    """
    signs = [1 if c > 0 else -1 for c in polynomial.coeffs() if c != 0]
    return sum(a != b for a, b in pairwise(signs))


@dataclass(frozen=True, slots=True)
class Isolated:
    """An interval of x with rational ends around one root; a known root where the ends agree."""

    low: fmpq
    high: fmpq


def isolate(polynomial: fmpz_poly, limits: Limits) -> list[Isolated]:
    """The distinct positive roots, as disjoint intervals of x = t / (1 + t), from left to right.

    Bisection with Descartes' rule of signs (G. Collins and A. Akritas, 1976), in exact integers, on
    the square-free part, so that it ends whatever the multiplicities.
    """
    simple = square_free(polynomial)
    found: list[Isolated] = []
    # Each entry: the polynomial in s, where x = (low + high s) / (1 + s), s from 0 to infinity.
    stack = [(simple, fmpq(0), fmpq(1))]
    while stack:
        limits.check_time("isolating the roots of a polynomial")
        part, low, high = stack.pop()
        count = variations(part)
        if count == 0:
            continue
        if count == 1:
            found.append(Isolated(low, high))
            continue
        middle = (low + high) / 2
        doubled = fmpz_poly([1, 2])
        # s = 1 is the middle; s > 1 is the upper half: s = 2u + 1; below, 1/s = 2/u + 1.
        upper = part(doubled)
        # A root at the middle makes the leading coefficient of the lower half vanish by itself.
        lower = _reversed(_reversed(part)(doubled))
        stack.append((_shed_zero(upper), middle, high))
        if part(1) == 0:
            found.append(Isolated(middle, middle))
        stack.append((lower, low, middle))
    return sorted(found, key=lambda root: (root.low, root.high))


def square_free(polynomial: fmpz_poly) -> fmpz_poly:
    """The polynomial with the same positive roots, each once, without roots at zero."""
    coefficients = polynomial.coeffs()
    first = next(i for i, c in enumerate(coefficients) if c != 0)
    shifted = fmpz_poly(coefficients[first:])
    return shifted // shifted.gcd(shifted.derivative()) if shifted.degree() > 0 else shifted


def _reversed(polynomial: fmpz_poly) -> fmpz_poly:
    return fmpz_poly(list(reversed(polynomial.coeffs())))


def _shed_zero(polynomial: fmpz_poly) -> fmpz_poly:
    """Without a root at zero, which is the end of an interval and counted there."""
    coefficients = polynomial.coeffs()
    return fmpz_poly(coefficients[1:]) if coefficients and coefficients[0] == 0 else polynomial
