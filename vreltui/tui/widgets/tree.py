"""The tree of the choice in hand: each node with its number, its reliability, its threshold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from textual import events
from textual.message import Message

from vreltui.model.edits import Position
from vreltui.tui.glyphs import Glyphs
from vreltui.tui.lines import Line, fit, line, restyled, right
from vreltui.tui.widgets.line_view import LineView
from vreltui.wording.importance import SINGLE_POINT
from vreltui.workbench.view.outline import Outline
from vreltui.workbench.view.rows import Row, Rows


class TreeView(LineView):
    """Rows of a tree with a cursor, under a line of headings."""

    class Selected(Message):
        """A row was clicked, or its fold mark was."""

        def __init__(self, position: Position, *, fold: bool) -> None:
            super().__init__()
            self.position = position
            self.fold = fold

    class Scrolled(Message):
        """The wheel moved."""

        def __init__(self, rows: int) -> None:
            super().__init__()
            self.rows = rows

    def __init__(self, *, glyphs: Glyphs, id: str | None = None) -> None:  # noqa: A002
        super().__init__(glyphs=glyphs, id=id)
        self._rows: Rows | None = None
        self._cursor = 0
        self._top = 0
        self._stale = False
        self._widest = _Widest()
        self._step = 2
        self._drawn: dict[int, tuple[Row, _Widths, bool, Line]] = {}
        self._spoken_of: frozenset[str] = frozenset()
        self._marked: frozenset[str] = frozenset()

    def show(
        self,
        rows: Rows,
        cursor: Position,
        *,
        stale: bool = False,
        marked: frozenset[str] = frozenset(),
    ) -> None:
        """Show other rows or another place; ``marked`` are the nodes that a person marked."""
        self._rows, self._stale, self._marked = rows, stale, marked
        self._cursor = rows.at(cursor)
        self.redraw()

    def speak_of(self, nodes: frozenset[str]) -> None:
        """Point at the rows of some nodes, as long as nothing else is pointed at."""
        if nodes != self._spoken_of:
            self._spoken_of = nodes
            self.redraw()

    @property
    def page(self) -> int:
        """How many rows are seen at once."""
        return max(1, self._drawn_size.height - 1)

    def build(self, width: int, height: int) -> Sequence[Line]:
        """The headings, and the rows around the cursor."""
        if self._rows is None:
            return []
        page = max(1, height - 1)
        self._top = max(0, min(self._top, self._cursor, len(self._rows) - page))
        if self._cursor >= self._top + page:
            self._top = self._cursor - page + 1
        seen = self._rows[self._top : self._top + page]
        columns = self._widest.columns(self._rows.outline, seen, width)
        self._step = columns.step
        lines = [self._headings(columns)]
        for index, row in enumerate(seen, self._top):
            cells = self._cells(index, row, columns)
            if row.node in self._marked:
                cells = ((self.glyphs.marked, "key"), *_after(cells, 1))
            elif row.node in self._spoken_of:
                cells = ((self.glyphs.cursor, "key"), *_after(cells, 1))
            lines.append(restyled(cells, "cursor") if index == self._cursor else cells)
        return lines

    def _cells(self, index: int, row: Row, columns: _Widths) -> Line:
        """The line of a row; the one of before where all that it shows is the same."""
        before = self._drawn.get(index)
        same = before is not None and before[0] is row and before[1] is columns
        if before is not None and same and before[2] == self._stale:
            return before[3]
        cells = self._line(row, columns)
        self._drawn[index] = (row, columns, self._stale, cells)
        return cells

    def seen(self) -> Sequence[Row]:
        """The rows that are on the screen."""
        return () if self._rows is None else self._rows[self._top : self._top + self.page]

    def _headings(self, columns: _Widths) -> Line:
        above, below = self._top, max(0, len(self._rows or ()) - self._top - self.page)
        more = "".join(
            f" {glyph}{count}"
            for glyph, count in (
                (self.glyphs.more_above, above),
                (self.glyphs.more_below, below),
            )
            if count
        )
        measured, lacks = ("R", "1 - R") if self._rows is None else self._rows.headings
        texts = [
            fit(f"  node{more}", columns.label, self.glyphs.ellipsis),
            *([fit("share", columns.bar)] if columns.bar else []),
            fit("given by", columns.given, self.glyphs.ellipsis),
            right(measured, columns.reliability, self.glyphs.ellipsis),
        ]
        if columns.complement:
            texts.append(right(lacks, columns.complement))
        if columns.threshold:
            texts.append(fit("must be", columns.threshold))
        return line((" ".join(texts), "dim"))

    def _line(self, row: Row, columns: _Widths) -> Line:
        mark = self.glyphs.single if row.single else self.glyphs.leaf
        if row.expandable:
            mark = self.glyphs.expanded if row.expanded else self.glyphs.collapsed
        signs = "".join(
            sign
            for sign, there in (
                (self.glyphs.shared, row.shared),
                (self.glyphs.repeated, row.repeated),
                (self.glyphs.struck, bool(row.struck)),
            )
            if there
        )
        label = f" {' ' * (columns.step * row.depth)}{mark} {row.node}"
        if signs:  # a name gives way to what is said of it
            room = columns.label - len(signs) - 1
            label = fit(label, room, self.glyphs.ellipsis) if len(label) > room else label
            label += f" {signs}"
        if row.single:  # the word, as much of it as there is room for
            left = columns.label - len(label) - 1
            words = (SINGLE_POINT, SINGLE_POINT.split()[0])
            label += next((f" {word}" for word in words if len(word) <= left), "")
        for cause in row.struck:  # by what, as far as there is room
            if len(label) + len(cause) + 1 <= columns.label:
                label += f" {cause}"
        room = columns.label - len(label) - 2
        title = row.label if row.label != row.node and room >= len(row.label) else ""
        figures = "dim" if self._stale else ""
        must = ""
        if row.satisfied is not None and not self._stale and row.threshold not in ("any", ""):
            must = "good" if row.satisfied else "bad"
        cells = [
            *_label(label, title, columns.label, self.glyphs.ellipsis),
            *self._bar(row, columns.bar),
            (" ", ""),
            (
                fit(given_by(row), columns.given, self.glyphs.ellipsis),
                "open" if row.is_open else "",
            ),
            (" ", ""),
            (
                right(row.reliability or row.value_text, columns.reliability, self.glyphs.ellipsis),
                figures,
            ),
        ]
        if columns.complement:
            cells.append(
                (" " + right(row.complement, columns.complement, self.glyphs.ellipsis), "dim")
            )
        if columns.threshold:
            text = fit(row.threshold, columns.threshold, self.glyphs.ellipsis)
            cells.append((" " + text, must or "dim"))
        return tuple(cells)

    def _bar(self, row: Row, width: int) -> Line:
        """How much of the unreliability a node has; of the whole tree that is no news."""
        if not width:
            return ()
        share = row.share if row.depth else None
        bar = "" if share is None else self.glyphs.bar(share, width)
        return line((" " + fit(bar, width), "dim" if self._stale else "given"))

    def on_click(self, event: events.Click) -> None:
        """A click selects a row; on its mark, or twice, it folds."""
        index = self._top + event.y - 1
        if self._rows is None or event.y < 1 or not 0 <= index < len(self._rows):
            return
        row = self._rows[index]
        on_mark = event.x <= self._step * row.depth + 2
        fold = row.expandable and (on_mark or event.chain > 1)
        self.post_message(self.Selected(row.position, fold=fold))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the cursor."""
        self.post_message(self.Scrolled(3))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the cursor."""
        self.post_message(self.Scrolled(-3))


def given_by(row: Row) -> str:
    """What gives a node its number: a parameter, a number, or how many parts it needs."""
    if row.role == "component":
        return (row.parameter or "own") + ("=" if row.set_here else "")
    if row.role == "group":
        return row.needs
    if row.parameter is None:
        said = " of " in row.needs or not row.value_text  # what is taken may have no count
        return row.needs if said else f"{row.needs} of {row.value_text}"
    copies = f"{row.parameter}{'==' if row.set_here else '='}{row.value_text}"
    return f"{row.needs.split(' of ')[0]} of {copies}"


def _after(cells: Line, number: int) -> Line:
    """A line without its first cells, which are ASCII."""
    (text, style), *rest = cells
    return ((text[number:], style), *rest)


def _label(label: str, title: str, width: int, ellipsis: str) -> Line:
    """The node's name, and behind it its title where there is room for all of it."""
    if not title:
        return line(fit(label, width, ellipsis))
    return line(label, (fit(f"  {title}", width - len(label), ellipsis), "dim"))


