"""What a design states, entry by entry and key by key, in the words of the file.

From the table of fields come the names of the keys, the values that go without saying, and which
texts name another entry of the design, so that designs can be compared whatever tables they have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from vreltui.model import Catalogue, Design, Item, Mix
from vreltui.storage.catalogue_fields import CatalogueShape
from vreltui.storage.common_fields import SOURCE, TEXTS
from vreltui.storage.exploration_fields import AmountShape
from vreltui.storage.fields import DESIGN, ENTRIES
from vreltui.storage.set_fields import SetEntry
from vreltui.storage.shapes import Either, ListOf, Name, Shape
from vreltui.storage.tables import Entries, Short, Single, Table
from vreltui.storage.variants import Variants

WORDS = frozenset(key.name for key in (*TEXTS, SOURCE))
"""Keys that hold texts for people, on which no figure depends."""


class Reference(NamedTuple):
    """The name of an entry of a table, where another entry names it."""

    table: str
    name: str


@dataclass(frozen=True)
class Stated:
    """What one key states: the value of the model, how a file has it, and the entries it names."""

    value: Any
    plain: Any
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One entry of a table, or a table that is one: its keys with their values, and its words."""

    keys: Mapping[str, Stated]
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Statements:
    """All that a design states: the keys at its top, its tables of entries, and its words.

    A table that is a single one, such as ``[limits]``, has its keys as entries of one value.
    """

    top: Mapping[str, Stated]
    tables: Mapping[str, Mapping[str, Entry]]
    words: Mapping[str, str]


def statements(design: Design) -> Statements:
    """What a design states.

    >>> from vreltui.storage import parse
    >>> stated = statements(parse('''
    ... vreltui = 1
    ... [nodes.host]
    ... reliability = 0.99
    ... [choices.bare]
    ... root = "host"
    ... ''').design)
    >>> stated.tables["choices"]["bare"].keys["root"].references
    (Reference(table='nodes', name='host'),)
    """
    top: dict[str, Stated] = {}
    tables: dict[str, Mapping[str, Entry]] = {}
    words: dict[str, str] = {}
    for key in DESIGN.keys:
        if key.constant is not None:
            continue
        held = key.held(design)
        shape = key.shape
        if key.name in WORDS:
            words[key.name] = held
        elif isinstance(shape, Entries):
            tables[key.name] = {name: _entry(shape.shape, record) for name, record in held.items()}
        elif isinstance(shape, Single) and key.attribute != key.name:
            (only,) = shape.keys
            tables[key.name] = {only.name: Entry({only.name: _stated(only.shape, held)})}
        elif isinstance(shape, Table) and not isinstance(shape, Single):
            keys = _entry(shape, held).keys
            tables[key.name] = {name: Entry({name: stated}) for name, stated in keys.items()}
        else:
            top[key.name] = _stated(shape, held)
    return Statements(top, tables, words)


def _entry(shape: Shape, record: Any) -> Entry:
    if isinstance(shape, CatalogueShape):
        return _catalogue(shape, record)
    table = _table(shape, record)
    keys: dict[str, Stated] = {}
    words: dict[str, str] = {}
    seen: set[str] = set()
    for key in table.keys:
        if key.constant is not None or key.attribute in seen:
            continue
        seen.add(key.attribute)
        held = key.held(record)
        if key.name in WORDS or key.name == "kind":
            words[key.name] = held
        else:
            others = [other.shape for other in table.keys if other.attribute == key.attribute]
            said = next((one for one in others if one.states(held)), key.shape)
            keys[key.name] = _stated(said, held)
    return Entry(keys, words)


def _catalogue(shape: CatalogueShape, record: Catalogue) -> Entry:
    """Each item of a catalogue as one key."""
    keys = {
        name: Stated(item, shape.shape.plain(item), tuple(_of_item(item)))
        for name, item in record.items.items()
    }
    words = {"title": record.title, "description": record.description, "note": record.note}
    return Entry(keys, {**words, "source": record.source})


def _of_item(item: Item) -> Iterator[Reference]:
    """The parameters and resources that an item names."""
    yield from (Reference("parameters", name) for name in item.figure.parameters)
    yield from (Reference("resources", name) for name in {**item.uses, **item.provides})


def _table(shape: Shape, record: Any) -> Table:
    """The table of keys in which a record is written."""
    if isinstance(shape, Short):
        return shape.table
    if isinstance(shape, Variants):
        return next(table for table in shape.tables.values() if table.states(record))
    assert isinstance(shape, Table)
    return shape


def _stated(shape: Shape, held: Any) -> Stated:
    if held is None or not shape.states(held):
        return Stated(held, None)
    return Stated(held, shape.plain(shape.normal(held)), tuple(_references(shape, held)))


def _references(shape: Shape, held: Any) -> Iterator[Reference]:
    """The entries that a value names."""
    if isinstance(shape, Name):
        if held and f"{shape.of}s" in ENTRIES:
            yield Reference(f"{shape.of}s", held)
    elif isinstance(shape, ListOf):
        for element in held:
            yield from _references(shape.shape, element)
    elif isinstance(shape, Entries) and isinstance(held, Mapping):
        yield from _keys(shape.shape, held)
    elif isinstance(shape, Either):
        found = next((one for one in shape.shapes if one.states(held)), None)
        if found is not None:
            yield from _references(found, held)
    elif isinstance(shape, Table) and shape.makes is not None:
        for key in shape.keys:
            inner = key.held(held)
            if inner is not None and key.shape.states(inner):
                yield from _references(key.shape, inner)


def _keys(shape: Shape, held: Mapping[str, Any]) -> Iterator[Reference]:
    """What the keys name of what a choice sets, or uses; a rule brings no decisions along."""
    for name, value in held.items():
        if isinstance(shape, SetEntry):
            yield Reference("nodes" if isinstance(value, str | Mix) else "parameters", name)
        elif isinstance(shape, AmountShape):
            yield Reference("resources", name)
