"""Mean lives of trees of chains as one number moves: quotients of polynomials, compared exactly.

A root's survival is a polynomial in those of its leaves, and a product of survivals is that of the
leaves' chains together (:mod:`vreltui.engine.chains.trees`). So it is where all leaves are nodes
with moves, pools with a policy, or lives that are chains; a side that does not move may have any
mean life that is a fraction.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from flint import fmpq, fmpz_poly

from vreltui.engine.chains.chain import Chain
from vreltui.engine.chains.elimination import mean_time_within
from vreltui.engine.chains.products import together
from vreltui.engine.chains.rational_functions import Quotient
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.exponential_sums import TooManyTermsError
from vreltui.engine.lasting_laws import LastingLaw
from vreltui.engine.laws import Held, Law, Source
from vreltui.engine.limits import Undecided, tick
from vreltui.engine.part_of_program import PartOfProgram
from vreltui.engine.policy_laws import PolicyLaw
from vreltui.engine.process_laws import ProcessLaw
from vreltui.engine.renewed_life import ARITHMETIC, SurvivalPolynomial, polynomial_pair
from vreltui.engine.worked_figures import WorkedFigure, WorkedLaw, as_fmpq

_MOST_STATES = 16
"""Beyond so many states of the chains of one product quotients would be too long."""

_MOST_PRODUCTS = 32
"""Beyond so many products they would be, too."""


def mean_of(evaluation: Evaluation, source: Source, *, share: bool) -> Quotient | None:
    """The mean life as a quotient in a number, or in the odds of a share.

    None where some leaf is no chain, or there are too many states.
    """
    part = PartOfProgram(evaluation, evaluation.program.root)
    if any(_reads(evaluation.program.law(slot), source) for slot in part.chances):
        return None
    chains: dict[int, Chain] = {}
    sure: dict[int, bool] = {}
    for leaf in part.leaves:
        law = evaluation.program.law(leaf)
        if not isinstance(law, WorkedLaw):
            life = law.life(evaluation)
            if not isinstance(life, bool) or _reads(law, source):
                return None
            sure[leaf] = life
            continue
        chain = _chain_of(law, evaluation, source, share=share)
        if chain is None:
            return None
        chains[leaf] = chain
    try:
        survival = part.read(ARITHMETIC, polynomial_pair(sure.get))[0]
        return _mean(survival, chains)
    except (TooManyTermsError, Undecided):
        return None


def _mean(survival: SurvivalPolynomial, chains: Mapping[int, Chain]) -> Quotient | None:
    """The sum of the mean times of products; None where one is infinite, or too long."""
    if len(survival.terms) > _MOST_PRODUCTS:
        return None
    total = Quotient.constant(0)
    for powers, factor in survival.terms.items():
        product = together([(chains[leaf], copies) for leaf, copies in powers], while_up=True)
        if product.size > _MOST_STATES:
            return None
        tick(product.size**3)
        mean = mean_time_within(product, product.up)
        if mean is None:
            return None
        total = total + Quotient.constant(fmpq(factor)) * mean
    return total


def _reads(law: Law, source: Source) -> bool:
    return isinstance(law, Held) and law.source == source


def _chain_of(
    law: WorkedLaw, evaluation: Evaluation, source: Source, *, share: bool
) -> Chain | None:
    """What stands at a leaf as a chain whose rates are quotients; None where it is none."""
    figure = evaluation.leaf_figures[law.figure_source]
    assert isinstance(figure, WorkedFigure)
    whole: tuple[Source, ...] = ()
    if isinstance(law, PolicyLaw):
        if not law.has_plain_rates(source, figure.numbers):
            return None
        whole = law.exponents
    numbers = {
        each: value if each in whole or not value else Quotient.constant(value)
        for each, value in figure.numbers.items()
    }
    if source in numbers:
        variable = Quotient.variable()
        numbers[source] = variable / (1 + variable) if share else variable
    if isinstance(law, ProcessLaw | LastingLaw | PolicyLaw):
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
