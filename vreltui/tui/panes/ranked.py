"""Panes that list something in order, with a cursor of their own and a way into the tree."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from vreltui.tui.lines import BLANK, Line, fit, line, restyled, right
from vreltui.tui.panes.common_lines import note_lines
from vreltui.tui.panes.pane import Pane, PaneAction, PaneOwner
from vreltui.tui.widgets.pane import Drawing
from vreltui.workbench import Action


@dataclass(frozen=True, slots=True)
class Ranked:
    """A row: its cells, and the nodes that it speaks of."""

    cells: tuple[str, ...]
    nodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """What a pane lists: a line above, headings, rows, and lines below.

    ``left`` says which columns stand to the left; where room is scarce, columns give way from the
    last of ``optional`` on.
    """

    above: tuple[str, ...]
    headings: tuple[str, ...]
    rows: Sequence[Ranked]
    below: tuple[str, ...] = ()
    left: tuple[int, ...] = (0,)
    optional: tuple[int, ...] = ()


class RankedPane(Pane):
    """A list with a cursor; ``enter`` goes to the nodes of a row in the tree, one after another."""

    def __init__(self, owner: PaneOwner) -> None:
        super().__init__(owner)
        self._cursor = 0
        self._step = 0

    @abstractmethod
    def listing(self) -> Listing | str:
        """What is listed now; or words in place of it."""

    @property
    def nodes(self) -> frozenset[str]:
        """The nodes of the row under the cursor, which the tree marks."""
        row = self._row()
        return frozenset() if row is None else frozenset(row.nodes)

    def drawing(self) -> Drawing:
        """The rows around the cursor, under the headings."""
        listing, cursor = self.listing(), self._cursor
        if isinstance(listing, str):
            return lambda width, height: note_lines(listing, width)

        def lines(width: int, height: int) -> list[Line]:
            return _lines(listing, cursor, width, height, self.stage.glyphs.ellipsis)

        return lines

    # Commands

    def down(self) -> None:
        """The next row."""
        self._move(1)

    def up(self) -> None:
        """The row above."""
        self._move(-1)

    def enter(self) -> None:
        """Select the next node of the row in the tree."""
        row = self._row()
        if row is None or not row.nodes:
            return
        node = row.nodes[self._step % len(row.nodes)]
        self._step += 1
        found = next((each for each in self.stage.shown_tree.rows if each.node == node), None)
        if found is None:
            self.stage.say(f"{node} is in a part of the tree that is folded", "warning")
        else:
            self.stage.bench.select(found.position)

    def _move(self, by: int) -> None:
        listing = self.listing()
        if not isinstance(listing, str) and listing.rows:
            self._cursor = max(0, min(self._cursor + by, len(listing.rows) - 1))
            self._step = 0
        self.show()

    def _row(self) -> Ranked | None:
        listing = self.listing()
        if isinstance(listing, str) or not listing.rows:
            return None
        return listing.rows[min(self._cursor, len(listing.rows) - 1)]


def list_actions(
    name: str, group: str, sort: Callable[[Any], None], other: Callable[[Any], None], hint: str
) -> tuple[PaneAction, ...]:
    """The commands of a pane that lists: its cursor, its order, its other view."""

    def act(what: str, title: str, keys: tuple[str, ...], words: str = "") -> Action:
        return Action(f"{name}_{what}", title, keys, group, words, scope=name)

    return (
        PaneAction(act("enter", "Go to the node", ("enter",), "Of the row, in the tree"),
                   RankedPane.enter, "to the node"),
        PaneAction(act("sort", "Sort by another column", ("s",)), sort, "sort"),
        PaneAction(act("other", "The other view", ("x",), hint), other, "other view"),
        PaneAction(act("down", "Next row", ("down", "j")), RankedPane.down),
        PaneAction(act("up", "Row above", ("up", "k")), RankedPane.up),
    )  # fmt: skip


def _lines(listing: Listing, cursor: int, width: int, height: int, ellipsis: str) -> list[Line]:
    above = [each for text in listing.above for each in note_lines(text, width)]
    below = [each for text in listing.below for each in note_lines(text, width)]
    room = max(3, height - len(above) - len(below) - 1)
    cursor = min(cursor, max(0, len(listing.rows) - 1))
    top = max(0, min(cursor - room // 2, len(listing.rows) - room))
    sizes = _sizes(listing, width)
    lines = [*above, _cells(listing, listing.headings, sizes, "dim", ellipsis)]
    for number, row in enumerate(listing.rows[top : top + room], top):
        cells = _cells(listing, row.cells, sizes, "", ellipsis)
        lines.append(restyled(cells, "cursor") if number == cursor else cells)
    return [*lines, *([BLANK] if below and len(listing.rows) < room else []), *below]


def _sizes(listing: Listing, width: int) -> list[int]:
    """How wide each column is; 0 for one that gave way."""
    table = [listing.headings, *(row.cells for row in listing.rows)]
    sizes = [max(map(len, column)) for column in zip(*table, strict=True)]
    for optional in reversed(listing.optional):
        if sum(sizes) + sum(size > 0 for size in sizes) > width:
            sizes[optional] = 0
    over = sum(sizes) + sum(size > 0 for size in sizes) - width
    if over > 0:
        widest = max(listing.left, key=lambda column: sizes[column])
        sizes[widest] = max(6, sizes[widest] - over)
    return sizes


def _cells(
    listing: Listing, cells: Sequence[str], sizes: Sequence[int], style: str, ellipsis: str
) -> Line:
    shown = [
        fit(text, size, ellipsis) if at in listing.left else right(text, size, ellipsis)
        for at, (text, size) in enumerate(zip(cells, sizes, strict=True))
        if size
    ]
    return line((" " + " ".join(shown), style))
