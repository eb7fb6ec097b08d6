"""From a formula to a decision diagram, in the best of a few orders, within bounds."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import assert_never

from vreltui.engine.boolean_formula import Atom, Choose, Formula, Line, Threshold
from vreltui.engine.diagram import DiagramNodes, Diagrams, Function, Room, TooLargeError
from vreltui.engine.limits import Limits, Undecided, tick
from vreltui.engine.orders import candidate_orders

SMALL = 8
"""Nodes for each atom below which a diagram is small enough to look no further."""


FEW = 1 << 12
"""Nodes up to which a diagram is read at once, with those of the lines beside it."""

BESIDE = 1 << 17
"""Nodes up to which the lines beside a larger diagram are read as well."""


@dataclass(frozen=True, slots=True)
class Solved:
    """A formula as a diagram; ``order[level]`` is the atom that stands at a level.

    The diagram's roots are those that were asked for; then the lines beside them, all or none.
    """

    order: tuple[int, ...]
    diagram: DiagramNodes


def solve(
    formula: Formula, roots: Sequence[int], limits: Limits, beside: Sequence[int] = ()
) -> Solved:
    """Diagrams of the lines ``roots``, with the best order of a small portfolio.

    No static order is good for every structure, so several are tried, each under a capacity that
    grows only when all have failed. The lines ``beside`` the roots are read too, unless that makes
    a large diagram much larger. Raises :class:`Undecided` past ``limits.diagram_nodes``.
    """
    best: Solved | None = None
    for order in candidate_orders(formula, roots):
        limits.check_time("building a decision diagram")
        bound = FEW if best is None else len(best.diagram.nodes)
        try:
            solved = _read(formula, (*roots, *beside), order, max(bound, 64))
        except TooLargeError:
            continue
        if best is None or len(solved.diagram.nodes) < len(best.diagram.nodes):
            best = solved
        if len(best.diagram.nodes) <= SMALL * formula.atoms + 128:
            break
    return _solve_large(formula, roots, limits, beside) if best is None else best


def _solve_large(
    formula: Formula, roots: Sequence[int], limits: Limits, beside: Sequence[int]
) -> Solved:
    """As :func:`solve`: orders are compared by counts of nodes, and one diagram alone is read."""
    capacity = FEW
    while capacity < limits.diagram_nodes:
        capacity = min(capacity * 16, limits.diagram_nodes)
        best: _Build | None = None
        room = Room(2 * _with_intermediate(formula, capacity) + capacity)
        for order in candidate_orders(formula, roots):
            limits.check_time("building a decision diagram")
            try:
                bound = capacity if best is None else best.count
                built = _Build(formula, roots, order, bound, room)
            except TooLargeError:
                continue
            if best is None or built.count < best.count:
                best = built
            if best.count <= SMALL * formula.atoms + 128:
                break
        if best is not None:
            return _with_those_beside(formula, roots, beside, best, room)
        del room
    raise Undecided(f"the shared parts need a decision diagram of more than {capacity} nodes")


def _with_those_beside(
    formula: Formula, roots: Sequence[int], beside: Sequence[int], best: _Build, room: Room
) -> Solved:
    """A diagram with the lines beside its roots, unless they make it much larger."""
    if beside:
        with suppress(TooLargeError):
            bound = max(2 * best.count, BESIDE)
            return _read(formula, (*roots, *beside), best.order, bound, room)
    return Solved(best.order, best.diagrams.read(best.roots))


def _read(
    formula: Formula,
    roots: Sequence[int],
    order: tuple[int, ...],
    capacity: int,
    room: Room | None = None,
) -> Solved:
    built = _Build(formula, roots, order, capacity, room)
    return Solved(order, built.diagrams.read(built.roots))


def _with_intermediate(formula: Formula, capacity: int) -> int:
    """A library's count holds intermediate functions too; twice the nodes and a margin is fair."""
    return 2 * capacity + 4 * formula.atoms + 256


class _Build:
    """The functions of some lines in one order, no larger than ``capacity`` nodes together.

    A function is released once nothing reads it any more, and with it the nodes that it alone has.
    """

    def __init__(
        self,
        formula: Formula,
        roots: Sequence[int],
        order: tuple[int, ...],
        capacity: int,
        room: Room | None = None,
    ) -> None:
        self.diagrams = Diagrams(formula.atoms, _with_intermediate(formula, capacity), room)
        level = {atom: position for position, atom in enumerate(order)}
        self.order = order
        readers = formula.readers(roots)
        built: dict[int, Function] = {}
        for number, line in enumerate(formula.lines):
            if not readers[number]:
                continue
            tick()
            built[number] = self._function(line, built, level)
            for part in formula.operands(number):
                readers[part] -= 1
                if not readers[part]:
                    built.pop(part, None)
        self.roots = [built[root] for root in roots]
        built.clear()
        self.count = self.diagrams.count(self.roots)
        if self.count > capacity:
            raise TooLargeError

    def _function(self, line: Line, built: dict[int, Function], level: dict[int, int]) -> Function:
        diagrams = self.diagrams
        match line:
            case Atom(number):
                return diagrams.variable(level[number])
            case Threshold(k, operands):
                return diagrams.at_least(k, [built[part] for part in operands])
            case Choose(on, high, low):
                return diagrams.choose(
                    built[on],
                    diagrams.false if high is None else built[high],
                    diagrams.false if low is None else built[low],
                )
            case unknown:
                assert_never(unknown)
