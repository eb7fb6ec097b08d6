"""All derivatives of a root in one backward walk: Birnbaum importance of every slot.

Z. W. Birnbaum, "On the importance of different components in a multicomponent system", 1969.
"""

from __future__ import annotations

from collections.abc import Sequence

from flint import arb

from vreltui.engine.balls import ONE, ZERO
from vreltui.engine.laws import Source
from vreltui.engine.program import TRUE, Program


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
    slope = [ZERO] * len(steps)
    slope[root] = ONE
    for slot in range(root, TRUE, -1):
        outer = slope[slot]
        if outer is not ZERO:
            steps[slot].add_slopes(slope, outer, r, q, counts)
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
            slopes = step.slopes(self._r, self._q, self._counts)
            for part, own in zip(step.inputs, slopes, strict=True):
                parts[part] = parts[part] + own if part in parts else own
        return parts
