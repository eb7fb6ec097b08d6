"""``python -m tests.mutants``: how many changed decisions do the near tests notice?

A sample of all changes, the same one for a seed, is tried in a copy of the program: those tests of
the rooms, and of what asks them everything, that run the changed line, the quickest first. Where
none does in the process of the tests, it is all tests of the file's room, those first that import
the changed file.
What came out is kept in a file, line by line, so that a run that was stopped, or that ran out of
its time, goes on where it was; a file that was edited since is tried again. Which tests run which
line is kept as well, until a file of the program or of the tests is edited.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from threading import Lock

from tests.mutants.changes import Mutant, mutants
from tests.mutants.covering import Covering, followed

HERE = Path(__file__).parent.parent.parent
COPIED = ("vreltui", "tests", "benchmarks", "designs", "docs", "pyproject.toml", "README.md")
ROOMS = ("engine", "analysis", "storage")
WANTED = 0.95


@dataclass(frozen=True, slots=True)
class Trial:
    """A change of a file of a room."""

    room: str
    file: str
    mutant: Mutant
    digest: str

    @property
    def key(self) -> str:
        """What tells it from every other change, also after an edit of the file."""
        mutant = self.mutant
        return f"{self.file}:{mutant.line} {mutant.start} {mutant.what} {self.digest}"


def trials(root: Path, rooms: Sequence[str]) -> Iterator[Trial]:
    """Every change of every file of some rooms."""
    for room in rooms:
        for path in sorted((root / "vreltui" / room).rglob("*.py")):
            text = path.read_text("utf-8")
            digest = hashlib.sha256(text.encode()).hexdigest()[:12]
            for mutant in mutants(text):
                yield Trial(room, str(path.relative_to(root)), mutant, digest)


def near_tests(root: Path, trial: Trial, covering: Covering) -> list[str]:
    """The tests that run the changed line; the files of the room where it's run elsewhere."""
    if found := covering.tests(trial.file, trial.mutant.line):
        return found
    module = trial.file.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    files = sorted((root / "tests" / trial.room).rglob("test_*.py"))
    named = [module, f"{module.rpartition('.')[0]} import {module.rpartition('.')[2]}"]

    def distance(path: Path) -> int:
        text = path.read_text("utf-8")
        return 0 if any(f"{name} " in text or f"{name}\n" in text for name in named) else 1

    return [str(path.relative_to(root)) for path in sorted(files, key=distance)]


class Copy:
    """A copy of the program in which changes are tried."""

    def __init__(self, root: Path, folder: Path, covering: Covering) -> None:
        self.root = folder
        self._covering = covering
        for name in COPIED:
            if (root / name).is_dir():
                ignored = shutil.ignore_patterns("__pycache__", "snapshots")
                shutil.copytree(root / name, folder / name, ignore=ignored)
            elif (root / name).exists():
                shutil.copy(root / name, folder / name)

    def is_noticed(self, trial: Trial, patience: float) -> bool:
        """Whether a near test turns red, or never ends, with the change."""
        near = near_tests(self.root, trial, self._covering)
        path = self.root / trial.file
        text = path.read_text("utf-8")
        path.write_text(trial.mutant.applied(text), "utf-8")
        try:
            return not self.passes(near, patience)
        finally:
            path.write_text(text, "utf-8")

    def passes(self, tests: Sequence[str], patience: float) -> bool:
        """Whether these tests are green within so many seconds."""
        command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
        # A line may be run by more tests than a command line holds.
        named = self.root / ".near-tests"
        named.write_text("\n".join(tests), "utf-8")
        command += ["--hypothesis-seed=0", f"@{named}"]
        try:
            ended = subprocess.run(
                command, cwd=self.root, capture_output=True, timeout=patience, check=False
            )
        except subprocess.TimeoutExpired:
            return False
        return ended.returncode == 0


def main(arguments: Sequence[str] | None = None, root: Path = HERE) -> int:
    """Try a sample; 1 where fewer than :data:`WANTED` of it are noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--rooms", nargs="+", default=list(ROOMS))
    parser.add_argument("--sample", type=int, default=500, help="how many changes")
    parser.add_argument("--seed", type=int, default=1, help="which changes")
    parser.add_argument("--seconds", type=float, default=0, help="stop after so long; 0: never")
    parser.add_argument("--patience", type=float, default=600, help="for the tests of one change")
    parser.add_argument("--record", type=Path, default=root / ".mutants.jsonl")
    parser.add_argument("--jobs", type=int, default=1, help="how many at the same time")
    chosen = parser.parse_args(arguments)
    every = list(trials(root, chosen.rooms))
    sample = random.Random(chosen.seed).sample(every, min(chosen.sample, len(every)))
    known = _recorded(chosen.record)
    due = time.monotonic() + (chosen.seconds or float("inf"))
    left = Queue[Trial]()
    for trial in sample:
        if trial.key not in known:
            left.put(trial)
    covering = followed(root, chosen.rooms) if left.qsize() and time.monotonic() < due else None
    tried = Lock()

    def work() -> None:
        assert covering is not None
        with tempfile.TemporaryDirectory() as folder:
            copy = Copy(root, Path(folder), covering)
            while time.monotonic() < due:
                try:
                    trial = left.get_nowait()
                except Empty:
                    return
                noticed = copy.is_noticed(trial, chosen.patience)
                with tried, chosen.record.open("a", encoding="utf-8") as record:
                    known[trial.key] = noticed
                    record.write(json.dumps({"key": trial.key, "noticed": noticed}) + "\n")

    if covering is not None:
        with ThreadPoolExecutor(chosen.jobs) as pool:
            for each in [pool.submit(work) for _ in range(chosen.jobs)]:
                each.result()
    return _reported(root, sample, known)


def _recorded(record: Path) -> dict[str, bool]:
    if not record.exists():
        return {}
    lines = [json.loads(line) for line in record.read_text("utf-8").splitlines()]
    return {line["key"]: line["noticed"] for line in lines}


def _reported(root: Path, sample: Sequence[Trial], known: dict[str, bool]) -> int:
    tried = [trial for trial in sample if trial.key in known]
    survivors = [trial for trial in tried if not known[trial.key]]
    for trial in sorted(survivors, key=lambda trial: trial.key):
        line = (root / trial.file).read_text("utf-8").splitlines()[trial.mutant.line - 1]
        sys.stdout.write(f"{trial.file}:{trial.mutant.line}: {trial.mutant.what}: {line.strip()}\n")
    noticed = len(tried) - len(survivors)
    sys.stdout.write(f"{noticed} of {len(tried)} changes noticed, {len(sample)} in the sample\n")
    return 0 if noticed >= WANTED * len(tried) else 1


if __name__ == "__main__":
    raise SystemExit(main())
