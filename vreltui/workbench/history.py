"""Undo and redo without limit: every text that the design had, byte for byte."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vreltui.model.edits import Position
from vreltui.storage import Document, parse
from vreltui.storage.replay import Edit


@dataclass(frozen=True, slots=True)
class Step:
    """One edit: what it was called, and the document and selection before and after it."""

    label: str
    before: Document
    after: Document
    position_before: Position
    position_after: Position


class History:
    """The steps that led to the present document, and those that were undone.

    What a journal gave back are edits of the text alone; each becomes a step when its turn comes.
    """

    def __init__(self) -> None:
        self._done: list[Step | Edit] = []
        self._undone: list[Step | Edit] = []

    def add(self, step: Step) -> None:
        """A new edit; what was undone before it is forgotten."""
        self._done.append(step)
        self._undone.clear()

    def restore(self, done: Iterable[Edit], undone: Iterable[Edit]) -> None:
        """Take over the edits of another process, the latest last."""
        self._done = [*self._done, *done]
        self._undone = list(undone)

    @property
    def undo_label(self) -> str | None:
        """What :meth:`undo` would take back."""
        return self._done[-1].label if self._done else None

    @property
    def redo_label(self) -> str | None:
        """What :meth:`redo` would do again."""
        return self._undone[-1].label if self._undone else None

    def undo(self, present: Document, position: Position) -> Step | None:
        """The step to take back from ``present``, which now counts as undone.

        Raises :class:`vreltui.storage.FileError`, and changes nothing, when a text that a journal
        gave back is no design.
        """
        if not self._done:
            return None
        step = self._done[-1]
        if isinstance(step, Edit):
            before = parse(step.backward(present.text), present.file)
            step = Step(step.label, before, present, position, position)
        self._done.pop()
        self._undone.append(step)
        return step

    def redo(self, present: Document, position: Position) -> Step | None:
        """The step to do again, which now counts as done. Raises as :meth:`undo` does."""
        if not self._undone:
            return None
        step = self._undone[-1]
        if isinstance(step, Edit):
            after = parse(step.forward(present.text), present.file)
            step = Step(step.label, present, after, position, position)
        self._undone.pop()
        self._done.append(step)
        return step
