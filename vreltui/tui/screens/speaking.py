"""How a screen says something, and asks for something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from textual.app import App

from vreltui.tui import tmux
from vreltui.tui.glyphs import Glyphs
from vreltui.tui.questions import Pending, Questions
from vreltui.tui.screens.picker import Item, Picker
from vreltui.tui.widgets.prompt import Prompt


class Speaking(Protocol):
    """What saying and asking needs of the screen."""

    glyphs: Glyphs
    questions: Questions

    @property
    def app(self) -> App[Any]:
        """The application."""

    @property
    def prompt(self) -> Prompt:
        """The line for messages and questions."""

    def say(self, text: str, style: str = "") -> None:
        """Show a message until the next one."""


class Asking:
    """Messages, lists to pick from, lines to type, and what is copied."""

    def say(self: Speaking, text: str, style: str = "") -> None:
        """Show a message until the next one."""
        self.prompt.say(" ".join(text.split()), style)

    def pick(self: Speaking, title: str, items: list[Item], take: Callable[[str], None]) -> None:
        """Let one of some be picked, and do something with it; an error is a message."""
        picker = Picker(title, items, self.glyphs)
        self.app.push_screen(picker, self.questions.guarded(take))

    def ask(self: Speaking, label: str, answer: Callable[[str], None], initial: str = "") -> None:
        """Ask for a line of text, and do something with it; an error is a message."""
        self.questions.line(label, Pending(answer, initial=initial))

    def clip(self: Speaking, text: str, what: str) -> None:
        """Copy a text to the clipboard of the terminal, and say what was copied."""
        self.say(*tmux.copied(text, what, self.app.copy_to_clipboard))
