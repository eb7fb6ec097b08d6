"""Saving: all of the new file or all of the old one, whatever happens in between."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from pathlib import Path

from vreltui.storage.errors import ChangedOnDisk, SaveError
from vreltui.storage.exchange import exchange, rename_to_new
from vreltui.storage.limits import MOST_BYTES


def save(path: str | Path, text: str, expected: bytes | None) -> bytes:
    """Write ``text`` to ``path`` in one step, and return the bytes that are there now.

    ``expected`` is what the file holds as far as the caller knows; None says that there is none.
    A symbolic link is followed, and stays. Mode, and where allowed owner and extended attributes,
    are those of the file before. The bytes are on the disk, and read back, before the old
    file goes.

    Raises:
        ChangedOnDisk: the file is not as expected; nothing was written.
        SaveError: it can't be written; the file is as it was.
    """
    name = str(path)
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        raise SaveError(name, "the text has characters that UTF-8 can't hold") from None
    if len(data) > MOST_BYTES:
        raise SaveError(name, f"it would have more than {MOST_BYTES // 1_000_000} MB")
    try:
        target = os.path.realpath(name)
        before = _state(name, target)
        _compare(name, target, expected)
        _replace(name, target, before, data, expected)
    except (OSError, ValueError) as error:
        raise SaveError(name, _reason(error)) from None
    return data


def _state(name: str, target: str) -> os.stat_result | None:
    """The state of the file that will be replaced, if there is one."""
    try:
        state = os.lstat(target)
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(state.st_mode):
        raise SaveError(name, "the symbolic link leads in a circle")
    if not stat.S_ISREG(state.st_mode):
        what = "a folder" if stat.S_ISDIR(state.st_mode) else "not a regular file"
        raise SaveError(name, f"this is {what}")
    if not os.access(target, os.W_OK):
        raise SaveError(name, "the file is write-protected")
    return state


def _compare(name: str, target: str, expected: bytes | None) -> None:
    try:
        found: bytes | None = Path(target).read_bytes()
    except FileNotFoundError:
        found = None
    if found == expected:
        return
    if expected is None:
        raise ChangedOnDisk(name, "there is a file of this name already")
    if found is None:
        raise ChangedOnDisk(name, "the file is gone; somebody removed or renamed it")
    raise ChangedOnDisk(name, "the file was changed by somebody else since it was read")


def _replace(
    name: str,
    target: str,
    before: os.stat_result | None,
    data: bytes,
    expected: bytes | None,
) -> None:
    folder = os.path.dirname(target)  # noqa: PTH120 - strings, as realpath gave them
    temporary = os.path.join(folder, f".vreltui-{secrets.token_hex(8)}.tmp")  # noqa: PTH118
    try:
        _write(temporary, data)
        _take_over(temporary, target, before)
        if Path(temporary).read_bytes() != data:
            raise SaveError(name, "what was written reads back differently")
        _put_in_place(name, temporary, target, expected)
    except _LeftBehindError:
        raise
    except BaseException:
        _remove(temporary)
        raise
    _remove(temporary)
    _sync_folder(folder)


class _LeftBehindError(SaveError):
    """The temporary file holds what somebody else saved, and must stay."""


def _remove(temporary: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(temporary)  # noqa: PTH108


def _write(temporary: str, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    # A file that nobody else can open until it has the mode it should have.
    descriptor = os.open(temporary, flags, 0o600)
    try:
        rest = memoryview(data)
        while rest:
            count = os.write(descriptor, rest)
            if count == 0:
                raise OSError(errno.EIO, "nothing more could be written")
            rest = rest[count:]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _take_over(temporary: str, target: str, before: os.stat_result | None) -> None:
    """Give the new file the owner, mode and extended attributes of the one before."""
    if before is None:
        mask = os.umask(0)
        os.umask(mask)
        Path(temporary).chmod(0o666 & ~mask)
        return
    state = os.stat(temporary)  # noqa: PTH116
    if (state.st_uid, state.st_gid) != (before.st_uid, before.st_gid):
        # Only root may give files away; a member of the group may still keep the group.
        with contextlib.suppress(PermissionError):
            os.chown(temporary, -1, before.st_gid)
        with contextlib.suppress(PermissionError):
            os.chown(temporary, before.st_uid, -1)
    if hasattr(os, "listxattr"):
        with contextlib.suppress(OSError):
            for attribute in os.listxattr(target):
                os.setxattr(temporary, attribute, os.getxattr(target, attribute))
    Path(temporary).chmod(stat.S_IMODE(before.st_mode))


def _put_in_place(name: str, temporary: str, target: str, expected: bytes | None) -> None:
    """Rename, so that a save by somebody else up to the last moment is noticed and kept."""
    if expected is None:
        try:
            if rename_to_new(temporary, target):
                return
        except FileExistsError:
            raise ChangedOnDisk(name, "there is a file of this name already") from None
    else:
        try:
            swapped = exchange(temporary, target)
        except FileNotFoundError:
            raise ChangedOnDisk(name, "the file is gone; somebody removed or renamed it") from None
        if swapped:
            _check_displaced(name, temporary, target, expected)
            return
    _compare(name, target, expected)
    os.replace(temporary, target)  # noqa: PTH105


def _check_displaced(name: str, temporary: str, target: str, expected: bytes) -> None:
    """After the exchange ``temporary`` is what was there; if that isn't ``expected``, go back."""
    try:
        displaced: bytes | None = Path(temporary).read_bytes()
    except OSError:
        displaced = None
    if displaced == expected:
        return
    try:
        exchange(temporary, target)
    except OSError:
        why = f"somebody else saved it just now; their version is kept in {temporary}"
        raise _LeftBehindError(name, why) from None
    if displaced is None:
        raise SaveError(name, "the file that was there can't be read")
    raise ChangedOnDisk(name, "the file was changed by somebody else just now")


def _sync_folder(folder: str) -> None:
    # The new file is in place; a folder that can't be synced is no failure of the save.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _reason(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError():
            return "there is no such folder"
        case PermissionError():
            return "permission to write in this folder is denied"
        case OSError(errno=errno.ENOSPC | errno.EDQUOT):
            return "the disk is full"
        case OSError(errno=errno.EFBIG):
            return "the file would be larger than is allowed here"
        case OSError(errno=errno.EROFS):
            return "the disk is read-only"
        case OSError():
            return error.strerror or str(error)
        case _:
            return "this can't be a file's name"
