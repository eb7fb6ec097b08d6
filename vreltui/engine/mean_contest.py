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
from vreltui.engine.mean_life import WANTED_BITS, Mean, mean_life, mean_of_one
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

_ROUGH_BITS = 24
"""To how many bits means are worked out at first where they are compared."""

_WELL_TOLD_BITS = 6
"""To how many bits a difference of such means has to be known, or they are worked out fully."""

INFINITE = None
"""The mean life of what never fails."""


@dataclass(slots=True)
class MeanLives:
    """The mean life of the root of an evaluation, found when it is first asked for."""

    evaluation: Evaluation
    limits: Limits
    _means: dict[int, Mean] = field(default_factory=dict)

    def mean(self, bits: int = WANTED_BITS) -> Mean:
        """The mean time to the first failure in seconds: a Fraction, a ball, None if infinite."""
        if bits not in self._means:
            part = PartOfProgram(self.evaluation, self.evaluation.program.root)
            self._means[bits] = mean_life(part, part.lives(), self.limits, bits)
        return self._means[bits]

    def changed(self, values: Mapping[Source, Value]) -> MeanLives:
        """The same with other values of some sources."""
        return MeanLives(self.evaluation.changed(values), self.limits)

    def at_amount(self, source: Source, value: fmpq) -> MeanLives:
        """The same where a time, rate or number has another value."""
        return MeanLives(self.evaluation.at_amount(source, value), self.limits)

    def over(self, source: Source, values: arb) -> arb:
        """A ball that holds the means for all values of an amount in an interval.

        Raises :class:`Undecided` where more than one component can fail.
        """
        evaluation = self.evaluation.over_amount(source, values)
        part = PartOfProgram(evaluation, evaluation.program.root)
        found = mean_of_one(part, part.lives())
        if found is None:
            raise Undecided(
                "which way it moves a mean life is not known, and means of several components are "
                "worked out at single values alone"
            )
        return found


@dataclass(slots=True)
class MeanContest:
    """``own`` against ``rival``: another choice, or a time in seconds that it has to exceed."""

    own: MeanLives
    rival: MeanLives | Fraction
    limits: Limits

    def sign(self) -> int:
        """1, 0 or -1: own lives longer, as long, or not as long."""
        if isinstance(self.rival, Fraction):
            return compared(*self._told_apart())
        try:
            return compared(*self._told_apart())
        except Undecided:
            if alike(self.own.evaluation, self.rival.evaluation):
                return 0  # one integral
            gain = Difference(self.own.evaluation, self.rival.evaluation).mean()
            if gain is None:
                raise
            return (gain > 0) - (gain < 0)

    def _told_apart(self) -> tuple[Mean, Mean]:
        """Both means, to a few digits where these tell them apart: most do, and cost little."""
        for bits in (_ROUGH_BITS, WANTED_BITS):
            rival = self.rival if isinstance(self.rival, Fraction) else self.rival.mean(bits)
            own = self.own.mean(bits)
            if own is INFINITE or rival is INFINITE:
                break
            with precision(2 * WORKING_BITS):
                if accurate(as_ball(own) - as_ball(rival), _WELL_TOLD_BITS):
                    break
        return own, rival

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
            ways.add(self.own.evaluation.direction(source))
        if moves[1] and isinstance(self.rival, MeanLives):
            ways.add(opposite(self.rival.evaluation.direction(source)))
        ways.discard(0)
        if not ways:
            return 0
        return ways.pop() if len(ways) == 1 else None

    def winning_amounts(
        self, source: Source, moves: tuple[bool, bool], least: Fraction, most: Fraction
    ) -> AmountRegion:
        """Where own wins as an amount runs from ``least`` to ``most``.

        Raises :class:`Undecided` where it is not known which way the amount moves means of several
        components.
        """
        polynomial = self._polynomial(source, moves, share=False)
        if polynomial is not None:
            return amounts_of(polynomial, self.limits, least, most)
        own_reads = moves[0] and source in self.own.evaluation.program.leaves
        other = self.rival if isinstance(self.rival, MeanLives) else None
        rival_reads = bool(moves[1] and other and source in other.evaluation.program.leaves)
        ways: set[Direction | None] = set()
        if own_reads:
            ways.add(self.own.evaluation.direction(source))
        if rival_reads and other:
            ways.add(opposite(other.evaluation.direction(source)))
        ways.discard(0)
        way: Direction | None = None if len(ways) > 1 else ways.pop() if ways else 0

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

        def bounds(values: arb) -> tuple[arb, arb]:
            rival = self.rival if isinstance(self.rival, Fraction) else self.rival.mean()
            theirs = other.over(source, values) if rival_reads and other else as_ball(rival)
            ours = self.own.over(source, values) if own_reads else as_ball(self.own.mean())
            margin = ours - theirs
            return margin.lower(), margin.upper()

        def no_slope(value: arb) -> None:
            del value

        search = AmountSearch(look, bounds, no_slope, self.limits.check_time, width=_WIDTH)
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
        """How much longer own lives, as a ball; an infinite mean is very large.

        As the logarithm of the quotient of the means where both are above 0: that is all but
        straight in the logarithm of a time, so that few values have to be looked at.
        """
        own, rival = self._told_apart()
        with precision(WORKING_BITS):
            ours, theirs = as_ball(own), as_ball(rival)
            return (ours / theirs).log() if ours > 0 and theirs > 0 else ours - theirs


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
    if difference.is_zero():
        return 0
    if difference > 0:
        return 1
    if difference < 0:
        return -1
    raise Undecided("the mean lives are equal to 20 digits, and at least one is an integral")
