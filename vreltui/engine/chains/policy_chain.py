"""The chain of a pool with a policy: how many of its copies have failed.

State j is that in which j of n copies have failed; with spares that have to be brought in, there is
another for each j with more copies left than are needed, in which the switch has failed. K.
Trivedi, *Probability and Statistics with Reliability, Queuing and Computer Science Applications*,
2001, chapter 8.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vreltui.engine.chains.chain import Chain, Number


@dataclass(frozen=True, slots=True)
class Spares:
    """How spares wait and are brought in.

    ``dormancy`` is how often one that waits fails, beside one that runs; ``switched`` and
    ``unswitched`` the chances that it is brought in and that it is not, None where it always is.
    """

    dormancy: Number
    switched: Number | None = None
    unswitched: Number | None = None


@dataclass(frozen=True, slots=True)
class Repairs:
    """How often a repair ends, and how many go on at a time."""

    rate: Number
    repairers: int


def policy_chain(
    copies: int,
    needed: int,
    failing: Number,
    *,
    spares: Spares | None = None,
    more_often: Callable[[int], Number] | None = None,
    repairs: Repairs | None = None,
) -> Chain:
    """The chain of so many copies, of which so many have to work, that fail at a rate each.

    Without ``spares`` all run. ``more_often`` is by which factor a copy fails more often where so
    many are left.

    >>> policy_chain(2, 1, 0.5, spares=Spares(0.0)).rates
    {(0, 1): 0.5, (1, 2): 0.5}
    """
    moves: list[tuple[int, int, Number]] = []
    for failed in range(copies):
        left = copies - failed
        running = left if spares is None else min(needed, left)
        rate = failing * running
        if more_often is not None:
            rate = rate * more_often(left)
        if spares is not None:
            if left > needed and spares.switched is not None:
                moves.append((failed, copies + 1 + failed, rate * spares.unswitched))
                rate = rate * spares.switched
            if left > running:
                rate = rate + failing * (left - running) * spares.dormancy
        moves.append((failed, failed + 1, rate))
    if repairs is not None:
        for failed in range(1, copies + 1):
            moves.append((failed, failed - 1, repairs.rate * min(failed, repairs.repairers)))
        if spares is not None and spares.switched is not None:
            for failed in range(copies - needed):
                moves.append((copies + 1 + failed, failed, repairs.rate))
    is_switched = spares is not None and spares.switched is not None
    stuck = max(0, copies - needed) if is_switched else 0
    up = range(copies - needed + 1) if needed <= copies else ()
    return Chain.of(copies + 1 + stuck, moves, up)
