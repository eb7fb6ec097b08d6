"""A choice against a rival: who is more reliable, and where that changes as one value moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cmp_to_key

from flint import arb, arb_poly, fmpq, fmpz_poly

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
from vreltui.engine.evaluation import Evaluation, pair_of
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.odds import LARGEST_EXPONENT, bracket_root, pair_at
from vreltui.engine.polynomial import Isolated, isolate, odds_polynomial, subtract
from vreltui.engine.program import Source
from vreltui.engine.regions import (
    EVERYWHERE,
    GREATEST,
    LEAST,
    NOWHERE,
    End,
    Interval,
    Region,
)
from vreltui.engine.subdivision import subdivide
from vreltui.model import Probability

_AT_ZERO: PairOfBalls = (ZERO, ONE)
_AT_ONE: PairOfBalls = (ONE, ZERO)


def margin(own: PairOfBalls, rival: PairOfBalls) -> arb:
    """R - R_rival, from the side that loses fewer digits."""
    by_r = own[0] - rival[0]
    by_q = rival[1] - own[1]
    return by_r if by_r.rad() <= by_q.rad() else by_q


@dataclass(slots=True)
class Contest:
    """``own`` against ``rival``: another evaluation, or a probability to exceed.

    ``own`` wins where its reliability is strictly greater.
    """

    own: Evaluation
    rival: Evaluation | Probability
    limits: Limits = field(default_factory=Limits)

    def rival_pair(self, bits: int) -> PairOfBalls:
        """The rival's pair at the present values."""
        if isinstance(self.rival, Probability):
            return pair_of(self.rival, bits)
        return self.rival.pair(bits=bits)

    def places(self) -> int:
        """Decimal places after which the exact margin ends."""
        if isinstance(self.rival, Probability):
            return max(self.own.places, self.rival.places)
        return max(self.own.places, self.rival.places)

    def sign(self) -> int:
        """1, 0 or -1: own wins, ties exactly, or loses."""
        return certain_sign(
            lambda bits: margin(self.own.pair(bits=bits), self.rival_pair(bits)),
            self.places,
            self.limits.exact_places,
        )

    # One count

    def sign_at_count(self, source: Source, count: int, moves: tuple[bool, bool]) -> int:
        """:meth:`sign` where a count has another value, in own and/or in the rival."""
        own, rival = self.own, self.rival
        if moves[0]:
            own = own.changed({source: count})
        if moves[1] and isinstance(rival, Evaluation):
            rival = rival.changed({source: count})
        return Contest(own, rival, self.limits).sign()

    # One probability

    def region(self, source: Source, moves: tuple[bool, bool]) -> Region:
        """Where own wins as ``source`` runs over (0, 1), in own and/or the rival as ``moves`` says.

        Raises :class:`Undecided` with the reason where that is not found within the limits.
        """
        return _Crossing(self, source, moves).region()


@dataclass(slots=True)
class _Crossing:
    """The margin of a contest as a function of one source."""

    contest: Contest
    source: Source
    moves: tuple[bool, bool]

    def region(self) -> Region:
        own, rival = self.contest.own, self.contest.rival
        own_degree = own.degree(self.source) if self.moves[0] else 0
        rival_degree = (
            rival.degree(self.source) if self.moves[1] and isinstance(rival, Evaluation) else 0
        )
        if own_degree == rival_degree == 0:
            return EVERYWHERE if self.contest.sign() > 0 else NOWHERE
        if max(own_degree, rival_degree) == 1:
            return self._linear()
        if own_degree == 0 or rival_degree == 0:
            return self._monotone(increasing=rival_degree == 0)
        return self._general()

    # Values of the margin

    def _margin_at(self, at: PairOfBalls, bits: int) -> arb:
        contest = self.contest
        contest.limits.check_time("finding a threshold")
        own_pair, rival_pair = contest.own.pair(bits=bits), contest.rival_pair(bits)
        if self.moves[0]:
            with contest.own.varying(self.source, bits) as varying:
                own_pair = varying.at(at)
        if self.moves[1] and isinstance(contest.rival, Evaluation):
            with contest.rival.varying(self.source, bits) as varying:
                rival_pair = varying.at(at)
        with precision(bits):
            return margin(own_pair, rival_pair)

    def _sign_at_end(self, at: PairOfBalls) -> int:
        return certain_sign(
            lambda bits: self._margin_at(at, bits),
            self.contest.places,
            self.contest.limits.exact_places,
        )

    # The three ways

    def _linear(self) -> Region:
        """A straight line: the signs at 0 and 1 tell all, the root is a ratio of their values."""
        ends = self._line_from_slope()
        if ends is None:
            signs = self._sign_at_end(_AT_ZERO), self._sign_at_end(_AT_ONE)
        else:
            signs = tuple(1 if value > 0 else -1 for value in ends)  # type: ignore[assignment]

        def pair(bits: int) -> PairOfBalls:
            if ends is not None and bits <= DOUBLE_BITS:
                at_zero, at_one = ends
            else:
                at_zero = self._margin_at(_AT_ZERO, bits + 64)
                at_one = self._margin_at(_AT_ONE, bits + 64)
            with precision(bits + 64):
                # Opposite signs: sums of magnitudes, no cancellation.
                width = abs(at_zero) + abs(at_one)
                return abs(at_zero) / width, abs(at_one) / width

        return _region_of(signs, End(pair))

    def _line_from_slope(self) -> tuple[arb, arb] | None:
        """The margin at 0 and at 1 from the derivative, when that is accurate enough."""
        contest = self.contest
        value = contest.own.values.get(self.source)
        if not isinstance(value, Probability):
            return None
        if self.moves[1] and contest.rival is not contest.own:
            rival = contest.rival
            if isinstance(rival, Evaluation) and rival.values.get(self.source) != value:
                return None
        with precision(WORKING_BITS):
            slope = ZERO
            if self.moves[0]:
                slope = slope + contest.own.slope(self.source)
            if self.moves[1] and isinstance(contest.rival, Evaluation):
                slope = slope - contest.rival.slope(self.source)
            now = margin(contest.own.pair(), contest.rival_pair(WORKING_BITS))
            p, q = pair_of(value, WORKING_BITS)
            ends = now - p * slope, now + q * slope
            if all(accurate(end, DOUBLE_BITS + 8) and not end.contains(0) for end in ends):
                return ends
        return None

    def _monotone(self, *, increasing: bool) -> Region:
        """The margin rises (or falls) throughout: at most one root, found by bracketing."""
        signs = self._sign_at_end(_AT_ZERO), self._sign_at_end(_AT_ONE)
        low_sign, high_sign = signs
        if low_sign == high_sign:
            return EVERYWHERE if low_sign > 0 else NOWHERE
        if low_sign == 0:
            low_sign = 1 if increasing else -1
        if high_sign == 0:
            high_sign = -1 if increasing else 1
        if low_sign * high_sign >= 0:
            return _region_of((low_sign, high_sign), LEAST)
        return _region_of((low_sign, high_sign), self._root(self._at_odds))

    def _at_odds(self, odds: arb, bits: int) -> arb:
        return self._margin_at(pair_at(odds), bits)

    def _general(self) -> Region:
        """Both sides move: an exact polynomial while its size allows, else subdivision."""
        contest = self.contest
        assert isinstance(contest.rival, Evaluation)
        try:
            own = odds_polynomial(contest.own, self.source, contest.limits)
            rival = odds_polynomial(contest.rival, self.source, contest.limits)
        except Undecided:
            return subdivide(contest.own, contest.rival, self.source, contest.limits)
        return polynomial_region(subtract(own, rival), contest.limits)

    def _root(self, function: Callable[[arb, int], arb]) -> End:
        return root_end(function, arb(2) ** -LARGEST_EXPONENT, arb(2) ** LARGEST_EXPONENT)


