"""Choices read as expressions: which values stay symbols, and which are given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vreltui.engine.compiler import compile_program
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.program import Program, Source
from vreltui.engine.stated_values import values_of
from vreltui.model import Design, LastingComponent, Probability
from vreltui.model.settling import settled
from vreltui.symbolic.derivation import WHOLE, Derived, Reader
from vreltui.symbolic.relations import Writer
from vreltui.symbolic.results import Formula, RefusedError
from vreltui.symbolic.symbols import Expr, Symbols

COMPILING_SECONDS = 10.0


def program_of(design: Design, choice: str) -> Program:
    """The program of a choice. Raises :class:`RefusedError` where it is too large to solve."""
    for name in settled(design, choice).below(design.choices[choice].root):
        if isinstance(design.nodes[name], LastingComponent):
            raise RefusedError(f"node {name} has a lifetime, and formulas are of constants")
    try:
        return compile_program(
            settled(design, choice),
            design.choices[choice].root,
            Limits(seconds=COMPILING_SECONDS),
        )
    except Undecided as reason:
        raise RefusedError(str(reason)) from None


def read_choice(
    design: Design,
    choice: str,
    symbols: Symbols,
    *,
    free: str | None = None,
    held: str | None = None,
    inline: frozenset[Expr] = frozenset(),
    whole: float = WHOLE,
    parts: dict[Expr, Expr] | None = None,
) -> Derived:
    """The reliability of a choice.

    Parameters are symbols, except those that the choice sets, which are given in it. ``free`` is a
    symbol even so, and ``held`` is given even where it is not set.
    """
    program = program_of(design, choice)
    value = _values(design, program, choice, symbols, free, held)
    return Reader(program, symbols, value, inline, whole, {} if parts is None else parts).read()


def _values(
    design: Design,
    program: Program,
    choice: str,
    symbols: Symbols,
    free: str | None,
    held: str | None,
) -> Callable[[Source], Any]:
    design = settled(design, choice)
    numbers = values_of(design, program, choice)
    given = {*design.choices[choice].set, held} - {free}

    # Symbols are made in the order of the tree, which is the order in which they are written.
    for name in design.parameters_below(design.choices[choice].root):
        if name not in given:
            symbols.parameter(name, is_count=design.parameters[name].is_count)

    def value(source: Source) -> Any:
        number = numbers[source]
        if source.is_parameter and source.name not in given:
            return symbols.parameter(source.name, is_count=isinstance(number, int))
        if isinstance(number, int):
            return number
        assert isinstance(number, Probability)
        return symbols.constant(number.reliability)

    return value


def formula(design: Design, choice: str, most_characters: int = 100_000) -> Formula:
    """The reliability of a choice in the design's own parameter names.

    Raises :class:`RefusedError` with the reason where it would be too long to read.
    """
    symbols = Symbols()
    derived = read_choice(design, choice, symbols)
    writer = Writer(symbols, most_characters)
    parts = writer.parts(derived.parts)
    value = writer.expression(derived.root)
    expressions = [derived.root, *derived.parts, *derived.parts.values()]
    return Formula(choice, value, parts, writer.declarations(expressions))
