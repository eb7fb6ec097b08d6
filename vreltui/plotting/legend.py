"""The legend: which curve is which, the lines to compare with, and what the mark means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vreltui.analysis.plot_results import Level, PlotPoints
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

    def put(self, grid: Grid, column: int, row: int, most: int) -> int:
        """Write in at most so many cells; the column after it."""
        ascii_only = self.sign.isascii() and self.label.isascii()
        after = grid.put(column, row, self.sign, self.role)
        if not self.label:
            return after
        label = cut(self.label, most - cells_of(self.sign) - 1, ascii_only=ascii_only)
        return grid.put(after + 1, row, label, "label")


def entries(
    points: PlotPoints, ascii_only: bool, levels: Sequence[tuple[Level, bool]]
) -> list[Entry]:
    """What the legend says, from the top. A single curve needs no entry."""
    found = []
    if len(points.series) > 1:
        for number, series in enumerate(points.series):
            sign = MARKERS[number % len(MARKERS)] if ascii_only else KEYS[number]
            gone = "" if any(y is not None for y in series.y) else " (no value)"
            found.append(Entry(sign, series.label + gone, series_role(number)))
    dash = "--" if ascii_only else "╌╌"
    for level, shown in levels:
        found.append(Entry(dash, level.label + ("" if shown else " (outside)"), "goal"))
    if points.now is not None:
        found.append(Entry("@" if ascii_only else "◆", "now", "now"))
    if points.crossings:
        places = ", ".join(decimal_text(crossing.at) for crossing in points.crossings)
        sign = CROSSING_ASCII if ascii_only else CROSSING
        found.append(Entry(sign, f"crosses at {places}", "now"))
    return found


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
