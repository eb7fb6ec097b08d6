"""Whether families are out, and why: shown by fronts restricted to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from vreltui.analysis.questions.thresholds import threshold
from vreltui.analysis.study import Study
from vreltui.engine.limits import Limits
from vreltui.exploration.families import (
    CHOICE,
    Families,
    Options,
    Pair,
    allowed_in,
)
from vreltui.exploration.fronts import Front, Order
from vreltui.exploration.module_fronts import Allowed
from vreltui.exploration.question import Question, with_item_numbers
from vreltui.exploration.raised_numbers import Raising, least_that_meets, raising
from vreltui.exploration.records import Record, in_order
from vreltui.exploration.results import Kind
from vreltui.exploration.search import Place, Search, spanning
from vreltui.exploration.space import Space, variant_design
from vreltui.exploration.tasks import Ref

_MOST_NOTED = 64
"""How many variants of one front are remembered."""

_MOST_ROUNDS = 30
"""How often the least of a number is bettered before it is given up."""


@dataclass
class Proving:
    """What can be told of each family of a space by itself."""

    search: Search
    _alive: dict[Pair, set[int]] = field(default_factory=dict)
    _count: int = 0

    @cached_property
    def families(self) -> Families:
        """All families of the space."""
        return Families(self.search.space)

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
        order = replace(self.search.order(()), is_any_of_equals=True)
        for place, allowed in self.places(family):
            if place.is_broken or self._is_bounded(place, allowed):
                continue
            front = place.front(order, allowed, at_best=True, floor=self._floor)
            if self._note_winners(place, front):
                return True
        return False

    @cached_property
    def _floor(self) -> float:
        """A reliability that whatever meets attains."""
        goal = self.search.space.goal
        return 0.0 if goal is None else float(goal.reliability) * (1 - 1e-12)

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

    def certificate(self, family: Options) -> list[Any]:
        """Why a family is out, as :class:`vreltui.exploration.tasks.ProofTask` tells it."""
        kind, resource = self.kind(family)
        witness: Ref | None = None
        back: list[list[Any]] = []
        if kind == "limit":
            assert resource is not None
            witness = self._frugal(family, resource, self.least(family, resource))
        elif kind in ("goal", "baseline", "together"):
            found = self._most_reliable(family, within=kind == "together")
            witness = None if found is None else self.ref(found)
            if kind == "together":
                back += self._together(family)
            back += self._numbers(family)
        return [kind, resource, _plain(witness), back]

    def ref(self, record: Record) -> Ref:
        """A variant by its block and its options."""
        return self.search.place_of(record).at, record.numbers

    def kind(self, family: Options) -> tuple[Kind, str | None]:
        """The first kind of proof that holds of a family that is out, and of which resource."""
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
            if name in limits and self.least(family, name) > limits[name]:
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

    def least(self, family: Options, resource: str) -> Fraction:
        """The least that a variant of a family uses of a resource, rules and fits ignored."""
        return min(
            place.modules(False).side.least(resource, allowed)
            for place, allowed in self.places(family)
        )

    def _frugal(self, family: Options, resource: str, least: Fraction) -> Ref:
        """The first variant, in the order of the file, that uses no more than the least."""
        found: list[tuple[Any, Ref]] = []
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
            found.append((self.search.space.place(block, chosen), (place.at, chosen)))
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

    def _together(self, family: Options) -> Iterator[list[Any]]:
        """The goal, and each limit, that alone stands in the way, with a variant that shows it."""
        beating: list[Record] = []
        for place, allowed in self.places(family):
            if not place.is_broken:
                front = place.front(self.search.order(()), allowed)
                beating += [each for each in place.records(front) if place.beats(each)]
        if self.search.space.goal is not None and beating:
            _, best = in_order(beating, self.search.limits)[0]
            yield ["goal", "", _plain(self.ref(best))]
        for name in self.search.space.resources:
            if name in self.search.space.limits:
                least = self._least_that_meets(family, name)
                if least is not None:
                    yield ["limit", name, _plain(self.ref(least))]

    def _least_that_meets(self, family: Options, resource: str) -> Record | None:
        """A variant of the least use of a resource that meets where that has no limit."""
        limits = {n: most for n, most in self.search.space.limits.items() if n != resource}
        column = self.search.amounts.column(resource)
        found = [
            record
            for place, allowed in self.places(family)
            if not place.is_broken
            for record in place.records(
                place.front(self.search.order((resource,)), allowed, limits=limits)
            )
            if place.wins(record)
        ]
        return min(found, key=lambda record: record.uses[column], default=None)

    # Numbers by which alone a variant would meet

    def _numbers(self, family: Options) -> Iterator[list[Any]]:
        design = self.search.space.design
        named: set[str] = set()
        both: set[str] = set()
        rising: set[str] = set()
        for place, _ in self.places(family):
            if place.is_broken:
                continue
            own = place.modules(False).side.parameters
            named |= own - set(design.choices[place.block.choice].set)
            both |= own & place.rival_parameters
            side = place.modules(False).side
            values = {each: design.parameters[each].value for each in own}
            rising |= {n for n, v in values.items() if raising(v, side.way(n)) is not None}
        for name in design.parameters:
            entry = design.parameters[name]
            if name in named - both and not entry.is_decision and name in rising:
                found = self._above(family, name)
                if found is not None:
                    yield ["parameter", name, _plain(self.ref(found))]

    def _above(self, family: Options, name: str) -> Record | None:
        """The variant whose number would have to exceed the least: until none betters it."""
        found: float | None = None
        by: Record | None = None
        raised = Raising(self.search.space.design.parameters[name].value)
        value = raised.value(raised.ends[1])
        for _ in range(_MOST_ROUNDS):
            best: float | None = None
            bettering: Record | None = None
            for place, allowed in self.places(family):
                if not place.is_broken and name not in place.own_settings:
                    record = place.best_with(self.search.order(()), allowed, name, value)
                    if record is not None and place.wins(record):
                        bound = self.exactly(place, record, name)
                        if bound is not None and (best is None or bound < best):
                            best, bettering = bound, record
            if best is None or (found is not None and best >= found):
                return by
            found, by, value = best, bettering, raised.value(best)
        return by

    def shows(self, ref: Sequence[Any], name: str) -> float | None:
        """What a number would have to exceed for the variant that plain data names."""
        place = self.search.places[ref[0]]
        return self.exactly(place, place.record(tuple(ref[1])), name)

    def exactly(self, place: Place, record: Record, name: str) -> float | None:
        """What a number would have to exceed for one variant, rounded up."""
        choice = place.block.choice
        design = variant_design(self.search.space.design, choice, record.options)
        study = Study(design, limits=lambda: self.search.limits)
        return least_that_meets(threshold(study, choice, name, satisfied=False))


def _allowed(place: Place, family: Options) -> Allowed | None:
    """What a family takes in a block; None where it has no variant there."""
    allowed = allowed_in(place.block, family)
    if allowed is None:
        return None
    axes = place.block.axes
    return {axes[at].name: numbers for at, numbers in allowed.items() if len(axes[at].options) > 1}


def _plain(ref: Ref | None) -> list[Any] | None:
    return None if ref is None else [ref[0], list(ref[1])]


def proving_of(question: Question, limits: Limits) -> Proving:
    """A search for a question, and what it tells of families."""
    design = with_item_numbers(question.design)
    pinned = spanning(design, question.choices)
    space = Space(design, question.choices, question.goal, question.limits, pinned)
    return Proving(Search(space, limits, question.labels))
