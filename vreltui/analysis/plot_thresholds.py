"""The threshold of a probability along a curve, all points at once.

A straight line in the parameter is settled by its values at 0 and 1, which are two rows of one
walk. The turn of a margin that rises or falls throughout is closed in on, all points in step. Where
both sides move on bent lines, and where doubles are not certain, the exact engine is asked.
"""

from __future__ import annotations

from typing import Literal, assert_never

import numpy as np

from vreltui.analysis.plot_curve import (
    LEAST_NORMAL,
    WANTED,
    Curve,
    Flags,
    Margins,
    Numbers,
)
from vreltui.analysis.plot_exact import exact_threshold
from vreltui.analysis.results import Figure
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.laws import Direction, Source, opposite
from vreltui.engine.points import Pairs

SECTIONS = 8
"""Into how many parts each round divides the exponents of two that are left."""

_MOST_STEPS = 30
"""False position takes about ten steps; where it takes more, the exact engine is asked."""

_EXPONENTS = 1000
"""Odds are searched from 2**-1000 to 2**1000: from 1e-301, the least that a design may state."""

Bend = Literal["straight", "rising", "falling", "any"]
"""How the margins run as the parameter grows."""

_Found = tuple[Numbers, Numbers, Flags]
"""Values, their complements (both NaN where there is none), and which of them are certain."""


def probability_thresholds(curve: Curve, parameter: str) -> list[Figure | None]:
    """The bound of the values of ``parameter`` that win, at every point; None where none wins.

    Raises :class:`Undecided` where a point was not found within the limits.
    """
    source = Source(parameter, is_parameter=True)
    bend = _bend(curve, source)
    points = len(curve.xs)
    found: list[Figure | None] = []
    rows = 2 if bend == "straight" else SECTIONS
    step = curve.chunk(rows)
    for start in range(0, points, step):
        part = curve.part(start, start + step)
        if bend == "any":
            value = complement = np.zeros(len(part.xs))
            certain = np.zeros(len(part.xs), dtype=np.bool_)
        elif bend == "straight":
            value, complement, certain = _straight(part, source)
        else:
            value, complement, certain = _bent(part, source, rising=bend == "rising")
        for index in range(len(part.xs)):
            if not certain[index]:
                found.append(exact_threshold(part.at(index), curve.choice, source))
            elif np.isnan(value[index]):
                found.append(None)
            else:
                found.append(Figure(float(value[index]), float(complement[index])))
    return found


def _bend(curve: Curve, source: Source) -> Bend:
    own = _degree(curve, curve.own, source)
    rival: int | None = 0
    if curve.rival is not None and curve.moves_rival(source):
        rival = _degree(curve, curve.rival, source)
    if own in (0, 1) and rival in (0, 1):
        return "straight"
    way: Direction | None = None
    if rival == 0:
        way = curve.own.program.direction(source)
    elif own == 0 and curve.rival is not None:
        way = opposite(curve.rival.program.direction(source))
    match way:
        case 1 | 0:
            return "rising"
        case -1:
            return "falling"
        case None:
            return "any"
        case unknown:
            assert_never(unknown)


def _degree(curve: Curve, evaluation: Evaluation, source: Source) -> int | None:
    """The greatest degree that the root has in the parameter along the curve."""
    counts = curve.xs.counts
    if counts is not None and curve.source in evaluation.program.pools:
        evaluation = Evaluation(
            evaluation.program, {**evaluation.values, curve.source: max(counts)}
        )
    return evaluation.degree(source)


# Straight


def _straight(curve: Curve, source: Source) -> _Found:
    """Intervals of each contest from its margins at 0 and at 1, and what is common to them."""
    ends: Pairs = np.array([[0.0], [1.0]]), np.array([[1.0], [0.0]])
    shape = (len(curve.xs),)
    common = _Common(shape)
    for margins in curve.margins({source: ends}):
        common.meet(_Line(_row(margins, 0, shape), _row(margins, 1, shape)))
    return common.found()


