"""Whether two trees are one function of what stands at their leaves, however they are built.

Trees that are shaped alike are told by their steps (:mod:`vreltui.engine.alike`). Others are
written out as polynomials in the figures of their leaves: where these are equal, so are the trees,
whatever the figures are. So ties what never ends in decimals.
"""

from __future__ import annotations

from collections.abc import Hashable
from contextlib import suppress
from fractions import Fraction

from flint import fmpq

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.exponential_sums import ExponentialSum, TooManyTermsError
from vreltui.engine.lasting_laws import LastingLaw
from vreltui.engine.laws import Given, LeafFigure, Source
from vreltui.engine.limits import Undecided
from vreltui.engine.part_of_program import PartOfProgram
from vreltui.engine.renewed_life import ARITHMETIC, Powers, SurvivalPolynomial
from vreltui.engine.share_laws import ShareLaw
from vreltui.engine.worked_figures import WorkedFigure, fraction
from vreltui.model import Probability, Value
from vreltui.model.quantities import number

MOST_STEPS = 500
"""Trees of more steps are not written out."""


class Difference:
    """Own minus rival as a polynomial, where it is short enough to be written out.

    Leaves with one law and equal numbers are one variable, whatever they are called.
    """

    def __init__(self, own: Evaluation, rival: Evaluation) -> None:
        self._variables: dict[Hashable, int] = {}
        self._leaves: list[tuple[Evaluation, int]] = []
        self._polynomial: SurvivalPolynomial | None = None
        if max(own.program.size, rival.program.size) > MOST_STEPS:
            return
        with suppress(Undecided):  # too long
            self._polynomial = self._written(own) + self._written(rival) * -1

    @property
    def is_nothing(self) -> bool:
        """Whether it is 0, proven. False says nothing."""
        return self._polynomial is not None and not self._polynomial.terms

    @property
    def vanishes_over_time(self) -> bool:
        """Whether it is 0 at every time, written out as a sum of exponentials. False says nothing.

        So tie lives of which several together end as soon as others do: e^(-t/600) e^(-t/300) is
        e^(-t/400) squared.
        """
        if self._polynomial is None:
            return False
        missions: set[Fraction | int] = set()
        total = ExponentialSum({})
        try:
            for powers, coefficient in self._polynomial.terms.items():
                product = ExponentialSum.constant(fmpq(coefficient))
                for variable, power in powers:
                    life = self._lasting(variable, missions)
                    if life is None:
                        return False
                    for _ in range(power):
                        product = product * life
                total = total + product
        except TooManyTermsError:
            return False
        return len(missions) <= 1 and not total.terms

    def _lasting(self, variable: int, missions: set[Fraction | int]) -> ExponentialSum | None:
        """What stands at a leaf as a function of the mission time, which is noted; or None."""
        evaluation, slot = self._leaves[variable]
        law = evaluation.program.law(slot)
        if isinstance(law, Given):
            value = evaluation.probability(law.source)
            if isinstance(value, Probability):
                exact = value.reliability
                return ExponentialSum.constant(fmpq(exact.numerator, exact.denominator))
            return _figure_over_time(value, missions)
        if isinstance(law, ShareLaw) and isinstance(law.base, Given):
            return _share_of_constant(evaluation, law)
        base = law.base if isinstance(law, ShareLaw) and law.by_hazard else law
        if not isinstance(base, LastingLaw) or base.asked != "survival":
            return None
        missions |= {
            _amount(evaluation.stated(role.source)) for role in base.roles if role.key == "mission"
        }
        return self._exponentials(variable)

    def mean(self) -> Fraction | None:
        """By how much own lives longer, where what is left are exponential lives alone.

        What both sides share cancels, whatever law it has. None where more is left, or where the
        means are infinite.
        """
        if self._polynomial is None:
            return None
        left: dict[Powers, ExponentialSum] = {}
        try:
            for powers, coefficient in self._polynomial.terms.items():
                product = ExponentialSum.constant(fmpq(coefficient))
                others = []
                for variable, power in powers:
                    life = self._exponentials(variable)
                    if life is None:
                        others.append((variable, power))
                        continue
                    for _ in range(power):
                        product = product * life
                beside = tuple(others)
                left[beside] = left[beside] + product if beside in left else product
        except TooManyTermsError:
            return None
        alone = left.pop((), ExponentialSum({}))
        return None if any(each.terms for each in left.values()) else alone.integral()

    def _exponentials(self, variable: int) -> ExponentialSum | None:
        evaluation, slot = self._leaves[variable]
        life = evaluation.program.law(slot).life(evaluation)
        if isinstance(life, bool):
            return ExponentialSum.constant(int(life))
        return life.lifetime.as_exponentials() if life.clock is None else None

    def _written(self, evaluation: Evaluation) -> SurvivalPolynomial:
        program = evaluation.program
        one = SurvivalPolynomial.constant(1)

        def exactly(source: Source) -> Hashable:
            if source not in evaluation.values:
                return evaluation.identity(source)
            return _amount(evaluation.stated(source))

        def leaf(slot: int) -> tuple[SurvivalPolynomial, SurvivalPolynomial]:
            law = program.law(slot)
            if isinstance(law, Given):
                value = evaluation.values.get(law.source)
                if isinstance(value, Probability) and value.reliability in (0, 1):
                    works = SurvivalPolynomial.constant(int(value.reliability))
                    return works, one + works * -1
            key = law.key(exactly)
            if key not in self._variables:
                self._variables[key] = len(self._leaves)
                self._leaves.append((evaluation, slot))
            works = SurvivalPolynomial.leaf(self._variables[key])
            return works, one + works * -1

        return PartOfProgram(evaluation, program.root).read(ARITHMETIC, leaf)[0]


def _share_of_constant(evaluation: Evaluation, law: ShareLaw) -> ExponentialSum | None:
    """A share of the failures of a constant, which is a quotient of decimals."""
    if any(not isinstance(evaluation.probability(s), Probability) for s in law.sources):
        return None

    def exactly(source: Source) -> tuple[Fraction, Fraction]:
        value = evaluation.probability(source)
        return value.reliability, value.unreliability

    works, _ = law.pair(Arithmetic(Fraction(0), Fraction(1)), exactly)
    return ExponentialSum.constant(fmpq(works.numerator, works.denominator))


def _amount(stated: Value | Fraction) -> Fraction | int:
    return stated if isinstance(stated, Fraction) else number(stated)


def _figure_over_time(figure: LeafFigure, missions: set[Fraction | int]) -> ExponentialSum | None:
    """The figure of a lifetime that stands where a constant would, as a function of its mission."""
    if not isinstance(figure, WorkedFigure):
        return None
    law = figure.law
    if not isinstance(law, LastingLaw) or law.asked != "survival":
        return None
    missions |= {fraction(figure.numbers[r.source]) for r in law.roles if r.key == "mission"}
    upkeep = law.upkeep(figure.numbers)
    return upkeep.lifetime.as_exponentials() if upkeep.clock is None else None
