"""What every variant of a block uses, provides and pays, in arrays of whole numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm, prod
from typing import Any

import numpy as np

from vreltui.analysis.prices import price_amount
from vreltui.exploration.lots import LARGEST, Lot, Whole, less, lot, lot_of_mixes, lots_of
from vreltui.exploration.option_arrays import Numbers, value_of
from vreltui.exploration.variant_blocks import Axis
from vreltui.model import Bought, Design
from vreltui.model.instances import instances, needs
from vreltui.model.quantities import COUNT
from vreltui.model.settling import Options


@dataclass(frozen=True, slots=True)
class BoughtPart:
    """What stands for a free bought node: a component, with a figure and amounts by its option."""

    axis: Axis
    node: Bought


class SideAmounts:
    """What a tree in a block uses: of ``design``, in which ``parts`` stand for what is free."""

    root: str
    options: Options
    original: Design
    design: Design
    free: Mapping[str, Axis]
    parts: Mapping[str, BoughtPart]

    def __init__(self) -> None:
        self._lots: dict[tuple[str, str, str], Lot] = {}

    def amounts(self, numbers: Numbers, resource: str, *, once: bool = True) -> tuple[Whole, int]:
        """How much each variant uses, as whole numbers of one part in so many.

        Unless ``once``, without what parameters cost that are paid once.
        """
        terms = [
            (self.amount(each.node, "uses", resource), each.factors)
            for each in instances(self.design, self.root)
        ]
        prices = self.prices(resource) if once else self._prices(resource, once=False)
        return self._sum([*terms, *prices], numbers)

    def prices(self, resource: str) -> list[tuple[Lot, tuple[int | str, ...]]]:
        """What the values of parameters cost, each with the copies by which it is multiplied."""
        return [*self._prices(resource, once=False), *self._prices(resource, once=True)]

    def _prices(self, resource: str, *, once: bool) -> Iterator[tuple[Lot, tuple[int | str, ...]]]:
        paid: set[str] = set()
        for each in instances(self.design, self.root):
            for name in self.design.nodes[each.node].parameters:
                price = self.original.parameters[name].price.get(resource)
                if price is None or price.once != once or (once and name in paid):
                    continue
                paid.add(name)
                yield self._price(name, resource), () if once else each.factors

    def paid_at(self, node: str, resource: str) -> Fraction:
        """What the parameters of a node cost each of its instances; none of them is free."""
        total = Fraction(0)
        for name in self.design.nodes[node].parameters:
            price = self.original.parameters[name].price.get(resource)
            if price is not None and not price.once:
                total += self._price(name, resource).amount(0)
        return total

    def paid_once(self, resource: str) -> Fraction:
        """What parameters cost that are paid once; none of them is free."""
        paid = [price.amount(0) for price, _ in self._prices(resource, once=True)]
        return sum(paid, Fraction(0))

    def _price(self, name: str, resource: str) -> Lot:
        parameter = self.original.parameters[name]
        axis = self.free.get(name)
        values = [self.options.value(name)] if axis is None else list(map(value_of, axis.options))
        amounts = [price_amount(parameter, resource, value) for value in values]
        assert None not in amounts, "the rules refuse a value that nobody can pay"
        return lot(None if axis is None else name, (a for a in amounts if a is not None))

    def excess(self, numbers: Numbers, resource: str) -> tuple[Whole, int]:
        """How much more each variant uses of a resource than is provided, as :meth:`amounts`."""
        terms = []
        for each in instances(self.design, self.root):
            used = self.amount(each.node, "uses", resource)
            provided = self.amount(each.node, "provides", resource)
            terms.append((less(used, provided), each.factors))
        return self._sum(terms, numbers)

    def excesses(self, numbers: Numbers) -> list[Whole]:
        """For each thing that has to fit, how much more each variant uses than is provided."""
        found = []
        for need in needs(self.design, self.root):
            terms = []
            for each in instances(self.design, need.node, copied=need.copied):
                used = self.amount(each.node, "uses", need.resource)
                provided = self.amount(each.node, "provides", need.resource)
                terms.append((less(used, provided), each.factors))
            found.append(self._sum(terms, numbers)[0])
        return found

    def amount(self, name: str, key: str, resource: str) -> Lot:
        """How much a node uses or provides, by the number of its option where it is free."""
        known = self._lots.get((name, key, resource))
        if known is None:
            known = self._lots[name, key, resource] = self._lot(name, key, resource)
        return known

    def _lot(self, name: str, key: str, resource: str) -> Lot:
        node = self.design.nodes[name]
        own = Fraction(lots_of(node, key).get(resource, 0))
        if name not in self.parts:
            return lot(None, [own])
        part = self.parts[name]
        items = self.original.catalogues[part.node.catalogue].items
        if not own and not any(lots_of(item, key).get(resource) for item in items.values()):
            return Lot(part.axis.name, np.zeros(len(part.axis.options), dtype=np.int64), 1)
        amounts = {i: Fraction(lots_of(item, key).get(resource, 0)) for i, item in items.items()}
        if part.node.mix:
            return lot_of_mixes(part.axis.name, own, amounts, part.axis.counts)
        return lot(part.axis.name, (own + amounts[str(option)] for option in part.axis.options))

    def _sum(
        self, terms: list[tuple[Lot, tuple[int | str, ...]]], numbers: Numbers
    ) -> tuple[Whole, int]:
        terms = [term for term in terms if not term[0].is_nothing]
        scale = lcm(*(amount.scale for amount, _ in terms))
        most = sum(amount.largest * prod(map(self._most, factors)) for amount, factors in terms)
        kind: Any = np.int64 if most * scale < LARGEST else object
        total: Any = np.zeros((), dtype=kind)
        for amount, factors in terms:
            whole = amount.at_scale(scale, kind)
            term: Any = whole[0] if amount.axis is None else whole[numbers[amount.axis]]
            for factor in factors:
                term = term * self._count(factor, numbers, kind)
            total = total + term
        return total, scale

    def least(self, resource: str, allowed: Mapping[str, tuple[int, ...]]) -> Fraction:
        """The least that any variant uses, of those that take allowed options.

        Amounts and counts are never negative, so that all are at their least at once.
        """
        total = Fraction(0)
        terms = [
            (self.amount(each.node, "uses", resource), each.factors)
            for each in instances(self.design, self.root)
        ]
        for amount, factors in [*terms, *self.prices(resource)]:
            numbers = allowed.get(amount.axis) if amount.axis is not None else None
            total += amount.least(numbers) * prod(
                self._least(factor, allowed) for factor in factors
            )
        return total

    def most(self, resource: str) -> Fraction:
        """What no variant uses more of, and none provides more of."""
        total = Fraction(0)
        for each in instances(self.design, self.root):
            lots = [self.amount(each.node, key, resource) for key in ("uses", "provides")]
            total += sum(lot.largest for lot in lots) * prod(map(self._most, each.factors))
        for price, factors in self.prices(resource):
            total += price.largest * prod(map(self._most, factors))
        return total

    def _least(self, factor: int | str, allowed: Mapping[str, tuple[int, ...]]) -> int:
        if isinstance(factor, int):
            return factor
        axis = self.free.get(factor)
        if axis is None:
            return COUNT.of(self.options.value(factor))
        numbers = allowed.get(factor, range(len(axis.options)))
        return min(COUNT.of(axis.options[number]) for number in numbers)

    def _most(self, factor: int | str) -> int:
        if isinstance(factor, int):
            return factor
        axis = self.free.get(factor)
        if axis is None:
            return COUNT.of(self.options.value(factor))
        return max(map(COUNT.of, axis.options))

    def _count(self, factor: int | str, numbers: Numbers, kind: Any) -> Any:
        if isinstance(factor, int):
            return factor
        axis = self.free.get(factor)
        if axis is None:
            return COUNT.of(self.options.value(factor))
        return np.array([COUNT.of(option) for option in axis.options], dtype=kind)[numbers[factor]]
