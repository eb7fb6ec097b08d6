"""Expressions made by sympy, which knows everything that is written."""

from __future__ import annotations

import sympy

from vreltui.symbolic.algebra import Expr
from vreltui.symbolic.tidy import tidy


class SympyAlgebra:
    """Makes sympy's expressions."""

    def symbol(self, name: str, *, is_count: bool) -> Expr:
        """A positive symbol; a count is a whole number."""
        return sympy.Symbol(name, positive=True, integer=is_count or None)

    def whole(self, value: int) -> Expr:
        """A whole number."""
        return sympy.Integer(value)

    def product(self, *factors: Expr) -> Expr:
        """All of them multiplied."""
        return sympy.Mul(*factors)

    def total(self, *terms: Expr) -> Expr:
        """All of them added up."""
        return sympy.Add(*terms)

    def tidied(self, expression: Expr) -> Expr:
        """The shortest of the expression, factored, and as one minus a product."""
        return tidy(expression)

    def chosen(self, n: Expr, i: int) -> Expr:
        """C(n, i) = n (n - 1) ... (n - i + 1) / i!."""
        product: Expr = sympy.Integer(1)
        for j in range(i):
            product = product * (n - j)
        return product / sympy.factorial(i)

    def whole_quotient(self, n: Expr, k: int) -> Expr:
        """n / k, rounded down."""
        return sympy.floor(n / k)

    def binomial_tail(self, k: Expr, n: Expr, r: Expr, q: Expr) -> Expr:
        """The binomial tail as a sum that is not carried out."""
        # A symbol of its own name: it never meets those of a design, which are called x00001 and
        # so on.
        i = sympy.Symbol("i", integer=True, nonnegative=True)
        return sympy.Sum(sympy.binomial(n, i) * r**i * q ** (n - i), (i, k, n))


SYMPY = SympyAlgebra()
