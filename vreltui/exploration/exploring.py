"""The whole answer about a space: counts, best, cheapest, fronts, top and eliminations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from vreltui.engine.limits import Limits, Undecided
from vreltui.exploration.allocated_families import AllocatedFamilies
from vreltui.exploration.allocating import MOST_VARIANTS as MOST_ALLOCATED
from vreltui.exploration.allocating import Allocating, allocated, at_lowest
from vreltui.exploration.best_of_space import BestOfSpace
from vreltui.exploration.class_counts import classes
from vreltui.exploration.eliminating import Eliminating
from vreltui.exploration.families import depth_within
from vreltui.exploration.part import CLASSES
from vreltui.exploration.proven_families import ProvenFamilies
from vreltui.exploration.question import Question, with_item_numbers
from vreltui.exploration.ranking import Ranking
from vreltui.exploration.results import Exploration, Gap, Variant
from vreltui.exploration.search_families import Proving, proving_of
from vreltui.exploration.space import MOST_BLOCKS, Space, TooManyBlocksError
from vreltui.exploration.tasks import InProcess, Work
from vreltui.exploration.variant_table import MOST_VARIANTS, Table


@dataclass(frozen=True, slots=True)
class Progress:
    """What is being done, and how much of all is done."""

    doing: str
    done: float


class Explorer:
    """The answer to a question, found step by step; what is known at any moment can be had."""

    def __init__(
        self, question: Question, limits: Limits, work: Callable[[Proving], Work] | None = None
    ) -> None:
        self.question = question
        self.limits = limits
        self._work = InProcess if work is None else work
        self._space = Space(
            with_item_numbers(question.design), question.choices, question.goal, question.limits
        )
        self._known: dict[str, Any] = {}
        self.reason = ""

    def run(self, tell: Callable[[Progress], None] | None = None) -> Exploration:
        """The whole answer, or as much of it as can be had; ``tell`` is told what is being done."""
        for progress in self.steps():
            if tell is not None:
                tell(progress)
        return self.answer(self.reason)

    def steps(self) -> Iterator[Progress]:
        """Find it, step by step; ``reason`` says afterwards why it is not all."""
        try:
            yield from self._steps()
        except TooManyBlocksError:
            self.reason = f"what spans the space divides it into over {MOST_BLOCKS:,} parts"
        except Undecided as reason:
            self.reason = str(reason)
        yield Progress("done", 1.0)

    def _steps(self) -> Iterator[Progress]:
        space = self._space
        yield Progress("variants", 0.0)
        self._known["total"] = space.total
        self._known["decisions"] = space.decisions
        priced = allocated(space.design, space.choices)
        if priced:
            yield from self._allocated(priced)
            return
        if space.total > MOST_VARIANTS:
            yield from self._searched()
            return
        yield Progress("classes", 0.05)
        table = Table(space, self.limits)
        ranking = Ranking(table)
        counted = np.bincount(table.kinds, minlength=len(CLASSES))
        self._known["classes"] = {
            name: int(count) for name, count in zip(CLASSES, counted, strict=True)
        }
        yield Progress("top", 0.3)
        within = np.flatnonzero(table.within)
        self._known["top"] = [
            ranking.variant(each) for each in ranking.top(within, max(self.question.top, 1))
        ]
        for name in space.resources:
            yield Progress(f"cheapest {name}", 0.4)
            found = ranking.cheapest(name)
            self._known.setdefault("cheapest", {})[name] = (
                None if found is None else ranking.variant(found)
            )
        for resources in self.question.asked_fronts:
            yield Progress(f"front {','.join(resources)}", 0.5)
            self._known.setdefault("fronts", {})[resources] = tuple(
                map(ranking.variant, ranking.front(resources))
            )
        yield from self._eliminated(Eliminating(table, ranking, self.question.depth), 0.6)

    def _allocated(self, names: list[str]) -> Iterator[Progress]:
        """The answer about a space in which priced parameters are found with each variant."""
        space, known = self._space, self._known
        resources = {r for name in names for r in space.design.parameters[name].price}
        if len(resources) > 1:
            raise Undecided("parameters with prices in several resources are not allocated")
        if space.total > MOST_ALLOCATED:
            raise Undecided(f"parameters of more than {MOST_ALLOCATED} variants are not allocated")
        (resource,) = resources
        lowest = Space(at_lowest(space.design), space.choices, space.goal, space.limits)
        allocating = Allocating(Table(lowest, self.limits), resource)
        yield Progress("classes", 0.05)
        table = allocating.table
        kinds = [CLASSES[int(kind)] for kind in table.kinds]
        for number in allocating.within:
            kinds[number] = allocating.kind_or_undecided(number)
            yield Progress("classes", 0.05 + 0.3 * number / len(kinds))
        known["classes"] = {name: kinds.count(name) for name in CLASSES}
        yield Progress("top", 0.4)
        top, known["best_undecided"] = allocating.top(max(self.question.top, 1))
        if top or known["best_undecided"] not in allocating.reasons:
            known["top"] = top
        for name in space.resources:
            yield Progress(f"cheapest {name}", 0.5)
            try:
                known.setdefault("cheapest", {})[name] = allocating.least(name)
            except Undecided as why:
                allocating.reasons[str(why)] = None
        for asked in self.question.asked_fronts:
            yield Progress(f"front {','.join(asked)}", 0.6)
            if asked == (resource,):
                known.setdefault("fronts", {})[asked] = tuple(allocating.front())
        proving = AllocatedFamilies(allocating, kinds, self.question.depth)
        try:
            yield from self._eliminated(proving, 0.8)
        except Undecided as why:
            allocating.reasons[str(why)] = None
        self.reason = "; ".join(allocating.reasons)

    def _searched(self) -> Iterator[Progress]:
        """The answer about a space that is too large to be listed."""
        space = self._space
        proving = proving_of(self.question, self.limits)
        work = self._work(proving)
        best = BestOfSpace(proving.search, work)
        known = self._known
        yield Progress("top", 0.1)
        known["top"] = best.top(max(self.question.top, 1))
        for name in space.resources:
            yield Progress(f"cheapest {name}", 0.2)
            known.setdefault("cheapest", {})[name] = best.cheapest(name)
        for resources in self.question.asked_fronts:
            yield Progress(f"front {','.join(resources)}", 0.3)
            known.setdefault("fronts", {})[resources] = tuple(best.front(resources))
        yield Progress("classes", 0.4)
        known["classes"] = classes(proving.search)
        depth = depth_within(proving.families, self.question.depth)
        yield from self._eliminated(ProvenFamilies(proving, work, depth), 0.5)
        self.reason = _shallow(depth, self.question.depth)

    def _eliminated(
        self, proving: Eliminating | ProvenFamilies | AllocatedFamilies, since: float
    ) -> Iterator[Progress]:
        """Find what is out; each is known as soon as it is proven."""
        yield Progress("eliminations", since)
        for done in proving.steps():
            self._known["eliminations"] = tuple(proving.proven)
            yield Progress("eliminations", since + (1 - since) * done)
        self._known["eliminations"] = tuple(proving.proven)

    def answer(self, reason: str) -> Exploration:
        """What is known; ``reason`` says why it is not all."""
        known = self._known
        total = known.get("total", 0)
        unknown = dict.fromkeys(CLASSES, (0, total))
        top = known.get("top", [])
        cheapest = dict.fromkeys(self._space.resources) | known.get("cheapest", {})
        fronts = dict.fromkeys(self.question.asked_fronts, ()) | known.get("fronts", {})
        return Exploration(
            decisions=known.get("decisions", {}),
            total=total,
            classes=known.get("classes", unknown),
            best=top[0] if top else None,
            cheapest=cheapest,
            fronts=fronts,
            top=tuple(top[: self.question.top]),
            eliminations=known.get("eliminations", ()),
            reason=reason,
            gap=self._gap(top, cheapest) if reason else {},
            best_undecided=known.get("best_undecided", ""),
        )

    def _gap(self, top: list[Variant], cheapest: dict[str, Variant | None]) -> dict[str, Gap]:
        """How far each figure can be off: a reliability is at most 1, and a use at least 0."""
        is_listed = "top" in self._known
        gap = {"": Gap(top[0].figure.reliability, top[0].figure.reliability, 0)} if top else {}
        if not top:
            gap[""] = Gap(None, None if is_listed else 1.0, 0 if is_listed else 1)
        for name, variant in cheapest.items():
            is_found = name in self._known.get("cheapest", {})
            used = None if variant is None else float(variant.uses[name])
            bound = used if is_found else 0.0
            gap[name] = Gap(used, bound, 0 if is_found else 1)
        return gap


def _shallow(depth: int, asked: int) -> str:
    """What is said where families are told by fewer options than were asked for."""
    if depth == asked:
        return ""
    return f"families of more than {depth} options are too many to be looked at one by one"


def explore(question: Question, limits: Limits) -> Exploration:
    """The answer to a question."""
    return Explorer(question, limits).run()
