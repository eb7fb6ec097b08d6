"""The lines of the Explore pane: what is left, why the rest is out, the front, the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vreltui.exploration.results import Family, Variant
from vreltui.tui.glyphs import Glyphs
from vreltui.tui.lines import (
    BLANK,
    Line,
    dimmed,
    fit,
    line,
    restyled,
    right,
    spread,
    width_of,
    wrap,
)
from vreltui.workbench.view.space_view import (
    FunnelRow,
    SpaceView,
    cells,
    count_words,
    funnel,
    is_in,
)

WIDE = 90
"""From this many columns funnel and reasons, and plot and table, stand side by side."""

_WORD, _COUNT, _MOST_BAR = 8, 20, 24
_LEAST_PLOT = 6


@dataclass(frozen=True)
class Shown:
    """What the pane shows: the view, what the cursor is on, and what was asked to be seen.

    ``standing`` says of each reason whether it holds of the present design; ``cursor`` counts
    reasons, then the variants of the table. ``brushed`` is the family whose variants are marked.
    """

    view: SpaceView
    state: str
    stale: bool
    standing: Sequence[bool]
    table: Sequence[Variant]
    cursor: int
    goal: float | None
    brushed: Family | None = None
    filter: str = ""
    sort: str = ""
    axis: str = ""
    plots: bool = False
    trial: str = ""


def explore_lines(shown: Shown, width: int, height: int, glyphs: Glyphs) -> list[Line]:
    """Lines that fill a pane."""
    head = _head(shown, width, glyphs)
    left = width * 2 // 5 if width >= WIDE else width
    rows = funnel_lines(funnel(shown.view), shown.view.total, min(left, 60), glyphs)
    room = height - len(head)
    if width >= WIDE:
        top = min(max(5, room // 2 - 1), 5 + len(shown.view.reasons))
        reasons = reason_lines(shown, width - left - 3, top, glyphs)
        lines = beside(rows, reasons, left, top, glyphs)
        lines.append(line((glyphs.horizontal * width, "dim")))
        rest = room - len(lines)
        plot = plot_lines(shown, left, rest, glyphs)
        if plot:
            table = table_lines(shown, width - left - 3, rest, glyphs)
            return [*head, *lines, *beside(plot, table, left, rest, glyphs)]
        return [*head, *lines, *table_lines(shown, width, rest, glyphs)]
    lines = [*head, *rows]
    room -= len(rows)
    if shown.plots:
        plot = plot_lines(shown, width, max(room // 2, _LEAST_PLOT), glyphs)
        return [*lines, *plot, *table_lines(shown, width, room - len(plot), glyphs)]
    top = min(max(room // 2, 3), 1 + len(shown.view.reasons))
    lines += reason_lines(shown, width, top, glyphs)
    return [*lines, *table_lines(shown, width, room - top, glyphs)]


def _head(shown: Shown, width: int, glyphs: Glyphs) -> list[Line]:
    view = shown.view
    left = [(f" {count_words(view.total)} variants", "bold")]
    left += [(f"   {aim}", "") for aim in view.aims]
    end = line((f"{shown.state} ", "dim"))
    first = spread(tuple(left), end, width)
    if width < WIDE and first == tuple(left):
        return [first, ((" ", ""), *end) if shown.state else BLANK, *_second(shown, width, glyphs)]
    return [first, *_second(shown, width, glyphs)]


def _second(shown: Shown, width: int, glyphs: Glyphs) -> list[Line]:
    """What is tried, or left out of the table, where there is such."""
    texts = [f"filter {shown.filter}"] if shown.filter else []
    texts += [shown.trial] if shown.trial else []
    if shown.view.stopped:
        texts.append(f"stopped: {shown.view.stopped}")
    return (
        [line((fit(f" {'   '.join(texts)}", width, glyphs.ellipsis), "warning"))] if texts else []
    )


def beside(
    left: Sequence[Line], end: Sequence[Line], width: int, height: int, glyphs: Glyphs
) -> list[Line]:
    """Two lots of lines side by side, the left one so wide."""
    lines: list[Line] = []
    for at in range(height):
        one = left[at] if at < len(left) else BLANK
        other = end[at] if at < len(end) else BLANK
        gap = " " * max(0, width - width_of(one))
        lines.append((*one, (f"{gap} {glyphs.vertical} ", "dim"), *other))
    return lines


def funnel_lines(rows: Sequence[FunnelRow], total: int, width: int, glyphs: Glyphs) -> list[Line]:
    """How many variants are left after each thing; bars are as long as the logarithm."""
    most = max(4, min(_MOST_BAR, width - _WORD - _COUNT - 2))
    mark = "=" if glyphs.ascii else "▬"
    lines = []
    for row in rows:
        size = 0
        if row.high > 0 and total > 1:
            size = max(1, round(most * (row.high.bit_length() / total.bit_length())))
        style = "meets" if row.word == "meets" else "curve0"
        word = fit(f" {row.word}", _WORD)
        count = right(row.text, min(_COUNT, max(0, width - _WORD - most - 1)), glyphs.ellipsis)
        lines.append(line(word, (f"{mark * size:{most}}", style), f" {count}"))
    return lines


def reason_lines(shown: Shown, width: int, height: int, glyphs: Glyphs) -> list[Line]:
    """The reasons around the cursor; the one that it is on in full."""
    reasons = shown.view.reasons
    if not reasons:
        word = "nothing is out" if shown.view.is_done else ""
        return [line((f"  {word}", "dim"))]
    on = shown.cursor if shown.cursor < len(reasons) else -1
    lines: list[Line] = []
    wrapped = (
        wrap(reasons[on].sentence, width - 3, "", "  ")[: max(1, height - 2)] if on >= 0 else []
    )
    first = max(0, min(on - 1, len(reasons) - height + max(0, len(wrapped) - 1)))
    for at in range(first, len(reasons)):
        if at == on:
            for number, part in enumerate(wrapped):
                mark = glyphs.cursor if number == 0 else " "
                lines.append(restyled(line(fit(f"{mark} {part}", width)), "cursor"))
        else:
            text = line(f"  {fit(reasons[at].sentence, width - 2, glyphs.ellipsis)}")
            lines.append(text if shown.standing[at] else dimmed(text))
        if len(lines) >= height:
            break
    left = len(reasons) - at - 1 + shown.view.reasons_left
    if left > 0 and on != at:
        lines[height - 1] = line((f"  {glyphs.more_below} {left + 1} more", "dim"))
    return lines[:height]


def table_lines(shown: Shown, width: int, height: int, glyphs: Glyphs) -> list[Line]:
    """The variants around the cursor, in as many columns as there is room for."""
    view = shown.view
    on = shown.cursor - len(view.reasons)
    page = max(1, height - 1)
    first = max(0, min(on - page + 1 if on >= page else 0, len(shown.table) - page))
    if on < 0:
        first = 0
    seen = shown.table[first : first + page]
    found = [cells(view, each) for each in seen]
    if not found:
        words = "no variant is within rules, fits and limits" if view.is_done else ""
        return [line((f"  {words}", "dim"))]
    columns = _columns(found, width - 6)
    heads = "".join(right(_headed(name, view.symbol, shown.sort), size) for name, size in columns)
    lines = [line((f"    # {heads}", "dim"))]
    for number, (variant, texts) in enumerate(zip(seen, found, strict=True), first):
        mark = {"meets": "+", "short": "-"}.get(variant.kind, " ")
        if shown.brushed is not None and is_in(shown.brushed, variant):
            mark = "x"
        row = "".join(right(texts[name], size, glyphs.ellipsis) for name, size in columns)
        text = f"{mark}{number + 1:>4} {row}"
        if number == on:
            lines.append(restyled(line(fit(text, width, glyphs.ellipsis)), "cursor"))
        else:
            style = "meets" if variant.kind == "meets" else ""
            style = "bad" if mark == "x" else style
            lines.append(line((text, "dim" if shown.stale else style)))
    return lines


def _headed(name: str, symbol: str, sort: str) -> str:
    is_sorted = name == sort or (name == symbol and sort == "reliability")
    return f"{name}*" if is_sorted else name


def _columns(found: Sequence[dict[str, str]], room: int) -> list[tuple[str, int]]:
    """The columns that fit, each as wide as what stands in it."""
    columns: list[tuple[str, int]] = []
    for name in found[0]:
        texts = {each[name] for each in found}
        if name == "choice" and len(texts) == 1:
            continue
        if texts == {""}:
            continue
        size = max(len(name) + 1, *map(len, texts)) + 2
        if size > room:
            break
        columns.append((name, size))
        room -= size
    return columns


def plot_lines(shown: Shown, width: int, height: int, glyphs: Glyphs) -> list[Line]:
    """The variants of the table by their use of a resource; empty where there is none."""
    from vreltui.plotting.scatter import Point, scatter

    if not shown.axis:
        return []
    dot = "." if glyphs.ascii else "•"
    on = shown.cursor - len(shown.view.reasons)
    points = []
    for number, variant in enumerate(shown.table):
        is_brushed = shown.brushed is not None and is_in(shown.brushed, variant)
        mark = "x" if is_brushed else dot
        role = "bad" if is_brushed else "curve2" if variant.kind == "meets" else "curve0"
        if number == on:
            mark, role = "@", "bold"
        used = float(variant.uses[shown.axis])
        points.append(Point(used, variant.figure.unreliability, mark, role))
    points.sort(key=lambda point: point.mark == "@")
    rows = scatter(points, shown.goal, shown.axis, width, height, glyphs.horizontal)
    roles = {"axis": "dim", "label": "", "goal": "bold"}
    return [tuple((span.text, roles.get(span.role, span.role)) for span in row) for row in rows]
