"""Spaces with lifetimes, repair, causes and spares as the words say them: list every variant.

The figures are from the words of the page alone: in fractions where availability is measured, and
to 60 digits, as fractions, where the chance to last a mission is.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import combinations, product
from math import comb, prod
from typing import Any

from mpmath import mp, mpf

from tests.exploration.figures import Taken, number
from tests.exploration.listing import Variant
from tests.exploration.literal import Space
from vreltui.model import Bought, Component, Design, Group, LastingComponent, Pool, Structure

ONE = Fraction(1)
_SCALE = 10**60


@cache
def exponential(hours: Fraction) -> Fraction:
    """e to the minus so much, to 60 digits."""
    with mp.workdps(80):
        return Fraction(int(mp.exp(-mpf(hours.numerator) / hours.denominator) * _SCALE), _SCALE)


class Timed:
    """One variant of a space with times: its measure."""

    def __init__(self, taken: Taken, root: str) -> None:
        self.taken = taken
        self.design = taken.design
        self.root = root
        self.measure = self.design.measure
        self.shocks: dict[tuple[str, tuple[int, ...]], Fraction] = {}
        self.counted: dict[str, int] = {}

    def value(self, given: Any) -> Any:
        return self.taken.numbers[given] if isinstance(given, str) else number(given)

    def figure_of(self, name: str) -> Component | LastingComponent:
        """What stands at a leaf: a component, or the item that is bought."""
        node = self.design.nodes[name]
        if isinstance(node, Bought):
            ((item, _),) = self.taken.items(node)
            return item.figure
        assert isinstance(node, Component | LastingComponent)
        return node

    def planned(self, leaf: Component | LastingComponent) -> Fraction:
        """The share of time in service, as far as it is planned."""
        if self.measure != "availability" or isinstance(leaf, Component) or leaf.planned is None:
            return ONE
        return 1 - Fraction(self.value(leaf.planned)) / Fraction(self.value(leaf.every))

    def mean(self, leaf: LastingComponent) -> Fraction:
        if leaf.rate is not None:
            return 1 / Fraction(self.value(leaf.rate))
        if leaf.stages:
            return sum((Fraction(self.value(each)) for each in leaf.stages), Fraction(0))
        return Fraction(self.value(leaf.mttf))

    def own(self, leaf: Component | LastingComponent) -> Fraction:
        """Its figure, but for what is planned."""
        if isinstance(leaf, Component):
            return Fraction(self.value(leaf.reliability))
        if self.measure == "availability":
            mean = self.mean(leaf)
            return mean / (mean + Fraction(self.value(leaf.mttr)))
        return exponential(self.mission / self.mean(leaf))

    @property
    def mission(self) -> Fraction:
        return Fraction(self.value(self.design.mission.time))

    # Causes

    def struck(self, name: str) -> Any:
        """The cause that strikes a node; the spaces have one for each node at most."""
        for cause in self.design.causes.values():
            if name in cause.strikes:
                return cause
        return None

    def members(self, cause: Any) -> int:
        """How many instances there are of what it strikes; all are in one scope."""

        def down(name: str, times: int) -> int:
            node = self.design.nodes[name]
            if name in cause.strikes:
                copies = node.copies if isinstance(node, Bought) else None
                return times * (1 if copies is None else self.taken.count(copies))
            if isinstance(node, Pool):
                return down(node.of, times * self.taken.count(node.copies))
            return sum(down(child, times) for child in self.taken.below(name))

        return down(self.root, 1)

    def shares(self, cause: Any, leaf: Component | LastingComponent) -> dict[int, Fraction]:
        """By how many it strikes, the chance of a shock that strikes a given set of so many."""
        m = self.members(cause)
        q = 1 - self.own(leaf)
        letters = [Fraction(self.value(each)) for each in cause.letters]
        if m == 1:
            return {}
        assert cause.model == "beta"
        return {m: letters[0] * q}

    # The whole

    def chance(self) -> Fraction:
        """What is measured, over the states of all shocks."""
        shocks: list[tuple[str, tuple[int, ...], Fraction]] = []
        for cause in self.design.causes.values():
            m = self.members(cause)
            if not m:
                continue
            leaf = self.figure_of(cause.strikes[0])
            for k, q in self.shares(cause, leaf).items():
                works = self.part(leaf, q)
                shocks += [(cause.name, each, works) for each in combinations(range(m), k)]
        total = Fraction(0)
        for ups in product((True, False), repeat=len(shocks)):
            weight = prod(
                (w if up else 1 - w for (_, _, w), up in zip(shocks, ups, strict=True)), start=ONE
            )
            down = [(c, s) for (c, s, _), up in zip(shocks, ups, strict=True) if not up]
            hit = {(c, i) for c, s in down for i in s}
            if weight:
                self.counted = {}
                total += weight * self.given(self.root, hit)
        return total

    def part(self, leaf: Component | LastingComponent, q: Fraction) -> Fraction:
        """The chance that a shock with this share of failures does not strike."""
        if isinstance(leaf, LastingComponent) and self.measure != "availability":
            return exponential(self.mission / self.mean(leaf) * q / (1 - self.own(leaf)))
        return 1 - q

    def leaf(self, name: str, hit: set[tuple[str, int]]) -> Fraction:
        """An instance of a leaf, given which members are struck; members are told in turn."""
        leaf, cause = self.figure_of(name), self.struck(name)
        r = self.own(leaf)
        if cause is not None:
            at = self.counted.get(cause.name, 0)
            self.counted[cause.name] = at + 1
            if (cause.name, at) in hit:
                return Fraction(0)
            m = self.members(cause)
            for k, q in self.shares(cause, leaf).items():
                r /= self.part(leaf, q) ** comb(m - 1, k - 1)
        return r * self.planned(leaf)

    def given(self, name: str, hit: set[tuple[str, int]]) -> Fraction:
        node = self.design.nodes[name]
        if isinstance(node, Structure):
            return self.given(self.taken.options[name], hit)
        if isinstance(node, Group):
            parts = [self.given(part, hit) for part in node.parts]
            return self.enough(node, parts)
        if isinstance(node, Pool) and node.policy is not None:
            return self.spares(node)
        if isinstance(node, Pool):
            parts = [self.given(node.of, hit) for _ in range(self.taken.count(node.copies))]
            return self.enough(node, parts)
        if isinstance(node, Bought) and node.copies is not None:
            copies = self.taken.count(node.copies)
            return self.enough(node, [self.leaf(name, hit) for _ in range(copies)])
        return self.leaf(name, hit)

    def enough(self, node: Any, parts: list[Fraction]) -> Fraction:
        """Enough of independent parts work, and the failure of each that does not is contained."""
        n = len(parts)
        k = self.taken.needed(node.needs, n)
        held = getattr(node, "contained", None)
        stays = ONE if held is None else Fraction(self.value(held))
        working = [ONE] + [Fraction(0)] * n
        for r in parts:
            for j in range(n, 0, -1):
                working[j] = working[j] * (1 - r) * stays + working[j - 1] * r
            working[0] *= (1 - r) * stays
        return sum(working[k:], Fraction(0)) if k <= n else Fraction(0)

    def spares(self, pool: Pool) -> Fraction:
        """A pool with so many repairers: births and deaths, in the long run."""
        leaf = self.figure_of(pool.of)
        assert isinstance(leaf, LastingComponent)
        n = self.taken.count(pool.copies)
        k = self.taken.needed(pool.needs, n)
        repairers = self.value(pool.repairers)
        weights = [ONE]
        for j in range(n):
            up = Fraction(min(j + 1, repairers)) / self.value(leaf.mttr)
            weights.append(weights[-1] * (n - j) / self.mean(leaf) / up)
        return sum(weights[: n - k + 1], Fraction(0)) / sum(weights)


class TimedSpace(Space):
    """A space with times, by the words of the page alone."""

    def measured(self, taken: Taken, root: str) -> Fraction:
        return Timed(taken, root).chance()

    def corners(self, variant: Variant) -> Iterator[dict[str, Fraction]]:
        """The present values, and the best ends of what is open: no repair is better than long."""
        yield {}
        ends = {name: self.design.parameters[name].range for name in self.open(variant)}
        yield {n: number(e[0 if n == "d" else 1]) for n, e in ends.items() if e is not None}

    def named(self, name: str) -> list[Any]:
        """Its own numbers, in the order of the file's keys, then the letters of its cause."""
        node = self.design.nodes[name]
        found: list[Any] = []
        if isinstance(node, Component):
            found = [node.reliability]
        elif isinstance(node, LastingComponent):
            found = [node.mttf, node.rate, node.mttr, node.planned, node.every, *node.stages]
        elif isinstance(node, Group):
            found = [node.contained]
        elif isinstance(node, Pool):
            found = [node.copies, node.contained, node.repairers]
        elif isinstance(node, Bought):
            found = [node.copies]
        for cause in self.design.causes.values():
            if name in cause.strikes:
                found += cause.letters
        return found

    def of_item(self, item: Any) -> list[Any]:
        figure = item.figure
        if isinstance(figure, Component):
            return [figure.reliability]
        return [figure.mttf, figure.rate, figure.mttr, figure.planned, figure.every]


def listed(design: Design) -> TimedSpace:
    """The space of a design, to be listed."""
    goal = design.target
    limits = {n: Fraction(e.limit) for n, e in design.resources.items() if e.limit is not None}
    return TimedSpace(
        design, list(design.choices), None if goal is None else goal.reliability, limits
    )
