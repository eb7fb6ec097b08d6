"""One tree over a whole block: reliability and uses of every variant at once, in arrays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import lcm, prod
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vreltui.analysis.prices import price_amount
from vreltui.analysis.study import program_of
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Limits
from vreltui.engine.points import UNIT, root_pairs, roundings
from vreltui.engine.program import Program, Source
from vreltui.exploration.lots import Lot, less, lots_of
from vreltui.exploration.mixed_copies import k_of_n
from vreltui.exploration.option_arrays import by_option, value_of
from vreltui.exploration.variant_blocks import Axis
from vreltui.model import Bought, Component, Design, Mix, Node, Option, Pool, Probability
from vreltui.model.instances import instances, needs
from vreltui.model.quantities import COUNT, PROBABILITY, Value
from vreltui.model.settling import Options, part_name, with_options

Whole: TypeAlias = NDArray[Any]
"""Whole numbers, of numpy's own type where they are small enough, else Python's."""

Numbers: TypeAlias = Mapping[str, NDArray[np.int64]]
"""By axis, the number of the option that each of several variants takes there."""

Overrides: TypeAlias = Mapping[str, Probability]
"""Other values of parameters, and of items by CATALOGUE.ITEM."""

_HALF = Probability.of("0.5")

LARGEST = 1 << 62


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands for a free bought node: a component, with a figure and amounts by its option."""

    axis: Axis
    node: Bought


