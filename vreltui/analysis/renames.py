"""Which entries of two designs are the same under another name: same content, same place.

Entries that only one of the designs has are sorted into classes, at first by what they say, then
again and again by the classes of what they name and of what names them, until no class divides any
more. What is alone in its class on either side was renamed; of several that are alike, the first is
taken for the first.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace

from vreltui.model import Design
from vreltui.model.exactly import exactly
from vreltui.storage.statements import Entry, Reference, Statements

NAMED = ("parameters", "nodes", "choices", "plots")
"""The tables whose entries may be renamed, those first that others name."""

_Place = tuple[Hashable, ...]


@dataclass(frozen=True)
class Renames:
    """By table: old names with the new ones."""

    tables: Mapping[str, Mapping[str, str]]

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(map(len, self.tables.values()))

    def of(self, table: str) -> Mapping[str, str]:
        """Those of a table."""
        return self.tables.get(table, {})

    def without(self, others: Renames) -> Renames:
        """These without some."""
        return Renames(
            {
                table: {old: new for old, new in pairs.items() if old not in others.of(table)}
                for table, pairs in self.tables.items()
            }
        )

    def wrong(self, renamed: Statements, new: Statements) -> Renames:
        """Those whose content differs still, once everything was renamed."""
        return Renames(
            {
                table: {
                    was: now
                    for was, now in pairs.items()
                    if _content(renamed.tables[table][now]) != _content(new.tables[table][now])
                }
                for table, pairs in self.tables.items()
            }
        )


def find_renames(old: Statements, new: Statements) -> Renames:
    """What was renamed between two designs."""
    sides = (_Side(old, new), _Side(new, old))
    if not (sides[0].classes and sides[1].classes):
        return Renames({})
    known = 0
    while True:
        numbers: dict[Hashable, int] = {}
        for side in sides:
            side.divide(numbers)
        if len(numbers) == known:
            break
        known = len(numbers)
    pairs: dict[str, dict[str, str]] = {}
    for number in sorted(set(sides[0].classes.values())):
        both = [[each for each, its in side.classes.items() if its == number] for side in sides]
        for one, other in zip(*both, strict=False):
            pairs.setdefault(one.table, {})[one.name] = other.name
    return Renames(pairs)


class _Side:
    """One of the designs: the entries that the other lacks, with the class of each."""

    def __init__(self, own: Statements, other: Statements) -> None:
        self._tables = {table: own.tables.get(table, {}) for table in NAMED}
        self.classes: dict[Reference, int] = {
            Reference(table, name): 0
            for table, entries in self._tables.items()
            for name in entries
            if name not in other.tables.get(table, {})
        }
        self._users: dict[Reference, list[tuple[Reference, str]]] = {}
        for table, entries in self._tables.items():
            for name, entry in entries.items():
                for key, stated in entry.keys.items():
                    for reference in stated.references:
                        user = (Reference(table, name), key)
                        self._users.setdefault(reference, []).append(user)

    def divide(self, numbers: dict[Hashable, int]) -> None:
        """Divide the classes by what is known of neighbours; ``numbers`` is shared by both."""
        self.classes = {
            each: numbers.setdefault((number, each.table, self._seen(each)), len(numbers))
            for each, number in self.classes.items()
        }

    def _seen(self, each: Reference) -> Hashable:
        entry = self._tables[each.table][each.name]
        content = tuple(
            (key, self._masked(stated.references) if stated.references else exactly(stated.value))
            for key, stated in entry.keys.items()
        )
        users = self._users.get(each, [])
        place = sorted(repr((self._mask(user), key)) for user, key in users)
        return content, tuple(place)

    def _masked(self, references: tuple[Reference, ...]) -> Hashable:
        return tuple(sorted(map(repr, map(self._mask, references))))

    def _mask(self, reference: Reference) -> Hashable:
        number = self.classes.get(reference)
        return reference if number is None else (reference.table, number)


def _content(entry: Entry) -> dict[str, Hashable]:
    found = {key: exactly(stated.value) for key, stated in entry.keys.items()}
    parts = found.get("parts")
    if isinstance(parts, tuple):
        found["parts"] = tuple(sorted(map(repr, parts)))
    return found


def renamed_plot(design: Design, old: str, new: str) -> Design:
    """The design with a plot under another name; nothing names a plot."""
    plots = {
        (new if name == old else name): (replace(plot, name=new) if name == old else plot)
        for name, plot in design.plots.items()
    }
    return replace(design, plots=plots)
