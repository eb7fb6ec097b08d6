"""Where a chain is after a complex time: for integrals over time with a proven error.

There nothing is non-negative. The exponential of Arb is used, at a precision that is raised until
its squarings have left enough digits.
"""

from __future__ import annotations

import math

from flint import acb, acb_mat, arb, ctx

from vreltui.engine.balls import precision
from vreltui.engine.chains.chain import END, Chain, Rates

_GUARD_BITS = 32

_MOST_DOUBLINGS = 4


def where_after_complex(chain: Chain, time: acb) -> list[acb]:
    """The entries of the start's row of e^(Qt), at about the precision that holds."""
    return _row(chain.rates, chain.size, chain.start, time)


def survival_complex(chain: Chain, time: acb) -> tuple[acb, acb]:
    """The chance not to have left the states that are up, and its complement, continued."""
    end = chain.size
    rates = {
        (origin, end if target == END else target): rate
        for (origin, target), rate in chain.stopped(chain.up).items()
    }
    row = _row(rates, chain.size + 1, chain.start, time)
    return sum((row[state] for state in chain.up), acb(0)), row[end]


def _row(rates: Rates, size: int, start: int, time: acb) -> list[acb]:
    wanted = ctx.prec
    bits = wanted + _GUARD_BITS
    for _ in range(_MOST_DOUBLINGS):
        with precision(bits):
            entries = [[acb(0)] * size for _ in range(size)]
            for (origin, target), rate in rates.items():
                entries[origin][target] = entries[origin][target] + arb(rate) * time
                entries[origin][origin] = entries[origin][origin] - arb(rate) * time
            power = acb_mat(entries).exp()
            row = [power[start, column] for column in range(size)]
        if _is_wide(time, wanted) or all(_is_sharp(entry, wanted) for entry in row):
            break
        bits *= 2
    return row


def _is_wide(time: acb, bits: int) -> bool:
    """Whether a time is an enclosure of many, where more digits would not help."""
    return bool(time.rel_accuracy_bits() < bits // 2)


def _is_sharp(entry: acb, bits: int) -> bool:
    """Whether an entry is known to so many bits of 1: chances need no more to be added up."""
    if not entry.is_finite():
        return False
    radius = max(float(entry.real.rad()), float(entry.imag.rad()))
    return radius == 0.0 or math.log2(radius) < -bits + max(0.0, math.log2(1 + abs(complex(entry))))
