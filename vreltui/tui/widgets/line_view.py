"""A widget drawn line by line: what did not change is not sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, zip_longest

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from vreltui.tui.cells import Stretch, changed_cells, is_plain, part
from vreltui.tui.gate import ControlCharacters, cleaned
from vreltui.tui.glyphs import UNICODE, Glyphs
from vreltui.tui.lines import BLANK, Line, strip
from vreltui.tui.painting import CellScreen
from vreltui.tui.theme import style


class LineView(Widget):
    """Draws the lines that :meth:`build` makes for the present size.

    A subclass keeps what it shows and calls :meth:`redraw` when that changes; only lines that
    differ are drawn again.
    """

    can_focus = False

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.glyphs = glyphs
        self._lines: Sequence[Line] = ()
        self._strips: dict[int, Strip] = {}
        self._shown: object = None
        self._drawn_size = Size(0, 0)

    def is_news(self, shown: object) -> bool:
        """Whether something else is to be shown than the last time; it is remembered."""
        news = self._shown is None or self._shown != shown
        self._shown = shown
        return news

    def build(self, width: int, height: int) -> Sequence[Line]:
        """The lines for a size; lines beyond the height are not seen."""
        raise NotImplementedError

    @property
    def lines(self) -> Sequence[Line]:
        """The lines as they were drawn last."""
        return self._lines

    def redraw(self) -> None:
        """Draw the lines that changed."""
        width, height = self._drawn_size
        if not width or not height:
            return
        old, new = self._lines, self.build(width, height)
        self._lines = new
        pairs = islice(zip_longest(old, new, fillvalue=BLANK), height)
        changed = [(y, *pair) for y, pair in enumerate(pairs) if pair[0] != pair[1]]
        if not changed:
            return
        for y, _, _ in changed:
            self._strips.pop(y, None)
        regions = [
            Region(left, y, right - left, 1)
            for y, before, after in changed
            for left, right in self._stretches(before, after, width)
        ]
        screen = self.screen
        if isinstance(screen, CellScreen):
            screen.repaint(self, regions)
        else:
            self.refresh(*regions)

    def restyle(self) -> None:
        """Draw every line again: styles are others now."""
        self._strips.clear()
        self.refresh()

    def _stretches(self, old: Line, new: Line, width: int) -> list[Stretch]:
        """Which cells of a line are drawn again: those of another text or style."""
        return changed_cells(old, new, width)

    def on_resize(self, event: events.Resize) -> None:
        """Everything is drawn anew for another size."""
        self._drawn_size = self.size
        self._lines = ()
        self._strips.clear()
        self.redraw()
        self.refresh()

    def painted(self, y: int, left: int, right: int) -> Iterable[Segment]:
        """Some cells of a line as they are sent: they passed every gate."""
        pieces = self._lines[y] if y < len(self._lines) else BLANK
        filters = self.app.get_line_filters()
        if len(filters) == 1 and isinstance(filters[0], ControlCharacters) and is_plain(pieces):
            cells = part(pieces, left, right)
            return [Segment(cleaned(text), style(name)) for text, name in cells]
        found = self.render_line(y)
        for each in filters:
            found = found.apply_filter(each, self.background_colors[1])
        return found.crop(left, right)

    def render_line(self, y: int) -> Strip:
        """One line as Textual wants it."""
        found = self._strips.get(y)
        if found is None:
            pieces = self._lines[y] if y < len(self._lines) else BLANK
            found = self._strips[y] = strip(pieces, self._drawn_size.width)
        return found
