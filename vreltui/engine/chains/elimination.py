"""The long run of a chain, and how long it lasts, by taking out one state after another.

A state that is taken out is replaced by moves around it. Nothing is subtracted, so that every
result is as accurate, relatively, as the rates are, however small it is: W. Grassmann, M. Taksar,
D. Heyman, "Regenerative analysis and steady state distributions for Markov chains", Operations
Research 33, 1985. Rates may be fractions, which gives fractions, balls, dual numbers or symbols.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from vreltui.engine.chains.chain import END, Chain, Number, Rates, added
from vreltui.engine.limits import Undecided
from vreltui.model.graphs import reached


class _Censored:
    """What is left of a chain when some states are no longer looked at.

    ``spent`` is the time spent for each visit to a state, divided by the time that passes in the
    state itself: 1 at first, and more as states that are visited between are taken out.
    """

    def __init__(self, rates: Rates) -> None:
        self.leads: dict[int, dict[int, Number]] = {}
        self._comes: dict[int, set[int]] = {}
        self.spent: dict[int, Number] = {}
        for (origin, target), rate in rates.items():
            self.leads.setdefault(origin, {})[target] = rate
            self._comes.setdefault(target, set()).add(origin)

    def take_out(self, state: int) -> tuple[dict[int, Number], dict[int, Number], Number]:
        """Take out a state: the rates into it and out of it, and the sum of the latter."""
        out = self.leads.pop(state)
        total = added(out.values())
        into: dict[int, Number] = {}
        for target in out:
            self._comes[target].discard(state)
        for origin in sorted(self._comes.pop(state, set())):
            row = self.leads[origin]
            rate = into[origin] = row.pop(state)
            share = rate / total
            for target, onward in out.items():
                if target == origin:
                    continue
                around = share * onward
                row[target] = row[target] + around if target in row else around
                self._comes[target].add(origin)
            if self.spent:
                self.spent[origin] = self.spent[origin] + share * self.spent[state]
        return into, out, total

    def next_of(self, states: Collection[int]) -> int:
        """The state that is replaced by the fewest moves."""
        return min(
            states,
            key=lambda state: (len(self._comes.get(state, ())) * len(self.leads[state]), -state),
        )


def stationary(chain: Chain) -> list[Number | None]:
    """The share of time in each state in the long run; None for states that are left for good.

    Raises :class:`Undecided` where that depends on what happens at first, or one state is never
    left.
    """
    if len(chain.closed) != 1:
        raise Undecided("there are several sets of states that are never left")
    (states,) = chain.closed
    if len(states) == 1:
        raise Undecided("there is a state that is never left")
    within = {move: rate for move, rate in chain.rates.items() if move[0] in states}
    censored = _Censored(within)
    left = set(states)
    taken: list[tuple[int, dict[int, Number], Number]] = []
    while len(left) > 1:
        state = censored.next_of(left)
        left.remove(state)
        into, _, total = censored.take_out(state)
        taken.append((state, into, total))
    (last,) = left
    weights: dict[int, Number] = {}
    state, into, total = taken.pop()
    weights[state] = into[last] / total  # that of the last state is 1
    for state, into, total in reversed(taken):
        flows = [
            rate if origin == last else weights[origin] * rate for origin, rate in into.items()
        ]
        weights[state] = added(flows) / total
    whole = added(weights.values()) + 1
    shares: list[Number | None] = [None] * chain.size
    for state, weight in weights.items():
        shares[state] = weight / whole
    shares[last] = 1 / whole
    return shares


def share_of(shares: Sequence[Number | None], states: Collection[int]) -> Number:
    """The share of time in some states; 0 where there is none."""
    found = [share for state in states if (share := shares[state]) is not None]
    return added(found) if found else 0


def frequency(chain: Chain, shares: Sequence[Number | None]) -> Number:
    """How often a second it goes down in the long run: a move from a state that is up."""
    flows = [
        share * rate
        for (origin, target), rate in chain.rates.items()
        if origin in chain.up and target not in chain.up and (share := shares[origin]) is not None
    ]
    return added(flows) if flows else 0


def mean_time_within(chain: Chain, going_on: Collection[int]) -> Number | None:
    """The mean time until it first leaves some states; None where it is infinite.

    With the states that are up it is the mean time to the first failure.
    """
    if chain.start not in going_on:
        return 0
    rates = chain.stopped(going_on)
    arcs: dict[int, list[int]] = {}
    for origin, target in rates:
        arcs.setdefault(origin, []).append(target)
    visited = reached(arcs, [chain.start]) - {END}
    if any(END not in reached(arcs, [state]) for state in visited):
        return None
    censored = _Censored({move: rate for move, rate in rates.items() if move[0] in visited})
    censored.spent = dict.fromkeys(visited, 1)
    left = set(visited) - {chain.start}
    while left:
        state = censored.next_of(left)
        left.remove(state)
        censored.take_out(state)
    return censored.spent[chain.start] / censored.leads[chain.start][END]
