"""What is seen first: names, while the program that computes about them is being loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult

from vreltui.tui.glyphs import Glyphs
from vreltui.tui.lines import BLANK, Line, line
from vreltui.tui.painting import CellScreen
from vreltui.tui.widgets.line_view import LineView

PAINTED = 0.001
"""Seconds in which nothing is done after the first frame, so that it reaches the terminal."""


class GlanceScreen(CellScreen, inherit_bindings=False):
    """The names of a design in the places where the design screen has them.

    ``keys`` holds what was pressed meanwhile, for that screen.
    """

    BINDINGS = []  # noqa: RUF012

    def __init__(
        self,
        file: str,
        choices: Sequence[str],
        choice: str,
        rows: Sequence[tuple[int, str, bool]],
        glyphs: Glyphs,
        then: Callable[[], None],
    ) -> None:
        super().__init__()
        self.keys: list[events.Key] = []
        self._view = GlanceView(file, choices, choice, rows, glyphs)
        self._then = then

    def compose(self) -> ComposeResult:
        """One widget."""
        yield self._view

    def on_key(self, event: events.Key) -> None:
        """Keep it."""
        event.stop()
        event.prevent_default()
        self.keys.append(event)

    def on_mount(self) -> None:
        """Go on as soon as this is on the screen."""
        self.call_after_refresh(lambda: self.set_timer(PAINTED, self._then))


class GlanceView(LineView):
    """The lines of a glance."""

    def __init__(
        self,
        file: str,
        choices: Sequence[str],
        choice: str,
        rows: Sequence[tuple[int, str, bool]],
        glyphs: Glyphs,
    ) -> None:
        super().__init__(glyphs=glyphs, id="glance")
        self._file, self._choices, self._choice, self._rows = file, choices, choice, rows

    def build(self, width: int, height: int) -> Sequence[Line]:
        """File, choices, and as many rows of the tree as fit."""
        glyphs = self.glyphs
        most = max(2, height // 5 if height < 30 else height // 4)
        start = self._choices.index(self._choice) - most + 1
        start = max(0, start)
        lines = [line((f" {self._file}", "title"))]
        for name in self._choices[start : start + most]:
            current = name == self._choice
            mark = glyphs.cursor if current else " "
            style = "bold" if current else ""
            lines.append(line((f" {mark}", "open"), "[ ] ", (name, style)))
        lines.append(line((f"{glyphs.horizontal * 2} ", "dim"), (self._choice, "bold")))
        lines.append(line(("  node", "dim")))
        for depth, name, is_open in self._rows:
            mark = glyphs.expanded if is_open else glyphs.leaf
            lines.append(line(f" {'  ' * depth}{mark} {name}"))
        lines = lines[: height - 2]
        lines += [BLANK] * (height - 2 - len(lines))
        return [*lines, line((" opening ...", "dim")), BLANK]
