"""What a design file may say of catalogues: part of the table in `storage.fields`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from vreltui.model import (
    Catalogue,
    Item,
    Path,
    Problem,
)
from vreltui.storage.common_fields import SOURCE, TEXTS
from vreltui.storage.exploration_fields import AMOUNTS
from vreltui.storage.shapes import (
    Given,
    Schema,
    Text,
)
from vreltui.storage.tables import Entries, Key, Plain, TableShape
from vreltui.storage.variants import Variant, Variants

_TAGS = Entries(Text(), 'a table such as { vendor = "v1" }')

ITEM_KEYS = (
    Key("uses", AMOUNTS, "How much of each resource a node that takes it uses."),
    Key("provides", AMOUNTS, "How much of each resource a node that takes it provides."),
    Key("tags", _TAGS, "What it is, by the names by which rules compare."),
)
"""What an item may say beside its figure."""


@dataclass(frozen=True)
class ItemShape(TableShape):
    """An item: a component's own figure, and what it uses, provides and is."""

    figures: Variants
    said: str = "a table such as { reliability = 0.99 }"

    @cached_property
    def _keys(self) -> dict[str, Key]:
        return {key.name: key for key in ITEM_KEYS}

    def _parted(self, raw: Plain) -> tuple[Plain, Plain]:
        """The keys of its figure, and the others."""
        own = self._keys
        return {k: v for k, v in raw.items() if k not in own}, {
            k: v for k, v in raw.items() if k in own
        }

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        return self.figures.schema_with(ITEM_KEYS)

    def problems(self, path: Path, value: object) -> Iterator[Problem]:
        """What is wrong with ``value``: with its figure, then with the rest."""
        if not isinstance(value, dict):
            yield from super().problems(path, value)
            return
        figure, rest = self._parted(value)
        yield from self.figures.problems(path, figure)
        for name, inner in rest.items():
            yield from self._keys[name].shape.problems((*path, name), inner)

    def states(self, value: object) -> bool:
        """Whether ``value`` is an item."""
        return isinstance(value, Item)

    def build(self, raw: Any, given: Given) -> Any:
        """The item."""
        figure, rest = self._parted(raw)
        found = {name: self._keys[name].shape.build(value, given) for name, value in rest.items()}
        return Item(given.name, self.figures.build(figure, given), **found)

    def plain(self, value: Any) -> Plain:
        """The keys that state an item."""
        data = self.figures.plain(value.figure)
        for name, key in self._keys.items():
            if held := getattr(value, name):
                data[name] = key.shape.plain(held)
        return data

    @property
    def bends(self) -> bool:
        """Whether its figure does."""
        return self.figures.bends

    def normal(self, value: Any) -> Any:
        """Figures of components are written as they are."""
        return value


_CATALOGUE_TEXTS = {key.name: key for key in (*TEXTS, SOURCE)}


@dataclass(frozen=True)
class CatalogueShape(Entries):
    """The items of a catalogue by their names, and texts beside them."""

    def _parted(self, raw: Plain) -> tuple[Plain, Plain]:
        """The items, and the texts of the catalogue."""
        texts = {k: v for k, v in raw.items() if k in _CATALOGUE_TEXTS and isinstance(v, str)}
        return {k: v for k, v in raw.items() if k not in texts}, texts

    def schema(self) -> Schema:
        """This shape as JSON Schema."""
        item = self.shape.schema()
        named = {
            name: {"description": key.means, "anyOf": [key.shape.schema(), item]}
            for name, key in _CATALOGUE_TEXTS.items()
        }
        return {**super().schema(), "properties": named}

    def problems(self, path: Path, value: object) -> Iterator[Problem]:
        """What is wrong with ``value`` or its items."""
        if not isinstance(value, dict):
            yield from super().problems(path, value)
            return
        yield from super().problems(path, self._parted(value)[0])

    def states(self, value: object) -> bool:
        """Whether ``value`` is a catalogue."""
        return isinstance(value, Catalogue)

    def build(self, raw: Any, given: Given) -> Any:
        """The catalogue."""
        items, texts = self._parted(raw)
        return Catalogue(given.name, super().build(items, given), **texts)

    def plain(self, value: Any) -> Plain:
        """Its texts and its items."""
        texts = {name: text for name in _CATALOGUE_TEXTS if (text := getattr(value, name))}
        return {**texts, **super().plain(value.items)}

    def normal(self, value: Any) -> Any:
        """Items are written as they are."""
        return value


def catalogues(figures: tuple[Variant, ...], common: tuple[Key, ...]) -> Entries:
    """The shape of all catalogues; ``figures`` are the variants of components."""
    item = Variants("item", common, figures, "a figure such as reliability = 0.99")
    shape = CatalogueShape(ItemShape(item), "tables such as { reliability = 0.99 } by their names")
    return Entries(shape, "tables such as [catalogues.servers]")
