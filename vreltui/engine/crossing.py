"""Where a contest is won as one value moves over (0, 1)."""

from __future__ import annotations

from flint import arb

from vreltui.engine.alike import alike
from vreltui.engine.balls import (
    DOUBLE_BITS,
    ONE,
    WORKING_BITS,
    ZERO,
    PairOfBalls,
    accurate,
    certain_sign,
    precision,
)
from vreltui.engine.contest import Contest, margin
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.laws import Direction, Source, opposite
from vreltui.engine.limits import Undecided
from vreltui.engine.moved_contest import in_figures, winning_shares
from vreltui.engine.odds import LARGEST_EXPONENT, pair_at
from vreltui.engine.polynomial import OddsPolynomial, constant, odds_polynomial, subtract
from vreltui.engine.polynomial_region import polynomial_region, root_end
from vreltui.engine.regions import EVERYWHERE, GREATEST, LEAST, NOWHERE, End, Interval, Region
from vreltui.engine.stated_values import pair_of
from vreltui.engine.subdivision import subdivide
from vreltui.model import Probability
from vreltui.model.goals import Target

MOST_EXPONENT = 1 << 22
"""Odds are not searched beyond 2**-(2**22) and its reciprocal."""

_AT_ZERO: PairOfBalls = (ZERO, ONE)
_AT_ONE: PairOfBalls = (ONE, ZERO)


def winning_region(contest: Contest, source: Source, moves: tuple[bool, bool]) -> Region:
    """Where own wins as ``source`` runs over (0, 1), in own and/or the rival as ``moves`` says.

    Raises :class:`Undecided` with the reason where that is not found within the limits.
    """
    if in_figures(contest, source):
        return winning_shares(contest, source, moves)
    return _Crossing(contest, source, moves).region()


