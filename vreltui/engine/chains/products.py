"""Several independent chains seen as one, that is up while all of them are.

Copies of one chain are alike: how many are in which state is all that matters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from vreltui.engine.chains.chain import Chain, Number
from vreltui.engine.exponential_sums import TooManyTermsError

MOST_STATES = 240
"""The most states of chains together."""

Together = tuple[tuple[int, ...], ...]
"""For each chain the states of its copies, in order."""


def together(chains: Sequence[tuple[Chain, int]], *, while_up: bool) -> Chain:
    """The chain of some chains, each with how many copies there are of it.

    ``while_up`` says that nothing matters once one of them is down: all such states are one, the
    last. Raises :class:`TooManyTermsError` where there would be too many.

    >>> one = Chain.of(2, [(0, 1, 3.0)], [0])
    >>> together([(one, 2)], while_up=True).rates
    {(0, 1): 6.0}
    """
    start: Together = tuple((chain.start,) * copies for chain, copies in chains)
    known: dict[Together | None, int] = {start: 0}
    pending: list[Together] = [start]
    moves: list[tuple[int, int, Number]] = []
    up = set()
    while pending:
        here = pending.pop()
        number = known[here]
        if _is_up(chains, here):
            up.add(number)
        elif while_up:
            continue
        for there, rate in _moves(chains, here):
            key = there if not while_up or _is_up(chains, there) else None
            if key not in known:
                if len(known) >= MOST_STATES:
                    raise TooManyTermsError
                known[key] = len(known)
                if key is not None:
                    pending.append(key)
            moves.append((number, known[key], rate))
    return Chain.of(len(known), moves, up)


def _is_up(chains: Sequence[tuple[Chain, int]], at: Together) -> bool:
    return all(
        state in chain.up for (chain, _), states in zip(chains, at, strict=True) for state in states
    )


def _moves(chains: Sequence[tuple[Chain, int]], at: Together) -> Iterator[tuple[Together, Number]]:
    for index, (chain, _) in enumerate(chains):
        for state, copies in Counter(at[index]).items():
            others = list(at[index])
            others.remove(state)
            for target in chain.arcs[state]:
                moved = tuple(sorted([*others, target]))
                rate = chain.rates[state, target]
                yield (*at[:index], moved, *at[index + 1 :]), rate * copies
