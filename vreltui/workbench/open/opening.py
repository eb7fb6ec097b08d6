"""Ways to an open design: a file, one of another format, a template, what a killed process left."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vreltui.exchange.formats import MOST_BYTES
from vreltui.exchange.recognizing import foreign_form
from vreltui.storage import FileError
from vreltui.storage.document import parse, parse_bytes
from vreltui.storage.keep.journal import Recovered, unsaved
from vreltui.storage.keep.looked_at import looked_at
from vreltui.storage.keep.recent import Recent, recent, remember
from vreltui.storage.reading import STDIN, name_of, read_input
from vreltui.storage.templates import Template, begin, templates
from vreltui.workbench.open.files import File
from vreltui.workbench.open.left_view import left_view
from vreltui.workbench.open.open_design import Workbench

if TYPE_CHECKING:
    from vreltui.exchange.wishes import Wishes


def open_design(path: str | Path, wishes: Wishes | None = None) -> Workbench:
    """Open the design in a file; ``"-"`` is standard input, a design without a file.

    A file that another process edits, or of a newer format, opens read only:
    :attr:`Workbench.read_only` says why. What a killed process left is in
    :attr:`Workbench.recovered`. A fault tree of another format becomes a design without a file,
    which :attr:`Workbench.losses` says what it lacks; ``wishes`` is what is said beside it.

    Raises:
        WishError: a file of another format leaves open what ``wishes`` would have to say.
        FileError: it can't be read, or can't be used.
    """
    name = str(path)
    data = read_input(name, MOST_BYTES)
    form = foreign_form(data)
    if form is not None:
        return _imported(name, data, form, wishes)
    document = parse_bytes(data, name_of(name))
    if name == STDIN:
        return Workbench(document, File(None, None), "standard input")
    place = Path(path)
    bench = Workbench(document, File(place, document.text.encode("utf-8")))
    bench.left = left_view(looked_at(place))
    remember(place, document.design.title)
    return bench


def _imported(name: str, data: bytes, form: str, wishes: Wishes | None) -> Workbench:
    """A design made of a file of another format, to be saved under a name like that one's."""
    from vreltui.exchange.importing import import_files

    # What is lost stands in the design, where the folder it came from means nothing.
    file = Path(name_of(name)).name
    found = import_files([(file, data)], form, wishes)
    bench = Workbench(found.document, File(None, None), f"{file}, imported")
    bench.losses = tuple(loss.told(file) for loss in found.losses)
    if name != STDIN:
        bench.proposed = Path(name).with_suffix(".toml")
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
