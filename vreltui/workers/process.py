"""A worker process from the side that asks: started, asked, waited for, killed."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

from vreltui.workers.worker import MOST_BYTES

_ROOT = Path(__file__).resolve().parent.parent.parent
_PROGRAM = Path(__file__).resolve().with_name("worker.py")


class Process(Protocol):
    """What is asked of the process itself."""

    @property
    def pid(self) -> int:
        """Its number."""

    def kill(self) -> None:
        """End it at once."""

    def wait(self) -> object:
        """Return when it has ended."""


def started(descriptor: int, most_bytes: int, where: str) -> Process:
    """A new process that serves the function named "module:function" on a socket.

    Raises :class:`OSError` when none can be started.
    """
    # The folder of this package first, and never the current folder: what lies beside a
    # design must not be imported.
    paths = [str(_ROOT), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    # Run by its path: as a module it would first load what stands beside it.
    command = [sys.executable, "-P", str(_PROGRAM)]
    return subprocess.Popen(  # noqa: S603 - our own interpreter and program
        [*command, str(descriptor), str(os.getpid()), str(most_bytes), where],
        pass_fds=[descriptor],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


class Worker:
    """One process that serves one function, which has to be at the top of a module."""

    def __init__(self, function: Callable[..., Any] | str, most_bytes: int = MOST_BYTES) -> None:
        own, other = socket.socketpair()
        where = function
        if not isinstance(where, str):
            where = f"{where.__module__}:{where.__qualname__}"
        with other, contextlib.ExitStack() as unless_started:
            unless_started.callback(own.close)
            self._process = started(other.fileno(), most_bytes, where)
            unless_started.pop_all()
        self._connection = Connection(own.detach())

    def fileno(self) -> int:
        """The descriptor that is readable when :meth:`receive` has something."""
        return self._connection.fileno()

    def send(self, message: object) -> None:
        """Send a job. Raises :class:`OSError` when the process is gone."""
        self._connection.send(message)

    def poll(self, seconds: float) -> bool:
        """Whether :meth:`receive` has something, now or within so many seconds."""
        try:
            return self._connection.poll(seconds)
        except OSError:
            return True

    def receive(self) -> tuple[str, int, Any, float] | None:
        """The next message; None when the process is gone."""
        try:
            return self._connection.recv()  # type: ignore[no-any-return]
        except (EOFError, OSError):
            return None

    @property
    def process(self) -> int:
        """The number of the process."""
        return self._process.pid

    def kill(self) -> None:
        """End the process, whatever it does."""
        with contextlib.suppress(OSError):
            self._connection.close()
        self._process.kill()
        self._process.wait()