def _row(margins: Margins, row: int, shape: tuple[int, ...]) -> Margins:
    value, error = margins.value, margins.error
    if value.ndim == 2 and value.shape[0] == 2:
        value, error = value[row], error[row]
    value, error = np.broadcast_to(value, shape), np.broadcast_to(error, shape)
    return Margins(value, error, margins.likely)


class _Line:
    """Margins that run straight from one value at 0 to another at 1.

    ``slack`` is how high an end at 0 could lie where the sign at 0 is not certain.
    """

    def __init__(self, at_zero: Margins, at_one: Margins) -> None:
        self.never = at_zero.lost & at_one.lost
        self.from_root = at_zero.lost & at_one.won
        self.to_root = at_zero.won & at_one.lost
        below, above = np.abs(at_zero.value), np.abs(at_one.value)
        width = np.maximum(below + above, LEAST_NORMAL)
        self.root: Pairs = below / width, above / width
        # The error of the ratio, as the magnitudes only add.
        error = (
            at_zero.likely_error / width * self.root[1] + at_one.likely_error / width * self.root[0]
        )
        accurate = error <= WANTED * self.root[0]
        from_about_zero = ~at_zero.won & ~at_zero.lost & at_one.won
        self.slack = np.where(
            from_about_zero & ~at_zero.vanishing, (below + at_zero.error) / width, 0.0
        )
        settled = at_zero.won & at_one.won | self.never | from_about_zero
        self.told: Flags = settled | (self.from_root | self.to_root) & accurate


