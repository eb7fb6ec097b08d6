"""What unreliabilities cost, in doubles: the price, its derivatives, and what an amount buys.

Derivatives are by the logarithm of the unreliability. Prices fall with it, their slopes rise, and
the second derivatives fall or are 0, so that bounds over a range stand at its ends.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from vreltui.engine.limits import Undecided
from vreltui.exploration.curved_ranges import Numbers
from vreltui.model.design import Parameter
from vreltui.model.prices import MettasPrice, NinePrice
from vreltui.model.quantities import PROBABILITY

INEXACT = 1e-11
"""The relative error of every figure here is below this, of amounts below :data:`MOST`."""

MOST = 1e17
"""The greatest amount whose figures are that exact."""

_NARROW = 30
"""As many times as wide as its range the distance of its lower end from 1 may be."""


@dataclass(frozen=True, slots=True)
class NineCost:
    """So much for each nine."""

    nine: float

    def at(self, q: Numbers) -> Numbers:
        """What unreliabilities cost."""
        return np.asarray(self.nine * -np.log10(q))

    def slope(self, q: Numbers) -> Numbers:
        """How fast that moves."""
        return np.full_like(q, -self.nine / math.log(10))

    def bend(self, q: Numbers) -> Numbers:
        """It moves in a straight line."""
        return np.zeros_like(q)

    def least(self, amount: Numbers) -> Numbers:
        """The least unreliability that an amount buys."""
        return np.asarray(10.0 ** (-amount / self.nine))


@dataclass(frozen=True, slots=True)
class MettasCost:
    """exp(k (width - u) / u) for each of some instances, where u is what is above ``end``."""

    count: int
    feasible: float
    width: float
    end: float

    def _above(self, q: Numbers) -> Numbers:
        return np.asarray(np.maximum(q - self.end, 1e-300))

    def at(self, q: Numbers) -> Numbers:
        """What unreliabilities cost."""
        u = self._above(q)
        with np.errstate(over="ignore"):
            return np.asarray(self.count * np.exp(self.feasible * (self.width - u) / u))

    def slope(self, q: Numbers) -> Numbers:
        """How fast that moves."""
        u = self._above(q)
        with np.errstate(over="ignore"):
            return np.asarray(-self.at(q) * (q / u) * (self.feasible * self.width / u))

    def bend(self, q: Numbers) -> Numbers:
        """How fast the slope moves: a product of numbers that fall."""
        u = self._above(q)
        steep = self.feasible * self.width / u
        with np.errstate(over="ignore"):
            return np.asarray(self.at(q) * (q / u) * steep * (q / u * steep + 2 * q / u - 1))

    def least(self, amount: Numbers) -> Numbers:
        """The least unreliability that an amount buys."""
        with np.errstate(divide="ignore", invalid="ignore"):
            room = self.feasible + np.log(np.maximum(amount, 0.0) / self.count)
            u = np.where(room > 0, self.feasible * self.width / room, np.inf)
        return np.asarray(np.minimum(self.end + u, 1.0))


CostLaw = NineCost | MettasCost


def cost_law(parameter: Parameter, resource: str, times: int) -> CostLaw | None:
    """What a parameter costs so many instances; None where it costs the same wherever it is.

    Raises :class:`Undecided` where doubles can't tell how far it is from the end of its range.
    """
    price, ends = parameter.price[resource], parameter.range
    assert ends is not None
    low, high = (PROBABILITY.of(end).reliability for end in ends)
    count = 1 if price.once else times
    if low == high:
        return None
    match price:
        case NinePrice():
            return NineCost(count * float(price.per_nine)) if price.per_nine else None
        case MettasPrice():
            if (1 - low) > _NARROW * (high - low):
                raise Undecided(f"the range of {parameter.name} is too narrow to be searched")
            return MettasCost(count, float(1 - price.mettas), float(high - low), float(1 - high))
        case _table:
            raise TypeError(f"{parameter.name} is a decision: {_table}")
