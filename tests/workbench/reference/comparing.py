"""Whether two designs say the same, and where two texts differ, for a person to read."""

from __future__ import annotations

import difflib

from tests.workbench.reference.plain import TABLES, Plain


def same(one: Plain, other: Plain) -> bool:
    """Whether two designs say the same, in the same order."""
    return one == other and all(list(one[table]) == list(other[table]) for table in TABLES)


def lines(design: Plain) -> str:
    """A design as text to compare, an entry on each line."""
    head = {key: value for key, value in design.items() if key not in TABLES}
    entries = [f"{name}: {entry}" for table in TABLES for name, entry in design[table].items()]
    return "\n".join([str(head), *entries])


def differing(one: str, other: str) -> str:
    """Where two texts differ."""
    return "\n".join(difflib.unified_diff(one.split("\n"), other.split("\n"), lineterm="", n=1))
