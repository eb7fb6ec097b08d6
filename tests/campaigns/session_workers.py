"""`make campaign NAME=workers`: a session whose computing process is killed, stuck or cancelled.

Run as ``python -m tests.campaigns.session_workers [ROUNDS [SECONDS [FAULT]]]``. One value of the
design makes the computing process work for ever, holding the interpreter. In each round that
process is killed while it waits and while it works, and its work is cancelled by a key; each time
the screen has to go on and the next figures have to come. SECONDS is what a cancellation may take,
0.2 unless it is given. FAULT is a way to break the program, to see the campaign fail.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.cells import cell_len

from tests.campaigns.session_pty import Session, load

DESIGN = Path(__file__).parents[2] / "designs" / "web-node.toml"
MOST_CANCEL = 0.2
MOST_SECONDS = 120.0
BROKEN_SECONDS = 6.0
STUCK = "0.996"
AT_WORK = 2.0
"""Seconds of a processor that starting does not take: who had them is at what was asked."""

_PIECES = re.compile(
    r"\x1b\[(\d+);(\d+)H|\x1b\[(?:[0-9;]*[A-GJ-Za-z]|[?<>=][0-9;$]*[a-z])|\r\n|[^\x1b]"
)


def answer(question: Any) -> Any:
    """What the computing process answers; with one value it never does."""
    from vreltui.analysis import successive

    if f"{question[0].parameters['R_V'].value.written}" == STUCK:
        while True:
            pass
    return successive.whole(question)


def stick() -> None:
    """Let the session ask :func:`answer`, and its own process never."""
    from vreltui.workbench.open import analysis_service, in_process

    vars(analysis_service)["_ANSWER"] = f"{__name__ if __name__ != '__main__' else NAME}:answer"
    in_process.Instant.answer = lambda self, question: None  # type: ignore[method-assign]


def without_restart() -> None:
    """Let no second process start, to see the campaign fail."""
    from vreltui.workers import newest_job

    stick()
    first = newest_job.NewestJob._start

    def once(task: newest_job.NewestJob[Any, Any]) -> None:
        if not hasattr(task, "_again"):
            vars(task)["_again"] = True
            first(task)

    newest_job.NewestJob._start = once  # type: ignore[method-assign, assignment]


FAULTS = {"no-restart": without_restart}
"""Ways to break the program."""

NAME = "tests.campaigns.session_workers"


class Screen:
    """What a terminal of 80 by 24 shows of what it is sent."""

    def __init__(self) -> None:
        self.cells = [[" "] * 80 for _ in range(24)]
        self.row = self.column = 0

    def feed(self, output: str) -> None:
        """Take more output."""
        for match in _PIECES.finditer(output):
            piece = match[0]
            if match[1]:
                self.row, self.column = int(match[1]) - 1, int(match[2]) - 1
            elif piece == "\r\n":
                self.row, self.column = self.row + 1, 0
            elif piece.isprintable():
                if self.row < 24 and self.column < 80:
                    self.cells[self.row][self.column] = piece
                self.column += cell_len(piece)

    def text(self) -> str:
        """All of it, without the breaks that a narrow column makes."""
        return "\n".join("".join(row) for row in self.cells)


class _Patience:
    """How long a state is waited for."""

    seconds = MOST_SECONDS


class Live:
    """A session, and what its screen shows."""

    def __init__(self, path: Path, prepare: Callable[[], None] = stick) -> None:
        self.session = Session(path, prepare)
        self.screen = Screen()

    def until(self, condition: Callable[[str], bool], what: str) -> float:
        """Seconds until the screen is so; :class:`AssertionError` when it does not get so."""
        start = time.monotonic()
        while not condition(self.screen.text()):
            assert time.monotonic() - start < _Patience.seconds, f"{what}:\n{self.screen.text()}"
            self.screen.feed(self.session.read(0.005).decode("utf-8", "replace"))
        return time.monotonic() - start

    def press(self, keys: bytes, condition: Callable[[str], bool], what: str) -> float:
        """Press, and wait."""
        self.session.send(keys)
        return self.until(condition, what)

    def worker(self) -> int:
        """The computing process, once there is one."""
        found: list[int] = []

        def there(text: str) -> bool:
            path = Path(f"/proc/{self.session.process}/task/{self.session.process}/children")
            found[:] = filter(self.is_worker, map(int, path.read_text().split()))
            return bool(found)

        self.until(there, "there is no computing process")
        return found[0]

    def at_work(self) -> float:
        """Seconds of a processor that the computing process has had."""
        try:
            stat = Path(f"/proc/{self.worker()}/stat").read_text()
        except OSError:
            return 0.0
        return int(stat.rpartition(")")[2].split()[11]) / os.sysconf("SC_CLK_TCK")

    def is_worker(self, process: int) -> bool:
        """Whether a process is one that computes, and lives."""
        try:
            return b"session_workers:answer" in Path(f"/proc/{process}/cmdline").read_bytes()
        except OSError:
            return False


def _current(text: str) -> bool:
    """Whether the figures are those of the value before the one that is stuck."""
    state = text.split("\n", maxsplit=1)[0]
    return "comput" not in state and "set R_V to 0.996" in text and "0.996868" in text


def one_round(path: Path, prepare: Callable[[], None] = stick) -> dict[str, float]:
    """Each way to lose the computing process, once; what each took."""
    live = Live(path, prepare)
    took: dict[str, float] = {}
    try:
        live.until(lambda text: "0.998868" in text, "the first figures")
        os.kill(live.worker(), signal.SIGKILL)
        took["figures after a kill at rest"] = live.press(
            b"-", lambda text: "0.997868" in text, "figures after a kill at rest"
        )
        live.press(b"-", lambda text: "0.996868" in text, "figures of another value")
        live.press(b"-", lambda text: "computing" in text.split("\n")[0], "stuck")
        took["a key while it is stuck"] = live.press(
            b"?", lambda text: "esc closes" in text, "a key while it is stuck"
        )
        live.press(b"\x1b", lambda text: f"set R_V to {STUCK}" in text, "back to the design")
        took["a cancellation"] = live.press(
            b"\x1b", lambda text: "cancelled" in text.split("\n")[0], "a cancellation"
        )
        live.press(
            b"\x0c", lambda text: "computing" in text.split("\n")[0], "asked again by ctrl+l"
        )
        live.press(b"\x1b", lambda text: "cancelled" in text.split("\n")[0], "cancelled again")
        took["figures after a cancellation"] = live.press(
            b"u", _current, "figures after a cancellation"
        )
        live.press(b"-", lambda text: "computing" in text.split("\n")[0], "stuck again")
        # The first time it is asked again by itself, the second time it is a reason.
        live.until(lambda text: live.at_work() > AT_WORK, "the process at work")
        killed = live.worker()
        os.kill(killed, signal.SIGKILL)
        took["another process after a kill at work"] = live.until(
            lambda text: live.worker() != killed, "another process"
        )
        live.until(lambda text: live.at_work() > AT_WORK, "the other process at work")
        os.kill(live.worker(), signal.SIGKILL)
        took["the word of a second kill"] = live.until(
            lambda text: "not computed" in text.split("\n")[0], "the word of a second kill"
        )
        took["figures after a kill at work"] = live.press(
            b"u", _current, "figures after a kill at work"
        )
    finally:
        live.session.kill()
    return took


def main(arguments: list[str]) -> int:
    """Run so many rounds; 1 when something did not come back."""
    rounds = int(arguments[0]) if arguments else 50
    most = float(arguments[1]) if len(arguments) > 1 else MOST_CANCEL
    prepare = FAULTS[arguments[2]] if len(arguments) > 2 else stick
    if len(arguments) > 2:  # what never comes need not be waited for so long
        _Patience.seconds = BROKEN_SECONDS
    load()
    folder = Path(tempfile.mkdtemp(prefix="vreltui-workers-"))
    os.environ["XDG_STATE_HOME"] = str(folder / "state")
    os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
    taken: dict[str, list[float]] = {}
    faults = []
    for number in range(rounds):
        path = folder / f"{number}.toml"
        shutil.copy(DESIGN, path)
        try:
            for what, seconds in one_round(path, prepare).items():
                taken.setdefault(what, []).append(seconds)
        except (AssertionError, TimeoutError, OSError) as error:
            faults.append(f"round {number}: {error}")
    shutil.rmtree(folder, ignore_errors=True)
    late = sum(seconds > most for seconds in taken.get("a cancellation", []))
    if late:
        faults.append(f"{late} cancellations took more than {most:g} s")
    for what, all_seconds in taken.items():
        middle = sorted(all_seconds)[len(all_seconds) // 2]
        sys.stdout.write(
            f"{what}: {middle:.3f} s in the middle, {max(all_seconds):.3f} s at most\n"
        )
    sys.stdout.write(f"{rounds} rounds; faults: {len(faults)}\n")
    sys.stdout.writelines(f"  {fault}\n" for fault in faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
