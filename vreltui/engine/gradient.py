"""All derivatives of a root in one backward walk: Birnbaum importance of every slot.

Z. W. Birnbaum, "On the importance of different components in a multicomponent system", 1969.
"""

from __future__ import annotations

from collections.abc import Sequence

from flint import arb

from vreltui.engine.ball_arithmetic import binomial_slope, exactly_among_others
from vreltui.engine.balls import ONE, ZERO
from vreltui.engine.program import (
    FALSE,
    TRUE,
    AllOf,
    AnyOf,
    AtLeast,
    Copies,
    Decision,
    Leaf,
    Program,
    Source,
)
from vreltui.model import needed

ENOUGH_BITS = 96
"""Relative accuracy of a difference with which the other way to it is not tried."""


def gradient(
    program: Program,
    r: Sequence[arb],
    q: Sequence[arb],
    counts: dict[Source, int],
    root: int,
) -> list[arb]:
    """The derivative of the reliability of slot ``root`` by that of every slot.

    ``r`` and ``q`` are the pairs of a forward walk with the same values and ``counts``.
    """
    steps = program.steps
    slope = [ZERO] * len(program.steps)
    slope[root] = ONE
    for slot in range(root, TRUE, -1):
        outer = slope[slot]
        if outer is ZERO:
            continue
        step = steps[slot]
        kind = type(step)  # compared in the order of how frequent they are
        if kind is Leaf:
            continue
        if isinstance(step, Decision):
            on, high, low = step.on, step.high, step.low
            slope[on] = slope[on] + outer * difference(r, q, high, low)
            if high > TRUE:
                before = slope[high]
                slope[high] = outer * r[on] if before is ZERO else before + outer * r[on]
            if low > TRUE:
                before = slope[low]
                slope[low] = outer * q[on] if before is ZERO else before + outer * q[on]
        elif isinstance(step, AllOf):
            _through_series(slope, outer, step.parts, r)
        elif isinstance(step, AnyOf):
            _through_series(slope, outer, step.parts, q)
        elif isinstance(step, AtLeast):
            pairs = [(r[part], q[part]) for part in step.parts]
            for part, own in zip(step.parts, exactly_among_others(step.k - 1, pairs), strict=True):
                slope[part] = slope[part] + outer * own
        elif isinstance(step, Copies):
            part, n = step.part, counts[step.count]
            own = binomial_slope(needed(step.needs, n), n, (r[part], q[part]))
            slope[part] = slope[part] + outer * own
    return slope


def difference(r: Sequence[arb], q: Sequence[arb], high: int, low: int) -> arb:
    """R_high - R_low, from the side that loses fewer digits."""
    if low == FALSE:
        return r[high]
    if high == TRUE:
        return q[low]
    by_r = r[high] - r[low]
    if by_r.rel_accuracy_bits() >= ENOUGH_BITS:
        return by_r
    by_q = q[low] - q[high]
    return by_r if by_r.rad() <= by_q.rad() else by_q


def _through_series(
    slope: list[arb], outer: arb, parts: Sequence[int], works: Sequence[arb]
) -> None:
    """Add to the slope of each part ``outer`` times what all others give, without dividing."""
    last = len(parts) - 1
    after = [ONE] * last
    product = works[parts[last]]
    for i in range(last - 1, -1, -1):
        after[i] = product
        if i:
            product = product * works[parts[i]]
    before = outer
    for part, rest in zip(parts, after, strict=False):
        so_far = slope[part]
        slope[part] = before * rest if so_far is ZERO else so_far + before * rest
        before = before * works[part]
    slope[parts[last]] = slope[parts[last]] + before
