"""A contest in which all that a number moves is a quotient of polynomials in it.

So it is where availabilities in the long run are compared. The margin is then a polynomial over
something positive, its zeros are isolated exactly, and a tie is as proven as anything else. The
number is a time, a rate or a plain number t > 0, or a probability t / (1 + t).
"""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq, fmpq_poly, fmpz_poly

from vreltui.engine.amounts import AmountEnd, AmountInterval, AmountRegion, shortest_between
from vreltui.engine.balls import precision
from vreltui.engine.contest import Contest
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.laws import Source
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.polynomial import (
    MOST_SIZE,
    ZERO,
    OddsArithmetic,
    OddsPolynomial,
    Under,
    constant,
    subtract,
)
from vreltui.engine.polynomial_region import polynomial_region
from vreltui.engine.reconstruction import quotient
from vreltui.engine.regions import GREATEST, LEAST, End
from vreltui.engine.walk import walk
from vreltui.engine.walked_over import figures_through
from vreltui.engine.worked_figures import WorkedFigure

_MOST_DEGREE = 200

_END_BITS = 96
"""The relative accuracy to which an end is bracketed."""

_OddsPair = tuple[OddsPolynomial, OddsPolynomial]


def margin_polynomial(
    contest: Contest, source: Source, moves: tuple[bool, bool], *, is_share: bool
) -> fmpz_poly | None:
    """A polynomial with the sign of the margin at each t > 0; None where there is none.

    ``is_share`` says that the source is a probability, of which t is the odds.
    """
    own = _Side(contest.own, source if moves[0] else None, is_share=is_share)
    if not own.is_rational:
        return None
    if not isinstance(contest.rival, Evaluation):
        contest.limits.check_time("writing down a polynomial")
        return subtract(own.reliability(), constant(contest.rival)[0])
    rival = _Side(contest.rival, source if moves[1] else None, is_share=is_share)
    if not rival.is_rational:
        return None
    contest.limits.check_time("writing down a polynomial")
    return subtract(own.reliability(), rival.reliability())


def amounts_of(
    difference: fmpz_poly, limits: Limits, least: Fraction, most: Fraction
) -> AmountRegion:
    """Where a polynomial is positive, between two bounds."""
    found: list[AmountInterval] = []
    for interval in polynomial_region(difference, limits):
        low = None if interval.low is LEAST else _amount_end(interval.low, difference)
        high = None if interval.high is GREATEST else _amount_end(interval.high, difference)
        if (low is not None and low.above >= most) or (high is not None and high.below <= least):
            continue
        found.append(
            AmountInterval(
                low if low is not None and low.below > least else None,
                high if high is not None and high.above < most else None,
            )
        )
    return tuple(found)


def _amount_end(end: End, difference: fmpz_poly) -> AmountEnd:
    """An end that is given by odds, as a bracket; the short number in it where that is the zero."""
    with precision(_END_BITS + 64):
        share, rest = end.pair(_END_BITS)
        odds = share / rest
        below, above = (
            _dyadic(int(mantissa), int(exponent))
            for mantissa, exponent in (odds.lower().man_exp(), odds.upper().man_exp())
        )
    short = shortest_between(below, above)
    if difference(fmpq(short.numerator, short.denominator)) == 0:
        return AmountEnd(short, short)
    return AmountEnd(below, above)


def _dyadic(mantissa: int, exponent: int) -> Fraction:
    return Fraction(mantissa) * Fraction(2) ** exponent