def root_end(function: Callable[[arb, int], arb], low: arb, high: arb) -> End:
    """The one sign change between two odds, as an end of an interval."""
    known: dict[int, PairOfBalls] = {}

    def pair(bits: int) -> PairOfBalls:
        if bits not in known:
            below, above = bracket_root(function, low, high, accuracy=bits + 16)
            with precision(bits + 64):
                known[bits] = pair_at(below.union(above))
        return known[bits]

    return End(pair)


def _region_of(signs: tuple[int, int], root: End) -> Region:
    """Where a function with these signs at 0 and 1, and at most one root, is positive."""
    low, high = signs
    if low >= 0 and high >= 0 and low + high > 0:
        return EVERYWHERE
    if low <= 0 and high <= 0:
        return NOWHERE
    return (Interval(root, GREATEST),) if high > 0 else (Interval(LEAST, root),)


def polynomial_region(difference: fmpz_poly, limits: Limits) -> Region:
    """Where a polynomial in the odds is positive, for odds from 0 to infinity.

    Exact: roots are isolated whatever their multiplicity, and a root at which the sign does not
    change still divides an interval, since the choices tie there.
    """
    if difference == 0:
        return NOWHERE
    _, factors = difference.factor_squarefree()
    roots: list[tuple[End, int]] = []
    for factor, multiplicity in factors:
        if factor.degree() > 0:
            roots.extend((_end_of(factor, root), multiplicity) for root in isolate(factor, limits))
    roots.sort(key=cmp_to_key(_in_order))
    # From the right, where the leading coefficient rules, the sign flips at every odd root.
    positive = difference.leading_coefficient() > 0
    high = GREATEST
    intervals: list[Interval] = []
    for root, multiplicity in reversed(roots):
        if positive:
            intervals.append(Interval(root, high))
        high = root
        positive ^= multiplicity % 2 == 1
    if positive:
        intervals.append(Interval(LEAST, high))
    return tuple(reversed(intervals))


def _in_order(one: tuple[End, int], other: tuple[End, int]) -> int:
    return one[0].compare(other[0])


def _end_of(simple: fmpz_poly, root: Isolated) -> End:
    """The root of a square-free polynomial in an isolating interval."""
    if root.low == root.high:
        return End(lambda bits: _exact_pair(root.low, bits))
    rounded: dict[int, arb_poly] = {}

    def value(odds: arb, bits: int) -> arb:
        if bits not in rounded:
            rounded[bits] = arb_poly(simple)
        return rounded[bits](odds)

    def odds_of(x: fmpq, inward: int) -> arb:
        if x == 0 or x == 1:
            return arb(2) ** (LARGEST_EXPONENT * (1 if x == 1 else -1))
        odds = x / (1 - x)
        if simple(odds) == 0:  # a neighbour's root: step inside
            odds *= 1 + fmpq(inward, 1 << 60)
        return arb(odds)

    with precision(256):
        low, high = odds_of(root.low, 1), odds_of(root.high, -1)
    return root_end(value, low.mid(), high.mid())


def _exact_pair(x: fmpq, bits: int) -> PairOfBalls:
    with precision(bits + 64):
        return arb(x), arb(1 - x)
