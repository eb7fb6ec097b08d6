"""The tree on the screen: its rows, which of them are folded, and the bars that come later."""

from __future__ import annotations

import sys

from vreltui.model.edits import Position
from vreltui.tui.session import Session
from vreltui.tui.widgets.tree import TreeView
from vreltui.workbench import Rows, tree_rows


class ShownTree:
    """The rows of the choice in hand; ``toggled`` are those that are folded, or unfolded."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.toggled: frozenset[Position] = frozenset()
        self.rows: Rows = tree_rows(session.design, None, session.choice)
        self._rows_of: tuple[object, ...] = ()

    def show(self, view: TreeView) -> None:
        """Show the rows as they are now, with more about those that are seen."""
        self._show(view)
        if self._session.look_at(tuple(row.node for row in view.seen())):
            self._show(view)

    def show_shares(self, view: TreeView) -> bool:
        """Bars beside the rows, once the figures are drawn; whether there are others now."""
        found = self._session.find_shares()
        if found:
            self._show(view)
        return found

    def unfold(self, position: Position) -> None:
        """Let a place be seen, whatever was folded above it."""
        above = {Position(position.choice, position.steps[:n]) for n in range(len(position.steps))}
        self.toggled = self.toggled - above

    def _show(self, view: TreeView) -> None:
        self._make()
        session = self._session
        view.show(self.rows, session.position, stale=session.stale, marked=session.bench.marked)

    def _make(self) -> None:
        """The rows anew, unless all that they are made of is the same: a moved cursor is not."""
        session = self._session
        report = session.choice_report if session.choice in session.design.choices else None
        # All but the choice are never changed in place: the same object says the same.
        choice = sys.intern(session.choice)
        sources = (session.design, report, session.own, self.toggled, choice, session.shares)
        if list(map(id, sources)) == list(map(id, self._rows_of)):
            return
        self._rows_of = sources
        self.rows = tree_rows(
            session.design, report, choice, self.toggled, session.own, self.rows, session.shares
        )
