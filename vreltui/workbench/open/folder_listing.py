"""What can be opened in a folder, to pick from: designs, and what becomes one."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

from vreltui.exchange.recognizing import foreign_form
from vreltui.storage import FileError
from vreltui.storage.reading import begins_a_design, read_bytes

_MOST_LOOKED_AT = 1000
_MOST_HEAD = 65_536
_ENDINGS = (".toml", ".xml", ".dft")
_ROOT = b"<opsa-mef"
"""How a fault tree begins: of other files that end in .xml there are many."""


def designs_nearby(path: Path | None) -> list[Path]:
    """What can be opened in the folder of an open design, and in that the program runs in."""
    folders = dict.fromkeys([Path.cwd(), *([path.absolute().parent] if path else [])])
    return [each for folder in folders for each in _designs_in(folder)]


def _designs_in(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            seen = list(islice(entries, _MOST_LOOKED_AT))
    except OSError:
        return []
    names = sorted(entry.name for entry in seen if entry.name.endswith(_ENDINGS))
    return [folder / name for name in names if _can_be_opened(folder / name)]


def _can_be_opened(path: Path) -> bool:
    """Whether the beginning of a file says that it can be opened; the reader judges it whole."""
    try:
        head = read_bytes(str(path), _MOST_HEAD)
    except FileError:
        return False
    form = foreign_form(head)
    return begins_a_design(head) if form is None else form != "open-psa" or _ROOT in head
