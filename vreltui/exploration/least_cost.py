"""The least that a reliability costs in any structure, certified by boxes of unreliabilities.

Over a box what is paid is bounded from below by Lagrange's relaxation: paid + m (Q - Q_goal) is
below what is paid wherever the goal is kept, for any m from 0 on. It is expanded around one point,
by the logarithms of the unreliabilities, with bounds of all second derivatives over the box, and
what is left of it is least in each coordinate by itself (C. Adjiman and others, "A global
optimization method, alpha-BB", 1998). A box in which no bound is enough is halved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from flint import arb

from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.program import Source
from vreltui.engine.walk import update
from vreltui.exploration.cost_laws import INEXACT, CostLaw
from vreltui.exploration.curved_ranges import (
    Curved,
    CurvedArithmetic,
    Ends,
    Numbers,
    constant,
    down,
    of_unreliability,
    plus,
    scaled,
    up,
)

_AT_ONCE = 1024
_MOST_BOXES = 200_000
_ROUNDED = 1e-12
_BITS = 64


@dataclass
class Costs:
    """What fails and what is paid, as functions of the unreliabilities of some parameters.

    Every array of unreliabilities has a row a parameter and a column a point.
    """

    evaluation: Evaluation
    names: Sequence[str]
    laws: Sequence[CostLaw]

    @cached_property
    def _places(self) -> dict[Source, int]:
        return {Source(name, is_parameter=True): at for at, name in enumerate(self.names)}

    @cached_property
    def _moving(self) -> list[int]:
        """The slots that move with the parameters, in order."""
        program = self.evaluation.program
        leaves = {leaf for source in self._places for leaf in program.leaves[source]}
        return sorted(leaves.union(program.dependents(tuple(leaves))))

    @cached_property
    def _standing(self) -> tuple[list[Curved], list[Curved]]:
        """The pairs of all slots with the present values, of which what moves is not read."""
        r, q = self.evaluation.pairs(_BITS)
        return list(map(_constant, r)), list(map(_constant, q))

    def _walked(self, given: dict[Source, tuple[Curved, Curved]]) -> Curved:
        balls = self.evaluation.given(_BITS)

        def pair(source: Source) -> tuple[Curved, Curved]:
            if source not in given:
                r, q = balls(source)
                given[source] = _constant(r), _constant(q)
            return given[source]

        program = self.evaluation.program
        r, q = (list(side) for side in self._standing)
        update(program, CurvedArithmetic(), pair, self.evaluation.count, r, q, self._moving)
        return q[program.root]

    def curved(self, low: Numbers, high: Numbers) -> Curved:
        """What fails between two unreliabilities each, with derivatives by their logarithms."""
        of = len(self.names)
        given = {
            source: of_unreliability(at, of, low[at], high[at])
            for source, at in self._places.items()
        }
        return self._walked(given)

    def fails(self, q: Numbers) -> Numbers:
        """A lower bound of what fails at some points."""
        given = {}
        for source, at in self._places.items():
            r = down(1.0 - q[at]), up(1.0 - q[at])
            given[source] = Curved(r), Curved((q[at], q[at]))
        return self._walked(given).value[0]

    def paid(self, q: Numbers) -> Numbers:
        """What some points cost, to doubles."""
        return np.asarray(sum(law.at(row) for law, row in zip(self.laws, q, strict=True)))

    def each_paid(self, q: Numbers) -> Numbers:
        """The same by parameter."""
        return np.stack([law.at(row) for law, row in zip(self.laws, q, strict=True)])

    def slopes(self, q: Numbers) -> Numbers:
        """How fast what each costs moves with the logarithm of its unreliability."""
        return np.stack([law.slope(row) for law, row in zip(self.laws, q, strict=True)])

    def bends(self, q: Numbers) -> Numbers:
        """The second derivatives."""
        return np.stack([law.bend(row) for law, row in zip(self.laws, q, strict=True)])


@dataclass(frozen=True)
class Proof:
    """Whether nothing in some boxes that fails at most ``goal`` costs below ``enough``.

    ``near`` is where the least is thought to be. Raises :class:`Undecided` where neither is found.
    """

    costs: Costs
    goal: float
    enough: float
    near: Numbers
    limits: Limits

    def cheaper(self, low: Numbers, high: Numbers) -> Numbers | None:
        """None where it is proven; else a point that keeps the goal and costs less.

        ``low`` and ``high`` have a column for each box in which such a point may lie.
        """
        boxes = [(low, high)]
        looked = 0
        while boxes:
            self.limits.check_time("the search for what reliability costs")
            lows, highs = boxes.pop()
            looked += lows.shape[1]
            if looked > _MOST_BOXES:
                raise Undecided(
                    f"what {', '.join(self.costs.names)} cost was not certified "
                    f"by {_MOST_BOXES:,} boxes of values"
                )
            lows, highs = self._within_reach(lows, highs)
            if not lows.shape[1]:
                continue
            middle = self._middle(lows, highs)
            at = self.costs.curved(middle, middle)
            cheap = (at.value[1] < self.goal) & (self.costs.paid(middle) < self.enough)
            if cheap.any():
                found = np.where(cheap, self.costs.paid(middle), np.inf)
                return np.asarray(middle[:, int(np.argmin(found))])
            bound, matters = self._bounds(lows, highs, middle, at)
            left = ~(bound >= self.enough)
            boxes += _halved(lows[:, left], highs[:, left], matters[:, left])
        return None

    def _within_reach(self, low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
        """The boxes without what costs too much, or fails too much, whatever the rest is."""
        least = self.costs.each_paid(high) * (1 - INEXACT)
        others = least.sum(axis=0) * (1 - INEXACT) - least
        reached = [
            law.least(np.maximum(self.enough - other, 0.0)) * (1 - INEXACT)
            for law, other in zip(self.costs.laws, others, strict=True)
        ]
        low = np.maximum(low, np.stack(reached))
        inside = (low <= high).all(axis=0) & (least.sum(axis=0) * (1 - INEXACT) < self.enough)
        low, high = low[:, inside], high[:, inside]
        if not low.shape[1]:
            return low, high
        keeps = self.costs.fails(low) <= self.goal
        return low[:, keeps], high[:, keeps]

    def _middle(self, low: Numbers, high: Numbers) -> Numbers:
        """The point where the least is thought to be, in boxes that hold it; else the middle."""
        near = self.near[:, None]
        inside = ((low <= near) & (near <= high)).all(axis=0)
        middle = np.clip(np.sqrt(low * high), low, high)
        return np.where(inside, near, middle)

    def _bounds(
        self, low: Numbers, high: Numbers, middle: Numbers, at: Curved
    ) -> tuple[Numbers, Numbers]:
        """A lower bound of what is paid in each box, and how much each side of it matters."""
        costs = self.costs
        over = costs.curved(low, high)
        assert at.slope is not None
        assert over.bend is not None
        before = down(np.log(low / middle)) - _ROUNDED
        after = up(np.log(high / middle)) + _ROUNDED
        paid = costs.paid(middle)
        paid = paid - abs(paid) * INEXACT
        slope = costs.slopes(middle)
        slopes = slope * (1 + INEXACT), slope * (1 - INEXACT)
        bends = costs.bends(high) * (1 - INEXACT)
        gap = down(at.value[0] - self.goal)
        best = np.full(low.shape[1], -np.inf)
        matters = np.zeros_like(low)
        rates = np.maximum(-slope / np.maximum(at.slope[1], 1e-300), 0.0)
        for rate in (*rates, np.median(rates, axis=0)):
            by = (rate, rate)
            first = plus(slopes, scaled(at.slope, by))
            second = scaled(over.bend, by)
            for row in range(len(low)):
                # What lies on the diagonal can only help: its lower end is enough.
                second[0][row, row] = down(second[0][row, row] + bends[row])
                second[1][row, row] = second[0][row, row]
            weighed = down(rate * gap)
            curving = _curving(second, after - before)
            rest = _least(first, curving, before, after)
            bound = down(paid + weighed + rest.sum(axis=0) - abs(rest).sum(axis=0) * _ROUNDED)
            sides = after - before
            curved = (np.maximum(abs(second[0]), abs(second[1])) * sides).sum(axis=1) * sides
            matters = np.where(bound > best, curved, matters)
            best = np.maximum(best, bound)
        return best, matters


def _constant(side: arb) -> Curved:
    """A ball as an interval of doubles."""
    low, high = down(float(side.lower())), up(float(side.upper()))
    return constant(max(float(low), 0.0), float(high))


def _curving(second: Ends, sides: Numbers) -> Numbers:
    """For each coordinate, what its square is at least worth of the second derivatives.

    Of two ways the better: by rows, as of a matrix with a strong diagonal, or by the least
    eigenvalue of the middle less how far all else may be from it; coordinates are measured by the
    sides of the box.
    """
    low, high = second
    of = len(low)
    sides = np.maximum(sides, 1e-12)
    largest = np.maximum(abs(low), abs(high))
    rows = np.stack([
        low[i, i] - sum(largest[i, j] * (sides[j] / sides[i]) for j in range(of) if j != i)
        for i in range(of)
    ])  # fmt: skip
    scale = sides[:, None] * sides[None, :]
    with np.errstate(invalid="ignore", over="ignore"):
        middle = np.moveaxis((low / 2 + high / 2) * scale, 2, 0)
        radius = np.moveaxis((high - low) / 2 * scale, 2, 0)
    fine = np.isfinite(middle).all(axis=(1, 2)) & np.isfinite(radius).all(axis=(1, 2))
    least = np.full(len(middle), -np.inf)
    if fine.any():
        found = np.linalg.eigvalsh(middle[fine])
        spread = radius[fine].sum(axis=2).max(axis=1)
        rounded = abs(middle[fine]).sum(axis=2).max(axis=1) * _ROUNDED
        least[fine] = found[:, 0] - spread * (1 + _ROUNDED) - rounded
    rows = rows - largest.sum(axis=1) * _ROUNDED
    whole = least / (sides * sides)
    return np.where((rows * sides * sides).min(axis=0) >= least, rows, whole)


def _least(first: Ends, curving: Numbers, low: Numbers, high: Numbers) -> Numbers:
    """The least of first d + curving d**2 / 2 over the box, by coordinate."""

    def at(d: Numbers) -> Numbers:
        straight = np.minimum(first[0] * d, first[1] * d)
        bent = curving * d * d / 2
        return np.asarray(straight + bent - (abs(straight) + abs(bent)) * _ROUNDED)

    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        ends = np.minimum(at(low), at(high))
        # Inside it may be least where it is level, which is below on either side of the slopes.
        inside = [
            np.where(curving > 0, -(slope * slope) / (2 * curving) * (1 + 4 * _ROUNDED), 0.0)
            for slope in first
        ]
        levels = [np.where(curving > 0, -slope / curving, 0.0) for slope in first]
    least = np.minimum(ends, 0.0)
    for value, level in zip(inside, levels, strict=True):
        slack = abs(level) * 1e-9
        is_inside = (curving > 0) & (level >= low - slack) & (level <= high + slack)
        least = np.where(is_inside, np.minimum(least, value), least)
    return np.where(np.isnan(least), -np.inf, least)


def _halved(low: Numbers, high: Numbers, matters: Numbers) -> list[tuple[Numbers, Numbers]]:
    """Each box divided where its bound loses most, in lots."""
    if not low.shape[1]:
        return []
    side = np.argmax(matters, axis=0)
    each = np.arange(low.shape[1])
    parted = np.clip(np.sqrt(low[side, each] * high[side, each]), low[side, each], high[side, each])
    upper, lower = low.copy(), high.copy()
    upper[side, each] = parted
    lower[side, each] = parted
    lows, highs = np.concatenate([low, upper], axis=1), np.concatenate([lower, high], axis=1)
    return [
        (lows[:, start : start + _AT_ONCE], highs[:, start : start + _AT_ONCE])
        for start in range(0, lows.shape[1], _AT_ONCE)
    ]
