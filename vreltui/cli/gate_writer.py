"""How `vreltui check` gathers its answer for a gate, which is written at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vreltui.analysis import ChoiceReport
from vreltui.cli.budget import Progress
from vreltui.cli.output import message, write
from vreltui.model import Design, VreltuiError
from vreltui.storage import Document, FileError
from vreltui.wording.as_github import github
from vreltui.wording.as_junit import junit
from vreltui.wording.as_sarif import sarif
from vreltui.wording.gates import Checked, Place

FORMATS: dict[str, Callable[[Sequence[Checked]], str]] = {
    "github": github,
    "sarif": sarif,
    "junit": junit,
}
"""The formats of gates, each with its writer."""


class GateWriter:
    """Gathers files with their reports; one whole answer at the end."""

    def __init__(self, progress: Progress, form: str) -> None:
        self._progress = progress
        self._form = form
        self._files: list[Checked] = []

    def begin(self) -> None:
        """Nothing is written before the end."""

    def read(self, document: Document) -> None:
        """Note where choices and nodes stand."""
        design = document.design
        places = {name: _place(document, ("choices", name)) for name in design.choices}
        if self._form == "sarif":
            places |= {f"node {n}": _place(document, ("nodes", n)) for n in design.nodes}
        self._files.append(Checked(document.file, design, places))

    def begin_file(self, file: str, design: Design, choices: tuple[str, ...]) -> None:
        """Find what is told of the file beside its choices."""
        checked = self._files[-1]
        assert checked.file == file
        checked.design = design
        if self._form == "sarif":
            checked.single_points = _single_points(design, choices)

    def choice(self, report: ChoiceReport) -> None:
        """Gather what is known of a choice."""
        self._files[-1].reports.append(report)

    def end_file(self) -> None:
        """Nothing is written before the end."""

    def unread(self, file: str, reason: str) -> None:
        """Say that a file was not answered, and why."""
        self._progress.clear()
        message(f"{file}: {reason}")
        self._files.append(Checked(file, faults=((None, reason),)))

    def unusable(self, file: str, error: VreltuiError) -> None:
        """Gather why a file can't be used, and say it."""
        for line in error.lines():
            message(line)
        faults: list[tuple[int | None, str]] = [(None, str(error))]
        if isinstance(error, FileError):
            found = sorted(
                ((error.line, error.problem), *error.others), key=lambda fault: fault[0] or 0
            )
            faults = [(line, str(problem)) for line, problem in found]
        self._files.append(Checked(file, faults=tuple(faults)))

    def end(self) -> None:
        """Write all of it."""
        self._progress.clear()
        write(FORMATS[self._form](self._files))


def _place(document: Document, path: tuple[str, ...]) -> Place:
    line, column = document.source.place(path)
    return Place(line, column)


def _single_points(design: Design, choices: tuple[str, ...]) -> dict[str, list[str]]:
    """The nodes that alone fail a choice; of choices that are too large to unfold none is told."""
    from vreltui.exchange.losses import CannotExportError
    from vreltui.exchange.unfolding import failure_tree
    from vreltui.model.settling import settled

    found: dict[str, list[str]] = {}
    for choice in choices:
        try:
            tree = failure_tree(settled(design, choice), choice, figures=False)
        except CannotExportError:
            continue
        nodes = dict.fromkeys(tree.events[name].of for name in sorted(tree.single_points()))
        for node in nodes:
            if node in design.nodes:
                found.setdefault(node, []).append(choice)
    return found
