"""A tree of parts that are chains: its mean life, and its mean availability, as sums over products.

The root's figure is a polynomial with whole coefficients in the figures of its leaves, and a
product of figures is that of the leaves' chains together, so that each term is exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from flint import arb, fmpq

from vreltui.engine.balls import ZERO, accurate, precision
from vreltui.engine.chains.chain import Chain
from vreltui.engine.chains.elimination import mean_time_within
from vreltui.engine.chains.products import together
from vreltui.engine.chains.transient import mean_share
from vreltui.engine.limits import Undecided
from vreltui.engine.renewed_life import SurvivalPolynomial

_EXACT_STATES = 40
"""Chains of at most so many states are solved in fractions."""

_BITS = (256, 1024, 4096)

_BITS_OF_RATES = 512
"""With how many bits rates that are no fractions are added where chains are put together."""


def mean_of_tree(
    survival: SurvivalPolynomial, chains: Mapping[int, Chain]
) -> Fraction | arb | None:
    """The integral of a polynomial in the survivals of leaves, exactly where it is not too large.

    None where it is infinite: some part may never fail. Raises
    :class:`~vreltui.engine.exponential_sums.TooManyTermsError` where there are too many states.
    """
    with precision(_BITS_OF_RATES):
        products = _products(survival, chains, while_up=True)
    if any(mean_time_within(chain, chain.up) is None for _, chain in products):
        # The whole works while the parts of such a term do, which they may for ever.
        return None
    if all(chain.size <= _EXACT_STATES for _, chain in products):
        exact = sum((factor * _mean(chain) for factor, chain in products), fmpq(0))
        if isinstance(exact, fmpq):  # some rates are no fractions, as with a load of 1.5
            return Fraction(int(exact.numerator), int(exact.denominator))
    for bits in _BITS:
        with precision(bits):
            total = ZERO
            for factor, chain in products:
                total = total + factor * _mean(chain.with_rates(arb))
        if accurate(total):
            return total
    raise Undecided("a mean life was not certain to the digits of a figure")


def _mean(chain: Chain) -> fmpq | arb:
    mean = mean_time_within(chain, chain.up)
    assert mean is not None
    return mean


def mean_available(
    availability: SurvivalPolynomial, chains: Mapping[int, Chain], time: fmpq
) -> arb:
    """The mean over a time of a polynomial in the availabilities of leaves.

    Raises :class:`~vreltui.engine.exponential_sums.TooManyTermsError` where there are too many
    states.
    """
    with precision(_BITS_OF_RATES):
        products = _products(availability, chains, while_up=False)
    for bits in _BITS:
        with precision(bits):
            total = ZERO
            for factor, chain in products:
                share = arb(1) if chain.size == 1 else mean_share(chain, time)[0]
                total = total + factor * share
        if accurate(total):
            return total
    raise Undecided("the mean availability over the mission was not certain")


def _products(
    figure: SurvivalPolynomial, chains: Mapping[int, Chain], *, while_up: bool
) -> list[tuple[int, Chain]]:
    return [
        (factor, together([(chains[leaf], copies) for leaf, copies in powers], while_up=while_up))
        for powers, factor in figure.terms.items()
    ]
