"""A bare application that draws its lines itself, and again only those that changed."""

from __future__ import annotations

import sys

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.events import Key
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

CURSOR = Style(reverse=True)


class Lines(Widget):
    """The first screenful of ``nodes`` lines, with a cursor."""

    def __init__(self, nodes: int) -> None:
        super().__init__()
        self.texts = [f"node {number}" for number in range(nodes)]
        self.cursor = 0

    def render_line(self, y: int) -> Strip:
        """One line, as wide as the screen."""
        text = self.texts[y] if y < len(self.texts) else ""
        style = CURSOR if y == self.cursor else None
        return Strip([Segment(text.ljust(self.size.width), style)])

    def redraw(self, *lines: int) -> None:
        """Draw some lines again."""
        self.refresh(*(Region(0, y, self.size.width, 1) for y in lines))


class Drawn(App[None]):
    """j and k move, + and - change the text of the line with the cursor."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, nodes: int) -> None:
        super().__init__(ansi_color=True)
        self.lines = Lines(nodes)
        self.changes = 0

    def compose(self) -> ComposeResult:
        """The lines alone."""
        yield self.lines

    def on_key(self, event: Key) -> None:
        """Move, or change a line."""
        lines = self.lines
        before = lines.cursor
        if event.character in ("j", "k"):
            step = 1 if event.character == "j" else -1
            lines.cursor = min(max(before + step, 0), len(lines.texts) - 1)
            lines.redraw(before, lines.cursor)
        elif event.character in ("+", "-"):
            self.changes += 1
            lines.texts[before] = f"node changed {self.changes}"
            lines.redraw(before)


if __name__ == "__main__":
    Drawn(int(sys.argv[1])).run()
