"""What one instance of each node does to the root: the figures behind every importance.

One walk up finds the pair of each part; one walk down, what becomes of the root where a part works
and where it fails. Where a difference has to be taken, its sign or its being zero is known from the
structure, and the walk is repeated at more bits until it has digits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import is_
from typing import Any, TypeVar

from flint import arb

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.ball_arithmetic import BallArithmetic
from vreltui.engine.balls import ONE, ZERO, PairOfBalls, accurate, precision
from vreltui.engine.gate_graph import Gate
from vreltui.engine.structure.building import Structure
from vreltui.engine.structure.diagrams import Diagram, Inner
from vreltui.engine.structure.parts import Event, Part, Possible

E = TypeVar("E")

TINY = arb(2) ** -1080
"""What is certainly smaller is 0 as a double."""

Given = Callable[[Gate, int], PairOfBalls]
"""The pair of the component at a gate, at a precision."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What one instance does to the root.

    ``decides`` is the chance that it decides whether the root works, ``gains`` what the root gains
    where it is replaced by what always works, ``with_works`` and ``with_fails`` the root's pair
    where it is replaced, and ``both_fail`` the chance that it and the root fail.
    """

    decides: arb
    gains: arb
    with_works: PairOfBalls
    with_fails: PairOfBalls
    both_fail: arb

    def settled(self) -> Effect:
        """The same, with 0 for what is certainly too small to matter.

        Where repairing can hurt, a difference may vanish that nothing in the structure tells of.
        """
        if self.is_accurate:
            return self
        return Effect(
            _settled(self.decides),
            _settled(self.gains),
            (self.with_works[0], _settled(self.with_works[1])),
            (self.with_fails[0], _settled(self.with_fails[1])),
            _settled(self.both_fail),
        )

    @property
    def is_accurate(self) -> bool:
        """Whether every figure that an importance needs has its digits."""
        needed = (self.decides, self.gains, self.with_works[1], self.with_fails[1], self.both_fail)
        return all(map(accurate, needed))


@dataclass(frozen=True, slots=True)
class _Context:
    """What one place in the structure does to the root."""

    decides: arb
    works: PairOfBalls
    fails: PairOfBalls


_TOP = _Context(ONE, (ONE, ZERO), (ZERO, ONE))

Place = tuple[Part, int]
"""A part, and which of those below it is meant."""


class Reading:
    """A structure with values, at one precision.

    ``before`` is a reading of the same structure at the same precision: what has the same values
    below it as there is taken from it.
    """

    def __init__(
        self,
        structure: Structure,
        order: list[Part],
        given: Given,
        bits: int,
        before: Reading | None = None,
    ) -> None:
        self.structure = structure
        self.bits = bits
        self._order = order
        self._below: dict[Part, list[PairOfBalls]] = {}
        self._critical: dict[Part, list[arb]] = {}
        self._inner_effects: dict[Inner, Effect] = {}
        self._cut: dict[Part, arb] = {structure.root: ONE}
        self._lost: dict[Part, arb] = {}
        if before is not None and (before.structure is not structure or before.bits != bits):
            raise ValueError("a reading before has the same structure and precision")
        with precision(bits):
            if before is None:
                self.pairs = walk_up(order, BallArithmetic(), lambda gate: given(gate, bits))
            else:
                self.pairs = self._walk_up_after(before, given)
            self.possible = self._possible()
            self.contexts, self.places = self._walk_down()

    @property
    def root(self) -> PairOfBalls:
        """The pair of the root."""
        return self.pairs[self.structure.root]

    def effect(self, part: Part) -> Effect:
        """What a part does, in the one of its places where it decides most."""
        context = self.contexts[part]
        q = self.pairs[part][1]
        with precision(self.bits):
            return Effect(
                context.decides,
                q * context.decides,
                context.works,
                context.fails,
                q * context.fails[1],
            )

    def inner_effect(self, diagram: Diagram, inner: Inner) -> Effect:
        """What a node inside a diagram does."""
        found = self._inner_effects.get(inner)
        if found is None:
            found = self._inner_effects[inner] = self._find_inner_effect(diagram, inner)
        return found

    def _find_inner_effect(self, diagram: Diagram, inner: Inner) -> Effect:
        context = self.contexts[diagram]
        given = [self.pairs[diagram.children[atom]] for atom in inner.order]
        ids = inner.certain([self.possible[child] for child in diagram.children])
        with precision(self.bits):
            whole, works, fails, alone, either = inner.pairs(BallArithmetic(), given)
            decides = ZERO if ids[1] == ids[2] else difference(works, fails)
            gains = ZERO if ids[1] == ids[0] else difference(works, whole)
            spared = ZERO if ids[3] == ids[4] else difference(either, alone)
            return Effect(
                context.decides * decides,
                context.decides * gains,
                _mixed(works, context),
                _mixed(fails, context),
                spared * context.works[1] + either[1] * context.fails[1],
            )

    def cut_chance(self, part: Part) -> arb:
        """The chance that some minimal cut with this component in it has failed.

        What never works is in none: the cuts are those of what is left where it has failed.
        """
        if not self.possible[part][0]:
            return ZERO
        with precision(self.bits):
            return self.pairs[part][1] * self._cut_above(part)

    def cut_chance_inside(self, diagram: Diagram, line: int) -> arb:
        """The same of a node inside a diagram: of cuts with any part in them that it depends on."""
        pairs = [self.pairs[child] for child in diagram.children]
        with precision(self.bits):
            return diagram.cut_by_any(line, pairs) * self._cut_above(diagram)

    def _cut_above(self, part: Part) -> arb:
        """The chance that what is beside a part and those above it has failed in cuts with it."""
        missing = []
        while part not in self._cut:
            missing.append(part)
            part = self.places[part][0]
        chance = self._cut[part]
        for below in reversed(missing):
            above, index = self.places[below]
            beside = above.cut_beside(index, self._pairs_below(above), self._lost[below])
            chance = self._cut[below] = chance * beside
        return chance

    def _pairs_below(self, part: Part) -> list[PairOfBalls]:
        found = self._below.get(part)
        if found is None:
            found = self._below[part] = [self.pairs[child] for child in part.children]
        return found

    def _possible(self) -> Mapping[Part, tuple[bool, bool]]:
        """What is possible of each part: the same as before where it is so of all events."""
        ends = [
            (r.is_zero(), q.is_zero())
            for part, (r, q) in self.pairs.items()
            if isinstance(part, Event)
        ]
        known = self.structure.possible
        if known is None or known[0] != ends:
            given = {part.gate: self.pairs[part] for part in self._order if isinstance(part, Event)}
            known = self.structure.possible = ends, possible(self._order, given.__getitem__)
        return known[1]

    def _walk_up_after(self, before: Reading, given: Given) -> dict[Part, PairOfBalls]:
        """The pair of every part: the very same as before where all below it are."""
        found: dict[Part, PairOfBalls] = {}
        for part in self._order:
            old = before.pairs[part]
            if isinstance(part, Event):
                pair = given(part.gate, self.bits)
                found[part] = old if pair[0] is old[0] and pair[1] is old[1] else pair
                continue
            below = [found[child] for child in part.children]
            if all(map(is_, below, before._pairs_below(part))):
                found[part] = old
                self._below[part] = before._below[part]
                if part in before._critical:
                    self._critical[part] = before._critical[part]
            else:
                self._below[part] = below
                found[part] = part.pair(BallArithmetic(), below)
        return found

    def _walk_down(self) -> tuple[dict[Part, _Context], dict[Part, Place]]:
        contexts: dict[Part, _Context] = {self.structure.root: _TOP}
        places: dict[Part, Place] = {}
        for part in reversed(self._order):
            above = contexts[part]
            for index, child in enumerate(part.children):
                decides = self._decided(part, index)
                known = contexts.get(child)
                chance = above.decides * decides
                if known is None or chance.mid() > known.decides.mid():
                    works, fails = self._beside(part, index, decides)
                    mixed = _mixed(works, above), _mixed(fails, above)
                    contexts[child] = _Context(chance, *mixed)
                    places[child] = part, index
                    self._lost[child] = fails[1]
        return contexts, places

    def _decided(self, part: Part, index: int) -> arb:
        """The chance that a part decides about the one directly above it."""
        found = self._critical.get(part)
        if found is None:
            critical = part.critical(BallArithmetic(), self._pairs_below(part))
            found = self._critical[part] = list(critical)
        if _unsure(found[index]) and part.idle(index, self._able(part)):
            found[index] = ZERO
        return found[index]

    def _able(self, part: Part) -> Possible:
        return [self.possible[child] for child in part.children]

    def _beside(self, part: Part, index: int, decides: arb) -> tuple[PairOfBalls, PairOfBalls]:
        """The pair of a part where one below it works, and where that fails."""
        r, q = self.pairs[part]
        own_r, own_q = self.pairs[part.children[index]]
        works = (r + own_q * decides, q - own_q * decides)
        fails = (r - own_r * decides, q + own_r * decides)
        if _unsure(works[1]) and part.saved_by(index, self._able(part)):
            works = (ONE, ZERO)
        if _unsure(fails[0]) and part.lost_with(index, self._able(part)):
            fails = (ZERO, ONE)
        return works, fails


def _settled(value: arb) -> arb:
    return ZERO if _unsure(value) and abs(value) < TINY else value


def _unsure(value: arb) -> bool:
    """Whether a number may be 0, and is not known to be."""
    return bool(value.contains(0)) and not value.is_zero()


def _mixed(pair: PairOfBalls, above: _Context) -> PairOfBalls:
    """The pair of the root where that of a part is known."""
    r, q = pair
    return (
        r * above.works[0] + q * above.fails[0],
        r * above.works[1] + q * above.fails[1],
    )


def difference(more: PairOfBalls, less: PairOfBalls) -> arb:
    """R - R' from the side that loses fewer digits."""
    by_r, by_q = more[0] - less[0], less[1] - more[1]
    return by_r if by_r.rad() <= by_q.rad() else by_q


