"""The commands that open another design: by its file's name, of late, from a template."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from vreltui.exchange.wishes import Wish, WishError, Wishes
from vreltui.model import Problem, VreltuiError
from vreltui.storage import FileError
from vreltui.tui.file_commands import FileCommands, expanded
from vreltui.tui.lines import wrap
from vreltui.tui.questions import Pending, Questions
from vreltui.tui.screens.difference import DifferenceScreen
from vreltui.tui.screens.picker import Item, Picker
from vreltui.workbench import (
    Change,
    Workbench,
    designs_nearby,
    new_design,
    open_design,
    patterns,
    recent_files,
    recover_unsaved,
    templates,
    unsaved_designs,
)

if TYPE_CHECKING:
    from vreltui.tui.stage import Stage

ASKED: dict[Wish, str] = {
    "top": "The gate at the top",
    "time": "Mission time, such as 30 d",
    "component": "Reliability of what states none",
    "bounds": "Take a proven bound for it: yes",
}
"""What is asked for each wish of a file of another format."""


class OpenCommands:
    """What opens designs, by the ids of the actions."""

    def __init__(self, screen: Stage, questions: Questions, files: FileCommands) -> None:
        self._screen = screen
        self._questions = questions
        self._files = files

    def open(self) -> None:
        """Open a design, or a fault tree of another format, by its file's name."""

        def take(value: str) -> None:
            if value.strip():
                self._file(expanded(value))

        items = [
            Item(str(path), path.name, str(path.parent))
            for path in designs_nearby(self._screen.bench.path)
        ]
        picker = Picker(
            "Open a file of this folder, or type the path of one",
            items,
            self._screen.glyphs,
            free=True,
            prompt="open",
        )
        self._screen.app.push_screen(picker, self._questions.guarded(take))

    def recent(self) -> None:
        """Pick one of the designs of late, of those never saved, a pattern, or one that ships.

        On a first start the patterns come first.
        """
        recovered = {f"unsaved {i}": found for i, found in enumerate(unsaved_designs())}
        items = [Item("", "new", "begin with one machine, or with a template")]
        items += [
            Item(key, "never saved", f"left by a crash on {found.when:%Y-%m-%d at %H:%M}")
            for key, found in recovered.items()
        ]
        items += [Item(str(r.path), r.path.name, f"{r.title}  {r.path.parent}")
                  for r in recent_files()]  # fmt: skip
        begun = {f"pattern {each.name}": each for each in patterns()}
        items += [Item(key, each.name, f"pattern: {each.title}") for key, each in begun.items()]
        known = {item.value for item in items}
        items += [
            Item(str(t.path), t.path.name, f"shipped: {t.title}")
            for t in templates()
            if t.path is not None and str(t.path) not in known
        ]

        def take(value: str) -> None:
            if not value:
                self.new()
            elif value in begun:
                self._go(lambda: new_design(begun[value].name))
            elif value in recovered:
                self._go(lambda: recover_unsaved(recovered[value]))
            else:
                self._file(Path(value))

        self._pick("Open a design", items, take)

    def new(self) -> None:
        """Begin a new design from a template."""
        items = [Item(t.name, t.name, t.title) for t in templates()]
        self._pick("New design from", items, lambda name: self._go(lambda: new_design(name)))

    def _pick(self, title: str, items: list[Item], take: Callable[[str], None]) -> None:
        picker = Picker(title, items, self._screen.glyphs)
        self._screen.app.push_screen(picker, self._questions.guarded(take))

    def _file(self, path: Path) -> None:
        """Open a file, after a question when the present design is not saved."""
        self._go(lambda: open_design(path), path)

    def _go(self, make: Callable[[], Workbench], path: Path | None = None) -> None:
        """Open another design, after a question when this one is not saved."""

        def go() -> None:
            try:
                bench = make()
            except WishError as error:
                assert path is not None
                self.ask(path, Wishes(), error)
            except VreltuiError as error:
                self._screen.say(str(error), "error")
            else:
                self._show(bench)

        self._files.when_kept(go)

    def _show(self, bench: Workbench) -> None:
        self._screen.bench.close()
        self._screen.show_other(bench)

    # What is of another format

    def ask(self, path: Path, wishes: Wishes, error: WishError) -> None:
        """Ask for what a file of another format leaves open, and open it with that."""

        def known(text: str) -> Change:
            """Checks the answer while it is typed; it changes nothing of the open design."""
            wishes.said(error.wish, text)
            return Change("", self._screen.bench.design)

        def answer(text: str) -> None:
            more = wishes.said(error.wish, text)
            try:
                bench = open_design(path, more)
            except WishError as another:
                if another.wish == error.wish:
                    raise
                self.ask(path, more, another)
            else:
                self._show(bench)

        # What would be right is the question; the option that says it is of the command line.
        why = FileError(error.file, error.line, Problem((), error.problem.what))
        self._questions.line(ASKED[error.wish], Pending(answer, known), str(why))

    def show_losses(self) -> bool:
        """Show what an import could not take along; whether there is something."""
        losses = self._screen.bench.losses
        if not losses:
            return False
        many = "1 thing is" if len(losses) == 1 else f"{len(losses)} things are"
        name = self._screen.bench.name
        question = (
            f"{name}: {many} not in this design, or not as in the file; saved, it says so too"
        )
        width = self._screen.app.size.width - 2
        lines = [part for loss in losses for part in wrap(loss, width, "", "  ")]
        screen = DifferenceScreen(question, lines, {}, self._screen.glyphs)
        self._screen.app.push_screen(screen)
        return True
