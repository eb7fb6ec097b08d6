"""The lines of a journal: how an edit is written down, and how a text is made of them again.

A journal is a text file of lines, each a checksum and a record in JSON. The first record holds the
text that the edits began with; each further one replaces a stretch of the text. A line that a
crash cut short, or that a disk spoiled, fails its checksum; what stands before it still counts.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from vreltui.model import shown
from vreltui.storage.limits import MOST_BYTES
from vreltui.storage.text.text_in_place import TextInPlace, checksum

FORMAT = 1
UNDO, REDO = "undo", "redo"
_COMPARED_EVERY = 1_000
_decode = json.JSONDecoder().decode


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit of a text: where character ``at`` is, ``drop`` was replaced by ``put``."""

    label: str
    at: int
    drop: str
    put: str

    def forward(self, before: str) -> str:
        """The text after the edit."""
        return before[: self.at] + self.put + before[self.at + len(self.drop) :]

    def backward(self, after: str) -> str:
        """The text before the edit."""
        return after[: self.at] + self.drop + after[self.at + len(self.put) :]

    def is_taken_back_by(self, other: Edit) -> bool:
        """Whether ``other``, right after this one, leads back to the text before."""
        return (other.at, other.drop, other.put) == (self.at, self.put, self.drop)

    def is_done_again_by(self, other: Edit) -> bool:
        """Whether ``other``, of the text that this one was made of, leads to the same."""
        return (other.at, other.drop, other.put) == (self.at, self.drop, self.put)


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a journal gives back.

    ``text`` is the newest text that it holds, ``base`` the one its edits began with; ``path`` is
    the design's file, None for a design that was never saved; ``edits`` counts the edits and
    ``when`` tells when the last one was made. ``damaged`` says that the journal's end was
    unreadable. ``done`` and ``undone`` are the edits that can be undone and done again, the
    latest last; ``lines`` are the journal's own, from the first edit to the last whole one.
    """

    key: str
    path: Path | None
    base: str
    text: str
    edits: int
    when: datetime
    damaged: bool = False
    done: tuple[Edit, ...] = field(default=(), repr=False)
    undone: tuple[Edit, ...] = field(default=(), repr=False)
    lines: bytes = field(default=b"", repr=False)
    beside: str | None = None

    def fits(self, file: str) -> bool:
        """Whether the design's file, with this text, is still as the edits knew it."""
        return self.base == file if self.beside is None else self.beside == digest(file.encode())

    def texts(self) -> Iterator[str]:
        """Every text that undo and redo lead to, the present one first."""
        text = self.text
        yield text
        for change in reversed(self.done):
            text = change.backward(text)
            yield text
        text = self.text
        for change in reversed(self.undone):
            text = change.forward(text)
            yield text


def digest(data: bytes) -> str:
    """What a journal says of the file beside which it was written."""
    return hashlib.sha256(data).hexdigest()


def edit(before: str, after: str, label: str) -> Edit:
    """The edit that made ``after`` of ``before``: the stretch that differs."""
    start = _common(before, after)
    end = _common_end(before, after, min(len(before), len(after)) - start)
    return Edit(label, start, before[start : len(before) - end], after[start : len(after) - end])


def edit_line(edit: Edit, after: str, move: str = "") -> bytes:
    """An edit as a line, with a checksum of the whole text after it.

    ``move`` is :data:`UNDO` or :data:`REDO` for an edit that takes back another or does it again.
    """
    record = {"at": edit.at, "drop": len(edit.drop), "put": edit.put, "sum": checksum(after)}
    moved = {"move": move} if move else {}
    return line(record | moved | {"label": edit.label, "when": _now()})


def first_line(path: str | None, base: str, beside: bytes | None) -> bytes:
    """The line that a journal begins with; ``beside`` is what the design's file holds."""
    known = {} if beside is None else {"beside": digest(beside)}
    return line({"journal": FORMAT, "path": path, "base": base, "when": _now()} | known)


