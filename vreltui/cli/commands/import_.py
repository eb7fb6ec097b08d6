"""`vreltui import`: a design from another format."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from vreltui.cli.arguments import JSON
from vreltui.cli.output import raw_message, write
from vreltui.cli.table import MET, UNUSABLE, Argument, Command
from vreltui.exchange.formats import IN
from vreltui.model import DesignError, Probability
from vreltui.model.base_node import KINDS

if TYPE_CHECKING:
    from vreltui.exchange.importing import Found
    from vreltui.model.times import Duration


def _run(arguments: argparse.Namespace) -> int:
    from vreltui.cli.new_file import write_new
    from vreltui.exchange.importing import import_files
    from vreltui.exchange.wishes import Wishes
    from vreltui.storage.reading import name_of

    files = [(name_of(file), _bytes(file)) for file in arguments.files]
    wishes = Wishes(arguments.top, arguments.time, dict(arguments.assume), arguments.bounds)
    found = import_files(files, arguments.form, wishes)
    for loss in found.losses:
        raw_message(loss.told(files[0][0]))
    if arguments.output is not None:
        write_new(arguments.output, found.document.text)
    if arguments.json:
        write(json.dumps(_json(found), indent=1) + "\n")
    elif arguments.output is None:
        write(found.document.text)
    return MET


def _json(found: Found) -> dict[str, object]:
    losses = [
        {"line": loss.line, "name": loss.name, "kind": loss.kind, "what": loss.what}
        for loss in found.losses
    ]
    return {"design": found.document.text, "losses": losses}


def _bytes(file: str) -> bytes:
    """What a file holds. Raises :class:`~vreltui.storage.FileError`."""
    from vreltui.exchange.formats import MOST_BYTES
    from vreltui.storage.reading import read_input

    return read_input(file, MOST_BYTES)


def _time(text: str) -> Duration:
    """A mission time: "30 d", or a bare number of hours."""
    from vreltui.exchange.wishes import time_of

    try:
        return time_of(text)
    except DesignError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _assumed(text: str) -> tuple[str, Probability]:
    """A kind of node and the reliability that is assumed of it."""
    from vreltui.model.quantities import PROBABILITY

    kind, _, value = text.partition("=")
    try:
        if kind in (*KINDS, "zone"):
            return kind, PROBABILITY.typed(value)
    except DesignError:
        pass
    raise argparse.ArgumentTypeError(f"{text!r} assumes nothing; write KIND=R: component=0.999")


COMMAND = Command(
    question="a design from a fault tree in another format",
    description="Make a design of fault trees in Open-PSA MEF 2.0d (several files make one model) "
    "or Galileo .dft. Which it is, is seen by the content. What is lost is said on standard error, "
    "and stands at the top of the design.",
    arguments=(
        Argument(("files",), "a file to import, or -", metavar="FILE", times="+", is_design=True),
        Argument(
            ("--from",),
            "the format, whatever the content",
            metavar="FORMAT",
            choices=IN,
            dest="form",
        ),
        Argument(("--top",), "the gate at the top, of several", metavar="NAME"),
        Argument(
            ("--time",),
            'the mission time, such as "30 d"; a bare number is hours',
            metavar="T",
            convert=_time,
        ),
        Argument(
            ("--assume",),
            "the reliability of what states none, by kind, such as component=0.999",
            metavar="KIND=R",
            convert=_assumed,
            repeats=True,
        ),
        Argument(
            ("--bounds",),
            "take what can't be said exactly as a proven bound, and say in which direction",
            flag=True,
        ),
        Argument(("-o",), "write here; must not exist", metavar="OUT", dest="output"),
        JSON,
    ),
    statuses={MET: "done", UNUSABLE: "a file can't be used, or importing it would change a figure"},
    run=_run,
)
