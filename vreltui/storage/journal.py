"""The journal of a design being edited: every edit is on the disk before the next one.

A journal is a text file of lines, each a checksum and a record in JSON. The first record holds the
text that the edits began with; each further one replaces a stretch of the text. A line that a
crash cut short, or that a disk spoiled, fails its checksum; what stands before it still counts.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from vreltui.storage.limits import MOST_BYTES
from vreltui.storage.locations import state_folder, state_subfolder
from vreltui.storage.lock import LockedError, key_of, lock

_FOLDER = "journals"
_SUFFIX = ".journal"
_FORMAT = 1
_COMPACT_AT = 8_000_000
_MOST_READ = 64_000_000


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a journal gives back.

    ``text`` is the newest text that it holds, ``base`` the one its edits began with; ``path`` is
    the design's file, None for a design that was never saved; ``edits`` counts the edits and
    ``when`` tells when the last one was made. ``damaged`` says that the journal's end was
    unreadable.
    """

    key: str
    path: Path | None
    base: str
    text: str
    edits: int
    when: datetime
    damaged: bool = False


class Journal:
    """The journal of one open design. Nothing is written before the first edit."""

    def __init__(self, key: str, path: Path | None) -> None:
        self.key = key
        self.path = path
        self._descriptor = -1
        self._text = ""
        self._size = 0

    def record(self, before: str, after: str, label: str) -> None:
        """Append the edit that made ``after`` of ``before``; it is on the disk on return.

        Raises :class:`OSError` when it can't be written; the next call begins a new journal.
        """
        try:
            if self._descriptor < 0 or self._text != before or self._size > _COMPACT_AT:
                self._begin(before)
            self._append(_delta(before, after) | {"label": label, "when": _now()})
            self._text = after
        except OSError:
            self._close()
            raise

    def clear(self) -> None:
        """Forget everything: the text is saved, or given up on purpose."""
        self._close()
        with contextlib.suppress(OSError):
            _file(self.key).unlink()

    def close(self) -> None:
        """Stop writing and keep the journal for :func:`recover`."""
        self._close()

    def _begin(self, base: str) -> None:
        """A new journal in place of the old one, complete before the old one goes."""
        self._close()
        path = state_subfolder(_FOLDER) / f"{self.key}{_SUFFIX}"
        temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_APPEND
        self._descriptor = os.open(temporary, flags, 0o600)
        self._size = 0
        try:
            where = None if self.path is None else os.path.realpath(self.path)
            self._append({"journal": _FORMAT, "path": where, "base": base, "when": _now()})
            temporary.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        folder = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        self._text = base

    def _append(self, record: dict[str, Any]) -> None:
        line = _line(record)
        rest = memoryview(line)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]
        getattr(os, "fdatasync", os.fsync)(self._descriptor)
        self._size += len(line)

    def _close(self) -> None:
        if self._descriptor >= 0:
            with contextlib.suppress(OSError):
                os.close(self._descriptor)
        self._descriptor = -1


def new_key() -> str:
    """A key for a design that has no file yet."""
    return f"new-{secrets.token_hex(8)}"


def recover(path: Path) -> Recovered | None:
    """What the journal of the design at ``path`` holds, if there is one.

    Never raises: a journal that is missing, unreadable or spoiled gives None, or what stands
    before the damage.
    """
    return recover_key(key_of(path))


def recover_key(key: str) -> Recovered | None:
    """As :func:`recover`, by the key of a design."""
    try:
        path = _file(key)
        if path.stat().st_size > _MOST_READ:
            return None
        return replay(path.read_bytes(), key)
    except (OSError, ValueError):
        return None


def unsaved() -> list[Recovered]:
    """The designs without a file whose processes ended without saving, newest first."""
    found = []
    with contextlib.suppress(OSError):
        for file in (state_folder() / _FOLDER).glob(f"new-*{_SUFFIX}"):
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
    """Keep a journal that nobody wants now under another name, once: the last one set aside."""
    with contextlib.suppress(OSError):
        _file(key).replace(_file(key).with_suffix(".declined"))


def replay(data: bytes, key: str = "") -> Recovered | None:
    """The newest text in the bytes of a journal; None where not even its beginning is whole."""
    recovered: Recovered | None = None
    for record in _records(data):
        if recovered is None:
            recovered = _beginning(record, key)
            if recovered is None:
                return None
            continue
        text = _applied(recovered.text, record) if record is not None else None
        if record is None or text is None:
            return _with(recovered, damaged=True)
        recovered = _with(
            recovered, text=text, edits=recovered.edits + 1, when=_when(record, recovered.when)
        )
    return recovered


def _with(recovered: Recovered, **changes: Any) -> Recovered:
    from dataclasses import replace

    return replace(recovered, **changes)


def _beginning(record: dict[str, Any] | None, key: str) -> Recovered | None:
    if record is None or record.get("journal") != _FORMAT:
        return None
    base, path = record.get("base"), record.get("path")
    if not isinstance(base, str) or not isinstance(path, str | None):
        return None
    where = None if path is None else Path(path)
    return Recovered(key, where, base, base, 0, _when(record, datetime.fromtimestamp(0)))


def _when(record: dict[str, Any], otherwise: datetime) -> datetime:
    try:
        return datetime.fromtimestamp(float(record["when"]))
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return otherwise


def _records(data: bytes) -> Iterator[dict[str, Any] | None]:
    """The records of a journal; None, and then no more, for one that is damaged."""
    for line in data.splitlines(keepends=True):
        checksum, _, body = line.rstrip(b"\n").partition(b" ")
        record = None
        if line.endswith(b"\n") and checksum == _checksum(body):
            with contextlib.suppress(ValueError, RecursionError):
                record = json.loads(body)
        if not isinstance(record, dict):
            yield None
            return
        yield record


def _line(record: dict[str, Any]) -> bytes:
    body = json.dumps(record, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    return _checksum(body) + b" " + body + b"\n"


def _checksum(body: bytes) -> bytes:
    return b"%08x" % zlib.crc32(body)


def _delta(before: str, after: str) -> dict[str, Any]:
    """The stretch that differs, and a checksum of the whole text after it."""
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    return {
        "at": start,
        "drop": len(before) - start - end,
        "put": after[start : len(after) - end],
        "sum": zlib.crc32(after.encode("utf-8", "surrogatepass")),
    }


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


def _applied(text: str, record: dict[str, Any]) -> str | None:
    at, drop, put = record.get("at"), record.get("drop"), record.get("put")
    if not (isinstance(at, int) and isinstance(drop, int) and isinstance(put, str)):
        return None
    if not 0 <= at <= at + drop <= len(text) or len(text) + len(put) > 2 * MOST_BYTES:
        return None
    result = text[:at] + put + text[at + drop :]
    right = zlib.crc32(result.encode("utf-8", "surrogatepass")) == record.get("sum")
    return result if right else None


def _now() -> float:
    return round(datetime.now().timestamp(), 3)


def _file(key: str) -> Path:
    return state_folder() / _FOLDER / f"{key}{_SUFFIX}"
