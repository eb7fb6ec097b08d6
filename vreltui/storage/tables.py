"""The shapes of tables: keys with a meaning each, names with entries, and kinds of one thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from functools import cached_property
from typing import Any

from vreltui.model import Path, Problem, spoken
from vreltui.model.rules import nearest
from vreltui.storage.shapes import NAME_PATTERN, Either, Given, Schema, Shape

Plain = dict[str, Any]

AS_THE_MODEL = object()
"""The default of a key that goes without saying where its attribute has the model's default."""

_NEVER = object()


@dataclass(frozen=True)
class Key:
    """One key of a table: what its value looks like, what it means, and where the model has it.

    ``to`` is the attribute of the model that it states, by default the one of the same name; one
    attribute may be stated by several keys, of which :meth:`Shape.states` tells the right one.
    ``default`` is the value that goes without saying, by default that of the model. A key with a
    ``constant`` always has that value, and the model has nothing of it.
    """

    name: str
    shape: Shape
    means: str
    required: bool = False
    to: str = ""
    default: object = AS_THE_MODEL
    constant: object = None

    @cached_property
    def attribute(self) -> str:
        """The attribute of the model that it states."""
        return self.to or self.name

    def give(self, found: Plain, value: Any) -> None:
        """Add ``value``, which it states, to the attributes of a record of the model."""
        found[self.attribute] = value

    def held(self, record: Any) -> Any:
        """What it states of a record of the model."""
        return getattr(record, self.attribute)


class TableShape(Shape):
    """What every table looks like from outside."""

    said = "a table"

    def fits(self, value: object) -> bool:
        """Whether ``value`` is a table."""
        return isinstance(value, dict)


@dataclass(frozen=True)
class Table(TableShape):
    """A table with known keys. Of ``exactly_one``, one key has to be there and no second one.

    ``makes`` is the class of the model that it states. ``named`` says that a record knows the name
    of its entry, ``about`` names the key with the parameter whose values the other keys hold.
    """

    keys: tuple[Key, ...]
    exactly_one: tuple[str, ...] = ()
    said: str = "a table"
    makes: type | None = None
    named: bool = False
    about: str = ""

    @cached_property
    def known(self) -> dict[str, Key]:
        """The keys by their names."""
        return {key.name: key for key in self.keys}

    @cached_property
    def _written(self) -> tuple[tuple[Key, object, bool], ...]:
        """Each key with the value that goes without saying, and whether others may state it."""
        own = {} if self.makes is None else _defaults(self.makes)
        attributes = [key.attribute for key in self.keys]
        return tuple(
            (
                key,
                own.get(key.attribute, _NEVER) if key.default is AS_THE_MODEL else key.default,
                attributes.count(key.attribute) > 1,
            )
            for key in self.keys
        )

    def states(self, value: object) -> bool:
        """Whether ``value`` is a record of the class that it makes."""
        return self.makes is not None and isinstance(value, self.makes)

    def build(self, raw: Any, given: Given) -> Any:
        """The record that the table states."""
        assert self.makes is not None
        found: Plain = {"name": given.name} if self.named else {}
        if self.about:
            given = given.of(raw.get(self.about, ""))
        for key in self._left_out:
            if key.name not in raw:
                key.give(found, key.default)
        for name, value in raw.items():
            key, as_it_is = self._read[name]
            if as_it_is:
                found[key.attribute] = value
            elif key.constant is None:
                key.give(found, key.shape.build(value, given))
        return self.makes(**found)

    @cached_property
    def _read(self) -> dict[str, tuple[Key, bool]]:
        """Each key by its name, and whether the model takes its value as the file has it."""
        return {
            key.name: (key, key.constant is None and type(key.shape).build is Shape.build)
            for key in self.keys
        }

    @cached_property
    def _left_out(self) -> list[Key]:
        """The keys with a default that the model does not have."""
        return [key for key in self.keys if key.default is not AS_THE_MODEL]

    def plain(self, value: Any) -> Plain:
        """The keys that state a record, without those that go without saying."""
        data: Plain = {}
        for key, default, is_one_of_several in self._written:
            if key.constant is not None:
                data[key.name] = key.constant
                continue
            held = key.held(value)
            if held is default or held == default:
                continue
            if key.shape.states(held):
                data[key.name] = key.shape.plain(held)
            elif not is_one_of_several:
                raise TypeError(f"{key.name} can't state {held!r}")
        return data

    @cached_property
    def _bending(self) -> list[Key]:
        return [key for key in self.keys if key.constant is None and key.shape.bends]

    @property
    def bends(self) -> bool:
        """Whether what some key states does."""
        return bool(self._bending)

    def normal(self, value: Any) -> Any:
        """The same record with each number in a form that can be written."""
        changed = {}
        for key in self._bending:
            held = key.held(value)
            if key.shape.states(held) and (better := key.shape.normal(held)) is not held:
                changed[key.attribute] = better
        return replace(value, **changed) if changed else value

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
        known = self.known
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


