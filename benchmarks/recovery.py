"""``python -m benchmarks.recovery``: what it takes to open a design that a crash left unsaved.

A journal of many nudges is laid beside a design, and the design opened with and without it: in a
process of its own each, so that the memory is that of the opening alone. A journal that the
program writes is compacted long before it is as long as this one.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.terminal.design import write_design

_HIGH, _LOW = "0.99999", "0.9999"

_ASKED = """
import json, resource, sys, time
from vreltui.workbench import open_design

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

started, begun = time.perf_counter(), time.process_time()
bench = open_design(sys.argv[1])
opened = time.perf_counter() - started
edits = 0 if bench.recovered is None else bench.recovered.edits
bench.accept_recovery()
taken = time.perf_counter() - started
processor = time.process_time() - begun
memory = peak()
started = time.perf_counter()
undone = sum(bench.undo() is not None for _ in range(10))
undo = (time.perf_counter() - started) / max(undone, 1)
bench.close(keep=True)
print(json.dumps({"edits": edits, "opened_s": opened, "taken_s": taken,
                  "taken_processor_s": processor, "memory_MB": memory,
                  "undo_s": undo}))
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 where not all edits came back."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recovery", description=__doc__)
    parser.add_argument("--edits", type=int, default=100_000, help="how many nudges")
    parser.add_argument("--nodes", type=int, default=1640, help="of the design")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        surroundings = os.environ | {"XDG_STATE_HOME": str(folder / "state")}
        design = write_design(folder, chosen.nodes)
        alone = _opened(design, surroundings)
        size = _write_journal(design, surroundings, chosen.edits)
        left = _opened(design, surroundings)
        large = design.stat().st_size
    print(f"A design of {large / 1000:.0f} KB, a journal of {size / 1e6:.1f} MB")
    print("|  | without | with |\n| --- | --- | --- |")
    for row in alone:
        print(f"| {row} | {alone[row]:.3g} | {left[row]:.6g} |")
    return 0 if left["edits"] == chosen.edits else 1


def _opened(design: Path, surroundings: Mapping[str, str]) -> dict[str, float]:
    ended = subprocess.run(
        [sys.executable, "-c", _ASKED, str(design)],
        env=surroundings,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(ended.stdout)
    return found


_WRITING = """
import sys
from pathlib import Path
from benchmarks.recovery import lines
from vreltui.storage.keep.locations import state_subfolder
from vreltui.storage.keep.lock import key_of

design = Path(sys.argv[1])
with (state_subfolder("journals") / f"{key_of(design)}.journal").open("xb") as file:
    file.writelines(lines(design, int(sys.argv[2])))
print(file.name)
"""


def _write_journal(design: Path, surroundings: Mapping[str, str], edits: int) -> int:
    ended = subprocess.run(
        [sys.executable, "-c", _WRITING, str(design), str(edits)],
        env=surroundings,
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(ended.stdout.strip()).stat().st_size


def lines(design: Path, edits: int) -> Iterator[bytes]:
    """The lines of a journal in which numbers of a design go up and down in turn."""
    from vreltui.storage.keep.replay import edit, edit_line, first_line

    text = design.read_text("utf-8")
    yield first_line(str(design), text, text.encode())
    numbers = [found.start() for found in re.finditer(f"{_HIGH}$", text, re.MULTILINE)]
    for index in range(edits):
        # The last stays down; each other goes down and up again, so that the rest stay in place.
        which = -1 if index == 0 else (index + 1) // 2 % (len(numbers) - 1)
        at = numbers[which]
        was, now = (_LOW, _HIGH) if index % 2 == 0 and index else (_HIGH, _LOW)
        after = text[:at] + now + text[at + len(was) :]
        yield edit_line(edit(text, after, f"nudge {which}"), after)
        text = after


if __name__ == "__main__":
    raise SystemExit(main())
