"""What is done to an open design while calls of the system fail: edits, saves, openings."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.campaigns.faults_scenarios import (
    REFUSED,
    TEMPORARY,
    Fault,
    Operation,
    Scenario,
    Told,
    told,
)
from vreltui.model import Probability, edits
from vreltui.storage.keep import journal
from vreltui.storage.keep.leftovers import temporary_name
from vreltui.storage.keep.lock import key_of
from vreltui.workbench import Change, Workbench, open_design

DESIGN = Path(__file__).parents[2] / "designs" / "web-node.toml"
_NOTES = "before.json"


def edit(bench: Workbench, number: int) -> None:
    """Another value for the hypervisor; each number makes another text."""
    value = Probability.of(f"0.99{number:04}")
    bench.apply(Change(f"edit {number}", edits.set_value(bench.design, "R_V", value)))


def edited(count: int) -> Callable[[Workbench, Path], None]:
    """So many edits."""

    def make(bench: Workbench, folder: Path) -> None:
        for number in range(1, count + 1):
            edit(bench, number)

    return make


@dataclass
class Session(Scenario):
    """``arrange`` comes before the operation, ``act`` is the operation on the open design.

    ``left`` edits were left behind by a session that crashed. ``saves`` names the file that the
    operation saves to; with ``compacting`` a journal is soon long enough to be compacted.
    """

    arrange: Callable[[Workbench, Path], None] = lambda bench, folder: None
    act: Callable[[Workbench, Path], object] = lambda bench, folder: None
    left: int = 0
    saves: str = ""
    compacting: bool = False

    def prepare(self, folder: Path) -> None:
        _own(folder)
        path = folder / "web.toml"
        shutil.copy(DESIGN, path)
        if self.left:
            bench = open_design(path)
            edited(self.left)(bench, folder)
            bench.close(keep=True)

    def begin(self, folder: Path) -> Operation:
        _own(folder)
        if self.compacting:
            vars(journal).update(_COMPACT_AT=2500, _COMPACT_TIMES=1)
        bench = open_design(folder / "web.toml")
        self.arrange(bench, folder)
        left = bench.recovered.text if bench.recovered else bench.document.text
        notes = {"text": left, "file": (folder / "web.toml").read_text()}
        (folder / _NOTES).write_text(json.dumps(notes))

        def operation() -> Told:
            said = told(lambda: self.act(bench, folder))
            said.text, said.kept = bench.document.text, not bench.warnings
            return said

        return operation

    def check(self, folder: Path, said: Told, fault: Fault) -> list[str]:
        _own(folder)
        notes = json.loads((folder / _NOTES).read_text())
        before, file = notes["text"], notes["file"]
        target = folder / (self.saves or "web.toml")
        found = target.read_text() if target.exists() else None
        old = file if target.name == "web.toml" else None
        wrong = []
        if found not in ((old, before) if self.saves else (old,)):
            wrong.append(f"{target.name} is neither old nor new")
        if self.saves and said.outcome in ("done", "unconfirmed") and found != before:
            wrong.append(f"{said.outcome}, and yet the file is not the new one")
        if self.saves and said.outcome in REFUSED and found != old:
            wrong.append(f"{said.outcome}, and yet the file is not the old one")
        if said.outcome == "raised" or not said.words.isprintable():
            wrong.append(f"no declared error: {said.words}")
        wrong += self._lost(folder, said, before)
        wrong += _left(folder, fault)
        return wrong + _next_session(folder, target, fault)

    def _lost(self, folder: Path, said: Told, before: str) -> list[str]:
        """What was on the screen, and can't be got again from the file or the journal."""
        paths = [folder / "web.toml", *([folder / self.saves] if self.saves else [])]
        texts = [path.read_text() for path in paths if path.exists()]
        for path in paths:
            recovered = journal.recover(path)
            if recovered is None:
                continue
            texts += recovered.texts()
            text = recovered.text
            for change in reversed(recovered.done):
                text = change.backward(text)
            if text != recovered.base:
                return ["the history does not lead back to the beginning"]
        for path in (folder / "state").rglob("*.declined"):
            aside = journal.replay(path.read_bytes())
            texts += [aside.text] if aside is not None else []
        wrong = [] if before in texts or said.text in texts else ["edits are lost"]
        if said.outcome != "killed" and said.kept and said.text not in texts:
            wrong.append("an edit is lost, and nothing was said")
        return wrong


