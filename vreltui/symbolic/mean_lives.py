"""The mean time to the first failure in symbols."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy

from vreltui.engine.chain_laws import ChainLaw
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.lasting_laws import LastingLaw
from vreltui.engine.limits import Undecided
from vreltui.engine.part_of_program import PartOfProgram
from vreltui.engine.program import Program, Source
from vreltui.engine.renewed_life import ARITHMETIC, SurvivalPolynomial, polynomial_pair
from vreltui.engine.share_laws import ShareLaw
from vreltui.engine.stated_values import values_of
from vreltui.engine.steps import Leaf
from vreltui.model import Design
from vreltui.model.settling import settled
from vreltui.symbolic.arithmetic import SymbolicArithmetic
from vreltui.symbolic.clock_expressions import Renewed
from vreltui.symbolic.derivation import Reader
from vreltui.symbolic.figures import figures_of, whole_number
from vreltui.symbolic.life_expressions import Lifetime
from vreltui.symbolic.process_expressions import ProcessExpression
from vreltui.symbolic.relations import Writer
from vreltui.symbolic.results import Formula, NamedPart, Writing
from vreltui.symbolic.symbols import Expr, Symbols
from vreltui.symbolic.sympy_algebra import SYMPY


def mean_formula(
    design: Design,
    choice: str,
    program: Program,
    symbols: Symbols,
    value: Callable[[Source], Any],
    writer: Writer,
) -> Formula:
    """The mean life of a choice: a sum over its survival's terms, or the integral of that.

    All exponential, a product of survivals e^(-t/T_i) integrates to 1 / (1/T_1 + 1/T_2 + ...).
    """
    alone = _alone(program, value)
    if alone is not None:
        lifetime, node = alone
        renewed = Renewed.of(lifetime, node, symbols)
        mean, parts_of = (renewed.mean, renewed.parts) if renewed else (lifetime.mean, {})
        lines = writer.declarations([mean, *parts_of, *parts_of.values()])
        return Formula(choice, writer.expression(mean), writer.parts(parts_of), lines)
    closed = _closed_sum(design, choice, program, value)
    if closed is not None:
        return Formula(choice, writer.expression(closed), (), writer.declarations([closed]))
    time = symbols.amount("t")
    figures = figures_of(program)
    parts: dict[Expr, Expr] = {}

    def survives(source: Source) -> Any:
        if source not in figures:
            return value(source)
        law, node = figures[source]
        symbol = symbols.part(node)
        if isinstance(law, ChainLaw):
            parts[symbol] = ProcessExpression(law, value, _whole(design, choice, program)).lasting(
                time
            )
            return symbol
        assert isinstance(law, LastingLaw)  # planned outages are no part of a mean life
        lifetime = Lifetime.of(law, value)
        renewed = Renewed.of(lifetime, node, symbols)
        if renewed is not None:
            parts.update(renewed.parts)
        parts[symbol] = lifetime.survival(time) if renewed is None else renewed.lasting(time)
        return symbol

    derived = Reader(program, symbols, survives, parts=parts).read()
    whole = writer.expression(derived.root)
    of_time = Writing("R(t)", "R(t)", "survival")
    integral = Writing(
        "integral of R(t) from 0 to infinity",
        r"\int_0^\infty R(t)\,dt",
        f"Integral(survival, ({writer.expression(time).sympy}, 0, oo))",
    )
    named = (*writer.parts(derived.parts), NamedPart(of_time, whole))
    spoken = [derived.root, *derived.parts, *derived.parts.values()]
    lines = writer.declarations(spoken)
    return Formula(choice, integral, named, (*lines, "from sympy import Integral, oo"))


def _alone(program: Program, value: Callable[[Source], Any]) -> tuple[Lifetime, str] | None:
    """The one component that a choice is, if it is one, with its node."""
    root = program.steps[program.root]
    if not isinstance(root, Leaf) or not isinstance(root.law, LastingLaw):
        return None
    ((law, node),) = figures_of(program).values()
    assert isinstance(law, LastingLaw)
    return Lifetime.of(law, value), node


def closed_mean(
    design: Design, choice: str, program: Program, value: Callable[[Source], Any]
) -> Expr | None:
    """The mean life where it is closed and names no parts; else None."""
    alone = _alone(program, value)
    if alone is not None:
        return None if "rejuvenate" in alone[0].numbers else alone[0].mean
    return _closed_sum(design, choice, program, value)


def _closed_sum(
    design: Design, choice: str, program: Program, value: Callable[[Source], Any]
) -> Expr | None:
    """The closed sum; None where some lifetime is not exponential, or it would be too long."""
    means: dict[int, Expr] = {}
    tree = PartOfProgram(_evaluation(design, choice, program), program.root)
    if tree.chances:
        return None
    for leaf in tree.leaves:
        law = program.law(leaf)
        part: Expr = sympy.Integer(1)
        if isinstance(law, ShareLaw) and law.by_hazard:
            part = law.part(SymbolicArithmetic(SYMPY), lambda source: _pair(value(source)))
            law = law.base
        if isinstance(law, ChainLaw):
            alone = program.steps[program.root]
            process = ProcessExpression(law, value, _whole(design, choice, program))
            return process.mean if isinstance(alone, Leaf) else None
        if not isinstance(law, LastingLaw):
            continue
        lifetime = Lifetime.of(law, value)
        if lifetime.law.kind != "exponential" or "rejuvenate" in lifetime.numbers:
            return None
        if part != 0:
            means[leaf] = lifetime.mean / part
    survival = _survival(design, choice, program, means)
    if survival is None or () in survival.terms:
        return None
    return sympy.Add(
        *[
            sympy.Integer(int(coefficient))
            / sympy.Add(*[power / means[leaf] for leaf, power in powers])
            for powers, coefficient in survival.terms.items()
        ]
    )


def _whole(design: Design, choice: str, program: Program) -> Callable[[Source], int | None]:
    numbers = values_of(settled(design, choice), program, choice)
    return lambda source: whole_number(numbers[source])


def _pair(value: Expr) -> tuple[Expr, Expr]:
    return value, 1 - value


def _evaluation(design: Design, choice: str, program: Program) -> Evaluation:
    return Evaluation(program, values_of(settled(design, choice), program, choice))


def _survival(
    design: Design, choice: str, program: Program, means: dict[int, Expr]
) -> SurvivalPolynomial | None:
    evaluation = _evaluation(design, choice, program)
    part = PartOfProgram(evaluation, program.root)

    def constant(leaf: int) -> bool | None:
        if leaf in means:
            return None
        works = program.law(leaf).life(evaluation)
        assert isinstance(works, bool)
        return works

    try:
        return part.read(ARITHMETIC, polynomial_pair(constant))[0]
    except Undecided:
        return None
