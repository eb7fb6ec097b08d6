"""Fronts of modules made of those of their parts: in series, in parallel, k of n, copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod

import numpy as np
from numpy.typing import NDArray

from vreltui.engine.points import UNIT, ArrayArithmetic
from vreltui.exploration.bounds_in_series import Within, attained, rests_of
from vreltui.exploration.certain_figures import margin, odds_of
from vreltui.exploration.fingerprints import mixed, salted
from vreltui.exploration.fronts import (
    Front,
    Order,
    TooManyLabelsError,
    cells_of,
    first_by_ties,
    layers,
)
from vreltui.exploration.relaxed_budgets import relaxed

MOST_JOINED = 200_000_000
"""The most pairs of labels that are looked at to join two fronts."""

MOST_PIECE = 1_000_000
"""How many labels are joined before those are dropped that others beat."""

_SIFTED = 2
"""How often labels out of reach are left out before any are joined."""

_FEW = 4
"""How many labels of each part are soon joined as they are."""

_ARITHMETIC = ArrayArithmetic()


def product(parts: Sequence[Front], needed: int, order: Order) -> Front:
    """So many out of independent modules, pruned on the way where all or any are needed."""
    if len(parts) == 1:
        return parts[0]
    is_absorbed = _absorb(parts, needed)
    if needed in (1, len(parts)):
        found = parts[0]
        for part in parts[1:]:
            found = _in_pieces(found, part, order, is_any=needed == 1)
        found = replace(found, is_absorbed=is_absorbed)
        return _marked(found, "any") if needed == 1 else found
    several = prod(len(part) for part in parts[1:])
    if several * len(parts[0]) > MOST_JOINED:
        raise TooManyLabelsError(MOST_JOINED)
    step = max(1, MOST_PIECE // max(several, 1))
    pieces = [
        _so_many_of([parts[0].some(slice(start, start + step)), *parts[1:]], needed, order)
        for start in range(0, max(len(parts[0]), 1), step)
    ]
    found = pieces[0] if len(pieces) == 1 else together(pieces, order)
    return replace(found, is_absorbed=is_absorbed)


def _absorb(parts: Sequence[Front], needed: int) -> bool:
    """Whether a label of one part may be no matter beside one of another, here or below.

    It is no matter in series beside what is sure to fail, and in parallel beside what is sure not
    to.
    """
    if any(part.is_absorbed for part in parts):
        return True
    if len(parts) == 1:
        return False
    fails = needed > 1 and any(bool((part.r == 0).any()) for part in parts)
    return fails or (needed < len(parts) and any(bool((part.q == 0).any()) for part in parts))


def _so_many_of(parts: Sequence[Front], needed: int, order: Order) -> Front:
    """So many out of independent modules, every combination of their labels."""
    sizes = [len(part) for part in parts]
    numbers = np.indices(sizes).reshape(len(parts), -1)
    chosen = [part.some(number) for part, number in zip(parts, numbers, strict=True)]
    pairs = [(part.r, part.q) for part in chosen]
    r, q = _ARITHMETIC.at_least(needed, pairs)
    marks = sum((mixed(part.marks) for part in chosen), np.uint64(0))
    error = sum(part.error for part in parts) + 4 * len(parts) * UNIT
    found = Front(
        tuple(name for part in parts for name in part.axes),
        np.broadcast_to(r, len(numbers[0])).copy(),
        np.broadcast_to(q, len(numbers[0])).copy(),
        np.sum([part.uses for part in chosen], axis=0),
        salted(np.asarray(marks, dtype=np.uint64), f"{needed} of"),
        np.concatenate([part.picks for part in chosen], axis=1),
        error,
    )
    return found.pruned(order)


@dataclass(frozen=True)
class Reach:
    """How far labels of parts in series may go and still be part of an answer.

    ``budgets`` are columns with the most that all together may use, ``floor`` a reliability that
    what is looked for attains.
    """

    budgets: tuple[tuple[int, int], ...] = ()
    floor: float = 0.0
    best: int = 0
    """How many of the most reliable are looked for; with 0 all that is worth taking."""


def series(parts: Sequence[Front], order: Order, reach: Reach) -> Front:
    """Parts that all have to work, without what the others at their best can't make good."""
    kept, floor = _within_reach(parts, reach)
    if not all(map(len, kept)):
        return product([part.some(slice(0)) for part in parts], len(parts), order)
    rests = rests_of(kept, reach.budgets)
    if reach.best and reach.budgets and not _are_few(kept):
        floor = max(floor, attained(kept, rests, reach.best))
    found = kept[0]
    for part, rest in zip(kept[1:], rests[1:], strict=True):
        within = Within(rest, floor)
        found = _in_pieces(found, part, order, is_any=False, within=within)
    return replace(found, is_absorbed=_absorb(parts, len(parts)))


