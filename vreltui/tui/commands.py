"""What the screen's own actions do, by their ids in the registry."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from vreltui.tui.file_commands import FileCommands
from vreltui.tui.open_commands import OpenCommands
from vreltui.tui.outside_editor import OutsideEditor
from vreltui.tui.screens.help import HelpScreen
from vreltui.tui.screens.picker import Item, Picker
from vreltui.tui.tree_search import Search
from vreltui.tui.version_commands import VersionCommands
from vreltui.tui.view_commands import ViewCommands
from vreltui.workbench import COPY, MOVES, Action
from vreltui.workbench.commands.action_list import CHOICE_NUMBERS
from vreltui.workbench.commands.marked import places
from vreltui.workbench.commands.synonyms import SYNONYMS

if TYPE_CHECKING:
    from vreltui.tui.panes.host import PaneHost
    from vreltui.tui.questions import Questions
    from vreltui.tui.stage import Stage


class Commands:
    """The actions that are neither a change nor a question."""

    def __init__(self, screen: Stage, questions: Questions, panes: PaneHost) -> None:
        self._screen = screen
        self._panes = panes
        self.view = ViewCommands(screen, panes)
        self.files = FileCommands(screen, questions)
        self.opening = OpenCommands(screen, questions, self.files)
        self.versions = VersionCommands(screen, questions)
        self.search = Search(screen, questions)
        self.editor = OutsideEditor(screen, self.files)

    def run(self, action: Action) -> None:
        """Do an action that is the screen's own, or a pane's."""
        if not self._panes.run(action):
            self.method(action.id)()

    def method(self, name: str) -> Callable[[], None]:
        """What does an action. Raises :class:`AttributeError` when nothing does."""
        if name in CHOICE_NUMBERS:
            return partial(self.take_choice, CHOICE_NUMBERS[name])
        about_files = (self.files, self.opening, self.versions, self.editor)
        for owner in (self.search, self, self.view, *about_files):
            # One of them has it: an action that none of them does raises below, and in a test.
            found = getattr(owner, name, None)
            if callable(found):
                return found  # type: ignore[no-any-return]
        raise AttributeError(name)

    def greet(self) -> None:
        """The first message, or the first question."""
        screen = self._screen
        if self.files.offer_recovery() or self.files.offer_copy():
            return
        if self.opening.show_losses():
            return
        faults = [*screen.faults, *screen.bench.warnings, *screen.bench.left_alone]
        if screen.bench.read_only:
            screen.say(f"read only: {screen.bench.read_only}", "warning")
        elif faults:
            screen.say(faults[0], "warning")
        else:
            screen.say(self._welcome(), "dim")

    def _welcome(self) -> str:
        key, design = self._screen.keymap.key_of, self._screen.bench.design
        if design.goal is None and design.baseline is None:
            build, goal, moves, helped = map(key, ("add", "edit_goal", "moves", "help"))
            return f"{goal} sets a goal, {build} adds a part, {moves} lists moves, {helped} helps"
        down, up, plot, helped = map(key, ("nudge_down", "nudge_up", "plot", "help"))
        text = f"try {down} and {up} on a value, {plot} to see where it crosses, {helped} for help"
        if len(text) < self._screen.app.size.width:
            return text
        return f"try {down} and {up}, then {plot}; {helped} for help"

    # Places

    def move(self, rows: int) -> None:
        """Move the cursor by rows."""
        all_rows = self._screen.shown_tree.rows
        here = self._index()
        there = max(0, min(here + rows, len(all_rows) - 1))
        if there != here:
            self._screen.bench.select(all_rows[there].position)

    def _index(self) -> int:
        return self._screen.shown_tree.rows.at(self._screen.bench.position)

    def cursor_up(self) -> None:
        """One row up."""
        self.move(-1)

    def cursor_down(self) -> None:
        """One row down."""
        self.move(1)

    def page_up(self) -> None:
        """As many rows up as are seen."""
        self.move(-self._screen.tree_view.page)

    def page_down(self) -> None:
        """As many rows down as are seen."""
        self.move(self._screen.tree_view.page)

    def half_page_up(self) -> None:
        """Half as many rows up as are seen."""
        self.move(-max(1, self._screen.tree_view.page // 2))

    def half_page_down(self) -> None:
        """Half as many rows down as are seen."""
        self.move(max(1, self._screen.tree_view.page // 2))

    def first(self) -> None:
        """The root."""
        self.move(-len(self._screen.shown_tree.rows))

    def last(self) -> None:
        """The last row."""
        self.move(len(self._screen.shown_tree.rows))

    def mark(self) -> None:
        """Mark what is selected, or not any more, and go on."""
        screen = self._screen
        bench = screen.bench
        bench.mark(bench.marked ^ {bench.node})
        self.move(1)
        many = len(places(bench)) if bench.marked else 0
        key = screen.keymap.key_of("cancel")
        screen.say(f"{many} marked: an edit is of all of them, {key} unmarks" if many else "")

    def fold(self) -> None:
        """Hide or show what is below."""
        row = self._screen.shown_tree.rows[self._index()]
        if row.expandable:
            self._screen.shown_tree.toggled ^= {row.position}
            self._screen.update()

    def expand(self) -> None:
        """Show what is below, then go there."""
        row = self._screen.shown_tree.rows[self._index()]
        if row.expandable and not row.expanded:
            self.fold()
        elif row.expandable:
            self._screen.bench.select(row.position.child(0))

    def collapse(self) -> None:
        """Hide what is below, or go up."""
        row = self._screen.shown_tree.rows[self._index()]
        if row.expandable and row.expanded:
            self.fold()
        elif not row.position.is_root:
            self._screen.bench.select(row.position.parent)

    def next_choice(self) -> None:
        """Take the next choice in hand."""
        self._step_choice(1)

    def previous_choice(self) -> None:
        """Take the one before in hand."""
        self._step_choice(-1)

    def take_choice(self, number: int) -> None:
        """Take a choice in hand, by its place among them."""
        names = list(self._screen.bench.design.choices)
        if number > len(names):
            self._screen.say(f"there is no choice {number}", "warning")
        else:
            self._screen.bench.select_choice(names[number - 1])

    def _step_choice(self, by: int) -> None:
        bench = self._screen.bench
        names = list(bench.design.choices)
        bench.select_choice(names[(names.index(bench.choice) + by) % len(names)])

    # The screen

    def redraw(self) -> None:
        """Draw everything again, and compute again what was given up."""
        self._screen.session.again()
        self._panes.ask_again()
        self._screen.redraw()

    def cancel(self) -> None:
        """Close what is open, with what it has under way; else give up what is computed.

        Who leaves a pane wants to see the tree, with the figures that are still to come.
        """
        screen, panes = self._screen, self._panes
        if self.search.stop():
            pass
        elif screen.bench.marked:
            screen.bench.mark(())
        elif panes.zoomed or panes.shown:
            panes.cancel()
            if panes.zoomed:
                panes.zoom()
            else:
                panes.shut()
        elif screen.session.state == "computing":
            screen.session.cancel()
        else:
            panes.cancel()
        screen.say("")
        screen.update()

    def help(self) -> None:
        """Every key, and a short tour."""
        self._screen.app.push_screen(HelpScreen(self._screen.keymap, self._screen.glyphs))

    def palette(self) -> None:
        """Find a command by its name."""
        self._menu("Commands", list(self._screen.keymap.actions.values()))

    def moves(self) -> None:
        """The moves of the paper."""
        moves = self._screen.keymap.groups()[MOVES]
        self._menu("New choice beside this one", moves, letters=True)

    def copy_out(self) -> None:
        """What can be copied to the clipboard of the terminal."""
        copies = self._screen.keymap.groups()[COPY]
        self._menu("Copy to the clipboard", [each for each in copies if each.id != "copy_out"])

    def _menu(self, title: str, actions: list[Action], *, letters: bool = False) -> None:
        keymap, bench = self._screen.keymap, self._screen.bench
        items = [
            Item(
                action.id,
                action.title,
                action.hint,
                " ".join(keymap.keys_of(action.id)[: -1 if letters else 2]),
                " ".join((action.unavailable(bench) or "").split()),
                action.removes,
                SYNONYMS.get(action.id, ""),
                action.letter if letters else "",
            )
            for action in actions
            if action.id != "palette"
        ]
        items.sort(key=lambda item: bool(item.disabled))

        def take(name: str | None) -> None:
            if name is not None:
                self._screen.run(keymap.actions[name])

        self._screen.app.push_screen(Picker(title, items, self._screen.glyphs), take)

    # History

    def undo(self) -> None:
        """Take back the last edit."""
        label = self._screen.bench.undo()
        self._screen.say(f"undone: {label}" if label else "nothing to undo")

    def redo(self) -> None:
        """Do it again."""
        label = self._screen.bench.redo()
        self._screen.say(f"done again: {label}" if label else "nothing to do again")
