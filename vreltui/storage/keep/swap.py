"""Renames that never lose what somebody else wrote in between, where the system offers them."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable

_NO_REPLACE = 1
_EXCHANGE = 2
_CURRENT_FOLDER = -100
_NOT_OFFERED = (errno.ENOSYS, errno.EINVAL, errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP)

_Rename = Callable[[int, bytes, int, bytes, int], int]


def exchange(one: str, other: str) -> bool:
    """Swap two files in one step. False where the system or the file system can't."""
    return _rename(one, other, _EXCHANGE)


def rename_to_new(old: str, new: str) -> bool:
    """Rename a file unless ``new`` is there. False where the system or the file system can't.

    Raises:
        FileExistsError: ``new`` is there.
    """
    return _rename(old, new, _NO_REPLACE)


def uninterrupted(call: Callable[[], None]) -> None:
    """Do ``call`` until no signal interrupts it; Python insists by itself only where it waits."""
    while True:
        try:
            return call()
        except InterruptedError:
            continue


def _rename(old: str, new: str, flags: int) -> bool:
    function = _renameat2()
    if function is None:
        return False
    import ctypes

    folder = _CURRENT_FOLDER
    while function(folder, os.fsencode(old), folder, os.fsencode(new), flags) != 0:
        code = ctypes.get_errno()
        if code in _NOT_OFFERED:
            return False
        if code != errno.EINTR:
            raise OSError(code, os.strerror(code), new)
    return True


def _renameat2() -> _Rename | None:
    if not sys.platform.startswith("linux"):
        return None
    try:
        # Only who saves pays for this import, and not every Python was built with it.
        import ctypes

        function = ctypes.CDLL(None, use_errno=True).renameat2
    except (ImportError, OSError, AttributeError):
        return None
    function.argtypes = [
        ctypes.c_int,
        ctypes.c_char_p,
        ctypes.c_int,
        ctypes.c_char_p,
        ctypes.c_uint,
    ]
    function.restype = ctypes.c_int
    return function
