"""Proofs of sign: an expression that is positive wherever its symbols are probabilities and counts.

A factor of a polynomial is written in odds, x = t / (1 + t) with t > 0. When no coefficient of the
numerator is negative, the factor is positive on the whole open cube; no point is ever sampled.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy

from vreltui.symbolic.polynomials import Polynomial, Ring, TooLargeError, Variable, coefficient
from vreltui.symbolic.symbols import Expr

MOST_COEFFICIENTS = 20_000


@dataclass(frozen=True, slots=True)
class Sign:
    """``value`` is 1, -1 or 0 everywhere, but for ``zero_at_one``.

    Where one of the counts ``zero_at_one`` is 1, the expression is zero.
    """

    value: int
    zero_at_one: frozenset[Expr] = frozenset()

    @property
    def strict(self) -> bool:
        """Whether the sign holds without exception."""
        return not self.zero_at_one

    def __mul__(self, other: Sign) -> Sign:
        return Sign(self.value * other.value, self.zero_at_one | other.zero_at_one)


def proven_sign(expression: Expr) -> Sign | None:
    """The sign of an expression for all probabilities in (0, 1) and counts from 1, or None."""
    for lowered in (False, True):
        try:
            ring = Ring([expression], lowered=lowered)
            sign = sign_of(ring.polynomial(expression), ring)
        except TooLargeError:
            return None
        if sign is not None or not any(variable.count for variable in ring.variables):
            return sign
    return None


def is_positive(expression: Expr, *, strictly: bool = True) -> bool:
    """Whether an expression is proven positive; zero for a count of 1 where not ``strictly``."""
    sign = proven_sign(expression)
    return sign is not None and sign.value > 0 and (sign.strict or not strictly)


def sign_of(polynomial: Polynomial, ring: Ring) -> Sign | None:
    """As :func:`proven_sign`, of a polynomial of a ring."""
    if polynomial == 0:
        return Sign(0)
    constant, factors = polynomial.factor()
    sign = Sign(1 if constant > 0 else -1)
    for factor, multiplicity in factors:
        own = _factor_sign(factor, ring)
        if own is None:
            return None
        sign = sign * own if multiplicity % 2 else sign * own * own
    return sign


def _factor_sign(factor: Polynomial, ring: Ring) -> Sign | None:
    strict = _sign_in_odds(factor, ring)
    if strict is None:
        return _difference_of_powers(factor, ring)
    vanishing: frozenset[Expr] = frozenset()
    for i in ring.used(factor):
        if ring.variables[i].domain != "half-closed":
            continue
        at_one = factor.subs({f"g{i}": 1})
        if at_one == 0:
            vanishing |= {ring.variables[i].count}
            continue
        # On the edge the sign may at most vanish, by continuity; it must be proven not to.
        edge = sign_of(at_one, ring)
        if edge is None or edge.value != strict:
            return None
        vanishing |= edge.zero_at_one
    return Sign(strict, vanishing)


def _sign_in_odds(factor: Polynomial, ring: Ring) -> int | None:
    """The sign that all coefficients share once every variable is written from 0 to infinity."""
    if any(ring.variables[i].domain == "unknown" for i in ring.used(factor)):
        return None
    size = 1
    degrees = factor.degrees()
    for i in ring.used(factor):
        size *= degrees[i] + 1
    if size > MOST_COEFFICIENTS:
        return None
    for i in ring.used(factor):
        factor = _unfolded(factor, i, int(degrees[i]), ring.variables[i], ring)
    signs = {1 if coefficient > 0 else -1 for coefficient in factor.coeffs()}
    return signs.pop() if len(signs) == 1 else None


def _unfolded(
    factor: Polynomial, i: int, degree: int, variable: Variable, ring: Ring
) -> Polynomial:
    """The numerator with a variable replaced so that it runs over all positive numbers."""
    own = ring.context.gen(i)
    if variable.domain == "positive":
        return factor
    replaced = ring.context.constant(0)
    for exponent in range(degree + 1):
        part = coefficient(factor, i, exponent, ring)
        if part == 0:
            continue
        if variable.domain == "count":
            replaced += part * (1 + own) ** exponent
        else:
            replaced += part * own**exponent * (1 + own) ** (degree - exponent)
    return replaced


def _difference_of_powers(factor: Polynomial, ring: Ring) -> Sign | None:
    """a**n - b**n has the sign of a - b."""
    bases = powers_of_one_count(factor, ring)
    if bases is None:
        return None
    return proven_sign(bases[0] - bases[1])


def powers_of_one_count(polynomial: Polynomial, ring: Ring) -> tuple[Expr, Expr] | None:
    """(a, b) of a polynomial a**n - b**n, where both are probabilities."""
    terms = sorted(polynomial.to_dict().items(), key=lambda term: -term[1])
    if [coefficient for _, coefficient in terms] != [1, -1]:
        return None
    bases: list[Expr] = []
    counts: set[Expr] = set()
    for powers, _ in terms:
        base: Expr = sympy.Integer(1)
        for variable, power in zip(ring.variables, powers, strict=False):
            if power and (variable.count is None or variable.domain != "unit"):
                return None
            if power:
                base = base * variable.base**power
                counts.add(variable.count)
        bases.append(base)
    return (bases[0], bases[1]) if len(counts) == 1 else None
