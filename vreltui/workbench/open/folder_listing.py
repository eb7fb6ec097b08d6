"""The designs of a folder, to pick one from."""

from __future__ import annotations

import os
import re
from itertools import islice
from pathlib import Path

from vreltui.storage import FileError
from vreltui.storage.reading import read_bytes

_DESIGN = re.compile(rb"(?m)^[ \t]*[\"']?vreltui[\"']?[ \t]*=")
_MOST_LOOKED_AT = 1000
_MOST_HEAD = 65_536


def designs_nearby(path: Path | None) -> list[Path]:
    """The designs in the folder of one that is open, and in that which the program runs in."""
    folders = dict.fromkeys([Path.cwd(), *([path.absolute().parent] if path else [])])
    return [each for folder in folders for each in _designs_in(folder)]


def _designs_in(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            seen = list(islice(entries, _MOST_LOOKED_AT))
    except OSError:
        return []
    names = sorted(entry.name for entry in seen if entry.name.endswith(".toml"))
    return [folder / name for name in names if _is_design(folder / name)]


def _is_design(path: Path) -> bool:
    """Whether the beginning of a file says that it is a design; the reader judges it whole."""
    try:
        return _DESIGN.search(read_bytes(str(path), _MOST_HEAD)) is not None
    except FileError:
        return False
