"""Which tests run which line, and how long each takes.

The tests of the rooms run once on the unchanged program, with this file as a plugin of pytest that
follows their lines. A change of a line can be noticed by those tests alone that run it, so that it
costs seconds where all of them would cost minutes. A line that is run when its file is loaded may
decide what every test of the file sees.
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

LOADING = ""
"""What runs a line outside of every test."""


@dataclass(frozen=True, slots=True)
class Covering:
    """For each line of each file the tests that run it, and for each test its seconds."""

    lines: Mapping[str, Mapping[str, Sequence[str]]]
    seconds: Mapping[str, float]

    def is_run_while_loading(self, file: str, line: int) -> bool:
        """Whether a line is run outside of every test, where a file is loaded."""
        return LOADING in self.lines.get(file, {}).get(str(line), ())

    def tests(self, file: str, line: int, most: float) -> list[str]:
        """The tests that run a line of a file, the quickest first, ``most`` seconds of them.

        Where it is run while loading, or by no test, those that run any line of the file.
        """
        lines = self.lines.get(file, {})
        found = set(lines.get(str(line), ()))
        if LOADING in found or not found:
            found = {test for tests in lines.values() for test in tests}
        found.discard(LOADING)
        ordered = sorted(found, key=lambda test: (self.seconds.get(test, 0.0), test))
        passed = accumulate(self.seconds.get(test, 0.0) for test in ordered)
        return [test for test, until in zip(ordered, passed, strict=True) if until <= most]


def followed(root: Path, rooms: Sequence[str]) -> Covering:
    """What the tests of some rooms run of them, where ``root`` holds the program as it is.

    What was found is kept beside the program, for as long as neither it nor a test is edited.
    """
    kept = root / ".covering.json"
    digest = _digest(root, rooms)
    if kept.exists() and (found := json.loads(kept.read_text("utf-8")))["digest"] == digest:
        return _read(found)
    found = _followed(root, rooms)
    kept.write_text(json.dumps({"digest": digest, **found}), "utf-8")
    return _read(found)


def _read(found: Mapping[str, Any]) -> Covering:
    """What was followed, and is written with a number for each test that was green."""
    names = found["tests"]
    lines = {
        file: {line: [names[number] for number in run] for line, run in lines.items()}
        for file, lines in found["lines"].items()
    }
    return Covering(lines, found["seconds"])


def asked(root: Path, rooms: Sequence[str]) -> list[str]:
    """The folders whose tests may notice a change in some rooms, as pytest is told them."""
    examples = [f"vreltui/{room}" for room in rooms]
    found = [*examples, *(f"tests/{room}" for room in (*rooms, *BESIDE))]
    return [folder for folder in found if (root / folder).is_dir()]


def _digest(root: Path, rooms: Sequence[str]) -> str:
    """Of every file on which it depends what is run, and of what is asked."""
    whole = hashlib.sha256(" ".join(rooms).encode())
    for folder in ("vreltui", "tests"):
        for path in sorted((root / folder).rglob("*.py")):
            if path.parent != Path(__file__).parent:
                whole.update(path.read_bytes())
    return whole.hexdigest()


def _followed(root: Path, rooms: Sequence[str]) -> dict[str, Any]:
    report = root / ".covered-lines.json"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    command += ["-p", Path(__file__).stem]
    command += asked(root, rooms)
    sources = os.pathsep.join(str(root / "vreltui" / room) for room in rooms)
    told = {**os.environ, FOLLOWED: sources, WRITTEN: str(report)}
    told["PYTHONPATH"] = str(Path(__file__).parent)
    ended = subprocess.run(command, cwd=root, env=told, capture_output=True, text=True, check=False)
    if not report.exists():
        raise RuntimeError(f"the tests cannot run: {f'{ended.stdout}{ended.stderr}'[-2000:]}")
    sys.stderr.writelines(line for line in ended.stderr.splitlines(True) if "red without" in line)
    covered: dict[str, Any] = json.loads(report.read_text("utf-8"))
    report.unlink()
    return covered


class _Follower:
    """The plugin: each test is a context of its own of what is covered."""

    def __init__(self, sources: Sequence[str], report: Path) -> None:
        import coverage

        self.report = report
        self.seconds: dict[str, float] = {}
        self.red: set[str] = set()
        self.coverage = coverage.Coverage(data_file=None, source=sources, config_file=False)
        self.coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.coverage.switch_context(item.nodeid)
        begin = _processor_seconds()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = _processor_seconds() - begin
            self.coverage.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:  # it says nothing of a change
            self.red.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        self.coverage.stop()
        data = self.coverage.get_data()
        names = [LOADING, *sorted(set(self.seconds) - self.red)]
        number = {name: at for at, name in enumerate(names)}
        lines = {
            str(Path(file).relative_to(Path.cwd())): {
                str(line): sorted(number[test] for test in tests if test in number)
                for line, tests in data.contexts_by_lineno(file).items()
            }
            for file in data.measured_files()
        }
        for test in sorted(self.red):
            sys.stderr.write(f"red without a change, and not asked: {test}\n")
        kept = {"tests": names, "lines": lines, "seconds": self.seconds}
        self.report.write_text(json.dumps(kept), "utf-8")


def _processor_seconds() -> float:
    """What this process and those it has seen end took: a busy machine makes no test longer."""
    return sum(os.times()[:4])


def pytest_configure(config: pytest.Config) -> None:
    """Follow the tests of this run, where it was asked."""
    if FOLLOWED in os.environ:
        follower = _Follower(os.environ[FOLLOWED].split(os.pathsep), Path(os.environ[WRITTEN]))
        config.pluginmanager.register(follower, "lines-of-tests")
