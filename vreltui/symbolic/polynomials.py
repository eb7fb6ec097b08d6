"""Expressions as exact polynomials, for cancelling, factoring and proofs of sign.

A power with a symbolic exponent, as (1 - R)^n, is a variable of its own. Polynomials are those of
python-flint, which factors them in milliseconds where sympy takes seconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import sympy
from flint import Ordering, fmpq, fmpq_mpoly_ctx

from vreltui.symbolic.symbols import Expr

Polynomial = Any
"""python-flint's fmpq_mpoly."""

MOST_TERMS = 3_000
MOST_VARIABLES = 60

Domain = Literal["unit", "half-closed", "count", "positive", "unknown"]
"""Where a variable lies: in (0, 1); in (0, 1], 1 only where its count is 1; from 1 up; above 0.

Of a root, a logarithm and the like nothing is known.
"""


class TooLargeError(Exception):
    """The polynomial would be too large to write down, or it is none in these variables."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a ring: the expression that it is, and where it lies.

    For base**(count + shift), ``base`` and ``count`` are kept.
    """

    expression: Expr
    domain: Domain
    base: Expr = None
    count: Expr = None


class Ring:
    """The polynomials in the variables of some expressions.

    With ``lowered``, base**n is written as base * base**(n - 1), which shows what happens at n = 1.
    """

    def __init__(self, expressions: Iterable[Expr], *, lowered: bool = False) -> None:
        self._shift: dict[tuple[Expr, Expr], int] = {}
        self._lowered = lowered
        self._index: dict[Expr, int] = {}
        self.variables: list[Variable] = []
        found: dict[Expr, None] = {}
        for expression in expressions:
            self._collect(expression, found)
        for expression in sorted(found, key=sympy.default_sort_key):
            self._add(Variable(expression, _domain(expression)))
        for (base, count), shift in self._shift.items():
            domain: Domain = {0: "unit", -1: "half-closed"}.get(shift, "positive")  # type: ignore[assignment]
            self._add(Variable(base ** (count + shift), domain, base, count))
        if len(self.variables) > MOST_VARIABLES:
            raise TooLargeError
        names = [f"g{i}" for i in range(max(1, len(self.variables)))]
        self.context = fmpq_mpoly_ctx.get(names, Ordering.degrevlex)
        self._known: dict[Expr, Polynomial] = {}

    def _add(self, variable: Variable) -> None:
        self._index[variable.expression] = len(self.variables)
        self.variables.append(variable)

    def _collect(self, expression: Expr, found: dict[Expr, None]) -> None:
        if expression.is_Number:
            return
        if expression.is_Pow and expression.base == 0:
            # 1 or 0, as its exponent is 0 or not: no variable here lies between.
            raise TooLargeError
        if expression.is_Add or expression.is_Mul:
            for argument in expression.args:
                self._collect(argument, found)
        elif expression.is_Pow and expression.exp.is_Integer and expression.exp > 0:
            self._collect(expression.base, found)
        elif expression.is_Pow and (power := _symbolic_power(expression)):
            count, _, constant = power
            key = (expression.base, count)
            least = -1 if self._lowered and count.is_Symbol else 0
            self._shift[key] = min(self._shift.get(key, least), constant)
            self._collect(expression.base, found)
        else:
            found[expression] = None

    def polynomial(self, expression: Expr) -> Polynomial:
        """The expression as a polynomial. Raises :class:`TooLargeError`."""
        known = self._known.get(expression)
        if known is None:
            known = self._known[expression] = self._polynomial(expression)
        return known

    def _polynomial(self, expression: Expr) -> Polynomial:
        if expression.is_Rational:
            return self.context.constant(fmpq(int(expression.p), int(expression.q)))
        if expression.is_Add:
            total = self.context.constant(0)
            for argument in expression.args:
                total = _checked(total + self.polynomial(argument))
            return total
        if expression.is_Mul:
            product = self.context.constant(1)
            for argument in expression.args:
                product = _times(product, self.polynomial(argument))
            return product
        if expression.is_Pow and expression.exp.is_Integer and expression.exp > 0:
            return self._power(self.polynomial(expression.base), int(expression.exp))
        if expression.is_Pow and (power := _symbolic_power(expression)):
            return self._symbolic(expression.base, *power)
        return self.context.gen(self._index[expression])

    def _symbolic(self, base: Expr, count: Expr, times: int, constant: int) -> Polynomial:
        """base**(times * count + constant) by the variable base**(count + shift)."""
        shift = self._shift[base, count]
        variable = self.context.gen(self._index[base ** (count + shift)])
        rest = constant - times * shift
        return _times(self._power(variable, times), self._power(self.polynomial(base), rest))

    def _power(self, base: Polynomial, exponent: int) -> Polynomial:
        result = self.context.constant(1)
        for _ in range(exponent):
            result = _times(result, base)
        return result

    def expression(self, polynomial: Polynomial) -> Expr:
        """A polynomial as a sum of terms."""
        terms = []
        for exponents, coefficient in polynomial.to_dict().items():
            powers = [
                variable.expression**exponent
                for variable, exponent in zip(self.variables, exponents, strict=False)
                if exponent
            ]
            number = sympy.Rational(int(coefficient.p), int(coefficient.q))
            terms.append(sympy.Mul(number, *powers))
        return sympy.Add(*terms)

    def used(self, polynomial: Polynomial) -> list[int]:
        """The numbers of the variables that occur."""
        degrees = polynomial.degrees()
        return [i for i in range(len(self.variables)) if degrees[i] > 0]


def _domain(expression: Expr) -> Domain:
    """Where a symbol lies, or the probability that a sum over the states of copies is."""
    if expression.is_Symbol:
        return "count" if expression.is_integer else "unit"
    return "unit" if isinstance(expression, sympy.Sum) else "unknown"


def coefficient(polynomial: Polynomial, i: int, exponent: int, ring: Ring) -> Polynomial:
    """The coefficient of a power of one variable, a polynomial in the others."""
    terms = {
        (*powers[:i], 0, *powers[i + 1 :]): value
        for powers, value in polynomial.to_dict().items()
        if powers[i] == exponent
    }
    return ring.context.from_dict(terms)


def _symbolic_power(power: Expr) -> tuple[Expr, int, int] | None:
    """(count, times, constant) of an exponent times * count + constant; None for another."""
    if not power.exp.is_integer:
        return None
    constant, rest = power.exp.as_coeff_Add()
    times, count = rest.as_coeff_Mul()
    if not (constant.is_Integer and times.is_Integer and times > 0) or count.is_Add:
        return None
    return count, int(times), int(constant)


def _times(one: Polynomial, other: Polynomial) -> Polynomial:
    if len(one) * len(other) > 50 * MOST_TERMS:
        raise TooLargeError
    return _checked(one * other)


def _checked(polynomial: Polynomial) -> Polynomial:
    if len(polynomial) > MOST_TERMS:
        raise TooLargeError
    return polynomial
