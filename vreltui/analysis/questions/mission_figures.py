"""The availability at the end of a mission and over it, all parts being new at its beginning."""

from __future__ import annotations

from functools import cached_property

from flint import acb, arb, fmpq

from vreltui.analysis.digits import figure
from vreltui.analysis.results import Figure
from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.ball_arithmetic import BallArithmetic
from vreltui.engine.balls import WORKING_BITS, accurate, precision, sharpen
from vreltui.engine.chains.chain import Chain
from vreltui.engine.chains.trees import mean_available
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.exponential_sums import (
    ExponentialArithmetic,
    ExponentialSum,
    TooManyTermsError,
)
from vreltui.engine.laws import Given
from vreltui.engine.limits import Limits, OverdueError, Undecided
from vreltui.engine.part_of_program import PartOfProgram
from vreltui.engine.renewed_life import ARITHMETIC, polynomial_pair
from vreltui.engine.worked_figures import exact
from vreltui.model.times import Duration

_WANTED_BITS = 64
"""Relative accuracy of a mean that is integrated."""

_MOST_EVALUATIONS = 100_000

_NOT_FINITE = acb("nan")


def at_the_mission(
    evaluation: Evaluation, slot: int, mission: Duration | None
) -> dict[str, object]:
    """A(t) at the mission time; for exponential lives and repairs."""
    assert mission is not None
    return {"availability_at": Course(evaluation, slot).at(exact(mission))}


def over_the_mission(
    evaluation: Evaluation, slot: int, mission: Duration | None, limits: Limits
) -> dict[str, object]:
    """The mean of A(t) until the mission time. Raises :class:`Undecided` where that takes long."""
    assert mission is not None
    return {"availability_over": Course(evaluation, slot, limits).mean_until(exact(mission))}


class Course:
    """The chance of a slot to work as a function of the time since all was new, in seconds."""

    def __init__(self, evaluation: Evaluation, slot: int, limits: Limits | None = None) -> None:
        self._evaluation = evaluation
        self._limits = limits or Limits()
        self._part = PartOfProgram(evaluation, slot)

    def at(self, moment: fmpq) -> Figure:
        """A(t) and its complement."""
        law, evaluation = self._evaluation.program.law, self._evaluation

        def at_last(leaf: int) -> tuple[arb, arb]:
            pair: tuple[arb, arb] = law(leaf).available_at(
                evaluation, arb(moment), BallArithmetic()
            )
            return pair

        with precision(4 * WORKING_BITS):
            return figure(self._part.read(BallArithmetic(), at_last))

    def mean_until(self, moment: fmpq) -> float:
        """The mean from 0 to a moment; at 0 itself, A(0). Raises :class:`Undecided`."""
        if not moment:
            return self.at(moment).reliability
        found = self._sum
        if found is None:
            by_chains = _by_chains(self._evaluation, self._part, moment)
            if by_chains is not None:
                return float(by_chains)
            return float(_integrated(self._evaluation, self._part, arb(moment), self._limits))
        (mean,) = sharpen(lambda _: (found.mean_until(arb(moment)),))
        return float(mean)

    @cached_property
    def _sum(self) -> ExponentialSum | None:
        return _as_exponentials(self._evaluation, self._part)


def _by_chains(evaluation: Evaluation, part: PartOfProgram, moment: fmpq) -> arb | None:
    """The mean where all parts are small chains; None where one is none, or they are too many."""
    chains: dict[int, Chain] = {}
    sure: dict[int, bool] = {}
    for leaf in part.leaves:
        law = evaluation.program.law(leaf)
        chain = law.chain(evaluation)
        if chain is not None:
            chains[leaf] = chain
        elif isinstance(law, Given):
            sure[leaf] = law.life(evaluation) is True
        else:
            return None
    try:
        figure = part.read(ARITHMETIC, polynomial_pair(sure.get))[0]
        return mean_available(figure, chains, moment)
    except (TooManyTermsError, Undecided):
        return None


def _as_exponentials(evaluation: Evaluation, part: PartOfProgram) -> ExponentialSum | None:
    """A(t) as a sum of exponentials; None where it is none, or would be too long."""
    courses = {leaf: evaluation.program.law(leaf).course(evaluation) for leaf in part.leaves}

    def course(leaf: int) -> tuple[ExponentialSum, ExponentialSum]:
        works = courses[leaf]
        assert works is not None
        return works, ExponentialSum.constant(1) + works * -1

    if any(each is None for each in courses.values()):
        return None
    try:
        return part.read(ExponentialArithmetic(), course)[0]
    except TooManyTermsError:
        return None


def _integrated(evaluation: Evaluation, part: PartOfProgram, moment: arb, limits: Limits) -> arb:
    """The mean of A(t) from 0 on, by an integral with a proven bound on its error.

    Over the logarithm of time, in which what is fast and what is slow are equally smooth.
    """
    arithmetic: Arithmetic[acb] = Arithmetic(acb(0), acb(1))
    faults: list[BaseException] = []

    def integrand(log_time: acb, analytic: bool) -> acb:
        del analytic  # quotients of exponentials: where they are finite they are analytic
        if faults:
            return _NOT_FINITE
        try:
            limits.check_time("integrating an availability")
        except (Undecided, OverdueError) as reason:  # nothing may be raised through the library
            faults.append(reason)
            return _NOT_FINITE
        time = log_time.exp()

        def at(leaf: int) -> tuple[acb, acb]:
            works, fails = evaluation.program.law(leaf).available_at(evaluation, time, arithmetic)
            return acb(works), acb(fails)

        return acb(part.read(arithmetic, at)[0]) * time

    with precision(2 * WORKING_BITS):
        small = arb(2) ** -(_WANTED_BITS + 16)
        found = acb.integral(
            integrand, acb((moment * small * small).log()), acb(moment.log()),
            rel_tol=small, abs_tol=small * moment * small, eval_limit=_MOST_EVALUATIONS,
        )  # fmt: skip
        if faults:
            raise faults[0]
        mean = found.real / moment + (small * small).union(arb(0))
    if not accurate(mean):
        raise Undecided("the mean availability over the mission was not certain")
    return mean