def walk_up(
    order: list[Part], arithmetic: Arithmetic[E], given: Callable[[Gate], tuple[E, E]]
) -> dict[Part, tuple[E, E]]:
    """The pair of every part, in any arithmetic."""
    found: dict[Part, tuple[E, E]] = {}
    for part in order:
        if isinstance(part, Event):
            found[part] = given(part.gate)
        else:
            found[part] = part.pair(arithmetic, [found[child] for child in part.children])
    return found


def possible(
    order: list[Part], given: Callable[[Gate], PairOfBalls]
) -> dict[Part, tuple[bool, bool]]:
    """Whether each part may work, and whether it may fail, with certainty.

    In whole numbers: sums and products of what is not negative are 0 only where all of it is.
    """

    def ends(gate: Gate) -> tuple[int, int]:
        r, q = given(gate)
        return int(not r.is_zero()), int(not q.is_zero())

    pairs = walk_up(order, Arithmetic(0, 1), ends)
    return {part: (r > 0, q > 0) for part, (r, q) in pairs.items()}


def chain(
    reading: Reading, pairs: Mapping[Part, tuple[E, E]], arithmetic: Arithmetic[E]
) -> dict[Part, E]:
    """The chance that each part decides about the root, in any arithmetic.

    In the place that ``reading`` has found to decide most.
    """
    found: dict[Part, Any] = {reading.structure.root: arithmetic.one}
    critical: dict[Part, Any] = {}
    wanted: dict[Part, set[int]] = {}
    for above, index in reading.places.values():
        wanted.setdefault(above, set()).add(index)
    for part in reversed(list(pairs)):
        if part in reading.places:
            above, index = reading.places[part]
            if above not in critical:
                below = [pairs[child] for child in above.children]
                critical[above] = above.critical(arithmetic, below, wanted[above])
            found[part] = found[above] * critical[above][index]
    return found
