"""A program in a pty: its bytes with the moment at which each read brought them."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
MOST_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Answer:
    """Seconds from the key to the last byte, how many bytes came, and what the key cost.

    ``processor`` is the time in seconds for which the program and its processes computed, which
    other programs on the machine hardly change.
    """

    seconds: float
    bytes: int
    processor: float


class Session:
    """One program in a terminal of ``width`` by ``height``, ended by :meth:`close`."""

    def __init__(self, command: Sequence[str], width: int, height: int, state: Path) -> None:
        self.main, side = pty.openpty()
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        environment = {
            **os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT),
            "XDG_STATE_HOME": str(state), "XDG_CONFIG_HOME": str(state),
        }  # fmt: skip
        for name in ("COLUMNS", "LINES", "NO_COLOR"):
            environment.pop(name, None)
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, *command], stdin=side, stdout=side, stderr=side,
            env=environment, start_new_session=True,
        )  # fmt: skip
        os.close(side)

    def first_paint(self, text: str) -> float:
        """Seconds from the start until ``text`` stands on the screen."""
        seen = b""
        while text.encode() not in seen:
            left = self.started + MOST_SECONDS - time.perf_counter()
            if left <= 0 or not select.select([self.main], [], [], left)[0]:
                raise TimeoutError(f"{text} was not painted: {seen[-500:]!r}")
            seen += os.read(self.main, 65536)
        return time.perf_counter() - self.started

    def press(self, keys: str, silence: float) -> Answer:
        """Send keys, and read until nothing came for ``silence`` seconds."""
        before = self.processor()
        started = last = time.perf_counter()
        os.write(self.main, keys.encode())
        count = 0
        while select.select([self.main], [], [], silence)[0]:
            count += len(os.read(self.main, 65536))
            last = time.perf_counter()
            if last - started > MOST_SECONDS:
                break
        return Answer(last - started, count, self.processor() - before)

    def _processes(self) -> list[int]:
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [self.process.pid, *map(int, path.read_text().split())]

    def processor(self) -> float:
        """Seconds for which the program and the processes that it started have computed."""
        tasks = [
            task
            for process in self._processes()
            for task in Path(f"/proc/{process}/task").glob("*/schedstat")
        ]
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def peak_memory(self) -> float:
        """The most memory so far, in MB, of the program and the processes that it started."""
        return sum(_peak(process) for process in self._processes())

    def close(self) -> None:
        """End the program."""
        self.process.terminate()
        try:
            while self.process.poll() is None and select.select([self.main], [], [], 5)[0]:
                os.read(self.main, 65536)
        except OSError:
            pass  # its side is closed
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.main)


def _peak(process: int) -> float:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0
