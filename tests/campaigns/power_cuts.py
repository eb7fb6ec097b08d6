"""`make campaign NAME=power`: the power goes while designs are edited and saved on an ext4.

Run as ``python -m tests.campaigns.power_cuts [CUTS [SEED [BREAKAGE]]]``, as root on Linux. A
session works on a disk that records what arrives there; then the power is cut at places drawn by
chance. What was flushed is there, of what was not, all, nothing, or any part down to single
sectors; the disk that this leaves is mounted, and has to hold the old or the new file, and every
edit that was done.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

from tests.campaigns.breakage import BREAKAGES
from tests.campaigns.power_disk import Entry, Flush, Mark, Write, possible, record
from tests.campaigns.power_work import faults, states_around, work
from vreltui.model import VreltuiError
from vreltui.storage.keep import swap

OPTIONS = ("data=ordered", "data=ordered,noauto_da_alloc", "data=writeback,noauto_da_alloc")
KEPT = ("all", "nothing", "some writes", "some sectors")
SECTOR = 512
PARALLEL = 2
STEPS = 60
CUTS_PER_SESSION = 50


@dataclass
class Outcome:
    """What a session with its cuts came to."""

    cuts: int = 0
    sessions: int = 0
    writes: int = 0
    flushes: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    unflushed: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Count another session too."""
        self.cuts += other.cuts
        self.sessions += other.sessions
        self.writes += other.writes
        self.flushes += other.flushes
        self.kinds += other.kinds
        self.unflushed += other.unflushed
        self.wrong += other.wrong


def after_a_cut(
    image: bytes, entries: list[Entry], cut: int, kept: str, chance: random.Random
) -> tuple[bytes, int]:
    """The disk when its power went after so many entries, and how many writes were in its cache."""
    disk = bytearray(image)
    flushes = [number for number, entry in enumerate(entries[:cut]) if isinstance(entry, Flush)]
    safe = flushes[-1] if flushes else 0
    cached = 0
    for number, entry in enumerate(entries[:cut]):
        if not isinstance(entry, Write):
            continue
        if number < safe:
            disk[entry.at : entry.at + len(entry.data)] = entry.data
            continue
        cached += 1
        for at in range(0, len(entry.data), SECTOR):
            if at == 0 or kept == "some sectors":
                keeps = kept == "all" or (kept != "nothing" and chance.random() < 0.5)
            if keeps:
                sector = entry.data[at : at + SECTOR]
                disk[entry.at + at : entry.at + at + len(sector)] = sector
    return bytes(disk), cached


@contextmanager
def mounted(image: bytes, file: Path, folder: Path) -> Iterator[None]:
    """A disk's content as a mounted folder."""
    file.write_bytes(image)
    mount = ["mount", "-t", "ext4", "-o", "loop", str(file), str(folder)]
    subprocess.run(mount, check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True, capture_output=True)


def session(seed: int, cuts: int = CUTS_PER_SESSION, broken: str = "") -> Outcome:
    """A session, and so many cuts of its power; ``broken`` names what is taken out before."""
    chance, outcome = random.Random(seed), Outcome(sessions=1)
    base = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(prefix="power-of-vreltui-", dir=base) as name:
        folder = Path(name)
        if broken:
            BREAKAGES[broken]()
        options = OPTIONS[seed % len(OPTIONS)]
        image, entries = record(folder, options, work(seed, STEPS))
        outcome.writes = sum(isinstance(entry, Write) for entry in entries)
        outcome.flushes = sum(isinstance(entry, Flush) for entry in entries)
        places = places_of(entries)
        for number in range(cuts):
            _cut(image, entries, chance.choice(places), KEPT[number % 4], chance, folder, outcome)
            outcome.wrong[:] = [
                text if text.startswith("seed") else f"seed {seed}, {options}, {text}"
                for text in outcome.wrong
            ]
    return outcome


def places_of(entries: list[Entry]) -> range:
    """Where the power may go: after the design was opened, and before the disk is unmounted."""
    marks = [number for number, entry in enumerate(entries) if isinstance(entry, Mark)]
    return range(marks[0] + 1, marks[-1] + 1)


def _cut(
    image: bytes,
    entries: list[Entry],
    cut: int,
    kept: str,
    chance: random.Random,
    folder: Path,
    outcome: Outcome,
) -> None:
    around = states_around(entries, cut)
    assert around is not None
    disk, cached = after_a_cut(image, entries, cut, kept, chance)
    outcome.cuts += 1
    outcome.kinds[kept] += 1
    outcome.unflushed += cached > 0
    place = folder / "mounted"
    try:
        with mounted(disk, folder / "after", place):
            wrong = faults(place, *around)
    except (OSError, subprocess.CalledProcessError, VreltuiError) as error:
        wrong = [f"{type(error).__name__}: {error}"]
    outcome.wrong += [f"cut {cut}, {kept} kept of {cached}: {text}" for text in wrong]


def campaign(cuts: int, seed: int, broken: str, show: Callable[[str], object]) -> Outcome:
    """So many cuts, of as many sessions as that takes."""
    swap._renameat2()
    total = Outcome()
    seeds = range(seed, seed + -(-cuts // CUTS_PER_SESSION))
    share = -(-cuts // len(seeds))
    with ProcessPoolExecutor(PARALLEL, mp_context=get_context("fork")) as pool:
        for outcome in pool.map(session, seeds, repeat(share), repeat(broken)):
            total.add(outcome)
            show(f"{total.cuts} cuts, {len(total.wrong)} wrong\n")
    return total


def main(arguments: list[str]) -> int:
    """Run the campaign; 1 when something was lost."""
    cuts = int(arguments[0]) if arguments else 1000
    start = time.monotonic()
    if not possible():
        sys.stdout.write("this needs Linux, root, /dev/fuse, loop devices and mkfs.ext4\n")
        return 1

    def show(text: str) -> None:
        with suppress(BrokenPipeError):
            sys.stdout.write(text)
            sys.stdout.flush()

    seed = int(arguments[1]) if len(arguments) > 1 else 1
    total = campaign(cuts, seed, arguments[2] if len(arguments) > 2 else "", show)
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(total.kinds.items()))
    show(
        f"{total.cuts} cuts of power in {total.sessions} sessions of {STEPS} operations, which "
        f"made {total.writes} writes and {total.flushes} flushes; kept of what was in the cache: "
        f"{kinds}; {total.unflushed} times there was something in it; wrong: {len(total.wrong)}; "
        f"{time.monotonic() - start:.0f} s\n"
    )
    for text in total.wrong:
        show(f"  {text}\n")
    return 1 if total.wrong or total.cuts < cuts else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
