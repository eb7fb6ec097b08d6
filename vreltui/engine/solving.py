"""From a formula to a decision diagram, in the best of a few orders, within bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vreltui.engine.diagram import DiagramNodes, Diagrams, Function, TooLargeError
from vreltui.engine.formula import Atom, Choose, Formula, Threshold
from vreltui.engine.limits import Limits, Undecided, tick
from vreltui.engine.orders import candidate_orders

SMALL = 8
"""Nodes for each atom below which a diagram is small enough to look no further."""


@dataclass(frozen=True, slots=True)
class Solved:
    """A formula as a diagram; ``order[level]`` is the atom that stands at a level."""

    order: tuple[int, ...]
    diagram: DiagramNodes


def solve(formula: Formula, roots: Sequence[int], limits: Limits) -> Solved:
    """Diagrams of the lines ``roots``, with the best order of a small portfolio.

    No static order is good for every structure, so several are tried, each under a capacity that
    grows only when all have failed. Raises :class:`Undecided` past ``limits.diagram_nodes``.
    """
    capacity = 1 << 12
    while True:
        best: Solved | None = None
        for order in candidate_orders(formula, roots):
            limits.check_time("building a decision diagram")
            bound = capacity if best is None else len(best.diagram.nodes)
            try:
                solved = _build(formula, roots, order, max(bound, 64))
            except TooLargeError:
                continue
            if best is None or len(solved.diagram.nodes) < len(best.diagram.nodes):
                best = solved
            if len(best.diagram.nodes) <= SMALL * formula.atoms + 128:
                break
        if best is not None:
            return best
        if capacity >= limits.diagram_nodes:
            raise Undecided(
                f"the shared parts need a decision diagram of more than {capacity} nodes"
            )
        capacity = min(capacity * 16, limits.diagram_nodes)


def _build(formula: Formula, roots: Sequence[int], order: tuple[int, ...], capacity: int) -> Solved:
    # A library's count holds intermediate functions too; twice the nodes plus a margin is fair.
    diagrams = Diagrams(formula.atoms, 2 * capacity + 4 * formula.atoms + 256)
    level = {atom: position for position, atom in enumerate(order)}
    built: list[Function] = []
    for line in formula.lines:
        tick()
        match line:
            case Atom(number):
                built.append(diagrams.variable(level[number]))
            case Threshold(k, operands):
                built.append(diagrams.at_least(k, [built[part] for part in operands]))
            case Choose(on, high, low):
                built.append(
                    diagrams.choose(
                        built[on],
                        diagrams.false if high is None else built[high],
                        diagrams.false if low is None else built[low],
                    )
                )
    solved = Solved(order, diagrams.read([built[root] for root in roots]))
    if len(solved.diagram.nodes) > capacity:
        raise TooLargeError
    return solved
