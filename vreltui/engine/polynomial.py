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


Under = tuple[tuple[tuple[int, ...], int], ...]
"""Factors of a denominator, as their coefficients, each with its power."""


@dataclass(frozen=True, slots=True)
class OddsPolynomial:
    """``numerator`` / (``scale`` (1 + t)**degree), and over powers of what is in ``under``.

    Those are positive for every t > 0, as sums of weights are; without common causes there is none.
    """

    numerator: fmpz_poly
    degree: int = 0
    scale: int = 1
    under: Under = ()

    def raised(self, degree: int, scale: int, under: Under = ()) -> fmpz_poly:
        """The numerator over a larger denominator; ``scale`` is a multiple of the present one."""
        numerator = self.numerator
        if degree > self.degree:
            numerator = numerator * _ONE_PLUS_T ** (degree - self.degree)
        if scale != self.scale:
            numerator = numerator * (scale // self.scale)
        if under != self.under:
            have = dict(self.under)
            for base, power in under:
                if (more := power - have.get(base, 0)) > 0:
                    numerator = numerator * fmpz_poly(list(base)) ** more
        return numerator

    def __add__(self, other: OddsPolynomial) -> OddsPolynomial:
        if self.numerator == 0:
            return other
        if other.numerator == 0:
            return self
        degree = max(self.degree, other.degree)
        scale = common_scale(self.scale, other.scale)
        under = _greatest(self.under, other.under)
        total = self.raised(degree, scale, under) + other.raised(degree, scale, under)
        return OddsPolynomial(total, degree, scale, under)

    def __sub__(self, other: OddsPolynomial) -> OddsPolynomial:
        return self + OddsPolynomial(-other.numerator, other.degree, other.scale, other.under)

    def __mul__(self, other: OddsPolynomial | int) -> OddsPolynomial:
        if isinstance(other, int):
            return OddsPolynomial(self.numerator * other, self.degree, self.scale, self.under)
        if self.numerator == 0 or other.numerator == 0:
            return ZERO
        return OddsPolynomial(
            self.numerator * other.numerator,
            self.degree + other.degree,
            self.scale * other.scale,
            _sum(self.under, other.under),
        )


ZERO = OddsPolynomial(fmpz_poly([]))
ONE = OddsPolynomial(fmpz_poly([1]))


def _greatest(one: Under, other: Under) -> Under:
    """The higher power of each factor."""
    if one == other:
        return one
    powers = dict(one)
    for base, power in other:
        powers[base] = max(power, powers.get(base, 0))
    return tuple(sorted(powers.items()))


def _sum(one: Under, other: Under) -> Under:
    """The powers of a product."""
    if not one or not other:
        return one or other
    powers = dict(one)
    for base, power in other:
        powers[base] = power + powers.get(base, 0)
    return tuple(sorted(powers.items()))


class OddsArithmetic(Arithmetic[OddsPolynomial]):
    """Pairs of such quotients."""

    def __init__(self) -> None:
        super().__init__(ZERO, ONE)

    def share(self, a: OddsPolynomial, b: OddsPolynomial) -> tuple[OddsPolynomial, OddsPolynomial]:
        """Over what both are over, the numerators alone count; what they have in common goes."""
        degree, scale = max(a.degree, b.degree), common_scale(a.scale, b.scale)
        under = _greatest(a.under, b.under)
        parts = [each.raised(degree, scale, under) for each in (a, b)]
        total = parts[0] + parts[1]
        if total == 0:
            return ONE, ZERO
        common = total.gcd(parts[0])
        total = total // common
        power = 0
        while total.degree() > 0 and total(-1) == 0:
            total, power = total // _ONE_PLUS_T, power + 1
        content = int(total.content())
        base: Under = ()
        if total.degree() > 0:
            base = ((tuple(int(c) for c in (total // content).coeffs()), 1),)
        first, second = (
            OddsPolynomial(part // common, power, content, base) if part != 0 else ZERO
            for part in parts
        )
        return first, second


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

    r, _ = walk(evaluation.program, OddsArithmetic(), given, evaluation.count)
    return r[evaluation.program.root]


def subtract(one: OddsPolynomial, other: OddsPolynomial) -> fmpz_poly:
    """The numerator of the difference, over a common positive denominator."""
    degree = max(one.degree, other.degree)
    scale = common_scale(one.scale, other.scale)
    under = _greatest(one.under, other.under)
    return one.raised(degree, scale, under) - other.raised(degree, scale, under)


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
