"""A text in which keys have other names, and nothing else about keys is different.

What a text means depends on its keys only as far as they are the same or not. So where each key of
a text has one other name, and no two have the same, the other text means the same under the new
names; it does not have to be parsed to know that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vreltui.storage.text.scanner import Keys, Statement


def renaming(pairs: Iterable[tuple[Statement, Statement]]) -> dict[Keys, str] | None:
    """The new names, by the path of each key that has one, when that is all that differs.

    ``pairs`` has the statements of the one text and of the other, in order. None where more than
    names and values differ.
    """
    known: dict[Keys, Keys] = {}
    taken: dict[Keys, Keys] = {}
    for old, new in pairs:
        if len(old.path) != len(new.path) or old.written != new.written:
            return None
        if (old.value is None) is not (new.value is None):
            return None
        for length in range(len(old.path), 0, -1):
            before, after = old.path[:length], new.path[:length]
            if known.get(before) == after:
                break  # and so are the shorter ones
            if (
                known.setdefault(before, after) != after
                or taken.setdefault(after, before) != before
            ):
                return None
    return {path: now[-1] for path, now in known.items() if now[-1] != path[-1]}


def renamed_keys(data: dict[str, Any], names: Mapping[Keys, str]) -> dict[str, Any]:
    """The data with new names for the keys at these paths; what holds none of them is shared."""
    above = {path[:length] for path in names for length in range(len(path))}

    def table(inner: dict[str, Any], path: Keys) -> dict[str, Any]:
        return {
            names.get((*path, key), key): table(value, (*path, key))
            if (*path, key) in above
            else value
            for key, value in inner.items()
        }

    return table(data, ()) if names else dict(data)
