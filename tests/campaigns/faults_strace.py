"""`make campaign NAME=faults`: each system call of a save or edit fails in turn, or is the last.

Run as ``python -m tests.campaigns.faults_strace [AT_LEAST [BREAKAGE [SCENARIO ...]]]``; needs
strace, and root for all scenarios. Each operation is traced once; then it is done again for each
of its calls, with that call failing with each error in turn, and once killed before it. Status 1
when something is wrong.
"""

from __future__ import annotations

import json
import os
import re
import select
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from tests.campaigns.breakage import BREAKAGES
from tests.campaigns.faults_scenarios import SAVES, Fault, Scenario, Told
from tests.campaigns.faults_sessions import SESSIONS
from vreltui.storage.keep import swap

ERRORS = ("EIO", "ENOSPC", "EDQUOT", "EROFS", "EINTR")
KILL = "SIGKILL"
SCENARIOS = {scenario.name: scenario for scenario in (*SAVES, *SESSIONS)}
PARALLEL = 3
# Memory and signals are no business of a save; the marks are made by the harness.
_NOT_OF_THE_SAVE = frozenset({
    "brk", "mmap", "munmap", "mremap", "mprotect", "madvise", "futex", "rt_sigaction",
    "rt_sigprocmask", "rt_sigreturn", "getpid", "gettid", "clock_gettime", "gettimeofday",
    "getrandom", "sched_yield", "uname",
})  # fmt: skip
_CALL = re.compile(r"^(\w+)\(")


