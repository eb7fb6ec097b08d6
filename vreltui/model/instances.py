"""How many of each thing are there, and so what of each resource is used and provided.

An amount counts once for each instance: a pool's copies each, a shared node once, and a node that
is named twice outside copies, or in one copy, once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from vreltui.model.design import Design
from vreltui.model.nodes import Pool

Copies = Callable[[int | str], int]
"""How many copies a number or a parameter's name stands for."""


@dataclass(frozen=True, slots=True)
class Instances:
    """The instances of one node: as many as the product of ``factors``, which are copies."""

    node: str
    factors: tuple[int | str, ...]

    def count(self, copies: Copies) -> int:
        """How many there are."""
        return prod(map(copies, self.factors))


def instances(design: Design, root: str, copied: bool = False) -> tuple[Instances, ...]:
    """The instances of every node at and below ``root``, in a design without decisions.

    With ``copied``, ``root`` stands in a copy of a pool, and those of this one copy are counted.

    >>> from vreltui.model.nodes import Component
    >>> from vreltui.model.numbers import Probability
    >>> vm = Component(name="vm", reliability=Probability.of("0.9"))
    >>> nodes = {"vm": vm, "pool": Pool(name="pool", of="vm", copies=3)}
    >>> instances(Design(nodes=nodes), "pool")
    (Instances(node='pool', factors=()), Instances(node='vm', factors=(3,)))
    """
    return tuple(_Counting(design).all(root, copied))


class _Counting:
    """What is met on the way down: scopes still to be entered, and what all copies share."""

    def __init__(self, design: Design) -> None:
        self.design = design
        self.shared: dict[str, None] = {}

    def all(self, root: str, copied: bool) -> Iterator[Instances]:
        if copied and not self.design.nodes[root].shared:
            yield from self._scope(root, ())
        else:
            self.shared[root] = None
        done: set[str] = set()
        # What is met outside of copies is one thing, wherever it is named.
        while waiting := [name for name in self.shared if name not in done]:
            for name in waiting:
                done.add(name)
                yield Instances(name, ())
                node = self.design.nodes[name]
                if isinstance(node, Pool):
                    yield from self._copies(node, ())
                else:
                    self.shared |= dict.fromkeys(node.children)

    def _copies(self, pool: Pool, factors: tuple[int | str, ...]) -> Iterator[Instances]:
        if self.design.nodes[pool.of].shared:
            self.shared[pool.of] = None
        else:
            yield from self._scope(pool.of, (*factors, pool.copies))

    def _scope(self, root: str, factors: tuple[int | str, ...]) -> Iterator[Instances]:
        """The instances in one copy, and in the copies inside it."""
        seen: set[str] = set()
        stack = [root]
        while stack:
            name = stack.pop()
            if name in seen:
                continue
            seen.add(name)
            yield Instances(name, factors)
            node = self.design.nodes[name]
            if isinstance(node, Pool):
                yield from self._copies(node, factors)
                continue
            for child in reversed(node.children):
                if self.design.nodes[child].shared:
                    self.shared[child] = None
                else:
                    stack.append(child)


@dataclass(frozen=True, slots=True)
class Need:
    """What is used of a resource at or below a node that says it fits, less what is provided.

    ``copied`` says whether the node stands in a copy of a pool.
    """

    node: str
    copied: bool
    resource: str
    terms: tuple[tuple[Fraction, tuple[int | str, ...]], ...]

    def excess(self, copies: Copies) -> Fraction:
        """By how much more is used than provided."""
        return total(self.terms, copies)


Terms = tuple[tuple[Fraction, tuple[int | str, ...]], ...]
"""A sum: each time an amount, and the copies by which it is multiplied."""


def total(terms: Terms, copies: Copies) -> Fraction:
    """The sum, with each number of copies as it is."""
    return sum((each * prod(map(copies, factors)) for each, factors in terms), Fraction(0))


def uses(design: Design, root: str) -> dict[str, Terms]:
    """By resource, all that the tree at ``root`` uses; the design is one without decisions."""
    found: dict[str, list[tuple[Fraction, tuple[int | str, ...]]]] = {
        name: [] for name in design.resources
    }
    for each in instances(design, root):
        for resource, amount in design.nodes[each.node].uses.items():
            found[resource].append((Fraction(amount), each.factors))
    return {name: tuple(terms) for name, terms in found.items()}


def needs(design: Design, root: str) -> list[Need]:
    """What has to fit in the tree at ``root``, in a design without decisions."""
    found = []
    reached = dict.fromkeys(design.below(root), False)
    _mark_copied(design, root, reached)
    for name in reached:
        for resource in design.nodes[name].fits:
            terms = []
            for each in instances(design, name, copied=reached[name]):
                node = design.nodes[each.node]
                amount = Fraction(node.uses.get(resource, 0)) - Fraction(
                    node.provides.get(resource, 0)
                )
                if amount:
                    terms.append((amount, each.factors))
            found.append(Need(name, reached[name], resource, tuple(terms)))
    return found


def _mark_copied(design: Design, root: str, reached: dict[str, bool]) -> None:
    """Note which nodes stand in a copy."""
    stack = [(root, False)]
    seen = set()
    while stack:
        name, copied = stack.pop()
        if (name, copied) in seen:
            continue
        seen.add((name, copied))
        node = design.nodes[name]
        reached[name] = reached[name] or copied
        inside = copied or isinstance(node, Pool)
        for child in node.children:
            stack.append((child, inside and not design.nodes[child].shared))


def amounts(terms: Mapping[str, Terms], copies: Copies) -> dict[str, Fraction]:
    """How much of each resource."""
    return {name: total(each, copies) for name, each in terms.items()}
