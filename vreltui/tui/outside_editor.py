"""The person's own editor on the design's file, at the line of what is selected."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from vreltui.model import Problem, VreltuiError
from vreltui.storage import FileError
from vreltui.tui.questions import in_short

if TYPE_CHECKING:
    from vreltui.tui.file_commands import FileCommands
    from vreltui.tui.stage import Stage

_PLUS = frozenset(
    (
        *("vi", "vim", "nvim", "vim.tiny", "vim.basic", "view", "ex", "vis", "kak", "editor"),
        *("nano", "pico", "micro", "emacs", "emacsclient", "mg", "jed", "joe", "ne", "mcedit"),
        *("gedit", "sensible-editor"),
    )
)
"""Editors that go to a line by ``+LINE FILE``."""

_COLON = frozenset(("hx", "helix", "subl", "zed"))
"""Editors that go to a line by ``FILE:LINE``."""

_GOTO = frozenset(("code", "code-insiders", "codium"))
"""Editors that go to a line by ``--goto FILE:LINE``."""

_USUAL = ("vi", "nano")
"""What is run where neither VISUAL nor EDITOR names an editor."""


def editor(environment: Mapping[str, str]) -> list[str]:
    """The editor that the environment names, with its options, or a usual one; empty for none.

    >>> editor({"EDITOR": "code --wait"})
    ['code', '--wait']
    """
    for name in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(environment.get(name, ""))
        except ValueError:  # a quotation that does not end
            continue
        if words:
            return words
    return next(([name] for name in _USUAL if shutil.which(name)), [])


def at_line(words: Sequence[str], path: Path, line: int) -> list[str]:
    """The command that opens a file at a line, where the editor is known to have a way for that.

    >>> at_line(["vim", "-n"], Path("/tmp/d.toml"), 7)
    ['vim', '-n', '+7', '/tmp/d.toml']
    >>> at_line(["code", "--wait"], Path("/tmp/d.toml"), 7)
    ['code', '--wait', '--goto', '/tmp/d.toml:7']
    >>> at_line(["unheard-of"], Path("/tmp/d.toml"), 7)
    ['unheard-of', '/tmp/d.toml']
    """
    name, file = Path(words[0]).name, os.path.abspath(path)  # noqa: PTH100 - links stay
    if name in _PLUS:
        return [*words, f"+{line}", file]
    if name in _COLON:
        return [*words, f"{file}:{line}"]
    if name in _GOTO:
        return [*words, "--goto", f"{file}:{line}"]
    return [*words, file]


class OutsideEditor:
    """The command that gives the terminal to an editor, and takes what it wrote."""

    def __init__(self, screen: Stage, files: FileCommands) -> None:
        self._screen = screen
        self._files = files
        self._wrong: int | None = None
        """The line at which what the editor wrote last can't be used."""

    def edit_file(self) -> None:
        """Edit the file, after a question where what is here is not in it."""
        self._files.when_saved("the editor opens the file", self._edit)

    def _edit(self) -> None:
        screen, bench = self._screen, self._screen.bench
        words, path = editor(os.environ), bench.path
        if not words or path is None:
            screen.say("no editor is known: EDITOR names one", "warning")
            return
        name = Path(words[0]).name
        line = self._wrong or bench.document.line(Problem(("nodes", bench.node), "")) or 1
        try:
            with screen.app.suspend(), _left_to_the_editor():
                command = at_line(words, path, line)
                ended = subprocess.run(command, check=False).returncode  # noqa: S603 - the user's
        except SuspendNotSupported:
            screen.say("this terminal can't be given to an editor", "warning")
            return
        except OSError as error:
            screen.say(f"{name} can't be run: {error.strerror}", "error")
            return
        self._take(f"{name} ended with status {ended}" if ended else "")

    def _take(self, complaint: str) -> None:
        """Take what the editor wrote, where that is a design."""
        screen, bench = self._screen, self._screen.bench
        self._wrong = None
        bench.has_news()  # told here, and not once more when the file is looked at next
        if not bench.changed_on_disk():
            screen.say(complaint or "the file is as it was", "warning" if complaint else "")
            return
        try:
            bench.reload()
        except VreltuiError as error:
            self._wrong = error.line if isinstance(error, FileError) else None
            key = screen.keymap.key_of("edit_file")
            screen.say(f"{key} goes there: {in_short(error)}", "error")
            return
        screen.say(complaint or "this is how the editor left it; undo brings back the other")


@contextmanager
def _left_to_the_editor() -> Iterator[None]:
    """While the editor has the terminal, what is typed to interrupt is meant for it."""

    def ignored(_: int, __: FrameType | None) -> None:
        """Not SIG_IGN, which the editor would inherit."""

    before = {each: signal.signal(each, ignored) for each in (signal.SIGINT, signal.SIGQUIT)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
