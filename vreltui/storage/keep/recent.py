"""The designs that were open lately."""

from __future__ import annotations

import contextlib
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

from vreltui.model import shown
from vreltui.storage.keep.locations import state_file, state_subfolder
from vreltui.storage.keep.private import own_bytes, own_open, refuse_to_replace_foreign

MOST_KEPT = 30
"""The most designs that are remembered."""

_FILE = "recent.json"
_MOST_READ = 1_000_000


@dataclass(frozen=True, slots=True)
class Recent:
    """A design that was open: its file, its title then, and when, in seconds since 1970."""

    path: Path
    title: str
    opened: float


def recent() -> list[Recent]:
    """The designs that were open lately and are still there, the newest first. Never raises."""
    return [entry for entry in _known() if entry.path.is_file()]


def remember(path: Path, title: str) -> None:
    """Put a design at the top of the list. What can't be written is not remembered."""
    real = Path(os.path.realpath(path))
    others = [entry for entry in _known() if entry.path != real]
    entries = [Recent(real, title, round(time.time(), 3)), *others][:MOST_KEPT]
    data = [{"path": str(e.path), "title": e.title, "opened": e.opened} for e in entries]
    with contextlib.suppress(OSError, UnicodeEncodeError):
        _write(json.dumps(data, indent=1).encode("ascii"))


def _write(data: bytes) -> None:
    """Another list in place of the old one; it names designs, so it is its owner's alone."""
    folder = state_subfolder("")
    temporary = folder / f".{_FILE}.{os.getpid()}"
    refuse_to_replace_foreign(folder / _FILE)
    descriptor = own_open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123
            file.write(data)
        temporary.replace(folder / _FILE)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _known() -> list[Recent]:
    try:
        found = own_bytes(state_file("", _FILE), _MOST_READ)
        if len(found) > _MOST_READ:
            return []
        data = json.loads(found.decode("utf-8"))
        return [
            Recent(Path(entry["path"]), shown(str(entry["title"])), float(entry["opened"]))
            for entry in data
        ][:MOST_KEPT]
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return []
