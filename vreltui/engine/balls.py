"""Ball arithmetic: numbers that carry a proven bound on their own error.

A ball is python-flint's ``arb``. Its precision is a global of that library, so every computation
runs inside :func:`precision`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import flint
from flint import arb, fmpq

from vreltui.engine.limits import Undecided

Ball = arb
PairOfBalls = tuple[arb, arb]
"""A reliability and its complement, each with a relative error bound of its own."""

WORKING_BITS = 128
"""Precision with which every question starts."""

DOUBLE_BITS = 64
"""Relative accuracy, in bits, from which a ball may be rounded to a double."""

ENDLESS_PLACES = 1000
"""Decimal places to which a comparison is followed whose numbers need not end."""

ZERO = arb(0)
ONE = arb(1)


class _Precision:
    """A block with a precision of its own. A class: a generator would cost thrice as much."""

    __slots__ = ("_before", "_bits")

    def __init__(self, bits: int) -> None:
        self._bits = bits

    def __enter__(self) -> None:
        self._before = flint.ctx.prec
        flint.ctx.prec = self._bits

    def __exit__(self, *_: object) -> None:
        flint.ctx.prec = self._before


def precision(bits: int) -> _Precision:
    """Compute with ``bits`` bits inside the block."""
    return _Precision(bits)


def precision_now() -> int:
    """The bits that numbers are made with at the moment."""
    return int(flint.ctx.prec)


def ball(value: Fraction | int) -> arb:
    """The ball around an exact number, at the present precision."""
    value = Fraction(value)
    return arb(fmpq(value.numerator, value.denominator))


def accurate(value: arb, bits: int = DOUBLE_BITS) -> bool:
    """Whether ``value`` is known to a relative 2**-bits, or is exactly zero."""
    return bool(value.is_zero() or value.rel_accuracy_bits() >= bits)


def nearest_double(value: arb) -> float:
    """The double nearest to the midpoint; magnitudes below the least double become zero."""
    return float(value)


def sharpen(
    compute: Callable[[int], tuple[arb, ...]], bits: int = WORKING_BITS, most_bits: int = 1 << 15
) -> tuple[arb, ...]:
    """``compute(bits)`` repeated at rising precision until all its balls are accurate.

    Raises :class:`Undecided` when ``most_bits`` do not suffice.
    """
    while True:
        with precision(bits):
            values = compute(bits)
        for value in values:
            if not accurate(value):
                break
        else:
            return values
        bits *= 2
        if bits > most_bits:
            raise Undecided(f"a figure was not certain at {most_bits} bits")


def certain_sign(
    compute: Callable[[int], arb], places: Callable[[], int | None], most_places: int
) -> int:
    """The sign of an exact number that ``compute(bits)`` encloses.

    ``places()`` is a number of decimal places after which the exact number ends, so that it is zero
    as soon as it is proven smaller than one unit of the last place: a tie is decided, not guessed.
    None, if it need not end; then what agrees to :data:`ENDLESS_PLACES` places is not decided.
    Raises :class:`Undecided` when it is not, or when that takes more than ``most_places``.
    """
    bits = WORKING_BITS
    exact_bits: int | None = None
    while True:
        with precision(bits):
            value = compute(bits)
            if value > 0:
                return 1
            if value < 0:
                return -1
            if value.is_zero():
                return 0
            if exact_bits is None:
                known = places()
                if known is None:
                    if bits > ENDLESS_PLACES * 3322 // 1000:
                        raise Undecided(f"a comparison came out equal to {ENDLESS_PLACES} digits")
                    bits *= 2
                    continue
                last_place = known
                exact_bits = last_place * 3322 // 1000 + 32
            if bits > exact_bits and abs(value) < arb(10) ** -last_place:
                return 0
        if bits > 2 * exact_bits + 1024:
            raise Undecided("a comparison was not certain at twice the exact precision")
        if bits >= 8192 and last_place > most_places:
            raise Undecided(
                "a comparison is so close that it would have to be followed to "
                f"{last_place} decimal places"
            )
        bits = bits * 4 if bits * 4 < exact_bits else max(exact_bits + 64, bits * 2)
