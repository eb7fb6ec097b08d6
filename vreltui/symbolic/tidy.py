"""Expressions made shorter, the way a person would write them."""

from __future__ import annotations

import sympy

from vreltui.symbolic.polynomials import Polynomial, Ring, TooLargeError
from vreltui.symbolic.reading_cost import cost
from vreltui.symbolic.symbols import Expr

MOST_SIZE = 400
"""Expressions of more nodes than this are left as they are."""

MOST_TERMS = 60
"""Polynomials of more terms than this are not factored."""

SHORT = 3
"""Up to this many terms, a polynomial in one symbol is written out: 3 R^2 - 2 R^3."""


def size(expression: Expr) -> int:
    """The number of nodes of an expression."""
    return sum(1 for _ in sympy.preorder_traversal(expression))


def tidy(expression: Expr) -> Expr:
    """The shortest of the expression as it is, factored, and as one minus a product.

    >>> a, b = sympy.symbols("a b", positive=True)
    >>> tidy(a + (1 - a) * b) == 1 - (1 - a) * (1 - b)
    True
    """
    if size(expression) > MOST_SIZE:
        return expression
    try:
        ring = Ring([expression])
        polynomial = ring.polynomial(expression)
    except TooLargeError:
        return expression
    if len(polynomial) > MOST_TERMS:
        return expression
    direct = min(expression, factored(polynomial, ring), key=cost)
    complement = 1 - factored(1 - polynomial, ring)
    return complement if cost(complement) + _penalty(complement) < cost(direct) else direct


def _penalty(complement: Expr) -> float:
    """One minus a product reads well where every factor is a failure, as in 1 - (1 - a) (1 - b)."""
    _, product = complement.as_coeff_Add()
    factors = (power.as_base_exp()[0] for power in sympy.Mul.make_args(product))
    return -0.5 if all(_is_failure(factor) for factor in factors if factor.is_Add) else 2


def _is_failure(factor: Expr) -> bool:
    """Whether a sum is one minus a plain product."""
    works = 1 - factor
    return not works.atoms(sympy.Add) and not works.could_extract_minus_sign()


def factored(polynomial: Polynomial, ring: Ring) -> Expr:
    """A polynomial as a product, with short polynomials in one symbol written out."""
    if len(polynomial) <= 1:
        return ring.expression(polynomial)
    constant, factors = polynomial.factor()
    product: list[Expr] = []
    alone: dict[int, list[tuple[Polynomial, int]]] = {}
    for monic, multiplicity in factors:
        factor, sign = signed(monic)
        constant *= sign**multiplicity
        used = ring.used(factor)
        if len(used) == 1:
            alone.setdefault(used[0], []).append((factor, multiplicity))
        else:
            product.append(_shortest(factor, ring) ** multiplicity)
    for together in alone.values():
        product.extend(_in_one_symbol(together, ring))
    number = sympy.Rational(int(constant.p), int(constant.q))
    return sympy.Mul(number, *product)


def signed(factor: Polynomial) -> tuple[Polynomial, int]:
    """The factor with a positive term of least degree: 1 - R rather than R - 1; and its sign."""
    lowest = min(factor.to_dict().items(), key=lambda term: (sum(term[0]), term[0]))
    return (factor, 1) if lowest[1] > 0 else (-factor, -1)


def _shortest(factor: Polynomial, ring: Ring) -> Expr:
    """A factor as a sum, or as one minus a product: 1 - (1 - a) (1 - b)."""
    plain = ring.expression(factor)
    if len(factor) < SHORT:
        return plain
    constant, factors = (1 - factor).factor()
    if abs(constant) != 1 or sum(multiplicity for _, multiplicity in factors) < 2:
        return plain
    number, parts = int(constant.p), []
    for monic, multiplicity in factors:
        part, sign = signed(monic)
        number *= sign**multiplicity
        parts.append(ring.expression(part) ** multiplicity)
    # In one step: sympy multiplies a lone -1 into a sum.
    product = sympy.Mul(number, *parts)
    complement = 1 - product
    return complement if cost(complement) + _penalty(complement) < cost(plain) else plain


def _in_one_symbol(factors: list[tuple[Polynomial, int]], ring: Ring) -> list[Expr]:
    """R^2 (3 - 2 R) as 3 R^2 - 2 R^3; R (1 - R) as it is."""
    product = ring.context.constant(1)
    for factor, multiplicity in factors:
        product *= factor**multiplicity
    plain = all(
        len(factor) == 1 or {abs(c) for c in factor.coeffs()} == {1} for factor, _ in factors
    )
    if len(product) <= SHORT and not plain:
        return [ring.expression(product)]
    return [ring.expression(factor) ** multiplicity for factor, multiplicity in factors]
