"""``python -m benchmarks.terminal.exploring``: the Explore pane while a search runs beside it.

How long until the first figures stand, what a key waits for while the search runs and when nothing
does, how many bytes a frame has, and how many come when all is still. Linux alone.
"""

from __future__ import annotations

import argparse
import os
import select
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.terminal.session import ROOT, Session

SIZES = ((80, 24), (120, 36))
KEYS = 20
TO_TREE = "\x17"
"""Moves the focus from the pane to the tree, where a key does what it does without a search."""

DOWN_AND_UP = ("\x1b[B", "\x1b[A")

IDLE = 0.02
"""Seconds of processor time in which nothing is said to compute."""

APART = 0.06
"""Seconds without a byte between two frames."""


@dataclass(frozen=True)
class Watched:
    """What the pane did at one size; times in milliseconds."""

    figures: float
    processor: float
    still: float
    running: float
    frames: tuple[int, ...]
    silent: int


def watched(design: Path, width: int, height: int, seconds: float) -> Watched:
    """Open the pane on a design, and watch it for so long."""
    with tempfile.TemporaryDirectory() as name:
        session = Session(["-m", "vreltui", str(design)], width, height, Path(name))
        try:
            session.first_paint("north")
            settle(session)
            still = median(latency(session, DOWN_AND_UP[at % 2]) for at in range(KEYS))
            before = session.processor()
            figures = seen(session, "O", " variants")
            computed = session.processor() - before
            frames = listened(session, seconds)
            session.press(TO_TREE, 0.3)
            running = median(latency(session, DOWN_AND_UP[at % 2]) for at in range(KEYS))
            session.press(TO_TREE, 0.3)
            session.press(" ", 1.0)  # stop it
            silent = sum(listened(session, 1.5))
        finally:
            session.close()
    times = (figures * 1000, computed * 1000, still * 1000, running * 1000)
    return Watched(*times, tuple(frames), silent)


def settle(session: Session) -> None:
    """Wait until all that starts behind the first paint has, and nothing computes any more."""
    before = -1.0
    while session.processor() - before > IDLE:
        before = session.processor()
        session.press("", 1.0)


def seen(session: Session, key: str, text: str) -> float:
    """Seconds from a key until a text stands on the screen."""
    begun = time.perf_counter()
    os.write(session.main, key.encode())
    found = b""
    while text.encode() not in found:
        if not select.select([session.main], [], [], 30.0)[0]:
            raise TimeoutError(f"{text} was not painted: {found[-500:]!r}")
        found += os.read(session.main, 65536)
    return time.perf_counter() - begun


def latency(session: Session, key: str) -> float:
    """Seconds from a key that moves the cursor to the first byte that it brings."""
    while select.select([session.main], [], [], APART)[0]:
        os.read(session.main, 65536)
    begun = time.perf_counter()
    os.write(session.main, key.encode())
    if not select.select([session.main], [], [], 5.0)[0]:
        raise TimeoutError("a key that moves the cursor brought nothing")
    taken = time.perf_counter() - begun
    os.read(session.main, 65536)
    return taken


def listened(session: Session, seconds: float) -> list[int]:
    """The bytes of each frame that comes without a key within so many seconds."""
    frames: list[int] = []
    end, last = time.perf_counter() + seconds, 0.0
    while (left := end - time.perf_counter()) > 0:
        if not select.select([session.main], [], [], left)[0]:
            break
        count, now = len(os.read(session.main, 65536)), time.perf_counter()
        if now - last > APART:
            frames.append(0)
        frames[-1] += count
        last = now
    return frames


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print a row for each size."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.terminal.exploring")
    parser.add_argument("--design", type=Path, default=ROOT / "designs" / "three-zones.toml")
    parser.add_argument("--seconds", type=float, default=5.0, help="watched while it searches")
    chosen = parser.parse_args(arguments)
    print("| size | figures, ms (computed) | a key still, searching, ms | bytes a frame | still |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for width, height in SIZES:
        found = watched(chosen.design, width, height, chosen.seconds)
        frames = (
            f"{median(found.frames):.0f} (at most {max(found.frames)})" if found.frames else "-"
        )
        keys = f"{found.still:.1f}, {found.running:.1f}"
        first = f"{found.figures:.0f} ({found.processor:.0f})"
        print(f"| {width}x{height} | {first} | {keys} | {frames} | {found.silent} |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
