"""Certified roots in odds coordinates.

A probability x is handled as its odds t = x / (1 - x) from 0 to infinity, so that a root near 0 and
a root near 1 are both found to full relative accuracy, in x and in 1 - x.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from flint import arb

from vreltui.engine.balls import ONE, PairOfBalls, precision
from vreltui.engine.limits import Undecided

LARGEST_EXPONENT = 1100
"""Odds are searched from 2**-1100 to 2**1100, past every probability that a design may hold."""

ROOT_BITS = 80
"""Relative accuracy, in bits, to which a root is enclosed at first."""

_MOST_SIGN_BITS = 1 << 14
_NUDGES = 4

_LIKELY_EXPONENTS = (0, -8, 24)
"""Most roots lie between the odds of these powers of two."""

_COARSE = 2.0
"""Ends that differ by this factor are near enough for interpolation."""

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


class _Point(NamedTuple):
    """Odds at which the sign of the function is certain."""

    odds: arb
    value: arb

    @property
    def sign(self) -> int:
        """1 or -1."""
        return 1 if self.value > 0 else -1


def _signed(function: SignedFunction, odds: arb, bits: int) -> _Point:
    """A point near ``odds`` where the sign is certain.

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
                if not value.contains(0):
                    return _Point(odds, value)
            own_bits *= 4
    raise Undecided("a sign beside a root was not certain")


class _Bracket:
    """Two points with opposite signs, and the one that was an end before."""

    def __init__(self, low: _Point, high: _Point) -> None:
        self.low, self.high = low, high
        self.before: _Point | None = None

    def close(self, point: _Point) -> None:
        """Let a point between the ends be one of them."""
        if point.sign == self.low.sign:
            self.low, self.before = point, self.low
        else:
            self.high, self.before = point, self.high


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
    ends = _Bracket(_signed(function, low, bits), _signed(function, high, bits))
    if ends.low.sign == ends.high.sign:
        raise Undecided("a root was not bracketed")
    _narrow_coarsely(function, ends, bits)
    narrow = arb(2) ** -accuracy
    for round_number in range(2000):
        with precision(bits):
            if ends.high.odds - ends.low.odds <= ends.low.odds * narrow:
                return ends.low.odds, ends.high.odds
            guess = _guess(ends, round_number, narrow)
        ends.close(_signed(function, guess, bits))
    raise Undecided("a root did not converge")


def _narrow_coarsely(function: SignedFunction, ends: _Bracket, bits: int) -> None:
    """Close in on a logarithmic scale until the ends differ by little.

    Most designs have their roots at odds that people write, so those are tried first.
    """
    with precision(bits):
        for exponent in _LIKELY_EXPONENTS:
            likely = arb(2) ** exponent
            if ends.low.odds < likely < ends.high.odds:
                ends.close(_signed(function, likely, bits))
        while ends.high.odds > _COARSE * ends.low.odds:
            middle = (ends.low.odds * ends.high.odds).sqrt().mid()
            ends.close(_signed(function, middle, bits))


def _guess(ends: _Bracket, round_number: int, narrow: arb) -> arb:
    """The next point: where the function seems to vanish, pushed past that in turn.

    So both ends close in. Now and then the middle is taken, whatever the function seems to be.
    """
    low, high = ends.low.odds, ends.high.odds
    width = high - low
    middle = (low + width / 2).mid()
    if round_number % 6 == 5:
        return middle
    at, push = _estimate(ends)
    push = push + low * narrow / 4
    at = at + push if round_number % 2 else at - push
    return at.mid() if low < at < high else middle


def _estimate(ends: _Bracket) -> tuple[arb, arb]:
    """Where the function seems to vanish, and by how much that is probably wrong.

    By a straight line through the ends, or by the inverse parabola through the end before, too.
    """
    (a, fa), (b, fb) = ends.low, ends.high
    fa, fb = fa.mid(), fb.mid()
    width = b - a
    line = a + width * fa / (fa - fb)
    if ends.before is None:
        return line, width * width / b
    c, fc = ends.before
    fc = fc.mid()
    if (fc - fa) * (fc - fb) == 0:
        return line, width * width / b
    bent = (
        a * fb * fc / ((fa - fb) * (fa - fc))
        + b * fa * fc / ((fb - fa) * (fb - fc))
        + c * fa * fb / ((fc - fa) * (fc - fb))
    )
    if not a < bent < b:
        return line, width * width / b
    return bent, width * abs(bent - line) / b
