"""What single nodes of a tree use, as rows of a front, and where things have to fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from vreltui.engine.limits import Undecided
from vreltui.exploration.fronts import Front
from vreltui.exploration.lots import LARGEST
from vreltui.exploration.sides import Side
from vreltui.exploration.use_columns import Amounts
from vreltui.model import Component


class ModuleAmounts:
    """What the nodes of a tree use and pay, and what is left to be fitted above each.

    Raises :class:`Undecided` where that would not be exact in numpy's whole numbers.
    """

    def __init__(self, side: Side, amounts: Amounts) -> None:
        self.side = side
        self.amounts = amounts
        self.design = side.design
        self.root = side.root
        for resource, scale in amounts.scales.items():
            if side.most(resource) * scale >= LARGEST:
                raise Undecided(f"amounts of {resource} have more digits than a search counts with")

    @cached_property
    def paid_once(self) -> NDArray[np.int64]:
        """What is paid once for values of parameters."""
        row = [int(self.side.paid_once(r) * self.amounts.scales[r]) for r in self.amounts.resources]
        return np.array([*row, *(0 for _ in self.amounts.fits)], dtype=np.int64)

    def own(self, name: str) -> NDArray[np.int64]:
        """What a node itself uses; a part's own stands in its labels."""
        if name in self.side.parts or isinstance(self.design.nodes[name], Component):
            return np.zeros(self.amounts.width, dtype=np.int64)
        (row,) = self.rows(name, (0,))
        return np.asarray(row, dtype=np.int64)

    def rows(self, name: str, numbers: Sequence[int]) -> NDArray[np.int64]:
        """What a node uses that takes its options of some numbers, a row for each."""
        columns = [self._column(name, "uses", r, numbers) for r in self.amounts.resources]
        for resource in self.amounts.fits:
            used = self._column(name, "uses", resource, numbers)
            columns.append(used - self._column(name, "provides", resource, numbers))
        return np.array(columns, dtype=np.int64).reshape(len(columns), len(numbers)).T

    def _column(
        self, name: str, key: str, resource: str, numbers: Sequence[int]
    ) -> NDArray[np.int64]:
        lot = self.side.amount(name, key, resource)
        scale = self.amounts.scales[resource]
        paid = int(self.side.paid_at(name, resource) * scale) if key == "uses" else 0
        whole = lot.at_scale(scale, np.int64) + paid
        chosen = np.zeros(len(numbers), dtype=np.int64) if len(whole) == 1 else np.array(numbers)
        return np.asarray(whole[chosen], np.int64)

    def fitting(self, name: str, front: Front) -> Front:
        """The labels of a front in which what has to fit at a node does."""
        for resource in self.design.nodes[name].fits:
            front = front.some(front.uses[:, self.amounts.excess(resource)] <= 0)
        return front

    def closed(self, name: str, front: Front) -> Front:
        """The front without what no node above has to fit any more."""
        if not self.amounts.fits:
            return front
        uses = front.uses.copy()
        for resource in self.amounts.fits:
            if name not in self._to_fit[resource]:
                uses[:, self.amounts.excess(resource)] = 0
        return replace(front, uses=uses)

    @cached_property
    def _to_fit(self) -> dict[str, frozenset[str]]:
        """By resource the nodes below one where it has to fit."""
        found: dict[str, set[str]] = {resource: set() for resource in self.amounts.fits}
        for name in self.design.below(self.root):
            for resource in self.design.nodes[name].fits:
                found[resource].update(self.design.below(name)[1:])
        return {resource: frozenset(names) for resource, names in found.items()}
