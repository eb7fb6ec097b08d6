"""What differs, to scroll through, and the letters that say what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events
from textual.app import ComposeResult

from vreltui.tui.glyphs import Glyphs
from vreltui.tui.lines import BLANK, Line, fit, line, wrap
from vreltui.tui.screens.passing import PassingScreen
from vreltui.tui.widgets.line_view import LineView

_STYLES = {"-": "bad", "+": "good", "@": "given"}
_MOST_QUESTION = 3


class DifferenceScreen(PassingScreen[str], inherit_bindings=False):
    """A question with what differs below it; gives the letter that was pressed, or nothing."""

    BINDINGS = []  # noqa: RUF012

    def __init__(
        self, question: str, lines: Sequence[str], answers: Mapping[str, str], glyphs: Glyphs
    ) -> None:
        super().__init__()
        self._answers = answers
        self._view = DifferenceView(question, lines, answers, glyphs=glyphs)

    def compose(self) -> ComposeResult:
        """One text."""
        yield self._view

    def on_key(self, event: events.Key) -> None:
        """Scroll, answer, or leave it all as it is."""
        event.stop()
        event.prevent_default()
        page = max(1, self._view.size.height - 4)
        steps = {"down": 1, "j": 1, "up": -1, "k": -1, "pagedown": page, "space": page,
                 "pageup": -page, "home": -100000, "end": 100000}  # fmt: skip
        letter = (event.character or "").lower()
        if event.key in ("escape", "ctrl+c"):
            self.dismiss(None)
        elif letter in self._answers:
            self.dismiss(letter)
        elif event.key in steps:
            self._view.move(steps[event.key])

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls."""
        self._view.move(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls."""
        self._view.move(-3)


class DifferenceView(LineView):
    """The question, the lines that differ, and the answers."""

    DEFAULT_CSS = "DifferenceView { width: 1fr; height: 1fr; }"

    def __init__(
        self, question: str, lines: Sequence[str], answers: Mapping[str, str], *, glyphs: Glyphs
    ) -> None:
        super().__init__(glyphs=glyphs, id="difference")
        self._question = question
        self._text = lines
        self._answers = answers
        self._top = 0
        self._page = 1

    def move(self, by: int) -> None:
        """Scroll by lines."""
        self._top = max(0, min(self._top + by, len(self._text) - self._page))
        self.redraw()

    def build(self, width: int, height: int) -> Sequence[Line]:
        """The part that is seen, between the question and the answers."""
        head = [line((text, "warning")) for text in wrap(self._question, width - 1, " ", " ")]
        head = head[:_MOST_QUESTION]
        self._page = max(1, height - len(head) - 1)
        self._top = max(0, min(self._top, len(self._text) - self._page))
        last = min(self._top + self._page, len(self._text))
        seen = [
            line((" " + fit(text, width - 2, self.glyphs.ellipsis), _STYLES.get(text[:1], "")))
            for text in self._text[self._top : last]
        ]
        seen += [BLANK] * (self._page - len(seen))
        foot = [
            piece
            for letter, word in self._answers.items()
            for piece in ((f" {letter} ", "key"), (f"{word} ", ""))
        ]
        where = f" {self._top + 1}-{last} of {len(self._text)}"
        return [
            *head,
            *seen,
            line(*foot, (" esc ", "key"), "neither" if foot else "back", (where, "dim")),
        ]
