"""`vreltui explore`: what is hopeless among all variants, and why; what is best of the rest."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from vreltui.cli.arguments import DESIGN, JSON, seconds
from vreltui.cli.output import message, write
from vreltui.cli.question_asked import MEMORY, question_asked, refused
from vreltui.cli.settings import SET
from vreltui.cli.table import MET, NOT_MET, UNDECIDED, UNUSABLE, Argument, Command
from vreltui.storage import Document, read

if TYPE_CHECKING:
    from vreltui.exploration.exploring import Explorer, Progress
    from vreltui.exploration.question import Question
    from vreltui.exploration.result_file import ResultFile
    from vreltui.exploration.results import Exploration
    from vreltui.exploration.search_families import Proving
    from vreltui.exploration.tasks import Work

_MOST_DEPTH, _MOST_TOP = 6, 100_000
_PROGRESS_EVERY = 0.25


def _run(arguments: argparse.Namespace) -> int:
    """Explore a design; the exit status. Raises :class:`VreltuiError`."""
    asked = {"--json": arguments.json, "--csv": arguments.csv, "--parquet": arguments.parquet}
    several = [name for name, value in asked.items() if value]
    if len(several) > 1:
        what = f"{' and '.join(several)} ask for two answers"
        raise refused(arguments.design, what, "leave one out")
    document = read(arguments.design, once=True)
    for note in document.notes:
        message(f"{document.file}: note: {note}")
    question = question_asked(document, arguments)
    found = _explored(document, question, arguments)
    if arguments.json:
        from vreltui.wording.exploring_json import exploration_json

        answer = exploration_json(document.file, question, found)
        write(json.dumps(answer, indent=1) + "\n")
    elif arguments.parquet is not None:
        from vreltui.cli.parquet_file import write_parquet
        from vreltui.wording.exploring_json import exploration_rows

        write_parquet(arguments.parquet, *exploration_rows(question, found))
    elif arguments.csv:
        from vreltui.wording.exploring_json import exploration_csv

        write(exploration_csv(question, found))
    else:
        from vreltui.wording.exploring import exploration_lines

        for line in exploration_lines(document.file, question, found):
            write(line.rstrip() + "\n")
    return _status(found)


def _explored(document: Document, question: Question, arguments: argparse.Namespace) -> Exploration:
    from vreltui.engine.limits import Limits, Undecided
    from vreltui.exploration.cluster import Cluster
    from vreltui.exploration.exploring import Explorer
    from vreltui.exploration.processes import Processes
    from vreltui.exploration.result_file import Kept
    from vreltui.exploration.stopping import StoppedError, stoppable

    with ExitStack() as stack:
        file = _result_file(document, question, arguments)
        if file is not None:
            stack.callback(file.close)

        def explorer_of(asked: Question, about: str) -> Explorer:
            def work(proving: Proving) -> Work:
                others: Processes | Cluster
                if arguments.cluster is None:
                    most = _bytes(arguments.memory)
                    others = Processes(asked, proving, arguments.jobs, most)
                else:
                    others = Cluster(asked, arguments.cluster)
                stack.callback(others.close)
                return others if file is None else Kept(file, proving, others, about)

            return Explorer(asked, Limits(), work)

        explorer = explorer_of(question, "")
        tell = _Progress() if arguments.progress else None
        try:
            with stoppable(arguments.seconds):
                found = explorer.run(tell)
                return _robust(question, found, explorer_of, tell) if arguments.robust else found
        except (StoppedError, Undecided) as error:
            return explorer.answer(str(error))


def _robust(
    question: Question,
    found: Exploration,
    explorer_of: Callable[[Question, str], Explorer],
    tell: _Progress | None,
) -> Exploration:
    """The answer with what is guaranteed, whatever nature does."""
    from dataclasses import replace

    from vreltui.exploration.robust import at_end, robust_variants

    guaranteed = explorer_of(at_end(question, better=False), "guaranteed ").run(tell)
    asked = replace(at_end(question, better=True), depth=0, top=1)
    optimistic = explorer_of(asked, "optimistic ").run(tell)
    robust = tuple(robust_variants(question, guaranteed, optimistic))
    return replace(found, guaranteed=guaranteed, robust=robust)


def _result_file(
    document: Document, question: Question, arguments: argparse.Namespace
) -> ResultFile | None:
    """The file that keeps what is found, new or left; None where none is asked for."""
    from vreltui.exploration.result_file import ResultFile, about

    if arguments.output is not None and arguments.resume is not None:
        what = "-o begins a result file and --resume goes on with one"
        raise refused(arguments.design, what, "leave one out")
    said = about(question, document.text, arguments.set, robust=arguments.robust)
    if arguments.output is not None:
        return ResultFile.created(arguments.output, said)
    if arguments.resume is not None:
        return ResultFile.resumed(arguments.resume, said)
    return None


def _bytes(gigabytes: float) -> int:
    return int(gigabytes * (1 << 30))


def _status(found: Exploration) -> int:
    meeting = found.classes["meets"]
    if found.best is not None and found.best.kind == "meets":
        return MET
    if isinstance(meeting, int):
        if meeting:
            return MET
        undecided = found.classes["undecided"]
        return UNDECIDED if undecided else NOT_MET
    return MET if meeting[0] else UNDECIDED


class _Progress:
    """A line of JSON on standard error about what is being done, at most four a second."""

    def __init__(self) -> None:
        self._last = 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._last >= _PROGRESS_EVERY or progress.done == 1.0:
            self._last = now
            said = {"doing": progress.doing, "done": round(progress.done, 4)}
            print(json.dumps(said), file=sys.stderr, flush=True)


def _gigabytes(text: str) -> float:
    """An amount of memory. Raises :class:`argparse.ArgumentTypeError` where it is none."""
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not 0.1 <= found <= 1024:
        raise argparse.ArgumentTypeError(f"{text} is no memory; gigabytes from 0.1 are right")
    return found


def _whole(least: int, most: int) -> Any:
    """A reader of whole numbers within bounds."""

    def read_number(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(
                f"{text} is no whole number from {least} to {most}, which is right here"
            )
        return int(text)

    return read_number


COMMAND = Command(
    question="what is hopeless among all variants and why, what is best of the rest",
    description="Every variant of a design's decisions: which families are out, with a proof "
    "each; the most reliable, the cheapest, and the fronts of reliability against resources. Exact "
    "and proven; where it is cut short, it says how far off it can be.",
    arguments=(
        DESIGN,
        Argument(
            ("--choice",),
            "this choice; may be given several times",
            "ID",
            names_of="choices",
            repeats=True,
        ),
        Argument(("--goal",), "the goal to exceed, instead of the file's", "R"),
        Argument(
            ("--limit",),
            "the most of a resource; may be given several times",
            "RES=X",
            repeats=True,
        ),
        Argument(
            ("--front",),
            "reliability against these resources; may be given several times (by default one front "
            "for each resource)",
            "RES[,RES]",
            repeats=True,
        ),
        Argument(
            ("--top",), "the K most reliable (10)", "K", default=10, convert=_whole(0, _MOST_TOP)
        ),
        Argument(
            ("--depth",),
            "families of at most D options (2)",
            "D",
            default=2,
            convert=_whole(0, _MOST_DEPTH),
        ),
        Argument(
            ("--robust",),
            "answer once more for what is guaranteed all over uncertain ranges, and say which "
            "variants none always beats",
            flag=True,
        ),
        SET,
        Argument(("--seconds",), "stop after this time (never by default)", "S", convert=seconds),
        Argument(
            ("--jobs",),
            "the most processes to use; the answer is the same whatever it is",
            "N",
            default=os.cpu_count() or 1,
            convert=_whole(1, 1024),
        ),
        Argument(
            ("--cluster",),
            "let the workers of a Dask scheduler search: its address, or its file "
            "(needs the extra vreltui[cluster])",
            "ADDRESS",
        ),
        Argument(
            ("--memory",),
            "the most memory of each process in gigabytes (4); of a module 250,000 labels are kept "
            "for each",
            "GB",
            default=MEMORY,
            convert=_gigabytes,
        ),
        Argument(
            ("-o", "--output"),
            "keep what is found in this new file, so that the search can be stopped and resumed",
            "FILE",
        ),
        Argument(("--resume",), "go on with such a file", "FILE"),
        Argument(("--progress",), "lines of JSON about it on standard error", flag=True),
        JSON,
        Argument(("--csv",), "the variants of the fronts and of the top as CSV", flag=True),
        Argument(
            ("--parquet",),
            "the same into this new file of Parquet (needs the extra vreltui[parquet])",
            "FILE",
        ),
    ),
    statuses={
        MET: "a variant meets",
        NOT_MET: "proven that none does",
        UNUSABLE: "the file or an argument can't be used",
        UNDECIDED: "stopped before that was decided",
    },
    run=_run,
)
