"""`vreltui new`: a design from a template."""

from __future__ import annotations

import argparse

from vreltui.cli.new_file import write_new
from vreltui.cli.output import clean, write
from vreltui.cli.table import USABLE, Argument, Command


def _run(arguments: argparse.Namespace) -> int:
    """List the templates, or write one out."""
    from vreltui.storage.templates import begin, templates

    if arguments.template is None:
        found = templates()
        width = max(len(template.name) for template in found)
        for template in found:
            write(f"{template.name.ljust(width)}  {clean(template.title)}\n")
        return 0
    text = begin(arguments.template).text
    if arguments.output is None:
        write(text)
    else:
        write_new(arguments.output, text)
    return 0


COMMAND = Command(
    question="a design from a template",
    description="Print a design made from a template, or write it to a new file. "
    "Without TEMPLATE, list the templates.",
    arguments=(
        Argument(("template",), "the template's name", metavar="TEMPLATE", times="?"),
        Argument(("-o",), "write here; must not exist", metavar="FILE", dest="output"),
    ),
    statuses=USABLE,
    run=_run,
)
