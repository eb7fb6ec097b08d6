"""Where a contest is won as a time, a rate or a plain number moves over all that it may be.

Where the direction is known the margin has at most one zero, which is bracketed; else the range is
divided, on a logarithmic scale, until bounds in ball arithmetic tell the sign of every part but a
few that are too narrow to matter. Signs at points are certain; so is every part that is won.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

from flint import arb, fmpq

from vreltui.engine.balls import WORKING_BITS, PairOfBalls, certain_sign, precision
from vreltui.engine.contest import Contest, margin
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.laws import Direction, Source, opposite
from vreltui.engine.limits import Undecided

NARROW = arb(2) ** -46
"""The relative width at which a part is not divided again."""

NEXT_TO_NOTHING = arb(2) ** -66
"""The relative width to which one crossing is bracketed."""

_SLIVER = Fraction(1, 1 << 37)
"""Parts of less than this, relatively, are not said to be won."""

FIRST_PARTS = 48
"""Into how many parts a range is divided at once where no direction is known."""

MOST_PARTS = 12_000
"""How many parts may be looked at."""

_DIGITS = 40


@dataclass(frozen=True, slots=True)
class AmountEnd:
    """An end between two exact numbers that differ by next to nothing, or one that is exact."""

    below: Fraction
    above: Fraction


@dataclass(frozen=True, slots=True)
class AmountInterval:
    """The open set between two ends; None where it goes on to the edge of what is searched."""

    low: AmountEnd | None
    high: AmountEnd | None


AmountRegion = tuple[AmountInterval, ...]


class AmountSearch:
    """The sign of a contest as one amount moves between two bounds, both included in the search.

    ``sign_at`` and ``margin_at`` are asked at exact numbers, ``bounds`` and ``slope`` over an
    interval; ``slope`` may be unknown.
    """

    def __init__(
        self,
        sign_at: Callable[[Fraction], int],
        margin_at: Callable[[Fraction], arb],
        bounds: Callable[[arb], tuple[arb, arb]],
        slope: Callable[[arb], arb | None],
        check_time: Callable[[str], None],
    ) -> None:
        self._sign_at = sign_at
        self._margin_at = margin_at
        self._bounds = bounds
        self._slope = slope
        self._check_time = check_time

    def region(self, way: Direction | None, least: Fraction, most: Fraction) -> AmountRegion:
        """The values that win, from left to right."""
        if way is None:
            return self._divided(least, most)
        low_sign, high_sign = self._sign_at(least), self._sign_at(most)
        if way == 0 or low_sign == high_sign:
            return (AmountInterval(None, None),) if low_sign > 0 else ()
        if low_sign <= 0 and high_sign <= 0:
            return ()
        if low_sign == 0 or high_sign == 0:  # a tie at the very edge
            return (AmountInterval(None, None),)
        end = self._crossing(least, most, low_sign)
        interval = AmountInterval(end, None) if high_sign > 0 else AmountInterval(None, end)
        return (interval,)

    def _crossing(self, low: Fraction, high: Fraction, low_sign: int) -> AmountEnd:
        """The one zero between two numbers with opposite signs, by secants and halves in turn."""
        with precision(2 * WORKING_BITS):
            at_low, at_high = self._margin_at(low), self._margin_at(high)
            stuck = 0
            for step in range(400):
                self._check_time("finding a threshold")
                low_log, high_log = _ball(low).log(), _ball(high).log()
                if high_log - low_log < NEXT_TO_NOTHING:
                    break
                middle = self._guess(low_log, high_log, at_low, at_high, halve=step % 3 == 2)
                point = _decimal(middle)
                if not low < point < high:
                    point = _decimal((low_log + high_log) / 2)
                    if not low < point < high:
                        break
                sign = self._sign_at(point)
                if sign == 0:
                    return AmountEnd(point, point)
                value = self._margin_at(point)
                if sign == low_sign:
                    low, at_low, stuck = point, value, max(0, stuck) + 1
                    at_high = at_high / 2 if stuck > 1 else at_high  # Illinois
                else:
                    high, at_high, stuck = point, value, min(0, stuck) - 1
                    at_low = at_low / 2 if stuck < -1 else at_low
        return self._exactly(low, high)

    @staticmethod
    def _guess(low: arb, high: arb, at_low: arb, at_high: arb, *, halve: bool) -> arb:
        span = at_low - at_high
        if halve or span.contains(0):
            return (low + high) / 2
        guess = (low * -at_high + high * at_low) / span
        # A little past the zero on either side, so that both ends move.
        nudge = (high - low) * arb(2) ** -20
        middle = (low + high) / 2
        return guess + nudge if guess < middle else guess - nudge

    def _exactly(self, low: Fraction, high: Fraction) -> AmountEnd:
        """The bracket, or the short number in it at which there is a tie."""
        short = shortest_between(low, high)
        if len(str(short.numerator)) + len(str(short.denominator)) <= 12:
            try:
                if self._sign_at(short) == 0:
                    return AmountEnd(short, short)
            except Undecided:
                pass
        return AmountEnd(low, high)

    def _divided(self, least: Fraction, most: Fraction) -> AmountRegion:
        """Parts whose sign is certain, joined; those too narrow to divide lie between."""
        with precision(WORKING_BITS):
            low, high = _ball(least).log(), _ball(most).log()
            width = (high - low) / FIRST_PARTS
            cuts = [_decimal(low + width * i) for i in range(1, FIRST_PARTS)]
            points = [least, *cuts, most]
            stack = list(pairwise(points))[::-1]
            parts: list[tuple[Fraction, Fraction, int]] = []
            for _ in range(MOST_PARTS):
                if not stack:
                    return _joined(parts, least)
                self._check_time("looking for all values that would do")
                start, stop = stack.pop()
                sign = self._sign_over(start, stop)
                if sign:
                    parts.append((start, stop, sign))
                    continue
                crossing = self._one_way(start, stop)
                if crossing:
                    parts.extend(crossing)
                    continue
                start_log, stop_log = _ball(start).log(), _ball(stop).log()
                middle = _decimal(start_log + (stop_log - start_log) * arb("0.5113"))
                if stop_log - start_log < NARROW or not start < middle < stop:
                    parts.append((start, stop, 0))
                    continue
                stack.extend(((middle, stop), (start, middle)))
        raise Undecided("the margin is too flat over a range of values to tell its sign there")

    def _one_way(self, start: Fraction, stop: Fraction) -> list[tuple[Fraction, Fraction, int]]:
        """The parts of one in which the margin is proven to rise or to fall; else none."""
        slope = self._slope(_ball(start).union(_ball(stop)))
        if slope is None or not (slope > 0 or slope < 0):
            return []
        first, last = self._sign_at(start), self._sign_at(stop)
        if 0 in (first, last):
            return []
        if first == last:
            return [(start, stop, first)]
        end = self._crossing(start, stop, first)
        return [(start, end.below, first), (end.below, end.above, 0), (end.above, stop, last)]

    def _sign_over(self, start: Fraction, stop: Fraction) -> int:
        below, above = self._bounds(_ball(start).union(_ball(stop)))
        if below > 0:
            return 1
        return -1 if above < 0 else 0


def _joined(parts: Sequence[tuple[Fraction, Fraction, int]], least: Fraction) -> AmountRegion:
    """The intervals that are won; each end of one lies in the unknown parts between two signs.

    Raises :class:`Undecided` where it lies between like signs: the margin may only touch 0.
    """
    runs: list[tuple[Fraction, Fraction, int]] = []
    for low, high, sign in parts:
        # A part that is next to nothing tells nothing: it may be one of many close by a zero.
        told = sign if high - low > _SLIVER * low else 0
        if runs and runs[-1][2] == told:
            runs[-1] = (runs[-1][0], high, told)
        else:
            runs.append((low, high, told))
    signs = [sign for _, _, sign in runs]
    for at, sign in enumerate(signs):
        around = signs[max(at - 1, 0) : at] + signs[at + 1 : at + 2]
        if sign == 0 and (len(around) < 2 or around[0] == around[1]):
            raise Undecided("the margin all but touches zero somewhere")
    intervals = []
    for at, (low, high, sign) in enumerate(runs):
        if sign <= 0:
            continue
        before = runs[at - 1] if at and signs[at - 1] == 0 else (low, low, 0)
        after = runs[at + 1] if at + 1 < len(runs) and signs[at + 1] == 0 else (high, high, 0)
        start = None if low == least else AmountEnd(before[0], low)
        end = None if at == len(runs) - 1 else AmountEnd(high, after[1])
        intervals.append(AmountInterval(start, end))
    return tuple(intervals)


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
    own = contest.own if moves[0] and source in contest.own.program.leaves else None
    rival = contest.rival
    reads = isinstance(rival, Evaluation) and source in rival.program.leaves
    moving_rival = rival if moves[1] and reads and isinstance(rival, Evaluation) else None
    own_way = own.program.direction(source) if own else 0
    rival_way = opposite(moving_rival.program.direction(source)) if moving_rival else 0
    ways = {own_way, rival_way} - {0}
    way: Direction | None = ways.pop() if len(ways) == 1 else 0 if not ways else None

    def at(value: Fraction) -> tuple[Evaluation, Evaluation | None]:
        exact = fmpq(value.numerator, value.denominator)
        return (
            own.at_amount(source, exact) if own else contest.own,
            moving_rival.at_amount(source, exact) if moving_rival else None,
        )

    def pairs(value: Fraction, bits: int) -> tuple[PairOfBalls, PairOfBalls]:
        ours, theirs = at(value)
        other = contest.rival_pair(bits) if theirs is None else theirs.pair(bits=bits)
        return ours.pair(bits=bits), other

    def margin_at(value: Fraction) -> arb:
        return margin(*pairs(value, WORKING_BITS))

    def sign_at(value: Fraction) -> int:
        quick = margin_at(value)
        if quick > 0 or quick < 0:
            return 1 if quick > 0 else -1
        ours, theirs = at(value)
        return Contest(ours, contest.rival if theirs is None else theirs, contest.limits).sign()

    def bounds(value: arb) -> tuple[arb, arb]:
        ours = (
            bounds_over(own, {source: value}) if own else (contest.own.pair(), contest.own.pair())
        )
        fixed = contest.rival_pair(WORKING_BITS)
        theirs = bounds_over(moving_rival, {source: value}) if moving_rival else (fixed, fixed)
        return margin(ours[0], theirs[1]), margin(ours[1], theirs[0])

    def slope(value: arb) -> arb | None:
        ours = slope_over(own, source, value) if own else arb(0)
        theirs = slope_over(moving_rival, source, value) if moving_rival else arb(0)
        return None if ours is None or theirs is None else ours - theirs

    search = AmountSearch(sign_at, margin_at, bounds, slope, contest.limits.check_time)
    return search.region(way, least, most)


def both(one: AmountRegion, other: AmountRegion) -> AmountRegion:
    """The values in both regions."""
    common = []
    for a in one:
        for b in other:
            low = a.low if b.low is None or (a.low and a.low.above >= b.low.above) else b.low
            high = a.high if b.high is None or (a.high and a.high.below <= b.high.below) else b.high
            if low is None or high is None or low.above < high.below:
                common.append(AmountInterval(low, high))
    return tuple(common)


def bounds_over(
    evaluation: Evaluation,
    amounts: Mapping[Source, arb],
    pairs: Mapping[Source, PairOfBalls] | None = None,
) -> tuple[PairOfBalls, PairOfBalls]:
    """Bounds of the root, from below and above, over intervals of amounts and of probabilities.

    A tree rises with its leaves, so the least figure of each lifetime gives the least of the root.
    A law of probabilities need not rise with these, so they stay as wide as they are.
    """
    ends: list[dict[Source, PairOfBalls]] = [dict(pairs or {}), dict(pairs or {})]
    for name, figure in evaluation.leaf_figures.items():
        law = evaluation.program.lasting[name]
        wide = {source: amounts[source] for source in law.sources if source in amounts}
        if wide:
            works, fails = figure.over(wide)
            ends[0][name] = works.lower().nonnegative_part(), fails.upper()
            ends[1][name] = works.upper(), fails.lower().nonnegative_part()
    return evaluation.over(ends[0]).pair, evaluation.over(ends[1]).pair


def slope_over(evaluation: Evaluation, source: Source, value: arb) -> arb | None:
    """A ball that holds the derivative of the root by an amount, over an interval of it."""
    pairs: dict[Source, PairOfBalls] = {}
    slopes: dict[int, arb] = {}
    for leaf in evaluation.program.leaves[source]:
        name = evaluation.program.law(leaf).figure_source
        assert name is not None
        figure = evaluation.leaf_figures[name]
        own = figure.slope_over(source, {source: value})
        if own is None:
            return None
        slopes[leaf] = own
        pairs[name] = figure.over({source: value})
    return evaluation.over(pairs).slope_through(slopes)


def _ball(value: Fraction) -> arb:
    return arb(fmpq(value.numerator, value.denominator))


def _decimal(logarithm: arb) -> Fraction:
    """A number of so many digits near to the one with this logarithm."""
    text = logarithm.exp().mid().str(_DIGITS, radius=False)
    with localcontext() as context:
        context.prec = _DIGITS
        return Fraction(+Decimal(text))


def shortest_between(low: Fraction, high: Fraction) -> Fraction:
    """The fraction with the least denominator from one number to another (Stern and Brocot).

    >>> shortest_between(Fraction(314, 100), Fraction(315, 100))
    Fraction(22, 7)
    """
    whole = low.numerator // low.denominator
    if low == whole:
        return low
    if whole + 1 <= high:
        return Fraction(whole + 1)
    rest = shortest_between(1 / (high - whole), 1 / (low - whole))
    return whole + 1 / rest


__all__ = ["AmountEnd", "AmountInterval", "AmountRegion", "certain_sign", "winning_amounts"]
