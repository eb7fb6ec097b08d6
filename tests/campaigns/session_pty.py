"""The program in a pty, started by a fork of a process that has loaded it: hundreds in a minute."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

READY = (b"nudge", b"take them", b"copy to edit")
MOST_SECONDS = 40.0
_MOST_SEEN = 20_000


class Session:
    """One run of ``vreltui FILE``. ``prepare`` is called in the new process before the program."""

    def __init__(self, path: Path, prepare: Callable[[], None] | None = None) -> None:
        self.process, self.main = pty.fork()
        if self.process == 0:
            _run(path, prepare)
        fcntl.ioctl(self.main, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.set_blocking(self.main, False)
        self.seen = b""
        self._status: int | None = None

    def read(self, seconds: float = 0.05) -> bytes:
        """What has come, waiting so long for it."""
        ready, _, _ = select.select([self.main], [], [], max(0.0, seconds))
        if not ready:
            return b""
        try:
            data = os.read(self.main, 1 << 16)
        except OSError:
            return b""
        self.seen = (self.seen + data)[-_MOST_SEEN:]
        return data

    def wait_until_ready(self) -> None:
        """Read until keys are listened to."""
        seen = b""
        end = time.monotonic() + MOST_SECONDS
        while not any(word in seen for word in READY):
            done, _ = os.waitpid(self.process, os.WNOHANG)
            if done or time.monotonic() > end:
                raise TimeoutError(f"it does not start: {seen[-300:]!r}")
            seen += self.read()

    def send(self, keys: bytes) -> None:
        """Press keys. Raises :class:`BlockingIOError` when the terminal takes no more."""
        os.write(self.main, keys)

    def send_all(self, keys: bytes) -> None:
        """Press as many keys as it may be, and read meanwhile."""
        while keys:
            try:
                keys = keys[os.write(self.main, keys) :]
            except BlockingIOError:
                self.read()

    def has_ended(self) -> bool:
        """Whether the process is gone; it is reaped then."""
        if self._status is None:
            done, status = os.waitpid(self.process, os.WNOHANG)
            if done:
                self._status = os.waitstatus_to_exitcode(status)
        return self._status is not None

    @property
    def status(self) -> int:
        """The exit status of a process that has ended."""
        assert self._status is not None
        return self._status

    def destroy(self) -> None:
        """End it, if it has not ended, and close the terminal."""
        if not self.has_ended():
            self.kill()
        self.hang_up()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process."""
        os.kill(self.process, number)

    def ended(self, seconds: float, *, draining: bool) -> float | None:
        """Seconds until the process ended; None when it lives on after so many."""
        start = time.monotonic()
        while time.monotonic() - start < seconds:
            done, _ = os.waitpid(self.process, os.WNOHANG)
            if done:
                return time.monotonic() - start
            if draining and self.main >= 0:
                self.read(0.01)
            else:
                time.sleep(0.01)
        return None

    def kill(self) -> None:
        """End it with SIGKILL, and reap it."""
        self.signal(signal.SIGKILL)
        os.waitpid(self.process, 0)
        self.hang_up()

    def hang_up(self) -> None:
        """Close the terminal's other side."""
        if self.main >= 0:
            os.close(self.main)
            self.main = -1


def _run(path: Path, prepare: Callable[[], None] | None) -> None:
    """In the new process: the program, and never back into the harness."""
    try:
        os.environ["TERM"] = "xterm-256color"
        for name in ("COLUMNS", "LINES", "NO_COLOR"):
            os.environ.pop(name, None)
        # A process of a pool, or of a test, has other streams in place of these.
        sys.stdin = sys.__stdin__ = open(0)  # type: ignore[misc]  # noqa: SIM115
        sys.stdout = sys.__stdout__ = open(1, "w")  # type: ignore[misc]  # noqa: SIM115
        sys.stderr = sys.__stderr__ = open(2, "w")  # type: ignore[misc]  # noqa: SIM115
        if prepare is not None:
            prepare()
        from vreltui.cli.main import run

        os._exit(run([str(path)]))
    finally:
        os._exit(70)


def load() -> None:
    """Load what the program needs, once for all sessions."""
    import vreltui.cli.open
    import vreltui.tui.app
    import vreltui.workbench  # noqa: F401