def line(record: dict[str, Any]) -> bytes:
    """A record with its checksum."""
    body = json.dumps(record, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    return _checksum(body) + b" " + body + b"\n"


def replay(data: bytes, key: str = "") -> Recovered | None:
    """The newest text in the bytes of a journal; None where not even its beginning is whole.

    Takes a time and memory that grow with the journal, not with its edits times the text: the text
    is changed in place, and its checksum compared every so many edits. Where one is wrong, the
    edits since the last right one are done once more, each with its checksum.
    """
    found, right = _replayed(data, key, sys.maxsize)
    return found if right is None else _replayed(data, key, right)[0]


def _replayed(data: bytes, key: str, trusted: int) -> tuple[Recovered | None, int | None]:
    """What a journal gives back; and, where a checksum is wrong, how many edits are surely right.

    After ``trusted`` edits the checksum of each is compared.
    """
    records = _records(data)
    first, length = next(records, (None, 0))
    begun = _beginning(first, key)
    if begun is None:
        return None, None
    reader, start, when, damaged = _Reader(begun.text), length, begun.when, False
    right = 0
    for record, end in records:
        if record is None or not reader.read(record, careful=reader.edits >= trusted):
            damaged = True
            break
        if reader.edits % _COMPARED_EVERY == 0 and reader.edits <= trusted:
            if not reader.is_right():
                return None, right
            right = reader.edits
        length, when = end, _when(record, when)
    if reader.edits <= trusted and not reader.is_right():
        return None, right
    return Recovered(
        key, begun.path, begun.base, reader.present.text(), reader.edits, when, damaged,
        tuple(reader.done), tuple(reader.undone), data[start:length], begun.beside,
    ), None  # fmt: skip


class _Reader:
    """The text as the edits change it, and the edits as undo and redo find them."""

    def __init__(self, text: str) -> None:
        self.present = TextInPlace(text)
        self.edits = 0
        self.done: list[Edit] = []
        self.undone: list[Edit] = []
        self._sum: object = None
        self._labels: dict[str, str] = {}

    def read(self, record: dict[str, Any], *, careful: bool) -> bool:
        """Whether a record can be an edit of the text; if so it is done.

        With ``careful`` the text after it has to have the right checksum, too.
        """
        at, drop, put = record.get("at"), record.get("drop"), record.get("put")
        if not (isinstance(at, int) and isinstance(drop, int) and isinstance(put, str)):
            return False
        length = len(self.present)
        if not 0 <= at <= at + drop <= length or length + len(put) > 2 * MOST_BYTES:
            return False
        dropped = self.present.replace(at, drop, put)
        if careful and self.present.checksum() != record.get("sum"):
            self.present.replace(at, len(put), dropped)
            return False
        self._sum = record.get("sum")
        self._keep(Edit(self._label(record), at, dropped, put), record.get("move"))
        self.edits += 1
        return True

    def is_right(self) -> bool:
        """Whether the text has the checksum that the last edit names."""
        return self.edits == 0 or self.present.checksum() == self._sum

    def _label(self, record: dict[str, Any]) -> str:
        label = str(record.get("label", "edit"))
        if label not in self._labels:
            self._labels[label] = shown(label)
        return self._labels[label]

    def _keep(self, found: Edit, move: object) -> None:
        if move == UNDO and self.done and self.done[-1].is_taken_back_by(found):
            self.undone.append(self.done.pop())
        elif move == REDO and self.undone and self.undone[-1].is_done_again_by(found):
            self.done.append(self.undone.pop())
        else:
            self.done.append(found)
            self.undone.clear()


def _beginning(record: dict[str, Any] | None, key: str) -> Recovered | None:
    if record is None or record.get("journal") != FORMAT:
        return None
    base, path, beside = record.get("base"), record.get("path"), record.get("beside")
    if not isinstance(base, str) or not isinstance(path, str | None):
        return None
    where = None if path is None else Path(path)
    known = beside if isinstance(beside, str) else None
    when = _when(record, datetime.fromtimestamp(0))
    return Recovered(key, where, base, base, 0, when, beside=known)


def _when(record: dict[str, Any], otherwise: datetime) -> datetime:
    try:
        return datetime.fromtimestamp(float(record["when"]))
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return otherwise


def _records(data: bytes) -> Iterator[tuple[dict[str, Any] | None, int]]:
    """The records of a journal, each with where it ends; None, and no more, for a damaged one."""
    end = 0
    for text in io.BytesIO(data):
        end += len(text)
        checksum, _, body = text.rstrip(b"\n").partition(b" ")
        record = None
        if text.endswith(b"\n") and checksum == _checksum(body):
            try:
                record = _decode(body.decode())
            except (ValueError, RecursionError):
                record = None
        if not isinstance(record, dict):
            yield None, end
            return
        yield record, end


def _checksum(body: bytes) -> bytes:
    return b"%08x" % zlib.crc32(body)


def _common_end(one: str, other: str, most: int) -> int:
    """How many characters, up to ``most``, two texts end with in common, by bisection."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one.endswith(other[len(other) - middle : len(other) - low], 0, len(one) - low):
            low = middle
        else:
            high = middle - 1
    return low


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with in common, by bisection."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _now() -> float:
    return round(datetime.now().timestamp(), 3)
