"""`vreltui check`: verdict, reliability, thresholds and reasons of every choice."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from vreltui.cli.output import Style, colours, message
from vreltui.model import Problem, VreltuiError
from vreltui.model.rules import nearest
from vreltui.storage import Document, FileError, read

if TYPE_CHECKING:
    from vreltui.analysis import Report

LAID_OUT = 4
"""How deep JSON is laid out over lines: down to the thresholds, figures and nodes of a choice."""


def add_parser(subparsers: Any) -> None:
    """Declare the arguments."""
    parser = subparsers.add_parser(
        "check",
        allow_abbrev=False,
        help="verdict, reliability, thresholds and reasons of every choice",
        description="Verdict, reliability, thresholds and reasons of every choice of a design. "
        "Exit status 0: the choice named meets (without --choice: at least one does); 1: not; "
        "2: a file can't be used.",
    )
    parser.add_argument("designs", nargs="+", metavar="DESIGN", help="a design file, or -")
    parser.add_argument("--choice", metavar="ID", help="this choice alone")
    parser.add_argument("--json", action="store_true", help="as JSON, every number in full")


def run(arguments: argparse.Namespace) -> int:
    """Check every design; the exit status."""
    from vreltui.analysis import examine
    from vreltui.wording.as_json import as_json
    from vreltui.wording.as_text import as_text

    answers: list[dict[str, Any]] = []
    status = 0
    style = Style(coloured=colours(sys.stdout))
    for position, file in enumerate(arguments.designs):
        try:
            document = _open(file, arguments.choice)
        except VreltuiError as error:
            message(str(error))
            status = 2
            continue
        for note in document.notes:
            message(f"{document.file}: note: {note}")
        design = document.design
        report = examine(design, None if arguments.choice is None else [arguments.choice])
        if arguments.json:
            answers.append(as_json(document.file, design, report))
        else:
            print("\n" if position else "", end="")
            print(as_text(document.file, design, report, style))
        status = max(status, 0 if meets(report) else 1)
    one = len(arguments.designs) == 1
    if arguments.json and (answers or not one):
        laid_out = [_laid_out(answer) for answer in answers]
        print(laid_out[0] if one else "[\n" + ",\n".join(laid_out) + "\n]")
    return status


def _laid_out(value: Any, depth: int = 0) -> str:
    """JSON with a line for each parameter and node.

    `json.dumps` indents in Python, three times as slowly as all of a large design is solved.
    """
    if depth == LAID_OUT or not isinstance(value, dict) or not value:
        return json.dumps(value, allow_nan=False)
    margin = " " * (depth + 1)
    entries = (f"{margin}{json.dumps(key)}: {_laid_out(v, depth + 1)}" for key, v in value.items())
    return "{\n" + ",\n".join(entries) + f"\n{margin[1:]}}}"


def meets(report: Report) -> bool:
    """Whether a choice of the report meets."""
    return any(choice.verdict == "meets" for choice in report.choices.values())


def _open(file: str, choice: str | None) -> Document:
    document = read(file)
    if choice is not None and choice not in document.design.choices:
        problem = Problem(
            ("choices",),
            f'there is no choice "{choice}"',
            nearest(choice, document.design.choices),
        )
        raise FileError(document.file, None, problem)
    return document
