"""Rows of texts as a table: names to the left, numbers to the right."""

from __future__ import annotations

from collections.abc import Sequence

from vreltui.model.names import shown
from vreltui.wording.as_text import Paint


def columns(
    rows: Sequence[Sequence[str]], style: Paint, *, left: int = 1, last_left: bool = False
) -> list[str]:
    """The lines of a table whose first row is its heading.

    The first ``left`` columns stand to the left, and the last where that is said.

    >>> columns([["node", "n"], ["vm", "12"]], lambda text, *names: text)
    ['    node   n', '    vm    12']
    """
    safe = [[shown(cell, most=len(cell) + 1) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*safe, strict=True)]
    lines = []
    for number, row in enumerate(safe):
        cells = [
            cell.ljust(width)
            if at < left or (last_left and at == len(row) - 1)
            else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        line = "    " + "  ".join(cells).rstrip()
        lines.append(style(line, "dim") if number == 0 else line)
    return lines
