"""What parts in series can do at best where budgets may be exceeded at a price.

With a weight for each budget, a label of a part is worth the logarithm of its reliability less what
its uses weigh. The best that all parts together come to within the budgets is no better than the
sum of the best of each, and what the whole budgets weigh: Lagrange's relaxation. It holds for any
weights; those are sought with which it promises least.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vreltui.exploration.fronts import Front

ROUNDS = 40
"""How often weights are bettered."""

FOLLOWED = 64
"""How many labels are followed to find what is attained."""

TRIED = 16
"""How many labels of each part they are joined with."""

PATIENCE = 4
"""After so many rounds that better nothing, steps become shorter."""

MOST_WEIGHT = 100.0
"""The most that all budgets may weigh, so that logarithms keep their digits."""

SLACK = 1e-11
"""The relative error of sums of logarithms, beyond that of the figures themselves."""

Doubles: TypeAlias = NDArray[np.float64]
Budgets: TypeAlias = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Relaxed:
    """Parts in series with weights for their budgets, a row for each budget.

    ``best`` are the greatest worths of the parts, ``least`` the least that each uses, and ``left``
    what the budgets leave beyond that.
    """

    columns: tuple[int, ...]
    weights: Doubles
    best: Doubles
    least: NDArray[np.int64]
    left: NDArray[np.int64]

    @property
    def bound(self) -> float:
        """The logarithm of a reliability that nothing within the budgets exceeds."""
        return float(self.best.sum() + self.weights @ self.left)

    def worths(self, at: int, part: Front) -> Doubles:
        """What the labels of the part at a place are worth."""
        beyond = part.uses[:, self.columns].T - self.least[:, at, None]
        return logarithms(part) - weighed(self.weights, beyond)

    def attained(self, parts: Sequence[Front], most: int) -> float:
        """A reliability that so many combinations of labels attain within the budgets, or 0.

        Found by following the labels that are worth most.
        """
        logs, worth = np.zeros(1), np.zeros(1)
        beyond = np.zeros((len(self.columns), 1), dtype=np.int64)
        for at, part in enumerate(parts):
            worths = self.worths(at, part)
            tried = _greatest(worths, max(TRIED, most))
            more = part.uses[tried][:, self.columns].T - self.least[:, at, None]
            beyond = (beyond[:, :, None] + more[:, None, :]).reshape(len(self.columns), -1)
            inside = np.flatnonzero((beyond <= self.left[:, None]).all(axis=0))
            worth = (worth[:, None] + worths[tried]).reshape(-1)[inside]
            kept = _greatest(worth, max(FOLLOWED, most))
            worth, inside = worth[kept], inside[kept]
            logs = (logs[:, None] + logarithms(part)[tried]).reshape(-1)[inside]
            beyond = beyond[:, inside]
        if len(logs) < most:
            return 0.0
        found = _greatest_of(logs, most)
        error = SLACK * (1 + abs(found)) + 4 * sum(part.error for part in parts)
        return float(np.exp(found - error)) if found > -np.inf else 0.0

    def within_reach(self, parts: Sequence[Front], floor: float) -> list[Front]:
        """The labels with which all together may still attain a reliability."""
        if self.bound == -np.inf:
            return [part.some(slice(0)) for part in parts]
        scale = 1 + float(np.abs(self.best).sum()) + abs(float(np.log(floor)))
        error = SLACK * scale + 4 * sum(part.error for part in parts)
        needed = np.log(floor) - error - self.bound
        return [
            part.some(self.worths(at, part) - self.best[at] >= needed)
            for at, part in enumerate(parts)
        ]


def _greatest(values: Doubles, most: int) -> NDArray[np.int64]:
    """The places of so many of the greatest."""
    if len(values) <= most:
        return np.arange(len(values))
    return np.asarray(np.argpartition(-values, most)[:most])


def _greatest_of(values: Doubles, most: int) -> float:
    """The greatest but so many less one."""
    return float(np.sort(values)[-most])


def weighed(weights: Doubles, uses: NDArray[Any]) -> Doubles:
    """What uses weigh, which have a row for each budget."""
    total: Doubles = np.zeros(uses.shape[1:])
    for weight, used in zip(weights, uses, strict=True):
        total = total + weight * used
    return total


def logarithms(part: Front) -> Doubles:
    """The logarithms of the reliabilities of labels."""
    with np.errstate(divide="ignore"):
        found: Doubles = np.log(part.r)
    return found


def relaxed(parts: Sequence[Front], budgets: Budgets) -> Relaxed | None:
    """The parts with weights that promise little; None where nothing is within the budgets."""
    columns = tuple(column for column, _ in budgets)
    uses = [part.uses[:, columns].T for part in parts]
    least = np.array([each.min(axis=1) for each in uses], dtype=np.int64).T
    left = np.array([most for _, most in budgets], dtype=np.int64) - least.sum(axis=1)
    if (left < 0).any():
        return None
    beyond = np.concatenate(uses, axis=1) - np.repeat(least, [len(part) for part in parts], axis=1)
    values = np.concatenate([logarithms(part) for part in parts])
    starts = np.cumsum([0, *(len(part) for part in parts[:-1])])
    weights = _weights(values, beyond, starts, left)
    best = np.maximum.reduceat(values - weighed(weights, beyond), starts)
    return Relaxed(columns, weights, best, least, left)


def _weights(
    values: Doubles, uses: NDArray[np.int64], starts: NDArray[np.int64], left: NDArray[np.int64]
) -> Doubles:
    """Weights of budgets with which parts promise little, found by following what they exceed."""
    unit = np.maximum(left, 1).astype(np.float64)
    scaled: Doubles = uses / unit[:, None]
    whole: Doubles = left / unit
    sizes = np.diff([*starts, len(values)])
    weights = np.zeros(len(left))
    best, promised = weights, np.inf
    hoped, waited = 1.0, 0
    """By how much the promise is hoped to fall."""
    for _ in range(ROUNDS):
        worths = values - weighed(weights, scaled)
        most = np.maximum.reduceat(worths, starts)
        promise = float(most.sum() + weights @ whole)
        if promise < promised:
            waited = 0 if promise < promised - hoped / 10 else waited + 1
            best, promised = weights, promise
        else:
            waited += 1
        if waited >= PATIENCE:
            hoped, waited = hoped / 2, 0
        chosen = np.flatnonzero(worths == np.repeat(most, sizes))
        first = chosen[np.searchsorted(chosen, starts)]
        exceeded = scaled[:, first].sum(axis=1) - whole
        size = float(exceeded @ exceeded)
        if not size or not np.isfinite(promise):
            break
        weights = np.maximum(weights + (promise - promised + hoped) / size * exceeded, 0.0)
        if weights @ whole > MOST_WEIGHT:
            break
    return best / unit
