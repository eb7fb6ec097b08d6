"""A drawing as a grid of characters, each with a role; colour comes at the very end."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Colours = Literal["none", "16", "truecolor"]
"""How many colours a terminal may be sent."""

PALETTE: Mapping[str, tuple[str, tuple[int, int, int]]] = {
    # Okabe and Ito's colours, which most colour-blind readers can tell apart, lightened or
    # darkened so that each is readable on black and on white.
    "series 0": ("36", (38, 150, 210)),
    "series 1": ("33", (214, 138, 0)),
    "series 2": ("32", (0, 158, 115)),
    "series 3": ("35", (190, 106, 160)),
    "series 4": ("31", (213, 94, 0)),
    "series 5": ("34", (86, 120, 233)),
}
"""By role: the code of one of 16 colours, and red, green and blue."""

_OTHERS: Mapping[str, str] = {
    "title": "1",
    "axis": "2",
    "label": "",
    "goal": "1",
    "now": "1",
    "quiet": "2",
}
"""By role: bold, dim, or as the terminal writes anyway; readable on any background."""


def series_role(number: int) -> str:
    """The role of a curve; the colours come around again."""
    return f"series {number % len(PALETTE)}"


@dataclass(frozen=True, slots=True)
class Span:
    """Text on one line that has one role: "title", "axis", "label", "goal", "now", "series 0"..."""

    text: str
    role: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Rows of spans, all rows of the same width in terminal cells."""

    rows: tuple[tuple[Span, ...], ...]

    def text(self) -> str:
        """The characters alone, without spaces at the end of a line."""
        return "\n".join("".join(span.text for span in row).rstrip() for row in self.rows)

    def lines(self, colours: Colours) -> list[str]:
        """The rows as a terminal takes them."""
        if colours == "none":
            return self.text().split("\n")
        return ["".join(_coloured(span, colours) for span in row) for row in self.rows]


def _coloured(span: Span, colours: Colours) -> str:
    if span.role in PALETTE:
        few, (red, green, blue) = PALETTE[span.role]
        code = few if colours == "16" else f"38;2;{red};{green};{blue}"
    else:
        code = _OTHERS[span.role]
    if not code or not span.text.strip():
        return span.text
    return f"\x1b[{code}m{span.text}\x1b[0m"


class Grid:
    """Cells to write on. What lies outside is not drawn; wide characters take two cells."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._cells = [[(" ", "label")] * width for _ in range(height)]

    def put(self, column: int, row: int, text: str, role: str) -> int:
        """Write from a cell to the right; the column after the text."""
        for character in text:
            wide = cells_of(character)
            if wide == 0:
                continue
            if 0 <= row < self.height and column >= 0 and column + wide <= self.width:
                self._cells[row][column] = (character, role)
                if wide == 2:
                    self._cells[row][column + 1] = ("", role)
            column += wide
        return column

    def at(self, column: int, row: int) -> str:
        """The character in a cell, a space where it is empty or outside."""
        inside = 0 <= row < self.height and 0 <= column < self.width
        return self._cells[row][column][0] if inside else " "

    def picture(self, width: int, height: int) -> Picture:
        """What was drawn, cut off to a size."""
        return Picture(tuple(tuple(self._spans(row, width)) for row in range(height)))

    def _spans(self, row: int, width: int) -> list[Span]:
        spans: list[Span] = []
        for character, role in self._cells[row][:width]:
            if spans and spans[-1].role == role:
                spans[-1] = Span(spans[-1].text + character, role)
            else:
                spans.append(Span(character, role))
        return spans


def cells_of(text: str) -> int:
    """How many terminal cells a text takes.

    >>> cells_of("VM"), cells_of("虚拟机")
    (2, 6)
    """
    return sum(
        0
        if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me")
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


def cut(text: str, most: int, *, ascii_only: bool = False) -> str:
    """``text`` in at most so many cells; an ellipsis says that something is missing.

    >>> cut("hypervisor", 6), cut("hypervisor", 6, ascii_only=True), cut("VM", 6)
    ('hyper…', 'hyp...', 'VM')
    """
    if ascii_only:
        text = text.encode("ascii", "replace").decode("ascii")
    if cells_of(text) <= most:
        return text
    mark = "..." if ascii_only else "…"
    if most <= len(mark):
        return mark[: max(0, most)]
    kept = ""
    for character in text:
        if cells_of(kept + character) > most - len(mark):
            break
        kept += character
    return kept + mark
