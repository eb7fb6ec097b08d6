"""`make campaign NAME=hangups`: signals and closed terminals, ignored or not, on stalled lines too.

Run as ``python -m tests.campaigns.session_hangups [ROUNDS [FAULT]]``. Each round goes through every
case; in each the program has to end within a second, leave no process, and have its edit on the
disk. ROUNDS may be ``short`` for one round of a few cases. FAULT is a way to break the program, to
see the campaign fail.
"""

from __future__ import annotations

import contextlib
import fcntl
import itertools
import os
import shutil
import signal
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from pathlib import Path

from tests.campaigns.session_pty import Session, load
from vreltui.storage.keep import journal

DESIGN = Path(__file__).parents[2] / "designs" / "web-node.toml"
EDITED = "value = 0.998,"
MOST_SECONDS = 1.0
PATIENT = 30.0
"""Seconds in place of that, where nothing is measured."""
BROKEN = 4.0
"""The same where the program is broken, and what is waited for never comes."""

ENDS = ("SIGHUP", "SIGTERM", "closed", "closed, another session's terminal")
CASES = [
    (how, ignored, line)
    for how, ignored, line in itertools.product(ENDS, (False, True), ("live", "unread", "stopped"))
]


SHORT = [
    ("SIGHUP", True, "live"),
    ("SIGTERM", False, "stopped"),
    ("closed", True, "unread"),
    (ENDS[3], True, "live"),
]
"""A case of each kind."""


class _Patience:
    """How long a state is waited for."""

    seconds = PATIENT


def main(arguments: list[str]) -> int:
    """Run so many rounds; 1 when a case failed."""
    short = arguments[:1] == ["short"]
    rounds = 1 if short else int(arguments[0]) if arguments else 10
    cases = SHORT if short else CASES
    prepare = FAULTS[arguments[1]] if len(arguments) > 1 else None
    if prepare is not None:  # what never comes need not be waited for so long
        _Patience.seconds = BROKEN
    faults, worst = campaign(rounds, prepare, PATIENT if short else MOST_SECONDS, cases)
    sys.stdout.write(
        f"{rounds * len(cases)} endings in {len(cases)} cases, the slowest {worst:.2f} s; "
        f"faults: {len(faults)}\n"
    )
    sys.stdout.writelines(f"  {fault}\n" for fault in faults)
    return 1 if faults else 0


def campaign(
    rounds: int,
    prepare: Callable[[], None] | None = None,
    most: float = MOST_SECONDS,
    cases: list[tuple[str, bool, str]] = CASES,
) -> tuple[list[str], float]:
    """What went wrong in so many rounds, and the slowest ending in seconds.

    A program that is broken on purpose ends the campaign with its first fault.
    """
    load()
    folder = Path(tempfile.mkdtemp(prefix="vreltui-hangups-"))
    os.environ["XDG_STATE_HOME"] = str(folder / "state")
    os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
    faults: list[str] = []
    worst = 0.0
    for number, (how, ignored, line) in itertools.product(range(rounds), cases):
        path = folder / f"{number}-{len(faults)}.toml"
        shutil.copy(DESIGN, path)
        fault, seconds = _end(path, how, line, _Start(ignored, how == ENDS[3], prepare), most)
        worst = max(worst, seconds)
        if fault:
            faults.append(f"{how}, SIGHUP {'ignored' if ignored else 'heeded'}, {line}: {fault}")
            if prepare is not None:
                break
        shutil.rmtree(folder / "state", ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    return faults, worst


def without_handlers() -> None:
    """Take the handlers of signals out, to see the campaign fail."""
    import vreltui.tui.app

    vars(vreltui.tui.app)["end_on_signals"] = lambda app: None


def without_journal() -> None:
    """Take the journal out, to see the campaign fail."""
    journal.Journal.record = lambda self, *rest, **more: None  # type: ignore[method-assign]


FAULTS = {"no-handlers": without_handlers, "no-journal": without_journal}
"""Ways to break the program."""


class _Start:
    """What a session does before the program: ignore SIGHUP, leave the terminal's session."""

    def __init__(
        self, ignored: bool, detached: bool, prepare: Callable[[], None] | None = None
    ) -> None:
        self.ignored = ignored
        self.detached = detached
        self.prepare = prepare

    def __call__(self) -> None:
        if self.detached:
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
            fcntl.ioctl(0, termios.TIOCNOTTY)
        signal.signal(signal.SIGHUP, signal.SIG_IGN if self.ignored else signal.SIG_DFL)
        if self.prepare is not None:
            self.prepare()


def _end(path: Path, how: str, line: str, start: _Start, most: float) -> tuple[str, float]:
    session = Session(path, start)
    session.wait_until_ready()
    session.send(b"-")
    if not _on_disk(path):
        session.kill()
        return "the edit never came to the disk", 0.0
    if line == "stopped":
        termios.tcflow(session.main, termios.TCOOFF)
    if line != "live":
        # More output than a pty holds: every key draws, and nobody reads.
        for _ in range(40):
            _press(session, b"\x0c" * 20)
            time.sleep(0.005)
    children = _children(session.process)
    if how.startswith("closed"):
        session.hang_up()
    else:
        session.signal(signal.Signals[how])
    longest = BROKEN if start.prepare is not None else max(5.0, most)
    seconds = session.ended(longest, draining=line == "live")
    if seconds is None:
        session.kill()
        return f"it did not end in {longest:g} s", longest
    session.hang_up()
    left = [child for child in children if not _gone(child)]
    problem = f"it left the processes {left}" if left else ""
    if seconds > most:
        problem = f"it took {seconds:.2f} s"
    if not _on_disk(path):
        problem = "the edit is not on the disk"
    return problem, seconds


def _press(session: Session, keys: bytes) -> None:
    """Press keys without reading what they draw; what the line does not take is lost."""
    with contextlib.suppress(BlockingIOError):
        os.write(session.main, keys)


def _on_disk(path: Path) -> bool:
    end = time.monotonic() + _Patience.seconds
    while time.monotonic() < end:
        recovered = journal.recover(path)
        if recovered is not None and EDITED in recovered.text:
            return True
        time.sleep(0.01)
    return False


def _children(process: int) -> list[int]:
    path = Path(f"/proc/{process}/task/{process}/children")
    return [int(word) for word in path.read_text().split()] if path.exists() else []


def _gone(process: int) -> bool:
    end = time.monotonic() + _Patience.seconds
    while time.monotonic() < end:
        try:
            stat = Path(f"/proc/{process}/stat").read_text()
        except OSError:
            return True
        if stat.rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.01)
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
