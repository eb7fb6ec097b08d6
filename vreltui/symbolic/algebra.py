"""What symbols, sums and products are made of: by sympy, or plain where that suffices."""

from __future__ import annotations

from typing import Any, NoReturn, Protocol

from vreltui.symbolic import plain_expressions
from vreltui.symbolic.plain_expressions import BeyondPlainError, Plain

Expr = Any
"""An expression of sympy, which publishes no types, or of the plain ones that read alike."""


class Algebra(Protocol):
    """Makes the expressions of one piece of work; those of two algebras are never mixed."""

    def symbol(self, name: str, *, is_count: bool) -> Expr:
        """A positive symbol; a count is a whole number."""

    def whole(self, value: int) -> Expr:
        """A whole number."""

    def product(self, *factors: Expr) -> Expr:
        """All of them multiplied."""

    def total(self, *terms: Expr) -> Expr:
        """All of them added up."""

    def tidied(self, expression: Expr) -> Expr:
        """The shortest of a few ways to write it."""

    def chosen(self, n: Expr, i: int) -> Expr:
        """In how many ways i of n are chosen, as a polynomial in n."""

    def whole_quotient(self, n: Expr, k: int) -> Expr:
        """n / k, rounded down."""

    def binomial_tail(self, k: Expr, n: Expr, r: Expr, q: Expr) -> Expr:
        """The binomial tail as a sum that is not carried out."""


class PlainAlgebra:
    """Expressions without sympy; what they can't say raises :class:`BeyondPlainError`."""

    def symbol(self, name: str, *, is_count: bool) -> Plain:
        """A positive symbol; that a count is whole changes nothing in what is written here."""
        del is_count
        return plain_expressions.Symbol(name)

    def whole(self, value: int) -> Plain:
        """A whole number."""
        return plain_expressions.Whole(value)

    def product(self, *factors: Plain) -> Plain:
        """All of them multiplied."""
        return plain_expressions.product(*factors)

    def total(self, *terms: Plain | int) -> Plain:
        """All of them added up."""
        return plain_expressions.total(*map(plain_expressions.plain, terms))

    def tidied(self, expression: Plain) -> NoReturn:
        """Factors are found by sympy's polynomials alone."""
        raise BeyondPlainError(expression)

    def chosen(self, n: Plain, i: int) -> NoReturn:
        """A polynomial with fractions."""
        raise BeyondPlainError(n, i)

    def whole_quotient(self, n: Plain, k: int) -> NoReturn:
        """A function."""
        raise BeyondPlainError(n, k)

    def binomial_tail(self, k: Plain, n: Plain, r: Plain, q: Plain) -> NoReturn:
        """A sum that is not carried out."""
        raise BeyondPlainError(k, n, r, q)
