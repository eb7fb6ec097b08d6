"""Which parts of the design screen stand where, and how tall they are."""

from __future__ import annotations

from dataclasses import dataclass

from textual.widget import Widget

SMALL_WIDTH = 72
"""Below this many columns the verdict stands under the tree, not beside it."""

LARGE_WIDTH = 150
"""From this many columns the verdict and the pane get as much room as the tree."""

SMALL_SIDE = 24
"""With fewer lines than this a pane takes the place of the verdict."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Heights in lines; 0 for a part that is not shown, None for what takes the rest."""

    narrow: bool
    wide: bool
    zoomed: bool
    choices: int
    verdict: int | None
    pane: int | None

    def side_width(self, width: int) -> int:
        """The columns of the verdict and the pane on a screen of a width."""
        if self.narrow or self.zoomed:
            return width
        return (width - 1) // 2 if self.wide else (width - 1) * 2 // 5


def arrange(
    width: int,
    height: int,
    choices: int,
    verdict: int,
    *,
    pane: bool,
    zoomed: bool,
    headed: bool = False,
) -> Arrangement:
    """The arrangement for a screen of a size.

    ``choices`` and ``verdict`` are the lines that all of each would take, ``pane`` says whether a
    pane is asked for, ``headed`` whether the choices stand below headings.
    """
    narrow, wide = width < SMALL_WIDTH, width >= LARGE_WIDTH
    most = max(2, (height + 1) // 5 if height < 30 else height // 4)
    shown = max(1, min(choices, most)) + headed
    body = height - shown - 4
    side = body // 2 if narrow else body
    if zoomed:
        return Arrangement(
            narrow, wide, zoomed, shown, None if not pane else 0, None if pane else 0
        )
    if not pane:
        return Arrangement(narrow, wide, zoomed, shown, None, 0)
    if side < SMALL_SIDE:
        return Arrangement(narrow, wide, zoomed, shown, 0, None)
    return Arrangement(narrow, wide, zoomed, shown, min(verdict, side - 14), None)


def set_height(widget: Widget, lines: int | None) -> None:
    """Set a height only when it is another one, because that moves everything."""
    widget.display = lines != 0
    wanted = "1fr" if lines is None else str(lines)
    height = widget.styles.height
    if lines != 0 and (height is None or str(height) != wanted):
        widget.styles.height = wanted
