"""Mean lives of chains as one number moves: quotients of polynomials, compared exactly.

So it is where a node with moves, or one exponential life, is all there is on a side that moves; a
side that does not may have any mean life that is a fraction.
"""

from __future__ import annotations

from fractions import Fraction

from flint import fmpz_poly

from vreltui.engine.chains.chain import Chain
from vreltui.engine.chains.elimination import mean_time_within
from vreltui.engine.chains.rational_functions import Quotient
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.lasting_laws import LastingLaw
from vreltui.engine.laws import Law, Source
from vreltui.engine.process_laws import ProcessLaw
from vreltui.engine.steps import Leaf
from vreltui.engine.worked_figures import Numbers, WorkedFigure, WorkedLaw, as_fmpq

_MOST_STATES = 16
"""Beyond so many states quotients would be too long."""


def mean_of(evaluation: Evaluation, source: Source, *, share: bool) -> Quotient | None:
    """The mean life as a quotient in a number, or in the odds of a share.

    None where the evaluation is more than one chain.
    """
    root = evaluation.program.steps[evaluation.program.root]
    law = root.law if isinstance(root, Leaf) else None
    if not isinstance(law, WorkedLaw):
        return None
    figure = evaluation.leaf_figures[law.figure_source]
    assert isinstance(figure, WorkedFigure)
    numbers: dict[Source, Quotient] = {}
    for each, value in figure.numbers.items():
        numbers[each] = Quotient.constant(value)
    if source in numbers:
        variable = Quotient.variable()
        numbers[source] = variable / (1 + variable) if share else variable
    chain = _chain_of(law, numbers)
    if chain is None or chain.size > _MOST_STATES:
        return None
    life = mean_time_within(chain, chain.up)
    return None if life is None else life + 0


def _chain_of(law: Law, numbers: Numbers) -> Chain | None:
    if isinstance(law, ProcessLaw):
        return law.chain_of(numbers)
    if isinstance(law, LastingLaw):
        return law.chain_of(numbers)
    return None


def margin_of(
    own: Quotient | Fraction | None, rival: Quotient | Fraction | None
) -> fmpz_poly | None:
    """The polynomial that is positive where own is the greater; None where a side is not known."""
    if own is None or rival is None:
        return None
    return _as_quotient(own).exceeds(_as_quotient(rival))


def _as_quotient(value: Quotient | Fraction) -> Quotient:
    return Quotient.constant(as_fmpq(value)) if isinstance(value, Fraction) else value