def _defaults(made: type) -> Plain:
    """The attributes of a class of the model that go without saying, with their values."""
    return {
        field.name: field.default if field.default_factory is MISSING else field.default_factory()
        for field in fields(made)
        if field.default is not MISSING or field.default_factory is not MISSING
    }


@dataclass(frozen=True)
class Single(Table):
    """A table that states one value, in one of several ways: { unreliability = 1e-5 }."""

    def states(self, value: object) -> bool:
        """Whether one of its keys states it."""
        return any(key.shape.states(value) for key in self.keys)

    def build(self, raw: Any, given: Given) -> Any:
        """The value that its one key states; None where it has none."""
        for name, value in raw.items():
            return self.known[name].shape.build(value, given)
        return None

    def plain(self, value: Any) -> Plain:
        """The first key that states the value."""
        key = next(key for key in self.keys if key.shape.states(value))
        return {key.name: key.shape.plain(value)}

    def normal(self, value: Any) -> Any:
        """Each value is written as it is."""
        return value


@dataclass(frozen=True)
class Entries(TableShape):
    """A table of named entries, all of one shape; at least ``least`` of them."""

    shape: Shape
    said: str
    least: int = 0

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        return {
            "type": "object",
            "propertyNames": {"pattern": NAME_PATTERN},
            "additionalProperties": self.shape.schema(),
        } | ({"minProperties": self.least} if self.least else {})

    def problems(self, path: Path, value: object) -> Iterator[Problem]:
        """What is wrong with ``value`` or its entries."""
        if not isinstance(value, dict):
            yield from super().problems(path, value)
            return
        for name, inner in value.items():
            yield from self.shape.problems((*path, name), inner)

    def states(self, value: object) -> bool:
        """Whether ``value`` holds entries by their names."""
        return isinstance(value, Mapping)

    def build(self, raw: Any, given: Given) -> Any:
        """What each entry stands for, by its name."""
        return {name: self.shape.build(entry, given.of(name)) for name, entry in raw.items()}

    def plain(self, value: Any) -> Plain:
        """The data of each entry, by its name."""
        return {name: self.shape.plain(entry) for name, entry in value.items()}

    @property
    def bends(self) -> bool:
        """Whether its entries do."""
        return self.shape.bends

    def normal(self, value: Any) -> Any:
        """The same entries, each in a form that can be written."""
        entries = {name: self.shape.normal(entry) for name, entry in value.items()}
        same = all(entries[name] is entry for name, entry in value.items())
        return value if same else entries


@dataclass(frozen=True)
class Short(Either):
    """A table, or a bare number that is short for one of its keys, the last of the shapes."""

    shapes: tuple[Shape, ...]
    said: str
    key_of: Callable[[Any, Given], str]
    """Which key of the table a bare number stands for."""
    shortens: bool = False
    """Whether a bare number is written wherever it says the same."""

    @property
    def table(self) -> Table:
        """The shape that says it at length."""
        table = self.shapes[-1]
        assert isinstance(table, Table)
        return table

    def states(self, value: object) -> bool:
        """Whether the table does."""
        return self.table.states(value)

    def build(self, raw: Any, given: Given) -> Any:
        """What the table at length stands for."""
        if not isinstance(raw, dict):
            raw = {self.key_of(raw, given): raw}
        return self.table.build(raw, given)

    def plain(self, value: Any) -> Any:
        """The table, or the bare number."""
        if self.shortens:
            for shape in self.shapes[:-1]:
                if shape.states(value):
                    return shape.plain(value)
        return self.table.plain(value)
