"""The layout of a plot: curves, frame, ticks, legend, the goal's line and where the design stands.

plotext draws the curves alone. The frame around them is drawn here, because its automatic axes
collapse on values that agree in many digits and know no nines.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from vreltui.analysis.plot_results import Level, PlotPoints, Series
from vreltui.plotting.canvas import Point, drawn
from vreltui.plotting.curve import lines, steps
from vreltui.plotting.keys import KEYS, key_places
from vreltui.plotting.legend import CROSSING, CROSSING_ASCII, MARKERS, Entry, entries, legend_rows
from vreltui.plotting.picture import Grid, Picture, cells_of, cut, series_role
from vreltui.plotting.scale import AxisChoice, Scale, Value, horizontal, vertical

LEAST_WIDTH, LEAST_HEIGHT = 20, 6
"""A smaller plot is drawn at this size, and its edges are cut off."""

_SIDE_LEGEND_FROM = 64
"""The width from which the legend stands beside the curves."""

_TITLE_FROM = 12
"""The height from which there is room for a title."""


@dataclass(frozen=True, slots=True)
class Style:
    """How to draw: in ASCII alone, or with lines of braille dots; and which vertical axis."""

    ascii_only: bool = False
    axis: AxisChoice = "auto"


def draw(points: PlotPoints, width: int, height: int, style: Style | None = None) -> Picture:
    """A picture of the points, exactly ``width`` by ``height`` terminal cells.

    Sizes from 40 by 10 show everything; smaller ones what there is room for.
    """
    style = Style() if style is None else style
    layout = _Layout(points, max(width, LEAST_WIDTH), max(height, LEAST_HEIGHT), style)
    layout.write()
    return layout.grid.picture(width, height)


def _values(points: PlotPoints, series: Series) -> list[Value | None]:
    """The values of a curve with their complements."""
    if points.y_quantity == "probability" and series.complement:
        pairs = zip(series.y, series.complement, strict=True)
        return [None if y is None or c is None else (y, c) for y, c in pairs]
    return [None if y is None else (y, 1.0 - y) for y in series.y]


def _across(points: PlotPoints) -> list[Value]:
    if points.x_complement:
        return list(zip(points.x, points.x_complement, strict=True))
    return [(x, 1.0 - x) for x in points.x]


def _more(number: int) -> str:
    return f"{number} more"


@dataclass
class _Layout:
    """Where everything goes, and the writing of it."""

    points: PlotPoints
    width: int
    height: int
    style: Style
    grid: Grid = field(init=False)
    x_scale: Scale = field(init=False)
    y_scale: Scale | None = field(init=False)
    left: int = field(init=False, default=0)
    top: int = field(init=False, default=0)
    columns: int = field(init=False, default=0)
    lines: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.grid = Grid(self.width, self.height)
        points = self.points
        self.across = _across(points)
        self.curves = [_values(points, series) for series in points.series]
        self.x_scale = horizontal(
            self.across,
            whole=points.x_quantity == "count",
            probability=points.x_quantity == "probability",
        )
        self.y_scale = self._vertical()
        self._divide()

    def _vertical(self) -> Scale | None:
        """The vertical axis, or None where there is nothing to draw."""
        seen = [value for curve in self.curves for value in curve if value is not None]
        if not seen:
            return None
        # A goal far outside would flatten the curves; the legend then says where it is.
        alone = self._vertical_of(seen)
        beside = [(level.y, level.complement) for level in self.points.levels]
        now = self.points.now
        if now is not None and self._now_in_range():
            beside.append((now.y, now.y_complement))
        return self._vertical_of([*seen, *(each for each in beside if alone.is_near(each))])

    def _vertical_of(self, values: list[Value]) -> Scale:
        return vertical(
            values,
            whole=self.points.y_quantity == "count",
            probability=self.points.y_quantity == "probability",
            wish=self.style.axis,
        )

    def _now_in_range(self) -> bool:
        now = self.points.now
        if now is None:
            return False
        return 0 <= self.x_scale.position((now.x, now.x_complement)) <= 1

    # Rooms

    def _divide(self) -> None:
        """Divide the cells among title, labels, legend, axes and curves."""
        self.entries = entries(self.points, self.style.ascii_only, self._shown_levels())
        self.beside = self.width >= _SIDE_LEGEND_FROM and len(self.entries) > 0
        self.titled = bool(self.points.title) and self.height >= _TITLE_FROM
        side = max((entry.width for entry in self.entries), default=0)
        side = max(side, len(_more(len(self.entries))))
        side = min(side, self.width // 3) + 2 if self.beside else 0
        self.legend_width = max(0, side - 2)
        below: list[list[Entry]] = []
        if not self.beside:
            room = 1 if self.height < _TITLE_FROM else max(1, self.height // 6)
            below = legend_rows(self.entries, self.width, room)
        self.below = below
        self.top = (1 if self.titled else 0) + 1
        self.lines = max(2, self.height - self.top - 3 - len(below))
        labels = self._y_ticks()
        self.left = max((cells_of(label) for _, label in labels), default=1) + 1
        self.columns = max(5, self.width - self.left - 1 - side)

    def _shown_levels(self) -> list[tuple[Level, bool]]:
        """The levels, and whether each lies within the axis."""
        if self.y_scale is None:
            return [(level, False) for level in self.points.levels]
        positions = [
            self.y_scale.position((each.y, each.complement)) for each in self.points.levels
        ]
        return [
            (level, 0 <= at <= 1) for level, at in zip(self.points.levels, positions, strict=True)
        ]

    def _y_ticks(self) -> list[tuple[float, str]]:
        return [] if self.y_scale is None else self.y_scale.ticks(max(2, self.lines // 3))

    def column(self, position: float) -> int:
        """The column of the grid for a place across the curves."""
        return self.left + 1 + min(self.columns - 1, int(position * self.columns))

    def row(self, position: float) -> int:
        """The row of the grid for a place up the curves."""
        return self.top + self.lines - 1 - min(self.lines - 1, int(position * self.lines))

    # Writing

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
        for position, label in self._y_ticks():
            row = self.row(position)
            self.grid.put(self.left - cells_of(label), row, label, "label")
            self.grid.put(self.left, row, y_tick, "axis")
        free = 0
        for position, label in self.x_scale.ticks(max(2, self.columns // 10)):
            column = self.column(position)
            at = min(column - len(label) // 2, self.left + 1 + self.columns - len(label))
            at = max(at, 0)
            if at < free:
                continue
            self.grid.put(column, floor, x_tick, "axis")
            free = self.grid.put(at, floor + 1, label, "label") + 1

    def _write_legend(self) -> None:
        if self.beside:
            column = self.width - self.legend_width
            room = self.lines
            hidden = len(self.entries) - room
            shown = self.entries if hidden <= 0 else self.entries[: room - 1]
            for row, entry in enumerate(shown):
                entry.put(self.grid, column, self.top + row, self.legend_width)
            if hidden > 0:
                self.grid.put(column, self.top + room - 1, _more(hidden + 1), "quiet")
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
        for level, shown in self._shown_levels():
            if shown:
                row = self.row(self.y_scale.position((level.y, level.complement)))
                self.grid.put(self.left + 1, row, dash * self.columns, "goal")

    def _write_curves(self) -> None:
        pieces = [self._pieces(curve) for curve in self.curves]
        ascii_only = self.style.ascii_only
        markers = [
            MARKERS[number % len(MARKERS)] if ascii_only else "braille"
            for number in range(len(pieces))
        ]
        # The first curves are drawn last, so that they stay whole where curves meet.
        order = list(range(len(pieces)))[::-1]
        cells = drawn(
            [pieces[n] for n in order], [markers[n] for n in order], self.columns, self.lines
        )
        for row, line in enumerate(cells):
            for column, (character, number) in enumerate(line):
                if number >= 0:
                    role = series_role(order[number])
                    self.grid.put(self.left + 1 + column, self.top + row, character, role)
        if len(pieces) > 1 and not ascii_only:
            for number, (across, up) in key_places(pieces).items():
                at = self.column(across), self.row(up)
                self.grid.put(*at, KEYS[number], series_role(number))

    def _pieces(self, curve: list[Value | None]) -> list[list[Point]]:
        """What is drawn of a curve: lines between its gaps, or steps where whole numbers run."""
        counted = "count" in (self.points.x_quantity, self.points.y_quantity)
        places = [self.x_scale.position(x) for x in self.across]
        return (steps if counted else lines)(places, [self._height(y) for y in curve])

    def _height(self, value: Value | None) -> float | None:
        assert self.y_scale is not None
        return None if value is None else min(1.0, max(0.0, self.y_scale.position(value)))

    def _write_crossings(self) -> None:
        assert self.y_scale is not None
        sign = CROSSING_ASCII if self.style.ascii_only else CROSSING
        for each in self.points.crossings:
            across = self.x_scale.position((each.x, each.x_complement))
            up = self.y_scale.position((each.y, each.y_complement))
            if 0 <= across <= 1 and 0 <= up <= 1:
                self.grid.put(self.column(across), self.row(up), sign, "now")

    def _write_now(self) -> None:
        now = self.points.now
        assert self.y_scale is not None
        if now is None or not self._now_in_range():
            return
        up = self.y_scale.position((now.y, now.y_complement))
        if 0 <= up <= 1:
            across = self.x_scale.position((now.x, now.x_complement))
            mark = "@" if self.style.ascii_only else "◆"
            self.grid.put(self.column(across), self.row(up), mark, "now")
