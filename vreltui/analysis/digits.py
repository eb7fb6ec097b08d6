"""Certified digits: exact numbers as decimals on the safe side, told apart where they differ.

Whatever is printed as an end, or as one side of a comparison, is a decimal that stands on the same
side as the number that it stands for: of a value that meets it is never said that it must exceed
itself, and of two figures that differ it is never said that both are 0.5.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import Literal

from flint import arb

from vreltui.analysis.results import (
    ONE_BOUND,
    ZERO_BOUND,
    Bound,
    Comparison,
    Digits,
    Figure,
    Measure,
)
from vreltui.engine.balls import PairOfBalls, nearest_double, precision, sharpen
from vreltui.engine.regions import GREATEST, LEAST, End
from vreltui.engine.stated_values import pair_of
from vreltui.model import Probability
from vreltui.model.goals import Share, Target

SIGNIFICANT = 4
"""Significant digits of the smaller of a probability and its complement, of an end."""

PLACES = 6
"""Decimal places of a figure, unless it needs more to be told from 0, from 1 or from another."""

MOST_NINES = 12
"""Nearer to 1 than 1e-12 a probability is written as one minus its complement."""

MOST_DIGITS = 4096
"""Beyond so many digits nothing is told apart any more; a design's own numbers have 320."""

_EXACT_BITS = 400

LEAST_DECIMAL = arb(2) ** -(4 * MOST_DIGITS)
"""What is smaller is not written as a decimal."""

Number = Callable[[int], PairOfBalls]
"""An exact probability: a pair of balls around it and its complement, for a precision in bits."""

Direction = Literal["up", "down"]


def figure(pair: PairOfBalls) -> Figure:
    """The doubles nearest to a pair of balls, which are accurate enough for that."""
    reliability, unreliability = map(nearest_double, pair)
    tiny = ""
    for value, side in ((reliability, pair[0]), (unreliability, pair[1])):
        if value == 0.0 and not side.is_zero():
            tiny = _tiny(side)
    return Figure(reliability, unreliability, tiny)


def _tiny(value: arb) -> str:
    """The digits of what is too small for a double, and may be for a decimal: "1e-400"."""
    found = _SCIENTIFIC.fullmatch(value.mid().str(SIGNIFICANT, radius=False))
    if found is None or len(found[2]) > 7:
        return "less than 1e-1000000"
    digits = found[1].rstrip("0").rstrip(".")
    return f"{digits}e{found[2]}"


_SCIENTIFIC = re.compile(r"([0-9](?:\.[0-9]*)?)e(-[0-9]+)")


# Ends of intervals


def bound(
    end: End,
    towards: Direction,
    source: Measure | None = None,
    apart: Callable[[Decimal], bool] = lambda _: True,
) -> Bound:
    """The end of an interval with digits rounded up or down, into the interval.

    ``apart`` says whether a decimal is on the right side of whatever it has to be told from; more
    digits are taken until it is. ``source`` is what the end comes from.
    """
    if end is GREATEST:
        return ONE_BOUND
    if end is LEAST:
        return ZERO_BOUND
    pair = sharpen(end.pair, bits=64)
    digits = SIGNIFICANT
    while True:
        at, is_exact = _rounded(end.pair, (pair[0], pair[1]), towards, digits)
        if is_exact or digits > MOST_DIGITS or apart(at.decimal):
            break
        digits += 1 if digits < 40 else digits
    return Bound(_inside((pair[0], pair[1]), towards, is_exact), at, is_exact, source)


def rounded(
    number: Number, towards: Direction, digits: int = SIGNIFICANT
) -> tuple[Probability, bool]:
    """A number as a decimal rounded in a direction, and whether that is the number itself.

    The smaller of the number and its complement gets so many significant digits.
    """
    value, complement = sharpen(number, bits=64)
    return _rounded(number, (value, complement), towards, digits)


def _rounded(
    number: Number, pair: PairOfBalls, towards: Direction, digits: int
) -> tuple[Probability, bool]:
    """As :func:`rounded`; ``pair`` is that of the number at 64 bits."""
    value, complement = pair
    if value.is_zero():
        return Probability(Decimal(0)), True
    if complement.is_zero():
        return Probability(Decimal(1)), True
    side = 0 if value <= complement else 1
    up = (towards == "up") == (side == 0)
    exponent = _exponent(pair[side]) - digits + 1
    written, is_exact = _at_place(number, pair[side], side, exponent, "up" if up else "down")
    return as_written(written, complemented=side == 1), is_exact


