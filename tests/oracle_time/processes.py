"""Trees of nodes with moves, read anew: equations solved in fractions, exponentials by mpmath.

Written from docs/design-file.md and docs/mathematics.md alone; nothing of the program is used.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import mpmath
from mpmath import mpf

UNITS = {"s": 1, "min": 60, "h": 3600, "d": 86_400, "w": 604_800, "mo": 2_628_000, "y": 31_536_000}
YEAR = UNITS["y"]

Matrix = list[list[Fraction]]


def seconds(text: str) -> Fraction:
    number, unit = text.split()
    return Fraction(number) * UNITS[unit]


def per_second(text: str) -> Fraction:
    number, unit = text.split()
    return Fraction(number) / UNITS[unit.removeprefix("/")]


def solved(rows: Matrix) -> list[Fraction]:
    """Gaussian elimination; the right side is each row's last entry."""
    rows = [list(row) for row in rows]
    for at in range(len(rows)):
        pivot = next(i for i in range(at, len(rows)) if rows[i][at])
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [each / rows[at][at] for each in rows[at]]
        for other, row in enumerate(rows):
            if other != at and row[at]:
                rows[other] = [x - row[at] * y for x, y in zip(row, rows[at], strict=True)]
    return [row[-1] for row in rows]


def to_mpf(value: Fraction) -> mpf:
    return mpf(value.numerator) / value.denominator


@dataclass(frozen=True)
class OracleChain:
    """A generator with the states that are up and those that are unsafe."""

    states: tuple[str, ...]
    rates: Matrix
    start: int
    up: frozenset[int]
    unsafe: frozenset[int]

    def after(self, time: Fraction) -> list[mpf]:
        power = mpmath.expm(self._matrix(range(len(self.states))) * to_mpf(time), method="taylor")
        return [power[self.start, column] for column in range(len(self.states))]

    def lasts(self, among: Sequence[int], time: Fraction) -> mpf:
        """The chance not to leave some states."""
        power = mpmath.expm(self._matrix(among) * to_mpf(time), method="taylor")
        row = list(among).index(self.start)
        return mpmath.fsum(power[row, column] for column in range(len(among)))

    def over(self, time: Fraction) -> mpf:
        """The mean share of the time that it is up."""
        size = len(self.states)
        wide = mpmath.zeros(size + 1)
        wide[:size, :size] = self._matrix(range(size))
        for state in self.up:
            wide[state, size] = 1
        return mpmath.expm(wide * to_mpf(time), method="taylor")[self.start, size] / to_mpf(time)

    def shares(self) -> list[Fraction]:
        size = range(len(self.states))
        balance = [[self.rates[i][j] for i in size] + [Fraction(0)] for j in size]
        return solved([*balance[:-1], [Fraction(1)] * (len(self.states) + 1)])

    def _matrix(self, among: Sequence[int]) -> Any:
        return mpmath.matrix([[to_mpf(self.rates[i][j]) for j in among] for i in among])


