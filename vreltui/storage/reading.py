"""Design files from the disk or from standard input."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from pathlib import Path

from vreltui.model import Problem
from vreltui.storage.document import Document, parse_bytes
from vreltui.storage.errors import FileError
from vreltui.storage.limits import MOST_BYTES

STDIN = "-"
"""The path that stands for standard input."""


def read(path: str | Path) -> Document:
    """The document in the file at ``path``; ``"-"`` is standard input.

    Raises :class:`FileError` when it can't be read or is no design.
    """
    name = str(path)
    if name == STDIN:
        return parse_bytes(_stdin(), "<stdin>")
    return parse_bytes(read_bytes(name), name)


def _stdin() -> bytes:
    try:
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    except (OSError, ValueError, AttributeError):
        # AttributeError: the program was started with standard input closed.
        raise FileError("<stdin>", None, Problem((), "standard input can't be read")) from None


def read_bytes(name: str, most: int = MOST_BYTES) -> bytes:
    """The bytes of a regular file, at most one more than ``most``. Raises :class:`FileError`.

    What is no file on a disk is refused at once: a folder, a device, a pipe, what the kernel shows
    below ``/proc`` and ``/sys``.
    """
    try:
        # Without O_NONBLOCK, opening a FIFO that nobody writes to would wait for ever.
        descriptor = os.open(name, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise FileError(name, None, _cannot_open(error)) from None
    try:
        status = os.fstat(descriptor)
        mode = status.st_mode
        if not stat.S_ISREG(mode) or status.st_dev in _kernel_devices():
            what = "this is a folder" if stat.S_ISDIR(mode) else "this is not a regular file"
            raise FileError(name, None, Problem((), what, "name a design file"))
        return _all(descriptor, most + 1)
    except OSError as error:
        raise FileError(name, None, _cannot_open(error)) from None
    finally:
        os.close(descriptor)


def _kernel_devices() -> set[int]:
    """The file systems that the kernel makes up: their files have no size, and reading may act."""
    devices = set()
    for folder in ("/proc", "/sys"):
        with contextlib.suppress(OSError):
            devices.add(os.stat(folder).st_dev)  # noqa: PTH116
    with contextlib.suppress(OSError):
        devices.discard(os.stat("/").st_dev)  # noqa: PTH116 - an empty folder where none is mounted
    return devices


def _all(descriptor: int, most: int) -> bytes:
    pieces: list[bytes] = []
    while most > 0 and (piece := os.read(descriptor, min(most, 1 << 20))):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)


def _cannot_open(error: OSError | ValueError) -> Problem:
    match error:
        case FileNotFoundError():
            return Problem((), "there is no such file")
        case PermissionError():
            return Problem((), "permission to read it is denied")
        case IsADirectoryError():
            return Problem((), "this is a folder", "name a design file")
        case OSError():
            return Problem((), f"it can't be read: {error.strerror or error}")
        case _:
            return Problem((), "this can't be a file's name")
