"""What a click or the wheel of the mouse does on the screen of a design."""

from __future__ import annotations

from typing import Protocol

from vreltui.tui.commands import Commands
from vreltui.tui.keymap import Keymap
from vreltui.tui.panes.host import PaneHost
from vreltui.tui.questions import Questions
from vreltui.tui.widgets.choices import Choices
from vreltui.tui.widgets.divider import Rule
from vreltui.tui.widgets.keybar import KeyBar
from vreltui.tui.widgets.pane import PaneView
from vreltui.tui.widgets.tree import TreeView
from vreltui.workbench import Action, Workbench


class Clickable(Protocol):
    """What a click has to know of the screen."""

    keymap: Keymap
    questions: Questions
    panes: PaneHost
    commands: Commands

    @property
    def bench(self) -> Workbench:
        """The open design."""

    def run(self, action: Action) -> None:
        """Do an action, or say why it can't be done."""

    def say(self, text: str, style: str = "") -> None:
        """Show a message until the next one."""


class Clicks:
    """The messages that the parts of a screen send when they are clicked."""

    def on_choices_picked(self: Clickable, message: Choices.Picked) -> None:
        """A choice was clicked."""
        self.bench.select_choice(message.choice)

    def on_tree_view_selected(self: Clickable, message: TreeView.Selected) -> None:
        """A row was clicked."""
        self.panes.focus(False)
        self.bench.select(message.position)
        if message.fold:
            self.commands.fold()

    def on_pane_view_clicked(self: Clickable, message: PaneView.Clicked) -> None:
        """A click on the pane gives it the focus."""
        self.panes.focus(True)

    def on_rule_title_clicked(self: Clickable, message: Rule.TitleClicked) -> None:
        """The name of a pane was clicked; the other titles do nothing."""
        if message.rule == "pane-rule":
            self.panes.click_title(message.cell)

    def on_pane_view_resized(self: Clickable, message: PaneView.Resized) -> None:
        """The pane has another size."""
        self.panes.update()

    def on_tree_view_scrolled(self: Clickable, message: TreeView.Scrolled) -> None:
        """The wheel moved over the tree."""
        self.commands.move(message.rows)

    def on_key_bar_pressed(self: Clickable, message: KeyBar.Pressed) -> None:
        """A hint was clicked."""
        if message.action == "answer":
            self.questions.accept()
        elif message.action.startswith("letter "):
            self.questions.letter(message.action[-1])
        elif message.action == "no_answer":
            self.questions.cancel()
        else:
            _click(self, self.keymap.actions[message.action])


def _click(screen: Clickable, action: Action) -> None:
    """Do what a hint stands for; what removes something takes a key, not a slip of the hand."""
    if action.removes:
        key = screen.keymap.key_of(action.id)
        screen.say(f"{action.title.lower()}: press {key}; a click removes nothing", "warning")
    else:
        screen.run(action)