class _Crossing:
    """The margin of a contest as a function of one source."""

    def __init__(self, contest: Contest, source: Source, moves: tuple[bool, bool]) -> None:
        self.contest = contest
        self.source = source
        self.own = _reading(contest.own, source, moves[0])
        self.rival = _reading(contest.rival, source, moves[1])

    def region(self) -> Region:
        """The region, in the cheapest way that is certain."""
        own_degree = self.own.degree(self.source) if self.own else 0
        rival_degree = self.rival.degree(self.source) if self.rival else 0
        if own_degree == rival_degree == 0:
            return EVERYWHERE if self.contest.sign() > 0 else NOWHERE
        if own_degree in (0, 1) and rival_degree in (0, 1):
            return self._linear()
        way = self._direction(own_degree, rival_degree)
        if way is None:
            return self._general()
        leaf = self._one_leaf()
        return self._monotone(increasing=way > 0) if leaf is None else self._through(*leaf)

    def _direction(self, own_degree: int | None, rival_degree: int | None) -> Direction | None:
        """Which way the margin goes as the value rises, where that is known for all of (0, 1)."""
        if rival_degree == 0 and self.own:
            return self.own.program.direction(self.source)
        if own_degree == 0 and self.rival:
            return opposite(self.rival.program.direction(self.source))
        return None

    # Values of the margin

    def _margin_at(self, at: PairOfBalls, bits: int) -> arb:
        contest = self.contest
        contest.limits.check_time("finding a threshold")
        own_pair = self._moved(self.own, at, bits) or contest.own.pair(bits=bits)
        rival_pair = self._moved(self.rival, at, bits) or contest.rival_pair(bits)
        with precision(bits):
            return margin(own_pair, rival_pair)

    def _moved(self, side: Evaluation | None, at: PairOfBalls, bits: int) -> PairOfBalls | None:
        if side is None:
            return None
        with side.varying(self.source, bits) as varying:
            return varying.at(at)

    def _sign_at_end(self, at: PairOfBalls) -> int:
        return certain_sign(
            lambda bits: self._margin_at(at, bits),
            self.contest.places,
            self.contest.limits.exact_places,
        )

    # The four ways

    def _linear(self) -> Region:
        """A straight line: the signs at 0 and 1 tell all, the root is a ratio of their values."""
        ends = self._line_from_slope()
        if ends is None:
            signs = self._sign_at_end(_AT_ZERO), self._sign_at_end(_AT_ONE)
        else:
            signs = 1 if ends[0] > 0 else -1, 1 if ends[1] > 0 else -1

        def pair(bits: int) -> PairOfBalls:
            if ends is not None and bits <= DOUBLE_BITS:
                at_zero, at_one = ends
            else:
                at_zero = self._margin_at(_AT_ZERO, bits + 64)
                at_one = self._margin_at(_AT_ONE, bits + 64)
            return _root_of_line(at_zero, at_one, bits)

        return _region_of(signs, End(pair))

    def _line_from_slope(self) -> tuple[arb, arb] | None:
        """The margin at 0 and at 1 from the derivative, when that is accurate enough."""
        sides = [side for side in (self.own, self.rival) if side is not None]
        value = sides[0].values.get(self.source)
        elsewhere = sides[-1].values.get(self.source) != value
        if elsewhere or not isinstance(value, Probability):
            return None  # the sides stand at different values, so there is no one point to start at
        with precision(WORKING_BITS):
            slope = ZERO
            if self.own:
                slope = slope + self.own.slope(self.source)
            if self.rival:
                slope = slope - self.rival.slope(self.source)
            now = self.contest.now()
            p, q = pair_of(value, WORKING_BITS)
            ends = now - p * slope, now + q * slope
            if all(accurate(end, DOUBLE_BITS + 8) and not end.contains(0) for end in ends):
                return ends
        return None

    def _monotone(self, *, increasing: bool) -> Region:
        """The margin rises (or falls) throughout: at most one root, found by bracketing."""
        low_sign, high_sign = self._sign_at_end(_AT_ZERO), self._sign_at_end(_AT_ONE)
        if low_sign == high_sign:
            return EVERYWHERE if low_sign > 0 else NOWHERE
        # A tie at an end itself: just inside it, the margin has begun to rise, or to fall.
        if low_sign == 0:
            low_sign = 1 if increasing else -1
        if high_sign == 0:
            high_sign = -1 if increasing else 1
        if low_sign == high_sign:
            return EVERYWHERE if low_sign > 0 else NOWHERE
        least = arb(2) ** -self._past_the_root(low_sign, towards=-1)
        greatest = arb(2) ** self._past_the_root(high_sign, towards=1)
        return _region_of((low_sign, high_sign), root_end(self._at_odds, least, greatest))

    def _past_the_root(self, sign: int, *, towards: int) -> int:
        """An exponent of odds, towards 0 or 1, where the sign is already that of the end.

        A rival of 1e-600 (two parts of 1e-300 in series) is beaten by one part of 1e-600: roots
        may lie beyond all values of a design. They end where its decimal places do.
        """
        exponent = LARGEST_EXPONENT
        while exponent < MOST_EXPONENT:
            value = self._at_odds(arb(2) ** (towards * exponent), WORKING_BITS)
            if (value > 0 and sign > 0) or (value < 0 and sign < 0):
                break
            exponent *= 4
        return exponent

    def _at_odds(self, odds: arb, bits: int) -> arb:
        return self._margin_at(pair_at(odds), bits)

    def _general(self) -> Region:
        """Both sides move, or one rises and falls: an exact polynomial, else subdivision."""
        contest, limits = self.contest, self.contest.limits
        if self.own and self.rival and alike(self.own, self.rival, self.source):
            return NOWHERE
        try:
            own = self._polynomial(contest.own, self.own)
            rival = self._polynomial(contest.rival, self.rival)
        except Undecided:
            pass
        else:
            return polynomial_region(subtract(own, rival), limits)
        moving = self.source if self.own else None, self.source if self.rival else None
        return subdivide(contest.own, contest.rival, moving, limits)

    def _polynomial(self, side: Evaluation | Target, moving: Evaluation | None) -> OddsPolynomial:
        """A side as a polynomial in the odds of the value. Raises :class:`Undecided`."""
        if not isinstance(side, Evaluation):
            return constant(side)[0]
        if moving is None and self.source in side.program.leaves:
            raise Undecided("it stands while the value moves elsewhere")
        return odds_polynomial(side, self.source, self.contest.limits)

    def _one_leaf(self) -> tuple[Evaluation, int] | None:
        """The one side that follows and its one leaf that reads the value, if it acts in a line."""
        sides = [side for side in (self.own, self.rival) if side is not None]
        leaves = [leaf for side in sides for leaf in side.program.leaves[self.source]]
        if len(leaves) != 1 or sides[0].leaf_degree(leaves[0]) != 1:
            return None
        if not sides[0].program.law(leaves[0]).inverts:
            return None
        return sides[0], leaves[0]

    def _through(self, side: Evaluation, leaf: int) -> Region:
        """A straight line in one leaf, and from the leaf back to the value by its law."""
        signs = self._sign_at_end(_AT_ZERO), self._sign_at_end(_AT_ONE)
        law = side.program.law(leaf)

        def margin_at(at: PairOfBalls, bits: int) -> arb:
            moved = side.at_slot(leaf, at, bits)
            own = moved if side is self.own else self.contest.own.pair(bits=bits)
            rival = moved if side is self.rival else self.contest.rival_pair(bits)
            with precision(bits):
                return margin(own, rival)

        def pair(bits: int) -> PairOfBalls:
            ends = margin_at(_AT_ZERO, bits + 64), margin_at(_AT_ONE, bits + 64)
            root = _root_of_line(*ends, bits)
            with precision(bits + 64):
                return law.inverse(self.source, side.given(bits + 64), root)

        return _region_of(signs, End(pair))


def _reading(side: Evaluation | Target, source: Source, moves: bool) -> Evaluation | None:
    """A side if it follows the source."""
    if moves and isinstance(side, Evaluation) and source in side.program.leaves:
        return side
    return None


def _root_of_line(at_zero: arb, at_one: arb, bits: int) -> PairOfBalls:
    """Where a straight line with opposite signs at 0 and 1 crosses 0."""
    with precision(bits + 64):
        # Opposite signs: sums of magnitudes, no cancellation.
        width = abs(at_zero) + abs(at_one)
        return abs(at_zero) / width, abs(at_one) / width


def _region_of(signs: tuple[int, int], root: End) -> Region:
    """Where a function with these signs at 0 and 1, and at most one root, is positive."""
    low, high = signs
    if low >= 0 and high >= 0 and low + high > 0:
        return EVERYWHERE
    if low <= 0 and high <= 0:
        return NOWHERE
    return (Interval(root, GREATEST),) if high > 0 else (Interval(LEAST, root),)
