"""The legend: which curve is which, the lines to compare with, and what the mark means."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vreltui.analysis.plot_results import Crossing, Level, PlotPoints
from vreltui.plotting.keys import KEYS
from vreltui.plotting.picture import Grid, cells_of, cut, series_role
from vreltui.wording.numerals import decimal_text

MARKERS = "*+ox#%&=~$"
"""The characters of curves in ASCII, in turn."""

CROSSING, CROSSING_ASCII = "×", "X"  # noqa: RUF001
"""The mark where a curve crosses the goal or another curve."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A sign as it is drawn, and what it stands for."""

    sign: str
    label: str
    role: str

    @property
    def width(self) -> int:
        """Terminal cells from the sign to the end of the label."""
        return cells_of(self.sign) + (1 + cells_of(self.label) if self.label else 0)

    def wrapped(self, most: int) -> list[Entry]:
        """The same on as many lines as it takes; a curve keeps to one, and is cut."""
        if self.width <= most or self.role.startswith("series"):
            return [self]
        room = max(1, most - cells_of(self.sign) - 1)
        first, *rest = textwrap.wrap(self.label, room, break_long_words=False)
        blank = " " * cells_of(self.sign)
        return [replace(self, label=first), *(Entry(blank, each, self.role) for each in rest)]

    def put(self, grid: Grid, column: int, row: int, most: int) -> int:
        """Write in at most so many cells; the column after it."""
        ascii_only = self.sign.isascii() and self.label.isascii()
        after = grid.put(column, row, self.sign, self.role)
        if not self.label:
            return after
        label = cut(self.label, most - cells_of(self.sign) - 1, ascii_only=ascii_only)
        return grid.put(after + 1, row, label, "label")


def entries(
    points: PlotPoints,
    ascii_only: bool,
    levels: Sequence[tuple[Level, bool]],
    crossings: Sequence[tuple[Crossing, bool]],
) -> list[Entry]:
    """What the legend says, from the top. A single curve needs no entry.

    Levels and crossings come with whether they are seen within the axes.
    """
    found = []
    if len(points.series) > 1:
        for number, series in enumerate(points.series):
            sign = MARKERS[number % len(MARKERS)] if ascii_only else KEYS[number]
            gone = "" if any(y is not None for y in series.y) else " (no value)"
            found.append(Entry(sign, series.label + gone, series_role(number)))
    dash = "--" if ascii_only else "╌╌"
    for level, shown in levels:
        found.append(Entry(dash, level.label + _whether_outside(shown), "goal"))
    if points.now is not None:
        found.append(Entry("@" if ascii_only else "◆", "now", "now"))
    if crossings:
        places = ", ".join(
            _place(crossing) + _whether_outside(shown) for crossing, shown in crossings
        )
        sign = CROSSING_ASCII if ascii_only else CROSSING
        found.append(Entry(sign, f"{points.crossing_label or 'crosses'} at {places}", "now"))
    return found


def _place(crossing: Crossing) -> str:
    at = crossing.at
    return at if isinstance(at, str) else decimal_text(at)


def _whether_outside(shown: bool) -> str:
    return "" if shown else " (outside)"


def legend_rows(found: Sequence[Entry], width: int, most: int) -> list[list[Entry]]:
    """The entries in at most ``most`` rows; dots in the last one say that some did not fit."""
    rows: list[list[Entry]] = []
    free = 0
    for entry in _brief(found):
        if rows and entry.width + 2 <= free:
            rows[-1].append(entry)
            free -= entry.width + 2
        elif len(rows) < most:
            rows.append([entry])
            free = width - entry.width
        else:
            while rows[-1] and free < 5:
                free += rows[-1].pop().width + 2
            rows[-1].append(Entry("...", "", "quiet"))
            break
    return rows


def _brief(found: Sequence[Entry]) -> list[Entry]:
    """Of labels as R=1, R=2, R=3 the name is said once."""
    curves = [entry for entry in found if entry.role.startswith("series")]
    names = {entry.label.partition("=")[0] for entry in curves if "=" in entry.label}
    if len(curves) < 2 or len(names) != 1 or not all("=" in entry.label for entry in curves):
        return list(found)
    (name,) = names
    short = [Entry(each.sign, each.label.removeprefix(f"{name}="), each.role) for each in curves]
    return [Entry(f"{name}:", "", "label"), *short, *found[len(curves) :]]