class _Side:
    """One side of a contest, with a source that moves, or None where it does not."""

    def __init__(self, side: Evaluation, source: Source | None, *, is_share: bool) -> None:
        self._side, self._is_share = side, is_share
        self._source = source if source in side.program.leaves else None
        moved = () if self._source is None else figures_through(side.program, self._source)
        self._degrees = {name: self._figure_degree(name) for name in moved}

    def _figure(self, name: Source) -> WorkedFigure:
        figure = self._side.leaf_figures[name]
        assert isinstance(figure, WorkedFigure)
        return figure

    def _figure_degree(self, name: Source) -> int | None:
        assert self._source is not None
        figure = self._figure(name)
        return figure.law.quotient_degree(self._source, figure.numbers)

    @property
    def is_rational(self) -> bool:
        """Whether the side is a quotient of polynomials that are short enough to write down."""
        side, places = self._side, self._side.places
        if places is None or None in self._degrees.values():
            return False
        total = self._own_degree()
        program = side.program
        for leaf in () if self._source is None else program.leaves[self._source]:
            read = (law.figure_source for law in program.law(leaf).figure_laws)
            degrees = (self._degrees.get(name) or 0 for name in read if name is not None)
            total += sum(degrees) * side.leaf_degree(leaf)
        return total <= _MOST_DEGREE and (total + 1) * (places + total) <= MOST_SIZE

    def _own_degree(self) -> int:
        """The degree in the source itself, where leaves read it beside their figures."""
        if self._source is None or self._reads_figures_alone:
            return 0
        if not self._is_share:
            return _MOST_DEGREE + 1
        degree = self._side.degree(self._source)
        return _MOST_DEGREE + 1 if degree is None else degree

    @property
    def _reads_figures_alone(self) -> bool:
        program, source = self._side.program, self._source
        return source is None or all(
            program.law(leaf).figure_source is not None for leaf in program.leaves[source]
        )

    def reliability(self) -> OddsPolynomial:
        """The root's reliability."""
        r, _ = walk(self._side.program, OddsArithmetic(), self._given, self._side.count)
        return r[self._side.program.root]

    def _given(self, wanted: Source) -> _OddsPair:
        if wanted in self._degrees:
            return self._moving(wanted)
        if wanted == self._source:
            if not self._is_share:
                raise Undecided("it is no polynomial")
            return OddsPolynomial(fmpz_poly([0, 1]), 1), OddsPolynomial(fmpz_poly([1]), 1)
        return constant(self._side.probability(wanted))

    def _moving(self, name: Source) -> _OddsPair:
        """A figure as a quotient of polynomials in t."""
        source, degree = self._source, self._degrees[name]
        assert source is not None
        assert degree is not None
        figure = self._figure(name)

        def value(at: fmpq) -> fmpq:
            exact = figure.at(source, at).exact
            assert exact is not None
            return fmpq(exact[0].numerator, exact[0].denominator)

        def point(number: int) -> fmpq:
            return fmpq(number, 2 * degree + 2) if self._is_share else fmpq(number)

        works, whole = quotient(value, degree, point)
        if self._is_share:
            above = max(works.degree(), whole.degree())
            works, whole = _in_odds(works, above), _in_odds(whole, above)
        if whole(fmpq(1)) < 0:
            works, whole = -works, -whole
        whole_numbers = works.denom() * whole.denom()
        first, under = (works * whole_numbers).numer(), (whole * whole_numbers).numer()
        content = int(under.content())
        base: Under = ()
        if under.degree() > 0:
            base = ((tuple(int(each) // content for each in under.coeffs()), 1),)
        return _over(first, content, base), _over(under - first, content, base)


def _over(numerator: fmpz_poly, scale: int, base: Under) -> OddsPolynomial:
    return OddsPolynomial(numerator, 0, scale, base) if numerator != 0 else ZERO


def _in_odds(polynomial: fmpq_poly, degree: int) -> fmpq_poly:
    """p(t / (1 + t)) (1 + t)**degree."""
    total, power = fmpq_poly([]), fmpq_poly([1])
    factors = [fmpq_poly([1])]
    for _ in range(degree):
        factors.append(factors[-1] * fmpq_poly([1, 1]))
    for number, coefficient in enumerate(polynomial.coeffs()):
        total = total + power * factors[degree - number] * coefficient
        power = power * fmpq_poly([0, 1])
    return total
