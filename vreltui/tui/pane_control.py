"""Which pane is open and what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vreltui.tui.lines import Line, line
from vreltui.tui.panes import detail_lines
from vreltui.workbench import details

if TYPE_CHECKING:
    from vreltui.tui.screens.design import DesignScreen

PANES = ("detail", "plot", "formula", "compare")


class PaneControl:
    """The pane of one design screen."""

    def __init__(self, screen: DesignScreen) -> None:
        self._screen = screen
        self.current: str | None = None
        self.compared: str | None = None
        self.zoomed = False

    @property
    def shown(self) -> bool:
        """Whether a pane is open."""
        return self.current is not None

    def open(self, name: str) -> None:
        """Open a pane; the one that is open closes."""
        self.current = None if self.current == name else name
        if self.current is None:
            self.zoomed = False
        self._screen.update()

    def zoom(self) -> None:
        """Give the pane, or the verdict, the whole body, or back."""
        self.zoomed = not self.zoomed
        self._screen.update()

    def close(self) -> None:
        """Let go of what computes."""

    def title(self) -> Line:
        """The tabs, the open one bold."""
        pieces: list[tuple[str, str]] = []
        for name in PANES:
            key = self._screen.keymap.key_of(name)
            pieces += [(key, "key"), (f" {name}  ", "bold" if name == self.current else "dim")]
        return line(*pieces)

    def update(self) -> None:
        """Show the present content."""
        if self.current == "detail":
            session = self._screen.session
            texts = details(session.design, session.report, session.position)
            self._screen.pane.show(lambda width, height: detail_lines(texts, width))
