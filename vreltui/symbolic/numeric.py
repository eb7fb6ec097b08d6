"""Where a condition holds with the numbers that the design has, by the engine and its proofs."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction

from vreltui.engine.amounts import AmountRegion
from vreltui.engine.balls import PairOfBalls, precision
from vreltui.engine.contest import Contest
from vreltui.engine.crossing import winning_region
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.mean_contest import MeanContest, MeanLives
from vreltui.engine.program import Source
from vreltui.engine.regions import Region
from vreltui.engine.stated_values import values_of
from vreltui.engine.through_figure import winning_values
from vreltui.model import Design, Probability
from vreltui.model.goals import MeanLife
from vreltui.model.numbers import PlainNumber
from vreltui.model.settling import settled
from vreltui.model.times import Duration, Rate
from vreltui.model.unit_like import amount_limits, like
from vreltui.symbolic.choice_expressions import program_of
from vreltui.symbolic.results import Interval, Numeric

SECONDS = 5.0
SIGNIFICANT = 6


def moves(design: Design, choice: str, against: str | None, parameter: str) -> tuple[bool, bool]:
    """Whether a parameter that is varied moves in the choice, and in its rival.

    What a choice sets for itself is varied in that choice alone.
    """
    own_sets = parameter in design.choices[choice].set
    rival_sets = against is not None and parameter in design.choices[against].set
    return True, not own_sets and not rival_sets


def numeric(design: Design, choice: str, against: str | None, parameter: str) -> Numeric:
    """The values of a parameter for which the choice wins, all else as the design has it."""
    is_count = design.parameters[parameter].is_count
    source = Source(parameter, is_parameter=True)
    moving = moves(design, choice, against, parameter)
    contest = _contest(design, choice, against)
    value = design.value(parameter, choice)
    try:
        match value:
            case Duration() | Rate() | PlainNumber():
                return Numeric(_amounts(contest, source, moving, value))
            case int() | Probability():
                pass
        if is_count:
            return Numeric(_counts(contest, source, moving, design.most_copies), is_count=True)
        return Numeric(_shares(winning_region(contest, source, moving)))
    except Undecided as reason:
        return Numeric(is_count=is_count, undecided=str(reason))


def mean_numeric(design: Design, choice: str, against: str | None, parameter: str) -> Numeric:
    """As :func:`numeric`, where a mean life is measured."""
    limits = Limits(seconds=SECONDS)
    lives = [MeanLives(side, limits) for side in _evaluations(design, choice, against)]
    rival: MeanLives | Fraction
    if against is None:
        assert isinstance(design.goal, MeanLife)
        rival = design.goal.time.seconds
    else:
        rival = lives[1]
    contest = MeanContest(lives[0], rival, limits)
    source, moving = Source(parameter, is_parameter=True), moves(design, choice, against, parameter)
    value = design.value(parameter, choice)
    is_count = isinstance(value, int)
    try:
        match value:
            case Duration() | Rate() | PlainNumber():
                region = contest.winning_amounts(source, moving, *amount_limits(value))
                return Numeric(_in_digits(value, region))
            case int():
                most = design.most_copies
                return Numeric(_counts(contest, source, moving, most), is_count=True)
            case Probability():
                return Numeric(_shares(contest.winning_shares(source, moving)))
    except Undecided as reason:
        return Numeric(is_count=is_count, undecided=str(reason))


def _shares(region: Region) -> tuple[Interval, ...]:
    return tuple(
        Interval(_digits(part.low.pair(200), up=True), _digits(part.high.pair(200), up=False))
        for part in region
    )


def _amounts(
    contest: Contest,
    source: Source,
    moving: tuple[bool, bool],
    value: Duration | Rate | PlainNumber,
) -> tuple[Interval, ...]:
    """The values of a time, a rate or a number, in the unit that it is written in."""
    least, most = amount_limits(value)
    return _in_digits(value, winning_values(contest, source, moving, least, most))


def _in_digits(value: Duration | Rate | PlainNumber, region: AmountRegion) -> tuple[Interval, ...]:
    return tuple(
        Interval(
            "0" if part.low is None else _amount_digits(value, part.low.above, up=True),
            "" if part.high is None else _amount_digits(value, part.high.below, up=False),
        )
        for part in region
    )


def _amount_digits(value: Duration | Rate | PlainNumber, end: Fraction, *, up: bool) -> str:
    found = like(value, end)
    assert isinstance(found, Duration | Rate | PlainNumber)
    with localcontext() as context:
        context.prec = SIGNIFICANT
        context.rounding = ROUND_CEILING if up else ROUND_FLOOR
        return str(replace(found, written=(+found.written).normalize()))


def degree_now(design: Design, choice: str, against: str | None, parameter: str) -> int | None:
    """A bound on the degree of both sides in a probability, with the counts as they are.

    None where one of them is no polynomial in it.
    """
    source = Source(parameter, is_parameter=True)
    contest = _contest(design, choice, against)
    sides = [contest.own, contest.rival]
    degrees = [side.degree(source) for side in sides if isinstance(side, Evaluation)]
    known = [degree for degree in degrees if degree is not None]
    if len(known) < len(degrees):
        return None
    return max(known)


def _evaluations(design: Design, choice: str, against: str | None) -> list[Evaluation]:
    found = []
    for name in (choice, against):
        if name is not None:
            program = program_of(design, name)
            found.append(Evaluation(program, values_of(settled(design, name), program, name)))
    return found


def _contest(design: Design, choice: str, against: str | None) -> Contest:
    evaluations = _evaluations(design, choice, against)
    rival = evaluations[1] if against is not None else design.target
    assert rival is not None
    return Contest(evaluations[0], rival, Limits(seconds=SECONDS))


def _counts(
    contest: Contest | MeanContest, source: Source, moving: tuple[bool, bool], most: int
) -> tuple[Interval, ...]:
    """Every count from 1 up, tried; runs of those that win."""
    runs: list[list[int]] = []
    for count in range(1, most + 1):
        contest.limits.check_time(f"trying counts up to {most}")
        if contest.sign_at_count(source, count, moving) > 0:
            if runs and runs[-1][1] == count - 1:
                runs[-1][1] = count
            else:
                runs.append([count, count])
    return tuple(Interval(str(low), str(high)) for low, high in runs)


def _digits(pair: PairOfBalls, *, up: bool) -> str:
    """An end with six digits of the smaller of it and its complement, rounded into the interval."""
    value, complement = pair
    if value.is_zero() or complement.is_zero():
        return "0" if value.is_zero() else "1"
    if value <= complement:
        return str(_rounded(value, up=up))
    rounded = _rounded(complement, up=not up)
    with localcontext() as context:
        context.prec = 400
        return str(1 - rounded) if rounded > Decimal("1e-12") else f"1 - {rounded}"


def _rounded(number: object, *, up: bool) -> Decimal:
    with precision(300), localcontext() as context:
        context.prec = 60
        low, high = (Decimal(end.str(50, radius=False)) for end in (number.lower(), number.upper()))  # type: ignore[attr-defined]
        middle = (low + high) / 2
        exponent = Decimal(1).scaleb(middle.adjusted() - SIGNIFICANT + 1)
        nearest = middle.quantize(exponent)
        # An end that agrees with a short decimal to fifty digits is that decimal for any reader.
        if abs(nearest - middle) < Decimal(1).scaleb(middle.adjusted() - 45):
            return nearest.normalize()
        rounding = ROUND_CEILING if up else ROUND_FLOOR
        return (high if up else low).quantize(exponent, rounding=rounding).normalize()
