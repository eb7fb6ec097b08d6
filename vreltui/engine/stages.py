"""A life in exponential stages, one after the other: Erlang's law, and degradation in steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import factorial
from typing import Any, TypeVar

from flint import arb, fmpq

from vreltui.engine.balls import ONE, ZERO
from vreltui.engine.exponential_sums import ExponentialSum
from vreltui.engine.lifetimes import Ageing, Number, worked_out

N = TypeVar("N", bound=Any)

HAZARD_BITS = 64
"""To how many bits a hazard is worked out."""


@dataclass(frozen=True)
class Stages:
    """Exponential stages one after the other, with one mean each, as exact numbers.

    Equal means give an Erlang law, unequal ones degradation in steps. The chain of stages is solved
    by partial fractions over the distinct rates, with exact coefficients. Its terms cancel while
    few stages can be over, so that :func:`worked_out` has to raise the precision.

    >>> Stages((fmpq(5), fmpq(5))).survival(arb(5))[0]
    [0.73575888234288 +/- ...]
    """

    means: tuple[fmpq, ...]
    _sums: dict[int, ExponentialSum] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def survival(self, time: Number) -> tuple[Number, Number]:
        """The chances that the last stage is not yet over at ``time``, and that it is."""
        return self.not_over(len(self.means), time)

    def not_over(self, stages: int, time: Number) -> tuple[Number, Number]:
        """The same of the first so many stages."""
        living = self._sum_of(stages).at(time)
        return living, ONE - living

    def _sum_of(self, stages: int) -> ExponentialSum:
        known = self._sums.get(stages)
        if known is None:
            known = self._sums[stages] = _survival_sum(self.means[:stages])
        return known

    def mean(self) -> Number:
        """The sum of the means."""
        return arb(sum(self.means, fmpq(0)))

    def lived(self, time: Number) -> Number:
        """For each stage its mean times the chance that it is over.

        The time spent in a stage with rate v is on average 1/v for each time that it is left.
        """
        total: Number = ZERO
        for number, mean in enumerate(self.means, 1):
            total = total + arb(mean) * self.not_over(number, time)[1]
        return total

    def beyond(self, time: Number) -> Number:
        """Who lives at ``time`` has on average no more left than one who is new."""
        return self.mean() * self.survival(time)[0]

    def as_exponentials(self) -> ExponentialSum | None:
        """A term for each rate and each power of the time that its multiplicity brings."""
        return self._sum_of(len(self.means))

    def ageing(self) -> Ageing | None:
        """1: a sum of exponentials ages."""
        return 1 if len(self.means) > 1 else 0

    def hazard(self, early: arb, late: arb | None) -> tuple[arb, arb | None]:
        """It rises from 0 to the least of the rates: a sum of exponentials ages.

        R. Barlow and F. Proschan, *Statistical Theory of Reliability and Life Testing*, 1975: what
        ages, added up, does.
        """
        greatest = 1 / arb(max(self.means))
        return self._hazard_at(early), greatest if late is None else self._hazard_at(late)

    def _hazard_at(self, age: arb) -> arb:
        living = self._sum_of(len(self.means))
        falling = living.slope() * -1
        (found,) = worked_out(lambda: (falling.at(age) / living.at(age),), HAZARD_BITS)
        return found


def _survival_sum(means: Sequence[fmpq]) -> ExponentialSum:
    """The survival of a chain of stages as a sum over its distinct rates."""
    terms = partial_fractions(Counter(1 / fmpq(mean) for mean in means))
    return ExponentialSum({term: each for term, each in terms.items() if each})


def partial_fractions(rates: Mapping[N, int]) -> dict[tuple[N, int], N]:
    """Of stages with these rates, so many of each, c for each c t^j e^(-v t) of their survival.

    Its transform is (1 - prod (v/(s+v))^m) / s; the principal part at each pole -v gives the
    polynomial that stands before e^(-v t). Numbers may be of any sort.
    """
    terms: dict[tuple[N, int], Any] = {}
    for rate, times in rates.items():
        # The series in (s + v), up to what the pole of this order needs.
        series: list[Any] = [rate ** (times - 1), *[rate * 0] * (times - 1)]
        series = _times_geometric(series, 1 / rate)  # 1 / (1 - (s + v)/v), from -v/s
        for other, multiplicity in rates.items():
            if other == rate:
                continue
            gap = other - rate
            for _ in range(multiplicity):
                series = _times_geometric([each * (other / gap) for each in series], -1 / gap)
        for power in range(times):
            terms[rate, power] = series[times - 1 - power] / factorial(power)
    return terms


def _times_geometric(series: list[Any], ratio: Any) -> list[Any]:
    """A truncated power series times 1 / (1 - ratio x)."""
    result: list[Any] = []
    for each in series:
        result.append(each + ratio * result[-1] if result else each)
    return result
