"""Points as characters: a use across, the distance of reliabilities from 1 up, by powers of ten."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from vreltui.plotting.picture import Span

Row = tuple[Span, ...]

LABELS = 9
"""The columns of the labels at the left."""


@dataclass(frozen=True, slots=True)
class Point:
    """A point with the character that marks it, and the meaning that gives its style."""

    across: float
    unreliability: float
    mark: str
    role: str


def scatter(
    points: Sequence[Point],
    goal: float | None,
    words: str,
    width: int,
    height: int,
    line: str = "-",
) -> list[Row]:
    """The rows of a picture; later points cover earlier ones. Empty where there is no room.

    ``goal`` is an unreliability, drawn as a line; ``words`` say what runs across.
    """
    inner, tall = width - LABELS - 1, height - 1
    if not points or inner < 8 or tall < 3:
        return []
    ups = [_up(point.unreliability) for point in points]
    if goal:
        ups.append(_up(goal))
    low, high = min(ups), max(ups)
    if high - low < 0.5:
        low, high = low - 0.25, high + 0.25
    left, right = min(p.across for p in points), max(p.across for p in points)
    span = right - left or 1.0
    grid: list[list[tuple[str, str]]] = [[(" ", "")] * inner for _ in range(tall)]

    def row_of(up: float) -> int:
        return round((high - up) / (high - low) * (tall - 1))

    if goal:
        grid[row_of(_up(goal))] = [(line, "goal")] * inner
    for point in points:
        at = round((point.across - left) / span * (inner - 1))
        grid[row_of(_up(point.unreliability))][at] = point.mark, point.role
    rows = [_row(_label(low, high, tall, at), cells) for at, cells in enumerate(grid)]
    first, last = f"{left:,.6g}", f"{right:,.6g} {words}"
    gap = max(1, inner - len(first) - len(last))
    rows.append((Span(f"{'':{LABELS}} {first}{'':{gap}}{last}"[:width], "label"),))
    return rows


def _up(unreliability: float) -> float:
    """The logarithm of a distance from 1; that of nothing is far below."""
    return math.log10(max(unreliability, 1e-300))


def _label(low: float, high: float, tall: int, at: int) -> str:
    """The power of ten whose row this is, or nothing."""
    for power in range(math.floor(low), math.ceil(high) + 1):
        if low <= power <= high and round((high - power) / (high - low) * (tall - 1)) == at:
            return f"1-R 1e{power}"
    return ""


def _row(label: str, cells: Sequence[tuple[str, str]]) -> Row:
    """A row as spans of one meaning each."""
    spans = [Span(f"{label:>{LABELS}}|", "axis")]
    text, role = "", ""
    for mark, meaning in cells:
        if meaning != role and text:
            spans.append(Span(text, role))
            text = ""
        text, role = text + mark, meaning
    spans.append(Span(text, role))
    return tuple(spans)
