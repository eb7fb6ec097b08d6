"""Where a contest is won as a time moves that acts through the figure of one lifetime alone.

The tree sees nothing of a lifetime but its figure, a probability. So the contest is first solved
for that probability, exactly where all else is a fraction; then the law is inverted at the ends.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from flint import arb, fmpq

from vreltui.engine.amounts import (
    AmountInterval,
    AmountRegion,
    AmountSearch,
    Look,
    both,
    joined,
)
from vreltui.engine.balls import WORKING_BITS, precision
from vreltui.engine.contest import Contest, margin
from vreltui.engine.crossing import winning_region
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.laws import Direction, LeafFigure, Source
from vreltui.engine.limits import Undecided
from vreltui.engine.moved_contest import winning_amounts
from vreltui.engine.program import readers
from vreltui.engine.regions import GREATEST, LEAST, End
from vreltui.engine.steps import Leaf
from vreltui.engine.walked_over import figures_through
from vreltui.engine.worked_figures import WorkedFigure, WorkedLaw

_BITS = (WORKING_BITS, 4 * WORKING_BITS, 16 * WORKING_BITS)

_EVERYWHERE: AmountRegion = (AmountInterval(None, None),)


def winning_values(
    contest: Contest,
    source: Source,
    moves: tuple[bool, bool],
    least: Fraction,
    most: Fraction,
) -> AmountRegion:
    """Where own wins as ``source`` runs from ``least`` to ``most``, in own and/or the rival.

    Raises :class:`Undecided` with the reason where that is not found within the limits.
    """
    found = _through_figure(contest, source, moves, least, most)
    return winning_amounts(contest, source, moves, least, most) if found is None else found


def _through_figure(
    contest: Contest,
    source: Source,
    moves: tuple[bool, bool],
    least: Fraction,
    most: Fraction,
) -> AmountRegion | None:
    """:func:`winning_values` by way of one figure.

    None where it acts through more than one figure, or may move it both ways.
    """
    own = contest.own
    rival = contest.rival if isinstance(contest.rival, Evaluation) else None
    sides = [side for side, moved in ((own, moves[0]), (rival, moves[1])) if side and moved]
    figures = [figure for side in sides for figure in _figures(side, source).items()]
    if not figures or any(figure != figures[0] for figure in figures):
        return None
    name, figure = figures[0]
    assert isinstance(figure, WorkedFigure)
    way = figure.direction(source)
    if way is None and figure.law.in_the_limit(source) is None:
        return None
    # Not moved at all, or never down, however long it lives.
    if way == 0 or figure.pair(WORKING_BITS)[1].is_zero():
        return _EVERYWHERE if contest.sign() > 0 else ()
    search = _Inverse(contest, source, moves, figure, way, (least, most))
    free = Contest(
        _freed(own, name) if moves[0] else own,
        _freed(rival, name) if rival and moves[1] else contest.rival,
        contest.limits,
    )
    regions = winning_region(free, name, moves)
    return tuple(
        part for interval in regions for part in search.between(interval.low, interval.high)
    )


def _figures(side: Evaluation, source: Source) -> dict[Source, LeafFigure]:
    """The figures through which a side reads a source, with a standard value of the source.

    Equal ones are one function of it, whatever value it has on either side.
    """
    return {
        name: side.leaf_figures[name].at(source, fmpq(1))
        for name in figures_through(side.program, source)
    }


def _freed(side: Evaluation, name: Source) -> Evaluation:
    """The same tree, in which a figure is a number of its own that may have any value."""
    program = side.program
    if name not in program.lasting:
        return side
    steps = tuple(
        Leaf(step.law.freed(name)) if isinstance(step, Leaf) else step for step in program.steps
    )
    return Evaluation(
        replace(program, steps=steps, leaves=readers(steps)), side.values, side.leaf_figures
    )


def _with_law(side: Evaluation, law: WorkedLaw, other: WorkedLaw) -> Evaluation:
    """The same tree with another law in the place of one."""
    program = side.program
    steps = tuple(
        Leaf(other) if isinstance(step, Leaf) and step.law == law else step
        for step in program.steps
    )
    return Evaluation(replace(program, steps=steps, leaves=readers(steps)), side.values)


class _Inverse:
    """From a figure back to the value that it has it at."""

    def __init__(
        self,
        contest: Contest,
        source: Source,
        moves: tuple[bool, bool],
        figure: WorkedFigure,
        way: Direction | None,
        span: tuple[Fraction, Fraction],
    ) -> None:
        self._contest, self._source, self._moves = contest, source, moves
        self._figure, self._way, self._span = figure, way, span

    def between(self, low: End, high: End) -> AmountRegion:
        """The values at which the figure lies between two ends."""
        above = _EVERYWHERE if low is LEAST else self._beyond(low, 1)
        below = _EVERYWHERE if high is GREATEST else self._beyond(high, -1)
        return both(above, below)

    def _beyond(self, end: End, side: int) -> AmountRegion:
        """The values at which the figure lies above an end (1) or below it (-1)."""

        def margin_at(value: Fraction, bits: int) -> arb:
            exact = fmpq(value.numerator, value.denominator)
            with precision(bits):
                figure = self._figure.at(self._source, exact).pair(bits)
                return side * margin(figure, end.pair(bits))

        def look(value: Fraction) -> tuple[int, arb]:
            for bits in _BITS:
                found = margin_at(value, bits)
                if found > 0 or found < 0:
                    return (1 if found > 0 else -1), found
                if self._ties_at(value):
                    return 0, found
            raise Undecided("a figure all but equals the one at which there is a tie")

        def no_bounds(value: arb) -> tuple[arb, arb]:
            raise TypeError(f"the direction is known; nothing is asked over {value}")

        if self._way is None:
            return self._turning(end, side, look)
        search = AmountSearch(look, no_bounds, lambda _: None, self._contest.limits.check_time)
        way: Direction = 1 if self._way * side > 0 else -1
        return search.region(way, *self._span)

    def _turning(self, end: End, side: int, look: Look) -> AmountRegion:
        """The same where the figure rises and falls, and in the end nears its limit one way."""
        figure, source = self._figure, self._source
        beyond = end.pair(WORKING_BITS)

        def bounds(value: arb) -> tuple[arb, arb]:
            works, fails = figure.over({source: value})
            if side > 0:
                return margin((works.lower(), fails.upper()), beyond), margin(
                    (works.upper(), fails.lower()), beyond
                )
            return -margin((works.upper(), fails.lower()), beyond), -margin(
                (works.lower(), fails.upper()), beyond
            )

        def slope(value: arb) -> arb | None:
            turn = figure.law.turn(source, figure.numbers, value.lower(), value.upper())
            return None if turn is None else side * turn

        def steepest(value: arb) -> arb | None:
            return figure.law.steepest(source, figure.numbers, value.lower(), value.upper())

        search = AmountSearch(
            look, bounds, slope, self._contest.limits.check_time, steepest=steepest
        )
        least, most = self._span
        far, way = self._one_way_from(least, most)
        if far == most:
            return search.region(None, least, most)
        near = search.region(None, least, far)
        return joined(near, self._tail(search, far, most, way * side, end, side), far)

    def _one_way_from(self, least: Fraction, most: Fraction) -> tuple[Fraction, int]:
        """From where on the figure only rises (1) or only falls (-1); ``most`` if that is unknown.

        In powers of two, so that a search that ends there looks no further than it has to.
        """
        figure, far = self._figure, Fraction(1)
        while far <= least:
            far *= 2
        with precision(WORKING_BITS):
            while far < most:
                self._contest.limits.check_time("looking for all values that would do")
                early = arb(fmpq(far.numerator, far.denominator))
                turn = figure.law.turn(self._source, figure.numbers, early, None)
                if turn is not None and (turn > 0 or turn < 0):
                    return far, 1 if turn > 0 else -1
                far *= 2
        return most, 0

    def _tail(
        self, search: AmountSearch, far: Fraction, most: Fraction, way: int, end: End, side: int
    ) -> AmountRegion:
        """The values beyond ``far``, from where on the margin moves one way to its limit."""
        here, limit = search.sign_at(far), side * self._sign_in_the_limit(end)
        if here == limit or limit == 0:
            # The margin nears its limit from the side on which it is, and never reaches it.
            wins = here > 0 if limit else way < 0
            return _EVERYWHERE if wins else ()
        return search.region(1 if way > 0 else -1, far, most)

    def _sign_in_the_limit(self, end: End) -> int:
        """On which side of an end the figure lies in the limit; 0 where the contest is a tie."""
        law = self._figure.law.in_the_limit(self._source)
        assert law is not None
        numbers = self._figure.numbers
        limit = WorkedFigure(law, {source: numbers[source] for source in law.sources})
        for bits in _BITS:
            with precision(bits):
                found = margin(limit.pair(bits), end.pair(bits))
            if found > 0 or found < 0:
                return 1 if found > 0 else -1
            if self._ties_in_the_limit(law):
                return 0
        raise Undecided("a figure all but nears the one at which there is a tie")

    def _ties_in_the_limit(self, law: WorkedLaw) -> bool:
        own, rival = self._contest.own, self._contest.rival
        own = _with_law(own, self._figure.law, law) if self._moves[0] else own
        if self._moves[1] and isinstance(rival, Evaluation):
            rival = _with_law(rival, self._figure.law, law)
        return Contest(own, rival, self._contest.limits).sign() == 0

    def _ties_at(self, value: Fraction) -> bool:
        """Whether the contest itself is a tie at a value, by all that is known of the sides."""
        exact = fmpq(value.numerator, value.denominator)
        own, rival = self._contest.own, self._contest.rival
        if self._moves[0] and self._source in own.program.leaves:
            own = own.at_amount(self._source, exact)
        if (
            self._moves[1]
            and isinstance(rival, Evaluation)
            and self._source in rival.program.leaves
        ):
            rival = rival.at_amount(self._source, exact)
        return Contest(own, rival, self._contest.limits).sign() == 0
