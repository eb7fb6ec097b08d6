"""Rules on sizes, names and texts."""

from __future__ import annotations

from collections.abc import Iterator

from vreltui.model.design import Design
from vreltui.model.errors import Path, Problem, spoken
from vreltui.model.limits import MOST_CHOICES, MOST_NODES
from vreltui.model.names import is_name, shown, text_fault

_TABLES = {
    "parameters": MOST_NODES,
    "nodes": MOST_NODES,
    "choices": MOST_CHOICES,
    "plots": MOST_CHOICES,
    "resources": MOST_CHOICES,
    "catalogues": MOST_CHOICES,
    "rules": MOST_CHOICES,
    "causes": MOST_CHOICES,
}


def sizes(design: Design) -> Iterator[Problem]:
    """No table has too many entries."""
    for table, most in _TABLES.items():
        size = len(getattr(design, table))
        if size > most:
            yield Problem((table,), f"{table} has {size} entries", f"at most {most} are allowed")


def names_and_texts(design: Design) -> Iterator[Problem]:
    """Names are plain, and texts hold nothing that could harm a terminal."""
    yield from _texts((), design, ("title",), ("description", "note"))
    for table in _TABLES:
        for name, entry in getattr(design, table).items():
            if not is_name(name):
                what = f'"{shown(name, most=80)}" is not a name'
                right = "a name is 1 to 64 of A-Z a-z 0-9 _ and -"
                yield Problem((table, name), what, right)
            elif entry.name != name:
                what = f"{spoken((table, name))} calls itself {entry.name}"
                yield Problem((table, name), what, "one name is right")
            yield from _texts((table, name), entry, ("title", "source"), ("description", "note"))


def _texts(
    path: Path, entry: object, lines: tuple[str, ...], blocks: tuple[str, ...]
) -> Iterator[Problem]:
    for field in (*lines, *blocks):
        # Not every sort of entry has every text: a choice has no source, say.
        text = getattr(entry, field, "")
        fault = text_fault(text, line_breaks=field in blocks) if text else None
        if fault:
            at = (*path, field)
            right = "use plain text" if field in blocks else "use plain text on one line"
            yield Problem(at, f"{spoken(at)} {fault}", right)
