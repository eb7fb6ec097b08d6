"""The commands that change the view alone, or copy from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vreltui.tui.clipboard import table_text, value_text
from vreltui.workbench import choice_lines

if TYPE_CHECKING:
    from vreltui.tui.panes.host import PaneHost
    from vreltui.tui.stage import Stage


class ViewCommands:
    """What changes the view alone, by the ids of the actions."""

    def __init__(self, screen: Stage, panes: PaneHost) -> None:
        self._screen = screen
        self._panes = panes

    # Panes

    def focus_pane(self) -> None:
        """The other one of tree and pane gets the focus."""
        if self._panes.shown:
            self._panes.focus(self._panes.focused is None)
        else:
            self._screen.say("there is no pane to go to; one is opened first", "warning")

    def zoom(self) -> None:
        """The pane, or the verdict, on all of the screen."""
        self._panes.zoom()

    def pane_up(self) -> None:
        """Half a pane up."""
        pane = self._screen.pane
        pane.scroll_lines(-max(1, pane.size.height // 2))

    def pane_down(self) -> None:
        """Half a pane down."""
        pane = self._screen.pane
        pane.scroll_lines(max(1, pane.size.height // 2))

    # Copying

    def copy(self) -> None:
        """Keep the subtree for pasting."""
        bench = self._screen.bench
        bench.copy()
        self._screen.say(f"copied {bench.node}: {self._screen.keymap.key_of('paste')} pastes")

    def copy_value(self) -> None:
        """The selected figure."""
        rows = self._screen.shown_tree.rows
        row = rows[rows.at(self._screen.session.position)]
        self._screen.clip(value_text(row), f"{rows.headings[0]} of {row.node}")

    def copy_table(self) -> None:
        """Choices and tree."""
        session = self._screen.session
        lines = choice_lines(session.design, session.report)
        self._screen.clip(table_text(lines, self._screen.shown_tree.rows), "the table")

    def suspend(self) -> None:
        """Stop the process until the shell lets it go on."""
        self._screen.app.action_suspend_process()
