"""Where one mean life exceeds another as a share of failures, such as a beta, runs from 0 to 1."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal, localcontext

from flint import arb

from vreltui.engine.balls import PairOfBalls, precision
from vreltui.engine.laws import Direction
from vreltui.engine.regions import EVERYWHERE, GREATEST, LEAST, NOWHERE, End, Interval, Region
from vreltui.model import Probability

Sign = Callable[[Probability], int]
"""The certain sign of a margin where the share has a value."""


def winning_shares(sign: Sign, way: Direction) -> Region:
    """Where the sign is positive, of a margin that moves one way as the share grows.

    Raises :class:`~vreltui.engine.limits.Undecided` where a sign is not found.
    """
    low, high = sign(_AT_ZERO), sign(_AT_ONE)
    if way == 0 or (low > 0 and high > 0):
        return EVERYWHERE if low > 0 else NOWHERE
    if max(low, high) <= 0:
        return NOWHERE
    root = End(_Root(sign, falls=low > 0).pair)
    return (Interval(LEAST, root),) if low > 0 else (Interval(root, GREATEST),)


_AT_ZERO, _AT_ONE = Probability(Decimal(0)), Probability(Decimal(1))


@dataclass
class _Root:
    """The one change of sign between 0 and 1, between decimals that come together."""

    sign: Sign
    falls: bool
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(1)
    _digits: int = field(default=60)

    def pair(self, bits: int) -> PairOfBalls:
        """Balls around the root and its complement."""
        while True:
            with precision(bits + 64):
                low, high = arb(str(self.low)), arb(str(self.high))
                found = low.union(high)
                pair = found, 1 - found
                if all(side.rel_accuracy_bits() > bits for side in pair):
                    return pair
            self._halve(bits)

    def _halve(self, bits: int) -> None:
        with localcontext() as context:
            context.prec = self._digits + bits
            # Next to 0 by steps of a thousand, since nobody knows how near to it the root is.
            near = self.low == 0 and self.high < Decimal("0.01")
            middle = self.high / 1000 if near else (self.low + self.high) / 2
        found = self.sign(Probability(middle))
        if found == 0:
            self.low = self.high = middle
        elif (found > 0) == self.falls:
            self.low = middle
        else:
            self.high = middle
