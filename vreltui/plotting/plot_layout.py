"""The layout of a plot: which cells are for curves, axes, labels and legend, and where values lie.

Written into by :mod:`vreltui.plotting.draw`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from vreltui.analysis.plot_results import Crossing, Level, Mark, PlotPoints, Series
from vreltui.model.times import SECONDS
from vreltui.plotting.axes import AxisChoice, horizontal, vertical
from vreltui.plotting.curve import BEYOND
from vreltui.plotting.legend import Entry, entries, legend_rows
from vreltui.plotting.picture import Grid, cells_of
from vreltui.plotting.scale import Scale, Value

_SIDE_LEGEND_FROM = 64
"""The width from which the legend stands beside the curves."""

_GAP_FROM = 8
"""The rows of curves from which one is spared to set off what lies beyond the axis."""

_TITLE_FROM = 12
"""The height from which there is room for a title."""


@dataclass(frozen=True, slots=True)
class Style:
    """How to draw: in ASCII alone, or with lines of braille dots; and which vertical axis."""

    ascii_only: bool = False
    axis: AxisChoice = "auto"


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


def _seconds(unit: str) -> float:
    """The seconds of a unit of time; 0 of none."""
    return float(SECONDS[unit]) if unit else 0.0


def is_shown(height: float) -> bool:
    """Whether something at a height up the curves is seen, on the axis or beyond it."""
    return 0 <= height <= 1 or height == BEYOND


def more(number: int) -> str:
    """The word for entries that the legend has no room for."""
    return f"{number} more"


@dataclass
class Layout:
    """Where everything goes, in cells of the grid."""

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
    spared: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.grid = Grid(self.width, self.height)
        points = self.points
        self.across = _across(points)
        self.curves = [_values(points, series) for series in points.series]
        self.x_scale = horizontal(
            self.across,
            points.x_quantity,
            logarithmic=points.x_is_logarithmic,
            unit=_seconds(points.x_unit),
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
        if now is not None and self.now_in_range():
            beside.append((now.y, now.y_complement))
        return self._vertical_of([*seen, *(each for each in beside if alone.is_near(each))])

    def _vertical_of(self, values: list[Value]) -> Scale:
        return vertical(
            values, self.points.y_quantity, self.style.axis, _seconds(self.points.y_unit)
        )

    def now_in_range(self) -> bool:
        """Whether the design's own value lies between the ends of the axis across."""
        now = self.points.now
        return now is not None and 0 <= self._across_of(now) <= 1

    def _across_of(self, each: Mark | Crossing) -> float:
        return self.x_scale.position((each.x, each.x_complement))

    def is_seen(self, each: Mark | Crossing) -> bool:
        """Whether a mark lies within the axes."""
        if self.y_scale is None or not 0 <= self._across_of(each) <= 1:
            return False
        return is_shown(self.height_of((each.y, each.y_complement)))

    def cell_of(self, each: Mark | Crossing) -> tuple[int, int]:
        """The column and row of a mark that is seen."""
        up = self.height_of((each.y, each.y_complement))
        return self.column(self._across_of(each)), self.row(up)

    # Rooms

    def _divide(self) -> None:
        """Divide the cells among title, labels, legend, axes and curves."""
        crossings = [(each, self.is_seen(each)) for each in self.points.crossings]
        self.entries = entries(self.points, self.style.ascii_only, self.shown_levels(), crossings)
        self.beside = self.width >= _SIDE_LEGEND_FROM and len(self.entries) > 0
        self.titled = bool(self.points.title) and self.height >= _TITLE_FROM
        side = max((entry.width for entry in self.entries), default=0)
        side = max(side, len(more(len(self.entries))))
        side = min(side, self.width // 3) + 2 if self.beside else 0
        self.legend_width = max(0, side - 2)
        if self.beside:
            self.entries = [
                line for entry in self.entries for line in entry.wrapped(self.legend_width)
            ]
        below: list[list[Entry]] = []
        if not self.beside:
            room = 1 if self.height < _TITLE_FROM else max(1, self.height // 6)
            below = legend_rows(self.entries, self.width, room)
        self.below = below
        self.top = (1 if self.titled else 0) + 1
        self.lines = max(2, self.height - self.top - 3 - len(below))
        self.spared = self._spared()
        labels = self.y_ticks()
        self.left = max((cells_of(label) for _, label in labels), default=1) + 1
        self.columns = max(5, self.width - self.left - 1 - side)

    def shown_levels(self) -> list[tuple[Level, bool]]:
        """The levels, and whether each lies within the axis."""
        if self.y_scale is None:
            return [(level, False) for level in self.points.levels]
        return [
            (level, is_shown(self.height_of((level.y, level.complement))))
            for level in self.points.levels
        ]

    def _spared(self) -> int:
        """The rows kept for what lies beyond the axis: one, and where there is room a gap."""
        if self.y_scale is None:
            return 0
        shown = [value for curve in self.curves for value in curve if value is not None]
        shown += [(level.y, level.complement) for level in self.points.levels]
        now = self.points.now
        if now is not None and self.now_in_range():
            shown.append((now.y, now.y_complement))
        if not any(self.y_scale.is_beyond(value) for value in shown):
            return 0
        return 2 if self.lines >= _GAP_FROM else 1

    @property
    def drawn_lines(self) -> int:
        """The rows of the axis, without those beyond it."""
        return self.lines - self.spared

    @property
    def drawn_top(self) -> int:
        """The first of them."""
        above = self.y_scale is not None and self.y_scale.beyond[0]
        return self.top + (self.spared if above else 0)

    def y_ticks(self) -> list[tuple[float, str]]:
        """Places up the curves with their labels."""
        return [] if self.y_scale is None else self.y_scale.ticks(max(2, self.drawn_lines // 3))

    def column(self, position: float) -> int:
        """The column of the grid for a place across the curves."""
        return self.left + 1 + min(self.columns - 1, int(position * self.columns))

    def row(self, position: float) -> int:
        """The row of the grid for a place up the curves, or beyond the axis."""
        if position == BEYOND:
            return self.top if self.drawn_top > self.top else self.top + self.lines - 1
        most = self.drawn_lines - 1
        return self.drawn_top + most - min(most, int(position * self.drawn_lines))

    def height_of(self, value: Value) -> float:
        """The place of a value up the curves; below 0 or above 1 it is not shown."""
        assert self.y_scale is not None
        return BEYOND if self.y_scale.is_beyond(value) else self.y_scale.position(value)
