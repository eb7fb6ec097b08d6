"""Where the least cost of a reliability may be, in doubles: nothing here is proven.

Rays from the cheapest point tell roughly where, and Newton's method on the conditions of Karush,
Kuhn and Tucker exactly, by the logarithms of the unreliabilities.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice, product

import numpy as np
from numpy.typing import NDArray

from vreltui.exploration.curved_ranges import Numbers
from vreltui.exploration.least_cost import Costs

_LEVELS, _MOST_RAYS = (0.0, 0.3, 0.65, 1.0), 600
_HALVINGS, _KEPT, _STEPS = 40, 4, 60
_NEAR, _NEARLY, _NEARBY, _SHORTER = 1e-4, 1e-9, 2e-11, 12


class LocalSearch:
    """Proposals for a box of unreliabilities from ``low`` to ``high``."""

    def __init__(self, costs: Costs, low: Numbers, high: Numbers) -> None:
        self.costs = costs
        self.low, self.high = low, high

    def starts(self, goal: float) -> list[Numbers]:
        """Points at which the goal is just kept, the cheapest of many directions."""
        near, far, reached = self._along(lambda q: self.costs.fails(q) < goal, goal)
        del near
        points = far[:, reached]
        paid = self.costs.paid(points)
        finite = np.isfinite(paid)
        order = np.argsort(paid[finite], kind="stable")[:_KEPT]
        return list(points[:, finite][:, order].T)

    def starts_within(self, budget: float) -> list[Numbers]:
        """Points that cost just so much, the most reliable of many directions."""
        rough = float(self.costs.fails(self.high[:, None])[0])
        points = self._along(lambda q: self.costs.paid(q) > budget, rough * _NEAR)[0]
        order = np.argsort(self.costs.fails(points), kind="stable")[:_KEPT]
        return list(points[:, order].T)

    def _along(
        self, is_far: Callable[[Numbers], NDArray[np.bool_]], rough: float
    ) -> tuple[Numbers, Numbers, NDArray[np.bool_]]:
        """On rays from the cheapest point the last that is not far, the first, and if there is."""
        of = len(self.low)
        floor = np.minimum(np.maximum(self.low, rough * _NEAR), self.high)
        grid = islice(product(_LEVELS, repeat=of), 4**6)
        rays = np.array([each for each in grid if max(each) == 1.0]).T
        if of > 6 or rays.shape[1] > _MOST_RAYS:
            rays = np.random.default_rng(1).random((of, _MOST_RAYS))
            rays = rays / rays.max(axis=0)
        way = rays * np.log(self.high / floor)[:, None]

        def at(share: Numbers) -> Numbers:
            return np.asarray(np.maximum(self.high[:, None] * np.exp(-share * way), floor[:, None]))

        near, far = np.zeros(rays.shape[1]), np.ones(rays.shape[1])
        reached = np.asarray(is_far(at(far)))
        near = np.where(reached, near, far)
        for _ in range(_HALVINGS):
            middle = (near + far) / 2
            there = is_far(at(middle))
            near, far = np.where(there, near, middle), np.where(there, middle, far)
        return at(near), at(far), reached

    def spending(self, q: Numbers, budget: float) -> Numbers:
        """Near a point the most reliable that costs so much, or a little less."""
        least, most = -np.inf, float(np.log(self.costs.fails(self.high[:, None])[0]))
        x, found = float(np.log(self.costs.fails(q[:, None])[0])), self.high
        for _ in range(_HALVINGS):
            q = self.polished(q, float(np.exp(x)))
            paid = float(self.costs.paid(q[:, None])[0])
            over = paid - budget
            if abs(over) <= _NEARBY * max(budget, 1.0):
                return q
            if over <= 0:
                most, found = x, q
            else:
                least = x
            if most - least < 1e-14:
                break
            rate = self._rate_at(q)
            # What is paid rises as a power of what fails, or faster.
            ratio = np.log(paid / budget) * paid if min(paid, budget) > 0 else over
            x = x + min(max(ratio / rate if rate > 0 else np.inf, -1.0), 1.0)
            if not least < x < most:
                x = (max(least, most - 2.0) + most) / 2
        return found

    def _rate_at(self, q: Numbers) -> float:
        """How much less is paid for each part of the logarithm of what fails."""
        at = self.costs.curved(q[:, None], q[:, None])
        assert at.slope is not None
        slope = at.slope[0][:, 0] / float(at.value[0][0])
        paid = self.costs.slopes(q[:, None])[:, 0]
        inside = (q > self.low) & (q < self.high)
        return _rate(paid, slope, inside)

    def polished(self, q: Numbers, goal: float) -> Numbers:
        """A point nearby at which nothing can be shifted to pay less, and the goal is kept."""
        y, lows, highs = np.log(q), np.log(np.maximum(self.low, 1e-300)), np.log(self.high)
        for _ in range(_STEPS):
            with np.errstate(all="ignore"):
                step, rate = self._step(np.exp(y), y, goal, (lows, highs))
            step = np.nan_to_num(step, posinf=1.0, neginf=-1.0)
            tried = np.clip(y + step * 0.5 ** np.arange(_SHORTER)[:, None], lows, highs)
            points = np.exp(np.vstack([tried, y]).T)
            off = abs(np.log(np.maximum(self.costs.fails(points), 1e-300) / goal))
            with np.errstate(invalid="ignore"):
                merits = self.costs.paid(points) + 2 * rate * off
            better = np.flatnonzero(merits[:-1] < merits[-1])
            at = int(better[0]) if better.size else 0
            moved = np.abs(tried[at] - y).max()
            if not better.size and moved > _NEARLY * max(1.0, float(np.abs(y).max())):
                break
            y = tried[at]
            if moved < 1e-15 * max(1.0, float(np.abs(y).max())):
                break
        return np.asarray(np.clip(np.exp(y), self.low, self.high))

    def _step(
        self, q: Numbers, y: Numbers, goal: float, ends: tuple[Numbers, Numbers]
    ) -> tuple[Numbers, float]:
        """Where to go from a point, and what a part of the logarithm of what fails is worth."""
        at = self.costs.curved(q[:, None], q[:, None])
        assert at.slope is not None
        assert at.bend is not None
        fails = float(at.value[0][0])
        slope = at.slope[0][:, 0] / fails
        bend = at.bend[0][:, :, 0] / fails - np.outer(slope, slope)
        paid, bends = self.costs.slopes(q[:, None])[:, 0], self.costs.bends(q[:, None])[:, 0]
        free = np.ones(len(q), dtype=bool)
        for _ in range(2):  # those at an end that would go beyond it stay there
            rate = _rate(paid, slope, free)
            pull = paid + rate * slope
            free = ~(((y <= ends[0]) & (pull > 0)) | ((y >= ends[1]) & (pull < 0)))
        step = np.zeros(len(q))
        own = slope[free]
        size = float(own @ own)
        if not size:
            return step, rate
        rate = _rate(paid, slope, free)
        towards = -np.log(fails / goal) * own / size
        along = np.linalg.svd(own[None, :])[2][1:]  # a base of what keeps the goal
        curved = np.diag(bends[free]) + rate * bend[np.ix_(free, free)]
        pull = along @ (paid[free] + rate * own + curved @ towards)
        values, vectors = np.linalg.eigh(along @ curved @ along.T)
        values = np.maximum(abs(values), 1e-13 * max(abs(curved).max(), 1e-300))
        found = towards - along.T @ (vectors @ ((vectors.T @ pull) / values))
        step[free] = found / max(float(np.abs(found).max()), 1.0)
        return step, rate


def _rate(paid: Numbers, slope: Numbers, free: NDArray[np.bool_]) -> float:
    """The multiplier with which slopes nearly cancel."""
    weight = float((slope[free] ** 2).sum())
    return max(-float((paid[free] * slope[free]).sum()) / weight, 0.0) if weight else 0.0
