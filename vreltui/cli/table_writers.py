"""How commands that answer with tables write them: for people, and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from vreltui.cli.budget import Progress
from vreltui.cli.output import Style, message, write
from vreltui.model import Design
from vreltui.wording import as_text

T = TypeVar("T")


class TextWriter(Generic[T]):
    """Tables for people; ``notes`` stand below those of each file."""

    def __init__(
        self,
        progress: Progress,
        style: Style,
        lines: Callable[[Design, T, Style], list[str]],
        notes: Sequence[str],
    ) -> None:
        self._progress, self._style, self._lines, self._notes = progress, style, lines, notes
        self._files = 0
        self._design: Design | None = None

    def begin(self) -> None:
        """Begin all of it."""

    def begin_file(self, file: str, design: Design, choices: tuple[str, ...]) -> None:
        """Begin the answer about a file."""
        del choices
        self._design = design
        head = as_text.head(file, design, self._style)
        self._write([*([""] if self._files else []), *head])
        self._files += 1

    def choice(self, report: T) -> None:
        """Write what is known of a choice."""
        assert self._design is not None
        self._write(["", *self._lines(self._design, report, self._style)])

    def end_file(self) -> None:
        """End the answer about a file."""
        self._write(["", *(self._style(note, "dim") for note in self._notes)])

    def unread(self, file: str, reason: str) -> None:
        """Say that a file was not answered, and why."""
        self._progress.clear()
        message(f"{file}: {reason}")

    def end(self) -> None:
        """End all of it."""

    def _write(self, lines: Sequence[str]) -> None:
        self._progress.clear()
        write("".join(f"{line}\n" for line in lines))


class CsvWriter(Generic[T]):
    """One table for all files: a header, then the rows of each choice."""

    def __init__(
        self,
        progress: Progress,
        head: Sequence[str],
        rows: Callable[[str, T], list[list[str]]],
    ) -> None:
        self._progress, self._head, self._rows = progress, head, rows
        self._file = ""

    def begin(self) -> None:
        """Write the header."""
        self._write([list(self._head)])

    def begin_file(self, file: str, design: Design, choices: tuple[str, ...]) -> None:
        """Begin the answer about a file."""
        del design, choices
        self._file = file

    def choice(self, report: T) -> None:
        """Write the rows of a choice."""
        self._write(self._rows(self._file, report))

    def end_file(self) -> None:
        """End the answer about a file."""

    def unread(self, file: str, reason: str) -> None:
        """Say that a file was not answered, and why."""
        self._progress.clear()
        message(f"{file}: {reason}")

    def end(self) -> None:
        """End all of it."""

    def _write(self, rows: Sequence[Sequence[str]]) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        self._progress.clear()
        write(text.getvalue())
