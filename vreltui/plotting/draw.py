"""A plot in cells: curves, frame, ticks, legend, the goal's line and where the design stands.

plotext draws the curves alone. The frame around them is drawn here, because its automatic axes
collapse on values that agree in many digits and know no nines.
"""

from __future__ import annotations

from vreltui.analysis.plot_results import Crossing, Mark, PlotPoints
from vreltui.plotting.canvas import drawn
from vreltui.plotting.curve import BEYOND, beyond, lines, steps
from vreltui.plotting.keys import KEYS, key_places
from vreltui.plotting.legend import CROSSING, CROSSING_ASCII, MARKERS
from vreltui.plotting.picture import Picture, cells_of, cut, series_role
from vreltui.plotting.plot_layout import Layout, Style, more
from vreltui.plotting.scale import Value

__all__ = ["LEAST_HEIGHT", "LEAST_WIDTH", "Style", "draw"]

LEAST_WIDTH, LEAST_HEIGHT = 20, 6
"""A smaller plot is drawn at this size, and its edges are cut off."""


def draw(points: PlotPoints, width: int, height: int, style: Style | None = None) -> Picture:
    """A picture of the points, exactly ``width`` by ``height`` terminal cells.

    Sizes from 40 by 10 show everything; smaller ones what there is room for.
    """
    style = Style() if style is None else style
    drawing = _Drawing(points, max(width, LEAST_WIDTH), max(height, LEAST_HEIGHT), style)
    drawing.write()
    return drawing.grid.picture(width, height)


