"""``python -m tests.mutants``: how many changed decisions do the near tests notice?

A sample of all changes, the same one for a seed, is tried in a copy of the program: those tests of
the rooms, and of what asks them everything, that run the changed line, the quickest first. Where
none does in the process of the tests, it is those that run any line of the file. The first red one
ends a trial, and so does one that computes several times as long as they do without the change.
What came out is kept in a file, line by line, so that a run that was stopped, or that ran out of
its time, goes on where it was; a file that was edited since is tried again. Which tests run which
line is kept as well, until a file of the program or of the tests is edited.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from threading import Lock

from tests.mutants.changes import Mutant, mutants
from tests.mutants.covering import Covering, asked, followed
from tests.mutants.loaded import Loaded, limit

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
    line: str
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
            lines = text.splitlines()
            for mutant in mutants(text):
                line = lines[mutant.line - 1].strip()
                yield Trial(room, str(path.relative_to(root)), mutant, line, digest)


def drawn(every: Sequence[Trial], size: int, seed: int) -> list[Trial]:
    """A sample of them; after an edit elsewhere, the same changes are in it."""
    lots: dict[bytes, Trial] = {}
    for trial in every:
        line = trial.line
        lot, same = b"", 0
        while not lot or lot in lots:
            named = f"{seed} {trial.file} {trial.mutant.what} {line} {same}"
            lot, same = hashlib.sha256(named.encode()).digest(), same + 1
        lots[lot] = trial
    return [lots[lot] for lot in sorted(lots)[:size]]


class Copy:
    """A copy of the program in which changes are tried."""

    def __init__(self, root: Path, folder: Path, rooms: Sequence[str], covering: Covering) -> None:
        self.root = folder
        self._covering = covering
        for name in COPIED:
            if (root / name).is_dir():
                ignored = shutil.ignore_patterns("__pycache__", "snapshots")
                shutil.copytree(root / name, folder / name, ignore=ignored)
            elif (root / name).exists():
                shutil.copy2(root / name, folder / name)
        self._loaded = Loaded(folder, asked(folder, rooms))

    def close(self) -> None:
        """End the process that has loaded it."""
        self._loaded.close()

    def is_noticed(self, trial: Trial, most: float) -> bool:
        """Whether a near test turns red, or never ends, with the change."""
        near = self._covering.tests(trial.file, trial.mutant.line, most)
        patience = 10 + 4 * sum(self._covering.seconds[test] for test in near)
        path = self.root / trial.file
        text, before = path.read_text("utf-8"), path.stat()
        changed = trial.mutant.applied(text)
        path.write_text(changed, "utf-8")
        try:
            noticed = None
            if not self._covering.is_run_while_loading(trial.file, trial.mutant.line):
                noticed = self._loaded.is_noticed(path, (text, changed), near, patience)
            return not self._passes(near, patience) if noticed is None else noticed
        finally:
            path.write_text(text, "utf-8")
            # What was compiled of it is as good as before.
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    def _passes(self, tests: Sequence[str], patience: float) -> bool:
        """Whether these tests are green in a process of their own within so many seconds."""
        command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
        # A line may be run by more tests than a command line holds.
        named = self.root / ".near-tests"
        named.write_text("\n".join(tests), "utf-8")
        told = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            ended = subprocess.run(
                [*command, f"@{named}"],
                cwd=self.root,
                env=told,
                capture_output=True,
                timeout=60 + 10 * patience,
                check=False,
                preexec_fn=lambda: limit(int(patience)),
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
    parser.add_argument(
        "--most", type=float, default=90, help="how many seconds of tests a change is worth"
    )
    parser.add_argument("--again", action="store_true", help="what nobody noticed as well")
    parser.add_argument("--record", type=Path, default=root / ".mutants.jsonl")
    parser.add_argument("--jobs", type=int, default=1, help="how many at the same time")
    chosen = parser.parse_args(arguments)
    every = list(trials(root, chosen.rooms))
    sample = drawn(every, chosen.sample, chosen.seed)
    known = _recorded(chosen.record)
    due = time.monotonic() + (chosen.seconds or float("inf"))
    left = Queue[Trial]()
    for trial in sample:
        if trial.key not in known or (chosen.again and not known[trial.key]):
            left.put(trial)
    covering = followed(root, chosen.rooms) if left.qsize() and time.monotonic() < due else None
    tried = Lock()

    def work() -> None:
        assert covering is not None
        with (
            tempfile.TemporaryDirectory() as folder,
            closing(Copy(root, Path(folder), chosen.rooms, covering)) as copy,
        ):
            while time.monotonic() < due:
                try:
                    trial = left.get_nowait()
                except Empty:
                    return
                noticed = copy.is_noticed(trial, chosen.most)
                with tried, chosen.record.open("a", encoding="utf-8") as record:
                    known[trial.key] = noticed
                    record.write(json.dumps({"key": trial.key, "noticed": noticed}) + "\n")

    if covering is not None:
        with ThreadPoolExecutor(chosen.jobs) as pool:
            for each in [pool.submit(work) for _ in range(chosen.jobs)]:
                each.result()
    return _reported(every, sample, known)


def _recorded(record: Path) -> dict[str, bool]:
    if not record.exists():
        return {}
    lines = [json.loads(line) for line in record.read_text("utf-8").splitlines()]
    return {line["key"]: line["noticed"] for line in lines}


def _reported(every: Sequence[Trial], sample: Sequence[Trial], known: dict[str, bool]) -> int:
    tried = [trial for trial in every if trial.key in known]
    survivors = [trial for trial in tried if not known[trial.key]]
    for trial in survivors:
        at = f"{trial.file}:{trial.mutant.line}"
        sys.stdout.write(f"{at}: {trial.mutant.what}: {trial.line}\n")
    noticed = len(tried) - len(survivors)
    sys.stdout.write(f"{noticed} of {len(tried)} changes noticed, {len(sample)} in the sample\n")
    return 0 if noticed >= WANTED * len(tried) else 1


if __name__ == "__main__":
    os.environ["CI"] = "1"  # the same random examples in every run
    raise SystemExit(main())
