"""Nodes inside a diagram, and what becomes of it where each of them works and where it fails.

All of one diagram are solved at once, in one order: they have most of their functions in common,
and one walk finds the chances of all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from operator import is_
from typing import Any, TypeVar, assert_never

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.boolean_formula import Atom, Choose, Formula, Line, Threshold
from vreltui.engine.gate_graph import Gate
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.solving import solve
from vreltui.engine.structure.reduced_diagrams import Decisions

E = TypeVar("E")

Stand = tuple[Gate, int]
"""A node inside a diagram, and one of its lines."""

MOST_WALKS = 3
"""So many walks are kept: of a few precisions, or of numbers and of what is possible."""

MOST_TOGETHER = 1 << 18
"""So many diagram nodes are expected at most of what is solved at once."""


class Walked:
    """The chances of some nodes of a store, kept for the pairs that were given last."""

    def __init__(self, decisions: Decisions, nodes: Sequence[int]) -> None:
        self.decisions = decisions
        self.nodes = nodes
        self._known: list[tuple[Sequence[object], Mapping[int, Any]]] = []

    def pairs(
        self, arithmetic: Arithmetic[E], given: Sequence[tuple[E, E]]
    ) -> Mapping[int, tuple[E, E]]:
        """As :meth:`Decisions.pairs`; the same pairs, one by one, are not walked again."""
        for known, found in self._known:
            if len(known) == len(given) and all(map(is_, known, given)):
                return found
        walked = self.decisions.pairs(self.nodes, arithmetic, given)
        self._known = [(given, walked), *self._known[: MOST_WALKS - 1]]
        return walked


class Inner:
    """A node inside a diagram, and what becomes of the diagram where that works and where it fails.

    ``roots`` are the whole diagram, with the node replaced by what always works, by what never
    does, the node itself, and where the node or the whole works.
    """

    def __init__(
        self, gate: Gate, order: tuple[int, ...], walked: Walked, roots: Sequence[int]
    ) -> None:
        self.gate = gate
        self.order = order
        self._walked = walked
        self._roots = roots

    def pairs(self, arithmetic: Arithmetic[E], given: Sequence[tuple[E, E]]) -> list[tuple[E, E]]:
        """The chance of each root; ``given`` are the pairs by level."""
        found = self._walked.pairs(arithmetic, given)
        return [found[root] for root in self._roots]

    def certain(self, possible: Sequence[tuple[bool, bool]]) -> list[int]:
        """A number for each root, the same for those that are certainly equal."""
        known = {
            level: possible[atom][0]
            for level, atom in enumerate(self.order)
            if possible[atom][0] != possible[atom][1]
        }
        return [self._walked.decisions.restrict(root, known) for root in self._roots]


def inner_nodes(
    formula: Formula, top: int, stands: Sequence[Stand], nodes: int, limits: Limits
) -> Iterator[tuple[Stand, Inner | Undecided]]:
    """Each of some nodes inside a diagram of so many ``nodes``; or why it is too large to solve."""
    at_once = max(1, MOST_TOGETHER // (4 * nodes + 1))
    for start in range(0, len(stands), at_once):
        together = stands[start : start + at_once]
        with suppress(Undecided):
            if len(together) > 1:
                yield from _solved(formula, top, together, limits)
                continue
        for stand in together:
            try:
                yield from _solved(formula, top, [stand], limits)
            except Undecided as reason:
                yield stand, reason


def _solved(
    formula: Formula, top: int, stands: Sequence[Stand], limits: Limits
) -> list[tuple[Stand, Inner | Undecided]]:
    limits.check_time("replacing the nodes inside a diagram")
    formula = Formula(list(formula.lines), formula.atoms, set(formula.first))
    always = formula.add(Threshold(0, ()))
    never = formula.add(Threshold(1, ()))
    roots = [top]
    for _, line in stands:
        works = _replaced(formula, top, line, always)
        fails = _replaced(formula, top, line, never)
        roots += [works, fails, line, formula.add(Threshold(1, (line, top)))]
    solved = solve(formula, roots, limits)
    decisions = Decisions(limits)
    whole, *found = decisions.load(solved.diagram)
    walked = Walked(decisions, decisions.below(whole, *found))
    return [
        (stand, Inner(stand[0], solved.order, walked, [whole, *found[4 * at : 4 * at + 4]]))
        for at, stand in enumerate(stands)
    ]


def _replaced(formula: Formula, top: int, line: int, by: int) -> int:
    """The line ``top`` with another in place of one below it; lines are added as needed."""
    copies = {line: by}
    for number in range(line + 1, top + 1):
        content = formula.lines[number]
        if any(part in copies for part in formula.operands(number)):
            copies[number] = formula.add(_with_operands(content, copies))
    return copies.get(top, top)


def _with_operands(line: Line, copies: Mapping[int, int]) -> Line:
    match line:
        case Threshold(k, operands):
            return Threshold(k, tuple(copies.get(part, part) for part in operands))
        case Choose(on, high, low):
            return Choose(
                copies.get(on, on),
                None if high is None else copies.get(high, high),
                None if low is None else copies.get(low, low),
            )
        case Atom():
            return line
        case unknown:
            assert_never(unknown)
