"""Where one evaluation beats another as a value moves, when its polynomial is too large to write.

On a part of (0, 1) the sign of the margin follows from bounds at its ends, where both reliabilities
only rise or only fall; or the margin is proven to rise or fall throughout, by the derivatives in
interval arithmetic, and the signs at the ends tell whether it has its one root there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from flint import arb

from vreltui.engine.balls import ONE, ZERO, PairOfBalls, precision
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.laws import Direction, Source
from vreltui.engine.leading import sign_near_end
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.model_search import signs_by_models
from vreltui.engine.odds import LARGEST_EXPONENT, bracket_root, pair_at
from vreltui.engine.regions import GREATEST, LEAST, End, Interval, Region
from vreltui.engine.stated_values import pair_of
from vreltui.model import Probability
from vreltui.model.goals import Share, Target

_BITS = 256
_MOST_PARTS = 3000
_NEAR_AN_END = 32
"""The exponent of odds up to which bounds are asked for the sign next to an end."""


@dataclass(slots=True)
class _Side:
    """One side as a function of the source; ``source`` is None where it does not follow it."""

    stands: Evaluation | Target
    source: Source | None

    def at(self, pair: PairOfBalls, bits: int = _BITS) -> PairOfBalls:
        if isinstance(self.stands, Probability | Share):
            return pair_of(self.stands, bits)
        if self.source is None:
            return self.stands.pair(bits=bits)
        with self.stands.varying(self.source, bits) as varying:
            return varying.at(pair)

    @property
    def direction(self) -> Direction | None:
        """Which way the side goes as the odds rise."""
        if isinstance(self.stands, Probability | Share) or self.source is None:
            return 0
        return self.stands.program.direction(self.source)

    def extremes(self, low: PairOfBalls, high: PairOfBalls) -> tuple[PairOfBalls, PairOfBalls]:
        """The least and the greatest pair from one of the source to another, or bounds of them."""
        match self.direction:
            case 1 | 0:
                return self.at(low), self.at(high)
            case -1:
                return self.at(high), self.at(low)
            case None:
                r, q = self.at(_wide(low, high))
                return (r.lower(), q.upper()), (r.upper(), q.lower())
            case never:
                assert_never(never)

    def slope_over(self, low: arb, high: arb) -> arb:
        """A ball that holds the derivative at all odds from ``low`` to ``high``."""
        if isinstance(self.stands, Probability | Share) or self.source is None:
            return ZERO
        wide = _wide(pair_at(low), pair_at(high))
        return self.stands.over({self.source: wide}, _BITS).slope(self.source)


def _wide(low: PairOfBalls, high: PairOfBalls) -> PairOfBalls:
    """Balls that hold every pair from one to the other."""
    return low[0].union(high[0]), low[1].union(high[1])


def subdivide(
    own: Evaluation | Target,
    rival: Evaluation | Target,
    moving: tuple[Source | None, Source | None],
    limits: Limits,
) -> Region:
    """The open set of values of a source where ``own`` is more reliable than ``rival``.

    ``moving`` is the source as each of them reads it; None where it does not follow. Raises
    :class:`Undecided` where the two meet without crossing, or the limits are hit.
    """
    sides = _Side(own, moving[0]), _Side(rival, moving[1])
    with precision(_BITS):
        parts = _parts(sides, limits)
        return _join(sides, parts)


def _sign_over(sides: tuple[_Side, _Side], low: PairOfBalls, high: PairOfBalls) -> int:
    """The sign of the margin from one pair of the source to another; 0 where bounds do not tell."""
    (own_least, own_most), (rival_least, rival_most) = (side.extremes(low, high) for side in sides)
    if _best(own_least, rival_most) > 0:
        return 1
    return -1 if _best(own_most, rival_least) < 0 else 0


def _best(own: PairOfBalls, rival: PairOfBalls) -> arb:
    by_r, by_q = own[0] - rival[0], rival[1] - own[1]
    return by_r if by_r.rad() <= by_q.rad() else by_q


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the odds: the sign at its low and at its high end; opposite signs hold one root."""

    low: arb
    high: arb
    low_sign: int
    high_sign: int


def _parts(sides: tuple[_Side, _Side], limits: Limits) -> list[_Part]:
    """Parts with known signs, over all odds: first by models, and what they leave by bounds."""
    own, rival = ((side.stands, side.source) for side in sides)
    told = signs_by_models(own, rival, limits)
    done: list[_Part] = []
    stack: list[tuple[arb, arb]] = []
    least, greatest = arb(2) ** -LARGEST_EXPONENT, arb(2) ** LARGEST_EXPONENT
    for part in told:
        low = least if part.low.is_zero() else part.low / (1 - part.low)
        high = greatest if part.high == 1 else part.high / (1 - part.high)
        low, high = low.mid(), high.mid()
        if part.sign:
            done.append(_Part(low, high, part.sign, part.sign))
            continue
        if part.low.is_zero():
            first = _end_part(sides, limits, at_one=False)
            low = _least_of(first.high, high)
            done.append(_Part(least, low, first.low_sign, first.low_sign))
        if part.high == 1:
            last = _end_part(sides, limits, at_one=True)
            high = -_least_of(-last.low, -low)
            done.append(_Part(high, greatest, last.low_sign, last.low_sign))
        monotone = _with_end_signs(sides, low, high) if part.is_monotone else None
        if monotone is not None:
            done.append(monotone)
        elif low < high:
            stack.append((low, high))
    done.extend(_parts_by_bounds(sides, stack, limits))
    return done


