"""What a nudge is made of: ``python -m benchmarks.terminal.parts 1000``, without a terminal.

For each part the time for which the processor worked and the time that passed, least and median,
in milliseconds; what passed beyond that is the disk's, or another program's.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TypeVar

from benchmarks.terminal.design import write_design
from vreltui.analysis import successive
from vreltui.storage import rewrite
from vreltui.workbench import Rows, Workbench, choice_lines, header, open_design, summary, tree_rows
from vreltui.workbench.commands import values

T = TypeVar("T")

SEEN = 18
"""Rows on a screen of 24 lines."""

ROUNDS = 100


class Parts:
    """Times by the name of a part."""

    def __init__(self) -> None:
        self.times: dict[str, list[tuple[float, float]]] = {}

    def of(self, name: str, work: Callable[[], T]) -> T:
        """Do a part, and keep how long it took."""
        passed, worked = time.perf_counter(), time.thread_time()
        result = work()
        end = time.thread_time() - worked, time.perf_counter() - passed
        self.times.setdefault(name, []).append(end)
        return result

    def table(self) -> str:
        """A line for each part."""
        lines = ["| part | processor | passed |", "| --- | ---: | ---: |"]
        for name, times in self.times.items():
            cells = [
                f"{min(each) * 1000:.2f}, {median(each) * 1000:.2f}"
                for each in zip(*times[ROUNDS // 10 :], strict=True)
            ]
            lines.append(f"| {name} | {' | '.join(cells)} |")
        return "\n".join(lines)


def nudges(bench: Workbench) -> Parts:
    """The parts of many nudges, up and down."""
    parts = Parts()
    rows = tree_rows(bench.design, None, bench.choice)
    bench.select(rows[min(2, len(rows) - 1)].position)
    names = tuple(row.node for row in rows[:SEEN])
    for number in range(ROUNDS):
        rows = _nudge(parts, bench, rows, names, up=bool(number % 2))
    return parts


def _nudge(parts: Parts, bench: Workbench, rows: Rows, names: tuple[str, ...], *, up: bool) -> Rows:
    choice = bench.choice
    change = parts.of("change, with its rules", lambda: values.nudge(bench, up=up))
    parts.of("text alone", lambda: rewrite(bench.document, change.design))
    parts.of("apply: text, journal, disk", lambda: bench.apply(change))
    design = bench.design
    parts.of("report", lambda: successive.answer((design, choice, ())))
    report, own = parts.of(
        "thresholds of rows that are seen", lambda: successive.answer((design, choice, names))
    )

    def seen() -> Rows:
        made = tree_rows(design, report.choices[choice], choice, (), own, rows)
        made[:SEEN]
        return made

    parts.of(
        "choices, verdict, header",
        lambda: (choice_lines(design, report), summary(design, report, choice), header(design)),
    )
    return parts.of("rows that are seen", seen)


def main() -> None:
    """Print the table for a number of nodes."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        bench = open_design(write_design(Path(folder), int(sys.argv[1])))
        try:
            print(nudges(bench).table())
        finally:
            bench.close()


if __name__ == "__main__":
    main()
