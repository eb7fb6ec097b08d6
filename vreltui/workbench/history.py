"""Undo and redo without limit: every text that the design had, byte for byte."""

from __future__ import annotations

from dataclasses import dataclass

from vreltui.model.edits import Position
from vreltui.storage import Document


@dataclass(frozen=True, slots=True)
class Step:
    """One edit: what it was called, and the document and selection before and after it."""

    label: str
    before: Document
    after: Document
    position_before: Position
    position_after: Position


class History:
    """The steps that led to the present document, and those that were undone."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def add(self, step: Step) -> None:
        """A new edit; what was undone before it is forgotten."""
        self._done.append(step)
        self._undone.clear()

    @property
    def undo_label(self) -> str | None:
        """What :meth:`undo` would take back."""
        return self._done[-1].label if self._done else None

    @property
    def redo_label(self) -> str | None:
        """What :meth:`redo` would do again."""
        return self._undone[-1].label if self._undone else None

    def undo(self) -> Step | None:
        """The step to take back, which now counts as undone."""
        if not self._done:
            return None
        self._undone.append(self._done.pop())
        return self._undone[-1]

    def redo(self) -> Step | None:
        """The step to do again, which now counts as done."""
        if not self._undone:
            return None
        self._done.append(self._undone.pop())
        return self._done[-1]
