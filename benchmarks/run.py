"""The run: every question to every program, on every structure and size."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.agreement import check_agreement
from benchmarks.case import Case, make_case
from benchmarks.contenders import Contender
from benchmarks.contenders.tomllib_floor import FLOOR, floor_task
from benchmarks.measure import Task, Timing, in_turns
from benchmarks.questions import QUESTIONS, Question
from benchmarks.structure import shared, tree

OURS = "vreltui"

GIVE_UP = 0.2
"""Seconds; a peer that took longer is not asked the same of the next size, ten times as large."""

SLOW_DERIVATIVES = 100
"""The size up to which RePyability, whose derivatives take quadratic time, is checked on them."""


@dataclass(frozen=True, slots=True)
class Row:
    """The timings of one question for one structure and size, by the name of the program."""

    question: Question
    structure: str
    size: int
    timings: dict[str, Timing]


@dataclass(slots=True)
class Run:
    """What is measured, and who has been found too slow to go on with."""

    kinds: Sequence[type[Contender]]
    sizes: Sequence[int]
    budget: float
    with_processes: bool = True
    too_slow: set[tuple[str, str, str]] = field(default_factory=set)

    def rows(self) -> Iterator[Row]:
        """Measure; rows come as they are ready."""
        with tempfile.TemporaryDirectory() as folder:
            for size in self.sizes:
                for make in (tree, shared):
                    case = make_case(make, size, self.kinds, Path(folder))
                    check_agreement(case, self._asked_for_derivatives(size))
                    yield from self._ask_all(case)

    def _asked_for_derivatives(self, size: int) -> tuple[str, ...]:
        every = tuple(kind.name for kind in self.kinds)
        return every if size <= SLOW_DERIVATIVES else tuple(n for n in every if n != "RePyability")

    def _ask_all(self, case: Case) -> Iterator[Row]:
        for question in QUESTIONS:
            if question.key == "process" and not self.with_processes:
                continue
            timings = in_turns(self._tasks(question, case), self.budget)
            for name, timing in timings.items():
                if timing.median > GIVE_UP and name != OURS:
                    self.too_slow.add((question.key, case.structure.name, name))
            yield Row(question, case.structure.name, case.size, timings)

    def _tasks(self, question: Question, case: Case) -> dict[str, Task]:
        tasks: dict[str, Task] = {}
        for contender in case.contenders:
            slow = (question.key, case.structure.name, contender.name) in self.too_slow
            if not slow and not (question.key == "load" and contender.name == "relibmss"):
                tasks[contender.name] = question.task(case, contender)
        if question.key == "load":
            tasks[FLOOR] = floor_task(case.design_file)
        return tasks
