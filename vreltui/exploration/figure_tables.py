"""Figures of lifetimes, chains and spares by the options of the decisions that they read."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vreltui.engine.laws import Law, Source
from vreltui.engine.limits import Undecided
from vreltui.exploration.option_arrays import Numbers, value_of
from vreltui.exploration.variant_blocks import Axis
from vreltui.model.quantities import Value

MOST_CELLS = 100_000
"""The most figures of one leaf."""


@dataclass(frozen=True)
class FigureTable:
    """The figure of one leaf, with a dimension for each of ``axes``."""

    axes: tuple[str, ...]
    r: NDArray[np.float64]
    q: NDArray[np.float64]
    identities: NDArray[Any]
    """Equal where figures are one function of equal numbers."""

    def at(self, numbers: Numbers) -> tuple[Any, Any]:
        """The figures of several variants, and their complements."""
        index = tuple(numbers[axis] for axis in self.axes)
        return self.r[index], self.q[index]

    def identity(self, numbers: Numbers, count: int) -> list[Hashable]:
        """What tells the figures of so many variants apart."""
        found = self.identities[tuple(numbers[axis] for axis in self.axes)]
        return list(np.broadcast_to(found, count))


def table_of(law: Law, free: Mapping[str, Axis], value: Callable[[Source], Value]) -> FigureTable:
    """The figures of a law that is worked out from its numbers, for all options of what is free.

    Raises :class:`Undecided` where there are too many, or where numbers do not go together.
    """
    read = [source for source in law.sources if source.is_parameter and source.name in free]
    axes = [free[source.name] for source in read]
    shape = tuple(len(axis.options) for axis in axes)
    if prod(shape) > MOST_CELLS:
        raise Undecided(f"what reads {', '.join(a.name for a in axes)} has too many figures")
    known = {source: value(source) for source in law.sources if source not in read}
    r, q = np.empty(shape), np.empty(shape)
    identities = np.empty(shape, dtype=object)
    for at in product(*map(range, shape)):
        taken = {
            source: value_of(axis.options[number])
            for source, axis, number in zip(read, axes, at, strict=True)
        }
        figure = law.figure({**known, **taken})
        works, fails = float(figure.reliability), float(figure.unreliability)
        if not (0 <= works <= 1 and 0 <= fails <= 1):
            said = ", ".join(f"{source.name} = {option}" for source, option in taken.items())
            raise Undecided(f"{said} do not go together in one lifetime")
        r[at], q[at], identities[at] = works, fails, repr(figure.identity)
    return FigureTable(tuple(axis.name for axis in axes), r, q, identities)