def _least_of(one: arb, other: arb) -> arb:
    return one if one < other else other


def _parts_by_bounds(
    sides: tuple[_Side, _Side], stack: list[tuple[arb, arb]], limits: Limits
) -> list[_Part]:
    done: list[_Part] = []
    for _ in range(_MOST_PARTS):
        if not stack:
            return done
        limits.check_time("comparing two choices over a range")
        low, high = stack.pop()
        sign = _sign_over(sides, pair_at(low), pair_at(high))
        if sign:
            done.append(_Part(low, high, sign, sign))
            continue
        part = _monotone_part(sides, low, high)
        if part is not None:
            done.append(part)
            continue
        middle = _between(low, high)
        stack.extend(((middle, high), (low, middle)))
    raise Undecided("the choices nearly tie over a range of values")


def _end_part(sides: tuple[_Side, _Side], limits: Limits, *, at_one: bool) -> _Part:
    """The part next to 0, or to 1, on which the sign is proven constant."""
    own, rival = sides
    least, greatest = arb(2) ** -LARGEST_EXPONENT, arb(2) ** LARGEST_EXPONENT

    def by_bounds(inner: PairOfBalls, _: int) -> int:
        low, high = (inner, (ONE, ZERO)) if at_one else ((ZERO, ONE), inner)
        return _sign_over(sides, low, high)

    def by_what_leads(_: PairOfBalls, reach: int) -> int:
        moving = own.source, rival.source
        return sign_near_end(own.stands, rival.stands, moving, at_one=at_one, reach=reach)

    # Bounds are found several times as fast, and tell it wherever the margin is not 0 at the end.
    for sign_within, most in ((by_bounds, _NEAR_AN_END), (by_what_leads, LARGEST_EXPONENT)):
        reach = 4
        while reach <= most:
            limits.check_time("comparing two choices near an end")
            inner = arb(2) ** (reach if at_one else -reach)
            sign = sign_within(pair_at(inner), reach)
            if sign:
                low, high = (inner, greatest) if at_one else (least, inner)
                return _Part(low, high, sign, sign)
            reach *= 2
    raise Undecided(f"the choices nearly tie near {1 if at_one else 0}")


def _between(low: arb, high: arb) -> arb:
    """A point inside, on the scale of odds where the ends are far apart; never a round number."""
    if high > 4 * low:
        return ((low * high).sqrt() * arb("1.0443")).mid()
    return (low + (high - low) * arb("0.4913")).mid()


def _monotone_part(sides: tuple[_Side, _Side], low: arb, high: arb) -> _Part | None:
    """The part, when the margin is proven to rise, or fall, over it, with certain end signs."""
    slope = sides[0].slope_over(low, high) - sides[1].slope_over(low, high)
    return None if slope.contains(0) else _with_end_signs(sides, low, high)


def _with_end_signs(sides: tuple[_Side, _Side], low: arb, high: arb) -> _Part | None:
    """A part over which the margin rises or falls; None where the signs at its ends are open."""
    signs = []
    for pair in (pair_at(low), pair_at(high)):
        value = _best(sides[0].at(pair), sides[1].at(pair))
        if value.contains(0):
            return None
        signs.append(1 if value > 0 else -1)
    return _Part(low, high, signs[0], signs[1])


def _join(sides: tuple[_Side, _Side], parts: list[_Part]) -> Region:
    """Intervals from parts in order: where the sign is positive, between roots."""
    parts.sort(key=lambda part: float(part.low.log().mid()))
    intervals: list[Interval] = []
    start: End | None = LEAST if parts[0].low_sign > 0 else None
    for part in parts:
        if part.low_sign == part.high_sign:
            continue
        root = _root(sides, part)
        if part.low_sign > 0 and start is not None:
            intervals.append(Interval(start, root))
            start = None
        else:
            start = root
    if start is not None:
        intervals.append(Interval(start, GREATEST))
    return tuple(intervals)


def _root(sides: tuple[_Side, _Side], part: _Part) -> End:
    def value(odds: arb, bits: int) -> arb:
        own, rival = (side.at(pair_at(odds), bits) for side in sides)
        return _best(own, rival)

    known: dict[int, PairOfBalls] = {}

    def pair(bits: int) -> PairOfBalls:
        if bits not in known:
            low, high = bracket_root(value, part.low, part.high, accuracy=bits + 16)
            with precision(bits + 64):
                known[bits] = pair_at(low.union(high))
        return known[bits]

    return End(pair)
