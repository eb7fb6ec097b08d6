"""The tree of a choice, walked with more and more of its structural decisions taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vreltui.exploration.tree_reading import counts_apart, is_apart
from vreltui.exploration.variant_blocks import Axis, Block, axis_of_mixes
from vreltui.model import Bought, Design, Mix, Option, Structure
from vreltui.model.design import Choice, Parameter
from vreltui.model.quantities import COUNT
from vreltui.model.settling import items_taken


class Walk:
    """The tree of one choice, walked with more and more structural decisions taken."""

    def __init__(self, design: Design, choice: Choice, pinned: frozenset[str]) -> None:
        self.design = design
        self.choice = choice
        self.pinned = pinned | frozenset(counts_apart(design))
        self.mixed = {
            node.copies
            for node in design.nodes.values()
            if isinstance(node, Bought) and node.mix and isinstance(node.copies, str)
        }
        self.settled = dict(self._counts_of_mixes()) | dict(choice.set)
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

    def _counts_of_mixes(self) -> Iterator[tuple[str, Option]]:
        """The numbers of copies to which the mixes add up that the choice sets."""
        for name, option in self.choice.options.items():
            node = self.design.nodes[name]
            if (
                isinstance(option, Mix)
                and isinstance(node, Bought)
                and isinstance(node.copies, str)
            ):
                yield node.copies, option.total

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
        items = self.design.catalogues[node.catalogue].items.values()
        return any(is_apart(self.design, node, item) for item in items)

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
            if self._add(axes, tuple(self.design.numbers_at(name)), taken):
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
            if name in self.settled:
                axes[name] = Axis(name, (self.settled[name],), settled=True)
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
            counts = tuple(map(COUNT.of, _values(self.design.parameters[str(copies)])))
            return axis_of_mixes(node.name, items, counts, str(copies))
        if isinstance(copies, str):
            axis = axes.get(copies)
            copies = COUNT.of(
                axis.options[0] if axis is not None else self.design.value(copies, self.choice.name)
            )
        assert copies is not None
        return axis_of_mixes(node.name, items, (copies,))


def _values(parameter: Parameter) -> tuple[Option, ...]:
    """The values of a parameter that is a decision, as they are listed."""
    if parameter.range is None:
        return parameter.market
    low, high = map(COUNT.of, parameter.range)
    return tuple(range(low, high + 1))
