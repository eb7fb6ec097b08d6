"""`vreltui check`: verdict, reliability, thresholds and reasons of every choice."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from vreltui.cli.arguments import CHOICE, DESIGNS, JSON, SECONDS
from vreltui.cli.budget import Answers, Budget
from vreltui.cli.designs import asked, require, settings_of
from vreltui.cli.output import Style, colours, message
from vreltui.cli.settings import SET
from vreltui.cli.table import MET, NOT_MET, UNDECIDED, UNUSABLE, Argument, Command, worst
from vreltui.model import Design, VreltuiError
from vreltui.model.own_numbers import with_named_numbers

if TYPE_CHECKING:
    from vreltui.analysis import ChoiceReport
    from vreltui.cli.check_writers import Writer

GATES = ("github", "sarif", "junit")
"""Formats that say what a gate has to tell, and no more."""

_REPORT = "vreltui.analysis.piecewise:choice_report"

_DEPENDENCE = "vreltui.analysis.piecewise:dependence_report"

MOST_LISTED = 50_000
"""Nodes of all choices together, beyond which those of a choice for which no time was left are not
listed: to write that each is undecided would take longer than the call may."""


def _run(arguments: argparse.Namespace) -> int:
    """Check every design; the exit status."""
    if arguments.json and arguments.format not in (None, "json"):
        message(f"--json and --format {arguments.format} ask for two answers; leave one out")
        return UNUSABLE
    if arguments.watch:
        return _watched(arguments)
    return worst(_statuses(arguments, arguments.designs))


def _watched(arguments: argparse.Namespace) -> int:
    """Check every design, and again whenever one changes; the last exit status."""
    from vreltui.cli.watching import watch

    if "-" in arguments.designs or arguments.format in GATES:
        what = "standard input" if "-" in arguments.designs else f"--format {arguments.format}"
        message(f"{what} can't be watched; name files, with text or --json")
        return UNUSABLE
    return watch(list(dict.fromkeys(arguments.designs)), lambda files: _statuses(arguments, files))


def _statuses(arguments: argparse.Namespace, files: Sequence[str]) -> list[int]:
    """Check some designs; the status of each."""
    budget = Budget(arguments.seconds)
    writer = _writer(arguments, budget)
    writer.begin()
    statuses = []
    for number, file in enumerate(files):
        try:
            statuses.append(_check(file, arguments, budget, len(files) - number, writer))
        except VreltuiError as error:
            writer.unusable(file, error)
            statuses.append(UNUSABLE)
    writer.end()
    return statuses


def _writer(arguments: argparse.Namespace, budget: Budget) -> Writer:
    from vreltui.cli.check_writers import JsonWriter, LineWriter, TextWriter
    from vreltui.wording.as_json import choice_json

    if arguments.format in GATES:
        from vreltui.cli.gate_writer import GateWriter

        return GateWriter(budget.progress, arguments.format)
    if arguments.json or arguments.format == "json":
        if arguments.watch:
            return LineWriter(budget.progress, choice_json)
        return JsonWriter(budget.progress, choice_json, is_list=len(arguments.designs) > 1)
    return TextWriter(budget.progress, Style(coloured=colours(sys.stdout)))


def _check(
    file: str, arguments: argparse.Namespace, budget: Budget, files: int, writer: Writer
) -> int:
    """Check one of so many files that are left; its status. Raises :class:`VreltuiError`."""
    end = budget.share(files)
    if budget.over:
        writer.unread(file, f"not read: {budget.over}")
        return UNDECIDED
    document = asked(file, arguments)
    for name in arguments.require:
        require(document.file, "choice", name, document.design.choices)
    design, settings = document.design, settings_of(document, arguments)
    writer.read(document)
    names = tuple(design.choices)
    if arguments.choice is not None:
        wanted = {arguments.choice, *arguments.require}
        names = tuple(name for name in design.choices if name in wanted)
    designs, name = _named(settings.for_choices(names)), document.file
    writer.begin_file(name, design, names)
    del document, settings  # of a large design the text and its places are as large as itself
    found = []
    asked_of = _DEPENDENCE if arguments.dependence else _REPORT
    for report in reports(name, designs, budget, end, asked_of):
        writer.choice(report)
        found.append(report)
    writer.end_file()
    if all(report.verdict is None for report in found):
        message(f"{name}: nothing is asked: {_nothing(design, arguments.choice)}")
    return required(found, arguments.require) if arguments.require else status_of(found)


def _named(designs: Mapping[str, Design]) -> dict[str, Design]:
    """The designs with nodes' own numbers as parameters; what is one design stays one."""
    each = {id(design): design for design in designs.values()}
    named = {key: with_named_numbers(design) for key, design in each.items()}
    return {choice: named[id(design)] for choice, design in designs.items()}


