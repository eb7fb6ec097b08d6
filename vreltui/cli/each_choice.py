"""Commands that answer with figures about each choice of several designs."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any, Protocol, TypeVar

from vreltui.cli.budget import Answers, Budget
from vreltui.cli.designs import asked, settings_of
from vreltui.cli.output import message
from vreltui.cli.table import MET, UNUSABLE, worst
from vreltui.model import Design, VreltuiError

T = TypeVar("T")
A_contra = TypeVar("A_contra", contravariant=True)


class Writer(Protocol[A_contra]):
    """Writes answers about files in turn: each begun, then its choices, then ended."""

    def begin(self) -> None:
        """Begin all of it."""

    def begin_file(self, file: str, design: Design, choices: tuple[str, ...]) -> None:
        """Begin the answer about a file, in which these choices are asked about."""

    def choice(self, report: A_contra) -> None:
        """Write what is known of a choice."""

    def end_file(self) -> None:
        """End the answer about a file."""

    def unread(self, file: str, reason: str) -> None:
        """Say that a file was not answered, and why."""

    def end(self) -> None:
        """End all of it."""


def answer_each(
    arguments: argparse.Namespace,
    where: str,
    about: Callable[[str, Design, str], object],
    undecided: Callable[[str, str], T],
    writer: Writer[T],
    budget: Budget,
) -> int:
    """Ask a function about each choice of each design, and write what it answers; the status.

    ``where`` names the function as "module:function"; ``about`` makes what it is asked of a file, a
    design and a choice, and ``undecided`` what is written where there was no time.
    """
    writer.begin()
    files = arguments.designs
    statuses = []
    for number, file in enumerate(files):
        try:
            end = budget.share(len(files) - number)
            if budget.over:
                writer.unread(file, f"not read: {budget.over}")
                continue
            document = asked(file, arguments)
            found = settings_of(document, arguments)
            names = tuple(document.design.choices)
            names = names if arguments.choice is None else (arguments.choice,)
            designs = found.for_choices(names)
            questions = {name: about(document.file, designs[name], name) for name in names}
            writer.begin_file(document.file, document.design, names)
            _answers(document.file, designs, questions, where, undecided, writer, budget, end)
            writer.end_file()
            statuses.append(MET)
        except VreltuiError as error:
            for line in error.lines():
                message(line)
            statuses.append(UNUSABLE)
    writer.end()
    return worst(statuses)


def _answers(
    file: str,
    designs: Mapping[str, Design],
    questions: Mapping[str, object],
    where: str,
    undecided: Callable[[str, str], T],
    writer: Writer[T],
    budget: Budget,
    end: float,
) -> None:
    from vreltui.engine.limits import Undecided

    first = next(iter(designs.values()))
    with closing(Answers[Any](where, first, budget, end)) as answers:
        for number, (name, design) in enumerate(designs.items()):
            doing = f"{file}: solving {name}, choice {number + 1} of {len(designs)}"
            answers.turn_to(design)
            try:
                found: T = answers.ask(questions[name], doing, len(designs) - number)
            except Undecided as reason:
                found = undecided(name, str(reason))
            writer.choice(found)
