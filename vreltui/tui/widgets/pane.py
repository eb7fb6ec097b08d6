"""The pane: detail, plot, formula or comparison, as lines that scroll."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.message import Message

from vreltui.tui.glyphs import Glyphs
from vreltui.tui.lines import Line, line
from vreltui.tui.widgets.line_view import LineView

Drawing = Callable[[int, int], Sequence[Line]]
"""Makes the lines of a content for a width and a height."""


class PaneView(LineView):
    """Shows whatever a drawing makes, and scrolls where that is longer than the pane."""

    class Resized(Message):
        """There is another amount of room to draw in."""

    class Clicked(Message):
        """The content was clicked."""

    def __init__(self, *, glyphs: Glyphs, id: str | None = None) -> None:  # noqa: A002
        super().__init__(glyphs=glyphs, id=id)
        self._drawing: Drawing | None = None
        self._top = 0
        self._length = 0

    def show(self, drawing: Drawing | None, *, keep_place: bool = True) -> None:
        """Show another content."""
        self._drawing = drawing
        if not keep_place:
            self._top = 0
        self.redraw()

    def on_resize(self, event: events.Resize) -> None:
        """What is drawn for a size has to be drawn anew."""
        super().on_resize(event)
        self.post_message(self.Resized())

    def on_click(self, event: events.Click) -> None:
        """A click asks for the focus."""
        self.post_message(self.Clicked())

    def scroll_lines(self, lines: int) -> None:
        """Move within the content."""
        self._top = max(0, min(self._top + lines, self._length - self.size.height + 1))
        self.redraw()

    def build(self, width: int, height: int) -> Sequence[Line]:
        """The part of the content that is seen, with a note of what is below."""
        if self._drawing is None:
            return []
        lines = self._drawing(width, height)
        self._length = len(lines)
        self._top = max(0, min(self._top, self._length - height))
        seen = list(lines[self._top : self._top + height])
        below = self._length - self._top - height
        if below > 0:
            seen[-1] = line((f" {self.glyphs.more_below} {below + 1} more lines", "dim"))
        return seen
