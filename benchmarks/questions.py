"""What is measured: each question, what it compares, and the tasks that ask it."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from benchmarks.case import Case
from benchmarks.contenders import Contender
from benchmarks.measure import Task


@dataclass(frozen=True, slots=True)
class Question:
    """One table of the report."""

    key: str
    title: str
    compares: str
    task: Callable[[Case, Contender], Task]


def _values() -> Iterator[Decimal]:
    """A different unreliability for every edit, so that no answer is found in a cache."""
    return (Decimal(number).scaleb(-6) for number in itertools.count(101))


def _load(_case: Case, contender: Contender) -> Task:
    return Task(contender.load)


def _first(_case: Case, contender: Contender) -> Task:
    return Task(contender.evaluate, before=contender.forget)


def _edit(case: Case, contender: Contender) -> Task:
    values = _values()
    return Task(lambda: contender.edit(case.edited, next(values)))


def _derivatives(case: Case, contender: Contender) -> Task:
    values = _values()
    return Task(lambda: contender.edit_and_differentiate(case.edited, next(values)))


def _thresholds(case: Case, contender: Contender) -> Task:
    values = _values()
    return Task(lambda: contender.edit_and_solve(case.edited, next(values)))


def _process(case: Case, contender: Contender) -> Task:
    if contender.name == "vreltui":
        command = ["vreltui", "check", "--json", str(case.design_file)]
    else:
        command = ["benchmarks.alone", contender.name, str(case.plain_file)]

    def run() -> None:
        # vreltui's status says whether a choice meets; a status above 1 is a failure.
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=Path(__file__).parent.parent,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode not in (0, 1):
            raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}")

    return Task(run)


QUESTIONS = (
    Question(
        "load",
        "Loading",
        "A text becomes a checked structure. vreltui reads its design file and checks every rule; "
        "RePyability reads its own JSON (`FaultTree.from_json`), which also divides the tree into "
        "modules; tomllib alone reads vreltui's file into dictionaries, checks nothing, and is "
        "the floor rather than a peer. relibmss has no file format.",
        _load,
    ),
    Question(
        "first",
        "First evaluation",
        "From the structure in memory to the system's reliability, nothing kept from before. "
        "vreltui compiles the design and walks it; relibmss builds gates and diagram and asks "
        "`prob`; RePyability builds its fault tree and asks `sf`.",
        _first,
    ),
    Question(
        "edit",
        "Reliability after one edit",
        "One component gets another value; from there to the system's new reliability. vreltui "
        "makes a new design and a study of it that keeps what the edit does not touch; relibmss "
        "keeps its diagram and RePyability its tree, and both evaluate again.",
        _edit,
    ),
    Question(
        "derivatives",
        "All reliabilities and all derivatives after one edit",
        "As before, and the derivative by every component: a backward walk, `bmeas`, "
        "`birnbaum_importance`.",
        _derivatives,
    ),
    Question(
        "thresholds",
        "All thresholds after one edit",
        "As before, and for every component the reliability that it must exceed for the goal. "
        "vreltui answers with certified intervals and their digits rounded to the safe side; the "
        "peers know no thresholds, so theirs are the straight line through value and derivative, "
        "in floats, which is right here because each component appears once.",
        _thresholds,
    ),
    Question(
        "process",
        "A whole process",
        "From the command to its end, Python's start included. `vreltui check --json` reads, "
        "checks, and reports verdict, thresholds, importance, every node and the reasons; the "
        "peers' processes read a JSON file and write reliability, derivatives and thresholds.",
        _process,
    ),
)
