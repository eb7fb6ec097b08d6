"""Where a contest is won as a time, a rate or a plain number moves over all that it may be.

Where the direction is known the margin has at most one zero, which is bracketed; else the range is
divided, on a logarithmic scale, until bounds in ball arithmetic tell the sign of every part but a
few that are too narrow to matter. Signs at points are certain; so is every part that is won.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

from flint import arb, fmpq

from vreltui.engine.balls import WORKING_BITS, certain_sign, precision
from vreltui.engine.laws import Direction
from vreltui.engine.limits import Undecided

NARROW = arb(2) ** -46
"""The relative width at which a part is not divided again."""

NEXT_TO_NOTHING = arb(2) ** -66
"""The relative width to which one crossing is bracketed."""

_MOST_STEPS = 400

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


Look = Callable[[Fraction], tuple[int, arb]]
"""The sign of a margin at an exact number, for certain, and about how great it is."""


class AmountSearch:
    """The sign of a contest as one amount moves between two bounds, both included in the search.

    ``look`` is asked at exact numbers, ``bounds`` and ``slope`` over an interval; ``slope`` may be
    unknown. ``width`` is that to which one crossing is bracketed, relatively. ``steepest`` bounds
    the slope, to tell the sign next to where the margin turns.
    """

    def __init__(
        self,
        look: Look,
        bounds: Callable[[arb], tuple[arb, arb]],
        slope: Callable[[arb], arb | None],
        check_time: Callable[[str], None],
        width: arb = NEXT_TO_NOTHING,
        steepest: Callable[[arb], arb | None] = lambda _: None,
    ) -> None:
        self._look = look
        self._bounds = bounds
        self._slope = slope
        self._check_time = check_time
        self._width = width
        self._steepest = steepest

    def region(self, way: Direction | None, least: Fraction, most: Fraction) -> AmountRegion:
        """The values that win, from left to right."""
        if way is None:
            return self._divided(least, most)
        low_sign, high_sign = self.sign_at(least), self.sign_at(most)
        if way == 0 or low_sign == high_sign:
            return (AmountInterval(None, None),) if low_sign > 0 else ()
        if low_sign <= 0 and high_sign <= 0:
            return ()
        tied = low_sign == 0 or high_sign == 0
        end = self._end_of_tie(least, most) if tied else self._crossing(least, most)
        if tied and end.below in (least, most):  # a tie at the very edge
            return (AmountInterval(None, None),)
        interval = AmountInterval(end, None) if high_sign > 0 else AmountInterval(None, end)
        return (interval,)

    def sign_at(self, value: Fraction) -> int:
        """The sign of the margin at an exact number."""
        return self._look(value)[0]

    def _crossing(self, low: Fraction, high: Fraction) -> AmountEnd:
        """The one zero between two numbers with opposite signs.

        By inverse quadratic interpolation where that is safe, else by halves, over the logarithm.
        T. Chandrupatla, "A new hybrid quadratic/bisection algorithm for finding the zero of a
        nonlinear function without using derivatives", Advances in Engineering Software 28, 1997.
        """
        with precision(2 * WORKING_BITS):
            new, across = self._at(low), self._at(high)
            part = arb("0.5")
            for _ in range(_MOST_STEPS):
                self._check_time("finding a threshold")
                span = across.log - new.log
                found = self._beside(new.log + part * span, span)
                if found is None:
                    break
                if found.sign == 0:
                    return AmountEnd(found.value, found.value)
                if found.sign == new.sign:
                    last, new = new, found
                else:
                    last, across, new = across, new, found
                span = abs(across.log - new.log).mid()
                if span < 2 * self._width:
                    break
                part = _next_part(new, across, last)
                least = self._width / span
                part = min(max(part, least), 1 - least)
            ends = sorted((new.value, across.value))
        return self._exactly(ends[0], ends[1])

    def _end_of_tie(self, low: Fraction, high: Fraction) -> AmountEnd:
        """Where a margin that moves one way is no longer positive, and 0 at the edge of the range.

        By halves over the logarithm: beyond that end it may be 0 for all values.
        """
        low_wins = self.sign_at(low) > 0
        with precision(2 * WORKING_BITS):
            for _ in range(_MOST_STEPS):
                self._check_time("finding a threshold")
                low_log, high_log = _ball(low).log().mid(), _ball(high).log().mid()
                if high_log - low_log < 2 * self._width:
                    break
                middle = _decimal((low_log + high_log) / 2)
                if (self.sign_at(middle) > 0) == low_wins:
                    low = middle
                else:
                    high = middle
        return self._exactly(low, high)

    def _at(self, value: Fraction) -> _Point:
        sign, margin_there = self._look(value)
        return _Point(value, _ball(value).log().mid(), sign, margin_there.mid())

    def _beside(self, logarithm: arb, span: arb) -> _Point | None:
        """The margin at a point, or where that can't be told, next to it; None if nowhere."""
        reason = None
        for shift in (0, 1, -1):
            value = _decimal(logarithm + shift * self._width)
            try:
                return self._at(value)
            except Undecided as undecided:
                reason = undecided
        if abs(span) < NARROW:
            return None
        assert reason is not None
        raise reason

    def _exactly(self, low: Fraction, high: Fraction) -> AmountEnd:
        """The bracket, or the short number in it at which there is a tie."""
        short = shortest_between(low, high)
        if len(str(short.numerator)) + len(str(short.denominator)) <= 12:
            try:
                if self.sign_at(short) == 0:
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
                    parts.append((start, stop, self._narrow_sign(start, stop)))
                    continue
                stack.extend(((middle, stop), (start, middle)))
        raise Undecided("the margin is too flat over a range of values to tell its sign there")

    def _one_way(self, start: Fraction, stop: Fraction) -> list[tuple[Fraction, Fraction, int]]:
        """The parts of one in which the margin is proven to rise or to fall; else none."""
        slope = self._slope(_ball(start).union(_ball(stop)))
        if slope is None or not (slope > 0 or slope < 0):
            return []
        first, last = self.sign_at(start), self.sign_at(stop)
        if 0 in (first, last):
            return []
        if first == last:
            return [(start, stop, first)]
        end = self._crossing(start, stop)
        return [(start, end.below, first), (end.below, end.above, 0), (end.above, stop, last)]

    def _narrow_sign(self, start: Fraction, stop: Fraction) -> int:
        """The sign over next to nothing: that in the middle, where no slope can change it."""
        slope = self._steepest(_ball(start).union(_ball(stop)))
        if slope is None:
            return 0
        try:
            sign, middle = self._look((start + stop) / 2)
        except Undecided:
            return 0
        return sign if abs(middle) > slope * _ball(stop - start) else 0

    def _sign_over(self, start: Fraction, stop: Fraction) -> int:
        below, above = self._bounds(_ball(start).union(_ball(stop)))
        if below > 0:
            return 1
        return -1 if above < 0 else 0


