"""A comparison of quotients solved for a time, a rate or a number that stands in them as it is."""

from __future__ import annotations

import sympy

from vreltui.symbolic.relations import Relation
from vreltui.symbolic.signs import proven_sign
from vreltui.symbolic.solving import Bound, NoClosedFormError
from vreltui.symbolic.symbols import Expr


def solve_amount(own: Expr, rival: Expr, unknown: Expr) -> Bound:
    """own > rival, of positive symbols, solved for one that acts along a line.

    Raises :class:`NoClosedFormError` where it does not, or which way is not proven.
    """
    above = [sympy.fraction(sympy.together(side)) for side in (own, rival)]
    (own_top, own_below), (rival_top, rival_below) = above
    found = [proven_sign(below) for below in (own_below, rival_below)]
    signs = [0 if sign is None else sign.value for sign in found]
    if not all(signs):
        raise NoClosedFormError("the sign of a denominator is not proven")
    margin = sympy.expand((own_top * rival_below - rival_top * own_below) * signs[0] * signs[1])
    for factor, power in sympy.factor_list(margin)[1]:
        sign = _sign(factor)
        if sign and (not factor.has(unknown) or factor.is_Symbol):
            margin = sympy.cancel(margin / (factor * sign) ** power)
    polynomial = sympy.Poly(sympy.expand(margin), unknown)
    if polynomial.degree() != 1:
        raise NoClosedFormError("", polynomial.degree())
    slope, rest = polynomial.all_coeffs()
    way = _sign(slope)
    if not way:
        raise NoClosedFormError("which way it acts is not proven")
    end = sympy.factor_terms(sympy.expand(sympy.cancel(-rest / slope)))
    return Bound((Relation(unknown, ">" if way > 0 else "<", end),), None, None)


def _sign(expression: Expr) -> int:
    """1 or -1 where it has one sign for all positive symbols, by its terms; else 0."""
    terms = sympy.Add.make_args(sympy.expand(expression))
    signs = {1 if term.is_positive else -1 if term.is_negative else 0 for term in terms}
    return signs.pop() if len(signs) == 1 else 0
