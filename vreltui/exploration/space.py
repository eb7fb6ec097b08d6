"""The variants of a design: blocks in which every decision is free, in the order of the file.

A *structural* decision is one on which it depends what else is reached: which structure is there,
an item whose figure names a parameter that is a decision, the number of copies of a mix. With
options for all of these, what remains is a *block*: so many options at each of its *axes*, in any
combination.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from math import prod
from typing import Any

from vreltui.model import Bought, Component, Design, Mix, Option, Probability, Structure
from vreltui.model.design import Choice, Parameter
from vreltui.model.quantities import COUNT, Value, number
from vreltui.model.settling import Options, items_taken

MOST_BLOCKS = 20_000
"""The most blocks into which a space is divided."""


class TooManyBlocksError(Exception):
    """A space has more blocks than are listed one by one."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One decision of a block and its options there; ``settled`` by the choice, it is none.

    A mix whose number of copies is a decision that nothing else reads stands for both decisions:
    ``copies`` is the count, and the options are the mixes of each number of copies in turn.
    """

    name: str
    options: tuple[Option, ...]
    settled: bool = False
    copies: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The decisions that it stands for, in the order of the tree."""
        return (self.copies, self.name) if self.copies else (self.name,)

    def values(self, name: str) -> tuple[Option, ...]:
        """What each of its options means for one of the decisions."""
        if name == self.name:
            return self.options
        return tuple(option.total for option in self.options if isinstance(option, Mix))

    def taken(self, number: int) -> dict[str, Option]:
        """The options of its decisions where one of its own is taken."""
        option = self.options[number]
        if isinstance(option, Mix) and self.copies:
            return {self.copies: option.total, self.name: option}
        return {self.name: option}


@dataclass(frozen=True)
class Block:
    """Variants of one choice that differ in options of free axes alone."""

    choice: str
    axes: tuple[Axis, ...]

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """How many options each axis has."""
        return tuple(len(axis.options) for axis in self.axes)

    @cached_property
    def size(self) -> int:
        """How many variants it has."""
        return prod(self.shape)

    @cached_property
    def place(self) -> dict[str, int]:
        """Which axis is that of a decision."""
        return {name: place for place, axis in enumerate(self.axes) for name in axis.names}

    @cached_property
    def free(self) -> tuple[Axis, ...]:
        """The axes at which there is more than one option."""
        return tuple(axis for axis in self.axes if len(axis.options) > 1)

    @cached_property
    def fixed(self) -> dict[str, Option]:
        """The options at the other axes."""
        found: dict[str, Option] = {}
        for axis in self.axes:
            if len(axis.options) == 1:
                found |= axis.taken(0)
        return found

    def options(self, numbers: tuple[int, ...]) -> dict[str, Option]:
        """The options of one variant, by the number of its option at each axis."""
        found: dict[str, Option] = {}
        for axis, at in zip(self.axes, numbers, strict=True):
            found |= axis.taken(at)
        return found

    def allowed(self, options: Iterable[tuple[str, Option]]) -> dict[int, tuple[int, ...]] | None:
        """By the place of an axis, the numbers of its options that go with some options.

        None where no variant takes them all.
        """
        found: dict[int, tuple[int, ...]] = {}
        for name, option in options:
            place = self.place.get(name)
            if place is None or self.axes[place].settled:
                return None
            values = self.axes[place].values(name)
            numbers = found.get(place, tuple(range(len(values))))
            kept = tuple(at for at in numbers if values[at] == option)
            if not kept:
                return None
            found[place] = kept
        return found


@dataclass(frozen=True)
class Space:
    """All variants of some choices of a design."""

    design: Design
    choices: tuple[str, ...]
    goal: Probability | None
    limits: Mapping[str, Fraction]
    pinned: frozenset[str] = frozenset()
    """Further decisions that are structural, as something outside of the tree reads them."""
    _blocks: list[Block] = field(default_factory=list)

    @property
    def resources(self) -> tuple[str, ...]:
        """The names of resources, in the order of the file."""
        return tuple(self.design.resources)

    def is_rival(self, choice: str) -> bool:
        """Whether a choice has to beat the baseline."""
        return self.design.baseline is not None and self.design.baseline != choice

    @property
    def blocks(self) -> list[Block]:
        """Its blocks. Raises :class:`TooManyBlocksError`."""
        if not self._blocks:
            found = []
            for choice in self.choices:
                walk = _Walk(self.design, self.design.choices[choice], self.pinned)
                for block in walk.blocks({}):
                    found.append(block)
                    if len(found) > MOST_BLOCKS:
                        raise TooManyBlocksError
            self._blocks.extend(found)
        return self._blocks

    @cached_property
    def total(self) -> int:
        """How many variants there are."""
        return sum(block.size for block in self.blocks)

    @cached_property
    def decisions(self) -> dict[str, tuple[Option, ...]]:
        """Decisions and their options in the order in which variants first come to them."""
        firsts: dict[tuple[str, Option], tuple[Any, ...]] = {}
        for block in self.blocks:
            least = self.place(block, (0,) * len(block.axes))
            for at, axis in enumerate(block.axes):
                for count in range(0 if axis.settled else len(axis.options)):
                    rank = least[at + 1] if len(axis.options) == 1 else count
                    for inner, each in enumerate(axis.taken(count).items()):
                        # Within one variant, decisions come in the order of the tree.
                        when = ((*least[: at + 1], rank, *least[at + 2 :]), at, inner)
                        known = firsts.get(each)
                        if known is None or when < known:
                            firsts[each] = when
        order: dict[str, list[Option]] = {}
        for name, option in sorted(firsts, key=lambda each: firsts[each]):
            order.setdefault(name, []).append(option)
        return {name: tuple(options) for name, options in order.items()}

    def place(self, block: Block, numbers: tuple[int, ...]) -> tuple[Any, ...]:
        """What a variant is sorted by to stand in the order of the file."""
        ranks = [
            _rank(self.design, axis) if len(axis.options) == 1 else number
            for axis, number in zip(block.axes, numbers, strict=True)
        ]
        return (self.choices.index(block.choice), *ranks)