class _Common:
    """What is common to the intervals of several contests, at every point."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.low: Pairs = np.zeros(shape), np.ones(shape)
        self.high: Pairs = np.ones(shape), np.zeros(shape)
        self.slack = np.zeros(shape)
        self.never = np.zeros(shape, dtype=np.bool_)
        self.doubtful = np.zeros(shape, dtype=np.bool_)

    def meet(self, line: _Line) -> None:
        """Leave what the contest of this line allows too."""
        self.never |= line.never
        self.doubtful |= ~line.told
        self.slack = np.maximum(self.slack, line.slack)
        self.low = _chosen(line.from_root & _greater(line.root, self.low), line.root, self.low)
        self.high = _chosen(line.to_root & _greater(self.high, line.root), line.root, self.high)

    def found(self) -> _Found:
        """The bound to draw: of what must be exceeded, else of what must not be reached."""
        # Where two ends nearly meet, which comes first is not certain.
        doubtful = self.doubtful | _near(self.low, self.high)
        doubtful |= (self.slack > 0) & (self.slack >= self.low[0])
        none = self.never | ~_greater(self.high, self.low)
        below = _chosen(self.high[1] > 0, self.high, (np.zeros(1), np.ones(1)))
        value, complement = _chosen(self.low[0] > 0, self.low, below)
        certain = self.never | ~doubtful
        return np.where(none, np.nan, value), np.where(none, np.nan, complement), certain


def _chosen(flags: Flags, one: Pairs, other: Pairs) -> Pairs:
    return np.where(flags, one[0], other[0]), np.where(flags, one[1], other[1])


def _greater(one: Pairs, other: Pairs) -> Flags:
    """Whether one probability exceeds another, compared from the nearer end."""
    return np.where(one[1] < 0.5, one[1] < other[1], one[0] > other[0])


def _near(one: Pairs, other: Pairs) -> Flags:
    """Whether two probabilities are too near for doubles to tell which is greater."""
    near: Flags = np.ones(1, dtype=np.bool_)
    for side in (0, 1):
        near = near & (
            np.abs(one[side] - other[side]) <= WANTED * np.maximum(one[side], other[side])
        )
    return near


# Bent, but only one way


def _bent(curve: Curve, source: Source, *, rising: bool) -> _Found:
    """The one change of sign of margins that rise, or fall, throughout."""
    zeros, ones = np.zeros(len(curve.xs)), np.ones(len(curve.xs))
    always, turns_from = _state(curve, source, (zeros, ones) if rising else (ones, zeros))
    turns_to, never = _state(curve, source, (ones, zeros) if rising else (zeros, ones))
    value, complement = zeros, ones
    certain = always | never
    if not certain.all():
        exponent = _exponents(curve, source, rising=rising)
        odds = _root(curve, source, np.exp2(exponent))
        root = turns_from & turns_to & (abs(exponent) < _EXPONENTS - 1)
        certain = certain | root & _surrounded(curve, source, odds, rising=rising)
        value, complement = _chosen(always, (zeros, ones), _pair(odds))
    return np.where(never, np.nan, value), np.where(never, np.nan, complement), certain


def _state(curve: Curve, source: Source, pair: Pairs) -> tuple[Flags, Flags]:
    """Where all contests are certainly won, and where one is certainly lost."""
    margins = curve.margins({source: pair})
    won = np.ones(pair[0].shape, dtype=np.bool_)
    lost = np.zeros(pair[0].shape, dtype=np.bool_)
    for each in margins:
        won, lost = won & each.won, lost | each.lost
    return won, lost


def _exponents(curve: Curve, source: Source, *, rising: bool) -> Numbers:
    """The whole exponents of two below the odds at which the margins turn."""
    points = np.arange(len(curve.xs))
    low, high = np.full(points.size, -float(_EXPONENTS)), np.full(points.size, float(_EXPONENTS))
    parts = np.linspace(0.0, 1.0, SECTIONS + 1)[1:-1, np.newaxis]
    while np.any(high - low > 1):
        tried = np.round(low + (high - low) * parts)
        won = _least_margin(curve, source, np.exp2(tried)) > 0
        # How many of the inner points lie before the turn.
        before = np.sum(~won if rising else won, axis=0)
        edges = np.concatenate([low[np.newaxis], tried, high[np.newaxis]])
        low, high = edges[before, points], edges[before + 1, points]
    return low


def _root(curve: Curve, source: Source, low: Numbers) -> Numbers:
    """The odds from ``low`` to twice that at which the margins turn, by false position.

    An end that stays twice has its margin halved, so that both close in (the Illinois method).
    What comes out is judged by its neighbours afterwards, so nothing hangs on the last step.
    """
    high = 2 * low
    at_low, at_high = (_least_margin(curve, source, odds) for odds in (low, high))
    guess, was_low = low, np.zeros(low.shape, dtype=np.int64)
    for _ in range(_MOST_STEPS):
        before = guess
        width = np.where(at_high == at_low, 1.0, at_high - at_low)
        guess = np.clip((low * at_high - high * at_low) / width, low, high)
        if np.all(np.abs(guess - before) <= WANTED / 100 * guess):
            break
        there = _least_margin(curve, source, guess)
        is_low = np.where(np.sign(there) == np.sign(at_low), 1, -1)
        again = np.where(is_low == was_low, 0.5, 1.0)
        at_low, at_high = (
            np.where(is_low > 0, there, at_low * again),
            np.where(is_low > 0, at_high * again, there),
        )
        low, high = np.where(is_low > 0, guess, low), np.where(is_low > 0, high, guess)
        was_low = is_low
    return guess


def _least_margin(curve: Curve, source: Source, odds: Numbers) -> Numbers:
    margins = [each.value for each in curve.margins({source: _pair(odds)})]
    return np.broadcast_to(np.min(np.broadcast_arrays(*margins), axis=0), odds.shape)


def _pair(odds: Numbers) -> Pairs:
    return odds / (1.0 + odds), 1.0 / (1.0 + odds)


def _surrounded(curve: Curve, source: Source, odds: Numbers, *, rising: bool) -> Flags:
    """Whether the margins have turned, so far as errors go in fact, within what is allowed."""
    after = _has_sign(curve, source, odds * (1 + WANTED / 2), 1 if rising else -1)
    before = _has_sign(curve, source, odds * (1 - WANTED / 2), -1 if rising else 1)
    return after & before


def _has_sign(curve: Curve, source: Source, odds: Numbers, sign: int) -> Flags:
    """Whether the least margin has this sign, beyond its likely error."""
    won = np.ones(odds.shape, dtype=np.bool_)
    lost = np.zeros(odds.shape, dtype=np.bool_)
    for margins in curve.margins({source: _pair(odds)}):
        won &= margins.value > margins.likely_error
        lost |= margins.value < -margins.likely_error
    return won if sign > 0 else lost
