"""Small files of the state folder that hold JSON, such as the list of recent designs."""

from __future__ import annotations

import contextlib
import json
import os

from vreltui.storage.keep.locations import state_file, state_subfolder
from vreltui.storage.keep.private import own_bytes, own_open, refuse_to_replace_foreign

_MOST_READ = 1_000_000


def read_own(name: str) -> object:
    """What the file of that name holds; None where there is none that can be used."""
    try:
        found = own_bytes(state_file("", name), _MOST_READ)
        return None if len(found) > _MOST_READ else json.loads(found.decode("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def write_own(name: str, data: object) -> None:
    """Another file in place of the old one, its owner's alone; what can't be written is not."""
    with contextlib.suppress(OSError, UnicodeEncodeError):
        _write(name, json.dumps(data, indent=1).encode("ascii"))


def _write(name: str, data: bytes) -> None:
    folder = state_subfolder("")
    temporary = folder / f".{name}.{os.getpid()}"
    refuse_to_replace_foreign(folder / name)
    descriptor = own_open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123
            file.write(data)
        temporary.replace(folder / name)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
