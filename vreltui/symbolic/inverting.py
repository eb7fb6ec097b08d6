"""An inequality in which the unknown stands within powers, taken apart from outside in.

1 - (1 - a^2)^2 > b is (1 - a^2)^2 < 1 - b, so 1 - a^2 < sqrt(1 - b), so a > sqrt(1 - sqrt(1 - b)).
Each step finds a *kernel*, the largest expression that holds the unknown everywhere it occurs, and
solves for that kernel; then a power is undone by a root or by logarithms.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy

from vreltui.symbolic.cancelling import quotient
from vreltui.symbolic.polynomials import Ring, TooLargeError, coefficient
from vreltui.symbolic.powers import logarithm, root
from vreltui.symbolic.reading_cost import cost
from vreltui.symbolic.relations import Operator
from vreltui.symbolic.signs import is_positive, proven_sign
from vreltui.symbolic.straight_lines import line_of
from vreltui.symbolic.symbols import Expr
from vreltui.symbolic.tidy import factored, size

_Z = sympy.Symbol("z", positive=True)
"""Stands for a kernel while it is solved for."""

MOST_STEPS = 12
MOST_SIZE = 300
LONGEST = 40
"""A solution that costs more than this to read is not given."""


@dataclass(frozen=True, slots=True)
class Inverted:
    """``unknown operator bound``, and the last power that the unknown was an exponent of."""

    operator: Operator
    bound: Expr
    power: Expr | None = None

    def margin_at(self, margin: Expr, end: Expr) -> Expr:
        """A margin where the power is ``end``, and every multiple of it likewise."""
        assert self.power is not None
        return _Kernel(self.power, *self.power.args).replaced(margin).xreplace({_Z: end})


@dataclass(frozen=True, slots=True)
class _Inequality:
    """left > right where ``sign`` is 1, left < right where it is -1."""

    left: Expr
    right: Expr
    sign: int


@dataclass(frozen=True, slots=True)
class _Kernel:
    """An expression to solve for; of ``base**exponent``, multiples of the exponent count too."""

    expression: Expr
    base: Expr | None = None
    exponent: Expr | None = None

    def replaced(self, expression: Expr) -> Expr:
        """The expression with z for the kernel."""
        if self.base is None:
            return expression.xreplace({self.expression: _Z})
        if not expression.has(self.base):
            return expression
        if expression.is_Pow and expression.base == self.base:
            times = expression.exp / self.exponent
            if times.is_Integer and times > 0:
                return _Z**times
        if not expression.args:
            return expression
        return expression.func(*(self.replaced(part) for part in expression.args))


def inverted(own: Expr, rival: Expr, x: Expr, rising: int | None) -> Inverted | None:
    """own > rival solved for a symbol by undoing one step after the other; None where that ends.

    ``rising`` is 1 or -1 where the margin is known to rise or fall with the unknown.
    """
    if size(own) + size(rival) > MOST_SIZE:
        return None
    question = _Inequality(own, rival, 1)
    power: Expr | None = None
    for _ in range(MOST_STEPS):
        left = question.left
        if left == x and not question.right.has(x):
            return Inverted(">" if question.sign > 0 else "<", question.right, power)
        if left.is_Pow and left.exp.has(x):
            power = left
        # What is known of the margin holds only for the question as it was asked.
        known = rising if left is own else None
        further = _undone(question, x) or _kernel_solved(question, x, known)
        if further is None or cost(further.right) > LONGEST:
            return None
        question = further
    return None


def _undone(question: _Inequality, x: Expr) -> _Inequality | None:
    """A power on the left undone by a root (of a positive base) or by logarithms (below 1)."""
    left, right = question.left, question.right
    if not left.is_Pow or right.has(x):
        return None
    base, exponent = left.args
    if not exponent.has(x):
        if not (is_positive(exponent) and is_positive(base)):
            return None
        return _Inequality(base, root(right, exponent), question.sign)
    if base.has(x) or not (is_positive(base) and is_positive(1 - base)):
        return None
    # The logarithm of the base is negative, so that the inequality turns round.
    above, below = logarithm(right), logarithm(base)
    return _Inequality(exponent, above / below, -question.sign)


# Kernels


def _kernel_solved(question: _Inequality, x: Expr, rising: int | None) -> _Inequality | None:
    for kernel in _kernels(question, x):
        left, right = kernel.replaced(question.left), kernel.replaced(question.right)
        if left.has(x) or right.has(x):
            continue
        known = rising if kernel.expression == x else None
        solved = _solved(left, right, kernel.expression, known)
        if solved is not None:
            return _Inequality(kernel.expression, solved[1], question.sign * solved[0])
    return None


def _kernels(question: _Inequality, x: Expr) -> Iterator[_Kernel]:
    """Expressions that hold the unknown, the larger first."""
    seen: set[Expr] = set()
    for side in (question.left, question.right):
        parts = sympy.preorder_traversal(side)
        for part in parts:
            if isinstance(part, sympy.Sum):
                parts.skip()
            if part in seen or part == question.left or not part.has(x):
                continue
            seen.add(part)
            if not part.is_Pow:
                yield _Kernel(part)
                continue
            times, rest = part.exp.as_coeff_Mul()
            # a^6 - a^4 is in terms of a^2.
            for divisor in sorted(sympy.divisors(times) if times.is_Integer else (), reverse=True):
                if divisor * rest != 1:
                    yield _Kernel(part.base ** (divisor * rest), part.base, divisor * rest)


def _solved(left: Expr, right: Expr, kernel: Expr, rising: int | None) -> tuple[int, Expr] | None:
    """left > right solved for z: 1 where z has to exceed the bound, else -1, and the bound."""
    if max(degree_in(left, _Z), degree_in(right, _Z)) <= 1:
        ends = ((left - right).xreplace({_Z: sympy.Integer(end)}) for end in (1, 0))
        sign = proven_sign(next(ends) - next(ends))
        if sign is None or not sign.strict or not sign.value:
            return None
        return sign.value, _shorter(line_of(left, right, _Z).root)
    try:
        ring = Ring([left - right, _Z])
        margin = ring.polynomial(left - right)
    except TooLargeError:
        return None
    number = next(i for i, v in enumerate(ring.variables) if v.expression == _Z)
    if any(v.expression.has(_Z) for i, v in enumerate(ring.variables) if i != number):
        return None
    degree = int(margin.degrees()[number])
    if degree not in (2, 3):
        return None
    if rising is None and not (is_positive(kernel) and is_positive(1 - kernel, strictly=False)):
        return None
    parts = [factored(coefficient(margin, number, k, ring), ring) for k in range(degree + 1)]
    if rising is None:
        slope = sympy.Add(*(k * part * _Z ** (k - 1) for k, part in enumerate(parts) if k))
        proven = proven_sign(slope)
        if proven is None or not proven.strict:
            return None
        rising = proven.value
    bound = _square_root(parts, rising) if degree == 2 else _vote_root(parts)
    return None if bound is None else (rising, bound)


def _shorter(bound: Expr) -> Expr:
    """A bound, or the one fraction that it is, whichever is shorter."""
    if not bound.is_Add or size(bound) > MOST_SIZE:
        return bound
    above, below = sympy.fraction(sympy.together(bound))
    return bound if below == 1 else min(bound, quotient(above, below), key=cost)


def _square_root(parts: list[Expr], rising: int) -> Expr | None:
    """The root of c + b z + a z^2 at which it rises (or falls)."""
    c, b, a = parts
    sign = proven_sign(a)
    if sign is None or not sign.strict:
        return None
    a, b, c = (sign.value * part for part in (a, b, c))
    discriminant = sympy.factor_terms(b * b - 4 * a * c)
    try:
        ring = Ring([discriminant])
        discriminant = factored(ring.polynomial(discriminant), ring)
    except TooLargeError:
        return None
    return quotient(-b + sign.value * rising * root(discriminant, sympy.Integer(2)), 2 * a)


def _vote_root(parts: list[Expr]) -> Expr | None:
    """The root in (0, 1) of a cubic that is, but for factors, 3 w^2 - 2 w^3 - r with w = k z.

    With w = 1/2 + sin(t) it reads 1/2 + sin(3 t) / 2 = r.
    """
    constant, linear, square, cube = parts
    if linear != 0 or square == 0:
        return None
    k = quotient(-3 * cube, 2 * square)
    if not is_positive(k):
        return None
    r = quotient(-constant * 3 * k**2, square)
    return quotient(sympy.Rational(1, 2) + sympy.sin(sympy.asin(2 * r - 1) / 3), k)


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
