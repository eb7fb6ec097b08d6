"""How `vreltui check` writes its answer, choice by choice."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Generic, Protocol, TypeVar

from vreltui.analysis import ChoiceReport
from vreltui.cli.budget import Progress
from vreltui.cli.output import Style, message, write
from vreltui.model import Design, VreltuiError
from vreltui.storage import Document
from vreltui.wording import as_json, as_text
from vreltui.wording.reasons import independence

LAID_OUT = 4
"""How deep JSON is laid out over lines: down to the thresholds, figures and nodes of a choice."""

AT_ONCE = 10_000
"""Pieces of JSON that are written together."""


class Writer(Protocol):
    """Writes answers about files in turn: each begun, then its choices, then ended."""

    def begin(self) -> None:
        """Begin all of it."""

    def read(self, document: Document) -> None:
        """Note what was read, before anything is asked of it."""

    def begin_file(self, file: str, design: Design, choices: tuple[str, ...]) -> None:
        """Begin the answer about a file, in which these choices are asked about."""

    def choice(self, report: ChoiceReport) -> None:
        """Write what is known of a choice."""

    def end_file(self) -> None:
        """End the answer about a file."""

    def unread(self, file: str, reason: str) -> None:
        """Say that a file was not answered, and why."""

    def unusable(self, file: str, error: VreltuiError) -> None:
        """Say why a file can't be used."""

    def end(self) -> None:
        """End all of it."""


class Messages:
    """Says on standard error what is wrong with a file; what was read needs no note."""

    def read(self, document: Document) -> None:
        """Nothing has to be noted."""

    def unusable(self, file: str, error: VreltuiError) -> None:
        """Each fault in a line of its own."""
        del file
        for line in error.lines():
            message(line)


class AboutChoice(Protocol):
    """What is known of a choice."""

    @property
    def choice(self) -> str:
        """Its name."""


R = TypeVar("R", bound=AboutChoice)


class JsonWriter(Messages, Generic[R]):
    """An object for one file; a list of them for several.

    ``said`` gives the object of a choice, ``head`` what stands before the choices of a file.
    """

    def __init__(
        self,
        progress: Progress,
        said: Callable[[Design, R], dict[str, Any]],
        head: Callable[[str, Design], dict[str, Any]] = as_json.head,
        *,
        is_list: bool,
    ) -> None:
        self._progress = progress
        self._said, self._head = said, head
        self._is_list = is_list
        self._files = self._choices = 0
        self._design: Design | None = None

    def begin(self) -> None:
        """Begin all of it."""
        if self._is_list:
            self._write("[\n")

    def begin_file(self, file: str, design: Design, choices: tuple[str, ...]) -> None:
        """Begin the answer about a file."""
        del choices
        self._design, self._choices = design, 0
        head = _laid_out(self._head(file, design)).removesuffix("\n}")
        self._next_file(f'{head},\n "choices": {{\n')

    def choice(self, report: R) -> None:
        """Write what is known of a choice."""
        assert self._design is not None
        pieces = _pieces(self._said(self._design, report), 2)
        comma = ",\n" if self._choices else ""
        self._write(f"{comma}  {json.dumps(report.choice)}: ")
        while said := "".join(islice(pieces, AT_ONCE)):
            self._write(said)
        self._choices += 1

    def end_file(self) -> None:
        """End the answer about a file."""
        self._write("\n }\n}")
        if not self._is_list:
            self._write("\n")

    def unread(self, file: str, reason: str) -> None:
        """Say that a file was not answered, and why."""
        said = {"file": file, "choices": None, "choices_undecided": reason}
        self._next_file(_laid_out(said) + ("" if self._is_list else "\n"))

    def end(self) -> None:
        """End all of it."""
        if self._is_list:
            self._write("\n]\n")

    def _next_file(self, text: str) -> None:
        self._write((",\n" if self._files else "") + text)
        self._files += 1

    def _write(self, text: str) -> None:
        self._progress.clear()
        write(text)


class LineWriter(JsonWriter[R]):
    """An object a line for each file, as soon as all of it is known."""

    def __init__(self, progress: Progress, said: Callable[[Design, R], dict[str, Any]]) -> None:
        super().__init__(progress, said, is_list=False)
        self._answer: dict[str, Any] = {}

    def begin_file(self, file: str, design: Design, choices: tuple[str, ...]) -> None:
        """Begin the answer about a file."""
        del choices
        self._design = design
        self._answer = {**self._head(file, design), "choices": {}}

    def choice(self, report: R) -> None:
        """Keep what is known of a choice."""
        assert self._design is not None
        self._answer["choices"][report.choice] = self._said(self._design, report)

    def end_file(self) -> None:
        """Write the answer about a file."""
        self._line(self._answer)

    def unread(self, file: str, reason: str) -> None:
        """Say that a file was not answered, and why."""
        self._line({"file": file, "choices": None, "choices_undecided": reason})

    def unusable(self, file: str, error: VreltuiError) -> None:
        """Say why a file can't be used, on both streams."""
        super().unusable(file, error)
        self._line({"file": file, "choices": None, "errors": list(error.lines())})

    def _line(self, answer: dict[str, Any]) -> None:
        self._write(json.dumps(answer, allow_nan=False) + "\n")


class TextWriter(Messages):
    """Lines for people."""

    def __init__(self, progress: Progress, style: Style) -> None:
        self._progress = progress
        self._style = style
        self._files = self._width = 0
        self._holds: list[str] = []
        self._design: Design | None = None

    def begin(self) -> None:
        """Begin all of it."""

    def begin_file(self, file: str, design: Design, choices: tuple[str, ...]) -> None:
        """Begin the answer about a file."""
        self._design = design
        self._width = max(map(len, choices), default=0)
        self._holds = []
        lines = as_text.head(file, design, self._style)
        self._write(("\n" if self._files else "") + "\n".join(lines) + "\n")
        self._files += 1

    def choice(self, report: ChoiceReport) -> None:
        """Write what is known of a choice."""
        assert self._design is not None
        lines = ["", *as_text.choice_lines(self._design, report, self._width, self._style)]
        self._write("\n".join(lines) + "\n")
        if report.dependence is not None and report.dependence.most:
            # Imported where it was asked for.
            from vreltui.wording.dependence import dependence_sentence

            self._holds.append(f"{report.choice} {dependence_sentence(report.dependence)}")

    def end_file(self) -> None:
        """End the answer about a file: on what it rests, and how far where that is known."""
        self._write(f"\n{self._style(independence(self._holds), 'dim')}\n")

    def unread(self, file: str, reason: str) -> None:
        """Say that a file was not answered, and why."""
        self._progress.clear()
        message(f"{file}: {reason}")

    def end(self) -> None:
        """End all of it."""

    def _write(self, text: str) -> None:
        self._progress.clear()
        write(text)


def _laid_out(value: Any, depth: int = 0) -> str:
    """JSON with a line for each parameter and node.

    `json.dumps` indents in Python, three times as slowly as all of a large design is solved.
    """
    return "".join(_pieces(value, depth))


def _pieces(value: Any, depth: int) -> Iterator[str]:
    """What :func:`_laid_out` writes, piece by piece: of a large design the whole is large, too."""
    if depth == LAID_OUT or not isinstance(value, dict) or not value:
        yield json.dumps(value, allow_nan=False)
        return
    margin = " " * (depth + 1)
    before = "{\n"
    for key, entry in value.items():
        yield f"{before}{margin}{json.dumps(key)}: "
        yield from _pieces(entry, depth + 1)
        before = ",\n"
    yield f"\n{margin[1:]}}}"
