"""Walks over a large diagram, level by level, each with a proven bound on its error.

Where the values of all variables are known closely, a walk is one in double words; where one of
them is a range, its two ends. What neither holds is left to balls, node by node.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from flint import arb

from vreltui.engine.balls import WORKING_BITS, ZERO, PairOfBalls, precision_now
from vreltui.engine.double_words import (
    LEAST,
    LOST_BELOW,
    LOST_BY_PRODUCT,
    LOST_BY_READING,
    LOST_BY_SUM,
    Words,
    difference,
    exact_sum,
    of_ball,
    product,
    to_ball,
    total,
)
from vreltui.engine.levelled_diagram import ALWAYS, FIRST, NEVER, Level, LevelledDiagram

_MARGIN = 1.01
"""More than what products of errors add to their sums."""

_RANGE_BITS = 24
"""Bits that a value may have lost and is no range yet."""

_SURE = 1 - 2.0**-50
"""More than what a few roundings of doubles lose, relatively."""


def pair_of(diagram: LevelledDiagram, root: int, given: Sequence[PairOfBalls]) -> PairOfBalls:
    """The chance that ``root`` holds, and its complement; ``given`` are those of the variables."""
    known = _walk(diagram, given)
    if known is not None:
        return known.pair(root)
    if precision_now() <= WORKING_BITS and any(_is_range(side) for pair in given for side in pair):
        return _between_ends(diagram, root, given)
    # Every root is asked for in turn, with the same values.
    sides = tuple(side for pair in given for side in pair)
    bits, last = precision_now(), diagram.last_pairs
    if (
        last is None
        or last[0] != bits
        or any(a is not b for a, b in zip(last[1], sides, strict=True))
    ):
        last = diagram.last_pairs = bits, sides, diagram.pairs((ZERO, arb(1)), given)
    return last[2][root]


def slopes_of(diagram: LevelledDiagram, root: int, given: Sequence[PairOfBalls]) -> list[arb]:
    """The derivative of ``root`` by the chance of each variable; by none that nothing decides."""
    known = _walk(diagram, given)
    if known is not None:
        return known.slopes(root)
    return _slopes_in_balls(diagram, root, given)


def _walk(diagram: LevelledDiagram, given: Sequence[PairOfBalls]) -> _DoubledWalk | None:
    """The walk in double words; None where these are too few, or the values too small or wide.

    The last one is kept, since its derivatives and other roots are asked for next.
    """
    if precision_now() > WORKING_BITS:
        return None
    last = diagram.last_walk
    if isinstance(last, _DoubledWalk) and all(
        a is c and b is d for (a, b), (c, d) in zip(last.given, given, strict=True)
    ):
        return last
    if not all(_is_known(side) for pair in given for side in pair):
        return None
    diagram.last_walk = walk = _DoubledWalk(diagram, given)
    return walk


def _is_known(value: arb) -> bool:
    """Whether double words can stand for a ball."""
    if value.is_zero():
        return True
    return not _is_range(value) and bool(value > LEAST and value < 2)


def _is_range(value: arb) -> bool:
    known = precision_now() - _RANGE_BITS
    return bool(not value.is_zero() and value.rel_accuracy_bits() < known)


class _DoubledWalk:
    """The pairs of all nodes in double words. ``relative`` is how far each may be off.

    Each level multiplies by a value and adds once: a product of non-negative numbers and a sum of
    them keep relative errors, which therefore add up over the levels. Below :data:`LEAST` an error
    of :data:`LOST_BELOW` a level comes to that, which the levels above weigh by chances.
    """

    def __init__(self, diagram: LevelledDiagram, given: Sequence[PairOfBalls]) -> None:
        self.diagram = diagram
        self.given = tuple(given)
        self._works = [of_ball(works) for works, _ in given]
        self._fails = [of_ball(fails) for _, fails in given]
        accuracy = min((_accuracy(side) for pair in given for side in pair), default=WORKING_BITS)
        self._read = 2.0 ** (1 - accuracy) + LOST_BY_READING
        levels = len(diagram.levels)
        self.relative = _MARGIN * levels * (self._read + LOST_BY_PRODUCT + LOST_BY_SUM)
        self.least = levels * 4 * LOST_BELOW
        count = len(diagram.high)
        self.r: Words = (np.zeros(count), np.zeros(count))
        self.q: Words = (np.zeros(count), np.zeros(count))
        self.r[0][ALWAYS] = self.q[0][NEVER] = 1.0
        for level in diagram.levels:
            self._decide(level, self.r)
            self._decide(level, self.q)

    def _decide(self, level: Level, side: Words) -> None:
        high = self.diagram.high[level.first : level.end]
        low = self.diagram.low[level.first : level.end]
        near, rest = total(
            product(_taken(side, high), self._works[level.variable]),
            product(_taken(side, low), self._fails[level.variable]),
        )
        side[0][level.first : level.end] = near
        side[1][level.first : level.end] = rest

    def pair(self, root: int) -> PairOfBalls:
        """The chance of one root and its complement."""
        return self._ball(self.r, root), self._ball(self.q, root)

    def _ball(self, side: Words, root: int) -> arb:
        words = float(side[0][root]), float(side[1][root])
        if root <= ALWAYS:
            return to_ball(words, 0.0)
        return to_ball(words, words[0] * self.relative * _MARGIN + self.least)

    def slopes(self, root: int) -> list[arb]:
        """The derivative of ``root`` by each variable, from the chances that nodes are met.

        That a node is met is a sum over those that read it; what it then decides is a difference,
        taken on the side that loses fewer digits.
        """
        found = [ZERO] * len(self.given)
        if root <= ALWAYS:
            return found
        met: Words = (np.zeros(len(self.diagram.high)), np.zeros(len(self.diagram.high)))
        met[0][root] = 1.0
        rounds = int(np.diff(self.diagram.readers.start[FIRST:]).max(initial=1)).bit_length()
        off = (
            _MARGIN
            * len(self.diagram.levels)
            * (self._read + LOST_BY_PRODUCT + LOST_BY_SUM * rounds)
        )
        for level in reversed(self.diagram.levels):
            if level.first < root:
                self._meet(level, met, root)
            if level.first <= root:
                found[level.variable] = self._slope(level, met, off)
        return found

    def _meet(self, level: Level, met: Words, root: int) -> None:
        """The chance that each node of a level is met, by those above that lead to it."""
        start, reader, by_low = self.diagram.readers
        edges = slice(start[level.first], start[level.end])
        above, low = reader[edges], by_low[edges]
        variables = self.diagram.variable[above]
        works, fails = self._columns
        weight: Words = (
            np.where(low, fails[0][variables], works[0][variables]),
            np.where(low, fails[1][variables], works[1][variables]),
        )
        come = product(_taken(met, above), weight)
        near, rest = _sums(come, start[level.first : level.end + 1] - start[level.first])
        met[0][level.first : level.end] = near
        met[1][level.first : level.end] = rest
        if level.first <= root < level.end:
            met[0][root], met[1][root] = 1.0, 0.0

    @cached_property
    def _columns(self) -> tuple[Words, Words]:
        """The values of all variables as arrays: that they hold, and that they do not."""
        return _columns_of(self._works), _columns_of(self._fails)

    def _slope(self, level: Level, met: Words, off: float) -> arb:
        high = self.diagram.high[level.first : level.end]
        low = self.diagram.low[level.first : level.end]
        here: Words = (met[0][level.first : level.end], met[1][level.first : level.end])
        by_r = difference(_taken(self.r, high), _taken(self.r, low))
        by_q = difference(_taken(self.q, low), _taken(self.q, high))
        size_r = self.r[0][high] + self.r[0][low]
        size_q = self.q[0][high] + self.q[0][low]
        smaller = size_r <= size_q
        decided: Words = (
            np.where(smaller, by_r[0], by_q[0]),
            np.where(smaller, by_r[1], by_q[1]),
        )
        terms = product(here, decided)
        lost = float((here[0] * np.minimum(size_r, size_q)).sum()) * (
            self.relative + LOST_BY_SUM
        ) + float(np.abs(terms[0]).sum()) * (off + LOST_BY_PRODUCT + 4 * LOST_BY_SUM)
        # Each node's own error below the least is no more than one level's, and so is its sum's.
        return to_ball(exact_sum(terms), lost * _MARGIN * _MARGIN + self.least * len(high) * 4)


def _columns_of(values: list[Words]) -> Words:
    return np.array([near for near, _ in values]), np.array([rest for _, rest in values])


def _accuracy(value: arb) -> int:
    return WORKING_BITS if value.is_zero() else min(int(value.rel_accuracy_bits()), 1000)


def _taken(side: Words, where: Any) -> Words:
    return side[0][where], side[1][where]


def _sums(terms: Words, start: Any) -> Words:
    """The sums of terms that stand side by side, each from one start to the next, by halving."""
    lengths = np.diff(start)
    first = start[:-1]
    while lengths.max(initial=0) > 1:
        halves = (lengths + 1) // 2
        after = np.cumsum(halves) - halves
        inside = np.arange(int(halves.sum())) - np.repeat(after, halves)
        one = np.repeat(first, halves) + 2 * inside
        paired = 2 * inside + 1 < np.repeat(lengths, halves)
        other = np.where(paired, one + 1, one)
        more: Words = (
            np.where(paired, terms[0][other], 0.0),
            np.where(paired, terms[1][other], 0.0),
        )
        terms = total(_taken(terms, one), more)
        first, lengths = after, halves
    if len(terms[0]) == 0:
        return np.zeros(len(lengths)), np.zeros(len(lengths))
    there = lengths > 0
    taken = np.where(there, first, 0)
    return np.where(there, terms[0][taken], 0.0), np.where(there, terms[1][taken], 0.0)


def _between_ends(diagram: LevelledDiagram, root: int, given: Sequence[PairOfBalls]) -> PairOfBalls:
    """The least and the greatest pair over ranges, as balls would have them, in plain doubles."""
    sides = []
    for side in range(2):
        least, most = np.zeros(len(diagram.high)), np.zeros(len(diagram.high))
        least[ALWAYS - side] = most[ALWAYS - side] = 1.0
        for variable, first, end in diagram.levels:
            high, low = diagram.high[first:end], diagram.low[first:end]
            (works_least, works_most), (fails_least, fails_most) = map(_ends, given[variable])
            least[first:end] = (works_least * least[high] + fails_least * least[low]) * _SURE
            most[first:end] = (works_most * most[high] + fails_most * most[low]) / _SURE
        # What lies below the least double is lost, at both ends.
        lower = max(0.0, float(least[root]) - LEAST)
        sides.append(arb(lower).union(arb(float(most[root]) + LEAST)))
    return sides[0], sides[1]


def _ends(value: arb) -> tuple[float, float]:
    """The ends of a ball that holds a chance, rounded outward."""
    return (
        max(0.0, float(value.lower()) * _SURE - LEAST),
        float(value.upper()) / _SURE + LEAST,
    )


def _slopes_in_balls(
    diagram: LevelledDiagram, root: int, given: Sequence[PairOfBalls]
) -> list[arb]:
    """As :func:`slopes_of`, node by node."""
    works: list[Any] = [ZERO, arb(1)]
    fails: list[Any] = [arb(1), ZERO]
    nodes = list(diagram.nodes)
    for variable, high, low in nodes:
        r, q = given[variable]
        works.append(r * works[high] + q * works[low])
        fails.append(r * fails[high] + q * fails[low])
    met = [ZERO] * len(works)
    met[root] = arb(1)
    found = [ZERO] * len(given)
    for number in range(root, FIRST - 1, -1):
        here = met[number]
        if here is ZERO:
            continue
        variable, high, low = nodes[number - FIRST]
        r, q = given[variable]
        by_r, by_q = works[high] - works[low], fails[low] - fails[high]
        found[variable] = found[variable] + here * (by_r if by_r.rad() <= by_q.rad() else by_q)
        met[high] = met[high] + here * r
        met[low] = met[low] + here * q
    return found
