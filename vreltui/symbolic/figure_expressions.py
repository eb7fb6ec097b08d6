"""Figures of leaves that last, wait or change their state, as expressions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vreltui.engine.chain_laws import ChainLaw
from vreltui.engine.program import Source
from vreltui.engine.service_law import ServiceLaw
from vreltui.symbolic.algebra import Expr
from vreltui.symbolic.clock_expressions import Renewed
from vreltui.symbolic.figures import FigureLaw
from vreltui.symbolic.life_expressions import Lifetime, in_service
from vreltui.symbolic.process_expressions import MatrixFigure, ProcessExpression
from vreltui.symbolic.symbols import Symbols


def figure_of(
    law: FigureLaw,
    node: str,
    value: Callable[[Source], Any],
    whole: Callable[[Source], int | None],
    symbols: Symbols,
    parts: dict[Expr, Expr],
    *,
    alone: bool,
) -> Expr:
    """The figure of a leaf: the symbol of a part; itself where the whole choice is this leaf."""
    if isinstance(law, ServiceLaw):
        return in_service(law, value)
    if isinstance(law, ChainLaw):
        process = ProcessExpression(law, value, whole)
        letter, figure = process.letter, process.figure
        if alone and not isinstance(figure, MatrixFigure):
            return figure
    else:
        lifetime = Lifetime.of(law, value)
        renewed = Renewed.of(lifetime, node, symbols)
        letter, figure = lifetime.letter, renewed.figure if renewed else lifetime.figure
        for name, part in renewed.parts.items() if renewed else ():
            parts.setdefault(name, part)
    symbol = symbols.part(node, letter)
    parts.setdefault(symbol, figure)
    return symbol
