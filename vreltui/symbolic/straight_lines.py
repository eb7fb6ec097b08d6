"""The difference of two expressions as a straight line in one symbol."""

from __future__ import annotations

from dataclasses import dataclass

import sympy

from vreltui.symbolic.cancelling import difference, quotient
from vreltui.symbolic.reading_cost import cost
from vreltui.symbolic.symbols import Expr


@dataclass(frozen=True, slots=True)
class Line:
    """own - rival as a straight line: its slope, its root, and its values at 0 and 1."""

    slope: Expr
    root: Expr
    at_zero: Expr
    at_one: Expr


def line_of(own: Expr, rival: Expr, x: Expr) -> Line:
    """own - rival, where neither has a higher power of x than the first."""
    zero, one = {x: sympy.Integer(0)}, {x: sympy.Integer(1)}
    own_low, own_high = own.xreplace(zero), own.xreplace(one)
    rival_low, rival_high = rival.xreplace(zero), rival.xreplace(one)
    slope = difference(own_high - own_low, rival_high - rival_low)
    needed = difference(rival_low, own_low)
    at_zero, at_one = own_low - rival_low, own_high - rival_high
    root, missing = quotient(needed, slope), 1 - quotient(at_one, slope)
    return Line(slope, missing if cost(missing) < cost(root) else root, at_zero, at_one)