def _rank(design: Design, axis: Axis) -> object:
    """Where the one option that a block has at an axis stands among all that it might be."""
    option = axis.options[0]
    if axis.settled:
        return 0
    if isinstance(option, Mix):
        node = design.nodes[axis.name]
        assert isinstance(node, Bought)
        return tuple(
            -option.counts.get(name, 0) for name in design.catalogues[node.catalogue].items
        )
    if isinstance(option, str):
        node = design.nodes[axis.name]
        if isinstance(node, Structure):
            return node.one_of.index(option)
        assert isinstance(node, Bought)
        return list(design.catalogues[node.catalogue].items).index(option)
    parameter = design.parameters[axis.name]
    if parameter.values:
        return [number(value) for value in parameter.values].index(number(option))
    return number(option)


class _Walk:
    """The tree of one choice, walked with more and more structural decisions taken."""

    def __init__(self, design: Design, choice: Choice, pinned: frozenset[str]) -> None:
        self.design = design
        self.choice = choice
        self.pinned = pinned
        self.mixed = {
            node.copies
            for node in design.nodes.values()
            if isinstance(node, Bought) and node.mix and isinstance(node.copies, str)
        }
        self.own_counts = set(self._own_counts())
        self.mixed -= self.own_counts

    def _own_counts(self) -> Iterator[str]:
        """The numbers of copies of a mix that are decisions and that nothing else reads."""
        named: dict[str, int] = {}
        for node in self.design.nodes.values():
            for name in self.design.named_by(node):
                named[name] = named.get(name, 0) + 1
        for node in self.design.nodes.values():
            if (
                isinstance(node, Bought)
                and node.mix
                and isinstance(node.copies, str)
                and named[node.copies] == 1
                and self.design.parameters[node.copies].is_decision
                and not {node.copies, node.name} & self.pinned
                and node.copies not in self.choice.set
                and node.name not in self.choice.options
                and not self._names_decisions(node)
            ):
                yield node.copies

    def blocks(self, taken: dict[str, Option]) -> Iterator[Block]:
        """The blocks in which these structural decisions are taken so, in the file's order."""
        axes = self._axes(taken)
        last = axes[-1] if axes else None
        if last is not None and last.name not in taken and self._branches(last):
            for option in last.options:
                yield from self.blocks({**taken, last.name: option})
        else:
            yield Block(self.choice.name, tuple(axes))

    def _branches(self, axis: Axis) -> bool:
        return not axis.settled and self._is_structural(axis.name)

    def _is_structural(self, name: str) -> bool:
        node = self.design.nodes.get(name)
        if isinstance(node, Structure) or name in self.pinned:
            return True
        if isinstance(node, Bought):
            return self._names_decisions(node)
        return name in self.mixed

    def _names_decisions(self, node: Bought) -> bool:
        """Whether what is reached, or how it fails, depends on the item."""
        for item in self.design.catalogues[node.catalogue].items.values():
            if not isinstance(item.figure, Component):
                return True
            if any(self.design.parameters[name].is_decision for name in item.figure.parameters):
                return True
        return False

    def _axes(self, taken: Mapping[str, Option]) -> list[Axis]:
        """The axes in the order of the tree, up to the first structural one without an option."""
        axes: dict[str, Axis] = {}
        seen: set[str] = set()
        stack = [self.choice.root]
        while stack:
            name = stack.pop()
            if name in seen:
                continue
            seen.add(name)
            node = self.design.nodes[name]
            if self._add(axes, node.parameters, taken):
                break
            below = node.children
            if isinstance(node, Bought | Structure):
                axis = axes[name] = self._at(node, axes, taken)
                if self._branches(axis) and name not in taken:
                    break
                if isinstance(node, Structure):
                    below = (str(axis.options[0]),)
                elif self._add(axes, self._of_items(node, axis), taken):
                    break
            stack.extend(reversed(below))
        return list(axes.values())

    def _of_items(self, node: Bought, axis: Axis) -> tuple[str, ...]:
        """The parameters of the one item that is taken, or of all of a mix."""
        if len(axis.options) == 1:
            found = items_taken(self.design, node, axis.options[0])  # type: ignore[arg-type]
            return tuple(name for item in found for name in item.figure.parameters)
        return ()

    def _add(
        self, axes: dict[str, Axis], names: tuple[str, ...], taken: Mapping[str, Option]
    ) -> bool:
        """Add the axes of parameters; whether one of them has yet to be taken."""
        for name in names:
            parameter = self.design.parameters[name]
            if name in axes or not parameter.is_decision or name in self.own_counts:
                continue
            if name in self.choice.set:
                axes[name] = Axis(name, (self.choice.set[name],), settled=True)
                continue
            values = _values(parameter)
            axes[name] = Axis(name, (taken[name],) if name in taken else values)
            if self._is_structural(name) and name not in taken:
                return True
        return False

    def _at(
        self, node: Bought | Structure, axes: Mapping[str, Axis], taken: Mapping[str, Option]
    ) -> Axis:
        if node.name in self.choice.options:
            return Axis(node.name, (self.choice.options[node.name],), settled=True)
        if node.name in taken:
            return Axis(node.name, (taken[node.name],))
        if isinstance(node, Structure):
            return Axis(node.name, node.one_of)
        items = tuple(self.design.catalogues[node.catalogue].items)
        if not node.mix:
            return Axis(node.name, items)
        copies = node.copies
        if copies in self.own_counts:
            counts = map(COUNT.of, _values(self.design.parameters[str(copies)]))
            every = tuple(mix for count in counts for mix in mixes(items, count))
            return Axis(node.name, every, copies=str(copies))
        if isinstance(copies, str):
            axis = axes.get(copies)
            copies = COUNT.of(
                axis.options[0] if axis is not None else self.design.value(copies, self.choice.name)
            )
        assert copies is not None
        return Axis(node.name, tuple(mixes(items, copies)))


