"""The shapes of tables: keys with a meaning each, names with entries, and kinds of one thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vreltui.model import Path, Problem, spoken
from vreltui.model.rules import nearest
from vreltui.storage.shapes import NAME_PATTERN, Schema, Shape, described


@dataclass(frozen=True)
class Key:
    """One key of a table: what its value looks like, and what it means."""

    name: str
    shape: Shape
    means: str
    required: bool = False


class _TableShape(Shape):
    said = "a table"

    def fits(self, value: object) -> bool:
        """Whether ``value`` is a table."""
        return isinstance(value, dict)


@dataclass(frozen=True)
class Table(_TableShape):
    """A table with known keys. Of ``exactly_one``, one key has to be there and no second one."""

    keys: tuple[Key, ...]
    exactly_one: tuple[str, ...] = ()
    said: str = "a table"

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        schema: Schema = {
            "type": "object",
            "properties": {
                key.name: {"description": key.means} | key.shape.schema() for key in self.keys
            },
            "additionalProperties": False,
        }
        required = [key.name for key in self.keys if key.required]
        if required:
            schema["required"] = required
        if self.exactly_one:
            schema["oneOf"] = [{"required": [name]} for name in self.exactly_one]
        return schema

    def problems(self, path: Path, value: object) -> Iterator[Problem]:
        """What is wrong with ``value``: with its keys, then with their values."""
        if not isinstance(value, dict):
            yield from super().problems(path, value)
            return
        known = {key.name: key for key in self.keys}
        yield from unknown_keys(path, value, known)
        yield from self.missing(path, value)
        for name, inner in value.items():
            if name in known:
                yield from known[name].shape.problems((*path, name), inner)

    def missing(self, path: Path, value: dict[str, object]) -> Iterator[Problem]:
        """Keys that should be there and are not, and keys that exclude each other."""
        for key in self.keys:
            if key.required and key.name not in value:
                right = f"add {key.name} = ..., {key.shape.said}".rstrip(",")
                yield Problem(path, f"{spoken(path)} has no {key.name}", right)
        if not self.exactly_one:
            return
        there = [name for name in self.exactly_one if name in value]
        if not there:
            choices = " or ".join(self.exactly_one)
            yield Problem(path, f"{spoken(path)} has no {choices}", f"write one of {choices}")
        elif len(there) > 1:
            what = f"{spoken(path)} has both {there[0]} and {there[1]}"
            yield Problem((*path, there[1]), what, "keep one of them")


def unknown_keys(path: Path, value: dict[str, object], known: object) -> Iterator[Problem]:
    """A problem for each key of ``value`` that is not in ``known``."""
    assert isinstance(known, dict)
    for name in value:
        if name not in known:
            what = f'{spoken(path)} has the unknown key "{name}"'
            yield Problem((*path, name), what, nearest(name, list(known)))


@dataclass(frozen=True)
class Entries(_TableShape):
    """A table of named entries, all of one shape."""

    shape: Shape
    said: str

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        return {
            "type": "object",
            "propertyNames": {"pattern": NAME_PATTERN},
            "additionalProperties": self.shape.schema(),
        }

    def problems(self, path: Path, value: object) -> Iterator[Problem]:
        """What is wrong with ``value`` or its entries."""
        if not isinstance(value, dict):
            yield from super().problems(path, value)
            return
        for name, inner in value.items():
            yield from self.shape.problems((*path, name), inner)


@dataclass(frozen=True)
class Variant:
    """One kind of a thing: a key of ``marks`` in a table makes it this kind."""

    name: str
    marks: tuple[str, ...]
    table: Table


@dataclass(frozen=True)
class Variants(_TableShape):
    """A table that is one of several kinds, told apart by its keys; ``common`` ones fit each."""

    noun: str
    common: tuple[Key, ...]
    variants: tuple[Variant, ...]
    said: str

    def complete(self, variant: Variant) -> Table:
        """The whole table of one kind."""
        return Table((*self.common, *variant.table.keys), variant.table.exactly_one)

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        return {
            "anyOf": [
                {"title": variant.name} | self.complete(variant).schema()
                for variant in self.variants
            ]
        }

    def problems(self, path: Path, value: object) -> Iterator[Problem]:
        """What is wrong with ``value`` as the kind that it appears to be."""
        if not isinstance(value, dict):
            yield from super().problems(path, value)
            return
        tables = [self.complete(variant) for variant in self.variants]
        known = {key.name: key for table in tables for key in table.keys}
        unknown = list(unknown_keys(path, value, known))
        yield from unknown
        marked = [variant for variant in self.variants if any(m in value for m in variant.marks)]
        if not marked:
            if not unknown:
                yield Problem(path, f"{spoken(path)} is nothing yet", f"{self.said} is right")
            return
        if len(marked) > 1:
            marks = [next(m for m in variant.marks if m in value) for variant in marked]
            what = f"{spoken(path)} has both {marks[0]} and {marks[1]}"
            yield Problem((*path, marks[1]), what, f"{self.said} is right")
            return
        table = self.complete(marked[0])
        of_kind = {key.name for key in table.keys}
        for name in value:
            if name in known and name not in of_kind:
                what = f"{spoken(path)} is a {marked[0].name}, and has {name}"
                yield Problem((*path, name), what, f"a {marked[0].name} takes no {name}")
        kept = {name: inner for name, inner in value.items() if name in of_kind}
        yield from table.problems(path, kept)


__all__ = ["Entries", "Key", "Table", "Variant", "Variants", "described", "unknown_keys"]
