"""Can a choice win anywhere in a box of parameter values? A point that shows it, or a proof.

The margin of a choice over its rival is a polynomial in the parameters that both use. Written over
a box in Bernstein form, all of it lies between the least and the greatest coefficient (G. Farouki
and V. Rajan, 1987), so that no positive coefficient proves that the choice wins nowhere in the box.
A bound that is not tight is refined by halving the box.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from itertools import islice, product

from flint import arb

from vreltui.engine.amounts import (
    AmountInterval,
    AmountRegion,
    both,
    shortest_between,
)
from vreltui.engine.balls import WORKING_BITS, PairOfBalls, ball, precision
from vreltui.engine.bernstein import Box, Number, never_positive
from vreltui.engine.contest import Contest, margin
from vreltui.engine.crossing import winning_region
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.laws import Source
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.over_amounts import bounds_over
from vreltui.engine.regions import EVERYWHERE, End, Interval, intersect
from vreltui.engine.stated_values import Values, pair_of
from vreltui.engine.through_figure import winning_values
from vreltui.model import Probability, Value
from vreltui.model.goals import Target
from vreltui.model.quantities import number as exact_number
from vreltui.model.unit_like import amount_limits, like

_VERTICES_TRIED = 64
_BOTH = (True, True)


@dataclass(frozen=True, slots=True)
class Duel:
    """A choice that must exceed a goal and beat a rival; either may be missing.

    ``moves`` says of a source whether it moves in the choice and in the rival, where not in both;
    ``amounts`` holds the range of each source of a box that is a time, a rate or a number.
    """

    own: Evaluation
    goal: Target | None
    rival: Evaluation | None
    limits: Limits
    moves: Mapping[Source, tuple[bool, bool]] = field(default_factory=dict)
    amounts: Mapping[Source, tuple[Value, Value]] = field(default_factory=dict)

    def value(self, source: Source, number: Decimal | Fraction) -> Value:
        """The value of a source of the box that is this number."""
        like_this = self.amounts.get(source)
        if like_this is None:
            assert isinstance(number, Decimal)
            return Probability(number)
        for end in like_this:  # the ends of a range are kept as they were written
            if exact_number(end) == number:
                return end
        return like(like_this[0], Fraction(number))

    def in_own(self, source: Source) -> bool:
        """Whether a source of the box moves in the choice."""
        return self.moves.get(source, _BOTH)[0]

    def in_rival(self, source: Source) -> bool:
        """Whether a source of the box moves in the rival."""
        return self.moves.get(source, _BOTH)[1]

    def wins(self, own: Values, rival: Values) -> bool:
        """Whether the choice wins with these values of some sources, exactly."""
        evaluation = self.own.changed(
            {source: value for source, value in own.items() if self.in_own(source)}
        )
        rivals: list[Evaluation | Target] = []
        if self.goal is not None:
            rivals.append(self.goal)
        if self.rival is not None:
            moved = {source: value for source, value in rival.items() if self.in_rival(source)}
            rivals.append(self.rival.changed(moved))
        return all(Contest(evaluation, other, self.limits).sign() > 0 for other in rivals)

    def best(self, box: Box) -> tuple[Values, Values] | None:
        """The values best for the choice and worst for its rival; None where that is not known."""
        best: dict[Source, Value] = {}
        worst: dict[Source, Value] = {}
        for source, (low, high) in box.items():
            if self.in_own(source):
                way = self.own.program.direction(source)
                if way is None:
                    return None
                best[source] = self.value(source, low if way < 0 else high)
            if self.rival is not None and self.in_rival(source):
                way = self.rival.program.direction(source)
                if way is None:
                    return None
                worst[source] = self.value(source, high if way < 0 else low)
        return best, worst


def find_win(duel: Duel, box: Box) -> dict[Source, Value] | None:
    """A point of ``box`` where the choice wins, the box being values that both sides share.

    None is a proof that there is no such point. Raises :class:`Undecided` where neither is found
    within the limits.
    """
    with localcontext() as context:
        # Ends of boxes are halved exactly for as long as anyone will wait.
        context.prec = 2000
        if len(box) == 1:
            ((source, (low, high)),) = box.items()
            if not isinstance(low, Decimal) or not isinstance(high, Decimal):
                return _along_an_amount(duel, source, low, high)
            return _on_a_line(duel, source, low, high)
        return _search(duel, box)


def _on_a_line(
    duel: Duel, source: Source, low: Decimal, high: Decimal
) -> dict[Source, Value] | None:
    """One value alone moves: the exact region where the choice wins meets the range, or not."""
    for end in (high, low):
        if duel.wins({source: Probability(end)}, {source: Probability(end)}):
            return {source: Probability(end)}
    region = EVERYWHERE
    rivals = [rival for rival in (duel.goal, duel.rival) if rival is not None]
    for rival in rivals:
        contest = Contest(duel.own, rival, duel.limits)
        moves = duel.moves.get(source, _BOTH)
        region = intersect(region, winning_region(contest, source, moves))
    ends = End.at(low), End.at(high)
    for interval in intersect(region, (Interval(*ends),) if low < high else ()):
        point = Probability(_inside(interval))
        if not duel.wins({source: point}, {source: point}):
            raise Undecided("the values that would do lie too close together to write one down")
        return {source: point}
    return None


def _inside(interval: Interval) -> Decimal:
    """A short decimal inside an interval."""
    for bits in (64, 400, 2000):
        low, low_complement = interval.low.pair(bits)
        high, high_complement = interval.high.pair(bits)
        with precision(bits + 64):
            near_one = bool(high_complement + low_complement < 1)
            ends = (high_complement, low_complement) if near_one else (low, high)
            middle = (ends[0] + ends[1]) / 2
            text = middle.mid().str(bits // 4 + 20, radius=False)
        for digits in range(1, bits // 4 + 20):
            value = Decimal(text).normalize(Context(prec=digits))
            if ends[0] < arb(str(value)) < ends[1]:
                return 1 - value if near_one else value
    raise Undecided("the values that would do lie too close together to write one down")


def _search(duel: Duel, box: Box) -> dict[Source, Value] | None:
    stack = [box]
    for _ in range(duel.limits.boxes):
        if not stack:
            return None
        duel.limits.check_time("the search for values that would do")
        part = stack.pop()
        if _optimum_loses(duel, part):
            continue
        for point in _candidates(duel, part):
            duel.limits.check_time("the search for values that would do")
            if duel.wins(point, point):
                return point
        one_sided = any(duel.moves.get(source, _BOTH) != _BOTH for source in part)
        if duel.rival and not one_sided and never_positive(duel.own, duel.rival, part):
            continue
        # Where no corner is known to be the best, the goal wants a proof of its own.
        asks = duel.own.program.inverts and duel.goal is not None and not one_sided
        if asks and duel.goal is not None and never_positive(duel.own, duel.goal, part):
            continue
        stack.extend(_halves(duel, part))
    raise Undecided(f"the search for values that would do was cut after {duel.limits.boxes} parts")


def _optimum_loses(duel: Duel, box: Box) -> bool:
    """Whether even the best corner for the choice against the worst for its rival loses.

    Where no corner is known to be the best, whether bounds over the whole box say so.
    """
    corners = duel.best(box)
    if corners is not None:
        return not duel.wins(*corners)
    own = _over(duel.own, {source: box[source] for source in box if duel.in_own(source)})[1]
    if duel.goal is not None and margin(own, pair_of(duel.goal, WORKING_BITS)) <= 0:
        return True
    if duel.rival is None:
        return False
    moved = {source: box[source] for source in box if duel.in_rival(source)}
    return bool(margin(own, _over(duel.rival, moved)[0]) <= 0)


def _over(evaluation: Evaluation, box: Box) -> tuple[PairOfBalls, PairOfBalls]:
    """Bounds of the root, from below and above, over a box."""
    pairs = {
        source: _wide(low, high)
        for source, (low, high) in box.items()
        if isinstance(low, Decimal) and isinstance(high, Decimal)
    }
    amounts = {
        source: ball(Fraction(low)).union(ball(Fraction(high)))
        for source, (low, high) in box.items()
    }
    with precision(WORKING_BITS):
        return bounds_over(evaluation, amounts, pairs)


def _wide(low: Decimal, high: Decimal) -> PairOfBalls:
    """Balls that hold every pair between two values."""
    ends = [pair_of(Probability(end), WORKING_BITS) for end in (low, high)]
    return ends[0][0].union(ends[1][0]), ends[0][1].union(ends[1][1])


def _candidates(duel: Duel, box: Box) -> Iterator[dict[Source, Value]]:
    """The middle and some corners of a box."""
    yield {
        source: duel.value(source, _middle(low, high, _least(duel, source)))
        for source, (low, high) in box.items()
    }
    for choice in islice(product((1, 0), repeat=len(box)), _VERTICES_TRIED):
        yield {
            source: duel.value(source, ends[end])
            for (source, ends), end in zip(box.items(), choice, strict=True)
        }


def _least(duel: Duel, source: Source) -> Fraction:
    """The least amount beside 0 that a design may state; 0 for what is no amount."""
    like_this = duel.amounts.get(source)
    return Fraction(0) if like_this is None else amount_limits(like_this[0])[0]


def _middle(low: Number, high: Number, least: Fraction) -> Number:
    """Halfway; on a logarithmic scale between amounts that are far apart.

    Between 0 and the ``least`` amount there is nothing to be told apart.
    """
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        return (low + high) / 2
    low, high = Fraction(low), Fraction(high)
    above = max(low, least)
    if high < 4 * above:
        return (low + high) / 2
    return Fraction(f"{(float(above) * float(high)) ** 0.5:.6g}")


def _along_an_amount(
    duel: Duel, source: Source, low: Number, high: Number
) -> dict[Source, Value] | None:
    """One amount alone moves: the values at which the choice wins meet the range, or not."""
    least, most = Fraction(low), Fraction(high)
    for end in (most, least):
        value = duel.value(source, end)
        if duel.wins({source: value}, {source: value}):
            return {source: value}
    # Between 0, which was tried, and the shortest time there is no value of a design.
    least = max(least, amount_limits(duel.amounts[source][0])[0])
    region: AmountRegion = (AmountInterval(None, None),)
    for rival in (each for each in (duel.goal, duel.rival) if each is not None):
        contest = Contest(duel.own, rival, duel.limits)
        moves = duel.moves.get(source, _BOTH)
        region = both(region, winning_values(contest, source, moves, least, most))
    for interval in region:
        start = least if interval.low is None else interval.low.above
        stop = most if interval.high is None else interval.high.below
        value = duel.value(source, shortest_between(start + (stop - start) / 4, stop))
        if duel.wins({source: value}, {source: value}):
            return {source: value}
        raise Undecided("the values that would do lie too close together to write one down")
    return None


def _halves(duel: Duel, box: Box) -> tuple[Box, Box]:
    """The box divided across its relatively widest side."""

    def width(source: Source) -> Decimal:
        low, high = box[source]
        if isinstance(low, Fraction) or isinstance(high, Fraction):
            above = max(Fraction(low), _least(duel, source))
            return Decimal(float(Fraction(high) / above) - 1)
        return (high - low) / max(min(high, 1 - low), Decimal("1e-300"))

    widest = max(box, key=width)
    low, high = box[widest]
    middle = _middle(low, high, _least(duel, widest))
    return {**box, widest: (middle, high)}, {**box, widest: (low, middle)}
