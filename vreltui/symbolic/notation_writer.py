"""Expressions written as text and as LaTeX."""

from __future__ import annotations

from vreltui.symbolic.algebra import Expr
from vreltui.symbolic.expression_layout import Typesetter
from vreltui.symbolic.notation import Latex, Text
from vreltui.symbolic.results import RefusedError, Writing
from vreltui.symbolic.symbols import Symbols


class NotationWriter:
    """Writes expressions over one set of symbols, without source for sympy."""

    def __init__(self, symbols: Symbols, most_characters: int = 100_000) -> None:
        self.symbols = symbols
        self.most_characters = most_characters
        self._typesetter = Typesetter(symbols)
        self._text = Text()
        self._latex = Latex()

    def expression(self, expression: Expr) -> Writing:
        """An expression. Raises :class:`RefusedError` where its text is too long to read."""
        layout = self._typesetter.layout(expression)
        text = self._text.write(layout)
        if len(text) > self.most_characters:
            raise RefusedError(f"the formula would be {len(text)} characters long")
        return Writing(text, self._latex.write(layout), "")
