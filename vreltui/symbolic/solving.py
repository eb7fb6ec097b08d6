"""An inequality own > rival, with common factors cancelled, and solved for one symbol."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import sympy
from flint import fmpq

from vreltui.symbolic.polynomials import Polynomial, Ring, TooLargeError
from vreltui.symbolic.relations import Between, Operator, Relation, Statement
from vreltui.symbolic.signs import Sign, proven_sign, sign_of
from vreltui.symbolic.symbols import Expr
from vreltui.symbolic.tidy import cost, factored, signed, tidy

_Z = sympy.Symbol("z", positive=True)
"""Stands for a power while it is solved for."""


class NoClosedFormError(Exception):
    """The inequality can't be solved in closed form; the text says why."""

    def __init__(self, reason: str, degree: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.degree = degree


@dataclass(frozen=True, slots=True)
class Bound:
    """A solution, and what has to hold for it to leave any value, or every value.

    ``solved`` are alternatives of which one must hold. There is a value in the range of the unknown
    only where ``possible`` is positive, and every value will do where ``certain`` is not negative;
    each is an expression, or None where nothing is to be said. ``side`` says, in words, why the
    inequality points as it does. ``cases`` holds the coefficient whose sign decides between the
    alternatives where none is proven.
    """

    solved: tuple[Statement, ...]
    possible: Expr | None
    certain: Expr | None
    cases: Expr | None = None


def cancelled(own: Expr, rival: Expr) -> tuple[Expr, Expr]:
    """Both sides without their common positive factors, in the shorter of two ways."""
    one, other = _cancel_factors(own, rival)
    candidates = [(one, other)]
    try:
        ring = Ring([one, other])
        p, q = ring.polynomial(one), ring.polynomial(other)
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
        other = theirs.get(base, 0)
        if base.is_Number or not (power.is_Integer and getattr(other, "is_Integer", False)):
            if base.is_Number or power != other:
                continue
        shared = min(power, other) if power != other else power
        sign = proven_sign(base)
        if shared != 0 and sign is not None and sign.value > 0 and sign.strict:
            common *= base**shared
    return own / common, rival / common


def degree_in(expression: Expr, unknown: Expr) -> float:
    """A bound on the degree in a symbol; infinite where it is raised to a symbol."""
    if not expression.has(unknown):
        return 0
    if expression == unknown:
        return 1
    if expression.is_Add:
        return max(degree_in(argument, unknown) for argument in expression.args)
    if expression.is_Mul:
        return sum(degree_in(argument, unknown) for argument in expression.args)
    if expression.is_Pow and expression.exp.is_Integer and expression.exp > 0:
        return degree_in(expression.base, unknown) * int(expression.exp)
    return float("inf")


def solve(own: Expr, rival: Expr, unknown: Expr) -> Bound:
    """own > rival solved for a symbol. Raises :class:`NoClosedFormError`."""
    return (
        _solve_count(own, rival, unknown)
        if unknown.is_integer
        else _solve_probability(own, rival, unknown)
    )


# Probabilities


def _solve_probability(own: Expr, rival: Expr, x: Expr) -> Bound:
    if max(degree_in(own, x), degree_in(rival, x)) <= 1:
        return _linear(own, rival, x)
    through = _through_power(own, rival, x)
    if through is not None:
        return through
    try:
        ring = Ring([own - rival])
        difference = without_signed_factors(ring.polynomial(own - rival), ring)
    except TooLargeError:
        raise NoClosedFormError("the polynomial in it is too large to write down") from None
    number = next((i for i, v in enumerate(ring.variables) if v.expression == x), None)
    raised = any(v.base is not None and v.base.has(x) for v in ring.variables)
    degree = 0 if number is None else int(difference.degrees()[number])
    if raised:
        raise NoClosedFormError("it stands in a power with a symbolic exponent")
    assert number is not None
    if degree == 1:
        return _linear(ring.expression(difference), sympy.Integer(0), x)
    if degree == 2:
        return _quadratic(difference, number, ring)
    raise NoClosedFormError("", degree)


def _through_power(own: Expr, rival: Expr, x: Expr) -> Bound | None:
    """M base^n > N where x stands in the one base alone, and that is a straight line in x."""
    powers = {
        power
        for side in (own, rival)
        for power in side.atoms(sympy.Pow)
        if power.base.has(x) and not power.exp.has(x)
    }
    if len(powers) != 1:
        return None
    (power,) = powers
    own_z, rival_z = own.xreplace({power: _Z}), rival.xreplace({power: _Z})
    if own_z.has(x) or rival_z.has(x) or max(degree_in(own_z, _Z), degree_in(rival_z, _Z)) > 1:
        return None
    line = _line(own_z, rival_z, _Z)
    sign = proven_sign(line.slope)
    if sign is None or not sign.strict or degree_in(power.base, x) > 1:
        return None
    inner = _line(power.base, line.root ** (1 / power.exp), x)
    rising = proven_sign(inner.slope)
    if rising is None or not rising.strict:
        return None
    at_zero, at_one = ((own - rival).xreplace({x: sympy.Integer(end)}) for end in (0, 1))
    if sign.value * rising.value > 0:
        return Bound((Relation(x, ">", inner.root),), at_one, at_zero)
    return Bound((Relation(x, "<", inner.root),), at_zero, at_one)


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


def _linear(own: Expr, rival: Expr, x: Expr) -> Bound:
    """M x > N. A reliability only rises with those of its parts, which settles the sign of M
    where one side alone has x.
    """
    line = _line(own, rival, x)
    if own.has(x) and rival.has(x):
        sign = proven_sign(line.slope)
    else:
        sign = Sign(1 if own.has(x) else -1)
    if sign is None or not sign.strict:
        alternatives = Relation(x, ">", line.root), Relation(x, "<", line.root)
        return Bound(alternatives, None, None, cases=tidy(line.slope))
    if sign.value > 0:
        return Bound((Relation(x, ">", line.root),), line.at_one, line.at_zero)
    return Bound((Relation(x, "<", line.root),), line.at_zero, line.at_one)


@dataclass(frozen=True, slots=True)
class _Line:
    """own - rival as a straight line: its slope, its root, and its values at 0 and 1."""

    slope: Expr
    root: Expr
    at_zero: Expr
    at_one: Expr


def _line(own: Expr, rival: Expr, x: Expr) -> _Line:
    zero, one = {x: sympy.Integer(0)}, {x: sympy.Integer(1)}
    own_low, own_high = own.xreplace(zero), own.xreplace(one)
    rival_low, rival_high = rival.xreplace(zero), rival.xreplace(one)
    slope = _difference(own_high - own_low, rival_high - rival_low)
    needed = _difference(rival_low, own_low)
    at_zero, at_one = own_low - rival_low, own_high - rival_high
    root, missing = quotient(needed, slope), 1 - quotient(at_one, slope)
    return _Line(slope, missing if cost(missing) < cost(root) else root, at_zero, at_one)


def _difference(one: Expr, other: Expr) -> Expr:
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


def _quadratic(difference: Polynomial, number: int, ring: Ring) -> Bound:
    """a x^2 + b x + c > 0, where the sign of a is proven."""
    x = ring.variables[number].expression
    c, b, a = (ring.context.from_dict(_powers(difference, number, k)) for k in range(3))
    sign = sign_of(a, ring)
    if sign is None or not sign.strict:
        raise NoClosedFormError("the sign of its leading coefficient varies", 2)
    if sign.value > 0:
        a, b, c = -a, -b, -c
    # Now -a x^2 - b x - c with a < 0: positive between the roots where own wins inside.
    discriminant = b * b - 4 * a * c
    leading, middle = factored(-a, ring), factored(b, ring)
    root = sympy.sqrt(factored(discriminant, ring))
    low, high = ((middle - root) / (2 * leading), (middle + root) / (2 * leading))
    if cost(low) > 25:
        raise NoClosedFormError("the roots are too long to read", 2)
    if sign.value < 0:
        return Bound((Between(low, x, high),), factored(discriminant, ring), None)
    return Bound(
        (Relation(x, "<", low), Relation(x, ">", high)), None, -factored(discriminant, ring)
    )


def _powers(polynomial: Polynomial, number: int, power: int) -> dict[tuple[int, ...], object]:
    return {
        (*powers[:number], 0, *powers[number + 1 :]): coefficient
        for powers, coefficient in polynomial.to_dict().items()
        if powers[number] == power
    }


# Counts


def _solve_count(own: Expr, rival: Expr, n: Expr) -> Bound:
    """M base^n > N by logarithms, where n stands in that one exponent."""
    powers = {
        power
        for side in (own, rival)
        for power in side.atoms(sympy.Pow)
        if power.exp.has(n) and not power.base.has(n)
    }
    if len(powers) != 1:
        several = "several powers" if powers else "a binomial sum"
        raise NoClosedFormError(f"it stands in {several}")
    (power,) = powers
    own_z, rival_z = own.xreplace({power: _Z}), rival.xreplace({power: _Z})
    both_z = sympy.Tuple(own_z, rival_z)
    if power.exp != n or both_z.has(n) or max(degree_in(own_z, _Z), degree_in(rival_z, _Z)) > 1:
        raise NoClosedFormError("it stands in a power and elsewhere")
    line = _line(own_z, rival_z, _Z)
    sign = proven_sign(line.slope)
    if sign is None or not sign.strict:
        raise NoClosedFormError("whether more copies help depends on the other values")
    # base < 1, so that its logarithm is negative and the inequality turns round.
    operator: Operator = ">" if sign.value < 0 else "<"
    solution = Relation(n, operator, sympy.log(line.root) / sympy.log(power.base))
    if sign.value < 0:
        return Bound((solution,), line.at_zero, line.at_one)
    return Bound((solution,), line.at_one, line.at_zero)
