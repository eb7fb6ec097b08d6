"""The tree of the choice in hand: each node with its number, its reliability, its threshold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message

from vreltui.model.edits import Position
from vreltui.tui.glyphs import Glyphs
from vreltui.tui.lines import Line, fit, line, restyled, right
from vreltui.tui.widgets.line_view import LineView
from vreltui.workbench.rows import Row


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
        self._rows: Sequence[Row] = ()
        self._cursor = 0
        self._top = 0
        self._stale = False
        self._measured: tuple[int, int, _Widths] | None = None

    def show(self, rows: Sequence[Row], cursor: Position, *, stale: bool = False) -> None:
        """Show other rows or another place."""
        if rows is not self._rows:
            self._measured = None
        self._rows, self._stale = rows, stale
        self._cursor = next((i for i, row in enumerate(rows) if row.position == cursor), 0)
        self.redraw()

    @property
    def page(self) -> int:
        """How many rows are seen at once."""
        return max(1, self.size.height - 1)

    def build(self, width: int, height: int) -> Sequence[Line]:
        """The headings, and the rows around the cursor."""
        page = max(1, height - 1)
        self._top = max(0, min(self._top, self._cursor, len(self._rows) - page))
        if self._cursor >= self._top + page:
            self._top = self._cursor - page + 1
        seen = self._rows[self._top : self._top + page]
        columns = self._widths(width)
        lines = [self._headings(columns)]
        for index, row in enumerate(seen, self._top):
            cells = self._line(row, columns)
            lines.append(restyled(cells, "cursor") if index == self._cursor else cells)
        return lines

    def _widths(self, width: int) -> _Widths:
        # A moved cursor leaves the rows and the columns as they are.
        if self._measured is None or self._measured[:2] != (id(self._rows), width):
            self._measured = (id(self._rows), width, _columns(self._rows, width))
        return self._measured[2]

    def _headings(self, columns: _Widths) -> Line:
        above, below = self._top, max(0, len(self._rows) - self._top - self.page)
        more = "".join(
            f" {glyph}{count}"
            for glyph, count in (
                (self.glyphs.more_above, above),
                (self.glyphs.more_below, below),
            )
            if count
        )
        texts = [
            fit(f"  node{more}", columns.label, self.glyphs.ellipsis),
            fit("given by", columns.given, self.glyphs.ellipsis),
            right("R", columns.reliability, self.glyphs.ellipsis),
        ]
        if columns.complement:
            texts.append(right("1 - R", columns.complement))
        if columns.threshold:
            texts.append(fit("must be", columns.threshold))
        return line((" ".join(texts), "dim"))

    def _line(self, row: Row, columns: _Widths) -> Line:
        mark = self.glyphs.leaf
        if row.expandable:
            mark = self.glyphs.expanded if row.expanded else self.glyphs.collapsed
        signs = (self.glyphs.shared if row.shared else "") + (
            self.glyphs.repeated if row.repeated else ""
        )
        label = f" {'  ' * row.depth}{mark} {row.node}{' ' + signs if signs else ''}"
        room = columns.label - len(label) - 2
        title = row.label if row.label != row.node and room >= len(row.label) else ""
        figures = "dim" if self._stale else ""
        must = ""
        if row.satisfied is not None and not self._stale and row.threshold not in ("any", ""):
            must = "good" if row.satisfied else "bad"
        cells = [
            *_label(label, title, columns.label, self.glyphs.ellipsis),
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

    def on_click(self, event: events.Click) -> None:
        """A click selects a row; on its mark, or twice, it folds."""
        index = self._top + event.y - 1
        if event.y < 1 or not 0 <= index < len(self._rows):
            return
        row = self._rows[index]
        on_mark = event.x <= 2 * row.depth + 2
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
        return row.needs if " of " in row.needs else f"{row.needs} of {row.value_text}"
    copies = f"{row.parameter}{'==' if row.set_here else '='}{row.value_text}"
    return f"{row.needs.split(' of ')[0]} of {copies}"


def _label(label: str, title: str, width: int, ellipsis: str) -> Line:
    """The node's name, and behind it its title where there is room for all of it."""
    if not title:
        return line(fit(label, width, ellipsis))
    return line(label, (fit(f"  {title}", width - len(label), ellipsis), "dim"))


@dataclass(frozen=True, slots=True)
class _Widths:
    label: int
    given: int
    reliability: int
    complement: int
    threshold: int


def _columns(rows: Sequence[Row], width: int) -> _Widths:
    """Widths of the columns: as wide as what they hold, the label takes the rest."""

    def longest(texts: Sequence[str], least: int, most: int) -> int:
        return min(most, max([least, *map(len, texts)]))

    wide = width >= 64
    given = longest([given_by(row) for row in rows], 8, 24 if wide else 13)
    reliability = longest([row.reliability or row.value_text for row in rows], 5, 14)
    threshold = longest([row.threshold for row in rows], 7, 28 if wide else 13)
    complement = longest([row.complement for row in rows], 5, 10) if wide else 0
    fixed = given + reliability + threshold + 3 + (complement + 1 if complement else 0)
    if width - fixed < 13:
        given = max(6, min(given, 9))
        fixed = given + reliability + threshold + 3 + (complement + 1 if complement else 0)
    if width - fixed < 12:
        fixed -= threshold + 1
        threshold = 0
    # Figures stand near the names that they belong to, also where there is room to spare.
    names = max((2 * row.depth + len(row.node) + len(row.label) + 9 for row in rows), default=20)
    return _Widths(max(4, min(names, width - fixed)), given, reliability, complement, threshold)
