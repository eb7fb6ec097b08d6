"""Expressions of a fault tree's numbers: parameters, arithmetic, laws of life, deviates.

An expression is evaluated as far as exactly: what is rational stays so, the rest is a ball.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from flint import arb

from vreltui.engine.balls import precision
from vreltui.exchange.life_laws import FUNCTIONS
from vreltui.exchange.numbers import Number, NumberError, bounded
from vreltui.exchange.wishes import Wish
from vreltui.model import shown

MOST_DEPTH = 150
"""The most operations and parameters within each other."""

MOST_STEPS = 2_000_000
"""The most operations that all expressions of a model may take."""


@dataclass(frozen=True, slots=True)
class Expression:
    """An operation over others; ``value`` is the number of a constant, ``name`` a parameter's."""

    word: str
    arguments: tuple[Expression, ...] = ()
    value: Fraction | None = None
    name: str = ""
    line: int = 0
    place: tuple[str, ...] = ()
    """The containers around it, by which a parameter's name is looked up."""
    written: Decimal | None = None
    """A constant with the digits that stand in the file."""


class ExpressionError(Exception):
    """An expression can't be evaluated; ``line`` says where, ``wish`` what would help, if said."""

    def __init__(self, line: int, what: str, right: str = "", wish: Wish | None = None) -> None:
        super().__init__(what)
        self.line = line
        self.wish: Wish | None = wish
        self.what = what
        self.right = right


@dataclass
class Evaluator:
    """Numbers of a model: its parameters by name, and the mission time, None where unknown."""

    find: Callable[[Expression], tuple[str, Expression]]
    """The full name and the expression of the parameter that an expression names."""
    time: Fraction | None
    bits: int = 256
    _known: dict[str, Number] = field(default_factory=dict)
    _open: set[str] = field(default_factory=set)
    _steps: int = 0
    _depth: int = 0

    def number(self, expression: Expression) -> Number:
        """The value of an expression. Raises :class:`ExpressionError`."""
        self._depth += 1
        try:
            if self._depth > MOST_DEPTH:
                what = f"expressions and parameters are more than {MOST_DEPTH} deep"
                raise ExpressionError(expression.line, what)
            return self._found(expression)
        finally:
            self._depth -= 1

    def _found(self, expression: Expression) -> Number:
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise ExpressionError(expression.line, "the expressions of the file are too long")
        if expression.value is not None:
            return expression.value
        if expression.word == "parameter":
            return self._parameter(expression)
        if expression.word == "system-mission-time":
            if self.time is None:
                what = "a figure depends on the mission time, and none is known"
                raise ExpressionError(expression.line, what, 'name it: --time "8760 h"', "time")
            return self.time
        if expression.word in ("ite", "switch"):
            return self._branch(expression)
        found = [self.number(each) for each in expression.arguments]
        return self._applied(expression, found)

    def _applied(self, expression: Expression, found: Sequence[Number]) -> Number:
        operation = FUNCTIONS.get(expression.word)
        if operation is None:
            what = f"{shown(expression.word, most=60)} is no expression that can be evaluated here"
            raise ExpressionError(expression.line, what)
        least, most = operation.arguments
        if not least <= len(found) <= most:
            what = f"{expression.word} has {len(found)} arguments"
            right = f"{least} are right" if least == most else f"at least {least} are right"
            raise ExpressionError(expression.line, what, right)
        try:
            with precision(self.bits):
                return bounded(operation.apply(found, self.bits), self.bits)
        except NumberError as error:
            raise ExpressionError(expression.line, f"{expression.word}: {error}") from None
        except ZeroDivisionError:
            raise ExpressionError(expression.line, f"{expression.word}: division by 0") from None

    def _parameter(self, expression: Expression) -> Number:
        name, meant = self.find(expression)
        if name not in self._known:
            if name in self._open:
                raise ExpressionError(meant.line, f"parameter {shown(name)} depends on itself")
            self._open.add(name)
            self._known[name] = self.number(meant)
            self._open.discard(name)
        return self._known[name]

    def _branch(self, expression: Expression) -> Number:
        *cases, other = expression.arguments
        if expression.word == "ite":
            if len(expression.arguments) != 3:
                raise ExpressionError(expression.line, "ite has three arguments")
            pairs = [(expression.arguments[0], expression.arguments[1])]
        else:
            pairs = [(case.arguments[0], case.arguments[1]) for case in cases]
        for condition, meant in pairs:
            if self._is_true(condition):
                return self.number(meant)
        return self.number(other)

    def _is_true(self, condition: Expression) -> bool:
        found = self.number(condition)
        if isinstance(found, arb):
            if found.is_zero():
                return False
            if not found.contains(0):
                return True
            raise ExpressionError(condition.line, "a condition is too close to call")
        return bool(found != 0)


def parameters_of(expression: Expression) -> Mapping[str, Expression]:
    """The parameters that an expression names, each with where it does."""
    found: dict[str, Expression] = {}
    stack = [expression]
    while stack:
        each = stack.pop()
        if each.word == "parameter":
            found[each.name] = each
        stack.extend(each.arguments)
    return found
