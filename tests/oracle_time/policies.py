"""A pool with a policy by the words of docs/design-file.md alone: its chain, written and solved.

States are how many copies have failed, and those in which the switch has; the generator is a full
matrix of fractions, solved by Gauss, and its exponential is mpmath's.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from mpmath import expm, matrix, mp, mpf

from tests.oracle_time.amounts import real

State = tuple[str, int]
F = Fraction
ONE = F(1)


@dataclass(frozen=True)
class WrittenPool:
    """A pool: all times in one unit; ``mttr`` None where nothing is repaired."""

    copies: int
    needed: int
    mttf: Fraction
    mttr: Fraction | None = None
    dormancy: Fraction | None = None
    switch: Fraction = ONE
    load: int = 0
    repairers: int | None = None

    @property
    def states(self) -> list[State]:
        """Every state that may be."""
        stuck = range(max(0, self.copies - self.needed)) if self._waits else ()
        return [("failed", j) for j in range(self.copies + 1)] + [("stuck", j) for j in stuck]

    @property
    def _waits(self) -> bool:
        return self.dormancy is not None and self.dormancy < 1

    def up(self, state: State) -> bool:
        """Whether enough copies work in a state, and the switch has not failed."""
        return state[0] == "failed" and self.copies - state[1] >= self.needed

    def rates(self) -> dict[tuple[State, State], Fraction]:
        """How often a chain in one state moves to another."""
        n, k, one = self.copies, self.needed, 1 / self.mttf
        d = F(1) if self.dormancy is None else self.dormancy
        found: dict[tuple[State, State], Fraction] = {}
        for j in range(n):
            running = min(k, n - j) if self._waits else n - j
            rate = running * one
            if self.load:
                rate = (n - j) * one * F(n, n - j) ** self.load
            brought = rate
            if self._waits and n - j > k:
                found[("failed", j), ("stuck", j)] = (1 - self.switch) * rate
                brought = self.switch * rate
            found[("failed", j), ("failed", j + 1)] = brought + (n - j - running) * d * one
        if self.mttr is not None:
            at_once = n if self.repairers is None else self.repairers
            for j in range(1, n + 1):
                found[("failed", j), ("failed", j - 1)] = min(j, at_once) / self.mttr
            for kind, j in self.states:
                if kind == "stuck":
                    found[("stuck", j), ("failed", j)] = 1 / self.mttr
        return found

    def availability(self) -> Fraction:
        """The share of time up in the long run, by the balance equations."""
        states, rates = self.states, self.rates()
        rows = []
        for state in states[1:]:
            row = []
            for other in states:
                into = rates.get((other, state), F(0))
                out = sum(rate for (origin, _), rate in rates.items() if origin == state)
                row.append(into - (out if other == state else 0))
            rows.append([*row, F(0)])
        rows.append([F(1)] * (len(states) + 1))
        shares = solved(rows)
        return sum((s for state, s in zip(states, shares, strict=True) if self.up(state)), F(0))

    def outages(self) -> Fraction:
        """How often it goes down in the long run."""
        states, rates = self.states, self.rates()
        rows = [
            [
                rates.get((other, state), F(0))
                - (sum(r for (o, _), r in rates.items() if o == state) if other == state else 0)
                for other in states
            ]
            + [F(0)]
            for state in states[1:]
        ]
        share = dict(zip(states, solved([*rows, [F(1)] * (len(states) + 1)]), strict=True))
        return sum(
            (share[a] * rate for (a, b), rate in rates.items() if self.up(a) and not self.up(b)),
            F(0),
        )

    def mttf_of_pool(self) -> Fraction:
        """The mean time until it first is not up, beginning with no failure."""
        going, rates = [state for state in self.states if self.up(state)], self.rates()
        rows = []
        for state in going:
            out = sum(rate for (origin, _), rate in rates.items() if origin == state)
            row = [
                (out if other == state else F(0)) - rates.get((state, other), F(0))
                for other in going
            ]
            rows.append([*row, F(1)])
        return solved(rows)[0]

    def survival(self, time: Fraction) -> mpf:
        """The chance never to have been down by a time."""
        going, rates = [state for state in self.states if self.up(state)], self.rates()
        with mp.workdps(60):
            generator = matrix(len(going), len(going))
            for i, state in enumerate(going):
                for (origin, target), rate in rates.items():
                    if origin == state:
                        generator[i, i] -= real(rate * time)
                        if target in going:
                            generator[i, going.index(target)] += real(rate * time)
            power = expm(generator)
            return sum((power[0, i] for i in range(len(going))), mpf(0))


def solved(rows: list[list[Fraction]]) -> list[Fraction]:
    """The solution of linear equations, each a row with its right side last."""
    rows = [list(row) for row in rows]
    size = len(rows)
    for column in range(size):
        pivot = next(row for row in range(column, size) if rows[row][column])
        rows[column], rows[pivot] = rows[pivot], rows[column]
        first = rows[column][column]
        rows[column] = [each / first for each in rows[column]]
        for row in range(size):
            factor = rows[row][column]
            if row != column and factor:
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [row[-1] for row in rows]
