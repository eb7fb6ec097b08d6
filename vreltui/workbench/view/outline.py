"""Which rows the tree of a choice has: what no number changes, so that it is found once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from vreltui.model import Design
from vreltui.model.changes import changed_numbers
from vreltui.model.edits import Position

MOST_ROWS = 20_000
"""The most rows of one tree; what is below stays collapsed."""


class Entry(NamedTuple):
    """One row: which node stands where, and what of it is shown."""

    node: str
    position: Position
    repeated: bool
    expandable: bool
    expanded: bool


@dataclass(frozen=True, eq=False)
class Outline:
    """The rows of one choice's tree, the root first.

    ``toggled`` holds the positions where what is expanded is the other way round.
    """

    design: Design
    choice: str
    toggled: Collection[Position]
    entries: list[Entry]

    def of(self, design: Design, choice: str, toggled: Collection[Position]) -> Outline:
        """The outline of another design, which is this one where only numbers are others."""
        same = self.choice == choice and self.toggled == toggled
        if same and changed_numbers(self.design, design) is not None:
            return self
        return outline(design, choice, toggled)

    @cached_property
    def index(self) -> dict[Position, int]:
        """At which row each position stands."""
        return {entry.position: row for row, entry in enumerate(self.entries)}

    @cached_property
    def users(self) -> dict[str, list[str]]:
        """The choices that use each node."""
        users: dict[str, list[str]] = {}
        for choice in self.design.choices.values():
            for name in self.design.below(choice.root):
                users.setdefault(name, []).append(choice.name)
        return users

    @cached_property
    def deepest(self) -> int:
        """Cells that the longest name takes without its title, with two for each level."""
        return max(2 * len(entry.position.steps) + len(entry.node) for entry in self.entries)

    @cached_property
    def widest(self) -> int:
        """Cells that the longest name takes, with its title and two for each level of its depth."""
        nodes = self.design.nodes
        return max(
            2 * len(entry.position.steps)
            + len(entry.node)
            + len(nodes[entry.node].title or entry.node)
            for entry in self.entries
        )


def outline(design: Design, choice: str, toggled: Collection[Position] = frozenset()) -> Outline:
    """The outline of a choice's tree. A node with parts is expanded, a repeated one is not."""
    entries: list[Entry] = []
    seen: set[str] = set()
    stack = [(design.choices[choice].root, Position(choice))]
    while stack:
        name, position = stack.pop()
        children = design.nodes[name].children
        repeated = name in seen
        seen.add(name)
        flipped = bool(toggled) and position in toggled
        expanded = bool(children) and repeated == flipped and len(entries) < MOST_ROWS
        entries.append(Entry(name, position, repeated, bool(children), expanded))
        if expanded:
            below = [(child, position.child(i)) for i, child in enumerate(children)]
            stack.extend(reversed(below))
    return Outline(design, choice, toggled, entries)
