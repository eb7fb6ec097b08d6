"""A mapping that cannot be changed, keeps its order, and can be sent to another process."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from typing import Any, Generic, TypeVar

V = TypeVar("V")


class Frozen(Mapping[str, V], Generic[V]):
    """An immutable mapping from names, in order.

    >>> Frozen({"b": 1, "a": 2})
    Frozen({'b': 1, 'a': 2})
    """

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, V]) -> None:
        self._items = dict(items)

    def __getitem__(self, name: str) -> V:
        return self._items[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def updated(self, name: str, value: V) -> Frozen[V]:
        """The same mapping with one value replaced, or added at the end."""
        other: Frozen[V] = Frozen.__new__(Frozen)
        other._items = {**self._items, name: value}
        return other

    def get(self, name: str, default: Any = None) -> Any:
        """What the name stands for, or ``default``."""
        return self._items.get(name, default)

    # The views of the dictionary itself: those of Mapping would look every key up again.

    def keys(self) -> KeysView[str]:
        """The names, in order."""
        return self._items.keys()

    def values(self) -> ValuesView[V]:
        """The values, in order."""
        return self._items.values()

    def items(self) -> ItemsView[str, V]:
        """Names and values, in order."""
        return self._items.items()

    def __contains__(self, name: object) -> bool:
        return name in self._items

    def __repr__(self) -> str:
        return f"Frozen({self._items!r})"

    def __eq__(self, other: object) -> bool:
        """Equal to a mapping with the same items in the same order: order is part of a design."""
        if self is other:
            return True
        return isinstance(other, Mapping) and list(self.items()) == list(other.items())

    __hash__ = None  # type: ignore[assignment]


def frozen(items: Mapping[str, V]) -> Frozen[V]:
    """``items`` as they are when they cannot change, else an unchangeable copy."""
    return items if isinstance(items, Frozen) else Frozen(items)
