"""Lists of half-made variants of a module, of which what can't be part of an answer is dropped.

A *label* is the options at the axes below a module with what they give: the pair of reliability and
its complement, what is used of each resource, and how much more is used than provided of what has
to fit. Whatever stands above, reliability rises with that of each module and uses are sums, so that
a label that another beats is part of no answer.

Reliabilities are doubles with a bound on their error, and one is only taken for greater where it
certainly is. That two are equal is told by how they are made: a fingerprint of 128 bits, the same
for products of the same numbers in any order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vreltui.exploration.certain_figures import Odds, margin, odds_of
from vreltui.exploration.fingerprints import Marks
from vreltui.exploration.question import MOST_LABELS

MOST_CELLS = 4_000_000
"""The most cells of a grid of uses."""

LARGEST = 1 << 62

SMALL_GRID = 4096
"""Cells of a grid that is used as it is, even where most of it stays empty."""

_CHUNK = 512


class TooManyLabelsError(Exception):
    """A module has more labels than are kept."""

    def __init__(self, labels: int) -> None:
        super().__init__(f"a module that shares has more than {labels:,} labels")


@dataclass(frozen=True)
class Order:
    """What an answer asks for: the columns of uses that count, and how many of the best.

    ``tie`` are the columns by which equals are told apart, in turn. Unless it ``must_fit``, what
    does not fit is looked at as well.
    """

    columns: tuple[int, ...]
    tie: tuple[int, ...]
    most: int = 1
    must_fit: bool = True
    rank: Mapping[str, int] = field(default_factory=dict, compare=False)
    """Where axes stand in the order of the tree."""
    labels: int = field(default=MOST_LABELS, compare=False)
    """The most labels of one module that are kept."""
    is_absorbing: bool = False
    """Whether something is sure to work or to fail, beside which another label may be no matter.

    Then labels are kept as well that none precedes in the order of equals and in all columns.
    """
    is_any_of_equals: bool = False
    """Whether any one of equals will do, so that none need be kept for that."""


@dataclass(frozen=True)
class Front:
    """The labels of one module. ``picks`` has a column for each of ``axes``."""

    axes: tuple[str, ...]
    r: NDArray[np.float64]
    q: NDArray[np.float64]
    uses: NDArray[np.int64]
    marks: Marks
    picks: NDArray[np.int32]
    error: float
    is_absorbed: bool = False
    """Whether a label of a part may have been no matter beside another that is sure."""

    def __len__(self) -> int:
        return len(self.r)

    @property
    def odds(self) -> Odds:
        """The logarithms of the odds."""
        return odds_of((self.r, self.q))

    def some(self, chosen: Any) -> Front:
        """Some of the labels."""
        return Front(
            self.axes,
            self.r[chosen],
            self.q[chosen],
            self.uses[chosen],
            self.marks[chosen],
            self.picks[chosen],
            self.error,
            self.is_absorbed,
        )

    def with_uses(self, amounts: NDArray[np.int64]) -> Front:
        """The labels with more uses, the same for all."""
        return replace(self, uses=self.uses + amounts) if amounts.any() else self

    def pruned(self, order: Order) -> Front:
        """Without the labels that enough others beat."""
        if len(self) > order.labels:
            raise TooManyLabelsError(order.labels)
        if len(self) < 2:
            return self
        odds = self.odds
        slack = 2 * margin(self.error, self.error) * (1 + np.abs(odds))
        cells = cells_of(self.uses[:, list(order.columns)])
        found = self
        if cells is not None:
            # Most are dropped before any are sorted.
            found = self.some(layers(cells, odds, slack, order.most))
        ordered = found.some(found._ordered(order))
        ordered = ordered.some(_first_of_equals(ordered, order))
        if cells is None:
            ordered = ordered.some(_unbeaten(ordered, order))
        return self._with_first(ordered, order) if order.is_absorbing else ordered

    def _with_first(self, kept: Front, order: Order) -> Front:
        """Some of the labels, and those that come first where reliability is no matter."""
        first = self.some(first_by_ties(self, order))
        known = {row.tobytes() for row in kept.picks}
        new = [at for at, row in enumerate(first.picks) if row.tobytes() not in known]
        return kept.joined(first.some(np.array(new, dtype=np.int64))) if new else kept

    def joined(self, other: Front) -> Front:
        """The labels of both, which have the same axes."""
        return replace(
            self,
            r=np.concatenate([self.r, other.r]),
            q=np.concatenate([self.q, other.q]),
            uses=np.concatenate([self.uses, other.uses]),
            marks=np.concatenate([self.marks, other.marks]),
            picks=np.concatenate([self.picks, other.picks]),
            error=max(self.error, other.error),
        )

    def _ordered(self, order: Order) -> NDArray[np.int64]:
        """Most reliable first, then what equals are told apart by."""
        return _lexsorted([-self.odds, *_ties(self, order)])


def _ties(front: Front, order: Order) -> list[Any]:
    """What tells equals apart, in turn: uses, then the first options in the order of the tree."""
    axes = sorted(range(len(front.axes)), key=lambda at: order.rank.get(front.axes[at], 0))
    uses = [front.uses[:, column] for column in order.tie]
    return [*uses, *(front.picks[:, at] for at in axes)]


def first_by_ties(front: Front, order: Order) -> NDArray[np.int64]:
    """The labels that fewer than so many others precede in the order of equals and in columns."""
    place = np.empty(len(front))
    place[_lexsorted(_ties(front, order))] = np.arange(len(front))
    columns = front.uses[:, list(order.columns)]
    cells = cells_of(columns)
    if cells is not None:
        return layers(cells, -place, np.zeros(len(front)), order.most)
    ranked = np.argsort(place)
    before = np.arange(len(front))
    return ranked[_unbeaten_in_order(columns[ranked], before, order.most)]


def _lexsorted(keys: list[Any]) -> NDArray[np.int64]:
    """The order by the first of the keys, then by the second and so on."""
    found: NDArray[np.int64] = np.lexsort(keys[::-1])
    return found


def _first_of_equals(front: Front, order: Order) -> NDArray[np.int64]:
    """Of labels that are made alike with the same uses in the columns: as many as are asked for."""
    columns = front.uses[:, list(order.columns)].astype(np.uint64)
    rows = np.concatenate([front.marks, columns], axis=1)
    # Equals may be a rounding apart, so that they do not stand in the order of their ties.
    grouped = _lexsorted([*rows.T, *_ties(front, order)])
    sorted_rows = rows[grouped]
    starts = np.ones(len(rows), dtype=bool)
    starts[1:] = (sorted_rows[1:] != sorted_rows[:-1]).any(axis=1)
    first = np.maximum.accumulate(np.where(starts, np.arange(len(rows)), 0))
    return np.sort(grouped[np.arange(len(rows)) - first < order.most])


def _unbeaten(front: Front, order: Order) -> NDArray[np.int64]:
    """The labels that fewer than so many others certainly beat; they stand in order of odds."""
    odds = front.odds
    slack = 2 * margin(front.error, front.error) * (1 + np.abs(odds))
    # Those before this place are certainly more reliable.
    before = np.searchsorted(-odds, -(odds + slack), side="left")
    return _unbeaten_in_order(front.uses[:, list(order.columns)], before, order.most)


def _unbeaten_in_order(
    columns: NDArray[np.int64], before: NDArray[Any], most: int
) -> NDArray[np.int64]:
    """The rows that fewer than so many of those ``before`` them equal or beat in all columns."""
    kept: list[int] = []
    places = np.zeros(0, dtype=np.int64)
    for start in range(0, len(columns), _CHUNK):
        rows = np.arange(start, min(start + _CHUNK, len(columns)))
        counts = np.zeros(len(rows), dtype=np.int64)
        if len(places):
            counts += _beating(columns, rows, places, before)
        inside = rows[counts < most]
        if len(inside):
            counts_inside = counts[counts < most] + _beating(columns, inside, inside, before)
            inside = inside[counts_inside < most]
        kept.extend(inside.tolist())
        places = np.array(kept, dtype=np.int64)
    return places


def cells_of(columns: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...] | None:
    """The columns as numbers of cells of a grid; None where it would be too large."""
    least = columns.min(axis=0, initial=LARGEST)
    ranges = [int(each) for each in columns.max(axis=0, initial=-LARGEST) - least]
    if prod(each + 1 for each in ranges) <= max(SMALL_GRID, 4 * len(columns)):
        return tuple((columns - least).T)
    cells, size = [], 1
    for place in range(columns.shape[1]):
        values, numbers = np.unique(columns[:, place], return_inverse=True)
        size *= len(values)
        if size > MOST_CELLS:
            return None
        cells.append(numbers.reshape(-1))
    return tuple(cells)


def layers(
    cells: tuple[NDArray[np.int64], ...], odds: Odds, slack: Odds, most: int
) -> NDArray[np.int64]:
    """Those that none certainly beats, those that only they beat, and so on, so many layers.

    What is in no layer is beaten by one of each.
    """
    if not cells:
        return np.flatnonzero(_by_odds_alone(odds, slack, most))
    shape = tuple(int(each.max()) + 1 for each in cells)
    left = np.arange(len(odds))
    kept = []
    for _ in range(most):
        grid = np.full(shape, -np.inf)
        inside = tuple(each[left] for each in cells)
        np.maximum.at(grid, inside, odds[left])
        for axis in range(len(shape)):
            grid = np.maximum.accumulate(grid, axis=axis)
        beaten = grid[inside] > odds[left] + slack[left]
        kept.append(left[~beaten])
        left = left[beaten]
        if not len(left):
            break
    return np.sort(np.concatenate(kept))


def _by_odds_alone(odds: Odds, slack: Odds, most: int) -> NDArray[np.bool_]:
    """Which are among so many of the best, or may be."""
    if len(odds) <= most:
        return np.ones(len(odds), dtype=bool)
    least = np.partition(odds, len(odds) - most)[len(odds) - most]
    return np.asarray(odds >= least - slack)


def _beating(
    columns: NDArray[np.int64], rows: NDArray[Any], others: NDArray[Any], before: NDArray[Any]
) -> NDArray[np.int64]:
    """By how many of ``others`` each row is certainly beaten."""
    ahead = others[None, :] < before[rows][:, None]
    for place in range(columns.shape[1]):
        column = columns[:, place]
        ahead &= column[others][None, :] <= column[rows][:, None]
    found: NDArray[np.int64] = ahead.sum(axis=1)
    return found
