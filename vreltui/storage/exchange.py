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


def _rename(old: str, new: str, flags: int) -> bool:
    function = _renameat2()
    if function is None:
        return False
    folder = _CURRENT_FOLDER
    if function(folder, os.fsencode(old), folder, os.fsencode(new), flags) == 0:
        return True
    import ctypes

    code = ctypes.get_errno()
    if code in _NOT_OFFERED:
        return False
    raise OSError(code, os.strerror(code), new)


def _renameat2() -> _Rename | None:
    if not sys.platform.startswith("linux"):
        return None
    # Only who saves pays for this import.
    import ctypes

    try:
        function = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
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
