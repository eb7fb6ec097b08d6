"""How many variants of a large space are of each class: boxes of them at a time, by bounds.

To count what meets is harder than to find the best, so this stops after so many boxes, and what is
not told by then is told as at least and at most so many. Work is counted, not time: the same
question has the same answer.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import lcm, prod

import numpy as np

from vreltui.engine.program import Source
from vreltui.exploration.certain_figures import margin, odds_of, odds_of_value
from vreltui.exploration.lots import Lot, Whole, less
from vreltui.exploration.part import CLASSES
from vreltui.exploration.records import numbers_of
from vreltui.exploration.results import Count
from vreltui.exploration.search import Place, Search
from vreltui.exploration.sides import Overrides, Side
from vreltui.model.instances import instances, needs
from vreltui.model.quantities import number

MOST_BOXES = 1_500
"""How many boxes are looked at."""

Box = Mapping[str, tuple[int, ...]]
"""By free axis the numbers of the options that its variants take."""


def classes(search: Search) -> dict[str, Count]:
    """How many variants are of each class."""
    low = dict.fromkeys(CLASSES, 0)
    high = dict.fromkeys(CLASSES, 0)
    waiting: list[tuple[int, int, _Bounds, Box]] = []
    for place in search.places:
        if place.is_broken:
            low["rules"] += place.block.size
            continue
        bounds = _Bounds(place)
        box: Box = {a.name: tuple(range(len(a.options))) for a in place.block.free}
        waiting.append((-_size(box), len(waiting), bounds, box))
    heapq.heapify(waiting)
    looked, named = 0, len(waiting)
    while waiting:
        size, _, bounds, box = heapq.heappop(waiting)
        possible = bounds.classes(box)
        looked += 1
        if len(possible) == 1:
            low[possible[0]] -= size
        elif looked >= MOST_BOXES:
            for name in possible:
                high[name] -= size
        else:
            for part in bounds.halves(box):
                named += 1
                heapq.heappush(waiting, (-_size(part), named, bounds, part))
    return {
        name: low[name] if not high[name] else (low[name], low[name] + high[name])
        for name in CLASSES
    }


def _size(box: Box) -> int:
    return prod(map(len, box.values()))


@dataclass
class _Bounds:
    """What the variants of a box of one block can be."""

    place: Place
    _known: dict[tuple[int, tuple[int, ...]], tuple[int, int]] = field(default_factory=dict)

    @cached_property
    def side(self) -> Side:
        """The tree of the choice."""
        return self.place.modules(False).side

    @cached_property
    def _needed(self) -> float:
        """The odds that a variant has to exceed."""
        goal = self.place.space.goal
        needed = -np.inf if goal is None else odds_of_value(goal)
        rival = self.place.rival
        if rival is not None:
            r, q = rival.figures()
            needed = max(needed, float(odds_of((float(r), float(q)))))
        return float(needed)

    @cached_property
    def _scores(self) -> dict[str, list[float] | None]:
        """By axis how good each option is for reliability; None where that is not known."""
        found: dict[str, list[float] | None] = {}
        for axis in self.place.block.free:
            parts = [p for p in self.side.parts.values() if p.axis.name == axis.name]
            if parts:
                pairs = self.side.figures.doubles(parts[0], {})
                found[axis.name] = odds_of(pairs).tolist()
                continue
            source, program = Source(axis.name, is_parameter=True), self.side.program
            way = program.direction(source) if source in program.sources else 0
            numbers = [float(number(option)) for option in axis.options]  # type: ignore[arg-type]
            found[axis.name] = None if way is None else [way * each for each in numbers]
        return found

    def classes(self, box: Box) -> list[str]:
        """The classes that its variants may have, in their order."""
        found = []
        fits = [self._range(total, box) for total in self._excesses]
        if any(high > 0 for _, high in fits):
            found.append("fits")
            if any(low > 0 for low, _ in fits):
                return found
        uses = [(self._range(total, box), most) for total, most in self._limited]
        if any(high > most for (_, high), most in uses):
            found.append("limits")
            if any(low > most for (low, _), most in uses):
                return found
        return found + self._verdicts(box)

    def _verdicts(self, box: Box) -> list[str]:
        if any(self._scores[name] is None and len(numbers) > 1 for name, numbers in box.items()):
            return ["hopeless", "short", "meets"] if self.place.best else ["hopeless", "meets"]
        now = self._sign(box, {}, best=False), self._sign(box, {}, best=True)
        if now[0] > 0:
            return ["meets"]
        open_ = self.place.best
        then = (
            (self._sign(box, open_, best=False), self._sign(box, open_, best=True))
            if open_
            else now
        )
        if _size(box) == 1:
            return [self._exactly(box)]
        found = []
        if then[0] <= 0:
            found.append("hopeless")
        if open_ and then[1] >= 0 and now[0] <= 0:
            found.append("short")
        if now[1] >= 0:
            found.append("meets")
        return found

    def _exactly(self, box: Box) -> str:
        """The class of the one variant of a box, which is within rules, fits and limits."""
        picks = {name: options[0] for name, options in box.items()}
        numbers = numbers_of(self.place.block, tuple(picks), tuple(picks.values()))
        return self.place.kind(self.place.record(numbers))

    def _sign(self, box: Box, other: Overrides, *, best: bool) -> int:
        """1 or -1 where the best, or worst, of a box certainly wins or fails; else 0."""
        numbers = {}
        for name, options in box.items():
            scores = self._scores[name] or [0.0] * (max(options) + 1)
            pick = max if best else min
            numbers[name] = np.array(pick(options, key=scores.__getitem__))
        side = self.place.modules(True).side if other else self.side
        odds = float(odds_of(side.pairs(numbers, other)))
        slack = 4 * margin(side.error) * (1 + abs(odds))
        if odds > self._needed + slack:
            return 1
        return -1 if odds < self._needed - slack else 0

    # Amounts

    @cached_property
    def _limited(self) -> list[tuple[_Total, int]]:
        """What is used of each resource with a limit, and the most that may be."""
        found = []
        for name, limit in self.place.space.limits.items():
            total = self._total(self.side.root, False, name, is_excess=False)
            most = limit * total.scale
            found.append((total, most.numerator // most.denominator))
        return found

    @cached_property
    def _excesses(self) -> list[_Total]:
        return [
            self._total(need.node, need.copied, need.resource, is_excess=True)
            for need in needs(self.side.design, self.side.root)
        ]

    def _total(self, root: str, copied: bool, resource: str, *, is_excess: bool) -> _Total:
        lots: list[tuple[Lot, tuple[int | str, ...]]] = []
        for each in instances(self.side.design, root, copied=copied):
            lot = self.side.amount(each.node, "uses", resource)
            if is_excess:
                lot = less(lot, self.side.amount(each.node, "provides", resource))
            lots.append((lot, each.factors))
        lots += [] if is_excess else self.side.prices(resource)
        lots = [(lot, factors) for lot, factors in lots if not lot.is_nothing]
        scale = lcm(*(lot.scale for lot, _ in lots))
        terms = [_Term(lot.axis, lot.at_scale(scale, object), factors) for lot, factors in lots]
        return _Total(tuple(terms), scale)

    def _range(self, total: _Total, box: Box) -> tuple[int, int]:
        low = high = 0
        for term in total.terms:
            least, greatest = self._ends(term, box)
            ends = [self._counts(factor, box) for factor in term.factors]
            fewest, most = prod(end[0] for end in ends), prod(end[1] for end in ends)
            low += min(least * fewest, least * most)
            high += max(greatest * fewest, greatest * most)
        return low, high

    def _ends(self, term: _Term, box: Box) -> tuple[int, int]:
        """The least and the greatest amount that a box allows; found once for the same options."""
        numbers = () if term.axis is None else box[term.axis]
        key = id(term), numbers
        if key not in self._known:
            amounts = term.whole[list(numbers)] if numbers else term.whole
            self._known[key] = min(amounts), max(amounts)
        return self._known[key]

    def _counts(self, factor: int | str, box: Box) -> tuple[int, int]:
        if isinstance(factor, int):
            return factor, factor
        axis = self.side.free.get(factor)
        if axis is None:
            value = int(number(self.side.options.value(factor)))
            return value, value
        counts = [int(number(axis.options[n])) for n in box[factor]]  # type: ignore[arg-type]
        return min(counts), max(counts)

    def halves(self, box: Box) -> Iterator[Box]:
        """A box in two, by the axis with the most options; what can't be bounded comes first."""

        def weight(name: str) -> tuple[bool, int]:
            return self._scores[name] is None and len(box[name]) > 1, len(box[name])

        name = max(box, key=weight)
        options = box[name]
        scores = self._scores[name]
        if scores is not None:
            options = tuple(sorted(options, key=scores.__getitem__))
        middle = (len(options) + 1) // 2
        for half in (options[:middle], options[middle:]):
            yield {**box, name: half}


@dataclass(frozen=True, eq=False, slots=True)
class _Term:
    """An amount by the option at an axis, times some counts."""

    axis: str | None
    whole: Whole
    factors: tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class _Total:
    """A sum of amounts, in whole numbers of one part in ``scale``."""

    terms: tuple[_Term, ...]
    scale: int
