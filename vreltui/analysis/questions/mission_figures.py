"""The availability at the end of a mission and over it, all parts being new at its beginning."""

from __future__ import annotations

from flint import arb, fmpq

from vreltui.analysis.digits import figure
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
    part = PartOfProgram(evaluation, slot)

    def at_last(leaf: int) -> tuple[arb, arb]:
        upkeep = _upkeep(evaluation, leaf)
        if isinstance(upkeep, bool):
            return arb(int(upkeep)), arb(int(not upkeep))
        pair = upkeep.available_at(arb(moment))
        assert pair is not None
        return pair

    def course(leaf: int) -> tuple[ExponentialSum, ExponentialSum]:
        works = _course(_upkeep(evaluation, leaf))
        return works, ExponentialSum.constant(1) + works * -1

    with precision(4 * WORKING_BITS):
        at = figure(part.read(BallArithmetic(), at_last))
    found = part.read(ExponentialArithmetic(), course)[0]
    (mean,) = sharpen(lambda _: (found.mean_until(arb(moment)),))
    return {"availability_at": at, "availability_over": float(mean)}


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
