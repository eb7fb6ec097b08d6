"""Inequalities between expressions, and how they are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from vreltui.symbolic.notation_writer import NotationWriter
from vreltui.symbolic.process_expressions import MatrixFigure
from vreltui.symbolic.python_source import Source
from vreltui.symbolic.results import NamedPart, Writing
from vreltui.symbolic.symbols import Expr, Symbols

Operator = Literal[">", "<", ">=", "<=", "="]

_SYMPY = {">": "Gt", "<": "Lt", ">=": "Ge", "<=": "Le", "=": "Eq"}
_LATEX = {">": ">", "<": "<", ">=": r"\ge", "<=": r"\le", "=": "="}


@dataclass(frozen=True, slots=True)
class Relation:
    """``left`` compared with ``right``."""

    left: Expr
    operator: Operator
    right: Expr

    @property
    def expressions(self) -> tuple[Expr, ...]:
        """What it speaks about."""
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class Between:
    """``low`` < ``value`` < ``high``; with ``closed``, the ends belong to it."""

    low: Expr
    value: Expr
    high: Expr
    closed: bool = False

    @property
    def expressions(self) -> tuple[Expr, ...]:
        """What it speaks about."""
        return (self.low, self.value, self.high)


Statement = Relation | Between


def strict(statement: Statement) -> Statement:
    """The statement without its ends."""
    if isinstance(statement, Between):
        return replace(statement, closed=False)
    without: dict[Operator, Operator] = {"<=": "<", ">=": ">"}
    return replace(statement, operator=without.get(statement.operator, statement.operator))


class Writer(NotationWriter):
    """Writes expressions and statements over one set of symbols in every notation."""

    def __init__(self, symbols: Symbols, most_characters: int = 100_000) -> None:
        super().__init__(symbols, most_characters)
        self._source = Source(symbols)

    def expression(self, expression: Expr) -> Writing:
        """An expression. Raises :class:`RefusedError` where its text is too long to read."""
        return replace(super().expression(expression), sympy=self._source.write(expression))

    def statement(self, statement: Statement) -> Writing:
        """An inequality, or a chain of two."""
        if isinstance(statement, Between):
            low, value, high = (self.expression(part) for part in statement.expressions)
            sign: Operator = "<=" if statement.closed else "<"
            name = _SYMPY[sign]
            return Writing(
                f"{low.text} {sign} {value.text} {sign} {high.text}",
                f"{low.latex} {_LATEX[sign]} {value.latex} {_LATEX[sign]} {high.latex}",
                f"And({name}({low.sympy}, {value.sympy}), {name}({value.sympy}, {high.sympy}))",
            )
        left, right = (self.expression(part) for part in statement.expressions)
        operator = statement.operator
        return Writing(
            f"{left.text} {operator} {right.text}",
            f"{left.latex} {_LATEX[operator]} {right.latex}",
            f"{_SYMPY[operator]}({left.sympy}, {right.sympy})",
        )

    def parts(self, parts: dict[Expr, Expr]) -> tuple[NamedPart, ...]:
        """Named subtrees, each in terms of earlier ones."""
        return tuple(
            NamedPart(
                self.expression(name),
                value.written(self.expression)
                if isinstance(value, MatrixFigure)
                else self.expression(value),
            )
            for name, value in parts.items()
        )

    def declarations(self, expressions: Iterable[Expr]) -> tuple[str, ...]:
        """Python lines that define the symbols of the expressions."""
        given = list(expressions)
        flat: list[Expr] = []
        for each in given:
            flat += each.entries if isinstance(each, MatrixFigure) else [each]
        lines = self._source.declarations(flat)
        if any(isinstance(each, MatrixFigure) for each in given):
            return (*lines, "from sympy import Matrix")
        return lines