def _are_few(parts: Sequence[Front]) -> bool:
    return sum(map(len, parts)) <= _FEW * len(parts)


def _within_reach(parts: Sequence[Front], reach: Reach) -> tuple[list[Front], float]:
    """The labels with which all together can attain what is looked for, and what that is."""
    kept, floor = list(parts), reach.floor
    for _ in range(_SIFTED):
        rest = relaxed(kept, reach.budgets) if all(map(len, kept)) else None
        if rest is None:
            return [part.some(slice(0)) for part in kept], floor
        if reach.best and reach.budgets:
            floor = max(floor, rest.attained(kept, reach.best))
        if not floor:
            break
        kept = rest.within_reach(kept, floor)
        if _are_few(kept):
            break
    return kept, floor


def _in_pieces(
    one: Front, other: Front, order: Order, *, is_any: bool, within: Within | None = None
) -> Front:
    """Two fronts joined, so many labels at a time."""
    if len(one) * len(other) > MOST_JOINED:
        raise TooManyLabelsError(MOST_JOINED)
    step = max(1, MOST_PIECE // max(len(one), 1))
    pieces = []
    for start in range(0, max(len(other), 1), step):
        part = other.some(slice(start, start + step))
        pieces.append(_joined(one, part, order, is_any=is_any, within=within))
    return pieces[0].pruned(order) if len(pieces) == 1 else together(pieces, order)


def _joined(
    one: Front, other: Front, order: Order, *, is_any: bool, within: Within | None = None
) -> Front:
    """Every label of one with every label of the other, in series or in parallel.

    What enough others beat, or what is out of reach, is dropped before it is made.
    """
    error = one.error + other.error + 2 * UNIT
    if is_any:
        q = one.q[:, None] * other.q
        r = one.r[:, None] + one.q[:, None] * other.r
    else:
        r = one.r[:, None] * other.r
        q = one.q[:, None] + one.r[:, None] * other.q
    kept = np.arange(r.size) if within is None else np.flatnonzero(within.holds(r, one, other))
    r, q = r.reshape(-1)[kept], q.reshape(-1)[kept]
    first, second = np.divmod(kept, max(len(other), 1))
    columns = list(order.columns)
    cells = cells_of(one.uses[first][:, columns] + other.uses[second][:, columns])
    if cells is not None and len(kept):
        odds = odds_of((r, q))
        slack = 2 * margin(error, error) * (1 + np.abs(odds))
        best = layers(cells, odds, slack, order.most)
        if order.is_absorbing:  # reliability alone does not tell what may be dropped
            every = _of_pairs(one, other, r, q, first, second, error, is_any=is_any)
            best = np.union1d(best, first_by_ties(every, order))
        r, q, first, second = r[best], q[best], first[best], second[best]
    return _of_pairs(one, other, r, q, first, second, error, is_any=is_any)


def _of_pairs(
    one: Front,
    other: Front,
    r: NDArray[np.float64],
    q: NDArray[np.float64],
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    error: float,
    *,
    is_any: bool,
) -> Front:
    """Pairs of labels, told by their places, with the figures of both together."""
    a, b = one.some(first), other.some(second)
    return Front(
        one.axes + other.axes,
        r,
        q,
        a.uses + b.uses,
        a.marks + (mixed(b.marks) if is_any else b.marks),
        np.concatenate([a.picks, b.picks], axis=1),
        error,
    )


def _marked(front: Front, word: str) -> Front:
    return replace(front, marks=salted(front.marks, word))


def copies(part: Front, count: int, needed: int) -> Front:
    """So many independent copies of a module."""
    r, q = _ARITHMETIC.copies(needed, count, (part.r, part.q))
    return replace(
        part,
        r=np.asarray(r),
        q=np.asarray(q),
        uses=part.uses * count,
        marks=salted(mixed(part.marks), f"{needed} of {count}"),
        error=count * (part.error + 4 * UNIT) + 20 * UNIT,
    )


def together(fronts: Sequence[Front], order: Order) -> Front:
    """The labels of several fronts over the same axes."""
    return Front(
        fronts[0].axes,
        np.concatenate([front.r for front in fronts]),
        np.concatenate([front.q for front in fronts]),
        np.concatenate([front.uses for front in fronts]),
        np.concatenate([front.marks for front in fronts]),
        np.concatenate([front.picks for front in fronts]),
        max(front.error for front in fronts),
    ).pruned(order)
