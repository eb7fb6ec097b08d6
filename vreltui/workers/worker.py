"""The process that computes beside the screen: it takes one job at a time and sends the answer.

Run as ``python worker.py DESCRIPTOR PARENT BYTES MODULE:FUNCTION``; the descriptor is a socket to
the process that asks, which is the only one whose pickles are read here, and BYTES is the most
memory.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any

from vreltui.model import VreltuiError

READY = "ready"
PART = "part"
DONE = "done"
FAILED = "failed"

MOST_BYTES = 4 << 30
"""Memory that the process may ask for; the machine outlives a design that wants more."""

_PARENT_DEATH_SIGNAL = 1

_POLITE = 10
"""How much less urgent than the screen a long search is."""


def serve(connection: Connection, function: Callable[[Any], Any]) -> None:
    """Answer jobs until the other side closes.

    Where the function gives an iterator, each thing of it is sent as a part as soon as it is there,
    and the last is the answer.
    """
    connection.send((READY, 0, None, 0.0))
    while True:
        try:
            number, argument = connection.recv()
        except (EOFError, OSError):
            return
        started = time.perf_counter()
        try:
            result = function(argument)
            if isinstance(result, Iterator):
                result = _last(connection, number, result)
            answer: tuple[str, Any] = (DONE, result)
        except VreltuiError as error:
            answer = (FAILED, str(error))
        except MemoryError:
            answer = (FAILED, "it needs more memory than there is")
        except RecursionError:
            answer = (FAILED, "it is nested too deeply")
        except Exception as error:  # a fault of the program, to be shown and survived
            answer = (FAILED, f"internal error: {type(error).__name__}: {error}")
        seconds = time.perf_counter() - started
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.send((answer[0], number, answer[1], seconds))


def _last(connection: Connection, number: int, parts: Iterator[Any]) -> Any:
    """Send each part; the last of them."""
    part = None
    for part in parts:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.send((PART, number, part, 0.0))
    return part


def die_with_parent(parent: int) -> None:
    """End at once when the parent does, even in the middle of a long computation."""
    if not sys.platform.startswith("linux"):
        return
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def give_way() -> None:
    """Let everything else have the processors first: what follows takes long, and nobody waits."""
    with contextlib.suppress(OSError):
        urgency = os.getpriority(os.PRIO_PROCESS, 0)
        os.setpriority(os.PRIO_PROCESS, 0, max(urgency, _POLITE))


def limit(most_bytes: int) -> None:
    """Hold this process to so much memory and to no core, where the system can."""
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = most_bytes if hard == resource.RLIM_INFINITY else min(most_bytes, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def main(arguments: list[str]) -> None:
    """Serve one function on one socket."""
    descriptor, parent, most_bytes = map(int, arguments[:3])
    where = arguments[3]
    die_with_parent(parent)
    limit(most_bytes)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    module, _, name = where.partition(":")
    function = getattr(importlib.import_module(module), name)
    serve(Connection(descriptor), function)


if __name__ == "__main__":
    main(sys.argv[1:])
