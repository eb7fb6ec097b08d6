"""Why families are out, shown by fronts restricted to them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from vreltui.analysis.digits import figure
from vreltui.analysis.questions.thresholds import threshold
from vreltui.analysis.results import ProbabilityThreshold
from vreltui.analysis.study import Study
from vreltui.exploration.eliminating import family_of
from vreltui.exploration.families import (
    CHOICE,
    Families,
    Options,
    Pair,
    allowed_in,
    out_families,
    part_of,
)
from vreltui.exploration.fronts import Front, Order
from vreltui.exploration.module_fronts import Allowed
from vreltui.exploration.records import Record, in_order
from vreltui.exploration.remaining import Remaining
from vreltui.exploration.results import Back, Elimination, Family, Kind
from vreltui.exploration.rounding import rounded_down
from vreltui.exploration.search import Place, Search
from vreltui.exploration.space import variant_design
from vreltui.model import Probability
from vreltui.model.quantities import PROBABILITY

_MOST_NOTED = 64
"""How many variants of one front are remembered."""

_MOST_ROUNDS = 30
"""How often the least of a number is bettered before it is given up."""


@dataclass
class Proving:
    """The families of a space that are out, each with its proof and what would lift it."""

    search: Search
    depth: int
    proven: list[Elimination] = field(default_factory=list)
    _alive: dict[Pair, set[int]] = field(default_factory=dict)
    _count: int = 0

    @cached_property
    def families(self) -> Families:
        """All families of the space."""
        return Families(self.search.space)

    def found(self) -> tuple[Elimination, ...]:
        """The eliminations, those that cover most first."""
        deque(self.steps(), maxlen=0)
        return tuple(self.proven)

    def steps(self) -> Iterator[float]:
        """Find them one by one; gives how much of it is done."""
        self.proven.clear()
        out = yield from part_of(out_families(self.families, self.depth, self.alive), 0.0, 0.7)
        left = Remaining(self.search.space.blocks)
        largest = self.families.largest(out)
        for number, family in enumerate(largest):
            yield 0.7 + 0.3 * number / len(largest)
            self.proven.append(self._proof(family, out[family], left.without(family)))

    def places(self, family: Options) -> Iterator[tuple[Place, Allowed]]:
        """The blocks with variants of a family, and what these take there."""
        for place in self.search.places:
            allowed = _allowed(place, family)
            if allowed is not None:
                yield place, allowed

    # Whether a variant meets or could

    def alive(self, family: Options) -> bool:
        """Whether a variant of a family meets or could."""
        known = [self._alive.get(pair, set()) for pair in family]
        if (known and set.intersection(*known)) or (not known and self._count):
            return True
        order = self.search.order(())
        for place, allowed in self.places(family):
            if place.is_broken or self._is_bounded(place, allowed):
                continue
            front = place.front(order, allowed, at_best=True)
            if self._note_winners(place, front):
                return True
        return False

    def _note_winners(self, place: Place, front: Front) -> bool:
        """Whether a variant of a front wins; those that do answer for other families as well."""
        step = max(1, len(front) // _MOST_NOTED)
        some = front.some(slice(None, None, step))
        won = [record for record in place.records(some, at_best=True) if place.wins(record)]
        if not won and step > 1:
            every = place.records(front, at_best=True)
            won = [record for record in every if place.wins(record)][:1]
        for record in won:
            self._note(place, record)
        return bool(won)

    def _is_bounded(self, place: Place, allowed: Allowed) -> bool:
        """Whether none is within a limit or beats what it must, all else ignored."""
        side = place.modules(True).side
        for name, limit in self.search.space.limits.items():
            if side.least(name, allowed) > limit:
                return True
        return not place.wins(self._best_of_all(place, allowed))

    def _best_of_all(self, place: Place, allowed: Allowed) -> Record:
        """The most reliable in a block, rules, fits and limits ignored."""
        order = Order((), (), must_fit=False)
        front = place.front(order, allowed, at_best=True, limits={})
        ordered = in_order(place.records(front, at_best=True), self.search.limits)
        equal = [record for rank, record in ordered if rank == 0]
        return min(equal, key=lambda record: record.place)

    def _note(self, place: Place, record: Record) -> None:
        """Remember a variant that lets every family that it belongs to live."""
        self._count += 1
        settled = {axis.name for axis in place.block.axes if axis.settled}
        pairs: list[Pair] = [(CHOICE, place.block.choice)]
        pairs += [(n, option) for n, option in record.options.items() if n not in settled]
        for pair in pairs:
            self._alive.setdefault(pair, set()).add(self._count)

    # Proofs

    def _proof(self, family: Options, covers: int, remaining: int) -> Elimination:
        kind, resource = self._kind(family)
        best: Any = None
        needed: Any = None
        witness: Record | None = None
        told: Family | None = None
        back: list[Back] = []
        if kind == "limit":
            assert resource is not None
            best, needed = self._least(family, resource), self.search.space.limits[resource]
            back.append(Back("limit", resource, best))
            told = self._frugal(family, resource, best)
        elif kind in ("goal", "baseline", "together"):
            goal = self.search.space.goal
            needed = None if goal is None else float(goal.reliability)
            witness = self._most_reliable(family, within=kind == "together")
            if witness is not None:
                told = _witness(witness)
                pair = witness.evaluation.figures()
                best = figure(pair)
                if kind == "goal":
                    back.append(Back("goal", "", rounded_down(pair)))
            if kind == "together":
                back += self._together(family)
            back += self._numbers(family)
        return Elimination(
            family_of(family), kind, resource, best, needed, covers, remaining,
            told, tuple(back),
        )  # fmt: skip

    def _kind(self, family: Options) -> tuple[Kind, str | None]:
        places = list(self.places(family))
        if all(place.is_broken for place, _ in places):
            return "rules", None
        excess = tuple(map(self.search.amounts.excess, self.search.amounts.fits))
        if excess and not any(
            len(place.front(Order(excess, ()), allowed, limits={})) for place, allowed in places
        ):
            return "fits", None
        for name in self.search.space.resources:
            limits = self.search.space.limits
            if name in limits and self._least(family, name) > limits[name]:
                return "limit", name
        best = [(place, self._best_of_all(place, allowed)) for place, allowed in places]
        goal = self.search.space.goal
        if goal is not None and not any(place.exceeds(record, goal) for place, record in best):
            return "goal", None
        if all(place.rival is not None for place, _ in places) and not any(
            place.exceeds(record, place.rival) for place, record in best
        ):
            return "baseline", None
        return "together", None

    def _least(self, family: Options, resource: str) -> Fraction:
        return min(
            place.modules(False).side.least(resource, allowed)
            for place, allowed in self.places(family)
        )

    def _frugal(self, family: Options, resource: str, least: Fraction) -> Family:
        """The first variant, in the order of the file, that uses no more than the least."""
        found: list[tuple[Any, Family]] = []
        for place, allowed in self.places(family):
            side, block = place.modules(False).side, place.block
            taken = dict(allowed)
            if side.least(resource, taken) > least:
                continue
            for axis in block.free:
                numbers = taken.get(axis.name, range(len(axis.options)))
                taken[axis.name] = next(
                    (number,)
                    for number in numbers
                    if side.least(resource, {**taken, axis.name: (number,)}) == least
                )
            chosen = tuple(taken[a.name][0] if a.name in taken else 0 for a in block.axes)
            settled = {axis.name for axis in block.axes if axis.settled}
            options = {n: o for n, o in block.options(chosen).items() if n not in settled}
            place_in_file = self.search.space.place(block, chosen)
            found.append((place_in_file, Family(block.choice, options)))
        return min(found, key=lambda each: each[0])[1]

    def _most_reliable(self, family: Options, *, within: bool) -> Record | None:
        """With open parameters at their best; within rules, fits and limits, or of all."""
        found: list[Record] = []
        for place, allowed in self.places(family):
            if not within:
                found.append(self._best_of_all(place, allowed))
            elif not place.is_broken:
                order = replace(self.search.order(()), tie=())
                front = place.front(order, allowed, at_best=True)
                found += place.records(front, at_best=True)
        ordered = in_order(found, self.search.limits)
        equal = [record for rank, record in ordered if rank == 0]
        return min(equal, key=lambda record: record.place, default=None)

    def _together(self, family: Options) -> Iterator[Back]:
        """The goal, and each limit, that alone stands in the way."""
        beating: list[Record] = []
        for place, allowed in self.places(family):
            if not place.is_broken:
                front = place.front(self.search.order(()), allowed)
                beating += [each for each in place.records(front) if place.beats(each)]
        if self.search.space.goal is not None and beating:
            _, best = in_order(beating, self.search.limits)[0]
            yield Back("goal", "", rounded_down(best.evaluation.figures()))
        for name in self.search.space.resources:
            if name in self.search.space.limits:
                least = self._least_that_meets(family, name)
                if least is not None:
                    yield Back("limit", name, least)

    def _least_that_meets(self, family: Options, resource: str) -> Fraction | None:
        """The least use of a resource with which a variant meets where it has no limit."""
        limits = {n: most for n, most in self.search.space.limits.items() if n != resource}
        column = self.search.amounts.column(resource)
        found = [
            record.uses[column]
            for place, allowed in self.places(family)
            if not place.is_broken
            for record in place.records(
                place.front(self.search.order((resource,)), allowed, limits=limits)
            )
            if place.wins(record)
        ]
        return Fraction(min(found), self.search.amounts.scales[resource]) if found else None

    # Numbers by which alone a variant would meet

    def _numbers(self, family: Options) -> Iterator[Back]:
        design = self.search.space.design
        named: set[str] = set()
        both: set[str] = set()
        for place, _ in self.places(family):
            if place.is_broken:
                continue
            own = place.modules(False).side.parameters
            named |= own - set(design.choices[place.block.choice].set)
            both |= own & place.rival_parameters
        for name in design.parameters:
            entry = design.parameters[name]
            if name in named - both and not entry.is_decision and entry.quantity is PROBABILITY:
                found = self._above(family, name)
                if found is not None:
                    yield Back("parameter", name, found)

    def _above(self, family: Options, name: str) -> float | None:
        """The least that a number would have to exceed: bettered until no variant betters it."""
        found: float | None = None
        value = Probability.of(1)
        for _ in range(_MOST_ROUNDS):
            best: float | None = None
            for place, allowed in self.places(family):
                if not place.is_broken and name not in place.own_settings:
                    record = place.best_with(self.search.order(()), allowed, name, value)
                    if record is not None and place.wins(record):
                        bound = self._exactly(place, record, name)
                        if bound is not None and (best is None or bound < best):
                            best = bound
            if best is None or (found is not None and best >= found):
                return found
            found, value = best, Probability.of(repr(best))
        return found

    def _exactly(self, place: Place, record: Record, name: str) -> float | None:
        choice = place.block.choice
        design = variant_design(self.search.space.design, choice, record.options)
        study = Study(design, limits=lambda: self.search.limits)
        found = threshold(study, choice, name, satisfied=False)
        assert isinstance(found, ProbabilityThreshold)
        return found.intervals[-1].low.figure.reliability if found.intervals else None


def _allowed(place: Place, family: Options) -> Allowed | None:
    """What a family takes in a block; None where it has no variant there."""
    allowed = allowed_in(place.block, family)
    if allowed is None:
        return None
    axes = place.block.axes
    return {axes[at].name: numbers for at, numbers in allowed.items() if len(axes[at].options) > 1}


def _witness(record: Record) -> Family:
    variant = record.variant("hopeless")
    return Family(variant.choice, variant.options)