def _nothing(design: Design, choice: str | None) -> str:
    if choice is not None and design.baseline is not None:
        return f"there is no goal, and {choice} is the baseline itself"
    return "the design has neither goal nor baseline, so that no choice can meet"


def reports(
    file: str,
    designs: Mapping[str, Design],
    budget: Budget,
    end: float,
    function: str = _REPORT,
) -> Iterator[ChoiceReport]:
    """The reports on choices, each as soon as it is known, all of them before ``end``.

    ``designs`` has for each choice the design in which it is asked about.
    """
    from vreltui.analysis import unasked_report, undecided_report
    from vreltui.engine.limits import Undecided

    first = next(iter(designs.values()))
    with closing(Answers["ChoiceReport"](function, first, budget, end)) as answers:
        for number, (name, design) in enumerate(designs.items()):
            doing = f"{file}: solving {name}, choice {number + 1} of {len(designs)}"
            answers.turn_to(design)
            if answers.over and len(design.nodes) * len(designs) > MOST_LISTED:
                yield unasked_report(design, name, answers.over)
                continue
            try:
                yield answers.ask(name, doing, len(designs) - number)
            except Undecided as reason:
                yield undecided_report(design, name, str(reason))


def status_of(found: list[ChoiceReport]) -> int:
    """The status of one file: met where a choice meets; open where one of the others may."""
    verdicts = {report.verdict for report in found}
    if "meets" in verdicts:
        return MET
    return UNDECIDED if "undecided" in verdicts else NOT_MET


def required(found: list[ChoiceReport], names: list[str]) -> int:
    """The status of one file of which some choices must all meet."""
    verdicts = [report.verdict for report in found if report.choice in names]
    if all(verdict == "meets" for verdict in verdicts):
        return MET
    proven = any(verdict not in ("meets", "undecided") for verdict in verdicts)
    return NOT_MET if proven else UNDECIDED


COMMAND = Command(
    question="verdict, reliability, thresholds and reasons of every choice",
    description="Verdict, reliability, thresholds and reasons of every choice of a design. Each "
    "choice is written as soon as it is known.",
    arguments=(
        DESIGNS,
        CHOICE,
        Argument(
            ("--require",),
            "this choice must meet; may be given several times, and then all of them must",
            metavar="ID",
            repeats=True,
            names_of="choices",
        ),
        Argument(
            ("--dependence",),
            "also what common causes would take away of what redundancy gains",
            flag=True,
        ),
        Argument(
            ("--watch",),
            "answer again whenever a file changes, with --json an object a line, until ctrl+c",
            flag=True,
        ),
        SET,
        SECONDS,
        JSON,
        Argument(
            ("--format",),
            "how to write it: text (usual), json, or for a gate github, sarif, junit",
            metavar="FORMAT",
            choices=("text", "json", *GATES),
        ),
    ),
    statuses={
        MET: "the choice named meets (without --choice: at least one does; with --require: all do)",
        NOT_MET: "proven not, or nothing is asked",
        UNUSABLE: "a file or a name can't be used",
        UNDECIDED: "none meets, and one is undecided",
    },
    run=_run,
)
