"""What an edit of a text has to leave alone: the lines of entries that say the same as before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tests.workbench.reference.plain import TABLES, Plain

Name = tuple[str, str]
"""A table and an entry of it; no entry for the goal and the limits."""

_HEADER = re.compile(r"\[([a-z]+)(?:\.([A-Za-z0-9_-]+))?[^\]]*\]")
_KEY = re.compile(r"([A-Za-z0-9_-]+)[ .=]")


def blocks(text: str) -> dict[Name, str]:
    """The lines of each entry, with the comment directly above it.

    It knows the plain layouts: a header for each entry, or a line for each in its table.
    """
    found: dict[Name, list[str]] = {}
    for owner, lines in _pieces(text):
        if owner is not None:
            found.setdefault(owner, []).extend(lines)
    return {name: "\n".join(lines) for name, lines in found.items()}


def _pieces(text: str) -> Iterator[tuple[Name | None, list[str]]]:
    table, owner = "", None
    above: list[str] = []
    quoted = False
    depth = 0
    for line in text.split("\n"):
        inside, words = quoted or depth > 0, line.strip()
        if line.count('"""') % 2:
            quoted = not quoted
        elif not quoted and not words.startswith("#"):
            code = re.sub(r'"(\\.|[^"\\])*"', '""', line).split("#")[0]
            depth += code.count("[") + code.count("{") - code.count("]") - code.count("}")
        if not inside and (not words or words.startswith("#")):
            above = [*above, line] if words else []
            continue
        header = None if inside else _HEADER.match(words)
        if header is not None:
            table, entry = header[1], header[2]
            owner = (table, entry or "") if entry or table in ("goal", "limits") else None
        elif not inside and (owner is None or table == "parameters") and table in TABLES:
            key = _KEY.match(words)
            owner = (table, key[1]) if key else None
        yield owner, [*above, line]
        above = []


def harmed(before: str, after: str, was: Plain, now: Plain) -> str:
    """What was lost between two texts though it says the same; empty when nothing was.

    A comment that was above an entry that is gone may stand above the next one now.
    """
    old, new = blocks(before), blocks(after)
    touched = ""
    for table, name in old:
        if _said(was, table, name) != _said(now, table, name):
            touched += old[table, name] + "\n"
        elif not new.get((table, name), "").endswith(old[table, name]):
            return f"{name} of {table}: {old[table, name]!r} became {new.get((table, name))!r}"
    lost = _comments(before) - _comments(touched) - _comments(after)
    return f"lost: {sorted(lost)}" if lost else ""


def _said(design: Plain, table: str, name: str) -> object:
    return design[table].get(name) if name else design[table]


def _comments(text: str) -> Counter[str]:
    return Counter(line.strip() for line in text.split("\n") if line.strip().startswith("#"))
