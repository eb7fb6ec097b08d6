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
        if type(step) is Decision:  # first and by itself: by far the most frequent
            on, high, low = step.on, step.high, step.low
            slope[on] = slope[on] + outer * difference(r, q, high, low)
            if high > TRUE:
                before = slope[high]
                slope[high] = outer * r[on] if before is ZERO else before + outer * r[on]
            if low > TRUE:
                before = slope[low]
                slope[low] = outer * q[on] if before is ZERO else before + outer * q[on]
            continue
        match step:
            case AllOf(parts):
                _spread(slope, outer, parts, _products_of_others([r[part] for part in parts]))
            case AnyOf(parts):
                _spread(slope, outer, parts, _products_of_others([q[part] for part in parts]))
            case AtLeast(k, parts):
                pairs = [(r[part], q[part]) for part in parts]
                _spread(slope, outer, parts, exactly_among_others(k - 1, pairs))
            case Copies(part, needs, source):
                n = counts[source]
                own = binomial_slope(needed(needs, n), n, (r[part], q[part]))
                slope[part] = slope[part] + outer * own
            case _:
                pass
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


def _spread(slope: list[arb], outer: arb, parts: Sequence[int], inner: Sequence[arb]) -> None:
    for part, own in zip(parts, inner, strict=True):
        slope[part] = slope[part] + outer * own


def _products_of_others(values: Sequence[arb]) -> list[arb]:
    """For each value, the product of all others, without dividing."""
    after = [ONE] * len(values)
    for i in range(len(values) - 2, -1, -1):
        after[i] = after[i + 1] * values[i + 1]
    products = []
    before = ONE
    for i, value in enumerate(values):
        products.append(before * after[i])
        before = before * value
    return products
