"""Functions that a computing process runs in tests."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator

from vreltui.model import VreltuiError


def work(argument: object) -> object:
    """Sleep, fail, die or answer, as asked."""
    match argument:
        case ("sleep", float(seconds)):
            time.sleep(seconds)
            return "slept"
        case ("refuse", str(reason)):
            raise VreltuiError(reason)
        case "fault":
            raise ZeroDivisionError("a fault")
        case "die":
            os._exit(9)
        case "hog":
            held = [bytes(1 << 28) for _ in range(256)]  # 64 GiB, and not one page touched
            return len(held)
        case "where":
            return os.getpid()
        case _:
            return argument


def limits(_: None) -> tuple[int, int]:
    """Bytes of memory that the process may ask for, and of a core that it may write."""
    memory, _hard = resource.getrlimit(resource.RLIMIT_AS)
    core, _hard = resource.getrlimit(resource.RLIMIT_CORE)
    return memory, core


def counted(most: object) -> Iterator[object]:
    """Each number below, one after the other."""
    assert isinstance(most, int)
    yield from range(most)
