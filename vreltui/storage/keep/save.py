"""Saving: all of the new file or all of the old one, whatever happens in between."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from vreltui.storage.errors import ChangedOnDisk, SaveError, UnconfirmedError
from vreltui.storage.keep.attributes import refuse_what_cannot_stay, take_over
from vreltui.storage.keep.leftovers import temporary_name
from vreltui.storage.keep.swap import exchange, rename_to_new, uninterrupted
from vreltui.storage.limits import MOST_BYTES
from vreltui.storage.reading import load

_ONCE_MORE = "save it once more"
_NO_FOLDER_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF)


def save(path: str | Path, text: str, expected: bytes | None) -> bytes:
    """Write ``text`` to ``path`` in one step, and return the bytes that are there now.

    ``expected`` is what the file holds as far as the caller knows; None says that there is none.
    A symbolic link is followed, and stays. Mode, owner, access list and extended attributes are
    those of the file before. The bytes are on the disk, and read back, before the old file goes.

    Raises:
        ChangedOnDisk: the file is not as expected; nothing was written.
        UnconfirmedError: the new file is there, but might not survive a loss of power.
        SaveError: it can't be written, or not without losing one of the above; the file is as
            it was.
    """
    name = str(path)
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        raise SaveError(name, "the text has characters that UTF-8 can't hold") from None
    if len(data) > MOST_BYTES:
        why = f"it would have more than {MOST_BYTES // 1_000_000} MB"
        raise SaveError(name, why, "leave something out")
    try:
        target = os.path.realpath(name)
        before = _state(name, target)
        _compare(name, target, expected)
        _replace(name, target, before, data, expected)
    except (OSError, ValueError) as error:
        right = _ONCE_MORE if isinstance(error, InterruptedError) else ""
        raise SaveError(name, _reason(error), right) from None
    _sync_folder(name, os.path.dirname(target))  # noqa: PTH120 - strings, as realpath gave them
    return data


def _state(name: str, target: str) -> os.stat_result | None:
    """The state of the file that will be replaced, if there is one."""
    try:
        state = os.lstat(target)
    except FileNotFoundError:
        return None
    refuse_what_cannot_stay(name, target, state)
    return state


def _compare(name: str, target: str, expected: bytes | None) -> None:
    try:
        found: bytes | None = load(target, follow=False)
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
    temporary = temporary_name(target)
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    # A file that nobody else can open until it has the mode it should have.
    descriptor = os.open(temporary, flags, 0o666 if before is None else 0o600)
    try:
        _write(descriptor, data)
        if before is not None:
            take_over(name, descriptor, target, before)
        os.fsync(descriptor)
        if _whole(descriptor, len(data)) != data:
            raise SaveError(name, "what was written reads back differently")
        _put_in_place(name, temporary, target, expected, descriptor)
    except BaseException:
        if _is_ours(temporary, descriptor):
            _remove(temporary)
        raise
    finally:
        # It was synced: what closing could still complain about is on the disk.
        with contextlib.suppress(OSError):
            os.close(descriptor)


def _is_ours(temporary: str, descriptor: int) -> bool:
    """Whether the temporary name leads to what was written here, not to what was exchanged."""
    try:
        return os.path.samestat(os.lstat(temporary), os.fstat(descriptor))
    except OSError:
        return False


def _remove(temporary: str) -> None:
    with contextlib.suppress(OSError):
        uninterrupted(lambda: os.unlink(temporary))  # noqa: PTH108


def _write(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        count = os.write(descriptor, rest)
        if count == 0:
            raise OSError(errno.EIO, "nothing more could be written")
        rest = rest[count:]


def _whole(descriptor: int, most: int) -> bytes:
    found = b""
    while len(found) <= most and (piece := os.pread(descriptor, most + 1, len(found))):
        found += piece
    return found


def _put_in_place(
    name: str, temporary: str, target: str, expected: bytes | None, descriptor: int
) -> None:
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
            _check_displaced(name, temporary, target, expected, descriptor)
            _remove(temporary)
            return
    _compare(name, target, expected)
    uninterrupted(lambda: os.replace(temporary, target))  # noqa: PTH105


def _check_displaced(
    name: str, temporary: str, target: str, expected: bytes, descriptor: int
) -> None:
    """After the exchange ``temporary`` is what was there; if that isn't ``expected``, go back."""
    try:
        displaced: bytes | None = load(temporary, follow=False)
    except OSError:
        displaced = None
    if displaced == expected:
        return
    kept = f"somebody else saved it just now; their version is kept in {temporary}"
    try:
        exchange(temporary, target)
    except OSError:
        raise SaveError(name, kept) from None
    if not _is_ours(temporary, descriptor):  # they saved twice
        raise SaveError(name, kept)
    if displaced is None:
        raise SaveError(name, "the file that was there can't be read")
    raise ChangedOnDisk(name, "the file was changed by somebody else just now")


def _sync_folder(name: str, folder: str) -> None:
    """Have the file's new entry in its folder on the disk, where the file system can promise it."""
    try:
        try:
            descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        except PermissionError:  # its owner may write in it and not look into it
            os.sync()
            return
        try:
            os.fsync(descriptor)
        finally:
            with contextlib.suppress(OSError):
                os.close(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise UnconfirmedError(name, _reason(error), _ONCE_MORE) from None


def _reason(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError():
            return "there is no such folder"
        case PermissionError():
            return "permission to write it, or to write in its folder, is denied"
        case InterruptedError():
            return "it was interrupted"
        case OSError(errno=errno.ENOSPC):
            return "the disk is full"
        case OSError(errno=errno.EDQUOT):
            return "your quota on this disk is used up"
        case OSError(errno=errno.EFBIG):
            return "the file would be larger than is allowed here"
        case OSError(errno=errno.EROFS):
            return "the disk is read-only"
        case OSError(errno=errno.EIO):
            return "the disk reports an error"
        case OSError():
            return error.strerror or str(error)
        case _:
            return "this can't be a file's name"
