"""The commands that say what an open design means otherwise than its file, or than a revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vreltui.tui.questions import Pending, Questions
from vreltui.tui.screens.difference import DifferenceScreen
from vreltui.tui.slow import Slow
from vreltui.workbench.open.revisions import at_revision
from vreltui.workbench.view.difference import on_disk
from vreltui.workbench.view.versions import Versions

if TYPE_CHECKING:
    from vreltui.tui.stage import Stage

_SECONDS = 10.0


class VersionCommands:
    """Each asks a process of its own, and shows the answer when it comes."""

    def __init__(self, screen: Stage, questions: Questions) -> None:
        self._screen = screen
        self._questions = questions
        self._slow: Slow[Versions, list[str]] = Slow(
            "vreltui.workbench.view.versions:compared", self._arrived
        )
        self._asked: Versions | None = None
        self._depth = 0

    def compare_saved(self) -> None:
        """Compare with the file as it is on the disk."""
        bench = self._screen.bench
        disk = on_disk(bench)
        if disk is None:
            self._screen.say(f"{bench.name} is not to be had on the disk", "warning")
            return
        self._ask(disk.decode("utf-8", "replace"), f"{bench.name} on the disk")

    def compare_revision(self) -> None:
        """Compare with the file as git keeps it in a revision."""
        bench = self._screen.bench

        def answer(text: str) -> None:
            assert bench.path is not None
            self._ask(at_revision(bench.path, text), f"{bench.name} at {text.strip()}")

        self._questions.line("Compare with the revision", Pending(answer, None, "HEAD"))

    def close(self) -> None:
        """End what is still being compared."""
        self._slow.close()

    def _ask(self, old: str, name: str) -> None:
        new = self._screen.bench.document.text
        self._asked = Versions(old, name, new, "what is on this screen", _SECONDS)
        self._screen.say("comparing", "dim")
        self._depth = len(self._screen.app.screen_stack)
        self._slow.ask(object(), self._asked)

    def _arrived(self) -> None:
        asked, answer = self._asked, self._slow.answer
        if asked is None or self._slow.under_way or not self._screen.is_attached:
            return
        self._asked = None
        if self._slow.state or answer is None:
            self._screen.say(self._slow.state, "warning")
        elif len(self._screen.app.screen_stack) > self._depth or self._questions.open:
            self._screen.say("compared; ask again to see it", "dim")
        else:
            self._screen.say("")
            title = f"what changed from {asked.old_name} to {asked.new_name}"
            screen = DifferenceScreen(title, answer[1:], {}, self._screen.glyphs)
            self._screen.app.push_screen(screen)
