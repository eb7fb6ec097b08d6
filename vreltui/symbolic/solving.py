"""An inequality own > rival solved for one symbol."""

from __future__ import annotations

from dataclasses import dataclass

import sympy

from vreltui.symbolic.cancelling import without_signed_factors
from vreltui.symbolic.inverting import Inverted, degree_in, inverted
from vreltui.symbolic.polynomials import Polynomial, Ring, TooLargeError, coefficient
from vreltui.symbolic.powers import root
from vreltui.symbolic.reading_cost import cost
from vreltui.symbolic.relations import Between, Operator, Relation, Statement
from vreltui.symbolic.signs import proven_sign, sign_of
from vreltui.symbolic.straight_lines import Line, line_of
from vreltui.symbolic.symbols import Expr
from vreltui.symbolic.tidy import factored, tidy

_ZERO, _ONE, _TWO = (sympy.Integer(number) for number in range(3))


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
    be said. ``cases`` are what has to hold for each of the alternatives to apply, where the sign of
    the coefficient that decides between them is not proven.
    """

    solved: tuple[Statement, ...]
    possible: Expr | None
    certain: Expr | None
    cases: tuple[Relation, ...] = ()
    strictly: bool = False


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
    found = inverted(own, rival, x, rising)
    if found is not None:
        return _one_sided(found, x, _at(own - rival, x, _ZERO), _at(own - rival, x, _ONE))
    margin, number, ring = _margin(own, rival, x)
    degree = int(margin.degrees()[number])
    if degree == 1:
        return _linear(ring.expression(margin), _ZERO, x, None)
    if degree == 2:
        return _quadratic(margin, number, ring)
    raise NoClosedFormError("", degree)


def _margin(own: Expr, rival: Expr, x: Expr) -> tuple[Polynomial, int, Ring]:
    """own - rival as a polynomial without factors of a known sign, and the variable that x is."""
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
    return margin, number, ring


def _at(expression: Expr, x: Expr, end: Expr) -> Expr:
    return expression.xreplace({x: end})


def _one_sided(found: Inverted, x: Expr, low: Expr, high: Expr) -> Bound:
    """A single end, with the margin at the low and at the high end of the range."""
    solution = (Relation(x, found.operator, found.bound),)
    return Bound(solution, high, low) if found.operator == ">" else Bound(solution, low, high)


def _linear(own: Expr, rival: Expr, x: Expr, rising: int | None) -> Bound:
    """M x > N, divided by M whose sign is known, or in two cases."""
    line = line_of(own, rival, x)
    proven = proven_sign(line.slope)
    if rising is None and (proven is None or not proven.strict):
        return _in_cases(line, x)
    if rising is None:
        assert proven is not None
        rising = proven.value
    operator: Operator = ">" if rising > 0 else "<"
    return _one_sided(Inverted(operator, line.root), x, line.at_zero, line.at_one)


def _in_cases(line: Line, x: Expr) -> Bound:
    """Above the root where the slope is positive, below it where that is negative.

    Where the margin is positive at neither end, a case has no value in (0, 1) and is left out.
    """
    slope = tidy(line.slope)
    both: tuple[tuple[Operator, Operator, Expr], ...] = (
        (">", ">", line.at_one),
        ("<", "<", line.at_zero),
    )
    left: list[tuple[Relation, Relation]] = []
    for operator, sign, best in both:
        proven = proven_sign(best)
        if proven is None or proven.value > 0:
            left.append((Relation(x, operator, line.root), Relation(slope, sign, _ZERO)))
    return Bound(tuple(s for s, _ in left), None, None, cases=tuple(case for _, case in left))


def _quadratic(margin: Polynomial, number: int, ring: Ring) -> Bound:
    """a x^2 + b x + c > 0, where the sign of a is proven."""
    x = ring.variables[number].expression
    c, b, a = (coefficient(margin, number, k, ring) for k in range(3))
    sign = sign_of(a, ring)
    if sign is None or not sign.strict:
        raise NoClosedFormError("the sign of its leading coefficient varies", 2)
    inside = sign.value < 0
    a, b, c = (sign.value * part for part in (a, b, c))
    # Now a > 0, and own wins between the roots where ``inside``, else outside of them.
    discriminant = factored(b * b - 4 * a * c, ring)
    leading, middle = factored(a, ring), factored(-b, ring)
    rooted = root(discriminant, _TWO)
    if rooted.atoms(sympy.Abs):
        raise NoClosedFormError("which root is the larger depends on the other values", 2)
    low, high = ((middle - rooted) / (2 * leading), (middle + rooted) / (2 * leading))
    if cost(low) > 25:
        raise NoClosedFormError("the roots are too long to read", 2)
    # The lower root is no probability where a parabola that opens upwards starts at or below 0,
    # or falls nowhere; the upper one likewise, seen from 1.
    no_low = _never_positive(c, ring) or _never_positive(-b, ring)
    no_high = _never_positive(a + b + c, ring) or _never_positive(2 * a + b, ring)
    if no_low and no_high:
        raise NoClosedFormError("its sign between the roots is not settled", 2)
    if no_low or no_high:
        ends = (-c, -(a + b + c)) if inside else (c, a + b + c)
        at_zero, at_one = (ring.expression(end) for end in ends)
        lower = no_high if inside else no_low
        end = low if no_high else high
        return _one_sided(Inverted(">" if lower else "<", end), x, at_zero, at_one)
    if inside:
        return Bound((Between(low, x, high),), discriminant, None)
    outside = Relation(x, "<", low), Relation(x, ">", high)
    return Bound(outside, None, -discriminant, strictly=True)


def _never_positive(polynomial: Polynomial, ring: Ring) -> bool:
    sign = sign_of(polynomial, ring)
    return sign is not None and sign.value <= 0


# Counts


def _solve_count(own: Expr, rival: Expr, n: Expr) -> Bound:
    """Powers undone by roots and logarithms, where n stands in one exponent."""
    found = inverted(own, rival, n, None)
    if found is None or found.power is None:
        raise NoClosedFormError(_why_not(own, rival, n))
    # The power lies between 0, where there are ever more copies, and 1, where there are none.
    margin = own - rival
    at_none, at_all = (found.margin_at(margin, end) for end in (_ONE, _ZERO))
    return _one_sided(found, n, at_none, at_all)


def _why_not(own: Expr, rival: Expr, n: Expr) -> str:
    powers = {
        power
        for side in (own, rival)
        for power in side.atoms(sympy.Pow)
        if power.exp.has(n) and not power.base.has(n)
    }
    if not powers:
        return "it stands in a binomial sum"
    if len(powers) > 1:
        return "it stands in several powers"
    (power,) = powers
    rest = sympy.Tuple(own, rival).xreplace({power: sympy.Symbol("z", positive=True)})
    if rest.has(n):
        return "it stands in a power and elsewhere"
    return "whether more copies help depends on the other values"
