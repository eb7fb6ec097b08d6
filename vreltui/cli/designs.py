"""The designs that a command is asked about: read, with what the arguments set, and noted."""

from __future__ import annotations

import argparse
from collections.abc import Collection

from vreltui.cli.output import message
from vreltui.cli.settings import Settings, settings
from vreltui.model import Problem
from vreltui.model.rules import nearest
from vreltui.storage import Document, FileError, read
from vreltui.storage.reading import load


def asked(file: str, arguments: argparse.Namespace) -> Document:
    """The document in a file, of which ``--choice``, where the command takes it, names a choice.

    Its notes are said on standard error. Raises :class:`FileError`.
    """
    try:
        document = read(file, once=True)
    except FileError:
        _refuse_other_formats(file)
        raise
    if "choice" in arguments:
        require(document.file, "choice", arguments.choice, document.design.choices)
    for note in document.notes:
        message(f"{document.file}: note: {note}")
    return document


def _refuse_other_formats(file: str) -> None:
    """Say of a file of another format what it is, where that can be seen. Raises FileError."""
    from vreltui.exchange.recognizing import foreign_form

    try:
        form = foreign_form(load(file))
    except (OSError, ValueError):  # a pipe that was read, or what the error is about
        return
    if form is not None:
        what = f"this is no design but of another format ({form})"
        right = "`vreltui import` makes a design of a fault tree"
        raise FileError(file, None, Problem((), what, right)) from None


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
