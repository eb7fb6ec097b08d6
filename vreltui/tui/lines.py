"""Lines to draw: pieces of text, each with a meaning, fitted to a width in terminal cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, get_character_cell_size, set_cell_size
from rich.segment import Segment
from textual.strip import Strip

from vreltui.tui.theme import style

Piece = tuple[str, str]
"""A text and the name of its style in :mod:`vreltui.tui.theme`."""

Line = tuple[Piece, ...]
"""One line of the screen."""

BLANK: Line = ()


def line(*pieces: Piece | str) -> Line:
    """A line of pieces; a bare text has no style."""
    return tuple((piece, "") if isinstance(piece, str) else piece for piece in pieces)


def width_of(pieces: Line) -> int:
    """How many cells a line takes."""
    return sum(cell_len(text) for text, _ in pieces)


def fit(text: str, width: int, ellipsis: str = "…") -> str:
    """``text`` in exactly ``width`` cells; what is cut off is marked.

    >>> fit("hypervisor", 6), fit("vm", 4)
    ('hyper…', 'vm  ')
    """
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + ellipsis


def right(text: str, width: int, ellipsis: str = "…") -> str:
    """As :func:`fit`, at the right edge."""
    missing = width - cell_len(text)
    return " " * missing + text if missing > 0 else fit(text, width, ellipsis)


def spread(left: Line, end: Line, width: int) -> Line:
    """``left`` and ``end`` at the two edges of a line; ``end`` gives way when there is no room."""
    gap = width - width_of(left) - width_of(end)
    return (*left, (" " * gap, ""), *end) if gap >= 1 else left


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """``text`` broken between words; ``first`` and ``rest`` begin the first line and the others.

    >>> wrap("at least 3 VMs; the host holds 64", 16, "* ", "  ")
    ['* at least 3', '  VMs; the host', '  holds 64']
    """
    result: list[str] = []
    for number, paragraph in enumerate(text.split("\n")):
        current = first if number == 0 else rest
        empty = True
        for word in paragraph.split():
            gap = "" if empty else " "
            if not empty and cell_len(current) + 1 + cell_len(word) > width:
                result.append(current)
                current, gap = rest, ""
            if cell_len(current) + len(gap) + cell_len(word) > width:
                *full, last = _broken(word, width - cell_len(current), width - cell_len(rest))
                for part in full:
                    result.append(current + part)
                    current = rest
            else:
                last = gap + word
            current, empty = current + last, False
        result.append(current)
    return result


def _broken(word: str, room: int, more: int) -> Iterator[str]:
    """A word in parts of at most ``room`` cells, the later ones of ``more``.

    Each has one character at least; what takes no cell stays with the character that it is about.
    """
    start = used = 0
    for place, character in enumerate(word):
        cells = get_character_cell_size(character)
        if cells and place > start and used + cells > room:
            yield word[start:place]
            start, used, room = place, 0, more
        used += cells
    yield word[start:]


def strip(pieces: Line, width: int) -> Strip:
    """A line as Textual draws it, cut or filled to ``width``."""
    segments = [Segment(text, style(name)) for text, name in pieces if text]
    return Strip(segments).adjust_cell_length(width)


def restyled(pieces: Line, name: str) -> Line:
    """A line in one style, such as that of the cursor: a bar of one colour."""
    return ((plain(pieces), name),)


def dimmed(pieces: Line) -> Line:
    """A line that holds no longer, or not yet."""
    return tuple((text, "dim") for text, _ in pieces)


def plain(pieces: Sequence[Piece]) -> str:
    """The text alone."""
    return "".join(text for text, _ in pieces)
