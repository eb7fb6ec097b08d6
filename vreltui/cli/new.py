"""`vreltui new`: a design from a template."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from vreltui.cli.output import clean
from vreltui.model import Problem, VreltuiError
from vreltui.model.rules import nearest
from vreltui.storage import ChangedOnDisk, FileError, SaveError, read, save
from vreltui.storage.locations import shipped_designs


class CannotWriteError(VreltuiError):
    """The new file could not be written; the text says why, and what would be right."""


def add_parser(subparsers: Any) -> None:
    """Declare the arguments."""
    parser = subparsers.add_parser(
        "new",
        allow_abbrev=False,
        help="a design from a template",
        description="Print a design made from a template, or write it to a new file. "
        "Without TEMPLATE, list the templates.",
    )
    parser.add_argument("template", nargs="?", metavar="TEMPLATE", help="the template's name")
    parser.add_argument("-o", dest="output", metavar="FILE", help="write here; must not exist")


def run(arguments: argparse.Namespace) -> int:
    """List the templates, or write one out."""
    templates = {path.stem: path for path in shipped_designs()}
    name = arguments.template
    if name is None:
        width = max(map(len, templates), default=0)
        for template, path in templates.items():
            print(f"{template.ljust(width)}  {clean(read(path).design.title)}")
        return 0
    if name not in templates:
        problem = Problem((), f'there is no template "{name}"', nearest(name, templates))
        raise FileError("new", None, problem)
    text = read(templates[name]).text
    if arguments.output is None:
        sys.stdout.write(text)
        return 0
    try:
        save(arguments.output, text, None)
    except ChangedOnDisk:
        raise CannotWriteError(f"{arguments.output} exists; choose another name") from None
    except SaveError as error:
        raise CannotWriteError(f"{arguments.output} can't be written: {error.why}") from None
    return 0
