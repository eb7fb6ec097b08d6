"""``python -m benchmarks``: measure, print, and with ``--write`` keep the tables in docs."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from benchmarks import report
from benchmarks.contenders import contenders
from benchmarks.fault_trees import tree_rows, tree_table
from benchmarks.insight import SIZE
from benchmarks.insight import tables as insight_tables
from benchmarks.run import Row, Run
from benchmarks.terminal.run import tables as terminal_tables

SIZES = (10, 100, 1000, 10_000)
SHORT_SIZES = (10, 100)
DOCUMENT = Path(__file__).parent.parent / "docs" / "benchmarks.md"
BEGIN = "<!-- measured: begin -->"
END = "<!-- measured: end -->"
TREES_BEGIN = "<!-- fault trees: begin -->"
TREES_END = "<!-- fault trees: end -->"
INSIGHT_BEGIN = "<!-- insight: begin -->"
INSIGHT_END = "<!-- insight: end -->"
TERMINAL_BEGIN = "<!-- terminal: begin -->"
TERMINAL_END = "<!-- terminal: end -->"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--short", action="store_true", help="small sizes, no whole processes")
    parser.add_argument("--write", action="store_true", help=f"write the tables into {DOCUMENT}")
    parser.add_argument("--seconds", type=float, default=3.0, help="spent on each cell")
    parser.add_argument("--aralia", type=Path, help="a folder of fault trees, and nothing else")
    parser.add_argument("--only", choices=("check", "terminal", "insight"), help="one part alone")
    parser.add_argument("--rounds", type=int, default=9, help="keys of a kind, in threes")
    chosen = parser.parse_args(arguments)
    if chosen.aralia is not None:
        _fault_trees(chosen.aralia, write=chosen.write)
        return 0
    if chosen.only in (None, "check"):
        _check(chosen)
    if chosen.only in (None, "insight"):
        seconds = 0.02 if chosen.short else chosen.seconds
        found = insight_tables(size=max(SHORT_SIZES) if chosen.short else SIZE, seconds=seconds)
        print(f"\n{found}")
        if chosen.write:
            _write(f"Machine: {report.machine()}.\n\n{found}", INSIGHT_BEGIN, INSIGHT_END)
    if chosen.only in (None, "terminal"):
        text = terminal_tables(short=chosen.short, rounds=chosen.rounds)
        text = f"Machine: {report.machine()}.\n\n{text}"
        if chosen.write:
            _write(text, TERMINAL_BEGIN, TERMINAL_END)
    return 0


def _fault_trees(folder: Path, *, write: bool) -> None:
    """Published fault trees, from structure to probability."""
    rows = []
    for row in tree_rows(folder):
        rows.append(row)
        print(row.name, row.seconds, flush=True)
    text = f"Machine: {report.machine()}.\n\n{tree_table(rows)}"
    print(f"\n{text}")
    if write:
        _write(text, TREES_BEGIN, TREES_END)


def _check(chosen: argparse.Namespace) -> None:
    """What the engine takes, beside the peers that answer the same questions."""
    kinds, missing = contenders()
    for name in missing:
        print(f"{name} is not installed, and is left out")
    run = Run(
        kinds,
        SHORT_SIZES if chosen.short else SIZES,
        0.02 if chosen.short else chosen.seconds,
        with_processes=not chosen.short,
    )
    rows: list[Row] = []
    for row in run.rows():
        rows.append(row)
        times = ", ".join(f"{name} {t.median * 1000:.3f}" for name, t in row.timings.items())
        print(f"{row.size:>6} {row.structure:<7} {row.question.key:<12} ms: {times}", flush=True)
    text = _measured(rows, kinds)
    print(f"\n{text}")
    if chosen.write:
        _write(text, BEGIN, END)


def _measured(rows: Sequence[Row], kinds: Sequence[type]) -> str:
    return "\n\n".join(
        (
            f"Machine: {report.machine()}.\nPrograms: {report.programs(kinds)}.",
            report.tables(rows),
            f"## The aims\n\n{report.aims(rows)}",
            f"## Where a peer is faster\n\n{report.losses(rows)}",
        )
    )


def _write(text: str, begin: str, end: str) -> None:
    """Replace what stands between the marks; the words around it are written by hand."""
    document = DOCUMENT.read_text(encoding="utf-8")
    before, rest = document.split(begin)
    _, after = rest.split(end)
    DOCUMENT.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
