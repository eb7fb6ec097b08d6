"""The line above the keys: a message, or a question with the text that answers it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events

from vreltui.tui.cells import Stretch
from vreltui.tui.gate import cleaned
from vreltui.tui.glyphs import Glyphs
from vreltui.tui.lines import Line, fit, line, width_of
from vreltui.tui.widgets.line_view import LineView


class Prompt(LineView):
    """Messages, and one-line questions edited in place. Keys reach it through :meth:`edit`."""

    def __init__(self, *, glyphs: Glyphs, id: str | None = None) -> None:  # noqa: A002
        super().__init__(glyphs=glyphs, id=id)
        self._message: Line = ()
        self._label: str | None = None
        self._note: Line = ()
        self.text = ""
        self._at = 0
        self._whole = False
        self._typed = True

    @property
    def asking(self) -> bool:
        """Whether a question is open."""
        return self._label is not None

    def say(self, text: str, style: str = "") -> None:
        """Show a message."""
        self._message = line((f" {text}", style)) if text else ()
        self.redraw()

    def ask(self, label: str, text: str = "", *, typed: bool = True) -> None:
        """Open a question. The text there is replaced by the first character typed.

        Without ``typed`` it is answered by a letter, so there is nothing to write in.
        """
        self._typed = typed
        self._label, self.text, self._at = label, text, len(text)
        self._whole = bool(text)
        self._note = ()
        self.redraw()

    def note(self, text: str, style: str = "dim") -> None:
        """Say something about the text: what is wrong with it, or what it would do."""
        self._note = line((text, style)) if text else ()
        self.redraw()

    @property
    def overflow(self) -> Line:
        """The note, where it does not fit behind the text, to be shown elsewhere."""
        if self._label is None or not self._note:
            return ()
        return self._note if cell_len(self._note[0][0]) > self._room() else ()

    def _room(self) -> int:
        """The cells behind the text."""
        label = f" {self._label}: "
        return self.size.width - cell_len(label) - cell_len(self.text) - 3

    def close(self) -> None:
        """Close the question."""
        self._label = None
        self.redraw()

    def edit(self, event: events.Key) -> bool:
        """Let a key edit the text. Returns whether the text is another now."""
        before = self.text
        if event.is_printable and event.character is not None:
            self._insert(event.character)
        else:
            self._command(event.key)
        self.redraw()
        return self.text != before

    def paste(self, text: str) -> None:
        """Insert pasted text, as one line."""
        self._insert(cleaned(" ".join(text.split("\n")).strip()))
        self.redraw()

    def _insert(self, text: str) -> None:
        if self._whole:
            self.text, self._at, self._whole = "", 0, False
        self.text = self.text[: self._at] + text + self.text[self._at :]
        self._at += len(text)

    def _command(self, key: str) -> None:
        text, at = self.text, self._at
        self._whole = False
        match key:
            case "left" | "ctrl+b":
                self._at = max(0, at - 1)
            case "right" | "ctrl+f":
                self._at = min(len(text), at + 1)
            case "home" | "ctrl+a":
                self._at = 0
            case "end" | "ctrl+e":
                self._at = len(text)
            case "backspace" | "ctrl+h":
                self.text, self._at = text[: max(0, at - 1)] + text[at:], max(0, at - 1)
            case "delete" | "ctrl+d":
                self.text = text[:at] + text[at + 1 :]
            case "ctrl+u":
                self.text, self._at = text[at:], 0
            case "ctrl+k":
                self.text = text[:at]
            case "ctrl+w":
                start = len(text[:at].rstrip().rpartition(" ")[0])
                self.text, self._at = text[:start] + text[at:], start
            case _:  # any other key does nothing in a line
                pass

    def _stretches(self, old: Line, new: Line, width: int) -> list[Stretch]:
        """A message is sent as a whole: whoever listens to the line reads it in one piece."""
        used = max(width_of(old), width_of(new))
        return (
            [(0, min(used, width))] if self._label is None else super()._stretches(old, new, width)
        )

    def build(self, width: int, height: int) -> Sequence[Line]:
        """The message, or the question."""
        if self._label is None:
            if width_of(self._message) <= width:
                return [self._message]
            ((text, style),) = self._message
            return [((fit(text, width, self.glyphs.ellipsis), style),)]
        if not self._typed:
            return [line((f" {fit(self._label, width - 1, self.glyphs.ellipsis)}", "warning bold"))]
        label = f" {self._label}: "
        room = max(8, width - cell_len(label) - 1)
        text, at = self.text, self._at
        if cell_len(text) >= room:
            start = max(0, at - room + 2)
            text, at = text[start : start + room - 1], at - start
        shown = "cursor" if self._whole else "typed"
        under = text[at : at + 1] or " "
        pieces = line(
            (label, "key"), (text[:at], shown), (under, "cursor"), (text[at + 1 :], "typed")
        )
        if self._note and not self.overflow:
            pieces = (*pieces, ("  ", ""), *self._note)
        return [pieces]
