"""`vreltui export`: a choice of a design in another format."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from vreltui.cli.arguments import CHOICE, DESIGN, USUAL_SECONDS
from vreltui.cli.budget import Budget
from vreltui.cli.designs import asked, settings_of
from vreltui.cli.output import raw_message, write
from vreltui.cli.settings import SET
from vreltui.cli.table import USABLE, Argument, Command
from vreltui.exchange.formats import OUT
from vreltui.model import Problem
from vreltui.model.own_numbers import with_named_numbers
from vreltui.storage import FileError

if TYPE_CHECKING:
    from vreltui.exchange.exporting import Exported
    from vreltui.model import Design
    from vreltui.storage import Document


def _run(arguments: argparse.Namespace) -> int:
    from vreltui.cli.new_file import write_new

    document = asked(arguments.design, arguments)
    exported = _exported(document, arguments)
    for path, loss in exported.losses:
        line = document.line(Problem(path, ""))
        raw_message(loss.at(line).told(document.file))
    if arguments.output is None:
        write(exported.text)
    else:
        write_new(arguments.output, exported.text)
    return 0


def _exported(document: Document, arguments: argparse.Namespace) -> Exported:
    from vreltui.exchange.exporting import DIAGRAMS, export_diagram, export_tree

    design = document.design
    is_diagram = arguments.to in DIAGRAMS
    choices = tuple(design.choices) if arguments.choice is None else (arguments.choice,)
    if len(choices) > 1 and (not is_diagram or arguments.values):
        what = f"the design has {len(choices)} choices, and one is exported"
        right = f"name it with --choice: {', '.join(choices)}"
        raise FileError(document.file, None, Problem(("choices",), what, right))
    if arguments.values and not is_diagram:
        what = f"--values is for diagrams; {arguments.to} has the numbers anyway"
        raise FileError(document.file, None, Problem((), what, "leave it out"))
    found = settings_of(document, arguments)
    design = found.for_choice(choices[0]) if len(choices) == 1 else design
    if not is_diagram:
        return export_tree(design, choices[0], arguments.to)
    values = _values(document.file, design, choices[0]) if arguments.values else None
    return export_diagram(design, choices, arguments.to, values)


def _values(file: str, design: Design, choice: str) -> dict[str, str]:
    """By node: its reliability as a text."""
    from vreltui.cli.commands.check import reports
    from vreltui.wording.numerals import reliability_text

    budget = Budget(USUAL_SECONDS)
    (report,) = reports(file, {choice: with_named_numbers(design)}, budget, budget.end)
    texts = {name: f"R = {reliability_text(figure)}" for name, figure in report.nodes.items()}
    unknown = dict.fromkeys(design.below(design.choices[choice].root), "R is undecided")
    return unknown | texts


COMMAND = Command(
    question="a choice as a fault tree or a diagram in another format",
    description="Write a choice of a design as a fault tree (open-psa, galileo) or a diagram "
    "(mermaid, dot; all choices without --choice). What the format has no place for is said on "
    "standard error.",
    arguments=(
        DESIGN,
        Argument(("--to",), "the format", metavar="FORMAT", choices=OUT, required=True),
        CHOICE,
        SET,
        Argument(("--values",), "in diagrams: R of each node, and single points marked", flag=True),
        Argument(("-o",), "write here; must not exist", metavar="FILE", dest="output"),
    ),
    statuses=USABLE,
    run=_run,
)
