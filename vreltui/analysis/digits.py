"""Certified digits: decimal texts of exact numbers, rounded to the safe side."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import Literal

from flint import arb

from vreltui.analysis.results import Bound, Figure
from vreltui.engine.balls import PairOfBalls, nearest_double, precision, sharpen
from vreltui.engine.regions import GREATEST, LEAST, End

SIGNIFICANT = 4
"""Significant digits of the smaller of a probability and its complement."""

MOST_NINES = 12
"""Nearer to 1 than 1e-12 a probability is written as one minus its complement."""

_EXACT_BITS = 400


_ZERO = Bound(Figure(0.0, 1.0), "0", exact=True)
_ONE = Bound(Figure(1.0, 0.0), "1", exact=True)


def figure(pair: PairOfBalls) -> Figure:
    """The doubles nearest to a pair of balls, which are accurate enough for that."""
    reliability, unreliability = map(nearest_double, pair)
    tiny = ""
    for value, side in ((reliability, pair[0]), (unreliability, pair[1])):
        if value == 0.0 and not side.is_zero():
            tiny = plain(Decimal(side.mid().str(SIGNIFICANT, radius=False)))
    return Figure(reliability, unreliability, tiny)


def bound(end: End, towards: Literal["up", "down"]) -> Bound:
    """The end of an interval with digits rounded up or down, into the interval."""
    if end is GREATEST:
        return _ONE
    if end is LEAST:
        return _ZERO
    value, complement = sharpen(end.pair, bits=64)
    digits, is_exact = _rounded(end, (value, complement), towards)
    return Bound(figure((value, complement)), digits, is_exact)


def rounded(end: End, towards: Literal["up", "down"]) -> tuple[str, bool]:
    """Digits of an end rounded in a direction, and whether they are the end itself.

    The smaller of the end and its complement gets :data:`SIGNIFICANT` digits.
    """
    value, complement = sharpen(end.pair, bits=64)
    return _rounded(end, (value, complement), towards)


def _rounded(end: End, pair: PairOfBalls, towards: Literal["up", "down"]) -> tuple[str, bool]:
    """As :func:`rounded`; ``pair`` is that of the end at 64 bits."""
    value, complement = pair
    if value.is_zero():
        return "0", True
    if complement.is_zero():
        return "1", True
    if value <= complement:
        number, is_exact = _significant(end, value, 0, up=towards == "up")
        return plain(number), is_exact
    number, is_exact = _significant(end, complement, 1, up=towards == "down")
    return near_one(number), is_exact


def _significant(end: End, first: arb, side: int, *, up: bool) -> tuple[Decimal, bool]:
    """One side of an end as a decimal, rounded up or down; and whether that is exact.

    ``first`` is that side at 64 bits.
    """
    # Of an end of 1e-300, 64 bits taken absolutely would show nothing.
    mantissa, binary = first.mid().man_exp()
    size = math.log10(int(mantissa)) + int(binary) * math.log10(2)
    exponent = math.floor(size + 1e-9) - SIGNIFICANT + 1
    for bits in (64, 160, _EXACT_BITS):
        value = first if bits == 64 else sharpen(end.pair, bits=bits)[side]
        with precision(bits + 64):
            scaled = value * _power_of_ten(-exponent, bits + 64)
            low, high = scaled.lower(), scaled.upper()
            below, above = low.floor().mid().fmpz(), high.floor().mid().fmpz()
        if below == above and not low.is_integer():
            return Decimal(int(below) + up).scaleb(exponent), False
    # No bits tell it from a whole number of units: it is one.
    return Decimal(int(above)).scaleb(exponent), True


@lru_cache(4096)
def _power_of_ten(exponent: int, bits: int) -> arb:
    """A power of ten, at a precision."""
    with precision(bits):
        return arb(10) ** exponent


def plain(number: Decimal) -> str:
    """A small number as people write it: 0.05213, 1.866e-15."""
    if number.adjusted() >= -5:
        return f"{number:f}"
    return f"{number.normalize():e}".replace("e+", "e")


def near_one(complement: Decimal) -> str:
    """A number near 1, given its complement: 0.998134, or 1 - 1.866e-15."""
    if complement.adjusted() >= -MOST_NINES:
        with localcontext() as context:
            context.prec = 60
            return f"{1 - complement:f}"
    return f"1 - {plain(complement)}"
