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
from vreltui.storage.text.editing import CannotEditError, Renames, edited, has_name, target
from vreltui.storage.text.names import renamed_keys
from vreltui.storage.text.render import render
from vreltui.storage.text.renumber import renumbered
from vreltui.storage.text.scanner import Keys, ScanError, Statement
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
    source, old, data = document.source, document.design, document.source.data
    names: dict[Keys, str] = {}
    renames = Renames.between(old, design)
    if renames:
        names, old = _with_new_names(source.statements, old, renames)
        data = renamed_keys(data, names)
    return edited(document.text, data, target(data, old, design), source.statements, names)


def _with_new_names(
    statements: list[Statement], old: Design, renames: Renames
) -> tuple[dict[Keys, str], Design]:
    """The new names by their paths in the text, and the design with them but for references.

    A name that is not on a line of its own is changed with the value it is in.
    """
    names: dict[Keys, str] = {}
    for table, renamed in renames.tables.items():
        given = {was: now for now, was in renamed.items() if has_name(statements, (table, was))}
        names |= {(table, was): now for was, now in given.items()}
        entries = {
            given.get(name, name): replace(entry, name=given[name]) if name in given else entry
            for name, entry in getattr(old, table).items()
        }
        tables: dict[str, Any] = {table: entries}
        old = replace(old, **tables)
    choices = dict(old.choices)
    for name, choice in old.choices.items():
        given = {
            was: now
            for now, was in renames.tables["parameters"].items()
            if was in choice.set and has_name(statements, ("choices", name, "set", was))
        }
        names |= {("choices", name, "set", was): now for was, now in given.items()}
        own = {given.get(key, key): value for key, value in choice.set.items()}
        known = {given.get(key, key): value for key, value in choice.uncertain.items()}
        choices[name] = replace(choice, set=own, uncertain=known)
    return names, replace(old, choices=choices)


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
