"""`vreltui new`: a design from a template."""

from __future__ import annotations

import argparse

from vreltui.cli.output import clean, write
from vreltui.cli.table import USABLE, Argument, Command
from vreltui.model import VreltuiError


class CannotWriteError(VreltuiError):
    """The new file could not be written; the text says why, and what would be right."""


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
        _save(arguments.output, text)
    return 0


def _save(file: str, text: str) -> None:
    from vreltui.storage import ChangedOnDisk, SaveError, save

    try:
        save(file, text, None)
    except ChangedOnDisk:
        raise CannotWriteError(f"{file} exists; choose another name") from None
    except SaveError as error:
        raise CannotWriteError(f"{file} can't be written: {error.why}") from None


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
