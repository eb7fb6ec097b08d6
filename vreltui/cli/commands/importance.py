"""`vreltui importance`: which part of each choice matters."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from vreltui.cli.arguments import CHOICE, DESIGNS, JSON, SECONDS
from vreltui.cli.budget import Budget
from vreltui.cli.designs import require
from vreltui.cli.each_choice import Writer, answer_each
from vreltui.cli.output import Style, colours
from vreltui.cli.settings import SET
from vreltui.cli.table import USABLE, Argument, Command
from vreltui.model import Design

if TYPE_CHECKING:
    from vreltui.analysis.importance_results import ImportanceReport

_REPORT = "vreltui.analysis.piecewise:importance_report"

_KIND = "kind:"


def _run(arguments: argparse.Namespace) -> int:
    """Answer about every design; the exit status."""
    from vreltui.analysis.importance_results import ImportanceReport

    budget = Budget(arguments.seconds)

    def about(file: str, design: Design, choice: str) -> object:
        groups = tuple((text, _members(file, design, choice, text)) for text in arguments.group)
        return choice, groups, arguments.pairs

    def undecided(choice: str, reason: str) -> ImportanceReport:
        return ImportanceReport(choice, None, undecided=reason)

    return answer_each(arguments, _REPORT, about, undecided, _writer(arguments, budget), budget)


def _members(file: str, design: Design, choice: str, text: str) -> tuple[str, ...]:
    """The nodes that a group names. Raises :class:`FileError` where there is no such node."""
    if text.startswith(_KIND):
        kind = text.removeprefix(_KIND)
        kinds = list(dict.fromkeys(node.kind for node in design.nodes.values()))
        require(file, "kind", kind, kinds)
        below = design.below(design.choices[choice].root)
        return tuple(name for name in below if design.nodes[name].kind == kind)
    names = tuple(name.strip() for name in text.split(","))
    for name in names:
        require(file, "node", name, design.nodes)
    return names


def _writer(arguments: argparse.Namespace, budget: Budget) -> Writer[ImportanceReport]:
    from vreltui.cli.check_writers import JsonWriter
    from vreltui.cli.table_writers import CsvWriter, TextWriter
    from vreltui.wording import importance

    if arguments.json:
        is_list = len(arguments.designs) > 1
        said, head = importance.choice_json, importance.head
        return JsonWriter(budget.progress, said, head, is_list=is_list)
    if arguments.csv:
        pairs = arguments.pairs
        return CsvWriter(
            budget.progress,
            importance.csv_head(pairs=pairs),
            lambda file, report: importance.csv_rows(file, report, pairs=pairs),
        )
    style = Style(coloured=colours(sys.stdout))
    return TextWriter(budget.progress, style, importance.choice_lines, importance.definitions())


COMMAND = Command(
    question="which part of each choice matters, by every measure in use",
    description="The importance of every node and parameter of each choice: what one instance of "
    "it does to the whole. Of a node with several instances, one stands for all, the one with the "
    "largest Birnbaum measure. The measures are defined below the tables.",
    arguments=(
        DESIGNS,
        CHOICE,
        Argument(
            ("--pairs",), "which two numbers to improve together, and what that gains", flag=True
        ),
        Argument(
            ("--group",),
            "these nodes replaced all at once, A,B or kind:hypervisor; may be given several times",
            metavar="A,B",
            repeats=True,
        ),
        Argument(("--csv",), "as CSV, every number in full", flag=True),
        SET,
        SECONDS,
        JSON,
    ),
    statuses=USABLE,
    run=_run,
)
