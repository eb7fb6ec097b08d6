"""Curves as characters, drawn by plotext: the one place that knows the library."""

from __future__ import annotations

import re
from collections.abc import Sequence
from threading import Lock
from typing import Any

Point = tuple[float, float]
"""Across and up, both from 0 to 1."""

_FIRST_COLOUR = 16
_COLOURED = re.compile(r"\x1b\[([0-9;]*)m|([^\x1b\n]+)|(\n)")
_figure_in_use = Lock()


def drawn(
    curves: Sequence[Sequence[Sequence[Point]]], markers: Sequence[str], width: int, height: int
) -> list[list[tuple[str, int]]]:
    """Rows of cells, each a character and the number of the curve it belongs to, or -1.

    A curve is a list of unbroken pieces; ``markers`` has "braille" or one character for each curve.
    Positions must be finite; those outside of 0 to 1 are cut off.
    """
    import plotext

    # plotext has one figure for everything in the process.
    with _figure_in_use:
        plotext.terminal.limit(False, False)
        figure = plotext.figure
        figure.clear()
        figure.plot_size(width, height)
        figure.axes(False)
        figure.canvas("default")
        ruler = figure.ruler("both", "both")
        ruler.frequency(0)
        ruler.lim(0, 1)
        ruler.alignment(lim="edge")
        for number, (pieces, marker) in enumerate(zip(curves, markers, strict=True)):
            pen = plotext.marker(marker)
            pen.fill(plotext.pixel(foreground=_FIRST_COLOUR + number))
            for piece in pieces:
                _add(figure, piece, pen)
        text = str(figure.build().string())
        figure.clear()
    return _cells(text, width, height)


def _add(figure: Any, piece: Sequence[Point], pen: Any) -> None:
    across, up = [x for x, _ in piece], [y for _, y in piece]
    signal = figure.signal(across, up, marker=pen)
    if len(piece) > 1:
        signal.lines().density("full")
    figure.draw(signal)


def _cells(text: str, width: int, height: int) -> list[list[tuple[str, int]]]:
    """plotext's colours read back as numbers of curves."""
    rows: list[list[tuple[str, int]]] = [[]]
    curve = -1
    for code, characters, line_end in _COLOURED.findall(text):
        if line_end:
            rows.append([])
        elif characters:
            rows[-1].extend((character, curve) for character in characters)
        else:
            parts = code.split(";")
            curve = int(parts[2]) - _FIRST_COLOUR if parts[:2] == ["38", "5"] else -1
    blank = (" ", -1)
    return [(row + [blank] * width)[:width] for row in (rows + [[]] * height)[:height]]
