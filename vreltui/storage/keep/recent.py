"""The designs that were open lately."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

from vreltui.model import shown
from vreltui.storage.keep.own_json import read_own, write_own

MOST_KEPT = 30
"""The most designs that are remembered."""

_FILE = "recent.json"


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
    write_own(_FILE, [{"path": str(e.path), "title": e.title, "opened": e.opened} for e in entries])


def _known() -> list[Recent]:
    data = read_own(_FILE)
    try:
        return [
            Recent(Path(entry["path"]), shown(str(entry["title"])), float(entry["opened"]))
            for entry in (data if isinstance(data, list) else [])
        ][:MOST_KEPT]
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return []
