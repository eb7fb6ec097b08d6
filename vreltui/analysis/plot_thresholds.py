"""The threshold of a probability along a curve, all points at once.

A straight line in the parameter is settled by its values at 0 and 1, which are two rows of one
walk. A margin that rises or falls throughout is divided into sections, all points in step. Where
both sides move on bent lines, and where doubles are not certain, the exact engine is asked.
"""

from __future__ import annotations

from typing import Literal

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
from vreltui.engine.points import Pairs
from vreltui.engine.program import Source

SECTIONS = 32
"""Into how many parts each round divides what is left of the search."""

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
    rival = 0
    if curve.rival is not None and curve.moves_rival(source):
        rival = _degree(curve, curve.rival, source)
    if max(own, rival) <= 1:
        return "straight"
    if rival == 0:
        return "rising"
    return "falling" if own == 0 else "any"


def _degree(curve: Curve, evaluation: Evaluation, source: Source) -> int:
    """The greatest degree that the root has in the parameter along the curve."""
    counts = [x for x in curve.xs if isinstance(x, int)]
    if counts and curve.source in evaluation.program.pools:
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
    return Margins(np.broadcast_to(value, shape), np.broadcast_to(error, shape))


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
    least = np.full(zeros.shape, -float(_EXPONENTS))
    exponent, _ = _sections(curve, source, least, -least, rising=rising, power=True)
    first = np.exp2(exponent)
    low, high = _sections(curve, source, first, 2 * first, rising=rising, power=False)
    odds = (low + high) / 2
    root = turns_from & turns_to & (exponent > least) & (exponent < -least - 1)
    certain = always | never | root & _surrounded(curve, source, odds, rising=rising)
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


def _sections(
    curve: Curve, source: Source, low: Numbers, high: Numbers, *, rising: bool, power: bool
) -> tuple[Numbers, Numbers]:
    """Narrow down the odds, or their whole exponents of two, between which the margins turn."""
    parts = np.linspace(0.0, 1.0, SECTIONS + 1)[1:-1, np.newaxis]
    points = np.arange(low.size)
    for _ in range(60):
        if np.all(high - low <= (1.0 if power else WANTED / 16 * low)):
            break
        between = low + (high - low) * parts
        tried = np.round(between) if power else between
        won = _won(curve, source, np.exp2(tried) if power else tried)
        # How many of the inner points lie before the turn.
        before = np.sum(~won if rising else won, axis=0)
        edges = np.concatenate([low[np.newaxis], tried, high[np.newaxis]])
        low, high = edges[before, points], edges[before + 1, points]
    return low, high


def _won(curve: Curve, source: Source, odds: Numbers) -> Flags:
    won = np.ones(odds.shape, dtype=np.bool_)
    for margins in curve.margins({source: _pair(odds)}):
        won = won & (margins.value > 0)
    return won


def _pair(odds: Numbers) -> Pairs:
    return odds / (1.0 + odds), 1.0 / (1.0 + odds)


def _surrounded(curve: Curve, source: Source, odds: Numbers, *, rising: bool) -> Flags:
    """Whether the margins have turned for certain within the error that is allowed."""
    after_won, after_lost = _state(curve, source, _pair(odds * (1 + WANTED / 2)))
    before_won, before_lost = _state(curve, source, _pair(odds * (1 - WANTED / 2)))
    return after_won & before_lost if rising else before_won & after_lost
