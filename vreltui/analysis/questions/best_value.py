"""Why no value of one number is enough: what the value that is best for the choice gives."""

from __future__ import annotations

import math
from decimal import Decimal

from vreltui.analysis.digits import Number, as_written, compared
from vreltui.analysis.results import BestValue, Comparison
from vreltui.analysis.study import Study
from vreltui.engine.balls import (
    DOUBLE_BITS,
    ONE,
    WORKING_BITS,
    ZERO,
    PairOfBalls,
    accurate,
    precision,
)
from vreltui.engine.contest import Contest, margin
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.program import Source
from vreltui.engine.stated_values import pair_of
from vreltui.model import Probability

PERFECT = Probability(Decimal(1))

_TRIED = 33
"""How many values are tried where neither end is best, evenly spaced in log odds."""

_REACH = 9.0
"""From these log odds, about 1e-4, to the same near 1."""

_ROUNDS = 24
"""How often the neighbourhood of the best of them is divided by the golden section."""

_MOST_STEPS = 400
"""In larger programs the present value has to do."""

_GOLDEN = (math.sqrt(5) - 1) / 2


def best_value(study: Study, choice: str, source: Source, value: Probability) -> BestValue | None:
    """What the best value of ``source`` gives in the contest that it cannot win; None if unknown.

    ``value`` is the present one. The best is 1 where the number moves only the choice. Raises
    :class:`Undecided`.
    """
    for contest in study.contests(choice):
        study.budget.check_time("looking at the best case")
        program = contest.own.program
        if source not in program.leaves or program.direction(source) != 1:
            continue
        rival = contest.rival
        moves_rival = (
            isinstance(rival, Evaluation)
            and study.moves(choice, source)[1]
            and source in rival.program.leaves
        )
        found = _of_both(contest, source, value) if moves_rival else _perfect(contest, source)
        if found is not None:
            return found
    return None


# Where the choice alone moves


def _perfect(contest: Contest, source: Source) -> BestValue | None:
    sign = _sign_at_best(contest, source)
    if sign > 0:
        return None
    own = contest.own

    def number(bits: int) -> PairOfBalls:
        if bits <= DOUBLE_BITS:
            found = perfect_by_slope(own, source)
            if found is not None:
                return found
        with own.varying(source, max(bits, WORKING_BITS)) as varying:
            return varying.at((ONE, ZERO))

    return BestValue(PERFECT, _comparison(contest, number, sign))


def _sign_at_best(contest: Contest, source: Source) -> int:
    pair = perfect_by_slope(contest.own, source)
    if pair is not None:
        with precision(WORKING_BITS):
            by = margin(pair, contest.rival_pair(WORKING_BITS))
            if by < 0 or by > 0:
                return -1 if by < 0 else 1
    return Contest(contest.own.changed({source: PERFECT}), contest.rival, contest.limits).sign()


def perfect_by_slope(evaluation: Evaluation, source: Source) -> PairOfBalls | None:
    """The root where a value that acts along one path is 1, unless digits are lost on the way."""
    if evaluation.degree(source) != 1:
        return None
    value = evaluation.values[source]
    assert isinstance(value, Probability)
    with precision(WORKING_BITS):
        gained = pair_of(value, WORKING_BITS)[1] * evaluation.slope(source)
        r, q = evaluation.pair()
        pair = r + gained, q - gained
    return pair if accurate(pair[0]) and accurate(pair[1]) else None


def _comparison(contest: Contest, own: Number, sign: int) -> Comparison:
    if not isinstance(contest.rival, Evaluation):
        return compared(own, contest.rival, sign, "goal")
    return compared(own, contest.rival_pair, sign, "baseline")


# Where the baseline moves too


def _of_both(contest: Contest, source: Source, value: Probability) -> BestValue | None:
    """The value at which the choice comes nearest to the rival, unless that is at an end."""
    rival = contest.rival
    assert isinstance(rival, Evaluation)
    best = None
    if contest.own.program.size + rival.program.size <= _MOST_STEPS:
        best = _nearest_value(contest, rival, source)
    at = value if best is None else best
    own, other = contest.own.changed({source: at}), rival.changed({source: at})
    sign = Contest(own, other, contest.limits).sign()
    if sign > 0:  # another contest is lost
        return None
    comparison = compared(_number(own), _number(other), sign, "baseline")
    return BestValue(at, comparison, is_present=best is None)


def _number(evaluation: Evaluation) -> Number:
    return lambda bits: evaluation.pair(bits=bits)


def _nearest_value(contest: Contest, rival: Evaluation, source: Source) -> Probability | None:
    """The value in the middle of (0, 1) with the greatest margin, to four digits."""

    def by(log_odds: float) -> float:
        contest.limits.check_time("looking for the best value")
        at = _value(log_odds)
        pair = pair_of(at, WORKING_BITS)
        with contest.own.varying(source, WORKING_BITS) as mine:
            own = mine.at(pair)
        with rival.varying(source, WORKING_BITS) as theirs:
            other = theirs.at(pair)
        with precision(WORKING_BITS):
            return float(margin(own, other))

    step = 2 * _REACH / (_TRIED - 1)
    margins = [by(-_REACH + step * number) for number in range(_TRIED)]
    number = max(range(_TRIED), key=margins.__getitem__)
    if number in (0, _TRIED - 1):
        return None
    low, high = -_REACH + step * (number - 1), -_REACH + step * (number + 1)
    for _ in range(_ROUNDS):
        one, two = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        if by(one) < by(two):
            low = one
        else:
            high = two
    return _value((low + high) / 2)


def _value(log_odds: float) -> Probability:
    """The probability with these log odds, to four digits of its smaller side."""
    side = 1 / (1 + math.exp(abs(log_odds)))
    return as_written(Decimal(f"{side:.3e}"), complemented=log_odds > 0)
