"""Where two lines of the screen differ, in cells."""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len

from vreltui.tui.lines import Line, Piece

GAP = 6
"""So many cells that stay the same are sent rather than jumped over: a jump takes as many bytes."""

Stretch = tuple[int, int]
"""From a cell on, up to another."""


def changed_cells(old: Line, new: Line, width: int) -> list[Stretch]:
    """The stretches of a line of ``width`` cells in which ``new`` differs, as whole words.

    >>> changed_cells((("R 0.999 ok", ""),), (("R 0.998 ok", ""),), 12)
    [(2, 7)]
    """
    if not (is_plain(old) and is_plain(new)):
        return [(0, width)]
    start = _same_pieces(old, new)
    # Pieces in front that are the same need no look at their cells.
    first = sum([len(text) for text, _ in old[:start]])
    if first >= width:
        return []
    found = _differing(old[start:], new[start:], width - first)
    return [(first + left, first + right) for left, right in found]


def is_plain(pieces: Line) -> bool:
    """Whether each character takes one cell."""
    return all(_single(text) for text, _ in pieces)


def _same_pieces(old: Line, new: Line) -> int:
    """With how many same pieces two lines begin."""
    for number, (one, other) in enumerate(zip(old, new, strict=False)):
        if one != other:
            return number
    return min(len(old), len(new))


def _differing(old: Line, new: Line, width: int) -> list[Stretch]:
    before, after = _cells(old, width), _cells(new, width)
    stretches: list[Stretch] = []
    for x in [x for x in range(width) if before[x] != after[x]]:
        if stretches and x < stretches[-1][1] + GAP:
            stretches[-1] = (stretches[-1][0], max(x + 1, stretches[-1][1]))
            continue
        stretches.append((x, x + 1))
    return _joined([_word(stretch, before, after, width) for stretch in stretches])


def _word(stretch: Stretch, before: list[str], after: list[str], width: int) -> Stretch:
    """A stretch with the rest of the words that it begins and ends in."""
    left, right = stretch

    def inside(x: int) -> bool:
        return not (before[x].startswith(" ") and after[x].startswith(" "))

    while left > 0 and inside(left - 1) and inside(left):
        left -= 1
    while right < width and inside(right) and inside(right - 1):
        right += 1
    return left, right


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    result: list[Stretch] = []
    for left, right in stretches:
        if result and left < result[-1][1] + GAP:
            result[-1] = (result[-1][0], max(right, result[-1][1]))
        else:
            result.append((left, right))
    return result


def _cells(pieces: Line, width: int) -> list[str]:
    """Each cell's character with its style."""
    cells: list[str] = []
    for text, name in pieces:
        cells += [f"{character}{name}" for character in text]
    del cells[width:]
    return cells + [" "] * (width - len(cells))


def part(pieces: Line, left: int, right: int) -> Line:
    """The cells of a plain line from ``left`` on, up to ``right``.

    >>> part((("abc", "bold"), ("def", "")), 2, 8)
    (('c', 'bold'), ('def', ''), ('  ', ''))
    """
    found: list[Piece] = []
    x = 0
    for text, name in pieces:
        end = x + len(text)
        if x < right and end > left:
            found.append((text[max(0, left - x) : right - x], name))
        x = end
    missing = right - max(x, left)
    return (*found, (" " * missing, "")) if missing > 0 else tuple(found)


@lru_cache(4096)
def _single(text: str) -> bool:
    return text.isascii() or all(cell_len(character) == 1 for character in text)
