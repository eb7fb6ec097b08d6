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
STAGES = (FEW, FEW << 4)
"""Nodes up to which every order is tried before any may need more."""

MANY = 1 << 15
"""Nodes from which another order has to halve a diagram to be worth the time that it takes."""

BESIDE = 1 << 16
"""Nodes that the lines beside a diagram may add to it."""


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
    for stage in (*STAGES, limits.diagram_nodes):
        capacity = min(stage, limits.diagram_nodes)
        best = _best(formula, roots, limits, capacity, _room(formula, capacity))
        if best is not None:
            return _with_those_beside(formula, roots, beside, best)
        if capacity == limits.diagram_nodes:
            break
    raise Undecided(
        f"the shared parts need a decision diagram of more than {limits.diagram_nodes} nodes"
    )


def _best(
    formula: Formula, roots: Sequence[int], limits: Limits, capacity: int, room: Room
) -> _Build | None:
    """The smallest diagram of a few orders that needs no more nodes than ``capacity``."""
    best: _Build | None = None
    bound = capacity
    for order in candidate_orders(formula, roots):
        limits.check_time("building a decision diagram")
        try:
            built = _Build(formula, roots, order, bound, room)
        except TooLargeError:
            continue
        if best is None or built.count < best.count:
            best = built
        if best.count <= SMALL * formula.atoms + 128:
            break
        bound = best.count if best.count < MANY else best.count // 2
    return best


def _with_those_beside(
    formula: Formula, roots: Sequence[int], beside: Sequence[int], best: _Build
) -> Solved:
    """A diagram with the lines beside its roots, unless they make it much larger."""
    for bound in (FEW, best.count + BESIDE) if beside else ():
        with suppress(TooLargeError):
            room = _room(formula, bound)
            return _Build(formula, (*roots, *beside), best.order, bound, room).read()
    return best.read()


def _with_intermediate(formula: Formula, capacity: int) -> int:
    """A library's count holds intermediate functions too; twice the nodes and a margin is fair."""
    return 2 * capacity + 4 * formula.atoms + 256


def _room(formula: Formula, capacity: int) -> Room:
    """A room for one diagram of so many nodes beside another that is held."""
    return Room.of(2 * _with_intermediate(formula, capacity) + capacity)


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
        room: Room,
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
        self.diagrams.settle()
        self.count = sum(root.node_count() for root in self.roots)
        """The nodes of the diagram; of several roots, each is counted for each of them."""
        if len(roots) == 1 and self.count > capacity:
            raise TooLargeError

    def read(self) -> Solved:
        """The diagram as plain numbers."""
        return Solved(self.order, self.diagrams.read(self.roots))

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
