"""What is best, cheapest and undominated in a space that is searched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp

from vreltui.engine.limits import Limits
from vreltui.exploration.certain_figures import MOST_ODDS
from vreltui.exploration.fronts import Order
from vreltui.exploration.records import Record, in_order
from vreltui.exploration.results import Variant
from vreltui.exploration.search import Place, Search
from vreltui.exploration.tasks import RecordsTask, Work, in_parts


@dataclass
class BestOfSpace:
    """What is best, cheapest and undominated of a space; others answer the parts of the search."""

    search: Search
    work: Work

    @property
    def limits(self) -> Limits:
        """The bounds on the work of exact comparisons."""
        return self.search.limits

    def records(
        self, order: Order, floor: float = 0.0, best: int = 0
    ) -> Iterator[tuple[Place, Record]]:
        """The variants of the fronts of all blocks that break no rule."""
        places = self.search.places
        tasks = [RecordsTask(order, floor, part, best) for part in in_parts(len(places))]
        for found in self.work.each(tasks):
            for at, variants in found:
                for record in places[at].listed(variants):
                    yield places[at], record

    def top(self, most: int) -> list[Variant]:
        """The most reliable within rules, fits and limits."""
        floor = 0.0
        if len(self.search.places) > 1:
            # So many are at least as reliable: the rest is found among what attains that.
            every = self.records(self.search.order(()), best=1)
            first = sorted((record.odds for _, record in every), reverse=True)
            if len(first) >= most and first[most - 1] > -MOST_ODDS:
                floor = 1 / (1 + exp(-first[most - 1])) * (1 - 1e-12)
        found = dict(self._places(self.search.order((), most), floor, most))
        ordered = in_order(found, self.limits)[:most]
        return [self.variant(found[record], record) for _, record in ordered]

    def _places(
        self, order: Order, floor: float = 0.0, best: int = 0
    ) -> Iterator[tuple[Record, Place]]:
        for place, record in self.records(order, floor, best):
            yield record, place

    def variant(self, place: Place, record: Record) -> Variant:
        """A variant within rules, fits and limits, with its class."""
        return record.variant(place.kind(record))

    def front(self, resources: Sequence[str]) -> list[Variant]:
        """The variants that no other equals or beats in all figures and beats in one."""
        found = dict(self._places(self.search.order(resources)))
        columns = [self.search.amounts.column(name) for name in resources]
        first: dict[tuple[int, ...], Record] = {}
        for rank, record in in_order(found, self.limits):
            first.setdefault((*(record.uses[column] for column in columns), rank), record)
        kept: list[tuple[int, ...]] = []
        for figures in sorted(first):
            if not any(all(map(int.__le__, other, figures)) for other in kept):
                kept.append(figures)
        return [self.variant(found[first[each]], first[each]) for each in kept]

    def cheapest(self, resource: str) -> Variant | None:
        """Of those that meet the one with the least use of a resource."""
        column = self.search.amounts.column(resource)
        least: int | None = None
        found: dict[Record, Place] = {}
        goal = self.search.space.goal
        floor = 0.0 if goal is None else float(goal.reliability) * (1 - 1e-12)
        for place, record in self.records(self.search.order((resource,)), floor):
            used = record.uses[column]
            if (least is None or used <= least) and place.wins(record):
                if least is not None and used < least:
                    found.clear()
                least = used
                found[record] = place
        if not found:
            return None
        _, best = in_order(found, self.limits)[0]
        return self.variant(found[best], best)
