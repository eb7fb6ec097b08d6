"""From structure to probability on published fault trees, beside relibmss and SCRAM."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.aralia import NotCoherentError, read_fault_tree
from benchmarks.report import as_line

MOST_SECONDS = 60.0
"""By the clock; what takes longer has no answer."""

OURS = "vreltui"
PEERS = ("relibmss", "scram")
LONG = 0.1
"""Seconds; from here on a tree is long for a peer, and what a process costs anyway is nothing."""


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One tree: its size, and by program the seconds, None where there was no answer."""

    name: str
    events: int
    gates: int
    seconds: dict[str, float | None]


class DisagreementError(AssertionError):
    """Two programs have different probabilities of one tree: nothing is measured then."""


def tree_rows(folder: Path) -> Iterator[TreeRow]:
    """Every coherent tree of a folder, the smallest file first; rows come as they are ready."""
    for path in sorted(folder.glob("*.xml"), key=lambda path: path.stat().st_size):
        try:
            structure = read_fault_tree(path)
        except NotCoherentError as reason:
            print(f"{path.stem} is left out: {reason}")
            continue
        answers = {name: _asked(name, path) for name in (OURS, *programs())}
        found = {name: answer for name, answer in answers.items() if answer is not None}
        _compare(path.stem, {name: answer[0] for name, answer in found.items()})
        seconds = {name: found[name][1] if name in found else None for name in answers}
        yield TreeRow(path.stem, len(structure.unreliabilities), len(structure.gates), seconds)


def programs() -> list[str]:
    """The peers that are installed."""
    return [name for name in PEERS if name != "scram" or shutil.which("scram")]


def _asked(name: str, path: Path) -> tuple[float, float] | None:
    """The probability and the seconds; of relibmss the better of two orders."""
    if name == "relibmss":
        both = [_asked_once(order, path) for order in ("relibmss", "relibmss-reversed")]
        return min((answer for answer in both if answer), key=lambda a: a[1], default=None)
    return _asked_once(name, path)


def _asked_once(name: str, path: Path) -> tuple[float, float] | None:
    command = [sys.executable, "-m", "benchmarks.fault_tree_alone", name, str(path)]
    try:
        done = subprocess.run(
            command,
            cwd=Path(__file__).parent.parent,
            capture_output=True,
            timeout=MOST_SECONDS,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None
    value, seconds = json.loads(done.stdout)
    return value, seconds


def _compare(name: str, values: dict[str, float]) -> None:
    # SCRAM writes six digits, and relibmss subtracts from one.
    for other, value in values.items():
        if not math.isclose(value, values.get(OURS, value), rel_tol=2e-5, abs_tol=1e-13):
            raise DisagreementError(f"{name}: {OURS} says {values[OURS]}, {other} {value}")


def geometric_mean(ratios: Sequence[float]) -> float:
    """The geometric mean.

    >>> geometric_mean([0.5, 2.0])
    1.0
    """
    return math.exp(math.fsum(map(math.log, ratios)) / len(ratios))


def tree_table(rows: Sequence[TreeRow]) -> str:
    """The rows as Markdown, with geometric means over what both programs answered."""
    peers = [name for name in PEERS if any(name in row.seconds for row in rows)]
    head = ["tree", "events", "gates", f"{OURS}, ms", *(f"{name}, ms" for name in peers)]
    head += [f"ours / {name}" for name in peers]
    lines = [as_line(head), as_line(["---"] + ["---:"] * (len(head) - 1))]
    for row in rows:
        cells = [row.name, f"{row.events:,}", f"{row.gates:,}"]
        cells += [_milliseconds(row.seconds[name]) for name in (OURS, *peers)]
        lines.append(as_line(cells + [_ratio(_ratio_of(row, name)) for name in peers]))
    answered = sum(row.seconds[OURS] is not None for row in rows)
    means = [_means(rows, name) for name in peers]
    return "\n".join([*lines, "", f"Answered: {answered} of {len(rows)}.", *means])


def _means(rows: Sequence[TreeRow], peer: str) -> str:
    known = [(row, ratio) for row in rows if (ratio := _ratio_of(row, peer)) is not None]
    if not known:
        return f"{peer} answered none of them."
    slow = [ratio for row, ratio in known if (row.seconds[peer] or 0) >= LONG]
    text = f"Geometric mean of ours / {peer} over {len(known)} trees: {_ratio_text(known)}"
    if slow:
        text += f"; over the {len(slow)} that take {peer} 0.1 s or more: {geometric_mean(slow):.2g}"
    return text + "."


def _ratio_text(known: Sequence[tuple[TreeRow, float]]) -> str:
    return f"{geometric_mean([ratio for _, ratio in known]):.2g}"


def _ratio_of(row: TreeRow, peer: str) -> float | None:
    ours, theirs = row.seconds[OURS], row.seconds.get(peer)
    return None if ours is None or not theirs else ours / theirs


def _ratio(ratio: float | None) -> str:
    if ratio is None:
        return "-"
    text = f"{ratio:.2g}" if ratio < 100 else f"{ratio:.0f}"
    return f"**{text}**" if ratio <= 1 else text


def _milliseconds(seconds: float | None) -> str:
    if seconds is None:
        return "-"
    value = seconds * 1000
    return f"{value:.2f}" if value < 100 else f"{value:,.0f}"