@dataclass(frozen=True, slots=True)
class _Point:
    """A number, its logarithm, and the sign and size of the margin there."""

    value: Fraction
    log: arb
    sign: int
    margin: arb


def _next_part(new: _Point, across: _Point, last: _Point) -> arb:
    """How far from the newest point towards the other side to look next, as a part of the way."""
    half = arb("0.5")
    f1, f2, f3 = new.margin, across.margin, last.margin
    if f3 in (f2, f1) or last.log == across.log:
        return half
    ratio = (new.log - across.log) / (last.log - across.log)
    level = (f1 - f2) / (f3 - f2)
    if not (level**2 < ratio and (1 - level) ** 2 < 1 - ratio):
        return half
    part = f1 / (f2 - f1) * f3 / (f2 - f3)
    part += (last.log - new.log) / (across.log - new.log) * f1 / (f3 - f1) * f2 / (f3 - f2)
    return part.mid()


def _runs(
    parts: Iterable[tuple[Fraction, Fraction, int]],
) -> list[tuple[Fraction, Fraction, int]]:
    """The parts with those joined that follow each other with one sign."""
    runs: list[tuple[Fraction, Fraction, int]] = []
    for low, high, sign in parts:
        if runs and runs[-1][2] == sign:
            runs[-1] = (runs[-1][0], high, sign)
        else:
            runs.append((low, high, sign))
    return runs


def _joined(parts: Sequence[tuple[Fraction, Fraction, int]], least: Fraction) -> AmountRegion:
    """The intervals that are won; each end of one lies in the unknown parts between two signs.

    Raises :class:`Undecided` where it lies between like signs: the margin may only touch 0.
    """
    # What is next to nothing tells nothing: it may be one of many changes close by a zero.
    runs = _runs(
        (low, high, sign if high - low > _SLIVER * low else 0) for low, high, sign in _runs(parts)
    )
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


def joined(low: AmountRegion, high: AmountRegion, at: Fraction) -> AmountRegion:
    """What lies below and above a number at which two searches met, as one region.

    Where both reach the number it is in the middle of an interval; else it is an end.
    """
    end = AmountEnd(at, at)
    reaches = bool(low) and low[-1].high is None
    starts = bool(high) and high[0].low is None
    if reaches and starts:
        return (*low[:-1], AmountInterval(low[-1].low, high[0].high), *high[1:])
    below = (*low[:-1], AmountInterval(low[-1].low, end)) if reaches else low
    above = (AmountInterval(end, high[0].high), *high[1:]) if starts else high
    return (*below, *above)


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


__all__ = ["AmountEnd", "AmountInterval", "AmountRegion", "certain_sign"]
