"""A text of several lines to write, such as a note."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.widgets import TextArea

from vreltui.tui.gate import cleaned
from vreltui.tui.glyphs import Glyphs
from vreltui.tui.lines import line
from vreltui.tui.screens.passing import PassingScreen
from vreltui.tui.widgets.divider import Rule
from vreltui.tui.widgets.keybar import Hint, KeyBar


class TextScreen(PassingScreen[str | None], inherit_bindings=False):
    """Gives back the text, or None when it was left as it was."""

    BINDINGS = []  # noqa: RUF012

    def __init__(self, title: str, text: str, glyphs: Glyphs) -> None:
        super().__init__()
        self._heading = title
        self._text = text
        self._glyphs = glyphs

    def compose(self) -> ComposeResult:
        """A title, the text, and what the keys do."""
        yield Rule(glyphs=self._glyphs, id="text-title")
        yield TextArea(self._text, id="text", soft_wrap=True, show_line_numbers=False)
        yield KeyBar(glyphs=self._glyphs, id="text-keys")

    def on_mount(self) -> None:
        """Write at once."""
        self.query_one(Rule).set_title(line((self._heading, "title")))
        hints = [Hint("^s", "keep", "answer"), Hint("esc", "leave it", "no_answer")]
        self.query_one(KeyBar).show(hints)
        self.query_one(TextArea).focus()

    def on_key(self, event: events.Key) -> None:
        """ctrl+s keeps, escape leaves."""
        if event.key == "ctrl+s":
            event.stop()
            lines = self.query_one(TextArea).text.split("\n")
            self.dismiss("\n".join(cleaned(text) for text in lines).strip())
        elif event.key == "escape":
            event.stop()
            self.dismiss(None)
