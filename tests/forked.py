"""Computing processes in tests: forked from one that has loaded what they need.

Loading it anew for each of a thousand applications is most of the processor time of their tests.
What such a process does is otherwise the same: it computes alone, is limited and can be killed.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from vreltui.workers import process, worker

ROOT = Path(__file__).resolve().parent.parent
MOST_BYTES = 1 << 20
LOADED = (
    "vreltui.analysis.comparing",
    "vreltui.analysis.successive",
    "vreltui.symbolic.answering",
    "vreltui.tui.panes.insight_work",
    "vreltui.tui.panes.work",
    "vreltui.workbench.commands.find_remedies",
    "vreltui.workbench.view.space_search",
    "vreltui.workbench.view.versions",
    "tests.workers.slow",
    "numpy",
    "oxidd",
    "plotext",
    "sympy",
)


class Forked:
    """A process that another one forked."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._ends = -1
        with suppress(ProcessLookupError):  # it has ended already
            self._ends = os.pidfd_open(pid)

    def kill(self) -> None:
        """End it at once."""
        if self._ends >= 0:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._ends, signal.SIGKILL)

    def wait(self) -> None:
        """Return when it has ended."""
        if self._ends >= 0:
            select.select([self._ends], [], [])
            os.close(self._ends)
            self._ends = -1


class Forking:
    """The process that forks others, from the side that asks it."""

    def __init__(self) -> None:
        self._asked, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with other:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "tests.forked", str(other.fileno())],
                pass_fds=[other.fileno()], env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip

    def started(self, descriptor: int, most_bytes: int, where: str) -> Forked:
        """What :func:`vreltui.workers.process.started` gives, sooner."""
        asked = json.dumps([most_bytes, where, str(Path.cwd()), dict(os.environ)]).encode()
        socket.send_fds(self._asked, [asked], [descriptor])
        return Forked(int(self._asked.recv(100)))

    def close(self) -> None:
        """End it, and with it all that it forked."""
        self._asked.close()
        self._process.wait()


@pytest.fixture(scope="session")
def forking() -> Iterator[Forking]:
    """The process that forks others; one is enough for all tests."""
    found = Forking()
    yield found
    found.close()


@pytest.fixture
def processes_are_forked(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """In the test that asks for it, processes that compute are forked, where the system can."""
    if hasattr(os, "pidfd_open"):
        monkeypatch.setattr(process, "started", request.getfixturevalue("forking").started)


def _serve(asked: socket.socket) -> None:
    for name in LOADED:
        importlib.import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who asked is told by its own descriptor
    own = os.getpid()
    gc.freeze()
    while True:
        message, descriptors, _, _ = socket.recv_fds(asked, MOST_BYTES, 1)
        if not message:
            return
        child = os.fork()
        if child == 0:
            asked.close()
            _child(own, descriptors[0], *json.loads(message))
        os.close(descriptors[0])
        asked.send(str(child).encode())


def _child(
    parent: int, descriptor: int, most_bytes: int, where: str, folder: str, told: dict[str, str]
) -> None:
    """Do what the program of a process does, and end."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(told)
        worker.main([str(descriptor), str(parent), str(most_bytes), where])
    finally:
        os._exit(0)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
