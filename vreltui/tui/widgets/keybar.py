"""The bottom line: what some keys do here. A click does it too."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.message import Message

from vreltui.tui.glyphs import Glyphs
from vreltui.tui.lines import Line
from vreltui.tui.widgets.line_view import LineView


class KeyBar(LineView):
    """Keys with a word each, as many as fit."""

    class Pressed(Message):
        """A hint was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, *, glyphs: Glyphs, id: str | None = None) -> None:  # noqa: A002
        super().__init__(glyphs=glyphs, id=id)
        self._hints: Sequence[tuple[str, str, str]] = ()
        self._places: list[tuple[int, int, str]] = []
        self._message: Line = ()

    def show(self, hints: Sequence[tuple[str, str, str]], message: Line = ()) -> None:
        """Show hints: key, word, and the id of the action; or a message in their place."""
        if self.is_news((tuple(hints), message)):
            self._hints, self._message = hints, message
            self.redraw()

    def build(self, width: int, height: int) -> Sequence[Line]:
        """The hints that fit; the last one, help, always does. A message takes their place."""
        if self._message:
            return [((" ", ""), *self._message)]
        *others, last = self._hints or [("", "", "")]
        room = width - 1 - len(last[0]) - len(last[1]) - 3
        pieces: list[tuple[str, str]] = [(" ", "")]
        self._places = []
        x = 1
        for key, word, name in [*others, last]:
            size = len(key) + 1 + len(word)
            if name != last[2] and x + size + 2 > room:
                continue
            self._places.append((x, x + size, name))
            pieces += [(key, "key"), (f" {word}  ", "")]
            x += size + 2
        return [tuple(pieces)]

    def on_click(self, event: events.Click) -> None:
        """A click on a hint."""
        for start, end, name in self._places:
            if start <= event.x < end and name:
                self.post_message(self.Pressed(name))
