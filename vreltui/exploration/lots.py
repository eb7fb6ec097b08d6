"""Amounts by the option that is taken at an axis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vreltui.model.amounts import Amounts

Whole: TypeAlias = NDArray[Any]
"""Whole numbers, of numpy's own type where they are small enough, else Python's."""

LARGEST = 1 << 62


@dataclass(frozen=True, eq=False)
class Lot:
    """An amount by the number of the option at an axis, or one for all where there is no axis.

    ``whole`` are whole numbers of one part in ``scale``.
    """

    axis: str | None
    whole: Whole
    scale: int

    def amount(self, number: int) -> Fraction:
        """That of one option."""
        return Fraction(int(self.whole[number]), self.scale)

    def least(self, numbers: Sequence[int] | None = None) -> Fraction:
        """The least of some options, or of all."""
        some = self.whole if numbers is None else self.whole[np.asarray(numbers)]
        return Fraction(int(some.min()), self.scale)

    def most(self, numbers: Sequence[int] | None = None) -> Fraction:
        """The greatest of some options, or of all."""
        some = self.whole if numbers is None else self.whole[np.asarray(numbers)]
        return Fraction(int(some.max()), self.scale)

    @cached_property
    def is_nothing(self) -> bool:
        """Whether no option has any."""
        return not self.whole.any()

    @cached_property
    def largest(self) -> Fraction:
        """The greatest of all, whichever way it counts."""
        return max(abs(self.least()), abs(self.most()))

    def at_scale(self, scale: int, kind: Any) -> Whole:
        """The amounts as whole numbers of one part in ``scale``, a multiple of its own."""
        whole: Whole = self.whole.astype(kind, copy=False)
        return whole if scale == self.scale else whole * (scale // self.scale)


def lot(axis: str | None, amounts: Iterable[Fraction]) -> Lot:
    """The amounts of options one by one."""
    every = list(amounts)
    scale = lcm(*(each.denominator for each in every))
    return Lot(axis, whole_numbers([int(each * scale) for each in every]), scale)


def lot_of_mixes(
    axis: str, base: Fraction, amounts: Mapping[str, Fraction], counts: Mapping[str, Whole]
) -> Lot:
    """So much for all, and more for each of the items of which there are so many by the option."""
    scale = lcm(base.denominator, *(each.denominator for each in amounts.values()))
    each = {item: int(amount * scale) for item, amount in amounts.items()}
    own = int(base * scale)
    most = abs(own) + sum(abs(each[item]) * int(some.max()) for item, some in counts.items())
    kind: Any = np.int64 if most < LARGEST else object
    total: Any = own
    for item, some in counts.items():
        total = total + some.astype(kind) * each[item]
    return Lot(axis, np.asarray(total, dtype=kind), scale)


def whole_numbers(numbers: list[int]) -> Whole:
    """Whole numbers as an array."""
    kind: Any = np.int64 if max(map(abs, numbers), default=0) < LARGEST else object
    return np.array(numbers, dtype=kind)


def less(one: Lot, other: Lot) -> Lot:
    """By how much one exceeds another at the same axis."""
    scale = lcm(one.scale, other.scale)
    largest = (one.largest + other.largest) * scale
    kind: Any = np.int64 if largest < LARGEST else object
    return Lot(one.axis, one.at_scale(scale, kind) - other.at_scale(scale, kind), scale)


def lots_of(of: Any, key: str) -> Amounts:
    """What a node or an item uses, or provides."""
    lots: Amounts = of.uses if key == "uses" else of.provides
    return lots
