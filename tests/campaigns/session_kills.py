"""`make campaign NAME=kills`: SIGKILL at random moments of a live editing session.

Run as ``python -m tests.campaigns.session_kills [KILLS [SEED [FAULT [MOST]]]]``. Keys arrive
through a pty: values are nudged, edits undone, the file saved; the next session goes on from what
the last one left. Every eighth kill comes while the program still starts. After each kill the file
has to be the old or the new one, and what is recovered has to hold every edit whose key was pressed
half a second before the kill or earlier. Every session begins with an edit, and one key in five
comes right behind bytes that no terminal should send. FAULT is a way to break the program, to see
the campaign fail, or none; MOST takes the place of that half second where nothing is to be
measured.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from tests.campaigns.senseless import WHOLE
from tests.campaigns.session_pty import Session, load
from vreltui.storage.keep import journal
from vreltui.workbench import Workbench, action, open_design, tree_rows

DESIGN = Path(__file__).parents[2] / "designs" / "web-node.toml"
MOST_LOST = 0.5
# A session and its computing process keep two cores busy; half a second is no time on a third.
PARALLEL = max(1, (os.cpu_count() or 1) // 2)
PATIENT = 30.0
"""Seconds in place of those, where nothing is measured: on a busy machine a key has to wait."""

_BURST = 0.6
_SENSE = 0.8
_QUIET = 0.25
_KEYS = {b"-": "nudge_down", b"+": "nudge_up"}


@dataclass
class Outcome:
    """What a run of kills came to; ``lost`` has how long before its kill each lost edit was."""

    kills: int = 0
    starting: int = 0
    keys: int = 0
    with_edits: int = 0
    saves: int = 0
    lost: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Count another run too."""
        self.kills += other.kills
        self.starting += other.starting
        self.keys += other.keys
        self.with_edits += other.with_edits
        self.saves += other.saves
        self.lost += other.lost
        self.faults += other.faults


class Model:
    """What the design's text has to be after each key, by the program's own edits."""

    def __init__(self, text: str, folder: Path) -> None:
        path = folder / "model.toml"
        path.write_text(text)
        self.bench: Workbench = open_design(path)
        rows = tree_rows(self.bench.design, None, _choice(self.bench))
        row = next(row for row in rows if row.is_open and row.role == "component")
        self.bench.select(row.position)
        self.depth = 0

    def press(self, key: bytes) -> str:
        """The text after another key."""
        if key == b"u":
            self.depth -= 1
            self.bench.undo()
        elif key in _KEYS:
            before = self.bench.document.text
            nudge = action(_KEYS[key])
            if not nudge.unavailable(self.bench):
                assert nudge.change is not None
                self.bench.apply(nudge.change(self.bench))
            self.depth += self.bench.document.text != before
        return self.bench.document.text


def _choice(bench: Workbench) -> str:
    design = bench.design
    return next(name for name in design.choices if name != design.baseline)


def chain(
    kills: int,
    seed: int,
    prepare: Callable[[], None] | None = None,
    most: float = MOST_LOST,
) -> Outcome:
    """So many sessions on one file, each killed; the next goes on from what is left.

    A program that is broken on purpose ends the chain with its first fault.
    """
    load()
    folder = Path(tempfile.mkdtemp(prefix="vreltui-kills-"))
    os.environ["XDG_STATE_HOME"] = str(folder / "state")
    os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
    path = folder / "design.toml"
    shutil.copy(DESIGN, path)
    chance, outcome = random.Random(seed), Outcome()
    for number in range(kills):
        kill = _kill_at_start if chance.random() < 1 / 8 else _kill
        try:
            kill(path, chance, outcome, prepare, most)
        except (AssertionError, TimeoutError, OSError) as error:
            outcome.faults.append(f"seed {seed}, kill {number}: {error}"[:400])
            shutil.rmtree(folder / "state", ignore_errors=True)
            shutil.copy(DESIGN, path)
            if prepare is not None:
                break
    shutil.rmtree(folder, ignore_errors=True)
    return outcome


def _left(path: Path) -> tuple[str, bool]:
    """The text that a new session can go on from, and whether it asks before it does."""
    file = path.read_text()
    recovered = journal.recover(path)
    return (file, False) if recovered is None else (recovered.text, recovered.text != file)


def _kill_at_start(
    path: Path,
    chance: random.Random,
    outcome: Outcome,
    prepare: Callable[[], None] | None,
    most: float,
) -> None:
    file, left = path.read_bytes(), _left(path)
    session = Session(path, prepare)
    end = time.monotonic() + chance.random() * 0.5
    while time.monotonic() < end:
        session.read(end - time.monotonic())
    session.kill()
    outcome.kills += 1
    outcome.starting += 1
    assert path.read_bytes() == file, "the file changed while the program started"
    assert _left(path) == left, "what was left is another after a start that was killed"


