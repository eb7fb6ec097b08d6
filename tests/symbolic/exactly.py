"""Exact figures to compare symbols with: the same trees, walked in fractions."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import sympy

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.compiler import compile_program
from vreltui.engine.program import Source
from vreltui.engine.stated_values import values_of
from vreltui.engine.walk import walk
from vreltui.model import Design, Probability, Value
from vreltui.symbolic import Condition, Formula, NamedPart

Point = dict[str, Value]
"""Values of the parameters of a design."""


def reliability(design: Design, choice: str, point: Mapping[str, Value] = {}) -> Fraction:
    """The exact reliability of a choice, with other values of some parameters."""
    program = compile_program(design, design.choices[choice].root)
    values = values_of(design, program, choice)
    for source in values:
        if source.is_parameter and source.name in point:
            values[source] = point[source.name]

    def leaf(source: Source) -> tuple[Fraction, Fraction]:
        value = values[source]
        assert isinstance(value, Probability)
        return value.reliability, value.unreliability

    def count(source: Source) -> int:
        value = values[source]
        assert isinstance(value, int)
        return value

    r, _ = walk(program, Arithmetic(Fraction(0), Fraction(1)), leaf, count)
    return r[program.root]


def random_point(design: Design, dice: random.Random) -> Point:
    """Probabilities strictly between 0 and 1, as often as not near an end, and small counts."""
    point: Point = {}
    for name, parameter in design.parameters.items():
        if parameter.is_count:
            point[name] = dice.randint(1, 6)
        else:
            near = dice.random() < 0.3
            written = Decimal(dice.randint(1, 999)).scaleb(-5 if near else -3)
            point[name] = Probability(written, complemented=dice.random() < 0.5)
    return point


def run(
    declarations: tuple[str, ...], parts: tuple[NamedPart, ...], result: str
) -> tuple[Any, dict[str, Any]]:
    """What sympy source evaluates to, and all names that it defines."""
    names: dict[str, Any] = {}
    lines = [*declarations, *(f"{part.name.sympy} = {part.value.sympy}" for part in parts)]
    exec("\n".join([*lines, f"result = {result}"]), names)
    return names["result"], names


@dataclass
class Run:
    """Sympy source of a formula or condition, run; ``at`` puts the design's values in."""

    answer: Formula | Condition

    def at(self, source: str, point: Point, goal: Fraction | None = None) -> Any:
        result, _ = run(self.answer.declarations, self.answer.parts, source)
        numbers: dict[Any, Any] = {}
        for symbol in getattr(result, "free_symbols", ()):
            value = point.get(str(symbol.name))
            if value is None:
                assert goal is not None
                numbers[symbol] = sympy.Rational(goal.numerator, goal.denominator)
            elif isinstance(value, Probability):
                exact = value.reliability
                numbers[symbol] = sympy.Rational(exact.numerator, exact.denominator)
            else:
                numbers[symbol] = sympy.Integer(value)
        return _put_in(sympy.sympify(result), numbers)


def _put_in(result: Any, numbers: dict[Any, Any]) -> Any:
    """The result with numbers put in; sums are carried out before anything is compared."""
    if isinstance(result, sympy.And | sympy.core.relational.Relational):
        return result.func(*(_put_in(part, numbers) for part in result.args))
    return result.xreplace(numbers).doit()


@dataclass
class Duel:
    """A choice against another, or against the goal, at points of the parameters."""

    design: Design
    choice: str
    against: str | None
    unknown: str | None

    def margin(self, point: Point) -> Fraction:
        """R - R_rival, exactly; the unknown moves where a condition lets it move."""
        own = reliability(self.design, self.choice, self._seen(self.choice, point, moves=True))
        if self.against is None:
            assert self.design.target is not None
            return own - self.design.target.reliability
        unknown_set = self.unknown in self.design.choices[self.choice].set
        seen = self._seen(self.against, point, moves=not unknown_set)
        return own - reliability(self.design, self.against, seen)

    def _seen(self, choice: str, point: Point, *, moves: bool) -> Point:
        """The values that a choice sees: its own settings first."""
        own = self.design.choices[choice].set
        seen = {name: value for name, value in point.items() if name not in own}
        if self.unknown is not None:
            if choice == self.choice:
                seen[self.unknown] = point[self.unknown]
            elif not moves:
                seen.pop(self.unknown, None)
        return seen

    def holds(self, answer: Condition, source: str, point: Point) -> bool | None:
        """Whether a statement of the answer holds; None where it is not about real numbers."""
        goal = None if self.design.target is None else self.design.target.reliability
        try:
            said = Run(answer).at(source, point, goal)
        except TypeError:  # sympy refuses to compare what is not real
            return None
        if said in (True, False):
            return bool(said)
        return None
