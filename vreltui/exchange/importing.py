"""Designs from other formats: which there are, how they are told apart, and what is lost."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from vreltui.exchange.event_numbers import EventNumbers
from vreltui.exchange.galileo_reader import GalileoReader
from vreltui.exchange.losses import Loss
from vreltui.exchange.markup import Element, parse_markup, refused
from vreltui.exchange.open_psa_reader import OpenPsaReader
from vreltui.exchange.open_psa_scopes import Scopes
from vreltui.exchange.recognizing import foreign_form
from vreltui.exchange.to_design import Imported, design_of
from vreltui.exchange.wishes import Wishes
from vreltui.model import shown
from vreltui.storage import Document, FileError, parse, render

Files = Sequence[tuple[str, bytes]]
"""Names of files, each with its bytes."""


@dataclass(frozen=True)
class Found:
    """A design as a document, whose text begins with what was lost."""

    document: Document
    losses: tuple[Loss, ...]


def import_files(files: Files, form: str | None = None, wishes: Wishes | None = None) -> Found:
    """The design that files of another format state. Raises :class:`FileError`."""
    form = form or form_of(*files[0])
    try:
        with _without_collection():
            found = READERS[form](files, wishes or Wishes())
    except RecursionError:
        raise refused(files[0][0], None, "formulas are nested too deep") from None
    losses = sorted(found.losses, key=lambda loss: (loss.file, loss.line or 0))
    lines = [f"# {loss.told(files[0][0])}" for loss in losses]
    text = "\n".join([*lines, "", render(found.design)] if lines else [render(found.design)])
    document = parse(text, files[0][0])
    if document.design != found.design:
        raise AssertionError("the text does not state the design")
    return Found(document, tuple(losses))


@contextmanager
def _without_collection() -> Iterator[None]:
    """Nothing that is read is garbage: to look for some among a million elements takes seconds."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def form_of(file: str, data: bytes) -> str:
    """The format of a file by what it says, never by its name. Raises :class:`FileError`."""
    form = "open-psa" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else foreign_form(data)
    if form is not None:
        return form
    what = "this is neither a fault tree of Open-PSA nor one of Galileo"
    raise refused(file, None, what, "say which with --from, or name another file")


def _open_psa(files: Files, wishes: Wishes) -> Imported:
    """Common causes as such; where a design can't have them, as events for each set of members."""
    if any(b"<define-CCF-group" in data for _, data in files):
        with suppress(FileError):
            return _open_psa_model(files, wishes, as_causes=True)
    return _open_psa_model(files, wishes, as_causes=False)


def _open_psa_model(files: Files, wishes: Wishes, *, as_causes: bool) -> Imported:
    reader = OpenPsaReader()
    titles = []
    for file, data in files:
        root: Element = parse_markup(data, file)
        reader.read(root, file)
        titles.append(root.get("name") or Path(file).stem)
    model = reader.finish(as_causes=as_causes)
    numbers = EventNumbers(model, reader.scopes, wishes.time, wishes.assumed)
    return design_of(model, numbers, wishes.top, shown(titles[0], most=200))


def _galileo(files: Files, wishes: Wishes) -> Imported:
    if len(files) > 1:
        raise refused(files[1][0], None, "a .dft file holds a whole tree", "name one file")
    ((file, data),) = files
    reader = GalileoReader(file, wishes.bounds)
    model = reader.read(data)
    numbers = EventNumbers(
        model, Scopes(), wishes.time, wishes.assumed, description=reader.description
    )
    return design_of(model, numbers, wishes.top, shown(Path(file).stem, most=200))


READERS: Mapping[str, Callable[[Files, Wishes], Imported]] = {
    "open-psa": _open_psa,
    "galileo": _galileo,
}
"""The formats that can be read, each with its reader."""

__all__ = ["READERS", "FileError", "Found", "Wishes", "form_of", "import_files"]
