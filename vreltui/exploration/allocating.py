"""A space in which priced parameters are found with each variant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from math import log10

import numpy as np

from vreltui.analysis.digits import figure
from vreltui.analysis.results import Class
from vreltui.analysis.study import Study
from vreltui.engine.limits import Limits, Undecided
from vreltui.exploration.allotment import Allotment, Allotted, Values
from vreltui.exploration.results import Variant
from vreltui.exploration.space import Space, variant_design
from vreltui.exploration.variant_table import Table
from vreltui.model import Design, Probability
from vreltui.model.design import Parameter

MOST_VARIANTS = 10_000
"""The most variants whose parameters are allocated one by one."""

POINTS = 41
"""How many points of a front are found, evenly in nines."""


def allocated(design: Design, choices: tuple[str, ...]) -> list[str]:
    """The parameters whose values are found with a variant."""
    found: dict[str, None] = {}
    for choice in choices:
        entry = design.choices[choice]
        for name in _named(design, entry.root):
            if design.parameters[name].is_allocated and name not in entry.set:
                found[name] = None
    return list(found)


def _named(design: Design, root: str) -> Iterator[str]:
    for name in design.below(root):
        yield from design.named_by(design.nodes[name])


def at_lowest(design: Design) -> Design:
    """The design in which each allocated parameter costs the least."""
    parameters = {}
    for name, entry in design.parameters.items():
        changed: Parameter = entry
        if entry.is_allocated and entry.range is not None:
            changed = replace(entry, value=entry.range[0])
        parameters[name] = changed
    return replace(design, parameters=parameters)


@dataclass
class Allocating:
    """The variants of a table, each with its parameters where they are best or cheapest.

    The table is that of a design :func:`at_lowest`. Raises :class:`Undecided` where it can't be
    allocated.
    """

    table: Table
    resource: str
    _cheapest: dict[int, Allotted | None] = field(default_factory=dict)
    _best: dict[int, Allotted | None] = field(default_factory=dict)
    _allotments: dict[int, Allotment] = field(default_factory=dict)

    @property
    def space(self) -> Space:
        """The space."""
        return self.table.space

    def allotment(self, number: int) -> Allotment:
        """The priced parameters of a variant."""
        if number not in self._allotments:
            part, at = self.table.find(number)
            if part.rival is not None:
                raise Undecided("beside a baseline parameters are not allocated")
            design = variant_design(self.space.design, part.block.choice, part.options(at))
            study = Study(design, limits=Limits)
            self._allotments[number] = Allotment(study, part.block.choice)
        return self._allotments[number]

    def base(self, number: int, resource: str) -> Fraction:
        """What a variant uses of a resource but for what its priced parameters cost."""
        used = Fraction(int(self.table.uses[resource][number]), self.table.scales[resource])
        if resource == self.resource:
            allotment = self.allotment(number)
            used -= allotment.paid_as_counted(resource)
        return used

    def budget(self, number: int) -> Fraction | None:
        """What may be paid for its parameters; None where there is no limit."""
        limit = self.space.limits.get(self.resource)
        return None if limit is None else limit - self.base(number, self.resource)

    def cheapest(self, number: int) -> Allotted | None:
        """The least that its parameters cost where it exceeds the goal."""
        if number not in self._cheapest:
            allotment, goal = self.allotment(number), self.space.goal
            if goal is None:
                lowest = allotment.lowest()
                self._cheapest[number] = allotment.allotted(self.resource, lowest)
            else:
                self._cheapest[number] = allotment.cheapest(self.resource, goal)
        return self._cheapest[number]

    def best(self, number: int) -> Allotted | None:
        """The most reliable that a variant can be within the limits; None where there is no end."""
        if number not in self._best:
            allotment, budget = self.allotment(number), self.budget(number)
            highest = allotment.highest()
            found: Allotted | None = None
            if allotment.is_payable(self.resource, highest):
                found = allotment.allotted(self.resource, highest)
            if budget is not None and (found is None or found.paid > budget):
                found = allotment.best(self.resource, budget)
            self._best[number] = found
        return self._best[number]

    def kind(self, number: int) -> Class:
        """The class of a variant that keeps rules, fits and limits at its least."""
        found, budget = self.cheapest(number), self.budget(number)
        if found is not None and (budget is None or found.paid <= budget):
            return "meets"
        return "short" if self._can_be_saved(number) else "hopeless"

    def _can_be_saved(self, number: int) -> bool:
        """Whether open parameters that have no price can be set so that a variant meets."""
        part, at = self.table.find(number)
        design = self.space.design
        others = {n: v for n, v in part.best.items() if not design.parameters[n].is_allocated}
        if not others or self.space.goal is None:
            return False
        parameters = {
            name: replace(entry, value=others[name]) if name in others else entry
            for name, entry in design.parameters.items()
        }
        bettered = variant_design(
            replace(design, parameters=parameters), part.block.choice, part.options(at)
        )
        allotment = Allotment(Study(bettered, limits=Limits), part.block.choice)
        found, budget = allotment.cheapest(self.resource, self.space.goal), self.budget(number)
        return found is not None and (budget is None or found.paid <= budget)

    @cached_property
    def within(self) -> list[int]:
        """The variants within rules, fits and limits where their parameters cost the least."""
        return [int(each) for each in np.flatnonzero(self.table.within)]

    def variant(self, number: int, found: Allotted, kind: Class | None = None) -> Variant:
        """A variant with the values that were found."""
        part, at = self.table.find(number)
        options = part.options(at)
        settled = {axis.name for axis in part.block.axes if axis.settled}
        uses = {name: self.base(number, name) for name in self.space.resources}
        uses[self.resource] += found.paid
        values: Values = found.values
        return Variant(
            part.block.choice,
            {**{n: option for n, option in options.items() if n not in settled}, **values},
            figure(self.allotment(number).at(values).figures()),
            uses,
            self.kind(number) if kind is None else kind,
        )

    # Answers

    def top(self, most: int) -> tuple[list[Variant], str]:
        """The most reliable within rules, fits and limits; or why there is no such."""
        found = []
        for number in self.within:
            best = self.best(number)
            if best is None:
                return [], f"no limit of {self.resource} bounds what reliability may cost"
            found.append(self.variant(number, best))
        found.sort(key=lambda each: (each.figure.unreliability, *each.uses.values()))
        return found[:most], ""

    def least(self, resource: str) -> Variant | None:
        """Of those that meet the one with the least use of a resource."""
        found: list[tuple[tuple[Fraction, float, int], Variant]] = []
        for number in self.within:
            paid = self.cheapest(number)
            if paid is None or self.kind(number) != "meets":
                continue
            variant = self.variant(number, paid)
            key = (variant.uses[resource], variant.figure.unreliability, number)
            found.append((key, variant))
        return min(found, key=lambda each: each[0])[1] if found else None

    def front(self) -> list[Variant]:
        """Points of the least cost against reliability, evenly in nines."""
        if not self.within:
            return []
        low = max(self._unreliability(number, lowest=True) for number in self.within)
        high = min(self._unreliability(number, lowest=False) for number in self.within)
        found: list[Variant] = []
        for at in range(POINTS):
            share = at / (POINTS - 1)
            q = 10 ** ((1 - share) * log10(low) + share * log10(high))
            point = self._point(Probability.from_unreliability(repr(min(q * (1 + 1e-12), 1.0))))
            if point is not None:
                found.append(point)
        return _undominated(found, self.resource)

    def _unreliability(self, number: int, *, lowest: bool) -> float:
        allotment = self.allotment(number)
        found = None if lowest else self.best(number)
        values = allotment.lowest() if found is None else found.values
        q = float(allotment.at(values).figures()[1])
        if lowest or found is not None:
            return q
        goal = self.space.goal
        return min(q, q if goal is None else float(goal.unreliability)) / 10

    @cached_property
    def _least_used(self) -> list[tuple[Fraction, int]]:
        """The variants within with the least that each may use, those of least first."""
        found = []
        for number in self.within:
            allotment = self.allotment(number)
            paid = allotment.allotted(self.resource, allotment.lowest()).paid
            found.append((self.base(number, self.resource) + paid, number))
        return sorted(found)

    def _point(self, level: Probability) -> Variant | None:
        best: Variant | None = None
        for least, number in self._least_used:
            if best is not None and least >= best.uses[self.resource]:
                break  # those that follow use more still
            found = self.allotment(number).cheapest(self.resource, level)
            budget = self.budget(number)
            if found is None or (budget is not None and found.paid > budget):
                continue
            variant = self.variant(number, found)
            if best is None or variant.uses[self.resource] < best.uses[self.resource]:
                best = variant
        return best


def _undominated(variants: list[Variant], resource: str) -> list[Variant]:
    kept: list[Variant] = []
    for each in sorted(variants, key=lambda v: (v.uses[resource], v.figure.unreliability)):
        if not kept or each.figure.unreliability < kept[-1].figure.unreliability:
            kept.append(each)
    return kept
