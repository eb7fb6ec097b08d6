"""Spaces too large to list: fronts of modules for each combination of what spans them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

import numpy as np

from vreltui.analysis.results import Class
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Limits, Undecided
from vreltui.exploration.certain_figures import MOST_ODDS, margin, odds_of, odds_of_value, sign
from vreltui.exploration.fronts import Front, Order
from vreltui.exploration.joining import Reach
from vreltui.exploration.lots import LARGEST
from vreltui.exploration.module_fronts import Allowed, Known, Modules
from vreltui.exploration.part import Part
from vreltui.exploration.question import MOST_LABELS
from vreltui.exploration.records import Record, in_order, numbers_of
from vreltui.exploration.sides import Overrides
from vreltui.exploration.space import Space
from vreltui.exploration.use_columns import Amounts
from vreltui.exploration.variant_blocks import Block
from vreltui.model import Design, Value
from vreltui.model.goals import Target
from vreltui.model.keeping import broken_rules

MOST_NEAR = 64
"""The most variants that doubles do not tell apart of which the best is found by exact figures."""


def spanning(design: Design, choices: Sequence[str]) -> frozenset[str]:
    """The decisions that something outside of a tree reads: rules, prices, and the baseline."""
    found = {name for rule in design.rules.values() for name in rule.names}
    found.update(name for name, parameter in design.parameters.items() if parameter.price)
    baseline = design.baseline
    if baseline is not None and any(choice != baseline for choice in choices):
        found.update(design.below(design.choices[baseline].root))
        found.update(design.parameters_below(design.choices[baseline].root))
    return frozenset(found)


@dataclass
class Place:
    """One block in the search."""

    space: Space
    at: int
    block: Block
    amounts: Amounts
    known: Known
    limits: Limits
    best: Overrides
    open: frozenset[str]
    """The parameters whose ranges are open to its choice."""
    _modules: dict[bool, Modules] = field(default_factory=dict)

    @cached_property
    def is_broken(self) -> bool:
        """Whether its variants break a rule; they all take the same of what rules name."""
        fixed = self.block.fixed
        return any(broken_rules(self.space.design, fixed))

    def modules(self, at_best: bool) -> Modules:
        """Its modules, with open parameters as they stand or at their best."""
        at_best = at_best and bool(self.best)
        if at_best not in self._modules:
            self._modules[at_best] = Modules(
                self.space.design,
                self.block,
                self.amounts,
                self.known,
                self.best if at_best else {},
            )
        return self._modules[at_best]

    @cached_property
    def rival(self) -> Evaluation | None:
        """The baseline beside its variants, for all of them the same."""
        rival = Part(self.space, self.block, self.limits).rival
        if rival is None:
            return None
        return rival.evaluation({}, {})

    @cached_property
    def rank(self) -> dict[str, int]:
        """Where its axes stand in the order of the tree."""
        return {axis.name: place for place, axis in enumerate(self.block.axes)}

    def front(
        self,
        order: Order,
        allowed: Allowed,
        at_best: bool = False,
        limits: Mapping[str, Fraction] | None = None,
        floor: float = 0.0,
        best: int = 0,
    ) -> Front:
        """Its front, within the limits, those of the space unless others are asked for.

        ``floor`` is a reliability: what does not attain it may be left out. Where so many of the
        ``best`` are asked for, others may be.
        """
        budgets = []
        for name, limit in (self.space.limits if limits is None else limits).items():
            most = limit * self.amounts.scales[name]
            whole = min(most.numerator // most.denominator, LARGEST)
            budgets.append((self.amounts.column(name), whole))
        reach = Reach(tuple(budgets), floor, best)
        found = self.modules(at_best).front(replace(order, rank=self.rank), allowed, reach)
        for column, least in budgets:
            found = found.some(found.uses[:, column] <= least)
        return found

    def numbers(self, front: Front) -> Iterator[tuple[int, ...]]:
        """The variants of a front, by the number of their option at every axis."""
        for at in range(len(front)):
            yield numbers_of(self.block, front.axes, front.picks[at])

    def listed(self, variants: Sequence[Sequence[int]]) -> Iterator[Record]:
        """Variants by the number of their option at every axis, their figures found for all."""
        if not variants:
            return
        side = self.modules(False).side
        columns = np.array(variants, dtype=np.int64).reshape(len(variants), -1)
        numbers = {
            axis.name: columns[:, place]
            for place, axis in enumerate(self.block.axes)
            if len(axis.options) > 1
        }
        many = len(variants)
        odds = np.broadcast_to(odds_of(side.pairs(numbers, {})), many)
        uses = []
        for name in self.amounts.resources:
            amount, scale = side.amounts(numbers, name)
            whole = np.broadcast_to(amount, many).astype(object)
            uses.append(whole * (self.amounts.scales[name] // scale))
        scales = tuple(self.amounts.scales.values())
        for at, chosen in enumerate(variants):
            used = tuple(int(column[at]) for column in uses)
            yield Record(
                self.space, self.block, side, tuple(chosen), float(odds[at]), side.error, used,
                scales, {},
            )  # fmt: skip

    def are_within(self, variants: Sequence[Sequence[int]]) -> bool:
        """Whether all of some variants fit and are within the limits."""
        if not variants:
            return True
        for record in self.listed(variants):
            for name, limit in self.space.limits.items():
                column = self.amounts.column(name)
                if record.uses[column] > limit * self.amounts.scales[name]:
                    return False
        columns = np.array(variants, dtype=np.int64).reshape(len(variants), -1)
        numbers = {
            axis.name: columns[:, place]
            for place, axis in enumerate(self.block.axes)
            if len(axis.options) > 1
        }
        excesses = self.modules(False).side.excesses(numbers)
        return all(bool((excess <= 0).all()) for excess in excesses)

    def records(self, front: Front, at_best: bool = False) -> Iterator[Record]:
        """The variants of a front of this block."""
        modules = self.modules(at_best)
        width = len(self.amounts.resources)
        odds = front.odds
        scales = tuple(self.amounts.scales.values())
        for at, numbers in enumerate(self.numbers(front)):
            yield Record(
                self.space,
                self.block,
                modules.side,
                numbers,
                float(odds[at]),
                front.error,
                tuple(int(used) for used in front.uses[at, :width]),
                scales,
                modules.other,
            )

    def record(self, numbers: tuple[int, ...], other: Overrides | None = None) -> Record:
        """One variant by its options, with other values of some parameters; without its uses."""
        side = self.modules(bool(other)).side
        options = self.block.options(numbers)
        r, q = side.evaluation(options, other or {}).figures()
        odds = float(odds_of((float(r), float(q))))
        width = len(self.amounts.resources)
        scales = tuple(self.amounts.scales.values())
        return Record(
            self.space, self.block, side, numbers, odds, 1e-15, (0,) * width, scales, other or {}
        )

    def kind(self, record: Record) -> Class:
        """The class of a variant within rules, fits and limits."""
        if self.wins(record):
            return "meets"
        if self.best and self.wins(self.record(record.numbers, self.best)):
            return "short"
        return "hopeless"

    def wins(self, record: Record) -> bool:
        """Whether a variant exceeds the goal and beats the baseline: exactly."""
        goal = self.space.goal
        return (goal is None or self.exceeds(record, goal)) and self.beats(record)

    def beats(self, record: Record) -> bool:
        """Whether a variant beats the baseline, where it has to."""
        return self.rival is None or self.exceeds(record, self.rival)

    def exceeds(self, record: Record, other: Evaluation | Target | None) -> bool:
        """Whether a variant is more reliable than something else: exactly."""
        assert other is not None
        if isinstance(other, Evaluation):
            r, q = other.figures()
            needed = float(odds_of((float(r), float(q))))
        else:
            needed = odds_of_value(other)
        slack = 4 * margin(record.error) * (1 + abs(record.odds))
        if abs(record.odds - needed) > slack and abs(record.odds) < MOST_ODDS:
            return record.odds > needed
        return sign(record.evaluation, other, self.limits) > 0

    @cached_property
    def rival_parameters(self) -> frozenset[str]:
        """The parameters that move the baseline beside it."""
        rival = Part(self.space, self.block, self.limits).rival
        return frozenset() if rival is None else rival.parameters

    @property
    def own_settings(self) -> frozenset[str]:
        """The parameters that its choice sets for itself."""
        return frozenset(self.space.design.choices[self.block.choice].set)

    def best_with(self, order: Order, allowed: Allowed, name: str, value: Value) -> Record | None:
        """Its most reliable variant within the limits, with another value of one parameter."""
        other = {name: value}
        modules = Modules(self.space.design, self.block, self.amounts, self.known, other)
        beside = replace(self, best={}, open=frozenset(), _modules={False: modules})
        front = beside.front(replace(order, is_any_of_equals=True), allowed, best=1)
        if not len(front):
            return None
        odds = front.odds
        slack = 2 * margin(front.error, front.error) * (1 + abs(float(odds.max())))
        near = np.flatnonzero(odds >= odds.max() - slack)[:MOST_NEAR]
        return in_order(beside.records(front.some(near)), self.limits)[0][1]


@dataclass
class Search:
    """A space whose variants are not listed."""

    space: Space
    limits: Limits
    labels: int = MOST_LABELS
    _known: Known = field(default_factory=dict)
    _by_block: dict[int, Place] = field(default_factory=dict)

    @cached_property
    def amounts(self) -> Amounts:
        """The columns of uses."""
        return Amounts(self.space.design)

    @cached_property
    def places(self) -> list[Place]:
        """The blocks. Raises :class:`Undecided` where what is open moves both sides."""
        if self.moving_both:
            names = ", ".join(sorted(self.moving_both))
            raise Undecided(f"{names} is open and moves the baseline as well")
        return self._places_of_blocks

    @cached_property
    def _places_of_blocks(self) -> list[Place]:
        places = []
        for at, block in enumerate(self.space.blocks):
            part = Part(self.space, block, self.limits)
            open_names = frozenset(part.open)
            best = part.best if part.open else {}
            places.append(
                Place(
                    self.space, at, block, self.amounts, self._known, self.limits, best, open_names
                )
            )
        return places

    @cached_property
    def moving_both(self) -> frozenset[str]:
        """Parameters that are open and move the baseline beside a choice that has to beat it."""
        found: set[str] = set()
        for place in self._places_of_blocks:
            if place.open:
                found |= place.open & place.rival_parameters
        return frozenset(found)

    def order(self, resources: Sequence[str], most: int = 1) -> Order:
        """What counts for an answer: these resources, and those with limits or to be fitted."""
        named = [*resources, *(name for name in self.space.limits if name not in resources)]
        columns = [self.amounts.column(name) for name in named]
        columns += [self.amounts.excess(name) for name in self.amounts.fits]
        ties = tuple(range(len(self.amounts.resources)))
        return Order(tuple(columns), ties, most, labels=self.labels)

    def place_of(self, record: Record) -> Place:
        """The block of a variant."""
        if not self._by_block:
            self._by_block.update({id(place.block): place for place in self.places})
        return self._by_block[id(record.block)]
