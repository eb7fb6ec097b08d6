"""Lives in exponential stages whose means are only known to lie between two numbers each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import arb, fmpq

from vreltui.engine.exponential_sums import ExponentialSum
from vreltui.engine.lifetimes import Ageing, Number, Stated, worked_out
from vreltui.engine.stages import Stages

_BITS = 80
"""To how many bits the ends are worked out."""


@dataclass(frozen=True, slots=True)
class StagesBetween:
    """All lives between a shorter and a longer one: each stage lasts at least, at most so long.

    A sum of stages grows with each of them, and so does the chance to be alive at any time.
    """

    shorter: Stages
    longer: Stages

    @staticmethod
    def of(means: Sequence[Stated]) -> StagesBetween:
        """The lives whose stages have means that are exact numbers, or balls about some."""
        ends = [_ends(mean) for mean in means]
        return StagesBetween(
            Stages(tuple(low for low, _ in ends)), Stages(tuple(high for _, high in ends))
        )

    def survival(self, time: Number) -> tuple[Number, Number]:
        """Balls that hold the chances of all of them."""
        low = worked_out(lambda: self.shorter.survival(time), _BITS)
        high = worked_out(lambda: self.longer.survival(time), _BITS)
        return low[0].union(high[0]), low[1].union(high[1])

    def mean(self) -> Number:
        """A ball that holds the sums of the means."""
        return self.shorter.mean().union(self.longer.mean())

    def lived(self, time: Number) -> Number:
        """A ball that holds the mean times lived by ``time``."""
        (low,) = worked_out(lambda: (self.shorter.lived(time),), _BITS)
        (high,) = worked_out(lambda: (self.longer.lived(time),), _BITS)
        return low.union(high)

    def beyond(self, time: Number) -> Number:
        """A bound for all of them is that of the longer one."""
        return self.longer.beyond(time)

    def as_exponentials(self) -> ExponentialSum | None:
        """None: there are many."""
        return None

    def ageing(self) -> Ageing | None:
        """1, as of each."""
        return self.longer.ageing()

    def hazard(self, early: arb, late: arb | None) -> tuple[arb, arb | None]:
        """From none to the greatest rate: that of one age need not fall as a stage lasts longer."""
        del early, late
        return arb(0), 1 / arb(max(self.shorter.means))


def _ends(mean: Stated) -> tuple[fmpq, fmpq]:
    if isinstance(mean, fmpq):
        return mean, mean
    return _exact(mean.lower()), _exact(mean.upper())


def _exact(end: arb) -> fmpq:
    """A ball without a radius as the fraction that it is."""
    mantissa, exponent = end.man_exp()
    power = int(exponent)
    return fmpq(int(mantissa) << power) if power >= 0 else fmpq(int(mantissa), 1 << -power)