def _kill(
    path: Path,
    chance: random.Random,
    outcome: Outcome,
    prepare: Callable[[], None] | None,
    most: float,
) -> None:
    file = path.read_text()
    text, asked = _left(path)
    model = Model(text, path.parent)
    session = Session(path, prepare)
    session.wait_until_ready()
    if asked:
        session.send(b"t")
    texts, files = [text], {file}
    sent: list[float] = []
    _begin_with_an_edit(session, model, path, texts, sent, most)
    end = time.monotonic() + chance.random() * _BURST * 2
    while (now := time.monotonic()) < end:
        key = _next_key(chance, model)
        sent.append(now)
        texts.append(model.press(key))
        if key == b"\x13":
            files.add(texts[-1])
            outcome.saves += 1
        session.send(key if chance.random() < _SENSE else chance.choice(WHOLE) + key)
        pause = min(now + chance.uniform(0.005, 0.06), end)
        while time.monotonic() < pause:
            session.read(pause - time.monotonic())
    if chance.random() < _QUIET:
        # Nobody types: now every edit is older than what may be lost at most.
        pause = time.monotonic() + most + 0.1
        while time.monotonic() < pause and not (most >= PATIENT and _left(path)[0] == texts[-1]):
            session.read(min(0.05, max(0.0, pause - time.monotonic())))
    session.kill()
    killed = time.monotonic()
    outcome.kills += 1
    outcome.keys += len(sent)
    model.bench.close()
    assert path.read_text() in files, "the file is neither old nor new"
    _check(_left(path)[0], texts, [killed - moment for moment in sent], outcome, most)


def _begin_with_an_edit(
    session: Session, model: Model, path: Path, texts: list[str], sent: list[float], most: float
) -> None:
    """Whatever follows has an edit to lose."""
    for key in (b"-", b"+"):
        if texts[-1] == texts[0]:
            sent.append(time.monotonic())
            texts.append(model.press(key))
            session.send(key)
    end = time.monotonic() + most
    while time.monotonic() < end and _left(path)[0] != texts[-1]:
        session.read(0.01)


def _next_key(chance: random.Random, model: Model) -> bytes:
    draw = chance.random()
    if draw < 0.12:
        return b"\x13"
    if draw < 0.3 and model.depth > 0:
        return b"u"
    return b"-" if draw < 0.7 else b"+"


def _check(found: str, texts: list[str], ages: list[float], outcome: Outcome, most: float) -> None:
    """``ages`` has for each key how long before the kill it was pressed."""
    assert found in texts, "what is recovered was never on the screen"
    newest = max(number for number, text in enumerate(texts) if text == found)
    outcome.with_edits += newest > 0
    lost = [age for number, age in enumerate(ages, 1) if number > newest and _edits(texts, number)]
    if lost:
        outcome.lost += lost
        assert lost[0] <= most, f"an edit of {lost[0]:.3f} s before the kill is lost"


def _edits(texts: list[str], number: int) -> bool:
    return texts[number] != texts[number - 1]


def without_journal() -> None:
    """Take the journal out, to see the campaign fail."""
    journal.Journal.record = lambda self, *rest, **more: None  # type: ignore[method-assign]


def with_torn_saves() -> None:
    """Write the file in place and slowly, to see the campaign fail."""
    from vreltui.workbench.open import files

    def torn(path: Path, text: str, expected: bytes | None) -> bytes:
        data = text.encode()
        with path.open("wb", buffering=0) as file:
            for start in range(0, len(data), 64):
                file.write(data[start : start + 64])
                time.sleep(0.005)
        return data

    vars(files)["save"] = torn


FAULTS = {"no-journal": without_journal, "torn-saves": with_torn_saves}
"""Ways to break the program."""


def campaign(
    kills: int, seed: int, prepare: Callable[[], None] | None, most: float = MOST_LOST
) -> Outcome:
    """Kills in parallel chains; what they came to together."""
    total = Outcome()
    chains = PARALLEL * max(1, min(5, kills // 100))
    share = -(-kills // chains)
    with ProcessPoolExecutor(PARALLEL, mp_context=get_context("fork")) as pool:
        runs = pool.map(
            chain,
            [share] * chains,
            range(seed, seed + chains),
            [prepare] * chains,
            [most] * chains,
            chunksize=1,
        )
        for outcome in runs:
            total.add(outcome)
            sys.stdout.write(f"{total.kills} kills, {len(total.faults)} faults\n")
            sys.stdout.flush()
    return total


def main(arguments: list[str]) -> int:
    """Run the campaign; 1 when something was lost."""
    kills = int(arguments[0]) if arguments else 1000
    seed = int(arguments[1]) if len(arguments) > 1 else 1
    most = float(arguments[3]) if len(arguments) > 3 else MOST_LOST
    outcome = campaign(kills, seed, FAULTS.get("".join(arguments[2:3])), most)
    lost = sorted(outcome.lost)
    ages = ""
    if lost:
        ages = f", {lost[len(lost) // 2]:.3f} s before it in the middle, {lost[-1]:.3f} s at most"
    sys.stdout.write(
        f"{outcome.kills} kills, {outcome.starting} of them at the start; {outcome.keys} keys, "
        f"{outcome.saves} of them saves; {outcome.with_edits} times edits of that very session "
        f"were there again; {len(lost)} edits were not, pressed just before the kill"
        f"{ages}; faults: {len(outcome.faults)}\n"
    )
    sys.stdout.writelines(f"  {fault}\n" for fault in outcome.faults)
    return 1 if outcome.faults or outcome.kills < kills else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
