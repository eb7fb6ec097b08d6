"""The least count that wins along a curve, all points at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vreltui.analysis.plot_curve import Curve, Flags
from vreltui.analysis.plot_exact import exact_least_count, meets
from vreltui.analysis.plot_grid import design_at
from vreltui.analysis.study import Study
from vreltui.engine.points import Counts
from vreltui.engine.program import Source

_AT_ONCE = 32
"""How many counts are tried for each point in one walk."""


def count_thresholds(curve: Curve, parameter: str) -> list[int | None]:
    """The least count that wins at every point; None where none up to the host's limit does.

    Raises :class:`Undecided` where a point was not found within the limits.
    """
    source = Source(parameter, is_parameter=True)
    search = _bisected if _more_never_harm(curve, source) else _tried
    found: list[int | None] = []
    step = curve.chunk(_AT_ONCE)
    for start in range(0, len(curve.xs), step):
        found.extend(search(curve.part(start, start + step), source))
    return found


def _more_never_harm(curve: Curve, source: Source) -> bool:
    """Whether the structure proves that with a count that wins, every greater one does too."""
    own = curve.own.program.direction(source)
    rival: int | None = 0
    if curve.rival is not None and curve.moves_rival(source):
        rival = curve.rival.program.direction(source)
    return own is not None and rival is not None and own >= 0 and rival <= 0


def _states(curve: Curve, source: Source, counts: Counts) -> tuple[Flags, Flags]:
    """For counts by points: where all contests are certainly won, and where one is lost."""
    shape = (counts.shape[0], len(curve.xs))
    won, lost = np.ones(shape, dtype=np.bool_), np.zeros(shape, dtype=np.bool_)
    for margins in curve.margins({source: counts}):
        won, lost = won & margins.won, lost | margins.lost
    return won, lost


def _bisected(curve: Curve, source: Source) -> list[int | None]:
    """Counts win from some number on: narrow down which, all points in step."""
    points = np.arange(len(curve.xs))
    most = curve.study.design.most_copies
    low = np.zeros(points.size, dtype=np.int64)  # loses, or is no count
    high = np.full(points.size, most + 1)
    parts = np.arange(1, _AT_ONCE + 1)[:, np.newaxis]
    while np.any(high - low > 1):
        tried = np.clip(low + (high - low) * parts // (_AT_ONCE + 1), low + 1, high - 1)
        tried = np.clip(tried, 1, most)  # also where low and high have met
        _, lost = _states(curve, source, tried)
        before = np.sum(lost & (tried < high), axis=0)
        edges = np.concatenate([low[np.newaxis], tried, high[np.newaxis]])
        closed = high - low <= 1
        low = np.where(closed, low, edges[before, points])
        high = np.where(closed, high, edges[before + 1, points])
    return _settled(curve, source, high)


def _settled(curve: Curve, source: Source, least: NDArray[np.int64]) -> list[int | None]:
    """The least counts, asking the exact engine where a neighbour's sign is not certain."""
    most = curve.study.design.most_copies
    around = np.stack([least - 1, least])
    won, lost = _states(curve, source, np.clip(around, 1, most))
    certain = ((around[0] < 1) | lost[0]) & ((around[1] > most) | won[1])
    found: list[int | None] = []
    for index, count in enumerate(least.tolist()):
        if certain[index]:
            found.append(count if count <= most else None)
        else:
            found.append(exact_least_count(curve.at(index), curve.choice, source))
    return found


def _tried(curve: Curve, source: Source) -> list[int | None]:
    """Every count in turn, some of them at once, until each point has one that wins."""
    most = curve.study.design.most_copies
    found: list[int | None] = [None] * len(curve.xs)
    waiting = set(range(len(curve.xs)))
    for first in range(1, most + 1, _AT_ONCE):
        curve.study.budget.check_time("trying every count")
        counts = np.arange(first, min(first + _AT_ONCE, most + 1))
        won, lost = _states(curve, source, counts[:, np.newaxis])
        for index in sorted(waiting):
            for row in np.flatnonzero(~lost[:, index]):
                count = int(counts[row])
                if won[row, index] or meets(_with_count(curve, index, source, count), curve.choice):
                    found[index] = count
                    waiting.discard(index)
                    break
        if not waiting:
            break
    return found


def _with_count(curve: Curve, index: int, source: Source, count: int) -> Study:
    study = curve.at(index)
    design = design_at(study.design, curve.choice, {source.name: count})
    return Study(design, before=study, limits=lambda: study.budget)
