"""How the chance to stay among some states changes with a number that the rates depend on.

With M = Q t over those states and dM its derivative, the exponential of the matrix (M dM; 0 M) has
that of e^M in its corner: C. Van Loan, "Computing integrals involving the matrix exponential", IEEE
Transactions on Automatic Control 23, 1978.
"""

from __future__ import annotations

from collections.abc import Collection

from flint import arb, arb_mat

from vreltui.engine.balls import ZERO, precision, precision_now
from vreltui.engine.chains.chain import Chain
from vreltui.engine.duals import Dual

_MOST_DOUBLINGS = 4

_NARROW_BITS = 40
"""What is known to fewer bits is an interval, over which more digits do not help."""


def slope_of_lasting(chain: Chain, going_on: Collection[int], time: Dual) -> arb:
    """The derivative of the chance not to have left ``going_on`` by ``time``.

    Rates are numbers with derivatives, as exact as the precision lets them be made.
    """
    wanted = precision_now()
    bits = 2 * wanted
    for _ in range(_MOST_DOUBLINGS):
        with precision(bits):
            slope = _slope(chain, sorted(going_on), time)
        if slope.rel_accuracy_bits() >= wanted or _is_wide(chain, time):
            break
        bits *= 2
    return slope


def _is_wide(chain: Chain, time: Dual) -> bool:
    values = [time.value, *(rate.value for rate in chain.rates.values())]
    return any(not each.is_exact() and each.rel_accuracy_bits() < _NARROW_BITS for each in values)


def _slope(chain: Chain, states: list[int], time: Dual) -> arb:
    size = len(states)
    at = {state: index for index, state in enumerate(states)}
    entries = [[ZERO] * (2 * size) for _ in range(2 * size)]
    for (origin, target), rate in chain.rates.items():
        if origin not in at:
            continue
        moved = rate * time
        for column, sign in ((at[origin], -1), (at.get(target), 1)):
            if column is None:
                continue
            row = at[origin]
            own = moved.value * sign
            for corner in (0, size):
                entries[row + corner][column + corner] = (
                    entries[row + corner][column + corner] + own
                )
            entries[row][column + size] = entries[row][column + size] + moved.slope * sign
    power = arb_mat(entries).exp()
    start = at[chain.start]
    total = ZERO
    for column in range(size):
        total = total + power[start, size + column]
    return total
