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

from vreltui.engine.evaluation import Evaluation
from vreltui.engine.exponential_sums import ExponentialSum, TooManyTermsError
from vreltui.engine.laws import Given, Source
from vreltui.engine.limits import Undecided
from vreltui.engine.part_of_program import PartOfProgram
from vreltui.engine.renewed_life import ARITHMETIC, Powers, SurvivalPolynomial
from vreltui.model import Probability
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
        if max(len(own.program.steps), len(rival.program.steps)) > MOST_STEPS:
            return
        with suppress(Undecided):  # too long
            self._polynomial = self._written(own) + self._written(rival) * -1

    @property
    def is_nothing(self) -> bool:
        """Whether it is 0, proven. False says nothing."""
        return self._polynomial is not None and not self._polynomial.terms

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
            value = evaluation.values.get(source)
            return evaluation.identity(source) if value is None else number(value)

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
