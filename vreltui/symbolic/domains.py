"""Where an expression fails to be positive, in as few words as that allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import sympy

from vreltui.symbolic.cancelling import quotient, without_signed_factors
from vreltui.symbolic.polynomials import Polynomial, Ring, TooLargeError
from vreltui.symbolic.reading_cost import cost
from vreltui.symbolic.relations import Between, Operator, Relation, Statement
from vreltui.symbolic.signs import powers_of_one_count, proven_sign, sign_of
from vreltui.symbolic.symbols import Expr, Symbols
from vreltui.symbolic.tidy import tidy

LONGEST = 14
"""A statement that costs more than this to read is not made."""


@dataclass(frozen=True, slots=True)
class Failing:
    """Where an expression is zero or negative: never, always, under a condition, or not known.

    Under a condition, one of ``statements`` has to hold.
    """

    when: Literal["never", "always", "sometimes", "unknown"]
    statements: tuple[Statement, ...] = ()


def failing(expression: Expr, symbols: Symbols) -> Failing:
    """Where an expression is not positive, for probabilities in (0, 1) and counts from 1."""
    sign = proven_sign(expression)
    if sign is not None and sign.value <= 0:
        return Failing("always")
    if sign is not None and sign.strict:
        return Failing("never")
    if sign is not None:
        ones = sorted(sign.zero_at_one, key=symbols.rank)
        return Failing("sometimes", tuple(Relation(n, "=", sympy.Integer(1)) for n in ones))
    try:
        ring = Ring([expression])
        rest = without_signed_factors(ring.polynomial(expression), ring)
    except TooLargeError:
        return Failing("unknown")
    bases = powers_of_one_count(rest, ring)
    if bases is not None:
        return failing(bases[0] - bases[1], symbols)
    used = ring.used(rest)
    if len(used) == 1 and ring.variables[used[0]].expression.is_Symbol:
        found = _in_one_variable(rest, used[0], ring)
        if found is not None:
            return found
    solved = [s for s in _linear_statements(rest, ring, symbols) if _length(s) <= LONGEST]
    if solved:
        return Failing("sometimes", (solved[0],))
    raw = Relation(tidy(ring.expression(rest)), "<=", sympy.Integer(0))
    return Failing("sometimes", (raw,)) if _length(raw) <= LONGEST else Failing("unknown")


def _length(statement: Statement) -> float:
    return sum(cost(expression) for expression in statement.expressions)


def _linear_statements(polynomial: Polynomial, ring: Ring, symbols: Symbols) -> Iterator[Statement]:
    """polynomial <= 0 solved for a variable that stands in it alone; the goal first."""

    def order(i: int) -> tuple[bool, bool, int]:
        symbol = ring.variables[i].expression
        kind = symbols.meanings[symbol].kind
        return kind != "goal", kind == "constant", -symbols.rank(symbol)

    in_bases = {
        symbol
        for variable in ring.variables
        if not variable.expression.is_Symbol
        for symbol in variable.expression.free_symbols
    }
    plain = [
        i
        for i in ring.used(polynomial)
        if ring.variables[i].domain == "unit"
        and _is_plain(ring.variables[i].expression, symbols)
        and ring.variables[i].expression not in in_bases
        and polynomial.degrees()[i] == 1
    ]
    for i in sorted(plain, key=order):
        symbol = ring.variables[i].expression
        rest = polynomial.subs({f"g{i}": 0})
        slope = polynomial.subs({f"g{i}": 1}) - rest
        sign = sign_of(slope, ring)
        if sign is None or not sign.strict:
            continue
        operator: Operator = "<=" if sign.value > 0 else ">="
        bound = quotient(ring.expression(-rest), ring.expression(slope))
        yield Relation(symbol, operator, bound)


def _is_plain(expression: Expr, symbols: Symbols) -> bool:
    """Whether this is a value that somebody can choose, or the goal; a subtree is not."""
    meaning = symbols.meanings.get(expression)
    return meaning is not None and meaning.kind != "part"


def _in_one_variable(polynomial: Polynomial, i: int, ring: Ring) -> Failing | None:
    """Exact intervals, where the roots are rational or square roots."""
    x = ring.variables[i].expression
    roots: list[Expr] = []
    for factor, _ in polynomial.factor()[1]:
        if factor.degrees()[i] > 2:
            return None
        roots.extend(sympy.solve(ring.expression(factor), x, dict=False))
    inside = sorted({root for root in roots if root.is_real and 0 < root < 1})
    ends = [sympy.Integer(0), *inside, sympy.Integer(1)]
    value = ring.expression(polynomial)
    # Between neighbouring roots the sign is constant, so that one point of each stretch tells it.
    stretches = [
        (low, high) for low, high in pairwise(ends) if value.xreplace({x: _between(low, high)}) < 0
    ]
    merged: list[tuple[Expr, Expr]] = []
    for low, high in stretches:
        if merged and merged[-1][1] == low:
            merged[-1] = (merged[-1][0], high)
        else:
            merged.append((low, high))
    if not merged:
        return Failing("sometimes", tuple(Relation(x, "=", root) for root in inside))
    return Failing("sometimes", tuple(_stretch(x, low, high) for low, high in merged))


def _between(low: Expr, high: Expr) -> Expr:
    """A rational number strictly between."""
    digits = 10
    while True:
        middle = sympy.Rational(str(sympy.N((low + high) / 2, digits)))
        if low < middle < high:
            return middle
        digits *= 2


def _stretch(x: Expr, low: Expr, high: Expr) -> Statement:
    if low == 0:
        return Relation(x, "<=", high)
    return Relation(x, ">=", low) if high == 1 else Between(low, x, high, closed=True)
