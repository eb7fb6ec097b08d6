"""When one choice lives longer than another, or than a time, in symbols: where means are closed."""

from __future__ import annotations

from dataclasses import replace

import sympy

from vreltui.model import Design
from vreltui.model.goals import MeanLife
from vreltui.symbolic.choice_expressions import named_symbol, program_of, values_read
from vreltui.symbolic.mean_lives import closed_mean
from vreltui.symbolic.numeric import mean_numeric, moves
from vreltui.symbolic.relations import Relation, Writer
from vreltui.symbolic.results import Condition, Numeric, RefusedError
from vreltui.symbolic.symbols import Expr, Symbols
from vreltui.symbolic.sympy_algebra import SYMPY

INTEGRAL = "a mean life that is an integral is compared in numbers alone: vreltui check does"


def mean_condition(
    design: Design, choice: str, against: str | None, unknown: str | None, most_characters: int
) -> Condition:
    """When ``choice`` lives longer than ``against``, or than the goal; solved for ``unknown``.

    Raises :class:`~vreltui.symbolic.results.RefusedError` where a mean is no closed expression.
    """
    symbols = Symbols(SYMPY)
    _, rival_moves = moves(design, choice, against, unknown or "")
    ours = _mean(design, choice, symbols, unknown, moves_here=True)
    if against is not None:
        theirs = _mean(design, against, symbols, unknown, moves_here=rival_moves)
    else:
        assert isinstance(design.goal, MeanLife)
        theirs = symbols.amount(str(design.goal.time), design.goal.time.seconds)
    top, below = sympy.fraction(sympy.factor(sympy.together(ours / theirs)))
    writer = Writer(symbols, most_characters)
    margin = _without_proven(sympy.expand(top - below), symbols)
    sign = _sign(margin, symbols)
    compared = Relation(top, ">", below) if sign is not None else _by_terms(margin)
    answer = Condition(choice, against, "compared", writer.statement(compared), unknown)
    spoken = [*compared.expressions]
    counted = _reads_counts(design, choice, against)
    if sign is not None and not counted:
        why = "" if sign else "they live equally long"
        answer = replace(answer, outcome="always" if sign > 0 else "never", reason=why)
    elif unknown is not None:
        found = _solved(margin, named_symbol(symbols, design.parameters[unknown]), symbols)
        if isinstance(found, Relation):
            spoken += found.expressions
            answer = replace(answer, outcome="solved", solved=(writer.statement(found),))
        else:
            answer = replace(answer, outcome="open", reason=found)
    if unknown is not None:
        is_count = design.parameters[unknown].is_count
        found_here = Numeric((), is_count=is_count) if answer.outcome == "never" else None
        numeric = found_here or mean_numeric(design, choice, against, unknown)
        answer = replace(answer, numeric=numeric)
    return replace(answer, declarations=writer.declarations(spoken))


def _reads_counts(design: Design, choice: str, against: str | None) -> bool:
    """Whether a side has as many copies as a parameter says: its mean is that of one number."""
    names = [name for name in (choice, against) if name is not None]
    return any(
        source.is_parameter and source.name not in design.choices[name].set
        for name in names
        for source in program_of(design, name).pools
    )


def _mean(
    design: Design, choice: str, symbols: Symbols, unknown: str | None, *, moves_here: bool
) -> Expr:
    free, held = (unknown, None) if moves_here else (None, unknown)
    program = program_of(design, choice)
    value = values_read(design, program, choice, symbols, free, held, {})
    found = closed_mean(design, choice, program, value)
    if found is None:
        raise RefusedError(INTEGRAL)
    return found


def _without_proven(margin: Expr, symbols: Symbols) -> Expr:
    """A margin without the factors that have one sign wherever it is asked for."""
    number, factors = sympy.factor_list(margin)
    rest = sympy.sign(number)
    for factor, power in factors:
        sign = _sign(factor, symbols)
        rest = rest * (sympy.Integer(sign) if sign else factor) ** power
    return sympy.expand(rest)


def _by_terms(margin: Expr) -> Relation:
    """What adds to a margin, and what takes from it."""
    terms = sympy.Add.make_args(margin)
    less = [term for term in terms if term.could_extract_minus_sign()]
    more = [term for term in terms if term not in less]
    return Relation(sympy.Add(*more), ">", -sympy.Add(*less))


def _sign(margin: Expr, symbols: Symbols) -> int | None:
    """The one sign of an expression where times are above 0 and probabilities between 0 and 1.

    In the odds of its probabilities, by the signs of its terms alone; None where they differ.
    """
    odds = {
        symbol: 1 / (1 + symbol)
        for symbol, meaning in symbols.meanings.items()
        if meaning.kind in ("probability", "constant")
    }
    top, below = sympy.fraction(sympy.together(margin.xreplace(odds)))
    signs = [
        {
            1 if term.is_positive else -1 if term.is_negative else None if term != 0 else 0
            for term in sympy.Add.make_args(sympy.expand(part))
        }
        for part in (top, below)
    ]
    if any(len(each) != 1 for each in signs):
        return None
    (above,), (under,) = signs
    return None if above is None or under is None else above * under


def _solved(margin: Expr, unknown: Expr, symbols: Symbols) -> Relation | str:
    """The margin solved for what it is straight in; else why it is not."""
    if unknown.is_integer:
        return "how many copies there are decides which terms the mean has"
    if not margin.has(unknown):
        return "it cancels, or neither side uses it, so it decides nothing"
    try:
        polynomial = sympy.Poly(margin, unknown)
    except sympy.PolynomialError:
        return "the mean is no polynomial in it"
    if polynomial.degree() != 1 or any(each.has(unknown) for each in polynomial.all_coeffs()):
        return f"the comparison has degree {polynomial.degree()} in it"
    slope, rest = polynomial.all_coeffs()
    way = _sign(slope, symbols)
    if not way:
        return "which way it acts is not proven"
    above, under = sympy.fraction(sympy.cancel(-rest / slope))
    end = sympy.expand(above) / sympy.factor(under)
    return Relation(unknown, ">" if way > 0 else "<", end)
