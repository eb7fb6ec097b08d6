"""The availability at the end of a mission and over it, all parts being new at its beginning."""

from __future__ import annotations

from flint import arb, fmpq

from vreltui.analysis.digits import figure
from vreltui.analysis.results import Figure
from vreltui.engine.ball_arithmetic import BallArithmetic
from vreltui.engine.balls import WORKING_BITS, precision, sharpen
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.exponential_sums import ExponentialArithmetic, ExponentialSum
from vreltui.engine.lasting_laws import LastingLaw, LifetimeFigure, exact
from vreltui.engine.laws import Given
from vreltui.engine.part_of_program import PartOfProgram
from vreltui.engine.renewal import Upkeep
from vreltui.model.times import Duration


def over_the_mission(
    evaluation: Evaluation, slot: int, mission: Duration | None
) -> dict[str, object]:
    """A(t) at the mission time, and its mean until then; for exponential lives and repairs."""
    assert mission is not None
    moment = exact(mission)
    over = mean_until(course_of(evaluation, slot), moment)
    return {"availability_at": available_at(evaluation, slot, moment), "availability_over": over}


def available_at(evaluation: Evaluation, slot: int, moment: fmpq) -> Figure:
    """The chance to work at a moment, in seconds after all is new."""

    def at_last(leaf: int) -> tuple[arb, arb]:
        upkeep = _upkeep(evaluation, leaf)
        if isinstance(upkeep, bool):
            return arb(int(upkeep)), arb(int(not upkeep))
        pair = upkeep.available_at(arb(moment))
        assert pair is not None
        return pair

    with precision(4 * WORKING_BITS):
        return figure(PartOfProgram(evaluation, slot).read(BallArithmetic(), at_last))


def course_of(evaluation: Evaluation, slot: int) -> ExponentialSum:
    """The chance to work as a function of the time since all was new."""

    def course(leaf: int) -> tuple[ExponentialSum, ExponentialSum]:
        works = _course(_upkeep(evaluation, leaf))
        return works, ExponentialSum.constant(1) + works * -1

    return PartOfProgram(evaluation, slot).read(ExponentialArithmetic(), course)[0]


def mean_until(course: ExponentialSum, moment: fmpq) -> float:
    """The mean of a course from 0 to a moment; at 0 itself, its value there."""
    (mean,) = sharpen(lambda _: (course.mean_until(arb(moment)) if moment else course.at(arb(0)),))
    return float(mean)


def _upkeep(evaluation: Evaluation, leaf: int) -> Upkeep | bool:
    """What stands at a leaf; of a constant, whether it works."""
    law = evaluation.program.law(leaf)
    if isinstance(law, LastingLaw):
        known = evaluation.leaf_figures[law.figure_source]
        assert isinstance(known, LifetimeFigure)
        return law.upkeep(known.numbers)
    assert isinstance(law, Given)
    return evaluation.probability(law.source).reliability == 1


def _course(upkeep: Upkeep | bool) -> ExponentialSum:
    """A(t) = A + U e^(-t (1/T + 1/r))."""
    if isinstance(upkeep, bool):
        return ExponentialSum.constant(int(upkeep))
    lives = upkeep.lifetime.as_exponentials()
    assert lives is not None
    (((failures, _), _),) = lives
    if not upkeep.repair:
        return ExponentialSum.constant(1)
    repairs = 1 / fmpq(upkeep.repair)
    both = failures + repairs
    decaying = ExponentialSum({(both, 0): failures / both})
    return ExponentialSum.constant(repairs / both) + decaying
