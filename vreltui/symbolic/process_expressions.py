"""Figures of processes as expressions: solved balance equations, or the matrix as it is.

The same elimination that answers in numbers (:mod:`vreltui.engine.chains`) answers in symbols.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

import sympy

from vreltui.engine.chain_laws import ChainLaw
from vreltui.engine.chains.chain import END, Chain
from vreltui.engine.chains.elimination import mean_time_within, share_of, stationary
from vreltui.engine.laws import Source
from vreltui.symbolic.results import Writing
from vreltui.symbolic.symbols import Expr

MOST_SOLVED = 6
"""The most states of which equations are solved in symbols."""

Terms = dict[tuple[Expr, int], Expr]
"""A sum of c t^k e^(-a t): c by a and k."""


@dataclass(frozen=True, slots=True)
class MatrixFigure:
    """A figure that is left as its matrix: the sum of some entries of a row of e^(Qt).

    Without a time it is that of the stationary distribution.
    """

    rows: tuple[tuple[Expr, ...], ...]
    start: int
    summed: tuple[int, ...]
    time: Expr | None

    is_Mul = False  # noqa: N815 - as sympy's expressions answer

    @property
    def entries(self) -> tuple[Expr, ...]:
        """The expressions in it."""
        found = tuple(entry for row in self.rows for entry in row)
        return found if self.time is None else (*found, self.time)

    @property
    def free_symbols(self) -> set[Expr]:
        """The symbols in it."""
        return set().union(*(entry.free_symbols for entry in self.entries))

    def written(self, write: Callable[[Expr], Writing]) -> Writing:
        """It in three notations, by those of its entries."""
        rows = [[write(entry) for entry in row] for row in self.rows]
        text = "[" + ", ".join(_listed(entry.text for entry in row) for row in rows) + "]"
        latex = r"\begin{pmatrix}" + r" \\ ".join(
            " & ".join(entry.latex for entry in row) for row in rows
        ) + r"\end{pmatrix}"  # fmt: skip
        source = (
            "Matrix([" + ", ".join(_listed(entry.sympy for entry in row) for row in rows) + "])"
        )
        unit = _listed("1" if i == self.start else "0" for i in range(len(rows)))
        counted = ["1" if i in self.summed else "0" for i in range(len(rows))]
        column = _listed(counted)
        if self.time is None:
            return Writing(
                f"pi {column} with pi Q = 0, sum of pi = 1, Q = {text}",
                rf"\pi\,{_column(counted)},\ \pi {latex} = 0,\ \textstyle\sum \pi = 1",
                f"(lambda v: (v.T * Matrix({column}))[0] / sum(v))(({source}).T.nullspace()[0])",
            )
        time = write(self.time)
        return Writing(
            f"{unit} exp({time.text} {text}) {column}",
            rf"{_row(unit)}\exp\left({time.latex} {latex}\right){_column(counted)}",
            f"(Matrix([{unit}]) * ({time.sympy} * {source}).exp() * Matrix({column}))[0]",
        )


def _listed(texts: Iterable[str]) -> str:
    return "[" + ", ".join(texts) + "]"


def _row(unit: str) -> str:
    return r"\begin{pmatrix}" + unit.strip("[]").replace(",", " &") + r"\end{pmatrix}"


def _column(entries: Collection[str]) -> str:
    return r"\begin{pmatrix}" + r" \\ ".join(entries) + r"\end{pmatrix}"


@dataclass(frozen=True)
class ProcessExpression:
    """One process with an expression for each of its numbers."""

    law: ChainLaw
    value: Callable[[Source], Expr]
    whole: Callable[[Source], int | None]
    """What a number is that is a whole one."""

    @property
    def letter(self) -> str:
        """What its figure is called: A, S or R."""
        return {"availability": "A", "safety": "S", "survival": "R"}[self.law.asked]

    @cached_property
    def chain(self) -> Chain:
        """The chain, in symbols."""
        numbers = {source: self.value(source) for source in self.law.sources}
        for source in self.law.whole_sources:
            if (whole := self.whole(source)) is not None:
                numbers[source] = sympy.Integer(whole)
        return self.law.chain_of(numbers)

    @property
    def figure(self) -> Expr | MatrixFigure:
        """What is measured."""
        if self.law.asked == "availability":
            return self._long_run
        assert self.law.mission is not None
        return self.lasting(self.value(self.law.mission))

    @property
    def _long_run(self) -> Expr | MatrixFigure:
        chain = self.chain
        if len(chain.reached) > MOST_SOLVED:
            return self._matrix(sorted(chain.reached), None)
        return _tidy(share_of(stationary(chain), chain.up))

    def lasting(self, time: Expr) -> Expr | MatrixFigure:
        """The chance to stay, until a time, among the states that are asked for."""
        within = sorted(self.law.going_on(self.chain) & self.chain.reached)
        order = self._in_order(within)
        if order is None or len(within) > MOST_SOLVED:
            return self._matrix(within, time)
        return _written(_summed(_decayed(self.chain, within, order)), time)

    @property
    def mean(self) -> Expr | None:
        """The mean time to the first failure; None where it is not solved."""
        chain = self.chain
        if len(chain.reached) > MOST_SOLVED:
            return None
        mean = mean_time_within(chain, chain.up)
        return None if mean is None else _tidy(mean)

    def _in_order(self, within: Collection[int]) -> list[int] | None:
        """The states in an order in which none is come back to; None where there is no such."""
        before: dict[int, list[int]] = {state: [] for state in within}
        for origin, target in self.chain.rates:
            if origin in within and target in within:
                before[target].append(origin)
        try:
            return list(TopologicalSorter(before).static_order())
        except CycleError:
            return None

    def _matrix(self, within: Collection[int], time: Expr | None) -> MatrixFigure:
        place = {state: index for index, state in enumerate(within)}
        rows = [[sympy.Integer(0)] * len(place) for _ in place]
        for (origin, target), rate in self.chain.stopped(within).items():
            i = place[origin]
            rows[i][i] = rows[i][i] - rate
            if target != END:
                rows[i][place[target]] = rows[i][place[target]] + rate
        summed = within if time is not None else [s for s in within if s in self.chain.up]
        return MatrixFigure(
            tuple(tuple(row) for row in rows),
            place[self.chain.start],
            tuple(place[state] for state in summed),
            time,
        )


def _decayed(chain: Chain, within: Collection[int], order: Iterable[int]) -> list[Terms]:
    """How likely each state is over time, one after another."""
    leaving: dict[int, Expr] = {}
    for state in within:
        leaving[state] = sympy.cancel(
            sympy.Add(*(rate for (origin, _), rate in chain.rates.items() if origin == state))
        )
    found: dict[int, Terms] = {}
    for state in order:
        own: Terms = {(leaving[state], 0): sympy.Integer(1)} if state == chain.start else {}
        for (origin, target), rate in chain.rates.items():
            if target == state and origin in within:
                for (decay, power), factor in found[origin].items():
                    _flow(own, leaving[state], decay, power, rate * factor)
        found[state] = own
    return list(found.values())


def _flow(into: Terms, leaving: Expr, decay: Expr, power: int, factor: Expr) -> None:
    """Add what flows in like t^k e^(-a t), and leaves again at a rate."""
    gap = sympy.cancel(leaving - decay)
    if gap == 0:
        _add(into, (decay, power + 1), factor / (power + 1))
        return
    for m in range(power + 1):
        falling = sympy.ff(power, m)
        _add(into, (decay, power - m), factor * (-1) ** m * falling / gap ** (m + 1))
    _add(into, (leaving, 0), -factor * (-1) ** power * sympy.factorial(power) / gap ** (power + 1))


def _add(terms: Terms, key: tuple[Expr, int], more: Expr) -> None:
    terms[key] = terms.get(key, sympy.Integer(0)) + more


def _summed(parts: Iterable[Terms]) -> Terms:
    total: Terms = {}
    for terms in parts:
        for (decay, power), factor in terms.items():
            same = next(
                (key for key in total if key[1] == power and sympy.cancel(key[0] - decay) == 0),
                (decay, power),
            )
            _add(total, same, factor)
    return total


def _written(terms: Terms, time: Expr) -> Expr:
    return sympy.Add(
        *(
            _tidy(factor) * time**power * sympy.exp(-decay * time)
            for (decay, power), factor in terms.items()
            if sympy.cancel(factor) != 0
        )
    )


def _tidy(expression: Expr) -> Expr:
    """A quotient of two polynomials without common factors."""
    return sympy.factor(sympy.cancel(sympy.together(expression)))
