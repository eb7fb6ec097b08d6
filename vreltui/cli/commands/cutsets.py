"""`vreltui cutsets`: what breaks each choice, or with --paths what makes it work."""

from __future__ import annotations

import argparse
import sys
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from vreltui.cli.arguments import CHOICE, DESIGNS, JSON, SECONDS
from vreltui.cli.budget import Budget
from vreltui.cli.each_choice import Writer, answer_each
from vreltui.cli.output import Style, colours
from vreltui.cli.settings import SET
from vreltui.cli.table import USABLE, Argument, Command
from vreltui.model import Design

if TYPE_CHECKING:
    from vreltui.analysis.cut_results import CutReport

_REPORT = "vreltui.analysis.piecewise:cut_report"


def _run(arguments: argparse.Namespace) -> int:
    """Answer about every design; the exit status."""
    from vreltui.analysis.cut_results import CutQuestion, CutReport

    budget = Budget(arguments.seconds)
    sys.set_int_max_str_digits(0)  # counts of sets are exact, however long

    def about(file: str, design: Design, choice: str) -> CutQuestion:
        del file, design
        return CutQuestion(
            choice,
            paths=arguments.paths,
            order=arguments.order,
            above=arguments.above,
            rows=arguments.rows,
            instances=arguments.instances,
        )

    def undecided(choice: str, reason: str) -> CutReport:
        return CutReport(choice, arguments.paths, None, undecided={"sets": reason})

    return answer_each(arguments, _REPORT, about, undecided, _writer(arguments, budget), budget)


def _writer(arguments: argparse.Namespace, budget: Budget) -> Writer[CutReport]:
    from vreltui.cli.check_writers import JsonWriter
    from vreltui.cli.table_writers import CsvWriter, TextWriter
    from vreltui.wording import cut_sets
    from vreltui.wording.importance import head

    if arguments.json:
        is_list = len(arguments.designs) > 1
        return JsonWriter(budget.progress, cut_sets.choice_json, head, is_list=is_list)
    if arguments.csv:
        return CsvWriter(budget.progress, cut_sets.CSV_HEAD, cut_sets.csv_rows)
    style = Style(coloured=colours(sys.stdout))
    return TextWriter(budget.progress, style, cut_sets.choice_lines, cut_sets.NOTES)


def _number(text: str) -> int:
    """A whole number from 1. Raises :class:`argparse.ArgumentTypeError` where it is none."""
    if not (text.isascii() and text.isdigit() and int(text[:10]) > 0):
        raise argparse.ArgumentTypeError(f"{text} is no whole number from 1, such as 3")
    return int(text[:10])


def _probability(text: str) -> Decimal:
    """A probability. Raises :class:`argparse.ArgumentTypeError` where it is none."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not (found.is_finite() and 0 <= found < 1 and found.adjusted() > -10_000):
        raise argparse.ArgumentTypeError(f"{text} is no probability from 0 to 1, such as 1e-9")
    return found


COMMAND = Command(
    question="what breaks each choice: its minimal cut sets, exactly counted",
    description="The minimal sets of instances whose failing fails a choice; with --paths those "
    "whose working makes it work. All of them are counted. Rows are by node: copies that look "
    "alike are one row with a count. The most probable come first; what is left out is said.",
    arguments=(
        DESIGNS,
        CHOICE,
        Argument(("--paths",), "minimal path sets instead of cuts", flag=True),
        Argument(("--order",), "sets of at most K instances", metavar="K", convert=_number),
        Argument(("--above",), "sets more probable than P", metavar="P", convert=_probability),
        Argument(("--rows",), "the N most probable rows", metavar="N", convert=_number),
        Argument(("--instances",), "every set by itself, by the names of its instances", flag=True),
        Argument(("--csv",), "the rows as CSV", flag=True),
        SET,
        SECONDS,
        JSON,
    ),
    statuses=USABLE,
    run=_run,
)
