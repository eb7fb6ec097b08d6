"""The program with a safeguard taken out, to see that a campaign can fail.

Each lasts as long as the process.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def _change(**functions: object) -> None:
    vars(sys.modules["vreltui.storage.keep.save"]).update(functions)


def without_fsync() -> None:
    """Nothing is waited for."""
    vars(os).update(fsync=lambda descriptor: None, fdatasync=lambda descriptor: None)


def without_fsync_of_files() -> None:
    """A name may come to the disk before what it names."""
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            real(descriptor)

    vars(os).update(fsync=fsync, fdatasync=lambda descriptor: None)


def without_fsync_of_folders() -> None:
    """What is reported as saved may not have its name yet."""
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            real(descriptor)

    vars(os).update(fsync=fsync)


def with_plain_writes() -> None:
    """The file is written over in place, and no other is put in its place."""

    def in_place(one: str, other: str) -> bool:
        data = Path(one).read_bytes()
        descriptor = os.open(other, os.O_WRONLY)
        for at in range(0, len(data), 256):
            os.pwrite(descriptor, data[at : at + 256], at)
            os.fsync(descriptor)
        os.ftruncate(descriptor, len(data))
        os.fsync(descriptor)
        os.close(descriptor)
        return True

    _change(exchange=in_place, _check_displaced=lambda *arguments: None)


def without_the_exchange() -> None:
    """The new file is only said to be in place."""
    _change(exchange=lambda one, other: True, _check_displaced=lambda *arguments: None)


def with_the_journal_removed_first() -> None:
    """The journal goes before the save that replaces it."""
    from vreltui.workbench.open.files import File

    real = File.save

    def save(self: File, *arguments: Any, **options: Any) -> None:
        self._journal.clear()
        real(self, *arguments, **options)

    File.save = save  # type: ignore[method-assign]


def without_a_journal() -> None:
    """Edits are on the screen alone."""
    from vreltui.storage.keep.journal import Journal

    Journal.record = lambda self, *rest: None  # type: ignore[method-assign]


BREAKAGES: dict[str, Callable[[], None]] = {
    function.__name__: function
    for function in (
        without_fsync, without_fsync_of_files, without_fsync_of_folders, with_plain_writes,
        without_the_exchange, with_the_journal_removed_first, without_a_journal,
    )
}  # fmt: skip
"""All of them, by name."""
