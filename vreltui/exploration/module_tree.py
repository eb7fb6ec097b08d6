"""The tree of a block as modules, and what ties parts of it together."""

from __future__ import annotations

from functools import cached_property

from vreltui.exploration.sides import Side
from vreltui.exploration.variant_blocks import Block
from vreltui.model import Component, Group, Pool, counted, needed
from vreltui.model.causes import Cause
from vreltui.model.safety import votes
from vreltui.model.struck import SHARE
from vreltui.model.struck_members import struck_by

_SEVERAL = 2
"""As often as this something is named at least that a cause shares."""


def _shocks(cause: Cause) -> str:
    """What the shocks of a cause are called among what nodes share."""
    return f"{cause.name}{SHARE}"


class ModuleTree:
    """What the nodes of a tree share with each other: nodes, numbers and causes."""

    def __init__(self, side: Side, block: Block) -> None:
        self.side = side
        self.block = block
        self.design = side.design
        self.root = side.root
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
            # Whatever a cause strikes shares its shocks, and its letters.
            for cause in self._striking.get(name, ()):
                found |= dict.fromkeys((_shocks(cause), *cause.parameters), _SEVERAL)
        return found

    @cached_property
    def _striking(self) -> dict[str, list[Cause]]:
        """By the name of a component the causes that strike it."""
        found: dict[str, list[Cause]] = {}
        for cause in self.design.causes_among(self.design.below(self.root)):
            for name in struck_by(self.design, cause):
                found.setdefault(name, []).append(cause)
        return found

    def _entities(self, name: str) -> frozenset[str]:
        """All nodes at and below one, the free parameters that they name, and open causes.

        A cause is open below the node ``within`` which it stays.
        """
        if name not in self._below:
            node = self.design.nodes[name]
            found = {name, *(g for g in node.parameters if g in self.side.free)}
            for cause in self._striking.get(name, ()):
                found |= {_shocks(cause), *(g for g in cause.parameters if g in self.side.free)}
            for child in node.children:
                found |= self._entities(child)
            for cause in self.design.causes.values():
                if cause.within == name:
                    found.discard(_shocks(cause))
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

    def clusters(self, parts: tuple[str, ...]) -> list[list[str]]:
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

    def copies_share(self, pool: Pool) -> bool:
        """Whether the copies of a pool are more than independent copies of one module."""
        inside = self._entities(pool.of)
        return (
            pool.policy is not None
            or pool.copies in inside
            or any(self.design.nodes[each].shared for each in self.design.below(pool.of))
            or any(_shocks(cause) in inside for cause in self.design.causes.values())
        )

    @cached_property
    def asks_for_safety(self) -> bool:
        """Whether what is unsafe anywhere counts, and nothing else."""
        return self.design.measure == "safety"

    def is_more_than_a_number(self, node: Component) -> bool:
        """Whether a cause strikes a component, or its failures may be safe."""
        tells = node.fails_safe is not None and self.asks_for_safety
        return tells or node.name in self._striking

    def needed(self, node: Group | Pool, of: int) -> int:
        """How many of a node's parts or copies must work, or not be unsafe."""
        wanted = votes(node.needs, of) if self.asks_for_safety else node.needs
        enough, inverts = counted(wanted)
        assert not inverts, "a space with such a node is not explored"
        return needed(enough, of)
