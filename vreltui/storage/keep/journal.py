"""The journal of a design being edited: every edit is on the disk before the next one.

What its lines are is in :mod:`vreltui.storage.keep.replay`; here they are written, found, removed.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, replace
from pathlib import Path

from vreltui.storage.keep.locations import state_file, state_subfolder
from vreltui.storage.keep.lock import LockedError, key_of, lock
from vreltui.storage.keep.private import own_bytes, own_open, refuse_to_replace_foreign
from vreltui.storage.keep.replay import Recovered, edit, edit_line, first_line, replay
from vreltui.storage.keep.swap import uninterrupted

__all__ = [
    "Journal",
    "Recovered",
    "new_key",
    "recover",
    "recover_declined",
    "recover_key",
    "replay",
    "set_aside",
    "unsaved",
]

_FOLDER = "journals"
_SUFFIX = ".journal"
_DECLINED = ".declined"
_COMPACT_AT = 8_000_000
_COMPACT_TIMES = 4
_MARK_EVERY = 8
_COMPACT_AT_COST = 20_000_000_000
"""Characters that are moved to replay a journal, the text's for each edit: some two seconds."""
# JSON makes at most three bytes of each of a text, and four such lines are compacted.
_MOST_READ = 80_000_000


@dataclass(frozen=True, slots=True)
class _Mark:
    """The text that stands where a line of the journal begins, and how many edits are before."""

    at: int
    text: str
    edits: int


class Journal:
    """The journal of one open design. Nothing is written before the first edit.

    ``beside`` are the bytes of the design's file that the edits start from, None where there is
    no file; who opens the journal again learns from it whether the file is another by then.
    """

    def __init__(self, key: str, path: Path | None, beside: bytes | None = None) -> None:
        self.key = key
        self.path = path
        self.beside = beside
        self._descriptor = -1
        self._base = self._text = ""
        self._known: bytes | None = None
        self._size = self._first = self._edits = 0
        self._marks: list[_Mark] = []

    def record(self, before: str, after: str, label: str, move: str = "") -> None:
        """Append the edit that made ``after`` of ``before``; it is on the disk on return.

        ``move`` says that it takes back another edit (``replay.UNDO``), or does it again.
        Raises :class:`OSError` when it can't be written; the next call begins a new journal.
        """
        try:
            if self._descriptor < 0 or self._text != before:
                self._begin(before, b"", before)
            elif self._is_costly():
                self._compact()
            elif self._known != self.beside:
                self._begin(self._base, self._lines_from(self._first), before)
            self._append(edit_line(edit(before, after, label), after, move))
            self._text = after
        except OSError:
            self._close()
            raise

    def resume(self, recovered: Recovered, present: str) -> None:
        """Go on where another process ended, after ``present`` is replaced by what it left.

        Raises :class:`OSError`; what it left is untouched then.
        """
        lines = recovered.lines
        if recovered.base != present:
            lines = taken(recovered, present)[1] + lines
        try:
            self._begin(present, lines, recovered.text)
        except OSError:
            self._close()
            raise

    def clear(self) -> None:
        """Forget everything: the text is saved, or given up on purpose."""
        self._close()
        for name in (f"{self.key}{_SUFFIX}", f".{self.key}.new"):
            with contextlib.suppress(OSError):
                path = state_file(_FOLDER, name)
                refuse_to_replace_foreign(path)
                uninterrupted(path.unlink)

    def close(self) -> None:
        """Stop writing and keep the journal for :func:`recover`."""
        self._close()

    def _is_costly(self) -> bool:
        """Whether reading it back would take too much room or too long."""
        large = self._size > max(_COMPACT_AT, _COMPACT_TIMES * self._first)
        return large or self._edits * len(self._base) > _COMPACT_AT_COST

    def _compact(self) -> None:
        """Leave out the older half of the edits: the text after them is the new beginning."""
        half = (self._first + self._size) // 2
        marks = [mark for mark in self._marks if mark.at >= half]
        mark = marks[0] if marks else _Mark(self._size, self._text, self._edits)
        self._begin(mark.text, self._lines_from(mark.at), self._text)

    def _lines_from(self, start: int) -> bytes:
        pieces = []
        while start < self._size:
            piece = os.pread(self._descriptor, self._size - start, start)
            if not piece:
                raise OSError("the journal was cut short")
            pieces.append(piece)
            start += len(piece)
        return b"".join(pieces)

    def _begin(self, base: str, lines: bytes, text: str) -> None:
        """A new journal in place of the old one, complete before the old one goes.

        ``lines`` are edits that make ``text`` of ``base``.
        """
        self._close()
        path = state_subfolder(_FOLDER) / f"{self.key}{_SUFFIX}"
        # Who holds the lock of the design is alone with this name; a crash leaves one at most.
        temporary = path.with_name(f".{self.key}.new")
        refuse_to_replace_foreign(path)
        self._descriptor = own_open(temporary, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
        self._size, self._edits, self._marks = 0, 0, []
        try:
            where = None if self.path is None else os.path.realpath(self.path)
            first = first_line(where, base, self.beside)
            self._append(first + lines)
            uninterrupted(lambda: os.replace(temporary, path))  # noqa: PTH105
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        folder = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        self._base, self._text, self._known = base, text, self.beside
        self._first, self._edits = len(first), lines.count(b"\n")

    def _append(self, data: bytes) -> None:
        last = self._marks[-1] if self._marks else _Mark(0, "", 0)
        cost = (self._edits - last.edits) * len(self._text)
        far = self._size - last.at > _COMPACT_AT // _MARK_EVERY
        if far or cost > _COMPACT_AT_COST // _MARK_EVERY:
            self._marks.append(_Mark(self._size, self._text, self._edits))
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]
        # Not every system has the lesser of the two; the other one does more.
        getattr(os, "fdatasync", os.fsync)(self._descriptor)
        self._size += len(data)
        self._edits += 1

    def _close(self) -> None:
        if self._descriptor >= 0:
            with contextlib.suppress(OSError):
                os.close(self._descriptor)
        self._descriptor = -1
        self._marks = []


