"""The commands about an open design's file: save, leave; each asks before something is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from vreltui.model import VreltuiError
from vreltui.storage import ChangedOnDisk
from vreltui.tui.questions import Pending, Questions, in_short
from vreltui.tui.screens.difference import DifferenceScreen
from vreltui.workbench import Workbench
from vreltui.workbench.view.difference import (
    conflict,
    on_disk,
    recovery,
    recovery_is_stale,
    set_aside,
)

if TYPE_CHECKING:
    from vreltui.tui.stage import Stage


class FileCommands:
    """What saves and ends, by the ids of the actions."""

    def __init__(self, screen: Stage, questions: Questions) -> None:
        self._screen = screen
        self._questions = questions
        self._untaken: Literal["", "unsaved", "wrong"] = ""
        """Why what somebody else wrote to the file last is not what is here."""

    @property
    def _bench(self) -> Workbench:
        return self._screen.bench

    # Saving

    def save(self) -> None:
        """Save; under a name that is asked for when there is none."""
        self._save(lambda: None)

    def _save(self, then: Callable[[], None]) -> None:
        bench = self._bench
        if bench.path is None or bench.read_only:
            self._save_as(then)
            return
        try:
            bench.save()
        except ChangedOnDisk:
            self._conflict(then)
            return
        self._saved(then)

    def _conflict(self, then: Callable[[], None]) -> None:
        """Somebody else saved the file meanwhile: show how, and ask which is to stay."""
        bench, seen = self._bench, on_disk(self._bench)

        def keep_mine() -> None:
            # What is saved once more while the question is open is the next question.
            bench.acknowledge(seen)
            self._save(then)

        self._difference(
            f"{bench.name} was changed on the disk by somebody else since it was read",
            conflict(bench, seen),
            {
                "s": ("save as", lambda: self._save_as(then)),
                "t": ("keep theirs", self.reload),
                "m": ("keep mine", keep_mine),
            },
        )

    def _difference(
        self,
        question: str,
        lines: list[str],
        answers: dict[str, tuple[str, Callable[[], None]]],
        neither: Callable[[], None] | None = None,
    ) -> None:
        """Show what differs and ask what to do; ``neither`` is done where nothing is answered."""
        words = {letter: word for letter, (word, _) in answers.items()}
        screen = DifferenceScreen(question, lines, words, self._screen.glyphs)
        take = self._questions.guarded(lambda letter: answers[letter][1]())

        def answered(letter: str | None) -> None:
            if letter is None and neither is not None:
                neither()
            take(letter)

        self._screen.app.push_screen(screen, answered)

    def _saved(self, then: Callable[[], None]) -> None:
        self._screen.say(f"saved {self._bench.path}")
        then()

    def save_as(self) -> None:
        """Save under another name, and go on there."""
        self._save_as(lambda: None)

    def _save_as(self, then: Callable[[], None]) -> None:
        bench = self._bench

        def answer(text: str) -> None:
            if not text.strip():
                self._screen.say("not saved: no name was typed", "warning")
                return
            path = of_the_same_sort(expanded(text), initial)
            if bench.path is not None and same_file(path, bench.path) and not bench.read_only:
                self._save(then)
                return
            try:
                bench.save_as(path)
            except ChangedOnDisk:

                def replace() -> None:
                    bench.save_as(path, replace=True)
                    self._saved(then)

                self._questions.confirm(f"{path} is there already", {"replace it": replace})
                return
            self._saved(then)

        initial = str(bench.path or bench.proposed or "design.toml")
        if bench.read_only and bench.path is not None:
            initial = str(bench.path.with_name(f"{bench.path.stem}-copy{bench.path.suffix}"))
        self._questions.line("Save as", Pending(answer, None, initial))

    def reload(self) -> None:
        """Take what is on the disk; undo takes it back."""
        self._bench.reload()
        self._screen.say("reloaded from the disk; undo brings back what was here")

    def follow(self) -> None:
        """Take what somebody else wrote to the file, or tell of it while something is unsaved."""
        bench, screen = self._bench, self._screen
        is_new = bench.has_news()
        if not is_new and not self._untaken:
            return
        if not bench.changed_on_disk():
            if self._untaken == "wrong":
                screen.say("the file is again as it was read")
            self._untaken = ""
            return
        if not is_new and (bench.dirty or self._untaken == "wrong"):
            return
        if bench.dirty:
            self._untaken = "unsaved"
            save, take = screen.keymap.key_of("save"), screen.keymap.key_of("reload")
            screen.say(f"another program changed the file: {save} compares, {take} takes it")
            return
        try:
            bench.reload()
        except VreltuiError as error:
            self._untaken = "wrong"
            screen.say(f"not followed: {in_short(error)}", "warning")
            return
        self._untaken = ""
        screen.say("the file was changed: this is how it is now; undo brings back the other")

    # Leaving

    def quit(self) -> None:
        """End, after a question when something is not saved."""
        self.when_kept(self._screen.leave)

    def when_kept(self, go: Callable[[], None]) -> None:
        """Do something that loses what is not saved, after a question where there is such."""
        if not self._bench.dirty:
            go()
            return
        self._questions.confirm(
            f"{self._bench.name} has changes that are not saved",
            {"save": lambda: self._save(go), "drop them": go},
        )

    def when_saved(self, why: str, go: Callable[[], None]) -> None:
        """Do something with the file once it holds what is here, after a question where not."""
        if self._bench.path is not None and not self._bench.dirty:
            go()
            return
        what = "changes that are not saved" if self._bench.path is not None else "no file yet"
        self._questions.confirm(
            f"{self._bench.name} has {what}, and {why}", {"save": lambda: self._save(go)}
        )

    def offer_recovery(self) -> bool:
        """Ask whether to take what a killed process left; whether there is something."""
        bench = self._bench
        if bench.recovered is None:
            return False
        if recovery_is_stale(bench):
            self._show_recovery()
        else:
            self._ask_recovery()
        return True

    def _ask_recovery(self) -> None:
        bench = self._bench
        self._questions.confirm(
            bench.recovery_words,
            {
                "take them": bench.accept_recovery,
                "drop them": bench.decline_recovery,
                "see them": self._show_recovery,
            },
        )

    def _show_recovery(self) -> None:
        bench = self._bench
        self._difference(
            bench.recovery_words,
            recovery(bench),
            {"t": ("take them", bench.accept_recovery), "d": ("drop them", bench.decline_recovery)},
            neither=self._ask_recovery,
        )

    def declined(self) -> None:
        """Show the edits that were set aside last, and ask whether to take them after all."""
        bench = self._bench
        if self.offer_recovery():  # they are still undecided
            return
        left = bench.declined()
        if left is None or left.text == bench.document.text:
            self._screen.say("no other edits were set aside", "dim")
            return

        def take() -> None:
            bench.take_declined(left)
            self._screen.say("the edits set aside are here again; undo takes them back")

        self._difference(
            f"set aside, the last edit on {left.when:%Y-%m-%d at %H:%M}",
            set_aside(bench, left),
            {"t": ("take them", take)},
        )

    def regain(self) -> bool:
        """Take over the file once the other process is gone; whether another text is shown now."""
        bench, seen = self._bench, self._bench.document
        if not bench.regain():
            return False
        self._screen.say("the other vreltui is gone: this can be edited now")
        return self.offer_recovery() or bench.document is not seen

    def offer_copy(self) -> bool:
        """Say who edits the file elsewhere, and offer a copy of it; whether somebody does."""
        bench = self._bench
        if not bench.read_only or bench.document.read_only:
            return False
        held = bench.read_only.removeprefix("it is ")

        def look() -> None:
            self._screen.say(f"read only: {held}", "warning")

        self._questions.confirm(held, {"read only": look, "copy to edit": self.save_as})
        return True


def expanded(text: str) -> Path:
    """The path that was typed, with ``~`` as the home folder where there is one."""
    path = Path(text.strip())
    try:
        return path.expanduser()
    except RuntimeError:  # there is no such user
        return path


def of_the_same_sort(path: Path, offered: str) -> Path:
    """The path typed over an offered one, with that one's ``.toml`` where it has no ending.

    A number behind a dot, as in ``node-1.2``, is a part of the name.
    """
    ending = Path(offered).suffix
    without = not path.suffix or path.suffix[1:].isdigit()
    if ending != ".toml" or not without or not path.name or path.is_dir():
        return path
    return path.with_name(f"{path.name}{ending}")


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file; paths that lead nowhere are compared as written."""
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return one == other
