"""Where one is in a design: a place in the tree of each choice, one of them in hand; and marks."""

from __future__ import annotations

from collections.abc import Iterable

from vreltui.model import Design
from vreltui.model.edits import Position, nearest_position


class Places:
    """The selected place of each choice that was in hand; ``here`` is that of the one in hand.

    ``marked`` are the names of nodes of which an edit is to be.
    """

    def __init__(self, here: Position) -> None:
        self.here = here
        self.marked: frozenset[str] = frozenset()
        self._of: dict[str, Position] = {}

    def go(self, design: Design, place: Position) -> None:
        """Select a place; the nearest one there is, when it is gone."""
        self.here = nearest_position(design, place)
        self._of[self.here.choice] = self.here

    def of(self, choice: str) -> Position:
        """Where a choice was left; its root, where it was never in hand."""
        return self._of.get(choice, Position(choice))

    def go_back(self, design: Design, places: Iterable[Position]) -> None:
        """Select what :meth:`all` told of an earlier time, as far as it is there."""
        for place in places:
            if place.choice in design.choices:
                self.go(design, place)

    def all(self) -> tuple[Position, ...]:
        """The selected place of each choice, that in hand last."""
        others = [at for choice, at in self._of.items() if choice != self.here.choice]
        return (*others, self.here)
