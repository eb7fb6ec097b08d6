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
from vreltui.exploration.fronts import Front, Order, TooManyLabelsError, mark
from vreltui.exploration.joining import Reach, copies, product, series, together
from vreltui.exploration.sides import Overrides, Side
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
    counted,
    needed,
)
from vreltui.model.nodes import PolicyPool, Share
from vreltui.model.quantities import COUNT, PROBABILITY

Allowed = Mapping[str, tuple[int, ...]]
"""By axis, the numbers of the options that are looked at; all of an axis that is not there."""

Known = dict[Any, Front]
"""Fronts of modules that were found before, whichever block they stand in."""

_JOINT = "."
"""What a group that only joins what shares is called; no node of a file has such a name."""


def _needed(node: Group | Pool, of: int) -> int:
    """How many of a node's parts or copies must work."""
    enough, inverts = counted(node.needs)
    assert not inverts, "a space with such a node is not explored"
    return needed(enough, of)


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
        self.side = Side(design, self.root, options_of_block(design, block), block.free)
        self.design = self.side.design
        self.original = design
        self._below: dict[str, frozenset[str]] = {}

    @cached_property
    def _uses(self) -> dict[str, int]:
        """How often each node, and each free parameter, is named below the root."""
        found: dict[str, int] = {}
        for name in self.design.below(self.root):
            node = self.design.nodes[name]
            free = [given for given in node.parameters if given in self.side.free]
            for each in (*node.children, *free):
                found[each] = found.get(each, 0) + 1
        return found

    def _entities(self, name: str) -> frozenset[str]:
        """All nodes at and below one, and the free parameters that they name."""
        if name not in self._below:
            found = set()
            for each in self.design.below(name):
                found.add(each)
                found.update(g for g in self.design.nodes[each].parameters if g in self.side.free)
            self._below[name] = frozenset(found)
        return self._below[name]

    def _joint(self, name: str) -> frozenset[str]:
        """What at and below a node is named more than once."""
        return frozenset(each for each in self._entities(name) if self._uses.get(each, 0) > 1)

    def axes(self, name: str) -> list[str]:
        """The free axes at and below a node, in the order of the tree."""
        entities = self._entities(name)
        parts = {each for each, part in self.side.parts.items() if each in entities}
        named = entities | {self.side.parts[each].axis.name for each in parts}
        return [axis.name for axis in self.block.free if axis.name in named]

    # Fronts

    def front(self, order: Order, allowed: Allowed, reach: Reach) -> Front:
        """The front of the whole block, at least as far as it is within reach."""
        paid = self._paid_once
        if not paid.any():
            return self._whole(order, allowed, reach)
        budgets = tuple((column, most - int(paid[column])) for column, most in reach.budgets)
        return self._whole(order, allowed, replace(reach, budgets=budgets)).with_uses(paid)

    @cached_property
    def _paid_once(self) -> NDArray[np.int64]:
        """What is paid once for values of parameters."""
        row = [int(self.side.paid_once(r) * self.amounts.scales[r]) for r in self.amounts.resources]
        return np.array([*row, *(0 for _ in self.amounts.fits)], dtype=np.int64)

    def _whole(self, order: Order, allowed: Allowed, reach: Reach) -> Front:
        name = self._top
        node = self.design.nodes[name]
        if not isinstance(node, Group) or _needed(node, len(node.parts)) < len(node.parts):
            return self._front(self.root, order, allowed)
        own = self._own(name)
        budgets = tuple((column, most - int(own[column])) for column, most in reach.budgets)
        parts = self._parts(node, order, allowed)
        found = series(parts, order, replace(reach, budgets=budgets)).with_uses(own)
        if order.must_fit:
            found = self._fitting(name, found)
        return self._closed(name, found).pruned(order)

    @cached_property
    def _top(self) -> str:
        """The root, or what is all of it."""
        name = self.root
        while True:
            node = self.design.nodes[name]
            alone = isinstance(node, Group) and len(node.parts) == 1 and not node.fits
            if not alone or self._own(name).any():
                return name
            (name,) = node.children

    def _front(self, name: str, order: Order, allowed: Allowed) -> Front:
        key = self._key(name, order, allowed)
        found = self.known.get(key)
        if found is None:
            found = self._found(name, order, allowed)
            found = found.with_uses(self._own(name))
            if order.must_fit:
                found = self._fitting(name, found)
            found = self._closed(name, found)
            found = found.pruned(order)
            self.known[key] = found
        return found

    def _key(self, name: str, order: Order, allowed: Allowed) -> Any:
        # A copy of what is bought depends on what the node that buys it does.
        below = set(self.original.below(name.partition(".")[0]))
        named = {
            given for each in below for given in self.original.named_by(self.original.nodes[each])
        }
        fixed = tuple(
            (each, option)
            for each, option in self.block.fixed.items()
            if each in below or each in named
        )
        limited = tuple((axis, allowed[axis]) for axis in self.axes(name) if axis in allowed)
        return name, self.block.choice, order, fixed, limited, tuple(self.other.items())

    def _own(self, name: str) -> NDArray[np.int64]:
        """What a node itself uses; a part's own stands in its labels."""
        if name in self.side.parts or isinstance(self.design.nodes[name], Component):
            return np.zeros(self.amounts.width, dtype=np.int64)
        return self._lot(name, 0)

    def _lot(self, name: str, number: int) -> NDArray[np.int64]:
        """What a node uses that takes its option of a number."""
        row = [self._amount(name, "uses", r, number) for r in self.amounts.resources]
        for resource in self.amounts.fits:
            used = self._amount(name, "uses", resource, number)
            row.append(used - self._amount(name, "provides", resource, number))
        return np.array(row, dtype=np.int64)

    def _amount(self, name: str, key: str, resource: str, number: int) -> int:
        amounts = self.side.amount(name, key, resource).amounts
        amount = amounts[number if len(amounts) > 1 else 0]
        if key == "uses":
            amount += self.side.paid_at(name, resource)
        return int(amount * self.amounts.scales[resource])

    def _fitting(self, name: str, front: Front) -> Front:
        for resource in self.design.nodes[name].fits:
            front = front.some(front.uses[:, self.amounts.excess(resource)] <= 0)
        return front

    def _closed(self, name: str, front: Front) -> Front:
        """The front without what no node above has to fit any more."""
        if not self.amounts.fits:
            return front
        uses = front.uses.copy()
        for resource in self.amounts.fits:
            if name not in self._to_fit[resource]:
                uses[:, self.amounts.excess(resource)] = 0
        return replace(front, uses=uses)

    @cached_property
    def _to_fit(self) -> dict[str, frozenset[str]]:
        """By resource the nodes below one where it has to fit."""
        found: dict[str, set[str]] = {resource: set() for resource in self.amounts.fits}
        for name in self.design.below(self.root):
            for resource in self.design.nodes[name].fits:
                found[resource].update(self.design.below(name)[1:])
        return {resource: frozenset(names) for resource, names in found.items()}

    def _found(self, name: str, order: Order, allowed: Allowed) -> Front:
        node: Node = self.design.nodes[name]
        match node:
            case Component():
                return self._leaf(node, allowed)
            case Group():
                return self._group(node, order, allowed)
            case Pool():
                return self._pool(node, order, allowed)
            case LastingComponent() | Process() | Share() | PolicyPool():
                raise TypeError(f"{node.name} is no constant, and a space is one of constants")
            case Bought() | Structure():
                raise TypeError(f"{node.sort} {node.name} is not settled")
            case unknown:
                assert_never(unknown)

    def _leaf(self, node: Component, allowed: Allowed) -> Front:
        part = self.side.parts.get(node.name)
        given = node.reliability
        if part is not None:
            axis, values = part.axis.name, self.side.values(part, self.other)
        elif isinstance(given, str) and given in self.side.free:
            axis = given
            values = [PROBABILITY.of(option) for option in self.side.free[given].options]
        else:
            axis = ""
            if isinstance(given, str):
                own = self.other.get(given)
                given = PROBABILITY.of(self.side.options.value(given)) if own is None else own
            values = [given]
        numbers = allowed.get(axis, tuple(range(len(values))))
        chosen = [values[number] for number in numbers]
        return Front(
            (axis,) if axis else (),
            np.array([float(value.reliability) for value in chosen]),
            np.array([float(value.unreliability) for value in chosen]),
            np.array([self._lot(node.name, n if part else 0) for n in numbers]),
            np.array([mark(str(value.reliability)) for value in chosen]),
            np.array([[n] if axis else [] for n in numbers], dtype=np.int32),
            UNIT,
        )

    def _group(self, group: Group, order: Order, allowed: Allowed) -> Front:
        k = _needed(group, len(group.parts))
        clusters = self._clusters(group.parts)
        apart = len(clusters) == len(group.parts)
        if k not in (1, len(group.parts)) and not apart:
            return self._listed(group.name, order, allowed)
        found = self._parts(group, order, allowed)
        return product(found, k if k == 1 or apart else len(found), order)

    def _parts(self, group: Group, order: Order, allowed: Allowed) -> list[Front]:
        """The fronts of a group's parts, those together that share something."""
        found = []
        clusters = self._clusters(group.parts)
        for cluster in clusters:
            if len(cluster) == 1:
                found.append(self._front(cluster[0], order, allowed))
            else:
                found.append(self._joined(group, cluster, order, allowed))
        return found

    def _clusters(self, parts: tuple[str, ...]) -> list[list[str]]:
        """The parts of a group, those together that share something."""
        clusters: list[tuple[list[str], set[str]]] = []
        for part in parts:
            names, joint = [part], set(self._joint(part))
            rest = []
            for others, shared in clusters:
                if shared & joint:
                    names, joint = [*others, *names], joint | shared
                else:
                    rest.append((others, shared))
            clusters = [*rest, (names, joint)]
        order = {part: place for place, part in reversed(list(enumerate(parts)))}
        return sorted(
            [sorted(names, key=order.__getitem__) for names, _ in clusters],
            key=lambda names: order[names[0]],
        )

    def _pool(self, pool: Pool, order: Order, allowed: Allowed) -> Front:
        below = self.design.below(pool.of)
        inside = self._entities(pool.of)
        if any(self.design.nodes[each].shared for each in below) or pool.copies in inside:
            return self._listed(pool.name, order, allowed)
        axis = pool.copies if isinstance(pool.copies, str) else ""
        if axis not in self.side.free:
            count = COUNT.of(self.side.options.value(axis)) if axis else pool.copies
            assert isinstance(count, int)
            one = self._front(pool.of, order, allowed)
            return copies(one, count, _needed(pool, count))
        options = self.side.free[axis].options
        fronts = []
        for number in allowed.get(axis, tuple(range(len(options)))):
            count = COUNT.of(options[number])
            one = self._front(pool.of, order, allowed)
            several = copies(one, count, _needed(pool, count))
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
            axis for axis in self.block.free if any(axis.name in self.axes(part) for part in below)
        ]
        if joint is not None:
            design = replace(design, nodes={**design.nodes, name: joint})
        side = Side(design, name, self.side.options, self.block.free)
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
        marks = np.array([mark(f"{prefix} {number}") for number in range(count)])
        if joint is None:
            # What the node itself uses is added where its front is kept.
            columns = [c - own for c, own in zip(columns, self._own(name), strict=True)]
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
