"""What the screen's own actions do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vreltui.model.edits import Position

if TYPE_CHECKING:
    from vreltui.tui.screens.design import DesignScreen


class Commands:
    """The actions that are neither a change nor a question, by their ids in the registry."""

    def __init__(self, screen: DesignScreen) -> None:
        self._screen = screen

    def run(self, name: str) -> None:
        """Do an action by its id."""
        getattr(self, f"_{name}")()

    def greet(self) -> None:
        """The first message."""
        key = self._screen.keymap.key_of
        self._screen.say(
            f"{key('nudge_up')} and {key('nudge_down')} nudge the selected value; "
            f"{key('help')} tells everything",
            "dim",
        )

    # Places

    def move(self, rows: int) -> None:
        """Move the cursor by rows."""
        all_rows = self._screen.rows
        here = self._index()
        there = max(0, min(here + rows, len(all_rows) - 1))
        if there != here:
            self._screen.bench.select(all_rows[there].position)

    def _index(self) -> int:
        position = self._screen.bench.position
        rows = self._screen.rows
        return next((i for i, row in enumerate(rows) if row.position == position), 0)

    def _cursor_up(self) -> None:
        self.move(-1)

    def _cursor_down(self) -> None:
        self.move(1)

    def _page_up(self) -> None:
        self.move(-self._screen.tree_view.page)

    def _page_down(self) -> None:
        self.move(self._screen.tree_view.page)

    def _first(self) -> None:
        self.move(-len(self._screen.rows))

    def _last(self) -> None:
        self.move(len(self._screen.rows))

    def _fold(self) -> None:
        row = self._screen.rows[self._index()]
        if row.expandable:
            self._screen.toggled ^= {row.position}
            self._screen.update()

    def _expand(self) -> None:
        row = self._screen.rows[self._index()]
        if row.expandable and not row.expanded:
            self._fold()
        elif row.expandable:
            self._screen.bench.select(row.position.child(0))

    def _collapse(self) -> None:
        row = self._screen.rows[self._index()]
        if row.expandable and row.expanded:
            self._fold()
        elif not row.position.is_root:
            self._screen.bench.select(row.position.parent)

    def _next_choice(self) -> None:
        self._step_choice(1)

    def _previous_choice(self) -> None:
        self._step_choice(-1)

    def _step_choice(self, by: int) -> None:
        bench = self._screen.bench
        names = list(bench.design.choices)
        bench.select_choice(names[(names.index(bench.choice) + by) % len(names)])

    # Panes

    def _plot(self) -> None:
        self._screen.panes.open("plot")

    def _formula(self) -> None:
        self._screen.panes.open("formula")

    def _compare(self) -> None:
        self._screen.panes.open("compare")

    def _detail(self) -> None:
        self._screen.panes.open("detail")

    def _zoom(self) -> None:
        self._screen.panes.zoom()

    def _pane_up(self) -> None:
        self._screen.pane.scroll_lines(-max(1, self._screen.pane.size.height // 2))

    def _pane_down(self) -> None:
        self._screen.pane.scroll_lines(max(1, self._screen.pane.size.height // 2))

    def _redraw(self) -> None:
        self._screen.refresh(layout=True)

    def _cancel(self) -> None:
        panes = self._screen.panes
        if self._screen.session.stale and self._screen.session.state == "computing":
            self._screen.session.cancel()
        elif panes.zoomed:
            panes.zoom()
        elif panes.current is not None:
            panes.open(panes.current)
        self._screen.say("")
        self._screen.update()

    # History and file

    def _undo(self) -> None:
        label = self._screen.bench.undo()
        self._screen.say(f"undone: {label}" if label else "nothing to undo")

    def _redo(self) -> None:
        label = self._screen.bench.redo()
        self._screen.say(f"done again: {label}" if label else "nothing to do again")

    def _save(self) -> None:
        self._screen.bench.save()
        self._screen.say(f"saved {self._screen.bench.name}")

    def _quit(self) -> None:
        bench = self._screen.bench
        if not bench.dirty:
            self._screen.app.exit()
            return

        def save() -> None:
            bench.save()
            self._screen.app.exit()

        self._screen.asking.confirm(
            f"{bench.name} has changes that are not saved: (s)ave, (d)rop them, (esc) stay",
            {"s": save, "d": self._screen.app.exit},
        )


__all__ = ["Commands", "Position"]
