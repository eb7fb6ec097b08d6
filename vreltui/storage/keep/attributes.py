"""What surrounds a file's bytes: mode, owner, attributes, names. A save keeps it or says no."""

from __future__ import annotations

import contextlib
import errno
import os
import stat

from vreltui.storage.errors import SaveError

_ELSEWHERE = "save it under another name"
# Others belong to the system, which sets them by its own rules.
_OF_PEOPLE = ("user.", "system.")
_NONE_HERE = (errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)


def refuse_what_cannot_stay(name: str, target: str, state: os.stat_result) -> None:
    """Refuse to replace what is no plain file, or what a replacement would change for others.

    Raises :class:`SaveError` with the reason.
    """
    if stat.S_ISLNK(state.st_mode):
        raise SaveError(name, "the symbolic link leads in a circle")
    if not stat.S_ISREG(state.st_mode):
        what = "a folder" if stat.S_ISDIR(state.st_mode) else "not a regular file"
        raise SaveError(name, f"this is {what}")
    # Root may write to any file, and yet who took the permission away meant something by it.
    if not state.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise SaveError(name, "the file is write-protected")
    if state.st_nlink > 1:
        names = f"the file has {state.st_nlink} names (hard links), which a save would part"
        raise SaveError(name, names, _ELSEWHERE)


def take_over(name: str, descriptor: int, target: str, before: os.stat_result) -> None:
    """Give a new file the owner, attributes, access list and mode of the one that it replaces.

    Raises:
        SaveError: they can't be kept.
        OSError: the disk says no.
    """
    state = os.fstat(descriptor)
    if (state.st_uid, state.st_gid) != (before.st_uid, before.st_gid):
        # Only root may give files away; a member of the group may still keep the group.
        with contextlib.suppress(PermissionError):
            os.fchown(descriptor, before.st_uid, before.st_gid)
    if hasattr(os, "listxattr"):
        _take_over_attributes(name, descriptor, target)
    os.fchmod(descriptor, stat.S_IMODE(before.st_mode))
    after = os.fstat(descriptor)
    if (after.st_uid, after.st_gid) != (before.st_uid, before.st_gid):
        raise SaveError(name, "the file would get another owner or group", _ELSEWHERE)
    if stat.S_IMODE(after.st_mode) != stat.S_IMODE(before.st_mode):
        raise SaveError(name, "the file would get other permissions", _ELSEWHERE)


def _take_over_attributes(name: str, descriptor: int, target: str) -> None:
    wanted, found = _attributes(target), _attributes(descriptor)
    # A folder may give its new files an access list, which the file before did not have.
    for attribute in found.keys() - wanted.keys():
        if attribute.startswith(_OF_PEOPLE):
            os.removexattr(descriptor, attribute)
    for attribute, value in wanted.items():
        if found.get(attribute) == value:
            continue
        try:
            os.setxattr(descriptor, attribute, value)
        except OSError as error:
            if attribute.startswith(_OF_PEOPLE):
                what = "access list" if "acl" in attribute else "attributes"
                why = f"the file's {what} can't be kept ({error.strerror})"
                raise SaveError(name, why, _ELSEWHERE) from None


def _attributes(file: str | int) -> dict[str, bytes]:
    try:
        names = os.listxattr(file)
    except OSError as error:
        if error.errno in _NONE_HERE:
            return {}
        raise
    found = {}
    for attribute in names:
        try:
            found[attribute] = os.getxattr(file, attribute)
        except OSError:
            # What only the system may read is not a person's to lose.
            if attribute.startswith(_OF_PEOPLE):
                raise
    return found