class ProcessOracle:
    """A design of processes, groups and pools, with values of parameters that may be moved."""

    def __init__(self, text: str, values: Mapping[str, Fraction] | None = None) -> None:
        self.data = tomllib.loads(text, parse_float=Fraction)
        self.values = {**self._stated(), **(values or {})}
        self.mission = seconds(self.data["mission"]["time"])

    def _stated(self) -> dict[str, Fraction]:
        found = {}
        for name, entry in self.data["parameters"].items():
            ((key, value),) = entry.items()
            read: Callable[[Any], Fraction] = {"time": seconds, "rate": per_second}.get(
                key, Fraction
            )
            found[name] = read(value)
        return found

    def _number(self, raw: Any, read: Callable[[str], Fraction]) -> Fraction:
        if isinstance(raw, str) and " " not in raw:
            return self.values[raw]
        return read(raw) if isinstance(raw, str) else Fraction(raw)

    def chain(self, name: str) -> OracleChain:
        node = self.data["nodes"][name]
        named = (state for move in node["moves"] for state in (move["from"], move["to"]))
        states = tuple(dict.fromkeys(named))
        rates = [[Fraction(0)] * len(states) for _ in states]
        for move in node["moves"]:
            rate = Fraction(1)
            for key, raw in move.items():
                if key == "after":
                    rate /= self._number(raw, seconds)
                elif key == "rate":
                    rate *= self._number(raw, per_second)
                elif key in ("with", "times"):
                    rate *= self._number(raw, Fraction)
                elif key == "without":
                    rate *= 1 - self._number(raw, Fraction)
            i, j = states.index(move["from"]), states.index(move["to"])
            rates[i][j] += rate
            rates[i][i] -= rate
        up = frozenset(map(states.index, node["up"]))
        safe = node.get("safe")
        others = frozenset(range(len(states))) - up
        unsafe = frozenset() if safe is None else others - frozenset(map(states.index, safe))
        begin = states.index(node.get("start", node["up"][0]))
        return OracleChain(states, rates, begin, up, unsafe)

    # The tree: instances, and whether it works

    def leaves(self, name: str, path: str = "") -> Iterator[tuple[str, str]]:
        """The instances below a node, each with the node that it is of."""
        node = self.data["nodes"][name]
        if "moves" in node:
            yield path + name, name
        for part in node.get("parts", ()):
            yield from self.leaves(part, path)
        for copy in range(node.get("copies", 0)):
            yield from self.leaves(node["of"], f"{path}{name}.{copy}/")

    def works(self, name: str, state: Mapping[str, bool], *, safety: bool, path: str = "") -> bool:
        node = self.data["nodes"][name]
        if "moves" in node:
            return state[path + name]
        if "parts" in node:
            parts = [self.works(p, state, safety=safety, path=path) for p in node["parts"]]
        else:
            parts = [
                self.works(node["of"], state, safety=safety, path=f"{path}{name}.{copy}/")
                for copy in range(node["copies"])
            ]
        needs, n = node.get("needs", "all"), len(parts)
        k = {"all": n, "any": 1, "majority": n // 2 + 1}.get(needs, needs)
        votes = needs == "majority" or (isinstance(needs, int) and 2 * needs > n)
        if safety and not votes:
            k = n
        return bool(sum(parts) >= k)

    def combined(self, root: str, chance: Mapping[str, Any], *, safety: bool = False) -> Any:
        """The chance that the root works, given that of each node with moves."""
        instances = dict(self.leaves(root))
        total = 0 * next(iter(chance.values()))
        for states in product((True, False), repeat=len(instances)):
            state = dict(zip(instances, states, strict=True))
            if self.works(root, state, safety=safety):
                term = 1
                for instance, up in state.items():
                    own = chance[instances[instance]]
                    term = term * (own if up else 1 - own)
                total = total + term
        return total

    # Figures

    def _nodes(self, root: str) -> set[str]:
        return {node for _, node in self.leaves(root)}

    def reliability(self, root: str) -> mpf:
        of = {name: self.chain(name) for name in self._nodes(root)}
        chance = {name: c.lasts(sorted(c.up), self.mission) for name, c in of.items()}
        return self.combined(root, chance)

    def safety(self, root: str) -> mpf:
        chance = {}
        for name in self._nodes(root):
            chain = self.chain(name)
            safe = [i for i in range(len(chain.states)) if i not in chain.unsafe]
            chance[name] = chain.lasts(safe, self.mission)
        return self.combined(root, chance, safety=True)

    def availability(self, root: str) -> Fraction:
        return Fraction(self.combined(root, self._available(root)))

    def _available(self, root: str) -> dict[str, Fraction]:
        found = {}
        for name in self._nodes(root):
            chain = self.chain(name)
            shares = chain.shares()
            found[name] = sum((shares[state] for state in chain.up), Fraction(0))
        return found

    def frequency(self, root: str) -> Fraction:
        """Birnbaum's derivative by each instance times how often that goes down."""
        available = self._available(root)
        instances = dict(self.leaves(root))
        total = Fraction(0)
        for instance, name in instances.items():
            chain = self.chain(name)
            shares = chain.shares()
            often = sum(
                shares[i] * chain.rates[i][j]
                for i in chain.up
                for j in range(len(chain.states))
                if j not in chain.up
            )
            others = [each for each in instances if each != instance]
            for states in product((True, False), repeat=len(others)):
                state = dict(zip(others, states, strict=True))
                gain = self.works(root, {**state, instance: True}, safety=False) - self.works(
                    root, {**state, instance: False}, safety=False
                )
                term = Fraction(1)
                for other, up in state.items():
                    own = available[instances[other]]
                    term *= own if up else 1 - own
                total += gain * term * often
        return total

    def available_at(self, root: str) -> mpf:
        chance = {}
        for name in self._nodes(root):
            chain = self.chain(name)
            row = chain.after(self.mission)
            chance[name] = mpmath.fsum(row[state] for state in chain.up)
        return self.combined(root, chance)

    def mean_life(self, root: str) -> mpf:
        """The sum over sets of instances: by inclusion and exclusion, the mean until one fails."""
        instances = dict(self.leaves(root))
        names = list(instances)
        total = mpf(0)
        for size in range(len(names) + 1):
            for chosen in combinations(names, size):
                coefficient = 0
                for inner in range(size + 1):
                    for up in combinations(chosen, inner):
                        state = {name: name in up for name in names}
                        sign = (-1) ** (size - inner)
                        coefficient += sign * self.works(root, state, safety=False)
                if coefficient:
                    total += coefficient * self._until_one_fails([instances[c] for c in chosen])
        return total

    def _until_one_fails(self, nodes: Sequence[str]) -> mpf:
        chains = [self.chain(name) for name in nodes]
        ups = [sorted(chain.up) for chain in chains]
        joint = list(product(*ups))
        place = {state: index for index, state in enumerate(joint)}
        matrix = mpmath.zeros(len(joint))
        for here in joint:
            for which, chain in enumerate(chains):
                for target, rate in enumerate(chain.rates[here[which]]):
                    there = (*here[:which], target, *here[which + 1 :])
                    if there in place:
                        matrix[place[here], place[there]] -= to_mpf(rate)
        begin = place[tuple(chain.start for chain in chains)]
        return mpmath.lu_solve(matrix, mpmath.ones(len(joint), 1))[begin]
