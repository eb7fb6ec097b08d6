"""The front of a block, module by module from the bottom up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from math import prod
from typing import Any, assert_never

import numpy as np
from numpy.typing import NDArray

from vreltui.engine.points import UNIT
from vreltui.exploration.fingerprints import mark
from vreltui.exploration.fronts import Front, Order, TooManyLabelsError
from vreltui.exploration.joining import Reach, copies, product, series, together
from vreltui.exploration.module_amounts import ModuleAmounts
from vreltui.exploration.module_tree import ModuleTree
from vreltui.exploration.part_figures import Overrides
from vreltui.exploration.side_amounts import BoughtPart
from vreltui.exploration.sides import Side
from vreltui.exploration.space import options_of_block
from vreltui.exploration.use_columns import Amounts
from vreltui.exploration.variant_blocks import Block
from vreltui.model import (
    Bought,
    Component,
    Design,
    Group,
    LastingComponent,
    Node,
    Pool,
    Process,
    Structure,
)
from vreltui.model.nodes import PolicyPool, Share
from vreltui.model.quantities import COUNT, PROBABILITY

Allowed = Mapping[str, tuple[int, ...]]
"""By axis, the numbers of the options that are looked at; all of an axis that is not there."""

Known = dict[Any, Front]
"""Fronts of modules that were found before, whichever block they stand in."""

_JOINT = "."
"""What a group that only joins what shares is called; no node of a file has such a name."""


class Modules:
    """The tree of a block as modules that share nothing with each other."""

    def __init__(
        self, design: Design, block: Block, amounts: Amounts, known: Known, other: Overrides
    ) -> None:
        self.block = block
        self.amounts = amounts
        self.other = other
        self.known = known
        self.root = design.choices[block.choice].root
        options = options_of_block(design, block)
        self.side = Side(design, block.choice, self.root, options, block.free)
        self.tree = ModuleTree(self.side, block)
        self.lots = ModuleAmounts(self.side, amounts)
        self.design = self.side.design
        self.original = design

    # Fronts

    def front(self, order: Order, allowed: Allowed, reach: Reach) -> Front:
        """The front of the whole block, at least as far as it is within reach."""
        found = self._within(order, allowed, reach)
        if found.is_absorbed and not order.is_any_of_equals:
            return self._within(replace(order, is_absorbing=True), allowed, reach)
        return found

    def _within(self, order: Order, allowed: Allowed, reach: Reach) -> Front:
        paid = self.lots.paid_once
        if not paid.any():
            return self._whole(order, allowed, reach)
        budgets = tuple((column, most - int(paid[column])) for column, most in reach.budgets)
        return self._whole(order, allowed, replace(reach, budgets=budgets)).with_uses(paid)

    def _whole(self, order: Order, allowed: Allowed, reach: Reach) -> Front:
        name = self._top
        node = self.design.nodes[name]
        if not isinstance(node, Group) or self.tree.needed(node, len(node.parts)) < len(node.parts):
            return self._front(self.root, order, allowed)
        own = self.lots.own(name)
        budgets = tuple((column, most - int(own[column])) for column, most in reach.budgets)
        parts = self._parts(node, order, allowed)
        best = 0 if node.fits and order.must_fit else reach.best
        found = series(parts, order, replace(reach, budgets=budgets, best=best)).with_uses(own)
        if order.must_fit:
            found = self.lots.fitting(name, found)
        return self.lots.closed(name, found).pruned(order)

    @cached_property
    def _top(self) -> str:
        """The root, or what is all of it."""
        name = self.root
        while True:
            node = self.design.nodes[name]
            alone = isinstance(node, Group) and len(node.parts) == 1 and not node.fits
            if not alone or self.lots.own(name).any():
                return name
            (name,) = node.children

    def _front(self, name: str, order: Order, allowed: Allowed) -> Front:
        key = self._key(name, order, allowed)
        found = self.known.get(key)
        if found is None:
            found = self._found(name, order, allowed)
            found = found.with_uses(self.lots.own(name))
            if order.must_fit:
                found = self.lots.fitting(name, found)
            found = self.lots.closed(name, found)
            found = found.pruned(order)
            self.known[key] = found
        return found

    def _key(self, name: str, order: Order, allowed: Allowed) -> Any:
        # A copy of what is bought depends on what the node that buys it does.
        below = set(self.original.below(name.partition(".")[0]))
        named = {
            given for each in below for given in self.original.named_by(self.original.nodes[each])
        }
        named |= {g for cause in self.original.causes_among(below) for g in cause.parameters}
        fixed = tuple(
            (each, option)
            for each, option in self.block.fixed.items()
            if each in below or each in named
        )
        limited = tuple((axis, allowed[axis]) for axis in self.tree.axes(name) if axis in allowed)
        return name, self.block.choice, order, fixed, limited, tuple(self.other.items())

    def _found(self, name: str, order: Order, allowed: Allowed) -> Front:
        node: Node = self.design.nodes[name]
        match node:
            case Component():
                if self.tree.is_more_than_a_number(node):
                    return self._listed(name, order, allowed)
                return self._leaf(node, allowed)
            case LastingComponent() | Process():
                return self._listed(name, order, allowed)
            case Group() | Pool():
                if node.contained is not None and not self.tree.asks_for_safety:
                    return self._listed(name, order, allowed)
                if isinstance(node, Group):
                    return self._group(node, order, allowed)
                return self._pool(node, order, allowed)
            case Share() | PolicyPool() | Bought() | Structure():
                raise TypeError(f"{node.sort} {node.name} stands in no tree that is not read")
            case unknown:
                assert_never(unknown)

    def _leaf(self, node: Component, allowed: Allowed) -> Front:
        part = self.side.parts.get(node.name)
        if part is not None:
            return self._bought(node.name, part, allowed)
        given = node.reliability
        axis = given if isinstance(given, str) and given in self.side.free else ""
        if axis:
            values = [PROBABILITY.of(option) for option in self.side.free[axis].options]
        else:
            stated = (
                self.side.figures.stated(given, self.other) if isinstance(given, str) else given
            )
            values = [PROBABILITY.of(stated)]
        numbers = allowed.get(axis, tuple(range(len(values))))
        chosen = [values[number] for number in numbers]
        return Front(
            (axis,) if axis else (),
            np.array([float(value.reliability) for value in chosen]),
            np.array([float(value.unreliability) for value in chosen]),
            self.lots.rows(node.name, [0] * len(numbers)),
            np.array([mark(str(value.reliability)) for value in chosen]),
            np.array([[n] if axis else [] for n in numbers], dtype=np.int32),
            UNIT,
        )

    def _bought(self, name: str, part: BoughtPart, allowed: Allowed) -> Front:
        """The labels of what is bought, one for each option that is looked at."""
        axis, figures = part.axis.name, self.side.figures
        r, q = figures.doubles(part, self.other)
        numbers = allowed.get(axis, tuple(range(len(r))))
        chosen = np.array(numbers, dtype=np.int64)
        return Front(
            (axis,),
            r[chosen],
            q[chosen],
            self.lots.rows(name, numbers),
            figures.marks(part, self.other)[chosen],
            chosen.astype(np.int32).reshape(-1, 1),
            figures.error(part),
        )

    def _group(self, group: Group, order: Order, allowed: Allowed) -> Front:
        k = self.tree.needed(group, len(group.parts))
        clusters = self.tree.clusters(group.parts)
        apart = len(clusters) == len(group.parts)
        if k not in (1, len(group.parts)) and not apart:
            return self._listed(group.name, order, allowed)
        found = self._parts(group, order, allowed)
        return product(found, k if k == 1 or apart else len(found), order)

    def _parts(self, group: Group, order: Order, allowed: Allowed) -> list[Front]:
        """The fronts of a group's parts, those together that share something."""
        found = []
        clusters = self.tree.clusters(group.parts)
        for cluster in clusters:
            if len(cluster) == 1:
                found.append(self._front(cluster[0], order, allowed))
            else:
                found.append(self._joined(group, cluster, order, allowed))
        return found

    def _pool(self, pool: Pool, order: Order, allowed: Allowed) -> Front:
        if self.tree.copies_share(pool):
            return self._listed(pool.name, order, allowed)
        axis = pool.copies if isinstance(pool.copies, str) else ""
        if axis not in self.side.free:
            count = COUNT.of(self.side.options.value(axis)) if axis else pool.copies
            assert isinstance(count, int)
            one = self._front(pool.of, order, allowed)
            return copies(one, count, self.tree.needed(pool, count))
        options = self.side.free[axis].options
        fronts = []
        for number in allowed.get(axis, tuple(range(len(options)))):
            count = COUNT.of(options[number])
            one = self._front(pool.of, order, allowed)
            several = copies(one, count, self.tree.needed(pool, count))
            picked = np.full((len(several), 1), number, dtype=np.int32)
            fronts.append(
                replace(
                    several,
                    axes=(axis, *several.axes),
                    picks=np.concatenate([picked, several.picks], axis=1),
                )
            )
        return together(fronts, order)

    # What shares is listed

    def _joined(self, group: Group, parts: list[str], order: Order, allowed: Allowed) -> Front:
        """All or any of parts that share something."""
        joint = Group(name=_JOINT, parts=tuple(parts), needs=group.needs)
        return self._listed(_JOINT, order, allowed, joint)

    def _listed(
        self, name: str, order: Order, allowed: Allowed, joint: Group | None = None
    ) -> Front:
        """Every label below a node, by walking its tree for all of them at once."""
        design = self.original
        below = [part for part in joint.parts for _ in (0,)] if joint is not None else [name]
        axes = [
            axis
            for axis in self.block.free
            if any(axis.name in self.tree.axes(part) for part in below)
        ]
        if joint is not None:
            design = replace(design, nodes={**design.nodes, name: joint})
        side = Side(design, self.block.choice, name, self.side.options, self.block.free)
        choices = [allowed.get(axis.name, tuple(range(len(axis.options)))) for axis in axes]
        size = prod(map(len, choices))
        if size > order.labels:
            raise TooManyLabelsError(order.labels)
        sizes = [len(each) for each in choices]
        grid = np.indices(sizes).reshape(len(axes), max(size, 1) if axes else 0)
        numbers = {
            axis.name: np.array(each)[row]
            for axis, each, row in zip(axes, choices, grid, strict=True)
        }
        count = max(size, 1)
        r, q = side.pairs(numbers, self.other)
        columns = [
            self._column(side, numbers, each, is_excess, count)
            for names, is_excess in ((self.amounts.resources, False), (self.amounts.fits, True))
            for each in names
        ]
        chosen = [numbers[axis.name] for axis in axes]
        picks = np.array(chosen, dtype=np.int32).reshape(len(axes), count if axes else 0).T
        fits = np.ones(count, dtype=bool)
        for excess in side.excesses(numbers) if order.must_fit else ():
            fits &= np.broadcast_to(excess <= 0, count)
        prefix = f"{self.block.choice} {self.block.fixed} {name} {below}"
        alike = side.identities(numbers, count, self.other)
        marks = np.array(
            [mark(f"{prefix} {number}") for number in range(count)]
            if alike is None
            else [mark(str(each)) for each in alike]
        )
        if joint is None:
            # What the node itself uses is added where its front is kept.
            columns = [c - own for c, own in zip(columns, self.lots.own(name), strict=True)]
        found = Front(
            tuple(axis.name for axis in axes),
            np.broadcast_to(r, count).copy(),
            np.broadcast_to(q, count).copy(),
            np.stack(columns, axis=1) if columns else np.zeros((count, 0), dtype=np.int64),
            marks,
            picks if axes else np.zeros((count, 0), dtype=np.int32),
            side.error,
        )
        return found.some(fits).pruned(order)

    def _column(
        self, side: Side, numbers: Any, resource: str, is_excess: bool, count: int
    ) -> NDArray[np.int64]:
        amount, scale = (
            side.excess(numbers, resource)
            if is_excess
            else side.amounts(numbers, resource, once=False)
        )
        whole = np.broadcast_to(amount, count).astype(np.int64)
        return whole * (self.amounts.scales[resource] // scale)
