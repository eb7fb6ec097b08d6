"""Certified roots in odds coordinates.

A probability x is handled as its odds t = x / (1 - x) from 0 to infinity, so that a root near 0 and
a root near 1 are both found to full relative accuracy, in x and in 1 - x.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import arb

from vreltui.engine.balls import ONE, PairOfBalls, precision
from vreltui.engine.limits import Undecided

LARGEST_EXPONENT = 1100
"""Odds are searched from 2**-1100 to 2**1100, past every probability that a design may hold."""

ROOT_BITS = 80
"""Relative accuracy, in bits, to which a root is enclosed at first."""

_MOST_SIGN_BITS = 1 << 14
_NUDGES = 4

SignedFunction = Callable[[arb, int], arb]
"""A function of odds: (t, bits) to a ball around its value."""


def pair_at(odds: arb) -> PairOfBalls:
    """The pair (x, 1 - x) of the odds t: t / (1 + t) and 1 / (1 + t).

    >>> [float(side.mid()) for side in pair_at(arb(3))]
    [0.75, 0.25]
    """
    whole = ONE + odds
    # 1 / (1 + 1/t) rather than t / (1 + t): the ball of t enters once, and stays tight.
    return ONE / (ONE + ONE / odds), ONE / whole


def _signed(function: SignedFunction, odds: arb, bits: int) -> tuple[arb, arb, int]:
    """A point near ``odds`` where the sign is certain: (point, value, sign).

    A point that is itself a root has no certain sign, so it is moved aside by a little.
    """
    for nudge in range(_NUDGES):
        if nudge:
            with precision(bits):
                odds = odds * (1 + arb(nudge * 5 + 3) / (arb(2) ** (bits - 40)))
                odds = odds.mid()
        own_bits = bits
        while own_bits <= max(_MOST_SIGN_BITS, 4 * bits):
            with precision(own_bits):
                value = function(odds, own_bits)
                if value > 0:
                    return odds, value, 1
                if value < 0:
                    return odds, value, -1
            own_bits *= 4
    raise Undecided("a sign beside a root was not certain")


def bracket_root(
    function: SignedFunction,
    low: arb,
    high: arb,
    accuracy: int = ROOT_BITS,
) -> tuple[arb, arb]:
    """Points around the one sign change of ``function`` between the odds ``low`` and ``high``.

    The points differ by at most a relative 2**-accuracy, and the signs there are proven to be
    opposite. Raises :class:`Undecided` where the signs at ``low`` and ``high`` are not opposite.
    """
    bits = accuracy + 64
    low, low_value, low_sign = _signed(function, low, bits)
    high, high_value, high_sign = _signed(function, high, bits)
    if low_sign == high_sign:
        raise Undecided("a root was not bracketed")
    low, high, low_value, high_value = _to_factor_of_two(
        function, low, high, low_value, high_value, low_sign, bits
    )
    narrow = arb(2) ** -accuracy
    for round_number in range(2000):
        with precision(bits):
            if high - low <= low * narrow:
                return low, high
            guess = _guess(low, high, low_value, high_value, round_number, narrow)
        guess, value, sign = _signed(function, guess, bits)
        if sign == low_sign:
            low, low_value = guess, value
        else:
            high, high_value = guess, value
    raise Undecided("a root did not converge")


def _to_factor_of_two(
    function: SignedFunction,
    low: arb,
    high: arb,
    low_value: arb,
    high_value: arb,
    low_sign: int,
    bits: int,
) -> tuple[arb, arb, arb, arb]:
    """Bisect on a logarithmic scale until the ends differ by less than a factor of two."""
    with precision(bits):
        while high > 2 * low:
            middle = (low * high).sqrt().mid()
            middle, value, sign = _signed(function, middle, bits)
            if sign == low_sign:
                low, low_value = middle, value
            else:
                high, high_value = middle, value
    return low, high, low_value, high_value


def _guess(
    low: arb, high: arb, low_value: arb, high_value: arb, round_number: int, narrow: arb
) -> arb:
    """The next point: regula falsi, pushed past the root in turn so that both ends close in."""
    width = high - low
    if round_number % 4 == 3:
        return (low + width / 2).mid()
    at = low + width * (low_value / (low_value - high_value)).mid()
    push = width * width / high + low * narrow / 4
    at = at + push if round_number % 2 else at - push
    if not (at > low and at < high):
        return (low + width / 2).mid()
    return at.mid()
