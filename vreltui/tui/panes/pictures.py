"""Plots as lines: the picture or the points that were drawn last, and what is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vreltui.model import Plot
from vreltui.tui.glyphs import Glyphs
from vreltui.tui.lines import Line, dimmed, line, right
from vreltui.tui.panes.common_lines import note_lines
from vreltui.tui.panes.pane import PaneOwner
from vreltui.tui.panes.work import PlotAnswer, PlotRequest
from vreltui.tui.slow import Slow

if TYPE_CHECKING:
    from vreltui.plotting import Picture

_ROLES = {
    "title": "bold",
    "axis": "dim",
    "label": "",
    "goal": "bold",
    "now": "bold",
    "quiet": "dim",
    "series 0": "curve0",
    "series 1": "curve1",
    "series 2": "curve2",
    "series 3": "curve3",
    "series 4": "curve4",
    "series 5": "curve5",
}


def plot_lines(answer: PlotAnswer, width: int) -> list[Line]:
    """The picture, or why there is none."""
    if answer.picture is None:
        return note_lines(f"not drawn: {answer.reason}", width, "warning")
    return picture_lines(answer.picture)


def picture_lines(picture: Picture) -> list[Line]:
    """A picture in the colours of the screen."""
    return [tuple((span.text, _ROLES.get(span.role, "")) for span in row) for row in picture.rows]


def table_lines(table: Sequence[Sequence[str]], width: int, glyphs: Glyphs) -> list[Line]:
    """Points as a table of columns, as many as there is room for; the rest is counted."""
    if len(table) < 2:
        return note_lines("no points", width)
    widths = [max(map(len, column)) + 2 for column in zip(*table, strict=True)]
    shown = 1
    while shown < len(widths) and sum(widths[: shown + 1]) < width:
        shown += 1
    lines: list[Line] = []
    for number, row in enumerate(table):
        texts = zip(row[:shown], widths, strict=False)
        cells = "".join(right(cell, size, glyphs.ellipsis) for cell, size in texts)
        lines.append(line((cells, "bold" if number == 0 else "")))
    if shown < len(widths):
        lines.insert(0, line((f" {len(widths) - shown} more columns: enlarge, or copy", "dim")))
    return lines


class Pictures:
    """The newest picture that a pane of plots has; panes share the process that draws."""

    def __init__(self, owner: PaneOwner) -> None:
        self._owner = owner
        self._slow: Slow[PlotRequest, PlotAnswer] = owner.slow("vreltui.tui.panes.work:draw_plot")

    def ask(
        self, plot: Plot, width: int, height: int, *, nines: bool, choices: tuple[str, ...] = ()
    ) -> None:
        """Ask for a picture of that size; with ``choices`` it has a curve for each of them."""
        if width >= 10 and height >= 4:
            stage = self._owner.stage
            design, ascii_only = stage.session.design, stage.glyphs.ascii
            key = (design, plot, width, height, choices, nines)
            request = PlotRequest(design, plot, width, height, ascii_only, nines, choices)
            self._slow.ask(key, request)

    @property
    def answer(self) -> PlotAnswer | None:
        """The newest picture; None before the first."""
        return self._slow.answer

    def lines(self, width: int, height: int) -> list[Line]:
        """The newest picture, dimmed under a word about it where it is not of the present."""
        answer = self._slow.answer
        if answer is None:
            return note_lines(self._slow.state or "being drawn", width)
        lines = plot_lines(answer, width)
        if self._slow.state:
            return [*note_lines(self._slow.state, width, "warning"), *map(dimmed, lines[1:])]
        return lines
