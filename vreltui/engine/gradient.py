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
    Step,
    inputs,
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
        else:
            for part, own in zip(inputs(step), _inner(step, r, q, counts), strict=True):
                slope[part] = slope[part] + outer * own
    return slope


class Slopes:
    """The derivatives of a program's root by its slots, each found when it is asked for first.

    As :func:`gradient`, for a few slots that few others read.
    """

    def __init__(
        self, program: Program, r: Sequence[arb], q: Sequence[arb], counts: dict[Source, int]
    ) -> None:
        self._program = program
        self._r, self._q, self._counts = r, q, counts
        self._known: dict[int, arb] = {program.root: ONE}
        self._parts: dict[int, dict[int, arb]] = {}

    def of(self, slot: int) -> arb:
        """The derivative by one slot."""
        if slot not in self._known:
            # From the root down: what reads a slot is known before it.
            for each in reversed(self._program.dependents((slot,))):
                if each not in self._known:
                    self._known[each] = self._sum(each)
        return self._known[slot]

    def _sum(self, slot: int) -> arb:
        total = ZERO
        for user in set(self._program.users(slot)):
            outer = self._known[user]
            if not outer.is_zero():
                total = total + outer * self._inner_of(user)[slot]
        return total

    def _inner_of(self, user: int) -> dict[int, arb]:
        parts = self._parts.get(user)
        if parts is None:
            step = self._program.steps[user]
            parts = self._parts[user] = {}
            for part, own in zip(
                inputs(step), _inner(step, self._r, self._q, self._counts), strict=True
            ):
                parts[part] = parts[part] + own if part in parts else own
        return parts


def _inner(
    step: Step, r: Sequence[arb], q: Sequence[arb], counts: dict[Source, int]
) -> Sequence[arb]:
    """The derivatives of a step by what it reads."""
    match step:
        case Decision(on, high, low):
            return difference(r, q, high, low), r[on], q[on]
        case AllOf(parts):
            return _products_of_others([r[part] for part in parts])
        case AnyOf(parts):
            return _products_of_others([q[part] for part in parts])
        case AtLeast(k, parts):
            return exactly_among_others(k - 1, [(r[part], q[part]) for part in parts])
        case Copies(part, needs, source):
            n = counts[source]
            return (binomial_slope(needed(needs, n), n, (r[part], q[part])),)
        case _:
            return ()


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
