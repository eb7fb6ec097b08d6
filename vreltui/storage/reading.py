"""Design files from the disk or from standard input."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import sys
from pathlib import Path

from vreltui.model import Problem
from vreltui.storage.document import Document, parse_bytes
from vreltui.storage.errors import FileError
from vreltui.storage.limits import MOST_BYTES

STDIN = "-"
"""The path that stands for standard input."""

_BEGINS_A_DESIGN = re.compile(rb"(?m)^[ \t]*[\"']?vreltui[\"']?[ \t]*=")
_MOST_HEAD = 65_536

STDIN_NAME = "<stdin>"
"""What standard input is called in messages."""

_DESCRIPTOR = re.compile(r"/(?:dev|proc/self)/fd/([0-9]{1,9})")


def read(path: str | Path, *, once: bool = False) -> Document:
    """The document in the file at ``path``; ``"-"`` is standard input.

    With ``once``, which is for those who only read, the path may also be that of a pipe which the
    process was started with, as in ``vreltui check <(generate)``.

    Raises :class:`FileError` when it can't be read or is no design.
    """
    name = str(path)
    if name == STDIN:
        return parse_bytes(_stdin(MOST_BYTES), STDIN_NAME)
    if once and (data := _from_inherited_pipe(name)) is not None:
        return parse_bytes(data, name)
    return parse_bytes(read_bytes(name), name)


def begins_a_design(data: bytes) -> bool:
    """Whether the beginning of a file says that it is a design; the reader judges it whole."""
    return _BEGINS_A_DESIGN.search(data[:_MOST_HEAD]) is not None


def read_input(name: str, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file or of standard input, at most one more than ``most``.

    Raises :class:`FileError`.
    """
    return _stdin(most) if name == STDIN else read_bytes(name, most)


def name_of(path: str) -> str:
    """What a path is called in messages."""
    return STDIN_NAME if path == STDIN else path


def _stdin(most: int) -> bytes:
    try:
        return sys.stdin.buffer.read(most + 1)
    except (OSError, ValueError, AttributeError):
        # AttributeError: the program was started with standard input closed.
        raise FileError(STDIN_NAME, None, Problem((), "standard input can't be read")) from None


def _from_inherited_pipe(name: str) -> bytes | None:
    """What comes through a pipe that is open already; None where the path leads to no such pipe.

    A FIFO on a disk is none: to open it may wait for ever, and wakes who waits at its other end.
    """
    found = _DESCRIPTOR.fullmatch(name)
    if found is None:
        return None
    descriptor = int(found[1])
    try:
        if not stat.S_ISFIFO(os.fstat(descriptor).st_mode):
            return None
        return read_open(descriptor, MOST_BYTES + 1)
    except OSError as error:
        raise FileError(name, None, _cannot_open(error)) from None


def read_bytes(name: str, most: int = MOST_BYTES) -> bytes:
    """The bytes of a regular file, at most one more than ``most``. Raises :class:`FileError`.

    What is no file on a disk is refused at once: a folder, a device, a pipe, what the kernel shows
    below ``/proc`` and ``/sys``.
    """
    try:
        return load(name, most)
    except NotOnDiskError as error:
        raise FileError(name, None, Problem((), str(error), "name a design file")) from None
    except (OSError, ValueError) as error:
        raise FileError(name, None, _cannot_open(error)) from None


class NotOnDiskError(OSError):
    """What is there is no regular file on a disk; the text says what it is."""


def load(name: str, most: int = MOST_BYTES, *, follow: bool = True) -> bytes:
    """As :func:`read_bytes`, with the system's own errors. Unless ``follow``, no symbolic link.

    Raises:
        NotOnDiskError: it is no regular file on a disk.
        OSError: it can't be read.
        ValueError: the name can't be one.
    """
    # Opening alone may act: it wakes who waits at the other end of a FIFO, it rewinds a tape.
    _refuse_all_but_files(name, os.stat(name, follow_symlinks=follow))  # noqa: PTH116
    # What was put in its place in between may be a FIFO, which would wait for ever.
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | (0 if follow else os.O_NOFOLLOW)
    descriptor = os.open(name, flags)
    try:
        _refuse_all_but_files(name, os.fstat(descriptor))
        return read_open(descriptor, most + 1)
    finally:
        os.close(descriptor)


def _refuse_all_but_files(name: str, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise NotOnDiskError("this is a folder")
    # Below /sys more file systems are mounted, each with a device of its own.
    shown_by_kernel = os.path.realpath(name).startswith(("/proc/", "/sys/"))
    made_up = shown_by_kernel or status.st_dev in _kernel_devices()
    if not stat.S_ISREG(status.st_mode) or made_up:
        raise NotOnDiskError("this is not a regular file")


def _kernel_devices() -> set[int]:
    """The file systems that the kernel makes up: their files have no size, and reading may act."""
    devices = set()
    for folder in ("/proc", "/sys"):
        with contextlib.suppress(OSError):
            devices.add(os.stat(folder).st_dev)  # noqa: PTH116
    with contextlib.suppress(OSError):
        devices.discard(os.stat("/").st_dev)  # noqa: PTH116 - an empty folder where none is mounted
    return devices


def read_open(descriptor: int, most: int) -> bytes:
    """Up to ``most`` bytes of what is open; to its end, if that comes first."""
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
