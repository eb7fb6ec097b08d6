"""One step of a probability up or down, on the scale on which people judge it."""

from __future__ import annotations

from decimal import Decimal

from vreltui.model.numbers import Probability

HALF = Decimal("0.5")


def next_probability(value: Probability, *, up: bool, fine: bool = False) -> Probability:
    """The next value up or down: 0.99, 0.991, ..., 0.999, 0.9991.

    A reliability from a half moves on the scale of 1 - R, a smaller one on its own; both by the
    first significant digit, with ``fine`` by the second. It stops short of 0 and 1.

    >>> [str(next_probability(Probability.of(r), up=True)) for r in ("0.9", "0.9985", "0.2")]
    ['0.91', '0.999', '0.3']
    >>> [str(next_probability(Probability.of(r), up=False)) for r in ("0.9", "0.9985", "0.2")]
    ['0.8', '0.998', '0.1']
    """
    small = 1 - value.decimal
    near_one = small < HALF or (small == HALF and up)
    if not near_one:
        moved = _first_digit(value.decimal, grow=up, fine=fine)
        return Probability(_short(moved))
    moved = _first_digit(small, grow=not up, fine=fine)
    if moved >= 1:
        return value
    if value.complemented or moved.adjusted() < -12:
        return Probability(_short(moved), complemented=True)
    return Probability(_short(1 - moved))


def _short(number: Decimal) -> Decimal:
    """The same number without zeros at its end: 0.99 for 0.990."""
    short = number.normalize()
    return Decimal(f"{short:f}") if short.adjusted() > -12 else short


def _first_digit(size: Decimal, *, grow: bool, fine: bool) -> Decimal:
    """``size`` moved to the next number of one significant digit (two when ``fine``)."""
    if size == 0:
        return Decimal("1e-6") if grow else size
    unit = Decimal(1).scaleb(size.adjusted() - (1 if fine else 0))
    if grow:
        return (size // unit + 1) * unit
    whole = size // unit
    moved = (whole - 1 if size % unit == 0 else whole) * unit
    if moved.adjusted() < size.adjusted() or moved == 0:
        # From 0.01 down lies 0.009, on the next finer scale.
        unit = unit / 10
        moved = size - unit if size % unit == 0 else (size // unit) * unit
    return moved if moved.adjusted() >= -299 else size


PREFERRED = tuple(Decimal(digits) for digits in ("1", "1.5", "2", "3", "5", "7", "10"))
"""The numbers along which times are stepped, and their multiples by powers of ten."""


def next_preferred(size: Decimal, *, up: bool, fine: bool = False) -> Decimal:
    """The next preferred number up or down; with ``fine``, the next of two significant digits.

    >>> [str(next_preferred(Decimal(size), up=True)) for size in ("1", "2654", "7")]
    ['1.5', '3000', '10']
    >>> [str(next_preferred(Decimal(size), up=False)) for size in ("1", "2654", "100")]
    ['0.7', '2000', '70']
    >>> str(next_preferred(Decimal(10), up=False, fine=True))
    '9.9'
    """
    if size == 0:
        return Decimal(1)
    if fine:
        return _short(_first_digit(size, grow=up, fine=True))
    exponent = size.adjusted()
    ladder = [each.scaleb(exponent + shift) for shift in (-1, 0) for each in PREFERRED[:-1]]
    ladder.append(PREFERRED[-1].scaleb(exponent))
    if up:
        moved = next(each for each in ladder if each > size)
    else:
        moved = next(each for each in reversed(ladder) if each < size)
    return _short(moved)
