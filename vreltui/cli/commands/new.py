"""`vreltui new`: a design from a template."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from vreltui.cli.new_file import CannotWriteError, write_again, write_new
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
    if arguments.schema:
        text = _schema_beside(arguments.output) + text
    if arguments.output is None:
        write(text)
    else:
        write_new(arguments.output, text)
    return 0


def _schema_beside(output: str | None) -> str:
    """Write the schema beside a file; the line that names it. Raises :class:`VreltuiError`."""
    from vreltui.storage.schema import FILE, LINE, is_schema, schema_text

    if output is None:
        raise CannotWriteError("--schema is written beside a file; name that with -o")
    file = Path(output)
    if os.path.lexists(file):
        raise CannotWriteError(f"{output} exists; choose another name")
    write_again(str(file.with_name(FILE)), schema_text(), is_schema)
    return LINE


COMMAND = Command(
    question="a design from a template",
    description="Print a design made from a template, or write it to a new file. "
    "Without TEMPLATE, list the templates.",
    arguments=(
        Argument(("template",), "the template's name", metavar="TEMPLATE", times="?"),
        Argument(("-o",), "write here; must not exist", metavar="FILE", dest="output"),
        Argument(
            ("--schema",),
            "write the JSON Schema beside it too, and begin it with a line that editors follow",
            flag=True,
        ),
    ),
    statuses=USABLE,
    run=_run,
)
