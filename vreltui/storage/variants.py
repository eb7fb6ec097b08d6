"""The shape of a table that is one of several kinds of one thing, such as a node."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from vreltui.model import Path, Problem, spoken
from vreltui.storage.shapes import Given, Schema
from vreltui.storage.tables import Key, Plain, Table, TableShape, unknown_keys


@dataclass(frozen=True)
class Variant:
    """One kind of a thing: a key of ``marks`` in a table makes it this kind."""

    name: str
    marks: tuple[str, ...]
    table: Table


def _takes(variant: Variant, other: Variant) -> bool:
    """Whether a kind has a mark of another among its keys."""
    return not set(other.marks).isdisjoint(variant.table.known)


@dataclass(frozen=True)
class Variants(TableShape):
    """A table that is one of several kinds, told apart by its keys; ``common`` ones fit each."""

    noun: str
    common: tuple[Key, ...]
    variants: tuple[Variant, ...]
    said: str

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The whole table of each kind, by its name."""
        return {
            variant.name: replace(variant.table, keys=(*self.common, *variant.table.keys))
            for variant in self.variants
        }

    def complete(self, variant: Variant) -> Table:
        """The whole table of one kind."""
        return self.tables[variant.name]

    @cached_property
    def known(self) -> dict[str, Key]:
        """The keys of all kinds, by their names."""
        return {key.name: key for table in self.tables.values() for key in table.keys}

    @cached_property
    def _made(self) -> dict[type | None, Table]:
        return {table.makes: table for table in self.tables.values()}

    def _marked_by(self, value: Plain) -> list[Variant]:
        """The kinds whose marks are there, but for those whose marks another such kind takes."""
        return self._told_apart(self._marks.intersection(value))

    @cached_property
    def _marks(self) -> frozenset[str]:
        return frozenset(mark for variant in self.variants for mark in variant.marks)

    @cached_property
    def _told_apart(self) -> Callable[[frozenset[str]], list[Variant]]:
        # A file has a thousand tables, and a handful of ways in which they are marked.
        return cache(self._with_marks)

    def _with_marks(self, value: frozenset[str]) -> list[Variant]:
        marked = [variant for variant in self.variants if any(m in value for m in variant.marks)]

        def belongs(variant: Variant, other: Variant) -> bool:
            marks = {mark for mark in variant.marks if mark in value}
            return other is not variant and marks <= set(other.table.known)

        kept = [v for v in marked if not any(belongs(v, other) for other in marked)]
        return kept or marked

    def states(self, value: object) -> bool:
        """Whether ``value`` is a record of one of the kinds."""
        return type(value) in self._made

    def build(self, raw: Any, given: Given) -> Any:
        """The record of the kind that the keys show."""
        for variant in self._marked_by(raw):
            return self.complete(variant).build(raw, given)
        raise TypeError(f"{given.name} is no {self.noun}")

    def plain(self, value: Any) -> Plain:
        """The keys that state a record of one of the kinds."""
        return self._made[type(value)].plain(value)

    @property
    def bends(self) -> bool:
        """Whether one of the kinds does."""
        return any(table.bends for table in self.tables.values())

    def normal(self, value: Any) -> Any:
        """The same record with each number in a form that can be written."""
        return self._made[type(value)].normal(value)

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        return self.schema_with(())

    def schema_with(self, more: tuple[Key, ...]) -> Schema:
        """This shape as JSON Schema, where ``more`` keys fit each kind.

        The key that decides which kind it is chooses the schema that judges the others, so that
        what is wrong is said of one key, and not of all kinds at once.
        """
        # Editors propose keys and show what they mean by the properties of the table itself.
        keys = (*self.known.values(), *more)
        offered = {key.name: {"description": key.means} for key in keys}
        chosen = self._nothing_yet(offered)
        for variant in reversed(self._by_precedence()):
            table = self.complete(variant)
            whole = replace(table, keys=(*table.keys, *more)).schema()
            chosen = {
                "if": {"anyOf": [{"required": [mark]} for mark in variant.marks]},
                "then": {"title": variant.name} | whole,
                "else": chosen,
            }
        return {"type": "object", "properties": offered} | chosen

    def _nothing_yet(self, offered: Schema) -> Schema:
        """A table that shows no kind: a key that is none is wrong, else it lacks one."""
        marks = [mark for variant in self.variants for mark in variant.marks]
        return {
            "if": {"propertyNames": {"enum": list(offered)}},
            "then": {"anyOf": [{"required": [mark]} for mark in marks]},
            "else": {"properties": offered, "additionalProperties": False},
        }

    def _by_precedence(self) -> list[Variant]:
        """The kinds, those that take a mark of another kind before that one."""
        left, ordered = list(self.variants), list[Variant]()
        while left:
            first = next(
                (each for each in left if not any(_takes(o, each) for o in left if o is not each)),
                left[0],
            )
            left.remove(first)
            ordered.append(first)
        return ordered

    def problems(self, path: Path, value: object) -> Iterator[Problem]:
        """What is wrong with ``value`` as the kind that it appears to be."""
        if not isinstance(value, dict):
            yield from super().problems(path, value)
            return
        known = self.known
        yield from unknown_keys(path, value, known)
        marked = self._marked_by(value)
        if not marked:
            if value.keys() <= known.keys():
                yield Problem(path, f"{spoken(path)} is nothing yet", f"{self.said} is right")
            return
        if len(marked) > 1:
            marks = [next(m for m in variant.marks if m in value) for variant in marked]
            what = f"{spoken(path)} has both {marks[0]} and {marks[1]}"
            yield Problem((*path, marks[1]), what, f"{self.said} is right")
            return
        table = self.complete(marked[0])
        of_kind = table.known
        for name in value:
            if name in known and name not in of_kind:
                what = f"{spoken(path)} is a {marked[0].name}, and has {name}"
                right = f"a {marked[0].name} takes no {name}{self._owner_of(name, marked[0])}"
                yield Problem((*path, name), what, right)
        kept = {name: inner for name, inner in value.items() if name in of_kind}
        yield from table.problems(path, kept)

    def _owner_of(self, name: str, marked: Variant) -> str:
        """The one other kind that a key belongs to, where that is easily taken for this one."""
        owners = [v.name for v in self.variants if name in v.table.known]
        if len(owners) == 1 and owners[0].startswith(f"{marked.name} "):
            return f": it belongs to a {owners[0]}"
        return ""
