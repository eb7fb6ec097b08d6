"""How designs were looked at when they were left, by their files. No design, and no edit of one."""

from __future__ import annotations

import os
from pathlib import Path

from vreltui.storage.keep.own_json import read_own, write_own

MOST_KEPT = 100
"""The most designs of which this is kept."""

_FILE = "looked-at.json"


def looked_at(path: Path) -> object:
    """What :func:`keep_looked_at` kept of a file last; None where there is nothing."""
    real = os.path.realpath(path)
    return next((found for name, found in _known() if name == real), None)


def keep_looked_at(path: Path, found: object) -> None:
    """Keep how the design in a file was looked at: plain values, as JSON has them."""
    real = os.path.realpath(path)
    others = [entry for entry in _known() if entry[0] != real]
    write_own(_FILE, [[real, found], *others][:MOST_KEPT])


def _known() -> list[tuple[str, object]]:
    data = read_own(_FILE)
    pairs = data if isinstance(data, list) else []
    return [
        (pair[0], pair[1])
        for pair in pairs
        if isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str)
    ]