@dataclass
class Outcome:
    """What a scenario came to: calls traced, faults injected by kind, and what went wrong."""

    calls: int = 0
    injected: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    missed: int = 0
    left: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Count another scenario too."""
        self.calls += other.calls
        self.injected += other.injected
        self.said += other.said
        self.missed += other.missed
        self.left += other.left
        self.wrong += other.wrong


class Traced:
    """A process that does the operation of a scenario under strace, once it is attached."""

    def __init__(self, scenario: Scenario, folder: Path, answers: Path) -> None:
        self._answers = answers
        ready, tell_ready = os.pipe()
        wait, self._go = os.pipe()
        self.process = os.fork()
        if self.process == 0:
            _operate(scenario, folder, answers, tell_ready, wait)
        os.close(tell_ready)
        os.close(wait)
        began = os.read(ready, 1) == b"r"
        os.close(ready)
        if not began:
            raise RuntimeError(f"{scenario.name}: it did not begin")

    def trace(self, log: Path, options: list[str]) -> tuple[Told, str]:
        """What the operation said under strace with these options, and strace's log."""
        command = ["strace", "-o", str(log), *options, "-p", str(self.process)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
            assert strace.stderr is not None
            attached = strace.stderr.readline()
            if "attached" not in attached:
                raise RuntimeError(attached)
            os.write(self._go, b"g")
            os.close(self._go)
            os.waitpid(self.process, 0)
            strace.wait(30)
        try:
            said = Told(**json.loads(self._answers.read_text()))
        except (OSError, ValueError):
            said = Told()
        return said, log.read_text(errors="replace")


def _operate(scenario: Scenario, folder: Path, answers: Path, ready: int, wait: int) -> None:
    """In the child: begin, wait to be traced, do the operation between two marks."""
    try:
        operation = scenario.begin(folder)
        gate = select.poll()
        gate.register(wait, select.POLLIN)
        os.write(ready, b"r")
        gate.poll()
        os.sched_yield()
        said = operation()
        os.sched_yield()
        answers.write_text(json.dumps(said.record()))
    finally:
        os._exit(0)


def calls_of(log: str) -> list[tuple[str, int]]:
    """The calls between the marks, each with how many of its name there were up to it."""
    counts: Counter[str] = Counter()
    found, inside = [], False
    for line in log.splitlines():
        match = _CALL.match(line)
        if match is None:
            continue
        name = match[1]
        counts[name] += 1
        if name == "sched_yield":
            inside = not inside
        elif inside and name not in _NOT_OF_THE_SAVE:
            found.append((name, counts[name]))
    return found


def _attempt(scenario: Scenario, options: list[str]) -> tuple[Told, str, list[str], int]:
    """Do it once in a new folder: what it said, the log, what is wrong, how many files are left."""
    with tempfile.TemporaryDirectory(prefix="vreltui-faults-") as name:
        folder, beside = Path(name) / "folder", Path(name) / "beside"
        folder.mkdir()
        beside.mkdir()
        scenario.prepare(folder)
        traced = Traced(scenario, folder, beside / "said.json")
        said, log = traced.trace(beside / "log", options)
        fault = Fault(_fault_call(options), f"signal={KILL}" in " ".join(options))
        left = sum(1 for path in folder.rglob("*") if path.name.endswith((".tmp", ".new")))
        return said, log, scenario.check(folder, said, fault), left


def _fault_call(options: list[str]) -> str:
    match = re.search(r"inject=(\w+):", " ".join(options))
    return match[1] if match else ""


def faults(calls: list[tuple[str, int]]) -> Iterator[tuple[str, int, str]]:
    """Every call with every error, and with being killed before it."""
    for name, number in calls:
        for kind in (KILL, *ERRORS):
            yield name, number, kind


def explore(name: str) -> Outcome:
    """All faults of a scenario."""
    scenario, outcome = SCENARIOS[name], Outcome()
    said, log, wrong, _ = _attempt(scenario, [])
    outcome.wrong += [f"{name}, undisturbed: {text} ({said.words})" for text in wrong]
    calls = calls_of(log)
    outcome.calls = len(calls)
    for call, number, kind in faults(calls):
        what = f"signal={KILL}" if kind == KILL else f"error={kind}"
        options = ["-e", f"trace={call}", "-e", f"inject={call}:{what}:when={number}"]
        said, log, wrong, left = _attempt(scenario, options)
        if "(INJECTED)" not in log and "killed by SIGKILL" not in log:
            outcome.missed += 1
            continue
        outcome.injected[kind] += 1
        outcome.said[said.outcome] += 1
        outcome.left += left
        outcome.wrong += [f"{name}, {kind} at {call} {number}: {text}" for text in wrong]
    return outcome


def campaign(names: list[str], show: Callable[[str], object]) -> Outcome:
    """All faults of these scenarios, some at a time."""
    swap._renameat2()  # so that a save need not import what it needs
    total = Outcome()
    with ProcessPoolExecutor(PARALLEL, mp_context=get_context("fork")) as pool:
        for name, outcome in zip(names, pool.map(explore, names), strict=True):
            total.add(outcome)
            show(f"{name}: {outcome.calls} calls, {outcome.injected.total()} faults, "
                 f"{len(outcome.wrong)} wrong\n")  # fmt: skip
    return total


def main(arguments: list[str]) -> int:
    """Run the campaign; 1 when something was wrong, or less was injected than asked for."""
    least = int(arguments[0]) if arguments else 2000
    start = time.monotonic()

    def show(text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()

    if arguments[1:] and arguments[1]:
        BREAKAGES[arguments[1]]()
    names = arguments[2:] or list(SCENARIOS)
    total = campaign(names, show)
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(total.injected.items()))
    said = ", ".join(f"{what} {count}" for what, count in sorted(total.said.items()))
    show(
        f"{total.injected.total()} faults in {total.calls} calls of {len(names)} scenarios: "
        f"{kinds}; not met: {total.missed}; the operation then said: {said}; "
        f"temporary files left: {total.left}; wrong: {len(total.wrong)}; "
        f"{time.monotonic() - start:.0f} s\n"
    )
    for text in total.wrong:
        show(f"  {text}\n")
    return 1 if total.wrong or total.injected.total() < least else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
