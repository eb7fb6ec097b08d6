"""How much the reliability of a choice changes with one number: Birnbaum's importance."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from flint import arb, fmpq

from vreltui.analysis.questions.fixed_letters import held_by_causes
from vreltui.analysis.study import Study
from vreltui.engine.balls import WORKING_BITS, accurate, nearest_double, precision
from vreltui.engine.contest import margin
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Undecided
from vreltui.engine.program import Source
from vreltui.model import Probability, Value
from vreltui.model.quantities import number

MOST_BITS = 1 << 14
"""Beyond this precision a difference that is not told from zero is undecided."""

LEAST_DOUBLE = arb(2) ** -1080
"""What is certainly smaller than this is zero as a double."""


def importance(study: Study, evaluation: Evaluation, choice: str, parameter: str) -> float:
    """The derivative of the choice's reliability by a parameter; for a count, one more copy's gain.

    For a time, a rate or a number the derivative by its logarithm.

    Zero for a parameter that only the baseline reads. Raises :class:`Undecided` where it was not
    found within the limits.
    """
    study.budget.check_time("finding an importance")
    if reason := held_by_causes(study.design, choice, parameter):
        raise Undecided(reason)
    source = Source(parameter, is_parameter=True)
    value = study.design.value(parameter, choice)
    if isinstance(value, int) and source in (*evaluation.program.leaves, *evaluation.program.pools):
        return _double_of(_gain_of_one_more(study, evaluation, choice, source))
    if source in evaluation.program.leaves:
        if isinstance(value, Probability):
            return _double_of(lambda bits: evaluation.slope(source, bits))
        amount = exact(value)
        if not amount:
            return 0.0  # whatever the slope is, a share of nothing is nothing

        def by_logarithm(bits: int) -> arb:
            with precision(bits):
                return evaluation.slope(source, bits) * arb(amount)

        return _double_of(by_logarithm)
    return 0.0


def exact(value: Value) -> fmpq:
    """A value as an exact number: seconds, how often a second, a plain number."""
    found = Fraction(number(value))
    return fmpq(found.numerator, found.denominator)


def _gain_of_one_more(
    study: Study, evaluation: Evaluation, choice: str, source: Source
) -> Callable[[int], arb]:
    value = study.design.value(source.name, choice)
    assert isinstance(value, int)
    more = evaluation.changed({source: value + 1})

    def gain(bits: int) -> arb:
        with precision(bits):
            return margin(more.pair(bits=bits), evaluation.pair(bits=bits))

    return gain


def _double_of(compute: Callable[[int], arb]) -> float:
    """The double nearest to a difference, which may be zero or as good as zero.

    Raises :class:`Undecided` where it can't be told from zero within the limits.
    """
    bits = WORKING_BITS
    while bits <= MOST_BITS:
        value = compute(bits)
        with precision(bits):
            if accurate(value):
                return nearest_double(value)
            if abs(value) < LEAST_DOUBLE:
                return 0.0
        bits *= 2
    raise Undecided(f"an importance was not certain at {MOST_BITS} bits")