class _Drawing(Layout):
    """The writing of everything into its cells."""

    def write(self) -> None:
        """Write everything, what must be seen last."""
        self._write_words()
        self._write_frame()
        self._write_legend()
        if self.y_scale is None:
            self._write_nothing()
            return
        self._write_levels()
        self._write_curves()
        self._write_crossings()
        self._write_now()

    def _write_words(self) -> None:
        points, ascii_only = self.points, self.style.ascii_only
        row = 0
        if self.titled:
            self.grid.put(0, row, cut(points.title, self.width, ascii_only=ascii_only), "title")
            row += 1
        label = cut(points.y_label, self.width, ascii_only=ascii_only)
        self.grid.put(0, row, label, "label")
        under = self.top + self.lines + 2
        name = cut(points.x_label, self.columns, ascii_only=ascii_only)
        at = self.left + 1 + max(0, self.columns - cells_of(name))
        self.grid.put(at, under, name, "label")

    def _write_frame(self) -> None:
        upright, corner, flat, y_tick, x_tick = "|+-+|" if self.style.ascii_only else "│└─┤┬"
        floor = self.top + self.lines
        for row in range(self.top, floor):
            self.grid.put(self.left, row, upright, "axis")
        self.grid.put(self.left, floor, corner + flat * self.columns, "axis")
        for position, label in self.y_ticks():
            row = self.row(position)
            self.grid.put(self.left - cells_of(label), row, label, "label")
            self.grid.put(self.left, row, y_tick, "axis")
        self._write_beyond()
        free = 0
        for position, label in self.x_scale.ticks(max(2, self.columns // 10)):
            column = self.column(position)
            at = min(column - len(label) // 2, self.left + 1 + self.columns - len(label))
            at = max(at, 0)
            if at < free:
                continue
            self.grid.put(column, floor, x_tick, "axis")
            free = self.grid.put(at, floor + 1, label, "label") + 1

    def _write_beyond(self) -> None:
        """The value beyond the axis on a row of its own, with a gap in the axis before it."""
        if self.y_scale is None or self.spared == 0:
            return
        above, label = self.y_scale.beyond
        row = self.row(BEYOND)
        self.grid.put(self.left - cells_of(label), row, label, "label")
        if self.spared > 1:
            gap = ":" if self.style.ascii_only else "┊"
            self.grid.put(self.left, row + (1 if above else -1), gap, "axis")

    def _write_legend(self) -> None:
        if self.beside:
            column = self.width - self.legend_width
            room = self.lines
            hidden = len(self.entries) - room
            shown = self.entries if hidden <= 0 else self.entries[: room - 1]
            for row, entry in enumerate(shown):
                entry.put(self.grid, column, self.top + row, self.legend_width)
            if hidden > 0:
                self.grid.put(column, self.top + room - 1, more(hidden + 1), "quiet")
            return
        for number, row_of_entries in enumerate(self.below):
            column = 0
            for entry in row_of_entries:
                row = self.top + self.lines + 3 + number
                column = entry.put(self.grid, column, row, self.width - column) + 2

    def _write_nothing(self) -> None:
        text = "no value at any point"
        column = self.left + 1 + max(0, (self.columns - len(text)) // 2)
        self.grid.put(column, self.top + self.lines // 2, text, "label")

    def _write_levels(self) -> None:
        assert self.y_scale is not None
        dash = "-" if self.style.ascii_only else "╌"
        for level, shown in self.shown_levels():
            if shown:
                row = self.row(self.height_of((level.y, level.complement)))
                self.grid.put(self.left + 1, row, dash * self.columns, "goal")

    def _write_curves(self) -> None:
        places = [self.x_scale.position(x) for x in self.across]
        heights = [self._heights(curve) for curve in self.curves]
        # Where whole numbers run there is nothing between two of them.
        counted = "count" in (self.points.x_quantity, self.points.y_quantity)
        pieces = [(steps if counted else lines)(places, each) for each in heights]
        ascii_only = self.style.ascii_only
        markers = [
            MARKERS[number % len(MARKERS)] if ascii_only else "braille"
            for number in range(len(pieces))
        ]
        # The first curves are drawn last, so that they stay whole where curves meet.
        order = list(range(len(pieces)))[::-1]
        cells = drawn(
            [pieces[n] for n in order], [markers[n] for n in order], self.columns, self.drawn_lines
        )
        for row, line in enumerate(cells):
            for column, (character, number) in enumerate(line):
                if number >= 0:
                    role = series_role(order[number])
                    self.grid.put(self.left + 1 + column, self.drawn_top + row, character, role)
        for number in order:
            self._write_arrows(number, beyond(places, heights[number]))
        if len(pieces) > 1 and not ascii_only:
            for number, (across, up) in key_places(pieces).items():
                at = self.column(across), self.row(up)
                self.grid.put(*at, KEYS[number], series_role(number))

    def _heights(self, curve: list[Value | None]) -> list[float | None]:
        found = [None if value is None else self.height_of(value) for value in curve]
        return [
            each if each is None or each == BEYOND else min(1.0, max(0.0, each)) for each in found
        ]

    def _write_arrows(self, number: int, runs: list[tuple[float, float]]) -> None:
        """Arrows out of the axis where a curve lies beyond it."""
        assert self.y_scale is not None
        down, up = "v^" if self.style.ascii_only else "↓↑"
        arrow = up if self.y_scale.beyond[0] else down
        for start, stop in runs:
            first, last = self.column(start), self.column(stop)
            self.grid.put(first, self.row(BEYOND), arrow * (last - first + 1), series_role(number))

    def _write_crossings(self) -> None:
        sign = CROSSING_ASCII if self.style.ascii_only else CROSSING
        for each in self.points.crossings:
            if self.is_seen(each):
                self.grid.put(*self.cell_of(each), sign, "now")

    def _write_now(self) -> None:
        now = self.points.now
        if now is None or not self.is_seen(now):
            return
        column, row = self.cell_of(now)
        crossings = [each for each in self.points.crossings if self.is_seen(each)]
        taken = {self.cell_of(each) for each in crossings}
        if (column, row) in taken:
            # One cell aside on its own side, so that it stays before or behind the crossing.
            crossing = next(each for each in crossings if self.cell_of(each) == (column, row))
            column = self._aside(column, row, taken, _is_after(now, crossing))
        self.grid.put(column, row, "@" if self.style.ascii_only else "◆", "now")

    def _aside(self, column: int, row: int, taken: set[tuple[int, int]], after: bool) -> int:
        """The nearest free column, on the wanted side as long as there is one."""
        first, last = self.left + 1, self.left + self.columns
        right = [*range(column + 1, last + 1)]
        left = [*range(column - 1, first - 1, -1)]
        nearest_first = right + left if after else left + right
        free: list[int] = [each for each in nearest_first if (each, row) not in taken]
        return free[0]


def _is_after(one: Mark, other: Crossing) -> bool:
    """Whether a mark lies behind a crossing, told by the side that keeps its digits."""
    if one.x != other.x:
        return one.x > other.x
    return one.x_complement < other.x_complement
