"""The variants of one block: their figures, what they use, and their classes, in arrays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vreltui.engine.limits import Limits, Undecided
from vreltui.exploration.certain_figures import (
    Odds,
    margin,
    odds_of,
    odds_of_value,
    sign,
    signs,
)
from vreltui.exploration.sides import Numbers, Overrides, Side, Whole
from vreltui.exploration.space import (
    Space,
    best_end,
    options_of_baseline,
    options_of_block,
    variant_design,
)
from vreltui.exploration.variant_blocks import Axis, Block
from vreltui.model import Option, Value
from vreltui.model.goals import Target
from vreltui.model.keeping import breaks, is_met
from vreltui.model.rule import Conditions, Rule, Span

CLASSES = ("rules", "fits", "limits", "hopeless", "short", "meets", "undecided")
RULES, FITS, LIMITS, HOPELESS, SHORT, MEETS, UNDECIDED = range(len(CLASSES))


@dataclass
class Part:
    """The variants of one block; arrays have one element a variant, in the order of the file."""

    space: Space
    block: Block
    limits: Limits
    _known: dict[Any, Any] = field(default_factory=dict)

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """How many options each free axis has."""
        return tuple(len(axis.options) for axis in self.block.free)

    @cached_property
    def numbers(self) -> Numbers:
        """By free axis, the numbers of options along its own dimension."""
        dimensions = len(self.shape)
        return {
            axis.name: np.arange(len(axis.options)).reshape(
                [-1 if place == at else 1 for at in range(dimensions)]
            )
            for place, axis in enumerate(self.block.free)
        }

    def whole(self, array: Any) -> NDArray[Any]:
        """An array of few dimensions with an element for every variant."""
        return np.broadcast_to(array, self.shape).reshape(-1)

    def at(self, variant: int) -> dict[str, Option]:
        """The options of a variant at the free axes."""
        numbers = np.unravel_index(variant, self.shape) if self.shape else ()
        found: dict[str, Option] = {}
        for axis, number in zip(self.block.free, numbers, strict=True):
            found |= axis.taken(int(number))
        return found

    def options(self, variant: int) -> dict[str, Option]:
        """Its options at all axes, in the order of the tree."""
        free = self.at(variant)
        return {
            name: free[name] if name in free else axis.taken(0)[name]
            for axis in self.block.axes
            for name in axis.names
        }

    def places(self, variant: int) -> tuple[int, ...]:
        """The number of its option at every axis."""
        numbers = iter(np.unravel_index(variant, self.shape) if self.shape else ())
        return tuple(int(next(numbers)) if len(axis.options) > 1 else 0 for axis in self.block.axes)

    def codes(self, reads: Iterable[str]) -> NDArray[np.int64]:
        """A number for every variant, equal where their options at these axes are."""
        code: Any = np.zeros((), dtype=np.int64)
        for axis in self.block.free:
            if axis.name in reads:
                code = code * len(axis.options) + self.numbers[axis.name]
        return self.whole(code)

    # The two sides

    @cached_property
    def own(self) -> Side:
        """The tree of the choice."""
        design = self.space.design
        root = design.choices[self.block.choice].root
        options = options_of_block(design, self.block)
        return Side(design, self.block.choice, root, options, self.block.free)

    @cached_property
    def rival(self) -> Side | None:
        """The tree of the baseline, where the choice has to beat it."""
        design = self.space.design
        if not self.space.is_rival(self.block.choice):
            return None
        assert design.baseline is not None
        baseline = design.choices[design.baseline]
        options = options_of_baseline(design, self.block.choice, self.block.fixed)
        shared = [
            axis
            for axis in self.block.free
            if not set(axis.names) & {*baseline.set, *baseline.options}
        ]
        return Side(design, design.baseline, baseline.root, options, shared)

    def odds(self, other: Overrides) -> Odds:
        """The odds of every variant, with other values of some parameters."""
        key = tuple(other.items())
        if key not in self._known:
            self._known[key] = self.whole(odds_of(self.own.pairs(self.numbers, other)))
        found: Odds = self._known[key]
        return found

    def rival_odds(self, other: Overrides) -> Odds:
        """Those of the baseline beside every variant."""
        assert self.rival is not None
        return self.whole(odds_of(self.rival.pairs(self.numbers, other)))

    def some(self, variants: NDArray[np.int64]) -> Numbers:
        """The numbers of options of some variants, in one dimension."""
        numbers = np.unravel_index(variants, self.shape) if self.shape else ()
        return {axis.name: n for axis, n in zip(self.block.free, numbers, strict=True)}

    # What is kept

    @cached_property
    def breaks(self) -> NDArray[np.bool_]:
        """Which variants break a rule."""
        broken: Any = np.zeros((), dtype=bool)
        for rule in self.space.design.rules.values():
            broken = broken | self._breaks(rule)
        return self.whole(broken)

    def _breaks(self, rule: Rule) -> Any:
        names = [name for name in rule.names if name in self.block.place]
        axes = [(name, self.block.axes[self.block.place[name]]) for name in names]
        if rule.never:
            return self._all_met(rule.never)
        if rule.when:
            kept: Any = np.ones((), dtype=bool)
            for name, condition in rule.then.items():
                if name in self.block.place:
                    kept = kept & self._met(name, condition)
            return self._all_met(rule.when) & ~kept
        broken: Any = np.zeros((), dtype=bool)
        for place, (first, one) in enumerate(axes):
            for second, other in axes[:place]:
                pairs = [
                    [
                        breaks(self.space.design, rule, {first: a, second: b})
                        for b in other.values(second)
                    ]
                    for a in one.values(first)
                ]
                broken = broken | np.array(pairs)[self._number(one), self._number(other)]
        return broken

    def _number(self, axis: Axis) -> Any:
        return self.numbers.get(axis.name, 0)

    def _all_met(self, conditions: Conditions) -> Any:
        met: Any = np.ones((), dtype=bool)
        for name, condition in conditions.items():
            if name not in self.block.place:
                return np.zeros((), dtype=bool)
            met = met & self._met(name, condition)
        return met

    def _met(self, name: str, condition: tuple[Option, ...] | Span) -> Any:
        axis = self.block.axes[self.block.place[name]]
        met = np.array([is_met(condition, option) for option in axis.values(name)])
        return met[self._number(axis)]

    @cached_property
    def unfit(self) -> NDArray[np.bool_]:
        """Which variants do not fit, whatever rules say."""
        found: Any = np.zeros((), dtype=bool)
        for excess in self.own.excesses(self.numbers):
            found = found | np.asarray(excess > 0, dtype=bool)
        return self.whole(found)

    @cached_property
    def uses(self) -> dict[str, tuple[Whole, int]]:
        """What every variant uses of each resource: whole numbers, and of what part of one."""
        found = {}
        for name in self.space.resources:
            amount, scale = self.own.amounts(self.numbers, name)
            found[name] = self.whole(amount), scale
        return found

    def over(self, resource: str) -> NDArray[np.bool_]:
        """Which variants use more than the limit of a resource."""
        amount, scale = self.uses[resource]
        most = self.space.limits[resource] * scale
        return np.asarray(amount > most.numerator // most.denominator, dtype=bool)

    @cached_property
    def within(self) -> NDArray[np.bool_]:
        """Which are within rules, fits and limits."""
        found = ~self.breaks & ~self.unfit
        for name in self.space.limits:
            found &= ~self.over(name)
        return found

    # Against goal and baseline

    @cached_property
    def open(self) -> dict[str, tuple[Value, Value]]:
        """The ranges that are open to the choice."""
        design = self.space.design
        own = design.choices[self.block.choice].set
        return {
            name: entry.range
            for name, entry in design.parameters.items()
            if entry.range is not None and not entry.is_count and name not in own
        }

    def above_goal(self, other: Overrides) -> NDArray[np.int8]:
        """1, 0 or -1 where a variant exceeds, equals, or stays below the goal."""
        goal = self.space.goal
        if goal is None:
            return np.ones(self.block.size, dtype=np.int8)
        return signs(
            self.odds(other),
            odds_of_value(goal),
            margin(self.own.error),
            lambda: self.codes(self.own.reads),
            lambda at: sign(self.own.evaluation(self.at(at), other), goal, self.limits),
        )

    @cached_property
    def against_baseline(self) -> NDArray[np.int8]:
        """1, 0 or -1 where a variant is better than, equal to, or worse than the baseline."""
        rival = self.rival
        if rival is None:
            return np.ones(self.block.size, dtype=np.int8)
        return signs(
            self.odds({}),
            self.rival_odds({}),
            margin(self.own.error, rival.error),
            lambda: self.codes(self.own.reads | rival.reads),
            lambda at: sign(
                self.own.evaluation(self.at(at), {}),
                rival.evaluation(self.at(at), {}),
                self.limits,
            ),
        )

    @cached_property
    def wins(self) -> NDArray[np.bool_]:
        """Which variants exceed the goal and beat the baseline as they stand."""
        found: NDArray[np.bool_] = (self.above_goal({}) > 0) & (self.against_baseline > 0)
        return found

    @cached_property
    def kinds(self) -> NDArray[np.int8]:
        """The class of every variant."""
        found = np.full(self.block.size, HOPELESS, dtype=np.int8)
        found[self.wins] = MEETS
        self._set_short(found)
        for name in self.space.limits:
            found[self.over(name)] = LIMITS
        found[self.unfit] = FITS
        found[self.breaks] = RULES
        return found

    @cached_property
    def _ends(self) -> dict[str, Value | None]:
        """By open parameter that the choice reads, the best end; None where it is not known."""
        read = [name for name in self.open if name in self.own.parameters]
        return {name: best_end(self.open[name], self.own.way(name)) for name in read}

    @property
    def _has_known_ends(self) -> bool:
        return None not in self._ends.values()

    @cached_property
    def best(self) -> Overrides:
        """Open parameters at the values at which the choice by itself is at its best.

        Raises :class:`Undecided` where it is not known which way one of them acts.
        """
        unknown = [name for name, value in self._ends.items() if value is None]
        if unknown:
            raise Undecided(
                f"{', '.join(unknown)} is open and no end of its range is known to be best: with "
                "values = [...] it is a decision"
            )
        return {name: value for name, value in self._ends.items() if value is not None}

    def _set_short(self, kinds: NDArray[np.int8]) -> None:
        """Which of those within that fail can be set so that they meet."""
        rival = self.rival
        moved = set(self.open) & (self.own.parameters | (rival.parameters if rival else set()))
        if not moved:
            return
        failing = self.within & ~self.wins
        if self._has_known_ends:
            failing &= self.above_goal(self.best) > 0
        if rival is None and self._has_known_ends:
            kinds[failing] = SHORT
            return
        self._ask(np.flatnonzero(failing), kinds)

    def _ask(self, variants: NDArray[Any], kinds: NDArray[np.int8]) -> None:
        """Ask of each sort of variant by itself whether open parameters can be set."""
        reads = self.own.reads | (self.rival.reads if self.rival is not None else frozenset())
        codes = self.codes(reads)[variants]
        _, first, groups = np.unique(codes, return_index=True, return_inverse=True)
        answers = np.array([self._standing(int(variants[at]), self.space.goal) for at in first])
        if answers.size:
            kinds[variants] = answers[groups]

    def _standing(self, variant: int, goal: Target | None) -> int:
        from vreltui.analysis.questions.verdict import standing
        from vreltui.analysis.study import Study

        stands = variant_design(self.space.design, self.block.choice, self.options(variant))
        if goal is None:
            stands = replace(stands.without_goal(), baseline=stands.baseline)
        study = Study(stands, limits=lambda: self.limits)
        try:
            verdict = standing(study, self.block.choice).verdict
        except Undecided:
            return UNDECIDED
        return {"meets": MEETS, "short": SHORT, "undecided": UNDECIDED}.get(
            verdict or "meets", HOPELESS
        )

    def can_beat(self, variants: NDArray[np.bool_]) -> bool:
        """Whether some of these variants beats the baseline, or could."""
        if self.rival is None:
            return bool(variants.any())
        if (self.against_baseline[variants] > 0).any():
            return True
        if not set(self.open) & (self.own.parameters | self.rival.parameters):
            return False
        chosen = np.flatnonzero(variants)
        codes = self.codes(self.own.reads | self.rival.reads)[chosen]
        _, first = np.unique(codes, return_index=True)
        return any(self._standing(int(chosen[at]), None) in (MEETS, SHORT) for at in first)
