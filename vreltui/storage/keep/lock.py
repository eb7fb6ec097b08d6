"""One process at a time edits a design: a lock that ends with the process that holds it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from vreltui.model import VreltuiError, shown
from vreltui.storage.keep.locations import state_subfolder
from vreltui.storage.keep.private import own_open

_MOST_READ = 400


class LockedError(VreltuiError):
    """Another process edits the design now; the text says which and since when."""


@dataclass
class Lock:
    """A lock that is held, until :meth:`release` or the end of the process."""

    path: Path
    descriptor: int

    def release(self) -> None:
        """Let others edit the design."""
        if self.descriptor < 0:
            return
        with contextlib.suppress(OSError):
            self.path.unlink()
        with contextlib.suppress(OSError):
            os.close(self.descriptor)
        self.descriptor = -1


def key_of(path: Path) -> str:
    """The name under which the state of a design lies: readable, and one for each real path."""
    real = os.path.realpath(path)
    digest = hashlib.sha256(os.fsencode(real)).hexdigest()[:20]
    readable = re.sub(r"[^A-Za-z0-9._-]", "_", Path(real).name)[:40]
    return f"{readable}-{digest}"


def lock_keys(key: str, path: Path | None) -> list[str]:
    """The locks that a design needs: that of its path, and one of its file where it has more names.

    A file with several names (hard links) can't be saved, so it stays the same file.
    """
    with contextlib.suppress(OSError, ValueError):
        status = path.stat() if path is not None else None
        if status is not None and status.st_nlink > 1:
            return [key, f"file-{status.st_dev:x}-{status.st_ino:x}"]
    return [key]


def lock_all(keys: Iterable[str]) -> list[Lock]:
    """Take several locks, or none. Raises as :func:`lock` does."""
    held: list[Lock] = []
    try:
        for key in keys:
            held.append(lock(key))
    except BaseException:
        for taken in held:
            taken.release()
        raise
    return held


def lock(key: str) -> Lock:
    """Take the lock of a design.

    The kernel frees the lock of a process that died, however it died.

    Raises:
        LockedError: another process holds it.
        OSError: the state folder can't be used.
    """
    import fcntl

    path = state_subfolder("locks") / f"{key}.lock"
    while True:
        descriptor = own_open(path, os.O_RDWR | os.O_CREAT)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            try:
                holder = _holder(descriptor)
            finally:
                os.close(descriptor)
            raise LockedError(f"it is open in another vreltui{holder}") from None
        except OSError:
            os.close(descriptor)
            raise
        if _is_still(path, descriptor):
            break
        os.close(descriptor)  # its holder removed it between our open and our lock
    now = time.strftime("%Y-%m-%d %H:%M")
    # On a full disk the lock holds all the same, without the name of who holds it.
    with contextlib.suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()} {socket.gethostname()} {now}\n".encode(), 0)
    return Lock(path, descriptor)


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))  # noqa: PTH116
    except FileNotFoundError:
        return False


def _holder(descriptor: int) -> str:
    """Who holds a lock, as words to end a sentence with."""
    words = os.pread(descriptor, _MOST_READ, 0).decode("utf-8", "replace").split()
    if len(words) != 4 or not words[0].isdigit():
        return ""
    process, host, day, clock = words
    where = "" if host == socket.gethostname() else f" on {host}"
    return shown(f", process {process}{where}, since {day} {clock}")
