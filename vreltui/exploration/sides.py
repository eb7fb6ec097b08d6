"""One tree over a whole block: reliability and uses of every variant at once, in arrays."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from vreltui.analysis.study import program_of
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.laws import Direction
from vreltui.engine.limits import Limits
from vreltui.engine.points import UNIT, root_pairs, roundings
from vreltui.engine.program import Program, Source
from vreltui.engine.stated_values import own_value
from vreltui.engine.steps import Leaf
from vreltui.exploration.figure_tables import FigureTable, table_of
from vreltui.exploration.lots import Whole
from vreltui.exploration.option_arrays import Numbers, by_option, value_of
from vreltui.exploration.part_figures import Overrides, PartFigures
from vreltui.exploration.side_amounts import BoughtPart, SideAmounts
from vreltui.exploration.tree_reading import read_tree
from vreltui.exploration.variant_blocks import Axis
from vreltui.model import Bought, Component, Design, Node, Option, Pool, Probability
from vreltui.model.quantities import COUNT, Value
from vreltui.model.settling import Options, part_name, with_options

__all__ = ["Numbers", "Overrides", "Side", "Whole"]

_HALF = Probability.of("0.5")


class Side(SideAmounts):
    """The tree at ``root`` in a choice, or in its baseline, as it stands in a block."""

    def __init__(
        self, design: Design, choice: str, root: str, options: Options, axes: Sequence[Axis]
    ) -> None:
        super().__init__()
        self.root = root
        self.options = options
        self.free = {axis.name: axis for axis in axes if len(axis.options) > 1}
        self.original = design
        self.parts: dict[str, BoughtPart] = {}
        self.figures = PartFigures(design, options)
        self._tables: dict[object, FigureTable] = {}
        self.design = self._with_parts(with_options(design, options))
        tree = read_tree(self.design, choice, root, options)
        self.program: Program = program_of(tree, root, Limits())

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
            self.parts[part] = BoughtPart(axis, node)
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
    def _bought(self) -> tuple[BoughtPart, ...]:
        """The bought parts on which its reliability depends."""
        named = [s.name for s in self.program.sources if not s.is_parameter]
        return tuple(self.parts[name] for name in named if name in self.parts)

    @cached_property
    def parameters(self) -> frozenset[str]:
        """The parameters that it reads, through items too; not those that are free axes."""
        found = {source.name for source in self.program.sources if source.is_parameter}
        for part in self._bought:
            found |= self.figures.sources(part)
        return frozenset(found - set(self.free))

    def way(self, name: str) -> Direction | None:
        """Which way a greater value of a parameter moves its reliability; None if not known."""
        source = Source(name, is_parameter=True)
        own = self.program.direction(source) if source in self.program.sources else 0
        ways = {own, *(way for part in self._bought for way in self.figures.ways(part, name))}
        ways.discard(0)
        if not ways:
            return 0
        return ways.pop() if len(ways) == 1 else None  # type: ignore[return-value]

    # Figures

    def pairs(self, numbers: Numbers, other: Overrides) -> tuple[Any, Any]:
        """Reliability and unreliability of several variants, to :attr:`error` relatively."""
        values: dict[Source, Value] = {}
        varied: dict[Source, Any] = {}
        for source in self.program.sources:
            name = source.name
            if source.is_parameter:
                axis = self.free.get(name)
                if axis is None:
                    values[source] = self.figures.stated(name, other)
                    continue
                first = values[source] = value_of(axis.options[0])
                if isinstance(first, Probability | int):  # a time is read by figures alone
                    varied[source] = by_option(axis.options, numbers[name])
            elif name in self.parts:
                part = self.parts[name]
                r, q = self.figures.doubles(part, other)
                chosen = numbers[part.axis.name]
                varied[source] = r[chosen], q[chosen]
            else:
                values[source] = own_value(self.design, name)
        for source in self.program.lasting:
            varied[source] = self._table(source, other).at(numbers)
        return root_pairs(self.program, values, varied)

    def _table(self, source: Source, other: Overrides) -> FigureTable:
        """The figures of a leaf that is worked out beforehand."""
        key = source, tuple(other.items())
        if key not in self._tables:

            def value(read: Source) -> Value:
                if read.is_parameter:
                    return self.figures.stated(read.name, other)
                return own_value(self.design, read.name)

            self._tables[key] = table_of(self.program.lasting[source], self.free, value)
        return self._tables[key]

    def identities(self, numbers: Numbers, count: int, other: Overrides) -> list[Hashable] | None:
        """Of a tree that is one leaf, what tells figures of so many variants apart; else None."""
        top = self.program.steps[self.program.root]
        source = top.law.figure_source if isinstance(top, Leaf) else None
        if source is None:
            return None
        return self._table(source, other).identity(numbers, count)

    def evaluation(self, options: Mapping[str, Option], other: Overrides) -> Evaluation:
        """One variant, exactly, by its options at the free axes."""
        values: dict[Source, Value] = {}
        lasting: dict[Source, Any] = {}
        for source in self.program.sources:
            name = source.name
            if source.is_parameter:
                free = name in self.free
                values[source] = (
                    value_of(options[name]) if free else self.figures.stated(name, other)
                )
            elif name in self.parts:
                part = self.parts[name]
                found = self.figures.value(part, options[part.axis.name], other)
                if isinstance(found, Probability):
                    values[source] = found
                else:
                    lasting[source] = found
            else:
                values[source] = own_value(self.design, name)
        for source, law in self.program.lasting.items():
            lasting[source] = law.figure(values)
        return Evaluation(self.program, values, lasting)

    @cached_property
    def error(self) -> float:
        """The relative error of figures."""

        def most(source: Source) -> int:
            axis = self.free.get(source.name) if source.is_parameter else None
            if axis is not None:
                return max(map(COUNT.of, axis.options))
            value = (
                self.options.value(source.name)
                if source.is_parameter
                else own_value(self.design, source.name)
            )
            return COUNT.of(value)

        def met(source: Source) -> int:
            part = None if source.is_parameter else self.parts.get(source.name)
            return 1 if part is None else self.figures.roundings(part)

        return 2 * UNIT * roundings(self.program, most, met)
