"""Contests of processes in the long run, or by their mean lives, as one number moves: exactly.

A share of time and a mean life of a chain are quotients of polynomials in each of its numbers, so
that all roots of a difference are isolated with certainty. It is so where a process is all there is
on a side that moves; the other side may be a fraction.
"""

from __future__ import annotations

from fractions import Fraction

from flint import arb, fmpq, fmpz_poly

from vreltui.engine.amounts import AmountEnd, AmountInterval, AmountRegion, shortest_between
from vreltui.engine.balls import precision
from vreltui.engine.chains.elimination import mean_time_within, share_of, stationary
from vreltui.engine.chains.quotients import Quotient
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.lasting_laws import LastingLaw
from vreltui.engine.laws import Source
from vreltui.engine.limits import Limits
from vreltui.engine.polynomial_region import polynomial_region
from vreltui.engine.process_laws import ProcessLaw
from vreltui.engine.regions import GREATEST, LEAST, End, Region
from vreltui.engine.steps import Leaf
from vreltui.engine.worked_figures import WorkedFigure, as_fmpq

_MOST_STATES = 16
"""Beyond so many states quotients would be too long."""

_BITS = 256


def figure_of(
    evaluation: Evaluation, source: Source, *, moves: bool, mean: bool, share: bool
) -> Quotient | None:
    """The figure of a process as a quotient in a number, or in the odds of a share.

    None where the evaluation is more than one process or exponential life, or is asked for
    something else.
    """
    root = evaluation.program.steps[evaluation.program.root]
    law = root.law if isinstance(root, Leaf) else None
    if not isinstance(law, ProcessLaw | LastingLaw):
        return None
    if law.asked != ("survival" if mean else "availability"):
        return None
    figure = evaluation.leaf_figures[law.figure_source]
    assert isinstance(figure, WorkedFigure)
    numbers = {each: Quotient.constant(value) for each, value in figure.numbers.items()}
    if moves and source in numbers:
        variable = Quotient.variable()
        numbers[source] = variable / (1 + variable) if share else variable
    chain = law.chain_of(numbers)
    if chain is None or chain.size > _MOST_STATES:
        return None
    if not mean:
        found: Quotient = share_of(stationary(chain), chain.up)
        return found
    life = mean_time_within(chain, chain.up)
    return None if life is None else life + 0


def margin_of(own: Quotient | None, rival: Quotient | Fraction | None) -> fmpz_poly | None:
    """The polynomial that is positive where own is the greater; None where a side is not known."""
    if own is None or rival is None:
        return None
    if isinstance(rival, Fraction):
        rival = Quotient.constant(as_fmpq(rival))
    return own.exceeds(rival)


def winning_odds(margin: fmpz_poly, limits: Limits) -> Region:
    """Where it is positive, the variable being odds."""
    return polynomial_region(margin, limits)


def winning_amounts_of(
    margin: fmpz_poly, least: Fraction, most: Fraction, limits: Limits
) -> AmountRegion:
    """Where it is positive between two bounds, the variable being an amount."""
    found = []
    for interval in polynomial_region(margin, limits):
        low = None if interval.low is LEAST else _end(margin, interval.low)
        high = None if interval.high is GREATEST else _end(margin, interval.high)
        if (low and low.above >= most) or (high and high.below <= least):
            continue
        low = None if low is None or low.below <= least else low
        high = None if high is None or high.above >= most else high
        found.append(AmountInterval(low, high))
    return tuple(found)


def _end(margin: fmpz_poly, end: End) -> AmountEnd:
    """An end in odds as one of the amount, exactly where it is a short number."""
    with precision(_BITS):
        share, rest = end.pair(_BITS // 2)
        amount = share / rest
        below, above = _fraction(amount.lower()), _fraction(amount.upper())
    short = shortest_between(below, above)
    if margin(fmpq(short.numerator, short.denominator)) == 0:
        return AmountEnd(short, short)
    return AmountEnd(below, above)


def _fraction(value: arb) -> Fraction:
    mantissa, exponent = value.mid().man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
