"""A line between parts of the screen, with a title in it where there is one."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.message import Message

from vreltui.tui.glyphs import Glyphs
from vreltui.tui.lines import Line, line, width_of
from vreltui.tui.widgets.line_view import LineView


class VerticalRule(LineView):
    """One column."""

    def build(self, width: int, height: int) -> Sequence[Line]:
        """The same character all the way down."""
        return [line((self.glyphs.vertical, "dim"))] * height


class Rule(LineView):
    """One line, with a title at its left."""

    class TitleClicked(Message):
        """The title of the rule of that name was clicked, at a cell of it."""

        def __init__(self, rule: str | None, cell: int) -> None:
            super().__init__()
            self.rule = rule
            self.cell = cell

    def __init__(self, *, glyphs: Glyphs, id: str | None = None) -> None:  # noqa: A002
        super().__init__(glyphs=glyphs, id=id)
        self._title: Line = ()

    def set_title(self, title: Line) -> None:
        """Show another title."""
        if self.is_news(title):
            self._title = title
            self.redraw()

    def on_click(self, event: events.Click) -> None:
        """A click on the title."""
        cell = event.x - TITLE_AT
        if 0 <= cell < width_of(self._title):
            self.post_message(self.TitleClicked(self.id, cell))

    def build(self, width: int, height: int) -> Sequence[Line]:
        """The title between two stretches of the line."""
        return [titled_rule(self._title, width, self.glyphs)]


TITLE_AT = 3
"""The cell at which a title begins."""


def titled_rule(title: Line, width: int, glyphs: Glyphs) -> Line:
    """A horizontal line with a title near its left end."""
    bar = glyphs.horizontal
    if not title:
        return line((bar * width, "dim"))
    rest = max(0, width - width_of(title) - TITLE_AT - 1)
    return ((f"{bar * (TITLE_AT - 1)} ", "dim"), *title, (f" {bar * rest}", "dim"))
