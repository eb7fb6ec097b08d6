"""Catalogues: kinds of thing that can be bought. Each node that buys one has one of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vreltui.model.amounts import NO_AMOUNTS, Amounts
from vreltui.model.frozen import Frozen, frozen
from vreltui.model.nodes import Component, LastingComponent

Tags = Mapping[str, str]
"""By the name of a tag, what it says of an item: its vendor, its place."""


@dataclass(frozen=True, slots=True)
class Item:
    """A kind of thing. ``figure`` is a component of that kind, whose name is the item's."""

    name: str
    figure: Component | LastingComponent
    uses: Amounts = field(default_factory=lambda: NO_AMOUNTS)
    provides: Amounts = field(default_factory=lambda: NO_AMOUNTS)
    tags: Tags = field(default_factory=lambda: Frozen[str]({}))

    def __post_init__(self) -> None:
        # Fields of this very class, by their names: one that is not there raises here.
        for name in ("uses", "provides", "tags"):
            object.__setattr__(self, name, frozen(getattr(self, name)))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Items among which one can choose, in the order of the file."""

    name: str
    items: Mapping[str, Item]
    title: str = ""
    source: str = ""
    description: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", frozen(self.items))
