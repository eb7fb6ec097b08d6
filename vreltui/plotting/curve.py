"""Curves as places: what is joined to a line, what is a step, and what lies beyond the axis.

Heights are places up the axis from 0 to 1; None where there is no value, :data:`BEYOND` where
there is one that no place on the axis stands for.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from vreltui.plotting.canvas import Point

BEYOND = math.inf
"""The height of an exact 0 or 1 on an axis of powers of ten, which has no place for it."""


def lines(across: Sequence[float], heights: Sequence[float | None]) -> list[list[Point]]:
    """The parts of a curve between its gaps.

    >>> lines((0.0, 0.5, 1.0), (0.2, None, 0.4))
    [[(0.0, 0.2)], [(1.0, 0.4)]]
    """
    pieces: list[list[Point]] = [[]]
    for x, up in zip(across, heights, strict=True):
        if up is not None and up != BEYOND:
            pieces[-1].append((x, up))
        elif pieces[-1]:
            pieces.append([])
    return [piece for piece in pieces if piece]


def steps(across: Sequence[float], heights: Sequence[float | None]) -> list[list[Point]]:
    """A level for each run of equal heights, none joined: between two whole numbers is nothing.

    >>> steps((0.0, 0.5, 1.0), (0.2, 0.4, 0.4))
    [[(0.0, 0.2), (0.25, 0.2)], [(0.25, 0.4), (1.0, 0.4)]]
    """
    return [
        [(start, up), (stop, up)]
        for start, stop, up in _runs(across, heights)
        if up is not None and up != BEYOND
    ]


def beyond(across: Sequence[float], heights: Sequence[float | None]) -> list[tuple[float, float]]:
    """From where to where the curve lies beyond the axis.

    >>> beyond((0.0, 0.5, 1.0), (0.2, 0.4, BEYOND))
    [(0.75, 1.0)]
    """
    return [(start, stop) for start, stop, up in _runs(across, heights) if up == BEYOND]


def _runs(
    across: Sequence[float], heights: Sequence[float | None]
) -> Iterator[tuple[float, float, float | None]]:
    """Runs of equal heights, each reaching halfway to the next place on either side."""
    ends = [across[0], *((one + other) / 2 for one, other in pairwise(across)), across[-1]]
    at = 0
    for up, run in groupby(heights):
        after = at + len(list(run))
        yield ends[at], ends[after], up
        at = after
