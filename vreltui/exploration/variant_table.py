"""Every variant of a space in one table, and which of them is more reliable than which: exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vreltui.engine.limits import Limits
from vreltui.exploration.certain_figures import Odds, is_near, margin, sign
from vreltui.exploration.part import Part
from vreltui.exploration.sides import Whole
from vreltui.exploration.space import Space

MOST_VARIANTS = 1_000_000
"""The most variants that are listed one by one."""


@dataclass
class Table:
    """All variants of a space of at most :data:`MOST_VARIANTS`, block after block."""

    space: Space
    limits: Limits

    @cached_property
    def parts(self) -> list[Part]:
        """The blocks."""
        return [Part(self.space, block, self.limits) for block in self.space.blocks]

    @cached_property
    def starts(self) -> list[int]:
        """At which variant each block begins."""
        sizes = [part.block.size for part in self.parts]
        return [sum(sizes[:place]) for place in range(len(sizes))]

    def find(self, variant: int) -> tuple[Part, int]:
        """The block of a variant, and its number there."""
        place = int(np.searchsorted(self.starts, variant, side="right")) - 1
        return self.parts[place], variant - self.starts[place]

    @cached_property
    def kinds(self) -> NDArray[np.int8]:
        """The class of every variant."""
        return np.concatenate([part.kinds for part in self.parts])

    @cached_property
    def within(self) -> NDArray[np.bool_]:
        """Which are within rules, fits and limits."""
        return np.concatenate([part.within for part in self.parts])

    @cached_property
    def odds(self) -> Odds:
        """The odds of every variant as it stands."""
        return np.concatenate([part.odds({}) for part in self.parts])

    @cached_property
    def error(self) -> float:
        """The relative error of the figures."""
        return max(part.own.error for part in self.parts)

    @cached_property
    def scales(self) -> Mapping[str, int]:
        """By resource, of what part of one the uses are whole numbers."""
        return {
            name: lcm(*(part.uses[name][1] for part in self.parts)) for name in self.space.resources
        }

    @cached_property
    def uses(self) -> dict[str, Whole]:
        """By resource, what every variant uses."""
        found = {}
        for name, scale in self.scales.items():
            columns = []
            for part in self.parts:
                amount, own = part.uses[name]
                if scale != own:
                    amount = amount.astype(object) * (scale // own)
                columns.append(amount)
            found[name] = np.concatenate(columns)
        return found

    # Figures in exact order

    def ranks(self, variants: NDArray[Any], best: bool = False) -> NDArray[np.int64]:
        """For each of several variants its place by reliability, the best 0; equal ones share it.

        With ``best``, open parameters are at their best.
        """
        sorts: dict[tuple[int, int], int] = {}
        sort_of = np.empty(len(variants), dtype=np.int64)
        firsts: list[int] = []
        codes: dict[int, NDArray[np.int64]] = {}
        places = np.searchsorted(self.starts, variants, side="right") - 1
        for at, (variant, place) in enumerate(zip(variants, places, strict=True)):
            part = self.parts[place]
            if place not in codes:
                codes[int(place)] = part.codes(part.own.reads)
            key = (int(place), int(codes[int(place)][variant - self.starts[place]]))
            if key not in sorts:
                sorts[key] = len(firsts)
                firsts.append(int(variant))
            sort_of[at] = sorts[key]
        return self._ranked(firsts, best)[sort_of]

    def _ranked(self, variants: list[int], best: bool) -> NDArray[np.int64]:
        odds = np.array([self._odds_at(variant, best) for variant in variants])
        order = np.argsort(-odds, kind="stable")
        ranked = np.empty(len(variants), dtype=np.int64)
        within, start, rank = margin(self.error, self.error), 0, 0
        for end in range(1, len(order) + 1):
            near = end < len(order) and bool(
                is_near(odds[order[end - 1 : end]], float(odds[order[end]]), within)[0]
            )
            if near:
                continue
            for equal in self._sorted([variants[at] for at in order[start:end]], best):
                for variant in equal:
                    ranked[variants.index(variant)] = rank
                rank += 1
            start = end
        return ranked

    def _odds_at(self, variant: int, best: bool) -> float:
        part, at = self.find(variant)
        return float(part.odds(part.best if best else {})[at])

    def _sorted(self, variants: list[int], best: bool) -> list[list[int]]:
        """Variants that doubles do not tell apart, in groups of equals, the most reliable first."""
        groups: list[list[int]] = []
        for variant in variants:
            low, high = 0, len(groups)
            while low < high:
                middle = (low + high) // 2
                found = self.compare(variant, groups[middle][0], best)
                if found == 0:
                    groups[middle].append(variant)
                    break
                low, high = (low, middle) if found > 0 else (middle + 1, high)
            else:
                groups.insert(low, [variant])
        return groups

    def compare(self, one: int, other: int, best: bool = False) -> int:
        """1, 0 or -1 where a variant is more, equally or less reliable than another."""
        (part, at), (rival, beside) = self.find(one), self.find(other)
        return sign(
            part.own.evaluation(part.at(at), part.best if best else {}),
            rival.own.evaluation(rival.at(beside), rival.best if best else {}),
            self.limits,
        )
