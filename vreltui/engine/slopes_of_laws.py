"""Derivatives of figures of lifetimes by a number that they are stated with.

Central differences at a high precision, over two steps: for the smooth functions that lifetimes
are, the error falls with the square of the step, so four times what the two differ by bounds it.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import arb, fmpq

from vreltui.engine.balls import precision


def slope_at(function: Callable[[fmpq], arb], at: fmpq, bits: int) -> arb:
    """The derivative of ``function`` at a positive number, to about ``bits`` bits.

    >>> from vreltui.engine.balls import nearest_double
    >>> nearest_double(slope_at(lambda x: arb(x) ** 3, fmpq(2), 128))
    12.0
    """
    step = at / (1 << (bits // 2 + 8))
    with precision(3 * bits + 64):
        coarse, fine = (
            (function(at + each) - function(at - each)) / (2 * arb(each))
            for each in (step, step / 2)
        )
        return fine + arb(0, 4 * abs(coarse - fine).upper())
