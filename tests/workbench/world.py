"""An open design and its file beside the reference, moved together and compared after each step."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from tests.workbench.comments import harmed
from tests.workbench.kept import Kept
from tests.workbench.reference.comparing import differing, lines, same
from tests.workbench.reference.edits import Reference
from tests.workbench.reference.numbers import Refused
from tests.workbench.reference.places import Place, nearest
from tests.workbench.reference.plain import Plain, read
from vreltui.model import VreltuiError
from vreltui.storage import ChangedOnDisk, parse
from vreltui.storage.keep.journal import replay
from vreltui.workbench import (
    Position,
    Workbench,
    action,
    new_design,
    open_design,
    recover_unsaved,
    unsaved_designs,
)


@dataclass(frozen=True)
class Step:
    """An edit as undo and redo have to give it back."""

    before: str
    after: str
    place_before: Place
    place_after: Place


class World:
    """What a person has: a design on the screen, a file, and whatever others do to that file."""

    def __init__(self, folder: Path, text: str) -> None:
        self.folder = folder
        self._environment = patch.dict(
            "os.environ", {"XDG_STATE_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
        )
        self._environment.start()
        self.path: Path | None = folder / "design.toml"
        self.path.write_text(text, encoding="utf-8")
        self.disk: dict[Path, bytes] = {self.path: text.encode("utf-8")}
        self.left: dict[Path | None, str] = {}
        self.histories: dict[Path | None, Kept] = {}
        self.counts = {"edits": 0, "refused": 0, "undone": 0, "saves": 0, "openings": 0}
        self._begin(open_design(self.path))

    def _begin(self, bench: Workbench) -> None:
        self.bench = bench
        self.text = self.saved = bench.document.text
        design = read(self.text)
        self.reference = Reference(design, nearest(design, ("", ())))
        # What a journal gave back are texts alone, until their turn comes.
        self.done: list[Step | tuple[str, str]] = []
        self.undone: list[Step | tuple[str, str]] = []
        self.journaled = False
        self.kept = Kept()
        self.offered: str | None = None
        self.counts["openings"] += 1

    @property
    def known(self) -> bytes | None:
        """What the program believes to be in the file."""
        return None if self.path is None else self.saved.encode("utf-8")

    # Editing

    def select(self, place: Place) -> None:
        """Look at another place."""
        self.bench.select(Position(*place))
        self.reference.place = nearest(self.reference.design, place)

    def act(self, name: str, answer: str = "") -> bool:
        """An action that edits, with what is typed where it asks; whether it could be done."""
        try:
            expected = self.reference.edited(name, answer)
        except Refused:
            expected = None
        failure = self._perform(name, answer)
        if failure is not None:
            assert expected is None, f"{name} {answer!r} was refused: {failure}"
            self.counts["refused"] += 1
            return False
        assert expected is not None, f"{name} {answer!r} was done"
        if name == "cut":
            self.reference.copy()
        self._moved(*expected)
        self.counts["edits"] += 1
        return True

    def _perform(self, name: str, answer: str) -> VreltuiError | str | None:
        """As the screen does an action; why it can't be done, or None."""
        chosen, bench = action(name), self.bench
        reason = chosen.unavailable(bench)
        if reason:
            return reason
        try:
            if chosen.change is not None:
                bench.apply(chosen.change(bench))
            elif chosen.question is not None:
                chosen.question.initial(bench)
                bench.apply(chosen.question.change(bench, answer))
        except VreltuiError as error:
            return error
        return None

    def _moved(self, design: Plain, place: Place, *, comments: bool = True) -> None:
        """The program has made another text; the reference goes there too."""
        before, was = self.text, self.reference.place
        text = self.bench.document.text
        self.reference.place = place
        changed = not same(design, self.reference.design)
        assert changed == (text != before), differing(before, text)
        if not changed:
            return
        if comments:
            lost = harmed(before, text, self.reference.design, design)
            assert not lost, f"{lost}\n{differing(before, text)}"
        self.reference.design = design
        self.text = text
        self.done.append(Step(before, text, was, place))
        self.undone.clear()
        self._set_aside()
        self.journaled = True
        self.kept.record(before, text)

    def copy(self) -> None:
        """Keep what is selected."""
        self.bench.copy()
        self.reference.copy()

    def undo(self) -> None:
        """Take back the last edit."""
        label = self.bench.undo()
        assert (label is not None) == bool(self.done)
        if self.done:
            step = self.done.pop()
            if isinstance(step, tuple):
                here = self.reference.place
                step = Step(*step, nearest(read(step[0]), here), here)
            self.undone.append(step)
            self._back_to(step.before, step.place_before, "undo")

    def redo(self) -> None:
        """Do it again."""
        label = self.bench.redo()
        assert (label is not None) == bool(self.undone)
        if self.undone:
            step = self.undone.pop()
            if isinstance(step, tuple):
                here = self.reference.place
                step = Step(*step, here, nearest(read(step[1]), here))
            self.done.append(step)
            self._back_to(step.after, step.place_after, "redo")

    def _back_to(self, text: str, place: Place, move: str) -> None:
        assert self.bench.document.text == text
        self.kept.record(self.text, text, move)
        self.text, self.journaled = text, True
        self.reference.design, self.reference.place = read(text), place
        self.counts["undone"] += 1

    # The file

    def save(self, *, overwrite: bool = False) -> bool:
        """Save; whether nobody else had changed the file."""
        if self.path is None:
            with suppress(VreltuiError):
                self.bench.save()
                raise AssertionError("saved without a file")
            return False
        found = self.disk.get(self.path)
        try:
            self.bench.save(overwrite=overwrite)
        except ChangedOnDisk:
            assert found != self.known and not overwrite  # noqa: PT018
            return False
        assert overwrite or found == self.known
        self._saved()
        return True

    def save_as(self, name: str, *, replace: bool = False) -> bool:
        """Save under another name; whether that was free, or might be replaced."""
        path = self.folder / name
        found = self.disk.get(path)
        known = self.known if path == self.path else None
        try:
            self.bench.save_as(path, replace=replace)
        except ChangedOnDisk:
            assert found != known and not replace  # noqa: PT018
            return False
        assert replace or found == known
        if path != self.path:
            self._let_go()
            self.path = path
            self.offered = self.left.get(path)
        self._saved()
        return True

    def _saved(self) -> None:
        assert self.path is not None
        self.saved = self.text
        self.disk[self.path] = self.text.encode("utf-8")
        self._set_aside()
        self.journaled, self.kept = False, Kept()
        self.counts["saves"] += 1

    def _set_aside(self) -> None:
        """What was offered and not taken is no more offered, and not destroyed either."""
        if self.offered is not None:
            kept = [replay(path.read_bytes()) for path in self.folder.rglob("*.declined")]
            assert self.offered in [found.text for found in kept if found is not None]
        self.offered = None
        self.left.pop(self.path, None)

    def _let_go(self) -> None:
        """The file is closed in order: its journal goes, unless it still waits for an answer."""
        if self.offered is None:
            self.left.pop(self.path, None)

    def others_save(self, text: str | None) -> None:
        """Somebody else writes the file, or removes it."""
        if self.path is None:
            return
        if text is None:
            self.path.unlink(missing_ok=True)
            self.disk.pop(self.path, None)
        else:
            self.path.write_text(text, encoding="utf-8")
            self.disk[self.path] = text.encode("utf-8")

    def reload(self) -> None:
        """Take what is on the disk."""
        if self.path is None or self.path not in self.disk:
            return
        text = self.disk[self.path].decode("utf-8")
        self.bench.reload()
        self._set_aside()
        self.saved = text
        design = read(text)
        assert self.bench.document.text == text
        if text != self.text:
            place = nearest(design, self.reference.place)
            step = Step(self.text, text, self.reference.place, place)
            self.done.append(step)
            self.undone.clear()
            self.kept.record(self.text, text)
            self.text, self.journaled = text, True
            self.reference.design, self.reference.place = design, place

    # Ends and beginnings

    def reopen(self) -> None:
        """Leave, dropping what is not saved, and open the file again; or begin anew."""
        self.bench.close()
        self._let_go()
        self._open()

    def crash(self) -> None:
        """The process ends; the file is opened again, and what was not saved is offered."""
        self.bench.close(keep=True)
        if self.journaled:
            self.left[self.path] = self.text
            self.histories[self.path] = self.kept
        self._open()

    def _open(self) -> None:
        if self.path is None:
            self._open_unsaved()
            return
        if self.path not in self.disk:
            # Somebody removed the file, and brings it back.
            self.others_save(self.saved)
        self._begin(open_design(self.path))
        assert self.text.encode("utf-8") == self.disk[self.path]
        left = self.left.get(self.path)
        self.offered = left if left != self.text else None
        found = self.bench.recovered
        assert (found.text if found is not None else None) == self.offered

    def _open_unsaved(self) -> None:
        left = self.left.pop(None, None)
        found = unsaved_designs()
        if left is None:
            assert found == []
            self._begin(new_design())
            return
        (design,) = found
        base = design.base
        self._begin(recover_unsaved(design))
        self.text = self.saved = base
        self.reference.design = read(base)
        self.reference.place = nearest(self.reference.design, ("", ()))
        self._taken(left)
        self.journaled = True

    def answer_recovery(self, *, take: bool) -> None:
        """Say what is to become of what was recovered."""
        left = self.offered
        if left is None:
            return
        if take:
            self.bench.accept_recovery()
            self.offered = None
            self._taken(left)
        else:
            self.bench.decline_recovery()
            self._set_aside()

    def _taken(self, left: str) -> None:
        assert self.bench.document.text == left
        if left == self.text:
            return
        design = read(left)
        place = nearest(design, self.reference.place)
        self.kept = self.histories[self.path].resumed(self.text)
        self.done, self.undone = list(self.kept.done), list(self.kept.undone)
        self.left.pop(self.path, None)
        self.text, self.journaled = left, True
        self.reference.design, self.reference.place = design, place

    def begin_new(self, template: str) -> None:
        """Leave, and begin a new design."""
        self.bench.close()
        self._let_go()
        self.path = None
        self._begin(new_design(template))

    def close(self) -> None:
        """The end."""
        self.bench.close()
        self._environment.stop()

    # What must always hold

    def check(self) -> None:
        """The design, its text and its file are those of the reference."""
        bench = self.bench
        assert bench.document.text == self.text
        found = read(self.text)
        assert same(found, self.reference.design), differing(
            lines(self.reference.design), lines(found)
        )
        assert parse(self.text).design == bench.design
        place = (bench.position.choice, bench.position.steps)
        assert place == self.reference.place
        assert bench.dirty == (self.text != self.saved)
        assert bench.path == self.path
        for path, data in self.disk.items():
            assert path.read_bytes() == data
        if self.path is not None:
            assert bench.changed_on_disk() == (self.disk.get(self.path) != self.known)
