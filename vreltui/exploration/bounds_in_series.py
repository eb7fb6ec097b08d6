"""What parts in series that are still to come can do with what is left of a budget, at best.

A label of the parts so far is part of an answer only if it attains what is looked for with the rest
at the best that its budget still buys. One resource at a time: the best within a budget of one is
no worse than within several. What is attained anyway is found by following the labels that promise
most, which for a single budget is the best itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vreltui.exploration.fronts import Front

MOST_STEPS = 4096
"""Into how many steps a budget is divided at most."""

FOLLOWED = 200
"""How many labels are followed to find what is attained."""

_SLACK = 1e-12


@dataclass(frozen=True)
class Bound:
    """The best reliability of what is to come, by how many steps of one budget are left.

    It is -1 where so little is left that nothing fits. ``least`` is the least that it uses.
    """

    column: int
    most: int
    step: int
    best: NDArray[np.float64]
    least: int = 0

    def at(self, used: NDArray[np.int64]) -> NDArray[np.float64]:
        """The best where so much is used already."""
        steps = np.clip((self.most - used) // self.step, 0, len(self.best) - 1)
        return np.where(used + self.least > self.most, -1.0, self.best[steps])

    def with_part(self, part: Front) -> Bound:
        """The same where one part more is to come."""
        uses = part.uses[:, self.column]
        steps = uses // self.step
        best = np.full_like(self.best, -1.0)
        for step in np.unique(steps[steps < len(best)]):
            before = self.best[: len(best) - int(step)]
            found = np.where(before < 0, -1.0, part.r[steps == step].max() * before)
            np.maximum(best[int(step) :], found, out=best[int(step) :])
        return Bound(self.column, self.most, self.step, best, self.least + int(uses.min()))


@dataclass(frozen=True)
class Rest:
    """What all parts after one can do: a bound for each budget, and one without any."""

    bounds: tuple[Bound, ...]
    best: float
    error: float

    def at(self, uses: NDArray[np.int64]) -> NDArray[np.float64]:
        """The best beside labels, -1 where nothing fits; ``uses`` has a row for each budget."""
        found = np.full(uses.shape[1:], self.best)
        for bound, used in zip(self.bounds, uses, strict=True):
            found = np.minimum(found, bound.at(used))
        return found

    def used(self, one: Front, other: Front) -> NDArray[np.int64]:
        """What pairs of labels use of each budget."""
        columns = [bound.column for bound in self.bounds]
        found = [one.uses[:, c][:, None] + other.uses[:, c] for c in columns]
        return np.array(found, dtype=np.int64).reshape(len(columns), len(one), len(other))

    def with_part(self, part: Front) -> Rest:
        """The same where one part more is to come."""
        bounds = tuple(bound.with_part(part) for bound in self.bounds)
        return Rest(bounds, self.best * float(part.r.max()), self.error + part.error)


@dataclass(frozen=True)
class Within:
    """What is within reach of parts in series of which some are still to come.

    ``floor`` is a reliability that what is looked for attains.
    """

    rest: Rest
    floor: float

    def holds(self, r: NDArray[np.float64], one: Front, other: Front) -> NDArray[np.bool_]:
        """Which pairs of labels are, with the reliabilities ``r``."""
        best = self.rest.at(self.rest.used(one, other))
        slack = _SLACK + 4 * (self.rest.error + one.error + other.error)
        found: NDArray[np.bool_] = (best >= 0) & (r * best >= self.floor * (1 - slack))
        return found


def rests_of(parts: Sequence[Front], budgets: Sequence[tuple[int, int]]) -> list[Rest]:
    """What the parts after each of several can do; after the last nothing is to come."""
    bounds = []
    for column, most in budgets:
        step = max(1, most // MOST_STEPS)
        size = most // step + 1 if most >= 0 else 1
        bounds.append(Bound(column, most, step, np.ones(size)))
    rests = [Rest(tuple(bounds), 1.0, 0.0)]
    for part in reversed(parts[1:]):
        rests.append(rests[-1].with_part(part))
    return rests[::-1]


def attained(parts: Sequence[Front], rests: Sequence[Rest], most: int) -> float:
    """A reliability that so many combinations of labels attain within the budgets, or 0.

    Found by following the labels that promise most.
    """
    columns = [bound.column for bound in rests[0].bounds]
    r = np.ones(1)
    uses = np.zeros((len(columns), 1), dtype=np.int64)
    for part, rest in zip(parts, rests, strict=True):
        r = (r[:, None] * part.r).reshape(-1)
        uses = (uses[:, :, None] + part.uses[:, columns].T[:, None, :]).reshape(len(columns), -1)
        promise = rest.at(uses) * r
        kept = np.argsort(-promise, kind="stable")[: max(FOLLOWED, most)]
        kept = kept[promise[kept] >= 0]
        r, uses = r[kept], uses[:, kept]
    if len(r) < most:
        return 0.0
    error = sum(part.error for part in parts) + len(parts) * _SLACK
    return float(np.sort(r)[-most]) * (1 - 4 * error)
