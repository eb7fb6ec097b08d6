"""Undo and redo without limit: every text that the design had, byte for byte.

The latest steps are kept as documents, so that undoing them takes no time; of older ones only the
stretch of the text that they changed, from which a document is made when undo comes to them. So the
memory that a history needs grows with its edits, not with edits times the size of the design.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vreltui.model.edits import Position
from vreltui.storage import Document, parse
from vreltui.storage.keep.replay import Edit, edit

READY = 100
"""How many steps are kept as documents."""


@dataclass(frozen=True, slots=True)
class Step:
    """One edit: what it was called, and the document and selection before and after it."""

    label: str
    before: Document
    after: Document
    position_before: Position
    position_after: Position


@dataclass(frozen=True, slots=True)
class Old:
    """A step of long ago, or of another process: the edit of the text, and the selections."""

    edit: Edit
    position_before: Position | None = None
    position_after: Position | None = None

    @property
    def label(self) -> str:
        """What it was called."""
        return self.edit.label


class History:
    """The steps that led to the present document, and those that were undone."""

    def __init__(self) -> None:
        self._done: list[Step | Old] = []
        self._undone: list[Step | Old] = []

    def add(self, step: Step) -> None:
        """A new edit; what was undone before it is forgotten."""
        self._done.append(step)
        self._undone.clear()
        _let_go(self._done)

    def restore(self, done: Iterable[Edit], undone: Iterable[Edit]) -> None:
        """Take over the edits of another process, the latest last."""
        self._done = [*map(_old, self._done), *map(Old, done)]
        self._undone = list(map(Old, undone))

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
        if isinstance(step, Old):
            before = parse(step.edit.backward(present.text), present.file)
            step = _step(step, before, present, position)
        self._done.pop()
        self._undone.append(step)
        _let_go(self._undone)
        return step

    def redo(self, present: Document, position: Position) -> Step | None:
        """The step to do again, which now counts as done. Raises as :meth:`undo` does."""
        if not self._undone:
            return None
        step = self._undone[-1]
        if isinstance(step, Old):
            after = parse(step.edit.forward(present.text), present.file)
            step = _step(step, present, after, position)
        self._undone.pop()
        self._done.append(step)
        _let_go(self._done)
        return step


def _let_go(steps: list[Step | Old]) -> None:
    """Let go of the documents of the step that is no longer one of the latest."""
    if len(steps) > READY:
        steps[-1 - READY] = _old(steps[-1 - READY])


def _old(step: Step | Old) -> Old:
    """A step without its documents."""
    if isinstance(step, Old):
        return step
    change = edit(step.before.text, step.after.text, step.label)
    return Old(change, step.position_before, step.position_after)


def _step(old: Old, before: Document, after: Document, position: Position) -> Step:
    """An old step with the documents before and after it."""
    return Step(
        old.label, before, after, old.position_before or position, old.position_after or position
    )
