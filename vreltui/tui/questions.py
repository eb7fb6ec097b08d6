"""Questions on the prompt line: what is typed is tried at once, and done on Enter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events

from vreltui.model import VreltuiError
from vreltui.model.names import shown
from vreltui.storage import FileError, SaveError
from vreltui.tui.widgets.keybar import Hint
from vreltui.workbench import Action, Change, Option, Question
from vreltui.workbench.commands.marked import places

if TYPE_CHECKING:
    from vreltui.tui.stage import Stage


@dataclass(frozen=True)
class Pending:
    """An open question: what an answer would change, or what to do with it.

    ``typed`` is called with what is typed so far, ``left`` where no answer is given.
    """

    answer: Callable[[str], None]
    change: Callable[[str], Change] | None = None
    initial: str = ""
    typed: Callable[[str], None] | None = None
    left: Callable[[], None] | None = None


class Questions:
    """The questions of one design screen."""

    def __init__(self, screen: Stage) -> None:
        self._screen = screen
        self._pending: Pending | None = None

    @property
    def open(self) -> bool:
        """Whether a question waits on the prompt line."""
        return self._pending is not None

    def hints(self) -> list[Hint]:
        """What the keys do while a question is open."""
        if isinstance(self._pending, _Letter):
            letters = self._pending.letters.items()
            answers = [Hint(key, word, f"letter {key}") for key, word in letters]
            return [*answers, Hint("esc", "neither", "no_answer")]
        return [Hint("enter", "do it", "answer"), Hint("esc", "leave it as it was", "no_answer")]

    def question(self, action: Action, question: Question) -> None:
        """Ask what an action wants to know."""
        bench = self._screen.bench

        def change(text: str) -> Change:
            return action.answered(bench, text)

        def apply(text: str) -> None:
            done = change(text)
            bench.apply(done)
            self._screen.say(done.label)

        at = action.asked_at(bench)
        initial = question.initial(at)
        options = None if question.options is None else question.options(at)
        if options is not None:
            self._pick(action, question, options, apply)
        elif question.lines:
            self._write(action, initial, apply)
        else:
            many = len(places(bench)) if at is not bench else 1
            of = f"{many} marked" if many > 1 else at.node
            label = f"{question.prompt} ({of})" if "alue" in question.prompt else None
            self.line(label or question.prompt, Pending(apply, change, initial))

    def _pick(
        self,
        action: Action,
        question: Question,
        options: Sequence[Option],
        apply: Callable[[str], None],
    ) -> None:
        from vreltui.tui.screens.picker import Item, Picker

        items = [Item(option.text, option.text, option.label) for option in options]
        picker = Picker(
            question.prompt, items, self._screen.glyphs, free=question.free, hint=action.hint
        )
        self._screen.app.push_screen(picker, self.guarded(apply))

    def _write(self, action: Action, initial: str, apply: Callable[[str], None]) -> None:
        from vreltui.tui.screens.text import TextScreen

        title = f"{action.title} of {self._screen.bench.node}"
        screen = TextScreen(title, initial, self._screen.glyphs)
        self._screen.app.push_screen(screen, self.guarded(apply))

    def guarded(self, answer: Callable[[str], None]) -> Callable[[str | None], None]:
        """``answer`` for what a screen gives back: nothing is nothing, an error is a message."""

        def result(text: str | None) -> None:
            if text is None:
                return
            try:
                answer(text)
            except VreltuiError as error:
                self._screen.say(in_short(error), "error")

        return result

    def line(self, label: str, pending: Pending, why: str = "") -> None:
        """Ask for a line of text; ``why`` stands beside it until something is typed."""
        self._pending = pending
        self._screen.prompt.ask(label, pending.initial)
        self._screen.update()
        if why:
            self._note(why, "warning")

    def confirm(self, label: str, answers: dict[str, Callable[[], None]]) -> None:
        """Ask for one letter, the first of each word of ``answers``; escape does nothing."""
        letters = {word[0]: word for word in answers}
        pending = _Letter(lambda letter: answers[letters[letter]](), letters=letters)
        self._pending = pending
        self._screen.prompt.ask(label, typed=False)
        self._screen.update()

    def key(self, event: events.Key) -> None:
        """A key while a question is open."""
        if event.key == "escape" or event.key == "ctrl+c":
            self.cancel()
        elif isinstance(self._pending, _Letter):
            self._letter(event, self._pending)
        elif event.key == "enter":
            self.accept()
        elif self._screen.prompt.edit(event):
            self._try()

    def _letter(self, event: events.Key, pending: _Letter) -> None:
        self.letter((event.character or "").lower(), pending)

    def letter(self, letter: str, pending: Pending | None = None) -> None:
        """Answer a question for one letter."""
        pending = pending or self._pending
        if not isinstance(pending, _Letter) or letter not in pending.letters:
            return
        self._close()
        try:
            pending.answer(letter)
        except VreltuiError as error:
            self._screen.say(in_short(error), "error")
        self._screen.update()

    def paste(self, text: str) -> None:
        """Text pasted into the answer."""
        self._screen.prompt.paste(text)
        self._try()

    def _try(self) -> None:
        pending, prompt = self._pending, self._screen.prompt
        if pending is not None and pending.typed is not None:
            pending.typed(prompt.text)
        if pending is None or pending.change is None:
            return
        try:
            change = pending.change(prompt.text)
        except VreltuiError as error:
            self._screen.session.try_change(None)
            self._note(str(error), "warning")
            return
        self._screen.session.try_change(change)
        self._note("")

    def accept(self) -> None:
        """Do what the answer says; a wrong one stays open, with what is wrong."""
        pending, text = self._pending, self._screen.prompt.text
        if pending is None or isinstance(pending, _Letter):
            return
        try:
            if pending.change is not None:
                pending.change(text)
        except VreltuiError as error:
            self._note(str(error), "error")
            return
        self._close()
        try:
            pending.answer(text)
        except VreltuiError as error:
            self._screen.say(in_short(error), "error")
        self._screen.update()

    def _note(self, text: str, style: str = "") -> None:
        self._screen.prompt.note(text, style)
        self._screen.show_keys()

    def cancel(self) -> None:
        """Leave the question."""
        left = None if self._pending is None else self._pending.left
        self._close()
        if left is not None:
            left()
        self._screen.say("")
        self._screen.update()

    def _close(self) -> None:
        self._pending = None
        self._screen.prompt.close()
        self._screen.session.try_change(None)


def in_short(error: VreltuiError) -> str:
    """An error for one line of the screen, which may be cut: what to do comes first.

    Of a file that can't be read its folder is left out, which is longer than what is wrong.
    """
    if isinstance(error, SaveError):
        right = error.right or "save it under another name"
        return f"{error.outcome}: {right}; {error.why}; {error.file}"
    if isinstance(error, FileError):
        folder = shown(error.file).removesuffix(shown(Path(error.file).name))
        return str(error).removeprefix(folder)
    return str(error)


@dataclass(frozen=True)
class _Letter(Pending):
    letters: Mapping[str, str] = field(default_factory=dict)
