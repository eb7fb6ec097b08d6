"""Which tests run which line, and how long each takes.

The tests of the rooms run once on the unchanged program, with this file as a plugin of pytest that
follows their lines. A change of a line can be noticed by those tests alone that run it, so that it
costs seconds where all of them would cost minutes.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

# Where a run of the tests, which is a process of its own, is told what to follow and to write.
FOLLOWED = "VRELTUI_TESTS_FOLLOW"
WRITTEN = "VRELTUI_TESTS_WRITE"

BESIDE = ("oracle", "oracle_time", "oracle_dependence", "wording", "cli", "exploration")
"""Tests beside those of the rooms that may notice: what asks them everything, and says it."""

MOST_SECONDS = 120.0
"""How long the tests of one line may take, on the unchanged program; slower ones are left out."""


@dataclass(frozen=True, slots=True)
class Covering:
    """For each line of each file the tests that run it, and for each test its seconds."""

    lines: Mapping[str, Mapping[str, Sequence[str]]]
    seconds: Mapping[str, float]

    def tests(self, file: str, line: int) -> list[str]:
        """The tests that run a line of a file, the quickest first, up to :data:`MOST_SECONDS`."""
        found = self.lines.get(file, {}).get(str(line), ())
        ordered = sorted(found, key=lambda test: (self.seconds.get(test, 0.0), test))
        passed = accumulate(self.seconds.get(test, 0.0) for test in ordered)
        return [test for test, until in zip(ordered, passed, strict=True) if until <= MOST_SECONDS]


def followed(root: Path, rooms: Sequence[str]) -> Covering:
    """What the tests of some rooms run of them, where ``root`` holds the program as it is.

    What was found is kept beside the program, for as long as neither it nor a test is edited.
    """
    kept = root / ".covering.json"
    digest = _digest(root, rooms)
    if kept.exists() and (found := json.loads(kept.read_text("utf-8")))["digest"] == digest:
        return Covering(found["lines"], found["seconds"])
    found = _followed(root, rooms)
    kept.write_text(json.dumps({"digest": digest, **found}), "utf-8")
    return Covering(found["lines"], found["seconds"])


def _digest(root: Path, rooms: Sequence[str]) -> str:
    """Of every file on which it depends what is run, and of what is asked."""
    whole = hashlib.sha256(" ".join(rooms).encode())
    for folder in ("vreltui", "tests"):
        for path in sorted((root / folder).rglob("*.py")):
            whole.update(path.read_bytes())
    return whole.hexdigest()


def _followed(root: Path, rooms: Sequence[str]) -> dict[str, Any]:
    report = root / ".covered-lines.json"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    command += ["-p", Path(__file__).stem, "--hypothesis-seed=0"]
    command += [f"tests/{room}" for room in (*rooms, *BESIDE) if (root / "tests" / room).is_dir()]
    sources = os.pathsep.join(str(root / "vreltui" / room) for room in rooms)
    told = {FOLLOWED: sources, WRITTEN: str(report)}
    told["PYTHONPATH"] = str(Path(__file__).parent)
    ended = subprocess.run(
        command, cwd=root, env={**os.environ, **told}, capture_output=True, text=True, check=False
    )
    if ended.returncode != 0:
        said = f"{ended.stdout}{ended.stderr}"[-2000:]
        raise RuntimeError(f"the tests are red without a change:\n{said}")
    covered: dict[str, Any] = json.loads(report.read_text("utf-8"))
    report.unlink()
    return covered


class _Follower:
    """The plugin: each test is a context of its own of what is covered."""

    def __init__(self, sources: Sequence[str], report: Path) -> None:
        import coverage

        self.report = report
        self.seconds: dict[str, float] = {}
        self.coverage = coverage.Coverage(data_file=None, source=sources, config_file=False)
        self.coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.coverage.switch_context(item.nodeid)
        try:
            return (yield)
        finally:
            self.coverage.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0.0) + report.duration

    def pytest_sessionfinish(self) -> None:
        self.coverage.stop()
        data = self.coverage.get_data()
        lines = {
            str(Path(file).relative_to(Path.cwd())): {
                str(line): sorted(test for test in tests if test)
                for line, tests in data.contexts_by_lineno(file).items()
            }
            for file in data.measured_files()
        }
        kept = {"lines": lines, "seconds": self.seconds}
        self.report.write_text(json.dumps(kept), "utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Follow the tests of this run, where it was asked."""
    if FOLLOWED in os.environ:
        follower = _Follower(os.environ[FOLLOWED].split(os.pathsep), Path(os.environ[WRITTEN]))
        config.pluginmanager.register(follower, "lines-of-tests")
