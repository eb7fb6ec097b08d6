"""An edited design back into the text it came from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from vreltui.model import Design, Problem
from vreltui.model.rules import check
from vreltui.storage.document import Document, interpret, parse
from vreltui.storage.errors import FileError, ReadOnlyError
from vreltui.storage.fields import ENTRIES
from vreltui.storage.plain import normal
from vreltui.storage.text.editing import CannotEditError, Renames, edited, renamed, target
from vreltui.storage.text.render import render
from vreltui.storage.text.renumber import renumbered
from vreltui.storage.text.scanner import ScanError, Statement
from vreltui.storage.text.source import load, understand_again

_REMEMBERED = 20


def rewrite(document: Document, design: Design) -> Document:
    """The text of ``document`` edited so that it states ``design``, and nothing more than that.

    Every other line stays as it is, byte for byte. A design that the document stated before gets
    the text that it had. The result has been read back and compared.

    Raises:
        DesignError: ``design`` breaks a rule.
        ReadOnlyError: the document is of a newer format.
        FileError: the design is beyond what a file may hold.
    """
    if document.read_only:
        problem = Problem(("vreltui",), "the file is of a newer format", "it can't be changed")
        raise ReadOnlyError(document.file, document.source.line(("vreltui",)), problem)
    check(design, document.design)
    result = renumbered(document, design)
    if result is not None:
        return result if result is document else _with_past(result, document)
    design = normal(design)
    if design == document.design:
        return document
    check(design)
    for attempt in _attempts(document, design):
        result = _verified(document, design, attempt)
        if result is not None:
            return _with_past(result, document)
    problem = Problem((), "the design is too large to be written to a file", "remove nodes")
    raise FileError(document.file, None, problem)


def verify(document: Document) -> None:
    """Read a document's text back as a whole, where that was done for single lines alone.

    Raises :class:`FileError` when it does not state the document's design: it must not be saved.
    """
    if not document.source.places.moved:
        return
    if parse(document.text, document.file).design != document.design:
        problem = Problem((), "the text of the design does not read back", "undo the last edits")
        raise FileError(document.file, None, problem)


def _with_past(result: Document, before: Document) -> Document:
    past = (*before.past, replace(before, past=()))
    return replace(result, past=past[-_REMEMBERED:])


def _attempts(document: Document, design: Design) -> Iterator[Callable[[], str]]:
    """Ways to the new text, from the one that changes least to a fresh file."""
    for before in reversed(document.past):
        if before.design == design:
            yield lambda text=before.text: text  # type: ignore[misc]
            break
    yield lambda: _fine(document, design)
    yield lambda: _coarse(document, design)
    yield lambda: render(design)


def _fine(document: Document, design: Design) -> str:
    """Each changed value by itself."""
    text, data, old = document.text, document.source.data, document.design
    statements: list[Statement] | None = document.source.statements
    renames = Renames.between(old, design)
    if renames:
        text, old, data = _with_new_names(document, design, renames)
        statements = None
    return edited(text, data, target(data, old, design), statements)


def _with_new_names(
    document: Document, new: Design, renames: Renames
) -> tuple[str, Design, dict[str, Any]]:
    """The text, the design and the data with entries renamed, and not yet what refers to them."""
    text, old, data = document.text, document.design, dict(document.source.data)
    for table, names in renames.tables.items():
        back = {was: now for now, was in names.items()}
        kept: dict[str, str] = {}
        for name, now in back.items():
            changed = _renamed(document, text, (table, name), now)
            # A name that is not on a line of its own is changed with the value it is in.
            if changed != text:
                kept[name], text = now, changed
        entries = {
            kept.get(name, name): replace(entry, name=kept.get(name, name))
            for name, entry in getattr(old, table).items()
        }
        tables: dict[str, Any] = {table: entries}
        old = replace(old, **tables)
        if kept:
            data[table] = {kept.get(name, name): entry for name, entry in data[table].items()}
        if table == "parameters":
            text, old = _with_new_settings(document, text, old, new, back, data)
    return text, old, data


def _with_new_settings(
    document: Document,
    text: str,
    old: Design,
    new: Design,
    back: dict[str, str],
    data: dict[str, Any],
) -> tuple[str, Design]:
    """What choices set, under the parameters' new names, where each stands on a line of its own."""
    choices = dict(old.choices)
    for name, choice in old.choices.items():
        own = dict(choice.set)
        for was, now in back.items():
            if was not in own or name not in new.choices:
                continue
            changed = _renamed(document, text, ("choices", name, "set", was), now)
            if changed != text:
                own = {now if key == was else key: value for key, value in own.items()}
                entry = data["choices"][name]
                stated = {now if key == was else key: v for key, v in entry["set"].items()}
                data["choices"] = {**data["choices"], name: {**entry, "set": stated}}
                text = changed
        choices[name] = replace(choice, set=own)
    return text, replace(old, choices=choices)


def _renamed(document: Document, text: str, path: tuple[str, ...], name: str) -> str:
    """The text with another name at ``path``; what the document knows of its text is used."""
    known = document.source.statements if text is document.text else None
    return renamed(text, path, name, known)


def _coarse(document: Document, design: Design) -> str:
    """Each changed or moved entry as a whole: taken out, and put back fresh."""
    text, data, old = document.text, document.source.data, document.design
    wanted = target(data, old, design)
    kept = dict(wanted)
    for table in ENTRIES:
        if table in data:
            entries = wanted.get(table, {})
            same = [name for name in entries if data[table].get(name) == entries[name]]
            stay = _longest_in_order(same, list(data[table]))
            kept[table] = {name: data[table][name] for name in data[table] if name in stay}
    text = edited(text, data, kept)
    return edited(text, load(text, document.file), wanted)


def _longest_in_order(names: list[str], order: list[str]) -> set[str]:
    """As many of ``names`` as can be, that follow each other as they do in ``order``."""
    place = {name: index for index, name in enumerate(order)}
    ends: list[int] = []
    ending: list[str] = []
    before: dict[str, str | None] = {}
    for name in names:
        length = bisect_left(ends, place[name])
        before[name] = ending[length - 1] if length else None
        ends[length : length + 1] = [place[name]]
        ending[length : length + 1] = [name]
    chain: set[str] = set()
    name_now = ending[-1] if ending else None
    while name_now is not None:
        chain.add(name_now)
        name_now = before[name_now]
    return chain


def _verified(document: Document, design: Design, attempt: Callable[[], str]) -> Document | None:
    """What the attempt gives, if that reads back as ``design``."""
    try:
        text = attempt()
        source = understand_again(text, document.source, document.file)
        found = interpret(source, document.file, design)
    except (CannotEditError, ScanError, FileError):
        return None
    return found if found.design == design else None
