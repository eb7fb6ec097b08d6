"""What the data of a file should become, so that it states an edited design.

Each field that did not change keeps what the file says, however it says it; a field that changed
takes its plain form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from vreltui.model import Design, Parameter
from vreltui.model.quantities import COUNT
from vreltui.storage.fields import ENTRIES
from vreltui.storage.plain import plain, plain_entry
from vreltui.storage.tables import Plain


@dataclass(frozen=True)
class Renames:
    """For each table, the old names of entries that only changed their names, by the new ones."""

    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def between(cls, old: Design, new: Design) -> Renames:
        """The entries of ``new`` that are entries of ``old`` in all but their names."""
        found = {}
        for table in ENTRIES:
            before, after = getattr(old, table), getattr(new, table)
            gone = [name for name in before if name not in after]
            fresh = [name for name in after if name not in before]
            found[table] = {
                now: was
                for was, now in zip(gone, fresh, strict=False)
                if replace(before[was], name=now) == after[now]
            }
        return cls(found)

    def __bool__(self) -> bool:
        return any(self.tables.values())


def target(data: Plain, old: Design, new: Design) -> Plain:
    """The data that states ``new``, as near as can be to ``data``, which states ``old``."""
    before, after = plain(_without_entries(old)), plain(_without_entries(new))
    head = {key: value for key, value in data.items() if key not in ENTRIES}
    result = merged(head, before, after)
    copies = used_copies(new)
    for table in ENTRIES:
        entries = getattr(new, table)
        if entries or table in data:
            result[table] = _entries(data.get(table, {}), getattr(old, table), entries, copies)
    return result


def _without_entries(design: Design) -> Design:
    nothing: dict[str, Any] = {table: {} for table in ENTRIES}
    return replace(design, **nothing)


def used_copies(design: Design) -> set[str]:
    """The parameters that some pool names as its copies."""
    return {
        stated.parameter
        for node in design.nodes.values()
        for stated in node.numbers
        if stated.quantity is COUNT and stated.parameter is not None
    }


def _entries(
    data: Plain, old: Mapping[str, Any], new: Mapping[str, Any], copies: set[str]
) -> Plain:
    result: Plain = {}
    for name, entry in new.items():
        raw, was = data.get(name), old.get(name)
        if raw is None or was is None:
            fresh = plain_entry(entry)
            result[name] = (
                _shortened(fresh, copies, name) if isinstance(entry, Parameter) else fresh
            )
        else:
            result[name] = restated(raw, was, entry, copies)
    return result


def restated(raw: Any, was: Any, entry: Any, copies: set[str]) -> Any:
    """The data of one entry that states ``entry``, near to ``raw``, which states ``was``."""
    if was is entry or was == entry:
        return raw
    if isinstance(entry, Parameter):
        return _parameter(raw, was, entry, copies)
    kept = raw
    if type(was) is not type(entry):
        after = plain_entry(entry)
        kept = {key: value for key, value in raw.items() if key in after}
    return merged(kept, plain_entry(was), plain_entry(entry))


def _parameter(raw: Any, was: Parameter, now: Parameter, copies: set[str]) -> Any:
    before, after = plain_entry(was), plain_entry(now)
    if isinstance(raw, dict):
        return merged(raw, before, after)
    key = "count" if was.is_count else "value"
    return _shortened(merged({key: raw}, before, after), copies, now.name)


def _shortened(entry: Plain, copies: set[str], name: str) -> Any:
    """A bare number, where that reads as the same parameter."""
    match entry:
        case {"value": number} if len(entry) == 1:
            return number
        case {"count": int(number)} if len(entry) == 1 and (number > 1 or name in copies):
            return number
        case _:
            return entry


def merged(raw: Plain, before: Plain, after: Plain) -> Plain:
    """``raw`` with the keys changed in which ``after`` differs from ``before``."""
    result = dict(raw)
    for key in {**before, **after}:
        if before.get(key) == after.get(key) and not _reordered(before, after, key):
            continue
        if key not in after:
            result.pop(key, None)
        elif key in result:
            result[key] = _restyled(key, result[key], before.get(key), after[key])
        else:
            result = _inserted(result, key, after)
    return result


def _reordered(before: Plain, after: Plain, key: str) -> bool:
    one, other = before.get(key), after.get(key)
    return isinstance(one, dict) and isinstance(other, dict) and list(one) != list(other)


def _restyled(key: str, raw: Any, before: Any, after: Any) -> Any:
    if isinstance(raw, dict) and isinstance(after, dict) and isinstance(before, dict):
        inner = merged(raw, before, after)
        # The order of what a choice sets is part of the design; of other keys it is not. Values and
        # options stand in the order of the file, whichever of them comes first.
        kept = [name for name in before if name in after]
        if key == "set" and kept != [name for name in after if name in before]:
            return {name: inner[name] for name in after}
        return inner
    if isinstance(raw, dict) and isinstance(after, int | Decimal):
        return {"count" if isinstance(after, int) else "value": after}
    return after


def _inserted(result: Plain, key: str, after: Plain) -> Plain:
    """``result`` with ``key``, which follows the key that it follows in ``after``."""
    place = 0
    for other in after:
        if other == key:
            break
        if other in result:
            place = list(result).index(other) + 1
    items = list(result.items())
    return dict([*items[:place], (key, after[key]), *items[place:]])