def taken(recovered: Recovered, present: str) -> tuple[Recovered, bytes]:
    """What was recovered, as edits of ``present``, and the line of the edit that is added.

    The first edit then goes from ``present`` to the text that the recovered edits began with.
    """
    first = edit(present, recovered.base, "take recovered edits")
    done = (first, *recovered.done)
    return replace(recovered, base=present, done=done), edit_line(first, recovered.base)


def new_key() -> str:
    """A key for a design that has no file yet."""
    import secrets

    return f"new-{secrets.token_hex(8)}"


def recover(path: Path) -> Recovered | None:
    """What the journal of the design at ``path`` holds, if there is one.

    Never raises: a journal that is missing, unreadable or spoiled gives None, or what stands
    before the damage.
    """
    return recover_key(key_of(path))


def recover_key(key: str) -> Recovered | None:
    """As :func:`recover`, by the key of a design."""
    return _recover(key, f"{key}{_SUFFIX}")


def recover_declined(key: str) -> Recovered | None:
    """As :func:`recover_key`, of the journal that was set aside last."""
    return _recover(key, f"{key}{_DECLINED}")


def _recover(key: str, file: str) -> Recovered | None:
    try:
        data = own_bytes(state_file(_FOLDER, file), _MOST_READ)
    except (OSError, ValueError):
        return None
    return replay(data, key)


def unsaved() -> list[Recovered]:
    """The designs without a file whose processes ended without saving, newest first."""
    found = []
    with contextlib.suppress(OSError):
        for file in state_file(_FOLDER, "").glob(f"new-*{_SUFFIX}"):
            key = file.name.removesuffix(_SUFFIX)
            if _is_abandoned(key) and (recovered := recover_key(key)) is not None:
                found.append(recovered)
    return sorted(found, key=lambda recovered: recovered.when, reverse=True)


def _is_abandoned(key: str) -> bool:
    try:
        lock(key).release()
    except LockedError:
        return False
    return True


def set_aside(key: str) -> None:
    """Keep a journal that nobody wants now under another name, once: the last one set aside.

    Raises :class:`OSError` when there is one and it can't be renamed.
    """
    with contextlib.suppress(FileNotFoundError):
        path, aside = (
            state_file(_FOLDER, f"{key}{_SUFFIX}"),
            state_file(_FOLDER, f"{key}{_DECLINED}"),
        )
        refuse_to_replace_foreign(path)
        refuse_to_replace_foreign(aside)
        uninterrupted(lambda: os.replace(path, aside))  # noqa: PTH105
