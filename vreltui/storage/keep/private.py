"""What lies in the state folder is used only where it is the user's own, and no other may write it.

Another user's journal must not be offered as one's own edits, nor written over. So owner and mode
of a folder and of each file are checked before anything in it is read or replaced, on the file that
is open and without following links; what is not the user's own is named and left as it is.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from vreltui.model import shown
from vreltui.storage.reading import NotOnDiskError, read_open

_MOST_NAMED = 3
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


class NotOursError(OSError):
    """A file or folder of the program's state is not the user's own; the text names it."""


def own_folder(path: Path) -> Path:
    """``path``, a folder that others may not enter from now on.

    A link of the user's own may lead to it; where others may write, they may have written before.

    Raises:
        NotOursError: it, or the link that leads to it, is another user's, or others may write it.
        OSError: there is none, or it can't be made private.
    """
    reason = _foreign_folder(path)
    if reason:
        raise NotOursError(_named(reason, path))
    if path.stat().st_mode & _OTHERS:  # made by another program, or under another umask
        path.chmod(0o700)
    return path


def own_open(path: Path, flags: int) -> int:
    """Open an own file, which is made where ``flags`` say so. No link is followed.

    Raises:
        NotOursError: it is not the user's own; nothing of it was read or changed.
        OSError: it can't be opened.
    """
    # Opening alone may act where it is no file.
    with contextlib.suppress(FileNotFoundError):
        _refuse(path, path.lstat())
    # What was put in its place since may be a FIFO, which would wait for ever.
    flags |= os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
    descriptor = os.open(path, flags & ~os.O_TRUNC, 0o600)
    try:
        status = os.fstat(descriptor)
        _refuse(path, status)
        if status.st_mode & _OTHERS:
            with contextlib.suppress(OSError):  # a disk that is read-only may still be read
                os.fchmod(descriptor, 0o600)
        if flags & os.O_TRUNC and status.st_size:  # one that was just made can't be left behind so
            os.ftruncate(descriptor, 0)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def own_bytes(path: Path, most: int) -> bytes:
    """The bytes of an own file, at most one more than ``most``. Raises as :func:`own_open` does."""
    descriptor = own_open(path, os.O_RDONLY)
    try:
        return read_open(descriptor, most + 1)
    finally:
        os.close(descriptor)


def refuse_to_replace_foreign(path: Path) -> None:
    """Raise :class:`NotOursError` where something stands at ``path`` that is not the user's own."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return
    _refuse_foreign(path, status)


def foreign(folder: Path) -> list[str]:
    """What in the state folder is not the user's own, as words, in bounded number. Never raises."""
    named = list(_all_foreign(folder))
    if len(named) > _MOST_NAMED:
        named[_MOST_NAMED:] = [f"{len(named) - _MOST_NAMED} more in {shown(str(folder))} likewise"]
    return named


def _refuse(path: Path, status: os.stat_result) -> None:
    _refuse_foreign(path, status)
    if not stat.S_ISREG(status.st_mode):
        raise NotOnDiskError(f"{shown(str(path))} is not a regular file")


def _refuse_foreign(path: Path, status: os.stat_result) -> None:
    reason = _foreign(status)
    if reason:
        raise NotOursError(_named(reason, path))


def _foreign(status: os.stat_result) -> str:
    if status.st_uid != os.geteuid():
        return "another user's, and left alone"
    if stat.S_ISLNK(status.st_mode):
        return "a symbolic link, and left alone"
    if status.st_mode & _OTHERS_WRITE:
        return "others may write it, so it is left alone"
    return ""


def _named(reason: str, path: str | Path) -> str:
    """The reason first: a line of the screen may be too short for the path."""
    return f"{reason}: {shown(str(path))}"


def _foreign_folder(path: Path) -> str:
    """As :func:`_foreign`; a link of one's own may lead to a folder. Raises :class:`OSError`."""
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode) and status.st_uid == os.geteuid():
        status = path.stat()
    return _foreign(status)


def _all_foreign(folder: Path, below: int = 1) -> Iterator[str]:
    """What is not the user's own in a folder and ``below`` more levels of folders."""
    try:
        reason = _foreign_folder(folder)
        if reason:
            yield _named(reason, folder)
            return
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            if entry.is_dir():
                if below:
                    yield from _all_foreign(Path(entry.path), below - 1)
                continue
            reason = _foreign(entry.stat(follow_symlinks=False))
            if reason:
                yield _named(reason, entry.path)
    except OSError:  # there is none, or it can't be looked into, which whoever uses it will say
        return
