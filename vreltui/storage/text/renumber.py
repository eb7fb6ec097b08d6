"""Other numbers in the text of a design, in a time that does not grow with the text.

Each number is replaced where it stands, and the statement that holds it is scanned and parsed again
by itself. A statement ends with its line and means the same whatever the values of others are, so
the text as a whole then says what it said, but for these numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from vreltui.model import Design
from vreltui.model.changes import NOTHING, Numbers, changed_numbers
from vreltui.storage.build import build_entry, counts, plain_numbers
from vreltui.storage.document import Document
from vreltui.storage.errors import FileError
from vreltui.storage.goal_fields import GOAL
from vreltui.storage.plain import plain_goal
from vreltui.storage.shapes import Given
from vreltui.storage.text.editing.inline import same
from vreltui.storage.text.editing.target import merged, restated, used_copies
from vreltui.storage.text.places import MOST_MOVED, Spot
from vreltui.storage.text.scanner import Keys, ScanError, scan
from vreltui.storage.text.source import Source, changed_data, load
from vreltui.storage.text.toml_text import value_text

_NUMBER = (int, Decimal, str)
"""What may stand for a number: a time or a rate is written as a text."""


class _NotSoSimpleError(Exception):
    """More than numbers would have to change."""


def renumbered(document: Document, design: Design) -> Document | None:
    """The document with the numbers of ``design``.

    None where more than numbers differ, or where the text does not have them in places of their
    own.
    """
    numbers = changed_numbers(document.design, design)
    if numbers is None:
        return None
    if numbers == NOTHING:
        return document
    before = _remembered(document, design, numbers)
    if before is not None:
        return before
    if len(document.source.places.moved) >= MOST_MOVED:
        return None
    try:
        source = document.source
        for path, value in _replacements(document, design, numbers):
            source = _replaced(source, path, value, document.file)
        if not _says(source.data, design, numbers):
            return None
    except (_NotSoSimpleError, ScanError, FileError):
        return None
    return replace(document, text=source.text, design=design, source=source)


def _remembered(document: Document, design: Design, numbers: Numbers) -> Document | None:
    """The document that stated ``design`` before, with the text that it had."""
    for before in reversed(document.past):
        # What was edited just now tells most of them apart at once.
        if any(
            getattr(before.design, table).get(name) != getattr(design, table)[name]
            for table in ("parameters", "nodes", "choices")
            for name in getattr(numbers, table)
        ):
            continue
        if changed_numbers(before.design, design) == NOTHING:
            return replace(before, design=design)
    return None


def _replacements(
    document: Document, design: Design, numbers: Numbers
) -> Iterator[tuple[Keys, int | Decimal | str]]:
    """The places in the data of the numbers that change, and what they become."""
    data, old = document.source.data, document.design
    if numbers.goal:
        assert old.goal is not None
        assert design.goal is not None
        wanted = merged(data["goal"], plain_goal(old.goal), plain_goal(design.goal))
        yield from _differing(("goal",), data["goal"], wanted)
    copies = _copies(design, numbers)
    for table in ("parameters", "nodes", "choices"):
        before, after = getattr(old, table), getattr(design, table)
        for name in getattr(numbers, table):
            raw = data[table][name]
            wanted = restated(raw, before[name], after[name], copies)
            yield from _differing((table, name), raw, wanted)


def _copies(design: Design, numbers: Numbers) -> set[str]:
    """The parameters that pools name, where it matters: a bare 1 among them is a count."""
    matters = any(design.parameters[name].is_count for name in numbers.parameters)
    return used_copies(design) if matters else set()


def _differing(path: Keys, old: Any, new: Any) -> Iterator[tuple[Keys, int | Decimal | str]]:
    if same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict) and list(old) == list(new):
        for key in old:
            yield from _differing((*path, key), old[key], new[key])
    elif _is_number(old) and _is_number(new):
        yield path, new
    else:
        raise _NotSoSimpleError


def _is_number(value: object) -> bool:
    return isinstance(value, _NUMBER) and not isinstance(value, bool)


def _replaced(source: Source, path: Keys, value: int | Decimal | str, file: str) -> Source:
    """The source with another number at a place; its statement is read back."""
    spot = source.places.spot(path)
    if spot is None:
        raise _NotSoSimpleError
    written = value_text(value)
    text = source.text[: spot.start] + written + source.text[spot.end :]
    longer = len(written) - (spot.end - spot.start)
    data = _read_back(source, spot, text[spot.first : spot.last + longer], file)
    return Source(text, source.places.replaced(spot, longer), data)


def _read_back(source: Source, spot: Spot, said: str, file: str) -> dict[str, Any]:
    """The data after one statement became ``said``."""
    before = spot.statement
    found = scan(said)
    if len(found) != 1:
        raise _NotSoSimpleError
    statement = found[0]
    value = statement.value
    if value is None or statement.path != before.path[len(before.path) - before.written :]:
        raise _NotSoSimpleError
    element = load(f"value = {said[value.start : value.end]}", file)["value"]
    return changed_data(source.data, before.path, element)


def _says(data: dict[str, Any], design: Design, numbers: Numbers) -> bool:
    """Whether the data states the numbers of ``design``."""
    if numbers.goal and GOAL.build(data["goal"], Given()) != design.goal:
        return False
    stated = data.get("parameters", {})
    changed = counts({name: stated[name] for name in numbers.parameters}, _copies(design, numbers))
    others = {
        name
        for name, parameter in design.parameters.items()
        if parameter.is_count and name not in numbers.parameters
    }
    given = Given(changed | others, plain=plain_numbers(stated))
    return all(
        build_entry(table, name, data[table][name], given) == getattr(design, table)[name]
        for table in ("parameters", "nodes", "choices")
        for name in getattr(numbers, table)
    )
