"""A space of variants as the words say it: list every variant, in fractions, and look.

Nothing of the program's own is used but the design that a file states. Far too slow for more than
some hundred variants, and too simple to be wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import Any

from tests.exploration.figures import Option, Taken, fits, number
from tests.exploration.listing import Listing, Variant
from vreltui.model import (
    Design,
)


@dataclass
class Space(Listing):
    """What is best, undominated and out among all variants."""

    @property
    def within(self) -> list[Variant]:
        """The variants within rules, fits and limits."""
        return [v for v in self.variants if v.kind in ("meets", "short", "hopeless")]

    def order(self, variant: Variant) -> tuple[Any, ...]:
        """More reliable first, then less use in the order of resources, then the file's order."""
        uses = [variant.uses[name] for name in self.design.resources]
        return (-variant.reliability, *uses, variant.place)

    def top(self, most: int) -> list[Variant]:
        """The most reliable within rules, fits and limits."""
        return sorted(self.within, key=self.order)[:most]

    def cheapest(self, resource: str) -> Variant | None:
        """Of those that meet the one with the least use."""
        meeting = [v for v in self.variants if v.kind == "meets"]
        return min(meeting, key=lambda v: (v.uses[resource], *self.order(v)), default=None)

    def front(self, resources: list[str]) -> list[Variant]:
        """The variants that no other equals in all and beats in one; one for each figures."""

        def figures(variant: Variant) -> tuple[Fraction, ...]:
            return (-variant.reliability, *(variant.uses[name] for name in resources))

        first: dict[tuple[Fraction, ...], Variant] = {}
        for variant in sorted(self.within, key=self.order):
            first.setdefault(figures(variant), variant)
        kept = [
            variant
            for one, variant in first.items()
            if not any(
                other != one and all(a <= b for a, b in zip(other, one, strict=True))
                for other in first
            )
        ]
        return sorted(kept, key=lambda v: [*(v.uses[n] for n in resources), -v.reliability])

    @cached_property
    def decisions(self) -> dict[str, list[Option]]:
        """Decisions and their options in the order in which variants first come to them."""
        found: dict[str, list[Option]] = {}
        for variant in self.variants:
            for name, option in variant.options.items():
                if option not in found.setdefault(name, []):
                    found[name].append(option)
        return found

    def families(self, depth: int) -> Iterator[dict[str, Option]]:
        """All families of at most so many options that have variants, in the order of the file."""
        options: list[tuple[str, Option]] = [("", choice) for choice in self.choices]
        options += [(name, each) for name, found in self.decisions.items() for each in found]
        for size in range(depth + 1):
            for chosen in combinations(options, size):
                family = dict(chosen)
                if len(family) == size and any(v.is_in(family) for v in self.variants):
                    yield family

    def eliminations(self, depth: int) -> list[tuple[dict[str, Option], frozenset[int]]]:
        """The families that are out and lie in no larger one that is, largest first."""
        out: list[tuple[dict[str, Option], frozenset[int]]] = []
        for family in self.families(depth):
            inside = [v for v in self.variants if v.is_in(family)]
            if not any(v.kind in ("meets", "short") for v in inside):
                out.append((family, frozenset(v.place for v in inside)))
        if out and not out[0][0]:
            return out[:1]
        kept: list[tuple[dict[str, Option], frozenset[int]]] = []
        for family, places in out:
            if any(places < others for _, others in out):
                continue
            if not any(places == others for _, others in kept):
                kept.append((family, places))
        order = {id(family): place for place, (family, _) in enumerate(kept)}
        return sorted(kept, key=lambda each: (-len(each[1]), len(each[0]), order[id(each[0])]))

    def kind_of(self, inside: frozenset[int]) -> tuple[str, str | None]:
        """The first kind that holds of a family that is out, with the resource of a limit."""
        variants = [self.variants[place] for place in inside]
        if all(v.kind == "rules" for v in variants):
            return "rules", None
        if all(self.unfit(v) for v in variants):
            return "fits", None
        for name in self.design.resources:
            if name in self.limits and all(v.uses[name] > self.limits[name] for v in variants):
                return "limit", name
        if self.goal is not None and all(
            v.best <= self.goal for v in variants if v.best is not None
        ):
            return "goal", None
        rivals = self.design.baseline is not None and all(
            v.choice != self.design.baseline for v in variants
        )
        if rivals and not any(self.beats(v) for v in variants):
            return "baseline", None
        return "together", None

    def unfit(self, variant: Variant) -> bool:
        """Whether it does not fit, whatever rules say."""
        taken = Taken(self.design, variant.taken, {**self.present(), **variant.taken})
        return not fits(taken, self.design.choices[variant.choice].root)

    def beats(self, variant: Variant) -> bool:
        """Whether it beats the baseline, or could."""
        alone = type(self)(self.design, self.choices, None, {})
        return any(alone.wins(variant, at) for at in ({}, *self.ranges(variant)))


def space_of(design: Design, choices: list[str] | None = None) -> Space:
    """The space of a design as it stands."""
    goal = None if design.goal is None else number(design.goal)
    limits = {n: Fraction(r.limit) for n, r in design.resources.items() if r.limit is not None}
    return Space(design, list(design.choices) if choices is None else choices, goal, limits)
