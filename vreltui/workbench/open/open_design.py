"""An open design: its history, what is selected, and the file behind it. No terminal."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable
from copy import copy as copy_of
from dataclasses import replace
from pathlib import Path

from vreltui.model import Design, Problem
from vreltui.model.edits import Clipping, Position, copy, nearest_position, node_at
from vreltui.storage import Document, FileError, ReadOnlyError, parse, rewrite, verify
from vreltui.storage.keep.journal import Recovered, taken
from vreltui.storage.keep.looked_at import keep_looked_at
from vreltui.storage.keep.recent import remember
from vreltui.storage.keep.replay import REDO, UNDO
from vreltui.workbench.open.analysis import Analysis
from vreltui.workbench.open.change import Change
from vreltui.workbench.open.files import File, offer
from vreltui.workbench.open.history import History, Step
from vreltui.workbench.open.left_view import LeftView
from vreltui.workbench.open.selected_places import Places


class Workbench:
    """One open design. Made by :func:`vreltui.workbench.open_design` and its like.

    ``losses`` says what of a file of another format is not in it, ``proposed`` the file that one
    without a file may be saved to, ``left`` how the file was looked at when it was left.

    ``version`` grows with each change of the design; ``clipping`` is what was copied or cut last,
    ``analysis`` the newest answer about the design, put there by whoever asks for it.
    """

    def __init__(self, document: Document, file: File, title: str = "new design") -> None:
        self._document = document
        self._file = file
        self._saved = document.text
        self._untitled = title
        self._history = History()
        self._listeners: list[Callable[[], None]] = []
        self._places = Places(Position(next(iter(document.design.choices))))
        self.clipping: Clipping | None = None
        self.analysis: Analysis | None = None
        self.version = 0
        self.recovered: Recovered | None = file.recovered(document.text)
        self.losses: tuple[str, ...] = ()
        self.proposed: Path | None = None
        self.left: LeftView | None = None

    # What is open

    @property
    def document(self) -> Document:
        """The text and the design as they are now."""
        return self._document

    @property
    def design(self) -> Design:
        """The design as it is now."""
        return self._document.design

    @property
    def path(self) -> Path | None:
        """The design's file; None until it is saved for the first time."""
        return self._file.path

    @property
    def name(self) -> str:
        """What to call the open design: its file's name, or that it is new."""
        return self._file.path.name if self._file.path is not None else self._untitled

    @property
    def dirty(self) -> bool:
        """Whether there is something to save."""
        return self._document.text != self._saved

    @property
    def read_only(self) -> str:
        """Why the design can't be edited here; empty when it can."""
        if self._document.read_only:
            return "the file is of a newer format than this program knows"
        return self._file.locked

    @property
    def left_alone(self) -> tuple[str, ...]:
        """What in the program's state folder is not the user's own, and is not used."""
        return tuple(self._file.left_alone)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What can't be kept safe, and why; empty when all is well."""
        return tuple(self._file.warnings)

    # What is selected

    @property
    def position(self) -> Position:
        """The place in the tree that is selected."""
        return self._places.here

    @property
    def choice(self) -> str:
        """The choice in hand."""
        return self._places.here.choice

    @property
    def node(self) -> str:
        """The node that is selected."""
        return node_at(self.design, self._places.here)

    def select(self, position: Position) -> None:
        """Select a place; the nearest one there is, when it is gone."""
        self._places.go(self.design, position)
        self._tell()

    def select_choice(self, choice: str) -> None:
        """Take another choice in hand, where it was left."""
        self.select(self._places.of(choice))

    @property
    def places(self) -> tuple[Position, ...]:
        """The selected place of each choice that was in hand; that in hand now is the last."""
        return self._places.all()

    @property
    def marked(self) -> frozenset[str]:
        """The nodes that are marked, as far as they are still there."""
        marked = self._places.marked
        return marked & self.design.nodes.keys() if marked else marked

    def mark(self, nodes: Iterable[str]) -> None:
        """Mark some nodes, and no others."""
        self._places.marked = frozenset(nodes)
        self._tell()

    def seen_at(self, design: Design, position: Position) -> Workbench:
        """What commands see of this one with another design and selection; nothing is marked.

        The analysis is taken to be of that design: what it knows of other numbers than those that
        differ still holds. It is for making changes, and never to apply one.
        """
        seen = copy_of(self)
        seen._document = replace(self._document, design=design)
        seen._places = Places(position)
        if self.analysis is not None and self.analysis.design is self.design:
            seen.analysis = replace(self.analysis, design=design)
        return seen

    def go_back(self, places: Iterable[Position]) -> None:
        """Select what was selected when the design was left; the last place is in hand."""
        self._places.go_back(self.design, places)
        self._tell()

    def keep_view(self, left: LeftView) -> None:
        """Keep how the design is looked at, for the next time its file is opened."""
        if self._file.path is not None:
            keep_looked_at(self._file.path, left.plain())

    def copy(self) -> None:
        """Keep the selected subtree for pasting."""
        self.clipping = copy(self.design, self._places.here)
        self._tell()

    def listen(self, callback: Callable[[], None]) -> Callable[[], None]:
        """``callback()`` after each change of design, selection or file. Returns what ends it."""
        self._listeners.append(callback)

        def stop() -> None:
            if callback in self._listeners:
                self._listeners.remove(callback)

        return stop

    def _tell(self) -> None:
        for callback in tuple(self._listeners):
            callback()

    # Edits

    def apply(self, change: Change) -> None:
        """Do a change. It is in the journal, on the disk, when this returns.

        Nothing changes when it raises.

        Raises:
            ReadOnlyError: the design can't be edited here.
            DesignError: the change breaks a rule.
        """
        self._refuse_read_only()
        document = rewrite(self._document, change.design)
        if document.text != self._document.text:
            self.decline_recovery()
        if change.keeps:
            self.clipping = copy(self.design, self._places.here)
        self._adopt(change.label, document, change.position)

    def regain(self) -> bool:
        """Take over the file once the process that edited it is gone; whether that came to pass.

        The design is then what is on the disk now, and what the other left is in ``recovered``.
        """
        if not self._file.locked or not self._file.retake():
            return False
        with contextlib.suppress(FileError):  # else the next save says that the file is another
            document = self._file.reread()
            self._saved = document.text
            if document.text != self._document.text:
                self._document = document
                self.version += 1
        self.recovered = self._file.recovered(self._document.text)
        self.select(self._places.here)
        return True

    def _refuse_read_only(self) -> None:
        seen = self._document
        if self.regain() and (self._document is not seen or self.recovered is not None):
            # What was to be done was meant for another text.
            what = "the other vreltui is gone, and the design is read again"
            raise ReadOnlyError(self.name, None, Problem((), what, "edit it now"))
        if self.read_only:
            right = "save it under another name to edit that"
            raise ReadOnlyError(self.name, None, Problem((), self.read_only, right))

    def _adopt(self, label: str, document: Document, position: Position | None) -> None:
        before, was = self._document, self._places.here
        if document.text == before.text:
            if position is not None:
                self.select(position)
            return
        self._document = document
        after = nearest_position(document.design, position or was)
        self._history.add(Step(label, before, document, was, after))
        self._moved(before, after, label)

    def _moved(self, before: Document, position: Position, label: str, move: str = "") -> None:
        self._file.record(before.text, self._document.text, label, move)
        self.version += 1
        self.select(position)

    @property
    def undo_label(self) -> str | None:
        """What :meth:`undo` would take back."""
        return self._history.undo_label

    @property
    def redo_label(self) -> str | None:
        """What :meth:`redo` would do again."""
        return self._history.redo_label

    def undo(self) -> str | None:
        """Take back the last edit; the text is byte for byte what it was. Returns its label.

        Raises :class:`FileError` when it is of a journal, and what was before it is no design.
        """
        step = self._history.undo(self._document, self._places.here)
        if step is None:
            return None
        before, self._document = self._document, step.before
        self._moved(before, step.position_before, f"undo {step.label}", UNDO)
        return step.label

    def redo(self) -> str | None:
        """Do again what was undone last. Returns its label. Raises as :meth:`undo` does."""
        step = self._history.redo(self._document, self._places.here)
        if step is None:
            return None
        before, self._document = self._document, step.after
        self._moved(before, step.position_after, f"redo {step.label}", REDO)
        return step.label

    # The file

    def save(self, *, overwrite: bool = False) -> None:
        """Save to the design's file.

        ``overwrite`` says that what somebody else wrote there in between may go.

        Raises:
            ChangedOnDisk: somebody else changed the file; nothing was written.
            SaveError: it can't be written, or has no file yet.
            ReadOnlyError: the design can't be edited here.
        """
        self._refuse_read_only()
        verify(self._document)
        undecided = self.recovered is not None
        self._file.save(self._document.text, overwrite=overwrite, undecided=undecided)
        self._is_saved()

    def save_as(self, path: Path, *, replace: bool = False) -> None:
        """Save to another file, and go on there. ``replace`` says that a file there may go.

        Raises:
            ChangedOnDisk: there is a file of that name, and ``replace`` was not given.
            SaveError: it can't be written.
        """
        if self._file.path is not None and _same(path, self._file.path) and not self.read_only:
            self.save(overwrite=replace)
            return
        verify(self._document)
        undecided = self.recovered is not None
        text = self._document.text
        self._file = self._file.save_as(path, text, replace=replace, undecided=undecided)
        self._is_saved()

    def _is_saved(self) -> None:
        self._saved = self._document.text
        self.recovered = None
        if self._file.path is not None:
            remember(self._file.path, self.design.title)
        self._tell()

    def acknowledge(self, seen: bytes | None) -> None:
        """The person has seen what is on the disk now: the next save may replace just that."""
        self._file.disk = seen

    def changed_on_disk(self) -> bool:
        """Whether somebody else changed the file since it was read or saved."""
        return self._file.changed_on_disk()

    def has_news(self) -> bool:
        """Whether the file was changed since this was asked last."""
        return self.recovered is None and self._file.has_news()

    def reload(self) -> None:
        """Take the text that is on the disk now; an edit like others, to be undone.

        Raises :class:`FileError` when that can't be used.
        """
        document = self._file.reread()
        self.decline_recovery()
        self._saved = document.text
        self._adopt("reload from disk", document, None)
        self._tell()

    def accept_recovery(self) -> None:
        """Take what was recovered, with its history: edits like others, to be undone one by one.

        Raises :class:`FileError` when it can't be used.
        """
        if self.recovered is None:
            return
        left, present = self.recovered, self._document.text
        document = parse(left.text, self._document.file)
        self.recovered = None
        self._file.resume(left, present)
        if left.base != present:
            left, _ = taken(left, present)
        self._history.restore(left.done, left.undone)
        self._document = document
        self.version += 1
        self.select(self._places.here)

    def decline_recovery(self) -> None:
        """Leave what was recovered; it is set aside, not destroyed."""
        if self.recovered is not None:
            self._file.decline()
            self.recovered = None
            self._tell()

    def declined(self) -> Recovered | None:
        """The edits that were set aside last, if there are any that may be taken here."""
        return self._file.declined()

    def take_declined(self, left: Recovered) -> None:
        """Take the text of edits that were set aside: one edit, which undo takes back.

        Raises:
            FileError: it can't be used.
            ReadOnlyError: the design can't be edited here.
        """
        self._refuse_read_only()
        self._adopt("take the edits set aside", parse(left.text, self._document.file), None)

    @property
    def recovery_words(self) -> str:
        """What was recovered, or why it can't be used, for the question whether to take it."""
        if self.recovered is None:
            return ""
        return offer(self.recovered, self._document)

    def close(self, *, keep: bool = False) -> None:
        """End. With ``keep`` (on a signal) the journal stays, to be offered on the next opening."""
        try:
            self._file.close(keep=keep or self.recovered is not None)
        finally:
            self._listeners.clear()


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # there is no file: somebody removed it
        return os.path.realpath(one) == os.path.realpath(other)
