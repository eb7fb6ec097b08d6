"""Editing and saving while the disk records every write, and what a cut of power may leave."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.campaigns.faults_sessions import DESIGN, edit
from tests.campaigns.power_disk import Entry, Mark
from vreltui.storage.keep import journal
from vreltui.workbench import Workbench, open_design

NAMES = ("web.toml", "other.toml")


def digest(text: str | None) -> str:
    """A short name for a text; nothing for no file."""
    return "" if text is None else hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class State:
    """What a person has after an operation: the file in hand, its screen, and the files."""

    name: str
    screen: str
    files: dict[str, str]


def state_of(bench: Workbench, folder: Path) -> State:
    """What there is now."""
    assert bench.path is not None
    files = {name: digest(_text(folder / name)) for name in NAMES}
    return State(bench.path.name, digest(bench.document.text), files)


def _text(path: Path) -> str | None:
    return path.read_text() if path.exists() else None


def own_folders(folder: Path) -> None:
    """State and configuration lie on the same disk."""
    os.environ["XDG_STATE_HOME"] = str(folder / "state")
    os.environ["XDG_CONFIG_HOME"] = str(folder / "config")


def work(seed: int, steps: int) -> Callable[[Path, Callable[[str], None]], None]:
    """So many operations by chance, each marked with what there is when it has returned."""

    def use(folder: Path, mark: Callable[[str], None]) -> None:
        own_folders(folder)
        vars(journal).update(_COMPACT_AT=6000, _COMPACT_TIMES=1)
        shutil.copy(DESIGN, folder / NAMES[0])
        os.sync()
        chance = random.Random(seed)
        bench = open_design(folder / NAMES[0])
        mark(json.dumps(asdict(state_of(bench, folder))))
        for number in range(1, steps + 1):
            bench = _step(bench, folder, chance, number)
            assert not bench.warnings, bench.warnings
            mark(json.dumps(asdict(state_of(bench, folder))))
        bench.close(keep=True)

    return use


def _step(bench: Workbench, folder: Path, chance: random.Random, number: int) -> Workbench:
    draw = chance.random()
    if draw < 0.6:
        edit(bench, number)
    elif draw < 0.7:
        bench.undo()
    elif draw < 0.75:
        bench.redo()
    elif draw < 0.9:
        bench.save()
    elif draw < 0.95:
        bench.save_as(folder / chance.choice(NAMES), replace=True)
    else:
        assert bench.path is not None
        bench.close(keep=True)
        bench = open_design(bench.path)
        bench.accept_recovery()
    return bench


def every_kind(folder: Path, say: Callable[[State], None]) -> None:
    """Each kind of operation once or twice, in a folder that is prepared as for :func:`work`."""
    vars(journal).update(_COMPACT_AT=4500, _COMPACT_TIMES=1)
    bench = open_design(folder / NAMES[0])
    say(state_of(bench, folder))

    def do(action: Callable[[], object]) -> None:
        action()
        say(state_of(bench, folder))

    for number in (1, 2, 3):
        do(lambda number=number: edit(bench, number))  # type: ignore[misc]
    do(bench.undo)
    do(bench.redo)
    do(bench.save)
    for number in range(10, 25):  # the journal is compacted on the way
        do(lambda number=number: edit(bench, number))  # type: ignore[misc]
    bench.close(keep=True)
    bench = open_design(folder / NAMES[0])
    do(bench.accept_recovery)
    do(bench.undo)
    do(lambda: bench.save_as(folder / NAMES[1]))
    do(lambda: edit(bench, 50))
    do(bench.save)
    bench.close(keep=True)


def states_around(entries: list[Entry], cut: int) -> tuple[State, State | None] | None:
    """What there was when the last operation before the cut returned, and after the one begun.

    None before there was anything.
    """
    before = [entry for entry in entries[:cut] if isinstance(entry, Mark)]
    after = [entry for entry in entries[cut:] if isinstance(entry, Mark)]
    if not before:
        return None
    following = State(**json.loads(after[0].text)) if after else None
    return State(**json.loads(before[-1].text)), following


def faults(folder: Path, last: State, following: State | None, *, go_on: bool = True) -> list[str]:
    """What is wrong on a disk whose power was cut between two states.

    ``go_on`` says to begin the next session there as well.
    """
    own_folders(folder)
    allowed = [last] if following is None else [last, following]
    wrong = []
    for name in NAMES:
        found = digest(_text(folder / name))
        if found not in [state.files[name] for state in allowed]:
            wrong.append(f"{name} is neither old nor new")
    reachable = {state.name: _reachable(folder / state.name) for state in allowed}
    if not set(map(digest, reachable.values())) & {state.screen for state in allowed}:
        wrong.append("an edit that was done is lost")
    wrong += [f"{path.name} is left" for path in folder.iterdir() if not _documented(path.name)]
    for path in (folder / "state").rglob("*"):
        if path.stat().st_mode & 0o077:
            wrong.append(f"{path.name} is not private")
    return wrong + (_next_session(folder / last.name) if go_on else [])


def _reachable(path: Path) -> str | None:
    recovered = journal.recover(path)
    return _text(path) if recovered is None else recovered.text


def _documented(name: str) -> bool:
    temporary = name.startswith(".vreltui-") and name.endswith(".tmp")
    return temporary or name in (*NAMES, "state", "lost+found")


def _next_session(path: Path) -> list[str]:
    if not path.exists():
        return [f"{path.name} is gone"]
    bench = open_design(path)
    if bench.recovered is not None:
        text = bench.recovered.text
        bench.accept_recovery()
        if bench.document.text != text:
            return ["what is recovered is not taken"]
    edit(bench, 8000)
    bench.save()
    wrong = list(bench.warnings)
    bench.close()
    return wrong if path.read_text() == bench.document.text else [*wrong, "the next save fails"]
