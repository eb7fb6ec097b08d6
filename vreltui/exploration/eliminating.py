"""Why families are out, shown on the table of all variants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vreltui.analysis.digits import figure
from vreltui.exploration.families import (
    CHOICE,
    Families,
    Options,
    allowed_in,
    out_families,
    part_of,
)
from vreltui.exploration.part import MEETS, SHORT, UNDECIDED, Part
from vreltui.exploration.ranking import Ranking
from vreltui.exploration.rescues import rescues
from vreltui.exploration.results import Back, Elimination, Family, Kind
from vreltui.exploration.rounding import rounded_down
from vreltui.exploration.variant_table import Table


@dataclass
class Eliminating:
    """The families of a table that are out, each with its proof and what would lift it."""

    table: Table
    ranking: Ranking
    depth: int
    proven: list[Elimination] = field(default_factory=list)

    @cached_property
    def families(self) -> Families:
        """All families of the space."""
        return Families(self.table.space)

    @cached_property
    def _alive(self) -> list[NDArray[np.bool_]]:
        return [
            np.isin(part.kinds, (MEETS, SHORT, UNDECIDED)).reshape(part.shape)
            for part in self.table.parts
        ]

    def places(self, family: Options) -> Iterator[tuple[Part, tuple[Any, ...]]]:
        """The blocks with variants of a family, and the index of its variants there."""
        for part in self.table.parts:
            place = _index(part, family)
            if place is not None:
                yield part, place

    def alive(self, family: Options) -> bool:
        """Whether a variant of a family meets, could, or is undecided."""
        for part, alive in zip(self.table.parts, self._alive, strict=True):
            place = _index(part, family)
            if place is not None and alive[place].any():
                return True
        return False

    def _each_alive(self, families: Sequence[Options]) -> Iterator[bool]:
        return map(self.alive, families)

    def variants(self, family: Options) -> NDArray[np.int64]:
        """The numbers of all variants of a family."""
        found = [np.zeros(0, dtype=np.int64)]
        for part, start in zip(self.table.parts, self.table.starts, strict=True):
            place = _index(part, family)
            if place is not None:
                inside = np.arange(part.block.size).reshape(part.shape)[place]
                found.append(np.asarray(inside).reshape(-1) + start)
        return np.concatenate(found)

    def steps(self) -> Iterator[float]:
        """Find the eliminations, those that cover most first; gives how much of it is done."""
        out = yield from part_of(
            out_families(self.families, self.depth, self._each_alive), 0.0, 0.5
        )
        covered = np.zeros(self.table.space.total, dtype=bool)
        largest = self.families.largest(out)
        for number, family in enumerate(largest):
            yield 0.5 + 0.5 * number / len(largest)
            covered[self.variants(family)] = True
            remaining = int(len(covered) - covered.sum())
            self.proven.append(self._proof(family, out[family], remaining))

    def _proof(self, family: Options, covers: int, remaining: int) -> Elimination:
        kind, resource = self._kind(family)
        variants = self.variants(family)
        best: Any = None
        needed: Any = None
        witness = None
        back: list[Back] = []
        if kind == "limit":
            assert resource is not None
            used = self.table.uses[resource][variants]
            scale = self.table.scales[resource]
            best, needed = Fraction(int(used.min()), scale), self.table.space.limits[resource]
            witness = self._first(variants[used == used.min()])
            back.append(Back("limit", resource, best))
        elif kind in ("goal", "baseline", "together"):
            inside = variants if kind != "together" else variants[self.table.within[variants]]
            if self.table.space.goal is not None:
                needed = float(self.table.space.goal.reliability)
            if inside.size:
                witness = self._most_reliable(inside)
                part, at = self.table.find(witness)
                pair = part.own.evaluation(part.at(at), part.best).figures()
                best = figure(pair)
                if kind == "goal":
                    back.append(Back("goal", "", rounded_down(pair)))
            back += self._back(variants, kind)
        return Elimination(
            family_of(family), kind, resource, best, needed, covers, remaining,
            None if witness is None else self._family(witness), tuple(back),
        )  # fmt: skip

    def _kind(self, family: Options) -> tuple[Kind, str | None]:
        places = list(self.places(family))

        def every(name: str, part: Part, place: tuple[Any, ...]) -> bool:
            masks = {"rules": part.breaks, "fits": part.unfit}
            mask = masks[name] if name in masks else part.over(name)
            return bool(mask.reshape(part.shape)[place].all())

        if all(every("rules", part, place) for part, place in places):
            return "rules", None
        if all(every("fits", part, place) for part, place in places):
            return "fits", None
        for name in self.table.space.resources:
            if name in self.table.space.limits and all(every(name, *each) for each in places):
                return "limit", name
        if self.table.space.goal is not None and not any(
            (part.above_goal(part.best).reshape(part.shape)[place] > 0).any()
            for part, place in places
        ):
            return "goal", None
        if all(part.rival is not None for part, _ in places) and not any(
            part.can_beat(_mask(part, place)) for part, place in places
        ):
            return "baseline", None
        return "together", None

    def _most_reliable(self, variants: NDArray[np.int64]) -> int:
        """The most reliable of these with open parameters at their best; the first of equals."""
        odds = np.concatenate([part.odds(part.best) for part in self.table.parts])[variants]
        near = variants[odds >= odds.max() - self.ranking.slack(odds.max())]
        ranks = self.table.ranks(near, best=True)
        return self._first(near[ranks == ranks.min()])

    def _first(self, variants: NDArray[Any]) -> int:
        """The first of several variants in the order of the file."""
        return min(map(int, variants), key=self.ranking.place)

    def _family(self, variant: int) -> Family:
        found = self.ranking.variant(variant)
        return Family(found.choice, found.options)

    def _back(self, variants: NDArray[np.int64], kind: Kind) -> list[Back]:
        """What, each by itself, would let a variant meet that is out by no rule and no fit."""
        within = variants[self.table.within[variants]]
        found = []
        if kind == "together":
            beating = np.concatenate([p.against_baseline for p in self.table.parts]) > 0
            candidates = within[beating[within]]
            if self.table.space.goal is not None and candidates.size:
                best = self.ranking.top(candidates, 1)[0]
                part, at = self.table.find(best)
                pair = part.own.evaluation(part.at(at), {}).figures()
                found.append(Back("goal", "", rounded_down(pair)))
            found += self._limits(variants)
        return [*found, *rescues(self.table, within)]

    def _limits(self, variants: NDArray[np.int64]) -> Iterator[Back]:
        """The limits of which one alone stands in the way of a variant."""
        wins = np.concatenate([part.wins for part in self.table.parts])[variants]
        keeps = ~np.concatenate([part.breaks | part.unfit for part in self.table.parts])[variants]
        over: Mapping[str, NDArray[np.bool_]] = {
            name: np.concatenate([part.over(name) for part in self.table.parts])[variants]
            for name in self.table.space.limits
        }
        for name in self.table.space.resources:
            if name not in over:
                continue
            alone = wins & keeps & over[name]
            for other, mask in over.items():
                if other != name:
                    alone &= ~mask
            if alone.any():
                least = int(self.table.uses[name][variants][alone].min())
                yield Back("limit", name, Fraction(least, self.table.scales[name]))


def family_of(family: Options) -> Family:
    """A family as it is told: its choice, and its options."""
    options = dict(family)
    choice = options.pop(CHOICE, None)
    return Family(None if choice is None else str(choice), options)


def _index(part: Part, family: Options) -> tuple[Any, ...] | None:
    """Which elements of a block's arrays, in its shape, are of a family; None where none are."""
    allowed = allowed_in(part.block, family)
    if allowed is None:
        return None
    index: list[Any] = []
    for place, axis in enumerate(part.block.axes):
        if len(axis.options) > 1:
            numbers = allowed.get(place)
            if numbers is None:
                index.append(slice(None))
            else:
                # The mixes of one number of copies follow each other.
                only = len(numbers) == 1
                index.append(numbers[0] if only else slice(numbers[0], numbers[-1] + 1))
    return tuple(index)


def _mask(part: Part, place: tuple[Any, ...]) -> NDArray[np.bool_]:
    mask = np.zeros(part.shape, dtype=bool)
    mask[place] = True
    return mask.reshape(-1)
