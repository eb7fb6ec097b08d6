"""An inequality own > rival, with common factors cancelled, and solved for one symbol."""

from __future__ import annotations

from dataclasses import dataclass

import sympy

from vreltui.symbolic.cancelling import difference, quotient, without_signed_factors
from vreltui.symbolic.polynomials import Polynomial, Ring, TooLargeError
from vreltui.symbolic.relations import Between, Operator, Relation, Statement
from vreltui.symbolic.signs import proven_sign, sign_of
from vreltui.symbolic.symbols import Expr
from vreltui.symbolic.tidy import cost, factored, tidy

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
    only where ``possible`` is positive, and every value will do where ``certain`` is not negative
    (with ``strictly``, where it is positive); each is an expression, or None where nothing is to
    be said. ``cases`` is the coefficient whose sign decides between the alternatives where none is
    proven.
    """

    solved: tuple[Statement, ...]
    possible: Expr | None
    certain: Expr | None
    cases: Expr | None = None
    strictly: bool = False


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


def solve(own: Expr, rival: Expr, unknown: Expr, rising: int | None) -> Bound:
    """own > rival solved for a symbol. Raises :class:`NoClosedFormError`.

    ``rising`` is 1 where the margin is known to rise with the unknown, as a reliability does with
    those of its parts, -1 where it is known to fall, None where the sign has to be proven.
    """
    if unknown.is_integer:
        return _solve_count(own, rival, unknown)
    return _solve_probability(own, rival, unknown, rising)


# Probabilities


def _solve_probability(own: Expr, rival: Expr, x: Expr, rising: int | None) -> Bound:
    if max(degree_in(own, x), degree_in(rival, x)) <= 1:
        return _linear(own, rival, x, rising)
    through = _through_power(own, rival, x)
    if through is not None:
        return through
    try:
        ring = Ring([own - rival])
        margin = without_signed_factors(ring.polynomial(own - rival), ring)
    except TooLargeError:
        raise NoClosedFormError("the polynomial in it is too large to write down") from None
    if any(v.base is not None and v.base.has(x) for v in ring.variables):
        raise NoClosedFormError("it stands in a power with a symbolic exponent")
    if any(v.base is None and v.expression != x and v.expression.has(x) for v in ring.variables):
        raise NoClosedFormError("it stands in a sum that is not carried out")
    number = next((i for i, v in enumerate(ring.variables) if v.expression == x), None)
    if number is None:
        raise NoClosedFormError("it makes no difference")
    degree = int(margin.degrees()[number])
    if degree == 1:
        return _linear(ring.expression(margin), sympy.Integer(0), x, None)
    if degree == 2:
        return _quadratic(margin, number, ring)
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
    root = _resolved(line.root ** (1 / power.exp))
    if root is None or not _is_positive(power.base):
        return None
    inner = _line(power.base, root, x)
    rising = proven_sign(inner.slope)
    if rising is None or not rising.strict:
        return None
    at_zero, at_one = ((own - rival).xreplace({x: sympy.Integer(end)}) for end in (0, 1))
    if sign.value * rising.value > 0:
        return Bound((Relation(x, ">", inner.root),), at_one, at_zero)
    return Bound((Relation(x, "<", inner.root),), at_zero, at_one)


def _linear(own: Expr, rival: Expr, x: Expr, rising: int | None) -> Bound:
    """M x > N, divided by M whose sign is known, or in two cases."""
    line = _line(own, rival, x)
    proven = proven_sign(line.slope)
    if rising is None and (proven is None or not proven.strict):
        alternatives = Relation(x, ">", line.root), Relation(x, "<", line.root)
        return Bound(alternatives, None, None, cases=tidy(line.slope))
    if rising is None:
        assert proven is not None
        rising = proven.value
    if rising > 0:
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
    slope = difference(own_high - own_low, rival_high - rival_low)
    needed = difference(rival_low, own_low)
    at_zero, at_one = own_low - rival_low, own_high - rival_high
    root, missing = quotient(needed, slope), 1 - quotient(at_one, slope)
    return _Line(slope, missing if cost(missing) < cost(root) else root, at_zero, at_one)


def _quadratic(margin: Polynomial, number: int, ring: Ring) -> Bound:
    """a x^2 + b x + c > 0, where the sign of a is proven."""
    x = ring.variables[number].expression
    c, b, a = (ring.context.from_dict(_powers(margin, number, k)) for k in range(3))
    sign = sign_of(a, ring)
    if sign is None or not sign.strict:
        raise NoClosedFormError("the sign of its leading coefficient varies", 2)
    if sign.value > 0:
        a, b, c = -a, -b, -c
    # Now -a x^2 - b x - c with a < 0: positive between the roots where own wins inside.
    discriminant = b * b - 4 * a * c
    leading, middle = factored(-a, ring), factored(b, ring)
    root = _resolved(sympy.sqrt(factored(discriminant, ring)))
    if root is None:
        raise NoClosedFormError("which root is the larger depends on the other values", 2)
    low, high = ((middle - root) / (2 * leading), (middle + root) / (2 * leading))
    if cost(low) > 25:
        raise NoClosedFormError("the roots are too long to read", 2)
    if sign.value < 0:
        return Bound((Between(low, x, high),), factored(discriminant, ring), None)
    outside = Relation(x, "<", low), Relation(x, ">", high)
    return Bound(outside, None, -factored(discriminant, ring), strictly=True)


def _resolved(expression: Expr) -> Expr | None:
    """The expression without absolute values, each replaced by its proven side, or None."""
    for absolute in expression.atoms(sympy.Abs):
        sign = proven_sign(absolute.args[0])
        if sign is None:
            return None
        expression = expression.xreplace({absolute: sign.value * absolute.args[0]})
    return expression


def _is_positive(expression: Expr) -> bool:
    sign = proven_sign(expression)
    return sign is not None and sign.strict and sign.value > 0


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
    if not (_is_positive(power.base) and _is_positive(1 - power.base)):
        raise NoClosedFormError("it stands in a power whose base is no probability")
    # 0 < base < 1, so that its logarithm is negative and the inequality turns round.
    operator: Operator = ">" if sign.value < 0 else "<"
    solution = Relation(n, operator, sympy.log(line.root) / sympy.log(power.base))
    if sign.value < 0:
        return Bound((solution,), line.at_zero, line.at_one)
    return Bound((solution,), line.at_one, line.at_zero)