def _own(folder: Path) -> None:
    os.environ["XDG_STATE_HOME"] = str(folder / "state")
    os.environ["XDG_CONFIG_HOME"] = str(folder / "config")


def _left(folder: Path, fault: Fault) -> list[str]:
    """What lies about that may not."""
    known = {"web.toml", "other.toml", "state", _NOTES}
    left = [path.name for path in folder.iterdir() if path.name not in known]
    journals = folder / "state" / "vreltui" / "journals"
    ending = (".journal", ".declined")
    inside = [path.name for path in journals.glob("*") if path.suffix not in ending]
    wrong = [f"{name} is left" for name in [*left, *inside] if not fault.may_leave]
    wrong += [f"{name} is not documented" for name in left if not name.startswith(TEMPORARY)]
    wrong += [f"{name} is not documented" for name in inside if not name.endswith(".new")]
    if len(left) > 1 or len(inside) > 1:
        wrong.append("more than one file is left")
    for path in (folder / "state").rglob("*"):
        if path.stat().st_mode & 0o077:
            wrong.append(f"{path.name} is not private")
    return wrong


def _next_session(folder: Path, path: Path, fault: Fault) -> list[str]:
    """Whether the next session goes on as if nothing had been: it edits, saves and leaves."""
    if not path.exists():
        path = folder / "web.toml"
    bench = open_design(path)
    if bench.read_only:
        return [f"the next session is told: {bench.read_only}"]
    bench.accept_recovery()
    edit(bench, 8000)
    bench.save()
    wrong = list(bench.warnings)
    bench.close()
    if path.read_text() != bench.document.text or journal.recover(path) is not None:
        wrong.append("the next session's save is not whole")
    beside = Path(temporary_name(str(path))).name[: -len("0123456789abcdef.tmp")]
    if fault.killed and any(folder.glob(f"{beside}*")):
        wrong.append("what was left beside the file stays for ever")
    unfinished = folder / "state" / "vreltui" / "journals" / f".{key_of(path)}.new"
    return [*wrong, "a piece of a journal stays for ever"] if unfinished.exists() else wrong


def _edited_by_both(bench: Workbench, folder: Path) -> None:
    edit(bench, 1)
    path = folder / "web.toml"
    path.write_text(path.read_text() + "# theirs\n")


def _again(bench: Workbench, folder: Path) -> None:
    bench.close(keep=True)
    open_design(folder / "web.toml").close(keep=True)


SESSIONS: list[Scenario] = [
    Session("the first edit", act=lambda b, f: edit(b, 1)),
    Session("an edit", edited(2), lambda b, f: edit(b, 3)),
    Session("an undo", edited(3), lambda b, f: b.undo()),
    Session("an edit that compacts the journal", edited(8), lambda b, f: edit(b, 9),
            compacting=True),
    Session("taking what others saved", _edited_by_both, lambda b, f: b.reload()),
    Session("a save", edited(2), lambda b, f: b.save(), saves="web.toml"),
    Session("a save under another name", edited(2), lambda b, f: b.save_as(f / "other.toml"),
            saves="other.toml"),
    Session("taking what a crash left", act=lambda b, f: b.accept_recovery(), left=3),
    Session("dropping what a crash left", act=lambda b, f: b.decline_recovery(), left=3),
    Session("leaving and opening what a crash left", act=_again, left=3),
]  # fmt: skip
"""What is done to an open design."""
