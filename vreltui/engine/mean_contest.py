"""Choices that are measured by their mean life: which lives longer, and at which values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from flint import arb, fmpq, fmpz_poly

from vreltui.engine.alike import alike
from vreltui.engine.amounts import AmountRegion, AmountSearch
from vreltui.engine.balls import WORKING_BITS, accurate, precision
from vreltui.engine.chains.rational_functions import Quotient
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.laws import Direction, Source, opposite
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.mean_life import Mean, mean_life
from vreltui.engine.mean_quotients import margin_of, mean_of
from vreltui.engine.mean_shares import winning_shares
from vreltui.engine.part_of_program import PartOfProgram
from vreltui.engine.polynomial_region import polynomial_region
from vreltui.engine.rational_contest import amounts_of
from vreltui.engine.regions import Region
from vreltui.engine.same_function import Difference
from vreltui.model import Probability, Value

_WIDTH = arb(2) ** -48
"""To what relative width a threshold is bracketed: means may be known to little more."""

_GAIN_BITS = 40
"""Relative accuracy below which a difference of means is not told."""

INFINITE = None
"""The mean life of what never fails."""


@dataclass(slots=True)
class MeanLives:
    """The mean life of the root of an evaluation, found when it is first asked for."""

    evaluation: Evaluation
    limits: Limits
    _mean: list[Mean] = field(default_factory=list)

    def mean(self) -> Mean:
        """The mean time to the first failure in seconds: a Fraction, a ball, None if infinite."""
        if not self._mean:
            part = PartOfProgram(self.evaluation, self.evaluation.program.root)
            self._mean.append(mean_life(part, part.lives(), self.limits))
        return self._mean[0]

    def changed(self, values: Mapping[Source, Value]) -> MeanLives:
        """The same with other values of some sources."""
        return MeanLives(self.evaluation.changed(values), self.limits)

    def at_amount(self, source: Source, value: fmpq) -> MeanLives:
        """The same where a time, rate or number has another value."""
        return MeanLives(self.evaluation.at_amount(source, value), self.limits)


@dataclass(slots=True)
class MeanContest:
    """``own`` against ``rival``: another choice, or a time in seconds that it has to exceed."""

    own: MeanLives
    rival: MeanLives | Fraction
    limits: Limits

    def sign(self) -> int:
        """1, 0 or -1: own lives longer, as long, or not as long."""
        if isinstance(self.rival, Fraction):
            return compared(self.own.mean(), self.rival)
        try:
            return compared(self.own.mean(), self.rival.mean())
        except Undecided:
            if alike(self.own.evaluation, self.rival.evaluation):
                return 0  # one integral
            gain = Difference(self.own.evaluation, self.rival.evaluation).mean()
            if gain is None:
                raise
            return (gain > 0) - (gain < 0)

    def sign_at_count(self, source: Source, count: int, moves: tuple[bool, bool]) -> int:
        """:meth:`sign` where a count has another value, in own and/or in the rival."""
        own, rival = self.own, self.rival
        if moves[0]:
            own = own.changed({source: count})
        if moves[1] and isinstance(rival, MeanLives):
            rival = rival.changed({source: count})
        return MeanContest(own, rival, self.limits).sign()

    def way(self, source: Source, moves: tuple[bool, bool]) -> Direction | None:
        """Which way a greater value moves the margin; None where that is not known."""
        ways: set[Direction | None] = set()
        if moves[0]:
            ways.add(self.own.evaluation.program.direction(source))
        if moves[1] and isinstance(self.rival, MeanLives):
            ways.add(opposite(self.rival.evaluation.program.direction(source)))
        ways.discard(0)
        if not ways:
            return 0
        return ways.pop() if len(ways) == 1 else None

    def winning_amounts(
        self, source: Source, moves: tuple[bool, bool], least: Fraction, most: Fraction
    ) -> AmountRegion:
        """Where own wins as an amount runs from ``least`` to ``most``.

        Raises :class:`Undecided` where it is not known which way the amount moves the means.
        """
        polynomial = self._polynomial(source, moves, share=False)
        if polynomial is not None:
            return amounts_of(polynomial, self.limits, least, most)
        own_reads = moves[0] and source in self.own.evaluation.program.leaves
        other = self.rival if isinstance(self.rival, MeanLives) else None
        rival_reads = bool(moves[1] and other and source in other.evaluation.program.leaves)
        ways: set[Direction | None] = set()
        if own_reads:
            ways.add(self.own.evaluation.program.direction(source))
        if rival_reads and other:
            ways.add(opposite(other.evaluation.program.direction(source)))
        ways.discard(0)
        if len(ways) > 1 or None in ways:
            raise Undecided(
                "which way it moves a mean life is not known, so that its values can't be searched"
            )
        way: Direction | None = ways.pop() if ways else 0

        def at(value: Fraction) -> MeanContest:
            exact = fmpq(value.numerator, value.denominator)
            rival: MeanLives | Fraction = self.rival
            if rival_reads and other:
                rival = other.at_amount(source, exact)
            own = self.own.at_amount(source, exact) if own_reads else self.own
            return MeanContest(own, rival, self.limits)

        def look(value: Fraction) -> tuple[int, arb]:
            there = at(value)
            return there.sign(), there.margin()

        def no_bounds(value: arb) -> tuple[arb, arb]:
            raise Undecided(f"no bounds of a mean life over {value}")

        def no_slope(value: arb) -> None:
            del value

        search = AmountSearch(look, no_bounds, no_slope, self.limits.check_time, width=_WIDTH)
        return search.region(way, least, most)

    def winning_shares(self, source: Source, moves: tuple[bool, bool]) -> Region:
        """Where own wins as a share of failures runs from 0 to 1.

        Raises :class:`Undecided` where it is not known which way it moves the means.
        """
        polynomial = self._polynomial(source, moves, share=True)
        if polynomial is not None:
            return polynomial_region(polynomial, self.limits)
        way = self.way(source, moves)
        if way is None:
            raise Undecided("which way it moves a mean life is not known")

        def sign(value: Probability) -> int:
            self.limits.check_time("comparing mean lives")
            own = self.own.changed({source: value}) if moves[0] else self.own
            rival = self.rival
            if moves[1] and isinstance(rival, MeanLives):
                rival = rival.changed({source: value})
            return MeanContest(own, rival, self.limits).sign()

        return winning_shares(sign, way)

    def _polynomial(
        self, source: Source, moves: tuple[bool, bool], *, share: bool
    ) -> fmpz_poly | None:
        """The margin's sign as that of a polynomial; None where more than a chain moves."""

        def side(lives: MeanLives, *, follows: bool) -> Quotient | Fraction | None:
            if follows and source in lives.evaluation.program.leaves:
                return mean_of(lives.evaluation, source, share=share)
            mean = lives.mean()
            return mean if isinstance(mean, Fraction) else None

        own = side(self.own, follows=moves[0])
        rival = self.rival
        theirs = rival if isinstance(rival, Fraction) else side(rival, follows=moves[1])
        return margin_of(own, theirs)

    def gain(self) -> float | None:
        """By how many seconds own lives longer; None where one of the two is infinite."""
        rival = self.rival if isinstance(self.rival, Fraction) else self.rival.mean()
        own = self.own.mean()
        if own is INFINITE or rival is INFINITE:
            return None
        if isinstance(own, Fraction) and isinstance(rival, Fraction):
            return float(own - rival)
        if self.sign() == 0:
            return 0.0
        with precision(2 * WORKING_BITS):
            difference = as_ball(own) - as_ball(rival)
        if not accurate(difference, _GAIN_BITS):
            raise Undecided("two mean lives are too near for the digits of their difference")
        return float(difference)

    def margin(self) -> arb:
        """The difference of the means as a ball; an infinite mean is very large."""
        rival = self.rival if isinstance(self.rival, Fraction) else self.rival.mean()
        with precision(WORKING_BITS):
            return as_ball(self.own.mean()) - as_ball(rival)


def as_ball(mean: Mean) -> Any:
    """A mean as a ball at the present precision."""
    if mean is INFINITE:
        return arb(10) ** 400
    if isinstance(mean, Fraction):
        return arb(fmpq(mean.numerator, mean.denominator))
    return mean


def compared(one: Mean, other: Mean) -> int:
    """The sign of a difference of means. Raises :class:`Undecided` where they are too near."""
    if one is INFINITE or other is INFINITE:
        return int(one is INFINITE) - int(other is INFINITE)
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return (one > other) - (one < other)
    with precision(2 * WORKING_BITS):
        difference = as_ball(one) - as_ball(other)
    if difference > 0:
        return 1
    if difference < 0:
        return -1
    raise Undecided("the mean lives are equal to 20 digits, and at least one is an integral")
