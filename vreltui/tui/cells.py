"""Where two lines of the screen differ, in cells."""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len

from vreltui.tui.lines import Line

GAP = 6
"""So many cells that stay the same are sent rather than jumped over: a jump takes as many bytes."""

Stretch = tuple[int, int]
"""From a cell on, up to another."""


def changed_cells(old: Line, new: Line, width: int) -> list[Stretch]:
    """The stretches of a line of ``width`` cells in which ``new`` differs, as whole words.

    >>> changed_cells((("R 0.999 ok", ""),), (("R 0.998 ok", ""),), 12)
    [(2, 7)]
    """
    before, after = _cells(old, width), _cells(new, width)
    if before is None or after is None:
        return [(0, width)]
    different = [x for x in range(width) if before[x] != after[x]]
    stretches: list[Stretch] = []
    for x in different:
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


def _cells(pieces: Line, width: int) -> list[str] | None:
    """Each cell's character with its style; None where a character is not of one cell."""
    cells: list[str] = []
    for text, name in pieces:
        if not _single(text):
            return None
        cells += [f"{character}{name}" for character in text]
    del cells[width:]
    return cells + [" "] * (width - len(cells))


@lru_cache(4096)
def _single(text: str) -> bool:
    return text.isascii() or all(cell_len(character) == 1 for character in text)
