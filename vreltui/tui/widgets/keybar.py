"""The bottom line: what some keys do here. A click does it too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import events
from textual.message import Message

from vreltui.tui.glyphs import Glyphs
from vreltui.tui.lines import Line
from vreltui.tui.widgets.line_view import LineView


class Hint(NamedTuple):
    """A key, a word for what it does, and the id of that; and whether it can be done now."""

    key: str
    word: str
    does: str
    works: bool = True


class KeyBar(LineView):
    """Keys with a word each, as many as fit."""

    class Pressed(Message):
        """A hint was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, *, glyphs: Glyphs, id: str | None = None) -> None:  # noqa: A002
        super().__init__(glyphs=glyphs, id=id)
        self.hints: Sequence[Hint] = ()
        self._places: list[tuple[int, int, str]] = []
        self._message: Line = ()

    def show(self, hints: Sequence[Hint], message: Line = ()) -> None:
        """Show hints, or a message in their place."""
        if self.is_news((tuple(hints), message)):
            self.hints, self._message = hints, message
            self.redraw()

    def build(self, width: int, height: int) -> Sequence[Line]:
        """The hints that fit; the last one, help, always does. A message takes their place."""
        if self._message:
            return [((" ", ""), *self._message)]
        *others, last = self.hints or [Hint("", "", "")]
        room = width - 1 - len(last.key) - len(last.word) - 3
        pieces: list[tuple[str, str]] = [(" ", "")]
        self._places = []
        x = 1
        for hint in [*others, last]:
            size = len(hint.key) + 1 + len(hint.word)
            if hint.does != last.does and x + size + 2 > room:
                continue
            self._places.append((x, x + size, hint.does))
            pieces.append((hint.key, "key" if hint.works else "dim"))
            pieces.append((f" {hint.word}  ", "" if hint.works else "dim"))
            x += size + 2
        return [tuple(pieces)]

    def on_click(self, event: events.Click) -> None:
        """A click on a hint."""
        for start, end, name in self._places:
            if start <= event.x < end and name:
                self.post_message(self.Pressed(name))
