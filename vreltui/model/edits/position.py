"""Where a node hangs in the tree of a choice, and what an edit of the tree answers with."""

from __future__ import annotations

from dataclasses import dataclass, field

from vreltui.model.design import Design
from vreltui.model.errors import DesignError, Problem


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the tree of a choice: which child to take at each step down from the root.

    A node may hang in several places; a position is one of them.

    >>> Position("vms", (2, 0)).parent
    Position(choice='vms', steps=(2,))
    """

    choice: str
    steps: tuple[int, ...] = field(default=())

    @property
    def is_root(self) -> bool:
        """Whether this is the root of the choice."""
        return not self.steps

    @property
    def parent(self) -> Position:
        """The position above; the root's is the root itself."""
        return Position(self.choice, self.steps[:-1])

    @property
    def index(self) -> int:
        """Which child of its parent this is; 0 for the root."""
        return self.steps[-1] if self.steps else 0

    def child(self, index: int) -> Position:
        """The position of a child."""
        return Position(self.choice, (*self.steps, index))

    def sibling(self, index: int) -> Position:
        """The position of another child of the same parent."""
        return Position(self.choice, (*self.steps[:-1], index))


@dataclass(frozen=True, slots=True)
class Edited:
    """A design after an edit of its tree, and the position to look at next."""

    design: Design
    position: Position


def trail(design: Design, position: Position) -> tuple[str, ...]:
    """The names of the nodes from the root of the choice down to ``position``.

    Raises :class:`DesignError` when there is no such place.
    """
    choice = design.choices.get(position.choice)
    if choice is None:
        raise DesignError(Problem(("choices",), f"there is no choice {position.choice}"))
    names = [choice.root]
    for step in position.steps:
        children = design.nodes[names[-1]].children
        if not 0 <= step < len(children):
            raise DesignError(
                Problem(("nodes", names[-1]), f"node {names[-1]} has no part number {step + 1}")
            )
        names.append(children[step])
    return tuple(names)


def node_at(design: Design, position: Position) -> str:
    """The name of the node at ``position``. Raises :class:`DesignError` when there is none."""
    return trail(design, position)[-1]


def nearest_position(design: Design, position: Position) -> Position:
    """``position`` if it exists, else the nearest place above or beside it that does.

    A choice that is gone leads to the first choice.
    """
    if position.choice not in design.choices:
        return Position(next(iter(design.choices)))
    steps: tuple[int, ...] = ()
    name = design.choices[position.choice].root
    for step in position.steps:
        children = design.nodes[name].children
        if not children:
            break
        index = min(step, len(children) - 1)
        steps, name = (*steps, index), children[index]
    return Position(position.choice, steps)
