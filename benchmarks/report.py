"""The figures as Markdown."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence

from benchmarks.contenders import Contender
from benchmarks.contenders.tomllib_floor import FLOOR
from benchmarks.measure import Timing, ratio
from benchmarks.questions import QUESTIONS, Question
from benchmarks.run import Row

OURS = "vreltui"

AIMS = {"derivatives": 0.005, "thresholds": 0.05}
"""Seconds that an answer after an edit of a design of ``AIM_SIZE`` components should stay under."""

AIM_SIZE = 1000


def machine() -> str:
    """What the figures were measured on."""
    return (
        f"{os.cpu_count()} cores ({platform.machine()}, {platform.system()}), "
        f"{platform.python_implementation()} {platform.python_version()}"
    )


def programs(kinds: Iterable[type[Contender]]) -> str:
    """Every program with its version."""
    return ", ".join(f"{kind.name} {kind.version()}" for kind in kinds)


def tables(rows: Sequence[Row]) -> str:
    """A section with a table for every question that was asked."""
    sections = []
    for question in QUESTIONS:
        own = [row for row in rows if row.question.key == question.key]
        if own:
            sections.append(_section(question, own))
    return "\n\n".join(sections)


def _section(question: Question, rows: Sequence[Row]) -> str:
    others = list(dict.fromkeys(name for row in rows for name in row.timings if name != OURS))
    head = ["components", *(f"ours / {name}" for name in others), f"{OURS}, ms"]
    head += [f"{name}, ms" for name in others]
    lines = [as_line(head), as_line(["---"] + ["---:"] * (len(head) - 1))]
    for row in rows:
        ours = row.timings[OURS]
        cells = [f"{row.size:,} {row.structure}"]
        cells += [_ratio(ours, row.timings.get(name)) for name in others]
        cells += [_milliseconds(row.timings.get(name)) for name in (OURS, *others)]
        lines.append(as_line(cells))
    return f"## {question.title}\n\n{question.compares}\n\n" + "\n".join(lines)


def aims(rows: Sequence[Row]) -> str:
    """Each aim with what was measured."""
    lines = [
        as_line(["aim", "design", "measured, ms", "held"]),
        as_line(["---", "---", "---:", "---"]),
    ]
    for row in rows:
        aim = AIMS.get(row.question.key)
        if aim is None or row.size != AIM_SIZE:
            continue
        taken = row.timings[OURS].median
        lines.append(
            as_line(
                [
                    f"{row.question.title.lower()}: under {aim * 1000:g} ms",
                    f"{row.size:,} {row.structure}",
                    f"{taken * 1000:.2f}",
                    "yes" if taken < aim else "no",
                ]
            )
        )
    return "\n".join(lines)


def losses(rows: Sequence[Row]) -> str:
    """Where the fastest peer is faster, as a list."""
    found = []
    for row in rows:
        ours = row.timings[OURS]
        peers = {name: t for name, t in row.timings.items() if name not in (OURS, FLOOR)}
        if not peers:
            continue
        best = min(peers, key=lambda name: peers[name].median)
        times = ratio(ours, peers[best])
        if times > 1:
            place = f"{row.size:,} {row.structure}"
            found.append(f"- {row.question.title}, {place}: {times:.2g} times {best}'s time")
    return "\n".join(found) or "- nowhere"


def _ratio(ours: Timing, theirs: Timing | None) -> str:
    if theirs is None:
        return "-"
    times = ratio(ours, theirs)
    text = f"{times:.2g}" if 0.001 <= times < 100 else f"{times:.0f}" if times >= 100 else "< 0.001"
    return f"**{text}**" if times <= 1 else text


def _milliseconds(timing: Timing | None) -> str:
    if timing is None:
        return "-"
    value = timing.median * 1000
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 100 else f"{value:,.0f}"


def as_line(cells: Iterable[str]) -> str:
    """A row of a table."""
    return "| " + " | ".join(cells) + " |"
