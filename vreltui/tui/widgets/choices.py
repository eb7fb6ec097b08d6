"""The choices with their verdicts, one a line."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.message import Message

from vreltui.tui.glyphs import Glyphs
from vreltui.tui.lines import Line, fit, line, right, width_of
from vreltui.tui.widgets.line_view import LineView
from vreltui.workbench.view.summary import ChoiceLine

MOST_LINES = 6
"""The most choices shown at once where the screen is small."""


class Choices(LineView):
    """A line for each choice: mark, verdict, name, title, R and how far from the goal."""

    class Picked(Message):
        """A choice was clicked."""

        def __init__(self, choice: str) -> None:
            super().__init__()
            self.choice = choice

    def __init__(self, *, glyphs: Glyphs, id: str | None = None) -> None:  # noqa: A002
        super().__init__(glyphs=glyphs, id=id)
        self._choices: Sequence[ChoiceLine] = ()
        self._current = ""
        self._marked = ""
        self._stale = False
        self._headed = False
        self._top = 0

    def show(
        self,
        choices: Sequence[ChoiceLine],
        current: str,
        *,
        marked: str = "",
        stale: bool = False,
        headed: bool = False,
    ) -> None:
        """Show the choices, under headings if ``headed``; ``marked`` is the one compared with."""
        if self.is_news((tuple(choices), current, marked, stale, headed)):
            self._choices, self._current = choices, current
            self._marked, self._stale, self._headed = marked, stale, headed
            self.redraw()

    def build(self, width: int, height: int) -> Sequence[Line]:
        """The choices around the current one."""
        columns = _Columns(self._choices, width)
        heads = [self._headings(columns)] if self._headed else []
        return [*heads, *self._seen(columns, width, height - len(heads))]

    def _headings(self, columns: _Columns) -> Line:
        texts = [
            fit("verdict", columns.word),
            fit("choice", columns.name),
            right(self._choices[0].letter if self._choices else "R", columns.reliability),
        ]
        if columns.margin:
            texts.append(right("to goal", columns.margin))
        return line((" " * 6 + " ".join(texts), "dim"))

    def _seen(self, columns: _Columns, width: int, height: int) -> list[Line]:
        names = [choice.choice for choice in self._choices]
        index = names.index(self._current) if self._current in names else 0
        self._top = max(0, min(self._top, index, len(names) - height))
        if index >= self._top + height:
            self._top = index - height + 1
        seen = self._choices[self._top : self._top + height]
        result = [self._line(choice, columns) for choice in seen]
        above, below = self._top, len(names) - self._top - len(seen)
        if above and result:
            result[0] = _hinted(result[0], f"{self.glyphs.more_above}{above}", width)
        if below and result:
            result[-1] = _hinted(result[-1], f"{self.glyphs.more_below}{below}", width)
        return result

    def _line(self, choice: ChoiceLine, columns: _Columns) -> Line:
        current = choice.choice == self._current
        verdict = "" if self._stale else (choice.verdict or "")
        title = choice.title
        if choice.is_baseline:
            title = f"{title} (baseline)" if title else "(baseline)"
        if choice.choice == self._marked:
            title = f"{title} (compared)" if title else "(compared)"
        dots = self.glyphs.ellipsis
        return line(
            (f" {self.glyphs.cursor if current else ' '}", "open" if current else ""),
            (f"[{choice.mark}] ", verdict),
            (fit(choice.word, columns.word, dots), verdict),
            (" ", ""),
            (fit(choice.choice, columns.name, dots), "bold" if current else ""),
            (
                f" {right(choice.reliability, columns.reliability, dots)}",
                "dim" if self._stale else "",
            ),
            (f" {right(choice.margin, columns.margin, dots)}" if columns.margin else "", "dim"),
            ("  ", ""),
            (fit(title, columns.title, dots), "" if current else "dim"),
        )

    def on_click(self, event: events.Click) -> None:
        """A click takes a choice in hand."""
        index = self._top + event.y - self._headed
        if 0 <= index < len(self._choices):
            self.post_message(self.Picked(self._choices[index].choice))


class _Columns:
    """How wide each column is."""

    def __init__(self, choices: Sequence[ChoiceLine], width: int) -> None:
        self.word = max((len(choice.word) for choice in choices), default=0)
        # The headings need a place of their own.
        self.word = max(self.word, 7 if self.word else 0)
        longest = max([6, *(len(choice.choice) for choice in choices)])
        self.name = min(longest, max(10, width // 5))
        self.reliability = max((len(choice.reliability) for choice in choices), default=0)
        self.margin = max((len(choice.margin) for choice in choices), default=0)
        if width < 72:
            self.margin = 0
        fixed = 2 + 4 + self.word + 1 + self.name + 1 + self.reliability + 2
        fixed += self.margin + 1 if self.margin else 0
        self.title = max(0, width - fixed - 1)


def _hinted(pieces: Line, hint: str, width: int) -> Line:
    kept: list[tuple[str, str]] = []
    room = width - len(hint) - 1
    for text, name in pieces:
        if room <= 0:
            break
        kept.append((text[:room], name))
        room -= len(text)
    used = width_of(tuple(kept))
    return (*kept, (" " * (width - used - len(hint)), ""), (hint, "dim"))