def _values(parameter: Parameter) -> tuple[Option, ...]:
    """The values of a parameter that is a decision, as they are listed."""
    if parameter.range is None:
        return parameter.values
    low, high = map(COUNT.of, parameter.range)
    return tuple(range(low, high + 1))


def mixes(items: tuple[str, ...], copies: int) -> Iterator[Mix]:
    """Every mix of so many copies, with most of the first item first.

    >>> [dict(mix.counts) for mix in mixes(("A", "B"), 2)]
    [{'A': 2}, {'A': 1, 'B': 1}, {'B': 2}]
    """
    first, *rest = items
    if not rest:
        yield Mix({first: copies})
        return
    for count in range(copies, -1, -1):
        for other in mixes(tuple(rest), copies - count):
            yield Mix({first: count, **other.counts})


def variant_design(design: Design, choice: str, options: Mapping[str, Option]) -> Design:
    """The design as it stands for one variant: its options are what is taken, and no count is open.

    What the choice, or the baseline, sets stays its own; what only the baseline reaches stands as
    it is.
    """
    own = design.choices[choice]
    nodes = dict(design.nodes)
    parameters = dict(design.parameters)
    for name, option in options.items():
        if name in own.set or name in own.options:
            continue
        node = nodes.get(name)
        if isinstance(node, Bought | Structure):
            nodes[name] = replace(node, chosen=option)  # type: ignore[arg-type]
        else:
            parameters[name] = replace(parameters[name], value=option)  # type: ignore[arg-type]
    for name, entry in parameters.items():
        if entry.is_count and entry.range is not None:
            parameters[name] = replace(entry, range=None)
    return replace(design, nodes=nodes, parameters=parameters)


def options_of_baseline(design: Design, choice: str, options: Mapping[str, Option]) -> Options:
    """What the baseline takes beside a variant of a choice."""
    assert design.baseline is not None
    stands = variant_design(design, choice, options)
    own = design.choices[design.baseline]

    def value(name: str) -> Value:
        return own.set.get(name, stands.parameters[name].value)

    taken = {
        name: node.chosen
        for name, node in stands.nodes.items()
        if isinstance(node, Bought | Structure) and node.chosen is not None
    }
    return Options({**taken, **own.options}, value)


def options_of_block(design: Design, block: Block) -> Options:
    """What the choice of a block takes, where only one option is left."""
    own = design.choices[block.choice]
    fixed = block.fixed

    def value(name: str) -> Value:
        if name in own.set:
            return own.set[name]
        option = fixed.get(name, design.parameters[name].value)
        assert not isinstance(option, str | Mix)
        return option

    taken = {n: option for n, option in fixed.items() if isinstance(option, str | Mix)}
    return Options({**own.options, **taken}, value)
