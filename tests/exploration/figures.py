"""What one tree with options gives, uses and provides, in fractions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from tests.oracle.tables import Table
from vreltui.model import (
    Bought,
    Component,
    Design,
    Group,
    Item,
    Node,
    Pool,
    Probability,
    Structure,
)
from vreltui.model.prices import TablePrice
from vreltui.model.times import Duration, Rate

Option = Any
"""The name of an item or of a node, a mix as a tuple of counts, a fraction, or a whole number."""

ONE = Fraction(1)


def number(value: Any) -> Any:
    """A value as a number: a reliability as a fraction, a time in seconds, a count as it is."""
    if isinstance(value, Duration):
        return value.seconds
    if isinstance(value, Rate):
        return value.per_second
    return value.reliability if isinstance(value, Probability) else value


def constant(item: Item) -> Component:
    """The figure of an item, which is one number where a space is searched."""
    assert isinstance(item.figure, Component)
    return item.figure


@dataclass
class Taken:
    """A tree with options: those of the decisions that it reached, in its order."""

    design: Design
    options: Mapping[str, Option]
    numbers: Mapping[str, Any]

    def items(self, node: Bought) -> list[tuple[Item, int]]:
        """The items that a node takes, and how many of each."""
        items = list(self.design.catalogues[node.catalogue].items.values())
        option = self.options[node.name]
        if isinstance(option, tuple):
            return [(item, n) for item, n in zip(items, option, strict=True) if n]
        copies = 1 if node.copies is None else self.count(node.copies)
        return [(item, copies) for item in items if item.name == option]

    def count(self, copies: Any) -> int:
        """How many copies."""
        return int(self.numbers[copies]) if isinstance(copies, str) else copies

    def figure(self, component: Component) -> Fraction:
        """The reliability of a component."""
        given = component.reliability
        return Fraction(self.numbers[given]) if isinstance(given, str) else given.reliability

    def needed(self, needs: Any, of: int) -> int:
        """How many of so many must work."""
        return int({"all": of, "any": 1, "majority": of // 2 + 1}.get(needs, needs))

    def below(self, name: str) -> tuple[str, ...]:
        """The nodes directly below one, of a structure the one that is there."""
        node = self.design.nodes[name]
        return (self.options[name],) if isinstance(node, Structure) else node.children


def at_least(k: int, chances: list[Fraction]) -> Fraction:
    """The chance that at least k of independent things work."""
    working = [ONE] + [Fraction(0)] * len(chances)
    for chance in chances:
        for j in range(len(chances), 0, -1):
            working[j] = working[j] * (1 - chance) + working[j - 1] * chance
        working[0] *= 1 - chance
    return sum(working[k:], Fraction(0))


def reliability(taken: Taken, root: str) -> Fraction:  # noqa: C901 - one thought, read as one
    """By conditioning on whatever is met more than once outside of copies, or from within them."""
    design = taken.design
    leaves = {n for n, node in design.nodes.items() if isinstance(node, Component | Bought)}

    pools: dict[str, int] = {}

    def met(name: str, copied: bool, found: dict[str, int]) -> None:
        node = design.nodes[name]
        inside = copied and not node.shared
        if isinstance(node, Pool):
            pools[name] = pools.get(name, 0) + 1
        if name in leaves:
            if not inside:
                # From within copies, once would be too few.
                found[name] = found.get(name, 0) + 1
            return
        for child in taken.below(name):
            before = dict(found)
            met(child, inside or isinstance(node, Pool), found)
            if inside or isinstance(node, Pool):
                for each, times in found.items():
                    if times > before.get(each, 0):
                        found[each] = times + 1

    def chance_of(name: str) -> Fraction:
        node = design.nodes[name]
        if isinstance(node, Component):
            return taken.figure(node)
        assert isinstance(node, Bought)
        chances = [taken.figure(constant(item)) for item, n in taken.items(node) for _ in range(n)]
        if node.copies is None:
            return chances[0]
        k = taken.needed(node.needs, len(chances))
        return at_least(k, chances) if k <= len(chances) else Fraction(0)

    def given(name: str, copied: bool, state: Mapping[tuple[str, bool], bool]) -> Fraction:
        """The chance that a node works, given the state of what is shared."""
        node = design.nodes[name]
        inside = copied and not node.shared
        if (name, inside) in state:
            return Fraction(int(state[name, inside]))
        if name in leaves:
            return chance_of(name)
        if isinstance(node, Structure):
            return given(taken.options[name], inside, state)
        if isinstance(node, Group):
            chances = [given(part, inside, state) for part in node.parts]
            return at_least(taken.needed(node.needs, len(chances)), chances)
        assert isinstance(node, Pool)
        n = taken.count(node.copies)
        k = taken.needed(node.needs, n)
        one = copy(node.of, state)
        return at_least(k, [one] * n) if k <= n else Fraction(0)

    def copy(name: str, state: Mapping[tuple[str, bool], bool]) -> Fraction:
        """One copy: what it meets more than once inside is conditioned on as well."""
        times: dict[str, int] = {}

        def inside(at: str) -> None:
            node = design.nodes[at]
            if node.shared:
                return
            if at in leaves:
                times[at] = times.get(at, 0) + 1
            elif not isinstance(node, Pool):
                for child in taken.below(at):
                    inside(child)

        inside(name)
        often = [each for each, n in times.items() if n > 1]
        return over(often, True, name, state)

    def over(
        often: list[str], copied: bool, name: str, state: Mapping[tuple[str, bool], bool]
    ) -> Fraction:
        total = Fraction(0)
        for ups in product((True, False), repeat=len(often)):
            weight = prod(
                (
                    chance_of(n) if up else 1 - chance_of(n)
                    for n, up in zip(often, ups, strict=True)
                ),
                start=ONE,
            )
            if weight:
                known = {**state, **{(n, copied): up for n, up in zip(often, ups, strict=True)}}
                total += weight * given(name, copied, known)
        return total

    found: dict[str, int] = {}
    met(root, False, found)
    if any(times > 1 for times in pools.values()):
        return by_states(taken, root)
    return over([n for n, times in found.items() if times > 1], False, root, {})


def by_states(taken: Taken, root: str) -> Fraction:
    """By adding up the states of all instances, where a pool as a whole is met more than once."""
    nodes: dict[str, Node] = {}
    for name, node in taken.design.nodes.items():
        if isinstance(node, Structure):
            there = taken.options.get(name, node.one_of[0])
            nodes[name] = Group(name=name, parts=(there,), shared=node.shared)
        elif not isinstance(node, Bought):
            nodes[name] = node
        elif name not in taken.options:
            nodes[name] = Component(name=name, reliability=Probability.of(0))
        else:
            parts = []
            for item, count in taken.items(node):
                for number in range(count):
                    part = f"{name}.{item.name}.{number}"
                    nodes[part] = Component(name=part, reliability=constant(item).reliability)
                    parts.append(part)
            needs = taken.needed(node.needs, len(parts))
            if needs > len(parts):
                nodes[f"{name}.never"] = Component(name="never", reliability=Probability.of(0))
                parts, needs = [f"{name}.never"], 1
            nodes[name] = Group(name=name, parts=tuple(parts), needs=needs, shared=node.shared)
    numbers = {name: value for name, value in taken.numbers.items() if value is not None}
    return Table(Design(nodes=nodes), root, numbers).reliability()


def amounts(  # noqa: C901 - one thought, read as one
    taken: Taken, root: str, sign: int = 0, copied: bool = False
) -> dict[str, Fraction]:
    """What is used by every instance at and below a node; with ``sign`` less what is provided."""
    design = taken.design
    total = {name: Fraction(0) for name in design.resources}
    paid: set[tuple[str, str]] = set()
    shared: set[str] = set()

    def add(name: str, times: int) -> None:
        node = design.nodes[name]
        lots = [(node.uses, times), (node.provides, sign * times)]
        if isinstance(node, Bought):
            for item, n in taken.items(node):
                lots += [(item.uses, n * times), (item.provides, sign * n * times)]
        for lot, n in lots:
            for resource, amount in lot.items():
                total[resource] += Fraction(amount) * n
        for figure in figures(name):
            if isinstance(figure, str):
                for resource, price in design.parameters[figure].price.items():
                    assert isinstance(price, TablePrice)
                    if price.once and (figure, resource) in paid:
                        continue
                    paid.add((figure, resource))
                    (amount,) = (
                        a for r, a in price.table if r.reliability == taken.numbers[figure]
                    )
                    total[resource] += (
                        Fraction(amount) * (1 if price.once else times) * bool(sign + 1)
                    )

    def figures(name: str) -> list[Any]:
        """What the instance of a component, or of each item that is bought, has as its figure."""
        node = design.nodes[name]
        if isinstance(node, Component):
            return [node.reliability]
        if isinstance(node, Bought):
            figures = [item.figure for item, n in taken.items(node) for _ in range(n)]
            return [each.reliability for each in figures if isinstance(each, Component)]
        return []

    def one_copy(name: str, times: int) -> None:
        seen: set[str] = set()

        def down(at: str) -> None:
            node = design.nodes[at]
            if node.shared:
                shared.add(at)
            elif at not in seen:
                seen.add(at)
                add(at, times)
                if isinstance(node, Pool):
                    one_copy(node.of, times * taken.count(node.copies))
                else:
                    for child in taken.below(at):
                        down(child)

        down(name)

    if copied:
        one_copy(root, 1)
    else:
        shared.add(root)
    done: set[str] = set()
    while shared - done:
        at = min(shared - done)
        done.add(at)
        add(at, 1)
        node = design.nodes[at]
        if isinstance(node, Pool):
            one_copy(node.of, taken.count(node.copies))
        else:
            shared.update(taken.below(at))
    return total


def fits(taken: Taken, root: str) -> bool:
    """Whether below each node that says so no more is used than provided, in each copy."""
    seen: set[tuple[str, bool]] = set()

    def down(name: str, copied: bool) -> Iterator[tuple[str, bool]]:
        node = taken.design.nodes[name]
        inside = copied and not node.shared
        if (name, inside) not in seen:
            seen.add((name, inside))
            yield name, inside
            for child in taken.below(name):
                yield from down(child, inside or isinstance(node, Pool))

    return all(
        amounts(taken, name, -1, inside)[resource] <= 0
        for name, inside in down(root, False)
        for resource in taken.design.nodes[name].fits
    )
