"""Steps of a program for the roots of a solved decision diagram."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from vreltui.engine.diagram import DiagramNodes
from vreltui.engine.members_at_once import Members, states_of_members
from vreltui.engine.steps import FALSE, TRUE, SharedParts, Step, Struck

if TYPE_CHECKING:
    from vreltui.engine.levelled_diagram import LevelledDiagram
    from vreltui.engine.solving import Solved


class Steps(Protocol):
    """A program that is being made: it takes steps, and says in which slots they stand."""

    def add(self, step: Step) -> int:
        """The slot of a step."""
        ...

    def add_decision(self, on: int, high: int, low: int) -> int:
        """The slot of a decision between two slots by a third one."""
        ...


def of_diagram(steps: Steps, solved: Solved, atom_slots: dict[int, int]) -> list[int]:
    """The slots of the roots of a diagram: of a step for each node, or of one for all."""
    diagram = solved.diagram
    if not isinstance(diagram, DiagramNodes):
        parts = tuple(atom_slots[atom] for atom in solved.order)
        return [_root_of(steps, parts, diagram, root) for root in diagram.roots]
    references = _decided(steps, solved.order, diagram, atom_slots, 0)
    return [references[root] for root in diagram.roots]


def of_struck(
    steps: Steps,
    order: tuple[int, ...],
    diagram: DiagramNodes,
    atom_slots: dict[int, int],
    struck: Members,
) -> list[int]:
    """The slots of the roots of a diagram whose upper levels are members that are struck."""
    members = len(struck.events)
    references = _decided(steps, order, diagram, atom_slots, members)
    return [
        steps.add(Struck.of(struck.events, [(references[part], ways) for part, ways in states]))
        for states in states_of_members(diagram, members)
    ]


def _decided(
    steps: Steps,
    order: tuple[int, ...],
    diagram: DiagramNodes,
    atom_slots: dict[int, int],
    above: int,
) -> list[int]:
    """The slot of each reference of a diagram; of levels ``above`` there is none."""
    references = [FALSE, TRUE]
    for variable, high, low in diagram.nodes:
        if variable < above:
            references.append(FALSE)  # never read: those who read it are above as well
        else:
            on = atom_slots[order[variable]]
            references.append(steps.add_decision(on, references[high], references[low]))
    return references


def _root_of(steps: Steps, parts: tuple[int, ...], diagram: LevelledDiagram, root: int) -> int:
    """The slot of a root of a large diagram, which may be one of its two ends."""
    return root if root in (FALSE, TRUE) else steps.add(SharedParts(parts, diagram, root))