BAR = 6
"""Cells of a whole bar."""

NAMES = 22
"""Cells of names for which longer ones give way to bars."""


@dataclass(frozen=True, slots=True)
class _Widths:
    label: int
    bar: int
    given: int
    reliability: int
    complement: int
    threshold: int
    step: int


class _Widest:
    """The widest text of each column that was on the screen since the tree was another one.

    Columns that only grow stay where they are from key to key.
    """

    def __init__(self) -> None:
        self._of: tuple[Outline | None, int] = (None, 0)
        self._given = self._reliability = self._threshold = self._complement = 0
        self._widths: _Widths | None = None
        self._measured: Sequence[Row] = ()

    def columns(self, outline: Outline, seen: Sequence[Row], width: int) -> _Widths:
        """Widths of the columns for the rows on the screen; the label takes the rest."""
        if self._of != (outline, width):
            self._of = (outline, width)
            self._given, self._reliability, self._threshold, self._complement = 8, 5, 7, 5
            self._measured = ()
            self._widths = None
        for row, before in zip_longest(seen, self._measured):
            if row is not None and row is not before:
                self._measure(row)
        self._measured = seen
        if self._widths is None:
            self._widths = self._find(outline, width)
        return self._widths

    def _measure(self, row: Row) -> None:
        before = self._given, self._reliability, self._threshold, self._complement
        self._given = max(self._given, len(given_by(row)))
        self._reliability = max(self._reliability, len(row.reliability or row.value_text))
        self._threshold = max(self._threshold, len(row.threshold))
        self._complement = max(self._complement, len(row.complement))
        if before != (self._given, self._reliability, self._threshold, self._complement):
            self._widths = None

    def _find(self, outline: Outline, width: int) -> _Widths:
        wide = width >= 64
        given = min(self._given, 24 if wide else 13)
        reliability = min(self._reliability, 14)
        threshold = min(self._threshold, 28 if wide else 13)
        complement = min(self._complement, 10) if wide else 0
        fixed = given + reliability + threshold + 3 + (complement + 1 if complement else 0)
        if width - fixed < 13:
            given = max(6, min(given, 9))
            fixed = given + reliability + threshold + 3 + (complement + 1 if complement else 0)
        if width - fixed < 12:
            fixed -= threshold + 1
            threshold = 0
        # Figures stand near the names that they belong to, also where there is room to spare.
        bar = BAR if width - fixed - BAR - 1 >= min(outline.deepest + 3, NAMES) else 0
        fixed += bar + 1 if bar else 0
        label = max(4, min(outline.widest + 9, width - fixed))
        # Where names would be cut, a level is one cell deep.
        step = 2 if outline.deepest + 3 <= label else 1
        return _Widths(label, bar, given, reliability, complement, threshold, step)
