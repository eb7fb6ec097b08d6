"""Why families are out of a space in which priced parameters are found with each variant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from vreltui.analysis.digits import figure
from vreltui.exploration.allocating import Allocating
from vreltui.exploration.eliminating import Eliminating, family_of
from vreltui.exploration.families import Options
from vreltui.exploration.ranking import Ranking
from vreltui.exploration.results import Back, Elimination, Family
from vreltui.exploration.rounding import rounded_down


class AllocatedFamilies(Eliminating):
    """The families that are out: a variant lives where some allocation of it meets.

    Of what is at its best all else ignored, parameters are at the upper ends of their ranges, of
    least uses at the lower ones.
    """

    def __init__(self, allocating: Allocating, kinds: Sequence[str], depth: int) -> None:
        super().__init__(allocating.table, Ranking(allocating.table), depth)
        self.allocating = allocating
        self._lives = np.array([kind in ("meets", "short", "undecided") for kind in kinds])

    def alive(self, family: Options) -> bool:
        """Whether some allocation of a variant of a family meets."""
        return bool(self._lives[self.variants(family)].any())

    def _proof(self, family: Options, covers: int, remaining: int) -> Elimination:
        kind, _ = self._kind(family)
        if kind != "together":
            return super()._proof(family, covers, remaining)
        goal = self.table.space.goal
        within = [n for n in map(int, self.variants(family)) if n in set(self.allocating.within)]
        best: Any = None
        told: Family | None = None
        back: list[Back] = []
        found = [(n, each) for n in within if (each := self.allocating.best(n)) is not None]
        if found:
            pairs = {n: self.allocating.allotment(n).at(a.values).figures() for n, a in found}
            first = min(pairs, key=lambda n: (float(pairs[n][1]), n))
            best, told = figure(pairs[first]), self._family(first)
            back.append(Back("goal", "", rounded_down(pairs[first])))
            back += self._affordable(within)
        needed = None if goal is None else float(goal.reliability)
        return Elimination(
            family_of(family), kind, None, best, needed, covers, remaining, told, tuple(back)
        )

    def _affordable(self, within: list[int]) -> Iterator[Back]:
        """The limit with which a variant would meet."""
        resource = self.allocating.resource
        if resource in self.table.space.limits:
            paid = [
                self.allocating.base(n, resource) + each.paid
                for n in within
                if (each := self.allocating.cheapest(n)) is not None
            ]
            if paid:
                yield Back("limit", resource, min(paid))
