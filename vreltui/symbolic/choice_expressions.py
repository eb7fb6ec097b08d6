"""Choices read as expressions: which values stay symbols, and which are given."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from vreltui.engine.compiler import compile_program
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.program import Program, Source
from vreltui.engine.stated_values import own_value, values_of
from vreltui.engine.steps import Leaf
from vreltui.model import Design, Parameter, Probability
from vreltui.model.numbers import PlainNumber
from vreltui.model.quantities import quantity_of
from vreltui.model.settling import settled
from vreltui.model.struck import expanded
from vreltui.model.times import Duration, Rate
from vreltui.symbolic.algebra import PlainAlgebra
from vreltui.symbolic.derivation import WHOLE, Derived, Reader
from vreltui.symbolic.figures import figures_of, whole_number
from vreltui.symbolic.notation_writer import NotationWriter
from vreltui.symbolic.plain_expressions import BeyondPlainError
from vreltui.symbolic.results import Formula, NamedPart, RefusedError
from vreltui.symbolic.symbols import Expr, Symbols

COMPILING_SECONDS = 10.0

MOST_PLAIN_STEPS = 100_000
"""The most steps of a program that are read without a process of their own."""


def program_of(design: Design, choice: str, limits: Limits | None = None) -> Program:
    """The program of a choice. Raises :class:`RefusedError` where it is too large to solve."""
    try:
        return compile_program(
            expanded(settled(design, choice), choice),
            design.choices[choice].root,
            limits or Limits(seconds=COMPILING_SECONDS),
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
    named = {} if parts is None else parts
    value = values_read(design, program, choice, symbols, free, held, named)
    return Reader(program, symbols, value, inline, whole, named).read()


def values_read(
    design: Design,
    program: Program,
    choice: str,
    symbols: Symbols,
    free: str | None,
    held: str | None,
    parts: dict[Expr, Expr],
) -> Callable[[Source], Any]:
    """The expression of each source of a program; figures of leaves become ``parts``."""
    design = settled(design, choice)
    numbers = values_of(design, program, choice)
    given = {*design.choices[choice].set, held} - {free}

    # Symbols are made in the order of the tree, which is the order in which they are written.
    for name in design.parameters_below(design.choices[choice].root):
        if name not in given:
            named_symbol(symbols, design.parameters[name])
    figures = figures_of(program)
    root = program.steps[program.root]
    alone = root.law.figure_source if isinstance(root, Leaf) else None

    def whole(source: Source) -> int | None:
        return whole_number(numbers[source])

    def value(source: Source) -> Any:
        if source in figures:
            from vreltui.symbolic.figure_expressions import figure_of

            law, node = figures[source]
            return figure_of(law, node, value, whole, symbols, parts, alone=source == alone)
        number = numbers[source]
        if source.is_parameter and source.name not in given:
            return named_symbol(symbols, design.parameters[source.name])
        match number:
            case int():
                return number
            case Probability():
                return symbols.constant(number.reliability)
            case Duration() | Rate() | PlainNumber():
                exact = Fraction(quantity_of(number).exact(number))
                return symbols.amount(quantity_of(number).text(number), exact)

    return value


def stated_symbol(
    design: Design, choice: str, symbols: Symbols, source: Source, *, free: bool = False
) -> Expr:
    """The symbol of a time, a rate or a number, as a choice sees it; ``free`` is one even so."""
    if source.is_parameter and (free or source.name not in design.choices[choice].set):
        return named_symbol(symbols, design.parameters[source.name])
    if source.is_parameter:
        number = design.value(source.name, choice)
    else:
        number = own_value(settled(design, choice), source.name)
    exact = Fraction(quantity_of(number).exact(number))
    return symbols.amount(quantity_of(number).text(number), exact)


def named_symbol(symbols: Symbols, parameter: Parameter) -> Expr:
    """The symbol of a parameter."""
    match parameter.value:
        case int():
            return symbols.parameter(parameter.name, is_count=True)
        case Probability():
            return symbols.parameter(parameter.name, is_count=False)
        case Duration() | Rate() | PlainNumber():
            return symbols.amount(parameter.name)


def formula(design: Design, choice: str, most_characters: int = 100_000) -> Formula:
    """What is measured of a choice, in the design's own parameter names.

    Raises :class:`RefusedError` with the reason where it would be too long to read.
    """
    from vreltui.symbolic.relations import Writer
    from vreltui.symbolic.sympy_algebra import SYMPY

    symbols = Symbols(SYMPY)
    writer = Writer(symbols, most_characters)
    if design.measure == "mttf":
        from vreltui.symbolic.mean_lives import mean_formula

        program = program_of(design, choice)
        of = values_read(design, program, choice, symbols, None, None, {})
        return mean_formula(design, choice, program, symbols, of, writer)
    derived = read_choice(design, choice, symbols)
    parts = writer.parts(derived.parts)
    value = writer.expression(derived.root)
    expressions = [derived.root, *derived.parts, *derived.parts.values()]
    return Formula(choice, value, parts, writer.declarations(expressions))


def plain_formula(design: Design, choice: str, most_characters: int, limits: Limits) -> Formula:
    """The same formula without sympy, and without its source for sympy.

    Raises :class:`BeyondPlainError` where sympy has to be asked, which may be for a moment of work
    that is over, :class:`RefusedError` as :func:`formula` does.
    """
    if design.measure == "mttf":
        raise BeyondPlainError
    symbols = Symbols(PlainAlgebra())
    try:
        program = program_of(design, choice, limits)
    except RefusedError:
        raise BeyondPlainError from None
    if figures_of(program) or len(program.steps) > MOST_PLAIN_STEPS:
        raise BeyondPlainError
    parts: dict[Expr, Expr] = {}
    value = values_read(design, program, choice, symbols, None, None, parts)
    derived = Reader(program, symbols, value, parts=parts).read()
    writer = NotationWriter(symbols, most_characters)
    named = tuple(
        NamedPart(writer.expression(name), writer.expression(part))
        for name, part in derived.parts.items()
    )
    return Formula(choice, writer.expression(derived.root), named)
