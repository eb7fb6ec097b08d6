"""What commands, questions and panes need of the screen on which they act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from vreltui.workbench import Action, Workbench

if TYPE_CHECKING:
    from textual.app import App

    from vreltui.tui.glyphs import Glyphs
    from vreltui.tui.keymap import Keymap
    from vreltui.tui.screens.picker import Item
    from vreltui.tui.screens.shown_tree import ShownTree
    from vreltui.tui.session import Session
    from vreltui.tui.widgets.pane import PaneView
    from vreltui.tui.widgets.prompt import Prompt
    from vreltui.tui.widgets.tree import TreeView


class Leavable(Protocol):
    """The application, as a screen sees it that the user leaves."""

    def leave(self) -> None:
        """End, as the user wishes: nothing unsaved is left, or it may go."""


class Stage(Protocol):
    """The design screen, as those see it that act on it. It knows them; they know this alone."""

    session: Session
    keymap: Keymap
    glyphs: Glyphs
    faults: Sequence[str]
    shown_tree: ShownTree

    @property
    def app(self) -> App[Any]:
        """The application."""

    @property
    def bench(self) -> Workbench:
        """The open design."""

    @property
    def tree_view(self) -> TreeView:
        """The tree."""

    @property
    def prompt(self) -> Prompt:
        """The line for messages and questions."""

    @property
    def pane(self) -> PaneView:
        """The pane."""

    @property
    def node(self) -> str:
        """The node that is shown as selected."""

    @property
    def is_attached(self) -> bool:
        """Whether the screen still stands."""

    def update(self) -> None:
        """Show everything as it is now."""

    def show_verdict(self) -> None:
        """Show the verdict, and what would make the choice meet."""

    def mark_nodes(self) -> None:
        """Mark the nodes in the tree of which the open pane speaks."""

    def show_keys(self) -> None:
        """Show what the keys do now."""

    def say(self, text: str, style: str = "") -> None:
        """Show a message until the next one."""

    def pick(self, title: str, items: list[Item], take: Callable[[str], None]) -> None:
        """Let one of some be picked, and do something with it; an error is a message."""

    def ask(self, label: str, answer: Callable[[str], None], initial: str = "") -> None:
        """Ask for a line of text, and do something with it; an error is a message."""

    def clip(self, text: str, what: str) -> None:
        """Copy a text to the clipboard of the terminal, and say what was copied."""

    def run(self, action: Action) -> None:
        """Do an action, or say why it can't be done."""

    def show_other(self, bench: Workbench) -> None:
        """Show another design in place of this one."""

    def leave(self) -> None:
        """End the application, as the user wishes: nothing unsaved is left, or it may go."""

    def redraw(self) -> None:
        """Draw everything again."""

    def after_drawing(self, call: Callable[[], None]) -> None:
        """Call something once what is to be seen is drawn."""
