"""How long an expression is to read."""

from __future__ import annotations

from vreltui.symbolic.algebra import Expr


def cost(expression: Expr) -> float:
    """How long an expression is to read: symbols count fully, numbers half, a lone 1 a quarter.

    Sums cost something, so that they are nested only where that pays; and so do signs, so that
    M / (1 - u) is preferred to -M / (u - 1).
    """
    total = 0.0
    stack = [expression]
    while stack:
        part = stack.pop()
        if part.is_Number:
            total += 0.25 if part == 1 else 0.1 if part == -1 else 0.5
        elif part.args:
            stack.extend(part.args)
            if part.is_Add:
                total += 0.5
                if any(term.is_Number and term.is_negative for term in part.args):
                    total += 0.5
        else:
            total += 1
    return total
