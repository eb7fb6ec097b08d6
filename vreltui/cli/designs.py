"""The designs that a command is asked about: read, with what the arguments set, and noted."""

from __future__ import annotations

import argparse
from collections.abc import Collection

from vreltui.cli.output import message
from vreltui.cli.settings import Settings, settings
from vreltui.model import Problem
from vreltui.model.rules import nearest
from vreltui.storage import Document, FileError, read


def asked(file: str, arguments: argparse.Namespace) -> Document:
    """The document in a file, of which ``--choice``, where the command takes it, names a choice.

    Its notes are said on standard error. Raises :class:`FileError`.
    """
    document = read(file, once=True)
    if "choice" in arguments:
        require(document.file, "choice", arguments.choice, document.design.choices)
    for note in document.notes:
        message(f"{document.file}: note: {note}")
    return document


def settings_of(document: Document, arguments: argparse.Namespace) -> Settings:
    """What ``--set`` sets, noted on standard error where it is odd. Raises :class:`FileError`."""
    found = settings(document.file, document.design, arguments.set)
    choice = arguments.choice if "choice" in arguments else None
    for note in found.notes(tuple(document.design.choices) if choice is None else (choice,)):
        message(f"{document.file}: note: {note}")
    return found


def require(file: str, what: str, name: str | None, names: Collection[str]) -> None:
    """Refuse a name that is not there. Raises :class:`FileError`."""
    if name is not None and name not in names:
        problem = Problem((f"{what}s",), f'there is no {what} "{name}"', nearest(name, names))
        raise FileError(file, None, problem)
