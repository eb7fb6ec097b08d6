"""The top line: which design, whether it is saved, and what every choice is measured against."""

from __future__ import annotations

from collections.abc import Sequence

from vreltui.tui.glyphs import Glyphs
from vreltui.tui.lines import Line, fit, line, width_of
from vreltui.tui.widgets.line_view import LineView


class Header(LineView):
    """Name, title, goal, baseline, and the state of the computation at the right."""

    def __init__(self, *, glyphs: Glyphs, id: str | None = None) -> None:  # noqa: A002
        super().__init__(glyphs=glyphs, id=id)
        self._file = ""
        self._dirty = False
        self._heading = ""
        self._measures: tuple[str, ...] = ()
        self._state = ""

    def show(
        self, name: str, *, dirty: bool, title: str, measures: Sequence[str], state: str
    ) -> None:
        """Show another design or state; ``measures`` are goal, baseline and limits."""
        shown = (name, dirty, title, tuple(text for text in measures if text), state)
        if self.is_news(shown):
            self._file, self._dirty, self._heading, self._measures, self._state = shown
            self.redraw()

    def build(self, width: int, height: int) -> Sequence[Line]:
        """What fits, the most needed first: state, name, goal, then the rest."""
        dots = self.glyphs.ellipsis
        state: Line = line((f" {self._state}", "warning")) if self._state else ()
        name = fit(self._file, min(len(self._file), max(12, width // 3)), dots).rstrip()
        left = line((f" {name}", "title"), (" *" if self._dirty else "", "warning"))
        room = width - width_of(state) - width_of(left) - 1
        shown: list[str] = []
        for text in self._measures:
            if sum(len(other) + 3 for other in shown) + len(text) + 3 <= room:
                shown.append(text)
        tail = "   ".join(shown)
        used = len(tail) + 3 if tail else 0
        title: Line = ()
        if self._heading and room - used >= 16:
            cut = fit(self._heading, min(len(self._heading), room - used - 3), dots).rstrip()
            title = line((f"   {cut}", "dim"))
        middle = (*left, *title)
        gap = max(1, width - width_of(middle) - len(tail) - width_of(state) - 1)
        return [(*middle, (" " * gap, ""), (tail, ""), *state)]