def as_written(side: Decimal, *, complemented: bool) -> Probability:
    """A probability given from its smaller side, as people write it: 0.998134, 1 - 1.866e-15."""
    if complemented and side.adjusted() >= -MOST_NINES:
        with localcontext() as context:
            context.prec = MOST_DIGITS + 2 * MOST_NINES
            return Probability(1 - side)
    return Probability(side, complemented)


def _exponent(value: arb) -> int:
    """The power of ten of the first digit."""
    # Of an end of 1e-300, 64 bits taken absolutely would show nothing.
    mantissa, binary = value.mid().man_exp()
    return math.floor(math.log10(int(mantissa)) + int(binary) * math.log10(2) + 1e-9)


def _at_place(
    number: Number, first: arb, side: int, exponent: int, way: Literal["up", "down", "nearest"]
) -> tuple[Decimal, bool]:
    """One side of a number as a multiple of a power of ten, and whether that is exact.

    ``first`` is that side at 64 bits.
    """
    wanted = 4 * max(0, _exponent(first) - exponent) + 160
    for bits in sorted({64, 160, _EXACT_BITS, wanted}):
        value = first if bits == 64 else sharpen(number, bits=bits)[side]
        with precision(bits + 64):
            scaled = value * _power_of_ten(-exponent, bits + 64)
            if way == "nearest":
                scaled += arb("0.5")
            low, high = scaled.lower(), scaled.upper()
            below, above = low.floor().mid().fmpz(), high.floor().mid().fmpz()
        if below == above and (way == "nearest" or not low.is_integer()):
            return _decimal(int(below) + (way == "up"), exponent), False
    # No bits tell it from a whole number of units: it is one.
    return _decimal(int(above), exponent), True


def _decimal(units: int, exponent: int) -> Decimal:
    """A multiple of a power of ten; arithmetic would round it to the context's precision."""
    return Decimal(f"{units}e{exponent}")


@lru_cache(4096)
def _power_of_ten(exponent: int, bits: int) -> arb:
    """A power of ten, at a precision."""
    with precision(bits):
        return arb(10) ** exponent


def _inside(pair: PairOfBalls, towards: Direction, is_exact: bool) -> Figure:
    """The doubles next to an end, read as the decimals that are printed of them, and inside."""
    if is_exact:
        return figure(pair)
    return Figure(_double(pair[0], towards), _double(pair[1], "down" if towards == "up" else "up"))


def _double(value: arb, towards: Direction) -> float:
    number, limit = nearest_double(value), math.inf if towards == "up" else -math.inf
    with precision(160):
        for _ in range(4):
            read = arb(number), arb(repr(number))
            if all(each > value if towards == "up" else each < value for each in read):
                break
            number = math.nextafter(number, limit)
    return min(max(number, math.ulp(0.0)), 1.0)


# Two sides of a comparison


def nearest(number: Number, extra: int = 0) -> Digits:
    """A number to :data:`PLACES`, or two digits of the smaller side if that is more; and more."""
    value, complement = sharpen(number, bits=64)
    if value.is_zero() or complement.is_zero():
        return Probability(Decimal(0 if value.is_zero() else 1))
    side = 0 if value <= complement else 1
    first = (value, complement)[side]
    if first < LEAST_DECIMAL:
        return f"1 - {_tiny(first)}" if side else _tiny(first)
    place = min(-PLACES, _exponent(first) - (3 if _exponent(first) < -MOST_NINES else 1)) - extra
    written, _ = _at_place(number, first, side, place, "nearest")
    return as_written(written, complemented=side == 1)


def compared(own: Number, rival: Number | Target, sign: int, measure: Measure) -> Comparison:
    """Two numbers with digits that tell them apart where they differ; ``sign`` is own - rival's.

    A probability is given as it is stated.
    """
    if isinstance(rival, Share):
        share = rival
        (_, down) = sharpen(own)
        found = compared(own, lambda bits: pair_of(share, bits), sign, measure)
        return replace(found, down=nearest_double(down))
    if sign == 0:
        both = rival if isinstance(rival, Probability) else nearest(rival)
        return Comparison(measure, both, both, 0)
    extra = 0
    while True:
        ours = nearest(own, extra)
        theirs = rival if isinstance(rival, Probability) else nearest(rival, extra)
        if isinstance(ours, str) or isinstance(theirs, str) or extra > MOST_DIGITS:
            return Comparison(measure, ours, theirs, sign)
        if (ours.reliability - theirs.reliability) * sign > 0:
            return Comparison(measure, ours, theirs, sign)
        extra += 1 if extra < 40 else extra
