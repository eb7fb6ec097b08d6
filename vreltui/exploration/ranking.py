"""What is best, cheapest and undominated among all variants of a table, ties told exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vreltui.analysis.digits import figure
from vreltui.exploration.certain_figures import margin
from vreltui.exploration.part import CLASSES, MEETS
from vreltui.exploration.results import Variant
from vreltui.exploration.variant_table import Table


class Ranking:
    """The order of a table.

    More reliable variants come first, then those of less use, in the order of the file's resources,
    then those that come first in the file.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.resources = table.space.resources

    def variant(self, number: int) -> Variant:
        """A variant with its figures."""
        part, at = self.table.find(number)
        axes = part.block.axes
        options = part.options(at)
        return Variant(
            part.block.choice,
            {name: options[name] for axis in axes if not axis.settled for name in axis.names},
            figure(part.own.evaluation(part.at(at), {}).figures()),
            {
                name: Fraction(int(self.table.uses[name][number]), scale)
                for name, scale in self.table.scales.items()
            },
            CLASSES[int(self.table.kinds[number])],  # type: ignore[arg-type]
        )

    def slack(self, odds: Any) -> Any:
        """How near to each other odds may be and still stand in another order."""
        return 2 * margin(self.table.error, self.table.error) * (1 + np.abs(odds))

    def top(self, variants: NDArray[Any], most: int) -> list[int]:
        """The first so many of these variants."""
        if not len(variants) or not most:
            return []
        odds = self.table.odds[variants]
        if len(variants) > most:
            least = np.partition(odds, len(odds) - most)[len(odds) - most]
            variants = variants[odds >= least - self.slack(least)]
        return self.sorted(variants, self.table.ranks(variants))[:most]

    def sorted(self, variants: NDArray[Any], ranks: NDArray[Any]) -> list[int]:
        """Variants in their order."""
        keys: list[tuple[Any, ...]] = [
            (
                int(rank),
                *(int(self.table.uses[name][number]) for name in self.resources),
                self.place(int(number)),
                int(number),
            )
            for number, rank in zip(variants, ranks, strict=True)
        ]
        return [int(key[-1]) for key in sorted(keys)]

    def place(self, number: int) -> tuple[Any, ...]:
        """Where a variant stands in the order of the file."""
        part, at = self.table.find(number)
        return self.table.space.place(part.block, part.places(at))

    def cheapest(self, resource: str) -> int | None:
        """Of those that meet the one with the least use of a resource."""
        meeting = np.flatnonzero(self.table.kinds == MEETS)
        if not meeting.size:
            return None
        used = self.table.uses[resource][meeting]
        least = meeting[used == used.min()]
        return self.top(least, 1)[0]

    def front(self, resources: Sequence[str]) -> list[int]:
        """The variants that no other equals or beats in all figures and beats in one.

        One for each figures, by their uses in turn.
        """
        variants = np.flatnonzero(self.table.within)
        if not variants.size:
            return []
        variants = self._candidates(variants, resources)
        ranks = self.table.ranks(variants)
        first: dict[tuple[int, ...], int] = {}
        rank_of = dict(zip(variants.tolist(), ranks.tolist(), strict=True))
        for number in self.sorted(variants, ranks):
            uses = [int(self.table.uses[name][number]) for name in resources]
            first.setdefault((*uses, rank_of[number]), number)
        kept: list[tuple[int, ...]] = []
        for figures in sorted(first):
            if not any(all(map(int.__le__, other, figures)) for other in kept):
                kept.append(figures)
        return [first[figures] for figures in kept]

    def _candidates(self, variants: NDArray[Any], resources: Sequence[str]) -> NDArray[Any]:
        """Those that no other certainly beats; a few too many."""
        columns = [self.table.uses[name][variants] for name in resources]
        odds = self.table.odds[variants]
        order = _lexsorted([*columns, -odds])
        slack = self.slack(odds)
        if len(resources) == 1:
            best = np.maximum.accumulate(odds[order])
            return np.asarray(variants[order[odds[order] >= best - slack[order]]])
        kept: list[int] = []
        front: list[int] = []
        for at in order.tolist():
            beaten = any(
                odds[other] > odds[at] + slack[at]
                and all(column[other] <= column[at] for column in columns)
                for other in front
            )
            if not beaten:
                kept.append(at)
                front = [
                    other
                    for other in front
                    if not (
                        odds[other] <= odds[at]
                        and all(column[other] >= column[at] for column in columns)
                    )
                ]
                front.append(at)
        return np.asarray(variants[np.array(kept)])


def _lexsorted(keys: list[NDArray[Any]]) -> NDArray[np.int64]:
    """The order by the first of the keys, then by the second and so on."""
    if any(key.dtype == object for key in keys):
        keys = [np.unique(key, return_inverse=True)[1] for key in keys]
    return np.lexsort(keys[::-1])
