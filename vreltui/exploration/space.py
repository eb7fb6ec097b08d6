"""The variants of a design: blocks in which every decision is free, in the order of the file.

A *structural* decision is one on which it depends what else is reached: which structure is there,
an item whose figure names a parameter that is a decision, the number of copies of a mix. With
options for all of these, what remains is a *block*: so many options at each of its *axes*, in any
combination.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any, assert_never

from vreltui.engine.laws import Direction
from vreltui.exploration.block_walk import Walk
from vreltui.exploration.variant_blocks import Axis, Block
from vreltui.model import Bought, Design, Mix, Option, Structure
from vreltui.model.goals import Target
from vreltui.model.quantities import Value, number
from vreltui.model.settling import Options

MOST_BLOCKS = 20_000
"""The most blocks into which a space is divided."""


class TooManyBlocksError(Exception):
    """A space has more blocks than are listed one by one."""


@dataclass(frozen=True)
class Space:
    """All variants of some choices of a design."""

    design: Design
    choices: tuple[str, ...]
    goal: Target | None
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
                walk = Walk(self.design, self.design.choices[choice], self.pinned)
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
    if parameter.market:
        return [number(value) for value in parameter.market].index(number(option))
    return number(option)


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


def best_end(ends: tuple[Value, Value], way: Direction | None) -> Value | None:
    """The end of a range that is best where a greater value acts this way; None if not known."""
    match way:
        case None:
            return None
        case -1:
            return ends[0]
        case 0 | 1:
            return ends[1]
        case unknown:
            assert_never(unknown)
