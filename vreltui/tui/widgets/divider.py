"""A line between parts of the screen, with a title in it where there is one."""

from __future__ import annotations

from collections.abc import Sequence

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

    def __init__(self, *, glyphs: Glyphs, id: str | None = None) -> None:  # noqa: A002
        super().__init__(glyphs=glyphs, id=id)
        self._title: Line = ()

    def set_title(self, title: Line) -> None:
        """Show another title."""
        if self.is_news(title):
            self._title = title
            self.redraw()

    def build(self, width: int, height: int) -> Sequence[Line]:
        """The title between two stretches of the line."""
        return [titled_rule(self._title, width, self.glyphs)]


def titled_rule(title: Line, width: int, glyphs: Glyphs) -> Line:
    """A horizontal line with a title near its left end."""
    bar = glyphs.horizontal
    if not title:
        return line((bar * width, "dim"))
    rest = max(0, width - width_of(title) - 4)
    return ((f"{bar * 2} ", "dim"), *title, (f" {bar * rest}", "dim"))
