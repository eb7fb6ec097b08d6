"""Does a symbol act inside of a part that only a matrix states?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vreltui.symbolic.process_expressions import MatrixFigure
from vreltui.symbolic.symbols import Expr

INSIDE = "it acts inside of a process that only a matrix states"
"""Why no formula solves for such a symbol."""


def written_out(side: Expr, parts: Mapping[Expr, Expr | MatrixFigure]) -> Expr:
    """A side with what named parts stand for, but for those that only a matrix states."""
    stated = {name: part for name, part in parts.items() if not isinstance(part, MatrixFigure)}
    return side.xreplace(stated)


def is_plain(side: Expr) -> bool:
    """Whether a side is a quotient of polynomials in what it names."""
    return bool(side.is_rational_function(*side.free_symbols))


def acts_in_a_matrix(
    unknown: Expr, sides: Iterable[Expr], parts: Mapping[Expr, Expr | MatrixFigure]
) -> bool:
    """Whether it does in one of the parts that the sides name, or that these name in turn."""
    waiting = [name for side in sides for name in side.free_symbols]
    seen = set[Expr]()
    while waiting:
        name = waiting.pop()
        part = parts.get(name)
        if part is None or name in seen:
            continue
        seen.add(name)
        if isinstance(part, MatrixFigure) and unknown in part.free_symbols:
            return True
        waiting += part.free_symbols
    return False
