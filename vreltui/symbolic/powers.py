"""Roots and logarithms of products of powers, reduced: the n-th root of x^n is x."""

from __future__ import annotations

import sympy

from vreltui.symbolic.signs import is_positive
from vreltui.symbolic.symbols import Expr


def root(expression: Expr, degree: Expr) -> Expr:
    """The positive root of a positive number, with powers of what is proven positive reduced.

    >>> a, b = sympy.symbols("a b", positive=True)
    >>> n = sympy.Symbol("n", positive=True, integer=True)
    >>> root((1 - a) ** n * b ** (2 * n), n) == b**2 * (1 - a)
    True
    """
    outside: Expr = sympy.Integer(1)
    inside: Expr = sympy.Integer(1)
    for base, power in expression.as_powers_dict().items():
        reduced = sympy.cancel(power / degree)
        if reduced.is_integer and is_positive(base):
            outside *= base**reduced
        else:
            inside *= base**power
    if inside == 1:
        return outside
    rooted = inside ** (1 / degree)
    return outside * _without_absolutes(rooted)


def logarithm(expression: Expr) -> Expr:
    """The logarithm, with the exponent of a power of what is proven positive in front."""
    if expression.is_Pow and is_positive(expression.base):
        return expression.exp * sympy.log(expression.base)
    return sympy.log(expression)


def _without_absolutes(expression: Expr) -> Expr:
    """Each absolute value replaced by its side where that is proven."""
    for absolute in expression.atoms(sympy.Abs):
        if is_positive(absolute.args[0]):
            expression = expression.xreplace({absolute: absolute.args[0]})
        elif is_positive(-absolute.args[0]):
            expression = expression.xreplace({absolute: -absolute.args[0]})
    return expression
