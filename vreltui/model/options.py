"""What can be taken at a decision: an item, a node, a mix of items, a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from vreltui.model.frozen import Frozen
from vreltui.model.quantities import Value, number, quantity_of

VALUE_WORDS = ("value", "unreliability", "count", "time", "rate", "number")
"""The keys of a table that states a value, of which it has one; items may be called so too."""

UNIT_WORDS = ("time", "rate")
"""Those of them whose values are texts with a unit."""


@dataclass(frozen=True, slots=True)
class Mix:
    """How many of each item; items of which there is none are left out."""

    counts: Mapping[str, int]

    def __post_init__(self) -> None:
        if not isinstance(self.counts, Frozen) or 0 in self.counts.values():
            kept = {name: count for name, count in self.counts.items() if count != 0}
            object.__setattr__(self, "counts", Frozen(kept))

    @property
    def total(self) -> int:
        """How many there are in all."""
        return sum(self.counts.values())

    def __eq__(self, other: object) -> bool:
        """Equal where as many of each item are taken, in whatever order they are named."""
        return isinstance(other, Mix) and dict(self.counts) == dict(other.counts)

    def __hash__(self) -> int:
        return hash(frozenset(self.counts.items()))


Taken = str | Mix
"""The option of a node: the name of an item or of a node, or a mix."""

Option = str | Mix | Value
"""The option of any decision."""


def is_same_option(one: Option, other: Option) -> bool:
    """Whether two options are the same; numbers are compared by their values.

    >>> from vreltui.model.numbers import Probability
    >>> is_same_option(Probability.of("0.9"), Probability.from_unreliability("0.1"))
    True
    """
    if isinstance(one, str | Mix) or isinstance(other, str | Mix):
        return type(one) is type(other) and one == other
    return quantity_of(one) is quantity_of(other) and number(one) == number(other)


def option_text(option: Option) -> str:
    """An option as people write it.

    >>> option_text("B"), option_text(Mix({"D1": 2, "D2": 1})), option_text(3)
    ('B', '2 D1 + 1 D2', '3')
    """
    if isinstance(option, str):
        return option
    if isinstance(option, Mix):
        return " + ".join(f"{count} {name}" for name, count in option.counts.items())
    text: str = quantity_of(option).text(option)
    return text


@lru_cache(maxsize=64)
def mixes(items: tuple[str, ...], copies: int) -> tuple[Mix, ...]:
    """Every mix of so many copies, with most of the first item first.

    >>> [dict(mix.counts) for mix in mixes(("A", "B"), 2)]
    [{'A': 2}, {'A': 1, 'B': 1}, {'B': 2}]
    """
    return tuple(
        Mix(Frozen({name: count for name, count in zip(items, each, strict=True) if count}))
        for each in counts_of_mixes(len(items), copies)
    )


def counts_of_mixes(kinds: int, copies: int) -> list[tuple[int, ...]]:
    """How many of each of some kinds every mix has, in the order of :func:`mixes`.

    >>> counts_of_mixes(2, 2)
    [(2, 0), (1, 1), (0, 2)]
    """
    # From the last kind backwards; each list serves all that stand before it.
    found: dict[int, list[tuple[int, ...]]] = {left: [(left,)] for left in range(copies + 1)}
    for kind in range(2, kinds + 1):
        found = {
            left: [(count, *rest) for count in range(left, -1, -1) for rest in found[left - count]]
            for left in (range(copies + 1) if kind < kinds else (copies,))
        }
    return found[copies]
