"""Ways to an open design: a file, a template, what a killed process left."""

from __future__ import annotations

from pathlib import Path

from vreltui.storage import FileError, read
from vreltui.storage.document import parse
from vreltui.storage.keep.journal import Recovered, unsaved
from vreltui.storage.keep.recent import Recent, recent, remember
from vreltui.storage.reading import STDIN
from vreltui.storage.templates import Template, begin, templates
from vreltui.workbench.open.files import File
from vreltui.workbench.open.open_design import Workbench


def open_design(path: str | Path) -> Workbench:
    """Open the design in a file; ``"-"`` is standard input, a design without a file.

    A file that another process edits, or of a newer format, opens read only:
    :attr:`Workbench.read_only` says why. What a killed process left is in
    :attr:`Workbench.recovered`. Raises :class:`vreltui.storage.FileError`.
    """
    document = read(path)
    if str(path) == STDIN:
        return Workbench(document, File(None, None), "standard input")
    place = Path(path)
    bench = Workbench(document, File(place, document.text.encode("utf-8")))
    remember(place, document.design.title)
    return bench


def new_design(template: str = "blank") -> Workbench:
    """A new design from a template, without a file until it is saved.

    Raises :class:`vreltui.storage.FileError` when there is no such template.
    """
    return Workbench(begin(template), File(None, None))


def recent_files() -> list[Recent]:
    """The designs that were open lately, the newest first."""
    return recent()


def unsaved_designs() -> list[Recovered]:
    """Designs that never had a file, left behind by processes that were killed; newest first."""
    return unsaved()


def recover_unsaved(recovered: Recovered) -> Workbench:
    """Open one of :func:`unsaved_designs` again. Raises :class:`vreltui.storage.FileError`."""
    document = parse(recovered.base, "new design")
    bench = Workbench(document, File(None, None, recovered.key))
    try:
        bench.accept_recovery()
    except FileError:
        bench.close(keep=True)
        raise
    return bench


__all__ = [
    "Recent",
    "Recovered",
    "Template",
    "new_design",
    "open_design",
    "recent_files",
    "recover_unsaved",
    "templates",
    "unsaved_designs",
]
