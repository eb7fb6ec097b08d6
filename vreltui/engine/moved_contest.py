"""A contest as one number moves that figures at leaves are worked out from.

A time, a rate or a plain number runs over what it may be; a share of a move's clock runs over its
odds, in which both of its ends are equally far away.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import arb, fmpq

from vreltui.engine.amounts import AmountInterval, AmountRegion, AmountSearch
from vreltui.engine.balls import WORKING_BITS, precision
from vreltui.engine.contest import Contest, margin
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.laws import Direction, Source, opposite
from vreltui.engine.limits import Undecided
from vreltui.engine.over_amounts import bounds_over, slope_over
from vreltui.engine.polynomial_region import polynomial_region, root_end
from vreltui.engine.rational_contest import amounts_of, margin_polynomial
from vreltui.engine.regions import GREATEST, LEAST, End, Interval, Region
from vreltui.engine.walked_over import figures_through

_MOST_ODDS = Fraction(10**15)
"""Odds are searched from the inverse of this to this."""


@dataclass(frozen=True, slots=True)
class MovedContest:
    """A contest whose sides follow a source, each where it reads it and is not None."""

    contest: Contest
    source: Source
    own: Evaluation | None
    rival: Evaluation | None

    @staticmethod
    def of(contest: Contest, source: Source, moves: tuple[bool, bool]) -> MovedContest:
        """The contest where a source moves in own and/or in the rival."""
        own = contest.own if moves[0] and source in contest.own.program.leaves else None
        rival = contest.rival if isinstance(contest.rival, Evaluation) else None
        follows = moves[1] and rival is not None and source in rival.program.leaves
        return MovedContest(contest, source, own, rival if follows else None)

    @property
    def way(self) -> Direction | None:
        """Which way the margin goes as the value rises; None where that is not known."""
        own_way = self.own.direction(self.source) if self.own else 0
        rival_way = opposite(self.rival.direction(self.source)) if self.rival else 0
        ways = {own_way, rival_way} - {0}
        return ways.pop() if len(ways) == 1 else 0 if not ways else None

    def _at(self, value: Fraction) -> tuple[Evaluation, Evaluation | None]:
        exact = fmpq(value.numerator, value.denominator)
        return (
            self.own.at_amount(self.source, exact) if self.own else self.contest.own,
            self.rival.at_amount(self.source, exact) if self.rival else None,
        )

    def margin_at(self, value: Fraction, bits: int) -> arb:
        """The margin at an exact value."""
        ours, theirs = self._at(value)
        other = self.contest.rival_pair(bits) if theirs is None else theirs.pair(bits=bits)
        with precision(bits):
            return margin(ours.pair(bits=bits), other)

    def look(self, value: Fraction) -> tuple[int, arb]:
        """The sign of the margin at an exact value, for certain, and about how great it is."""
        quick = self.margin_at(value, WORKING_BITS)
        if quick > 0 or quick < 0:
            return (1 if quick > 0 else -1), quick
        ours, theirs = self._at(value)
        rival = self.contest.rival if theirs is None else theirs
        return Contest(ours, rival, self.contest.limits).sign(), quick

    def bounds(self, value: arb) -> tuple[arb, arb]:
        """Bounds of the margin, from below and above, over an interval."""
        fixed = self.contest.rival_pair(WORKING_BITS)
        own = self.contest.own.pair()
        ours = bounds_over(self.own, {self.source: value}) if self.own else (own, own)
        theirs = bounds_over(self.rival, {self.source: value}) if self.rival else (fixed, fixed)
        return margin(ours[0], theirs[1]), margin(ours[1], theirs[0])

    def slope(self, value: arb) -> arb | None:
        """The derivative of the margin over an interval; None where it is not known."""
        ours = slope_over(self.own, self.source, value) if self.own else arb(0)
        theirs = slope_over(self.rival, self.source, value) if self.rival else arb(0)
        return None if ours is None or theirs is None else ours - theirs


def winning_amounts(
    contest: Contest,
    source: Source,
    moves: tuple[bool, bool],
    least: Fraction,
    most: Fraction,
) -> AmountRegion:
    """Where own wins as ``source`` runs from ``least`` to ``most``, in own and/or the rival.

    Raises :class:`Undecided` with the reason where that is not found within the limits.
    """
    moved = MovedContest.of(contest, source, moves)
    if moved.way is None:
        difference = margin_polynomial(contest, source, moves, is_share=False)
        if difference is not None:
            return amounts_of(difference, contest.limits, least, most)
    search = AmountSearch(moved.look, moved.bounds, moved.slope, contest.limits.check_time)
    return search.region(moved.way, least, most)


def in_figures(contest: Contest, source: Source) -> bool:
    """Whether a side of a contest reads a number from 0 to 1 by way of figures of leaves."""
    sides = [side for side in (contest.own, contest.rival) if isinstance(side, Evaluation)]
    return any(
        source in side.program.leaves and figures_through(side.program, source) for side in sides
    )


def winning_shares(contest: Contest, source: Source, moves: tuple[bool, bool]) -> Region:
    """Where own wins as a number in figures of leaves runs from 0 to 1.

    Raises :class:`Undecided` with the reason where that is not found within the limits.
    """
    difference = margin_polynomial(contest, source, moves, is_share=True)
    if difference is not None:
        return polynomial_region(difference, contest.limits)
    moved = MovedContest.of(contest, source, moves)
    for side in (moved.own, moved.rival):
        if side is not None and not _in_figures_alone(side, source):
            raise Undecided("it is both a probability of its own and a share of moves")

    def look(odds: Fraction) -> tuple[int, arb]:
        return moved.look(odds / (1 + odds))

    def bounds(odds: arb) -> tuple[arb, arb]:
        return moved.bounds(1 / (1 + 1 / odds))

    def slope(odds: arb) -> arb | None:
        return moved.slope(1 / (1 + 1 / odds))

    search = AmountSearch(look, bounds, slope, contest.limits.check_time)
    found = search.region(moved.way, 1 / _MOST_ODDS, _MOST_ODDS)
    return tuple(_interval(moved, each) for each in found)


def _in_figures_alone(side: Evaluation, source: Source) -> bool:
    """Whether no leaf reads a source beside the figures that are worked out from it."""
    return all(
        side.program.law(leaf).figure_source is not None for leaf in side.program.leaves[source]
    )


def _interval(moved: MovedContest, interval: AmountInterval) -> Interval:
    """An interval of odds as one of the value, with ends to any accuracy."""

    def margin_at(odds: arb, bits: int) -> arb:
        mantissa, exponent = odds.mid().man_exp()
        exact = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
        return moved.margin_at(exact / (1 + exact), bits)

    def end(below: Fraction, above: Fraction) -> End:
        if below == above:
            return End.at(below / (1 + below))
        with precision(256):  # the two are as near to each other as many digits tell apart
            low, high = (arb(fmpq(each.numerator, each.denominator)) for each in (below, above))
            return root_end(margin_at, low.mid(), high.mid())

    low = LEAST if interval.low is None else end(interval.low.below, interval.low.above)
    high = GREATEST if interval.high is None else end(interval.high.below, interval.high.above)
    return Interval(low, high)
