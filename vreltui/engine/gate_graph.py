"""A choice's tree as a graph of gates over component instances, without unfolding any copy.

An instance is a node in a context: the copy of a pool that it lives in. All copies of a pool look
alike, so one *copied* gate stands for them all; a node marked shared, and all below it, lives
outside every copy and is an *uncopied* gate wherever it is named.
"""

from __future__ import annotations

from typing import NamedTuple

from vreltui.engine.limits import Limits, Undecided
from vreltui.model import Design, Node, Share

MOST_REFERENCES = 2_000_000
"""The most references from copied gates to shared ones that are followed."""


class Gate(NamedTuple):
    """A node, outside every pool or as part of one copy."""

    node: str
    copied: bool


class Gates:
    """The gates below one root, and what each refers to."""

    def __init__(self, design: Design, root: str, limits: Limits) -> None:
        self.design = design
        self.root = Gate(root, False)
        self.limits = limits
        self._nodes: dict[Gate, Node] = {}
        self._parts: dict[Gate, tuple[Gate, ...]] = {}
        self.order = self._children_first()
        self.shared_below = self._shared_below()

    def node(self, gate: Gate) -> Node:
        """The node of the design that a gate stands for."""
        return self._nodes[gate]

    def part(self, name: str, copied: bool) -> Gate:
        """The gate of node ``name`` named from inside a copy, or from outside."""
        return Gate(name, copied and not self.design.nodes[name].shared)

    def parts(self, gate: Gate) -> tuple[Gate, ...]:
        """The gates directly below; below a pool, the copied gate that stands for all copies."""
        return self._parts[gate]

    def operands(self, gate: Gate) -> tuple[Gate, ...]:
        """The gates that share their state with this one, within one scope.

        Those directly below a group; for a pool, the shared gates that its copies depend on (the
        copies themselves are independent and belong to the pool alone).
        """
        if self._nodes[gate].copies_below:
            return self.copies_share(gate)
        return self._parts[gate]

    def copies_share(self, pool: Gate) -> tuple[Gate, ...]:
        """The uncopied gates on which all copies of a pool depend together, in order."""
        (copy,) = self.parts(pool)
        return self.shared_below[copy] if copy.copied else (copy,)

    def _children_first(self) -> tuple[Gate, ...]:
        """Every gate below the root, after its parts; what each refers to is noted on the way."""
        order: list[Gate] = []
        placed: set[Gate] = set()
        nodes = self.design.nodes
        stack = [self.root]
        while stack:
            gate = stack[-1]
            if gate not in self._nodes:
                node = self._nodes[gate] = nodes[gate.node]
                inside = gate.copied or node.copies_below
                parts = self._parts[gate] = tuple(
                    [self.part(child, inside) for child in node.children]
                )
                if parts:
                    stack.extend([part for part in reversed(parts) if part not in self._nodes])
                    continue
            # Met for the second time, below it all is done; met again, it is in its place already.
            stack.pop()
            if gate not in placed:
                placed.add(gate)
                order.append(gate)
        return tuple(order)

    def home(self, gate: Gate) -> str | None:
        """The node in each copy of which there is one such gate, if that is not its pool's."""
        node = self._nodes[gate]
        return node.home if isinstance(node, Share) else None

    def _is_own(self, gate: Gate) -> bool:
        """Whether each copy of the innermost pool has such a gate of its own."""
        return gate.copied and self.home(gate) is None

    def _shared_below(self) -> dict[Gate, tuple[Gate, ...]]:
        """For each copied gate, the uncopied gates that it reaches first."""
        below: dict[Gate, tuple[Gate, ...]] = {}
        references = 0
        for gate in self.order:
            if not gate.copied:
                continue
            reached: dict[Gate, None] = {}
            for part in self.parts(gate):
                for shared in below[part] if self._is_own(part) else (part,):
                    # What stays within a node is shared by the copies inside it, not by its own.
                    if self.home(shared) != gate.node:
                        reached[shared] = None
            below[gate] = tuple(reached)
            references += len(reached)
            if references > MOST_REFERENCES:
                raise Undecided("too many shared nodes below too many copied ones")
        return below
