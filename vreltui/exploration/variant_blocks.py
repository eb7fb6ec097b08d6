"""Blocks of variants: so many options at each of some axes, in any combination."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from math import prod

import numpy as np
from numpy.typing import NDArray

from vreltui.model import Mix, Option
from vreltui.model.options import counts_of_mixes, mixes


@dataclass(frozen=True)
class Axis:
    """One decision of a block and its options there; ``settled`` by the choice, it is none.

    A mix whose number of copies is a decision that nothing else reads stands for both decisions:
    ``copies`` is the count, and the options are the mixes of each number of copies in turn.
    """

    name: str
    options: tuple[Option, ...]
    settled: bool = False
    copies: str = ""
    rows: NDArray[np.int64] | None = field(default=None, compare=False, repr=False)
    """Of mixes, how many of each of ``items`` by the number of the option, where that is known."""
    items: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The decisions that it stands for, in the order of the tree."""
        return (self.copies, self.name) if self.copies else (self.name,)

    def values(self, name: str) -> tuple[Option, ...]:
        """What each of its options means for one of the decisions."""
        if name == self.name:
            return self.options
        return tuple(int(total) for total in self.totals)

    @cached_property
    def counts(self) -> dict[str, NDArray[np.int64]]:
        """Of mixes, how many of each item by the number of the option; no item of none."""
        found: dict[str, NDArray[np.int64]] = {}
        if self.rows is not None:
            columns = zip(self.items, self.rows.T, strict=True)
            return {item: np.ascontiguousarray(column) for item, column in columns if column.any()}
        for at, option in enumerate(self.options):
            assert isinstance(option, Mix)
            for item, count in option.counts.items():
                if item not in found:
                    found[item] = np.zeros(len(self.options), dtype=np.int64)
                found[item][at] = count
        return found

    @cached_property
    def totals(self) -> NDArray[np.int64]:
        """Of mixes, how many of all items by the number of the option."""
        none = np.zeros(len(self.options), dtype=np.int64)
        return sum(self.counts.values(), start=none)

    def taken(self, number: int) -> dict[str, Option]:
        """The options of its decisions where one of its own is taken."""
        option = self.options[number]
        if isinstance(option, Mix) and self.copies:
            return {self.copies: option.total, self.name: option}
        return {self.name: option}


@lru_cache(maxsize=64)
def axis_of_mixes(
    name: str, items: tuple[str, ...], counts: tuple[int, ...], copies: str = ""
) -> Axis:
    """Every mix of each of several numbers of copies; the same one for the same question."""
    each = [row for count in counts for row in counts_of_mixes(len(items), count)]
    rows = np.array(each, dtype=np.int64).reshape(len(each), len(items))
    options = tuple(mix for count in counts for mix in mixes(items, count))
    return Axis(name, options, copies=copies, rows=rows, items=items)


@dataclass(frozen=True)
class Block:
    """Variants of one choice that differ in options of free axes alone."""

    choice: str
    axes: tuple[Axis, ...]

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """How many options each axis has."""
        return tuple(len(axis.options) for axis in self.axes)

    @cached_property
    def size(self) -> int:
        """How many variants it has."""
        return prod(self.shape)

    @cached_property
    def place(self) -> dict[str, int]:
        """Which axis is that of a decision."""
        return {name: place for place, axis in enumerate(self.axes) for name in axis.names}

    @cached_property
    def free(self) -> tuple[Axis, ...]:
        """The axes at which there is more than one option."""
        return tuple(axis for axis in self.axes if len(axis.options) > 1)

    @cached_property
    def fixed(self) -> dict[str, Option]:
        """The options at the other axes."""
        found: dict[str, Option] = {}
        for axis in self.axes:
            if len(axis.options) == 1:
                found |= axis.taken(0)
        return found

    def options(self, numbers: tuple[int, ...]) -> dict[str, Option]:
        """The options of one variant, by the number of its option at each axis."""
        found: dict[str, Option] = {}
        for axis, at in zip(self.axes, numbers, strict=True):
            found |= axis.taken(at)
        return found

    def allowed(self, options: Iterable[tuple[str, Option]]) -> dict[int, tuple[int, ...]] | None:
        """By the place of an axis, the numbers of its options that go with some options.

        None where no variant takes them all.
        """
        found: dict[int, tuple[int, ...]] = {}
        for name, option in options:
            place = self.place.get(name)
            if place is None or self.axes[place].settled:
                return None
            values = self.axes[place].values(name)
            numbers = found.get(place, tuple(range(len(values))))
            kept = tuple(at for at in numbers if values[at] == option)
            if not kept:
                return None
            found[place] = kept
        return found
