"""Derivatives of steps that need more than a line: of decisions, and of copies that contain."""

from __future__ import annotations

from collections.abc import Sequence

from flint import arb

from vreltui.engine.balls import ONE, ZERO, PairOfBalls
from vreltui.engine.duals import Dual, DualArithmetic

_NEVER, _ALWAYS = 0, 1  # the slots of what never and what always works

ENOUGH_BITS = 96
"""Relative accuracy of a difference with which the other way to it is not tried."""


def contained_slopes(k: int, n: int, part: PairOfBalls, held: PairOfBalls) -> list[arb]:
    """The derivative of copies that contain, by their reliability and by the chance of it."""
    found = []
    for by_part, by_held in ((ONE, ZERO), (ZERO, ONE)):
        dual_part = Dual(part[0], by_part), Dual(part[1], -by_part)
        dual_held = Dual(held[0], by_held), Dual(held[1], -by_held)
        found.append(DualArithmetic().contained(k, n, dual_part, dual_held)[0].slope)
    return found


def difference(r: Sequence[arb], q: Sequence[arb], high: int, low: int) -> arb:
    """R_high - R_low, from the side that loses fewer digits."""
    if low == _NEVER:
        return r[high]
    if high == _ALWAYS:
        return q[low]
    by_r = r[high] - r[low]
    if by_r.rel_accuracy_bits() >= ENOUGH_BITS:
        return by_r
    by_q = q[low] - q[high]
    return by_r if by_r.rad() <= by_q.rad() else by_q