class Side:
    """The tree of a choice, or of its baseline, in a block."""

    def __init__(self, design: Design, root: str, options: Options, axes: Sequence[Axis]) -> None:
        self.root = root
        self.options = options
        self.free = {axis.name: axis for axis in axes if len(axis.options) > 1}
        self.original = design
        self.parts: dict[str, _Part] = {}
        self._values: dict[object, Any] = {}
        self._lots: dict[tuple[str, str, str], Lot] = {}
        self.design = self._with_parts(with_options(design, options))
        self.program: Program = program_of(self.design, root, Limits())

    def _with_parts(self, ordinary: Design) -> Design:
        """The ordinary design, in which components of any figure stand for what is free."""
        nodes: dict[str, Node] = dict(ordinary.nodes)
        for name, axis in self.free.items():
            node = self.original.nodes.get(name)
            if not isinstance(node, Bought):
                continue
            part = name
            if node.copies is not None and not node.mix:
                part = part_name(name, "any")
                pool = nodes[name]
                assert isinstance(pool, Pool)
                nodes[name] = replace(pool, of=part)
            own = node.uses if part == name else {}
            nodes[part] = Component(
                name=part,
                reliability=_HALF,
                shared=node.shared and part == name,
                uses=own,
                provides=node.provides if part == name else {},
                fits=node.fits if part == name else (),
            )
            self.parts[part] = _Part(axis, node)
        return replace(ordinary, nodes=nodes)

    # What it reads

    @cached_property
    def reads(self) -> frozenset[str]:
        """The free axes on which its reliability may depend."""
        found = set()
        for source in self.program.sources:
            if source.is_parameter and source.name in self.free:
                found.add(source.name)
            elif source.name in self.parts:
                found.add(self.parts[source.name].axis.name)
                found |= self._copies_of_mix(source.name)
        return frozenset(found)

    def _copies_of_mix(self, part: str) -> set[str]:
        copies = self.parts[part].node.copies
        return {copies} & set(self.free) if isinstance(copies, str) else set()

    @cached_property
    def parameters(self) -> frozenset[str]:
        """The parameters that it reads, through items too; not those that are free axes."""
        found = {source.name for source in self.program.sources if source.is_parameter}
        for source in self.program.sources:
            if not source.is_parameter and source.name in self.parts:
                part = self.parts[source.name]
                for item in self.original.catalogues[part.node.catalogue].items.values():
                    found.update(item.figure.parameters)
        return frozenset(found - set(self.free))

    # Figures

    def values(self, part: _Part, other: Overrides) -> list[Probability]:
        """The reliability of a part by the number of its option."""
        key = (part.node.name, tuple(other.items()))
        found: list[Probability] | None = self._values.get(key)
        if found is None:
            found = [self.value(part, option, other) for option in part.axis.options]
            self._values[key] = found
        return found

    def _doubles(self, part: _Part, other: Overrides) -> tuple[Any, Any]:
        """The same, and the complements, as doubles."""
        key = ("doubles", part.node.name, tuple(other.items()))
        if key not in self._values:
            found = self.values(part, other)
            self._values[key] = (
                np.array([float(value.reliability) for value in found]),
                np.array([float(value.unreliability) for value in found]),
            )
        r, q = self._values[key]
        return r, q

    def value(self, part: _Part, option: Option, other: Overrides) -> Probability:
        """The reliability of a part that takes an option."""
        if isinstance(option, str):
            return self._of_item(part.node.catalogue, option, other)
        assert isinstance(option, Mix)
        chances = [
            self._of_item(part.node.catalogue, name, other)
            for name, count in option.counts.items()
            for _ in range(count)
        ]
        return k_of_n(part.node, chances)

    def _of_item(self, catalogue: str, name: str, other: Overrides) -> Probability:
        figure = self.original.catalogues[catalogue].items[name].figure
        assert isinstance(figure, Component), "what has a life stands in no array"
        own = other.get(f"{catalogue}.{name}")
        if own is not None:
            return own
        given = figure.reliability
        if not isinstance(given, str):
            return given
        return other[given] if given in other else PROBABILITY.of(self.options.value(given))

    def pairs(self, numbers: Numbers, other: Overrides) -> tuple[Any, Any]:
        """Reliability and unreliability of several variants, to :attr:`error` relatively."""
        values: dict[Source, Value] = {}
        varied: dict[Source, Any] = {}
        for source in self.program.sources:
            name = source.name
            if source.is_parameter:
                axis = self.free.get(name)
                if axis is not None:
                    values[source] = value_of(axis.options[0])
                    varied[source] = by_option(axis.options, numbers[name])
                elif name in other:
                    values[source] = other[name]
                else:
                    values[source] = self.options.value(name)
            elif name in self.parts:
                part = self.parts[name]
                r, q = self._doubles(part, other)
                chosen = numbers[part.axis.name]
                varied[source] = r[chosen], q[chosen]
            else:
                values[source] = self._own(name)
        return root_pairs(self.program, values, varied)

    def evaluation(self, options: Mapping[str, Option], other: Overrides) -> Evaluation:
        """One variant, exactly, by its options at the free axes."""
        values: dict[Source, Value] = {}
        for source in self.program.sources:
            name = source.name
            if source.is_parameter:
                if name in self.free:
                    values[source] = value_of(options[name])
                else:
                    values[source] = other[name] if name in other else self.options.value(name)
            elif name in self.parts:
                part = self.parts[name]
                values[source] = self.value(part, options[part.axis.name], other)
            else:
                values[source] = self._own(name)
        return Evaluation(self.program, values)

    def _own(self, name: str) -> Value:
        stated = self.design.nodes[name].stated()
        assert stated is not None
        assert stated.own is not None
        return stated.own

    @cached_property
    def error(self) -> float:
        """The relative error of figures."""

        def most(source: Source) -> int:
            axis = self.free.get(source.name) if source.is_parameter else None
            if axis is not None:
                return max(map(COUNT.of, axis.options))
            value = (
                self.options.value(source.name) if source.is_parameter else self._own(source.name)
            )
            return COUNT.of(value)

        return 2 * UNIT * roundings(self.program, most)

    # Amounts

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
                (amount,) = self._price(name, resource).amounts
                total += amount
        return total

    def paid_once(self, resource: str) -> Fraction:
        """What parameters cost that are paid once; none of them is free."""
        paid = [lot.amounts for lot, _ in self._prices(resource, once=True)]
        return sum((amount for (amount,) in paid), Fraction(0))

    def _price(self, name: str, resource: str) -> Lot:
        parameter = self.original.parameters[name]
        axis = self.free.get(name)
        values = [self.options.value(name)] if axis is None else list(map(value_of, axis.options))
        amounts = [price_amount(parameter, resource, value) for value in values]
        assert None not in amounts, "the rules refuse a value that nobody can pay"
        return Lot(None if axis is None else name, tuple(a for a in amounts if a is not None))

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
            return Lot(None, (own,))
        part = self.parts[name]
        items = self.original.catalogues[part.node.catalogue].items
        several = []
        for option in part.axis.options:
            counts = option.counts if isinstance(option, Mix) else {str(option): 1}
            several.append(
                own
                + sum(
                    (
                        Fraction(lots_of(items[i], key).get(resource, 0)) * n
                        for i, n in counts.items()
                    ),
                    Fraction(0),
                )
            )
        return Lot(part.axis.name, tuple(several))

    def _sum(
        self, terms: list[tuple[Lot, tuple[int | str, ...]]], numbers: Numbers
    ) -> tuple[Whole, int]:
        terms = [term for term in terms if any(term[0].amounts)]
        scale = lcm(*(each.denominator for amount, _ in terms for each in amount.amounts))
        most = sum(
            max(abs(each) for each in amount.amounts) * prod(map(self._most, factors))
            for amount, factors in terms
        )
        kind: Any = np.int64 if most * scale < LARGEST else object
        total: Any = np.zeros((), dtype=kind)
        for amount, factors in terms:
            lot: Any = np.array([int(each * scale) for each in amount.amounts], dtype=kind)
            term = lot[0] if amount.axis is None else lot[numbers[amount.axis]]
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
        for lot, factors in [*terms, *self.prices(resource)]:
            numbers = allowed.get(lot.axis) if lot.axis is not None else None
            amounts = lot.amounts if numbers is None else [lot.amounts[n] for n in numbers]
            total += min(amounts) * prod(self._least(factor, allowed) for factor in factors)
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
