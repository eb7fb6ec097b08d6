"""Small Markov chains: where they are in the long run and at a time, and how long they stay up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from operator import mul

from mpmath import inf, ldexp, mp, mpf

from tests.oracle_time.amounts import Real, real
from tests.oracle_time.lives import Pair

LEAST_BITS = 1050
"""Bits behind the point of the least probability that is told, 1e-300, and some to spare."""

Rates = Mapping[tuple[str, str], Fraction]
Matrix = list[list[int]]


class NotSaid(Exception):
    """The page refuses this figure of this chain."""


@dataclass(frozen=True, eq=False)
class Chain:
    """States with rates per second from one to another; where it starts, up and safe states."""

    states: tuple[str, ...]
    rates: Rates
    start: str
    up: frozenset[str]
    unsafe: frozenset[str] = frozenset()

    def _exits(self, state: str) -> dict[str, Fraction]:
        return {to: rate for (at, to), rate in self.rates.items() if at == state and rate}

    def reached(self, start: str) -> set[str]:
        """The states to which moves lead from one, itself with them."""
        found, waiting = {start}, [start]
        while waiting:
            for to in self._exits(waiting.pop()):
                if to not in found:
                    found.add(to)
                    waiting.append(to)
        return found

    def stationary(self) -> dict[str, Fraction]:
        """The share of the time in each state: by censoring one state after the other, exactly."""
        reached = self.reached(self.start)
        closed = [s for s in self.states if s in reached and self.reached(s) <= self._back(s)]
        if len({frozenset(self.reached(s)) for s in closed}) != 1:
            raise NotSaid("several closed classes")
        if any(not self._exits(s) for s in reached):
            raise NotSaid("a state that can't be left")
        rates = {(a, b): q for (a, b), q in self.rates.items() if a in closed and b in closed}
        left = list(closed)
        removed: list[tuple[str, dict[str, Fraction], Fraction]] = []
        while len(left) > 1:
            last = left.pop()
            out = sum((rates.get((last, to), Fraction(0)) for to in left), Fraction(0))
            enter = {a: rates.get((a, last), Fraction(0)) for a in left}
            for a, rate in enter.items():
                for b in left:
                    if a != b and rate:
                        more = rate * rates.get((last, b), Fraction(0)) / out
                        rates[a, b] = rates.get((a, b), Fraction(0)) + more
            removed.append((last, enter, out))
        weights = {left[0]: Fraction(1)}
        for last, enter, out in reversed(removed):
            weights[last] = sum((weights[a] * enter[a] for a in enter), Fraction(0)) / out
        total = sum(weights.values())
        return {state: weights.get(state, Fraction(0)) / total for state in self.states}

    def _back(self, state: str) -> set[str]:
        """The states from which one is reached."""
        return {s for s in self.states if state in self.reached(s)}

    def availability(self) -> tuple[Fraction, Fraction]:
        """A and U in the long run."""
        shares = self.stationary()
        a = sum((shares[s] for s in self.up), Fraction(0))
        return a, sum((shares[s] for s in self.states if s not in self.up), Fraction(0))

    def frequency(self) -> Fraction:
        """Outages a second in the long run."""
        shares = self.stationary()
        return sum(
            (
                shares[a] * rate
                for (a, b), rate in self.rates.items()
                if a in self.up and b not in self.up
            ),
            Fraction(0),
        )

    def mttf(self) -> Real:
        """The mean time to the first state that is not up."""
        if self.start not in self.up:
            return mpf(0)
        inside = Chain(self.states, self._stopped(set(self.states) - self.up), self.start, self.up)
        live = [s for s in self.states if s in inside.reached(self.start) and s in self.up]
        for s in live:
            if inside.reached(s) <= self.up:
                return inf
        # x_i (sum of exits) - sum over live j of q_ij x_j = 1, by Gauss in fractions
        rows = []
        for a in live:
            exits = self._exits(a)
            row = [-exits.get(b, Fraction(0)) for b in live]
            row[live.index(a)] += sum(exits.values())
            rows.append([*row, Fraction(1)])
        return real(_solved(rows)[live.index(self.start)])

    def _stopped(self, final: Iterable[str]) -> dict[tuple[str, str], Fraction]:
        """The rates without what leaves some states."""
        kept = set(final)
        return {(a, b): rate for (a, b), rate in self.rates.items() if a not in kept}

    def _first(self, final: set[str], t: Real) -> Pair:
        """The chance that none of some states was met by a time, and that one was."""
        if self.start in final:
            return mpf(0), mpf(1)
        stopped = Chain(self.states, self._stopped(final), self.start, self.up)
        shares = stopped.at(t)
        return (
            sum((shares[s] for s in self.states if s not in final), mpf(0)),
            sum((shares[s] for s in final), mpf(0)),
        )

    def reliability(self, t: Real) -> Pair:
        """The chance to be up all the time from 0 to t, and not to."""
        return self._first(set(self.states) - self.up, t)

    def safety(self, t: Real) -> Pair:
        """The chance that nothing unsafe has happened by a time, and that it has."""
        return self._first(set(self.unsafe), t)

    def availability_at(self, t: Real) -> Pair:
        """The chance to be up at a time, and not to."""
        shares = self.at(t)
        return (
            sum((shares[s] for s in self.up), mpf(0)),
            sum((shares[s] for s in self.states if s not in self.up), mpf(0)),
        )

    def at(self, t: Real) -> dict[str, Real]:
        """How likely each state is at a time."""
        return self._over(t, with_time=False)[0]

    def availability_over(self, t: Real) -> Real:
        """The mean share of the time from 0 to t that it is up."""
        shares = self._over(t, with_time=True)[1]
        return sum((shares[s] for s in self.up), mpf(0)) / t

    def _over(self, t: Real, *, with_time: bool) -> tuple[dict[str, Real], dict[str, Real]]:
        """How likely each state is at a time, and how long it was there till then.

        Uniformization over a short time, in whole numbers that are never negative, doubled again
        and again.
        """
        n = len(self.states)
        place = {s: i for i, s in enumerate(self.states)}
        fastest = max((sum(self._exits(s).values()) for s in self.states), default=Fraction(0))
        doublings = 0
        while real(Fraction(fastest)) * t > ldexp(mpf(1), doublings):
            doublings += 1
        bits = mp.prec + LEAST_BITS + 2 * doublings
        one = 1 << bits
        jump: Matrix = [[0] * n for _ in range(n)]
        for (a, b), rate in self.rates.items():
            jump[place[a]][place[b]] += int(rate / fastest * one) if fastest else 0
        for i in range(n):
            jump[i][i] = one - sum(jump[i])
        y = int(ldexp(real(Fraction(fastest)) * t, bits - doublings))
        weights = _poisson(y, bits)
        tails = [0] * len(weights)
        for k in range(len(weights) - 2, -1, -1):
            tails[k] = tails[k + 1] + weights[k + 1]
        power = [[one if i == j else 0 for j in range(n)] for i in range(n)]
        there: Matrix = [[0] * n for _ in range(n)]
        spent: Matrix = [[0] * n for _ in range(n)]
        for weight, tail in zip(weights, tails, strict=True):
            for i in range(n):
                for j in range(n):
                    there[i][j] += weight * power[i][j] >> bits
                    if with_time:
                        spent[i][j] += tail * power[i][j] >> bits
            power = _times(power, jump, bits)
        for _ in range(doublings):
            if with_time:
                later = _times(there, spent, bits)
                spent = [[spent[i][j] + later[i][j] for j in range(n)] for i in range(n)]
            there = _times(there, there, bits)
        row, spends = there[place[self.start]], spent[place[self.start]]
        if fastest == 0:
            return (
                {s: mpf(s == self.start) for s in self.states},
                {s: t * mpf(s == self.start) for s in self.states},
            )
        return (
            {s: ldexp(mpf(row[i]), -bits) for s, i in place.items()},
            {s: ldexp(mpf(spends[i]), -bits) / real(Fraction(fastest)) for s, i in place.items()},
        )


def _poisson(y: int, bits: int) -> list[int]:
    """The chances of 0, 1, ... events where the mean is y, all in units of 2^-bits."""
    terms = [1 << bits]
    while terms[-1]:
        terms.append((terms[-1] * y >> bits) // len(terms))
    total = sum(terms)
    return [(term << bits) // total for term in terms]


def _times(a: Matrix, b: Matrix, bits: int) -> Matrix:
    columns = list(zip(*b, strict=True))
    return [[sum(map(mul, row, column)) >> bits for column in columns] for row in a]


def _solved(rows: list[list[Fraction]]) -> list[Fraction]:
    """The solution of a regular system whose last column is the right side."""
    n = len(rows)
    for i in range(n):
        pivot = next(r for r in range(i, n) if rows[r][i])
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for r in range(n):
            if r != i and rows[r][i]:
                factor = rows[r][i]
                rows[r] = [x - factor * z for x, z in zip(rows[r], rows[i], strict=True)]
    return [row[-1] for row in rows]
