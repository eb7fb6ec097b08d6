"""The designs that a command is asked about: read, with what the arguments set, and noted."""

from __future__ import annotations

import argparse
from collections.abc import Collection

from vreltui.cli.output import message
from vreltui.model import Problem
from vreltui.model.rules import nearest
from vreltui.storage import Document, FileError, read


def asked(file: str, arguments: argparse.Namespace) -> Document:
    """The document in a file, of which ``--choice``, where the command takes it, names a choice.

    Its notes are said on standard error. Raises :class:`FileError`.
    """
    document = read(file)
    if "choice" in arguments:
        require(document.file, "choice", arguments.choice, document.design.choices)
    for note in document.notes:
        message(f"{document.file}: note: {note}")
    return document


def require(file: str, what: str, name: str | None, names: Collection[str]) -> None:
    """Refuse a name that is not there. Raises :class:`FileError`."""
    if name is not None and name not in names:
        problem = Problem((f"{what}s",), f'there is no {what} "{name}"', nearest(name, names))
        raise FileError(file, None, problem)
