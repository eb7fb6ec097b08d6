"""Sums and fractions of expressions, with what cancels left out."""

from __future__ import annotations

import math
from collections.abc import Iterator

import sympy
from flint import fmpq

from vreltui.symbolic.polynomials import Polynomial, Ring, TooLargeError
from vreltui.symbolic.reading_cost import cost
from vreltui.symbolic.signs import powers_of_one_count, proven_sign, sign_of
from vreltui.symbolic.symbols import Expr
from vreltui.symbolic.tidy import factored, signed, tidy


def cancelled(own: Expr, rival: Expr) -> tuple[Expr, Expr]:
    """Both sides without their common positive factors, in the shorter of two ways."""
    one, other = _cancel_factors(own, rival)
    candidates = [(one, other)]
    try:
        ring = Ring([one, other])
        p, q = ring.polynomial(one), ring.polynomial(other)
        bases = powers_of_one_count(p - q, ring)
        if bases is not None:
            return _one_copy_each(*bases)
        divisor = p.gcd(q)
        sign = sign_of(divisor, ring)
        if sign is not None and sign.strict and sign.value:
            p, q = (side // divisor * sign.value for side in (p, q))
            p, q = without_content(p, q)
            candidates.append((factored(p, ring), factored(q, ring)))
            if len(p) <= 3 and len(q) <= 3:
                candidates.append((ring.expression(p), ring.expression(q)))
    except TooLargeError:
        pass
    return min(candidates, key=lambda sides: cost(sides[0]) + cost(sides[1]))


def _one_copy_each(own: Expr, rival: Expr) -> tuple[Expr, Expr]:
    """Of a^n > b^n, a > b; and of that the shorter of a > b and 1 - b > 1 - a."""
    sides = [(own, rival), (tidy(1 - rival), tidy(1 - own))]
    return min(sides, key=lambda both: cost(both[0]) + cost(both[1]))


def without_content(p: Polynomial, q: Polynomial) -> tuple[Polynomial, Polynomial]:
    """Both divided by the number that divides all their coefficients."""
    coefficients = [*p.coeffs(), *q.coeffs()]
    if not coefficients or any(c.q != 1 for c in coefficients):
        return p, q
    common = fmpq(math.gcd(*(int(c.p) for c in coefficients)))
    return p / common, q / common


def _cancel_factors(own: Expr, rival: Expr) -> tuple[Expr, Expr]:
    """Cancel the factors that both sides show, where they are proven positive."""
    ours, theirs = own.as_powers_dict(), rival.as_powers_dict()
    common: Expr = sympy.Integer(1)
    for base, power in ours.items():
        shared = None if base.is_Number else _shared_power(power, theirs.get(base))
        sign = None if shared is None else proven_sign(base)
        if sign is not None and sign.value > 0 and sign.strict:
            common *= base**shared
    return own / common, rival / common


def _shared_power(one: Expr, other: Expr | None) -> Expr | None:
    if other is None or one == other:
        return other
    return min(one, other) if one.is_Integer and other.is_Integer else None


def without_signed_factors(polynomial: Polynomial, ring: Ring) -> Polynomial:
    """The polynomial divided by its factors that are proven positive (or, negated, negative)."""
    constant, factors = polynomial.factor()
    rest = ring.context.constant(1) * (1 if constant > 0 else -1)
    for factor, multiplicity in factors:
        sign = sign_of(factor, ring)
        if sign is None or not sign.strict:
            rest = rest * factor**multiplicity
        elif multiplicity % 2:
            rest = rest * sign.value
    return rest


def difference(one: Expr, other: Expr) -> Expr:
    """one - other, with what both show as a factor taken out."""
    if one == 0 or other == 0:
        return one - other
    ours, theirs = set(sympy.Mul.make_args(one)), set(sympy.Mul.make_args(other))
    common = sympy.Mul(*(ours & theirs))
    return common * (one / common - other / common)


def quotient(above: Expr, below: Expr) -> Expr:
    """above / below, cancelled, in the shortest of a few ways to write it."""
    # A fraction is easier to read than a sum of fractions that is hardly shorter.
    return min(_quotients(above, below), key=lambda one: cost(one) + (0.6 if one.is_Add else 0))


def _quotients(above: Expr, below: Expr) -> Iterator[Expr]:
    yield above / below
    yield (-above) / (-below)
    if above.is_Add and not below.is_Add:
        yield from _by_terms(above, below)
    try:
        ring = Ring([above, below])
        p, q = ring.polynomial(above), ring.polynomial(below)
    except TooLargeError:
        return
    divisor = p.gcd(q)
    p, q = p // divisor, q // divisor
    _, sign = signed(q)
    p, q = p * sign, q * sign
    tops = [factored(p, ring), tidy(ring.expression(p))]
    bottoms = [factored(q, ring), tidy(ring.expression(q))]
    if divisor.is_constant():
        tops.append(above * sign / int_or_fraction(divisor))
    for bottom in bottoms:
        yield from (top / bottom for top in tops)
    if len(p) > 1 and not bottoms[0].is_Add:
        yield from _by_terms(ring.expression(p), bottoms[0])


def int_or_fraction(constant: Polynomial) -> Expr:
    """A constant polynomial as a number."""
    value = constant.leading_coefficient()
    return sympy.Rational(int(value.p), int(value.q))


def _by_terms(above: Expr, below: Expr) -> Iterator[Expr]:
    """Each term over the divisor: 1 - R / (R_H R_V). Worth it only with two terms."""
    if len(above.args) == 2:
        yield sympy.Add(*(term / below for term in above.args))
