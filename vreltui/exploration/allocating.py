"""A space in which priced parameters are found with each variant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
from vreltui.exploration.allotment_anywhere import allotment_of
from vreltui.exploration.results import Variant
from vreltui.exploration.space import Space, variant_design
from vreltui.exploration.variant_table import Table
from vreltui.model import Design, Probability
from vreltui.model.design import Parameter

MOST_VARIANTS = 10_000
"""The most variants whose parameters are allocated one by one."""

POINTS = 41
"""How many points of a front are found, evenly in nines."""


Found = Allotted | Undecided | None
"""What was found of a variant, or why nothing was."""


def _once(
    known: dict[int, Found], number: int, find: Callable[[int], Allotted | None]
) -> Allotted | None:
    """What is known of a variant, found where it is asked for first. Raises :class:`Undecided`."""
    if number not in known:
        try:
            known[number] = find(number)
        except Undecided as reason:
            known[number] = reason
    found = known[number]
    if isinstance(found, Undecided):
        raise found
    return found


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
    _cheapest: dict[int, Found] = field(default_factory=dict)
    _best: dict[int, Found] = field(default_factory=dict)
    _allotments: dict[int, Allotment] = field(default_factory=dict)
    reasons: dict[str, None] = field(default_factory=dict)
    """Why parts of the answer are undecided."""

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
            self._allotments[number] = allotment_of(study, part.block.choice)
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
        return _once(self._cheapest, number, self._find_cheapest)

    def _find_cheapest(self, number: int) -> Allotted | None:
        allotment, goal = self.allotment(number), self.space.goal
        if goal is None:
            return allotment.allotted(self.resource, allotment.lowest())
        return allotment.cheapest(self.resource, goal)

    def best(self, number: int) -> Allotted | None:
        """The most reliable that a variant can be within the limits; None where there is no end."""
        return _once(self._best, number, self._find_best)

    def _find_best(self, number: int) -> Allotted | None:
        allotment, budget = self.allotment(number), self.budget(number)
        highest = allotment.highest()
        found: Allotted | None = None
        if allotment.is_payable(self.resource, highest):
            found = allotment.allotted(self.resource, highest)
        if budget is not None and (found is None or found.paid > budget):
            found = allotment.best(self.resource, budget)
        return found

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
        allotment = allotment_of(Study(bettered, limits=Limits), part.block.choice)
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
        """The most reliable within rules, fits and limits; and why there are no more of them.

        Where what one can give is not known, those are told that are certainly more reliable.
        """
        found, reason, beyond = [], "", 1.0
        for number in self.within:
            try:
                best = self.best(number)
            except Undecided as why:
                reason = str(why)
                beyond = min(beyond, self._least_that_fails(number))
                continue
            if best is None:
                return [], f"no limit of {self.resource} bounds what reliability may cost"
            found.append(self.variant(number, best, self.kind_or_undecided(number)))
        found.sort(key=lambda each: (each.figure.unreliability, *each.uses.values()))
        certain = [each for each in found if not reason or each.figure.unreliability < beyond]
        if reason and len(certain) < most:
            self.reasons[reason] = None
        return certain[:most], "" if certain else reason

    def _least_that_fails(self, number: int) -> float:
        """What of a variant fails with each parameter at its best, whatever that costs."""
        try:
            allotment = self.allotment(number)
        except Undecided:
            return 0.0
        return float(allotment.at(allotment.highest()).figures()[1])

    def least(self, resource: str) -> Variant | None:
        """Of those that meet the one with the least use of a resource.

        Raises :class:`Undecided` where one whose cost is not known may use less.
        """
        found: list[tuple[tuple[Fraction, float, int], Variant]] = []
        unknown: list[tuple[Fraction, str]] = []
        for number in self.within:
            try:
                paid = self.cheapest(number)
                meets = paid is not None and self.kind(number) == "meets"
            except Undecided as why:
                unknown.append((self._least_use(number, resource), str(why)))
                continue
            if paid is None or not meets:
                continue
            variant = self.variant(number, paid)
            key = (variant.uses[resource], variant.figure.unreliability, number)
            found.append((key, variant))
        first = min(found, key=lambda each: each[0])[1] if found else None
        for use, reason in unknown:
            if first is None or use < first.uses[resource]:
                raise Undecided(reason)
        return first

    def _least_use(self, number: int, resource: str) -> Fraction:
        """The least that a variant may use of a resource."""
        used = self.base(number, resource)
        if resource == self.resource:
            allotment = self.allotment(number)
            used += allotment.allotted(resource, allotment.lowest()).paid
        return used

    def kind_or_undecided(self, number: int) -> Class:
        """The class of a variant; undecided where what it costs is not known."""
        try:
            return self.kind(number)
        except Undecided as why:
            self.reasons[str(why)] = None
            return "undecided"

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
        try:
            found = None if lowest else self.best(number)
        except Undecided as why:
            self.reasons[str(why)] = None
            found = None
        values = allotment.lowest() if found is None else found.values
        q = float(allotment.at(values).figures()[1])
        if lowest or found is not None:
            return q
        goal = self.space.goal
        return min(q, q if goal is None else float(goal.unreliability)) / 10

    @cached_property
    def _least_used(self) -> list[tuple[Fraction, int]]:
        """The variants within with the least that each may use, those of least first."""
        return sorted((self._least_use(number, self.resource), number) for number in self.within)

    def _point(self, level: Probability) -> Variant | None:
        best: Variant | None = None
        for least, number in self._least_used:
            if best is not None and least >= best.uses[self.resource]:
                break  # those that follow use more still
            try:
                found = self.allotment(number).cheapest(self.resource, level)
            except Undecided as why:
                self.reasons[str(why)] = None
                return None
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
