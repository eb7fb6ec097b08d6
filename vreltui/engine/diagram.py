"""Binary decision diagrams, from a library made for them, behind one page.

The library is oxidd: it raises cleanly at its capacity, which bounds time and memory. Nothing else
of the program knows which library it is.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from vreltui.engine.diagram_nodes import DiagramNodes

if TYPE_CHECKING:
    from oxidd.bdd import BDDFunction as Function
    from oxidd.bdd import BDDManager

    from vreltui.engine.diagram_reading import WrittenDiagram
else:
    Function = object

__all__ = ["DiagramNodes", "Diagrams", "Function", "TooLargeError"]


class TooLargeError(Exception):
    """The diagram would grow past the capacity that it was given."""


KEPT_NODES = 1 << 15
"""Nodes up to which diagrams are built in one manager, which is kept."""

FEW_NODES = KEPT_NODES // 8
"""Nodes that nothing reads any more, up to which they are left where they are."""

MANY_NODES = 1 << 15
"""Nodes from which a diagram is read in arrays."""

WRITTEN_NODES = 1 << 11
"""Nodes from which what the library writes is read sooner than each node is asked for."""

MOMENT = 0.0005
"""Seconds between two looks at whether the library has dropped nodes by itself."""

LEAST_REMEMBERED, MOST_REMEMBERED = 1 << 16, 1 << 21
"""Results of operations that are remembered. Where they are fewer than the pairs of nodes that one
operation meets, it finds the same ones again and again, in a time that may grow without bound."""


class Room:
    """Where diagrams of up to ``capacity`` nodes at once are built, one after the other.

    The library starts threads for each, and reserves more than a gigabyte of addresses for their
    stacks; so there is one for all orders that are tried, and one that is kept for small diagrams.
    What is held of one order stays in it while the next is tried.
    """

    def __init__(self, capacity: int) -> None:
        from oxidd.bdd import BDDManager

        remembered = min(max(2 * capacity, LEAST_REMEMBERED), MOST_REMEMBERED)
        self.manager: BDDManager = BDDManager(capacity, remembered, 1)

    @staticmethod
    def of(capacity: int) -> Room:
        """A room of at least so many nodes: the one that is kept, or one that can be let go of."""
        return _kept_room() if capacity <= KEPT_NODES else Room(capacity)


@cache
def _kept_room() -> Room:
    return Room(KEPT_NODES)


def _top(function: Function) -> int:
    """The variable that is decided first; a constant decides none."""
    variable = function.node_var()
    return -1 if variable is None else variable


class Diagrams:
    """Functions over ``variables`` variables; a variable's number is its level from the top.

    They may have up to ``capacity`` nodes, beside those of other functions in the same room that
    are still held.
    """

    def __init__(self, variables: int, capacity: int, room: Room | None = None) -> None:
        self._manager = (room or Room.of(capacity)).manager
        if self._manager.approx_num_inner_nodes() > FEW_NODES:
            self._collect()
        self._capacity = capacity + self._manager.num_inner_nodes()
        missing = variables - self._manager.num_vars()
        if missing > 0:
            self._manager.add_vars(missing)
        self.false: Function = self._manager.false()
        self.true: Function = self._manager.true()

    def variable(self, number: int) -> Function:
        """The function that is one variable."""
        try:
            return self._manager.var(number)
        except MemoryError:
            raise TooLargeError from None

    def choose(self, on: Function, high: Function, low: Function) -> Function:
        """``high`` where ``on`` holds, else ``low``."""
        try:
            found = on.ite(high, low)
        except MemoryError:
            raise TooLargeError from None
        # Seldom, since with the nodes the library also forgets what it remembers of operations.
        if self._manager.approx_num_inner_nodes() > 2 * self._capacity:
            self._let_go()
        return found

    def settle(self) -> None:
        """See to it that no more nodes are held than may be. Raises :class:`TooLargeError`."""
        if self._manager.approx_num_inner_nodes() > self._capacity:
            self._let_go()

    def _let_go(self) -> None:
        """Let go of nodes that nothing reads. Raises :class:`TooLargeError` past the capacity."""
        self._collect()
        if self._manager.num_inner_nodes() > self._capacity:
            raise TooLargeError

    def _collect(self) -> None:
        """Drop the nodes that nothing reads.

        The library does so in a thread of its own, too, and asked meanwhile does nothing: that is
        waited for, since otherwise what fits into a room would depend on time.
        """
        before = self._manager.gc_count()
        while not self._manager.gc() and self._manager.gc_count() == before:
            time.sleep(MOMENT)

    def at_least(self, k: int, parts: Sequence[Function]) -> Function:
        """At least k of the parts hold. All is k = len(parts), any is k = 1."""
        # reached[j]: given the parts seen so far (from the last), at least j of them hold.
        reached = [self.true] + [self.false] * k
        # From the lowest up, whatever the order: a part above all that was reached costs a node,
        # one below it a walk through all of that.
        for seen, part in enumerate(sorted(parts, key=_top, reverse=True), 1):
            for j in range(min(seen, k), max(0, k - (len(parts) - seen) - 1), -1):
                reached[j] = self.choose(part, reached[j - 1], reached[j])
        return reached[k]

    def read(self, roots: Sequence[Function]) -> DiagramNodes | WrittenDiagram:
        """The diagrams of ``roots`` as plain numbers; large ones as written by the library."""
        count = max(root.node_count() for root in roots)
        if count >= MANY_NODES:
            from vreltui.engine.diagram_reading import WrittenDiagram

            return WrittenDiagram(self._manager, roots)
        if count >= WRITTEN_NODES:
            from vreltui.engine.diagram_text import nodes_of

            return nodes_of(self._manager, roots)
        known: dict[Function, int] = {self.false: 0, self.true: 1}
        nodes: list[tuple[int, int, int]] = []
        for root in roots:
            stack = [root]
            while stack:
                function = stack[-1]
                if function in known:
                    stack.pop()
                    continue
                high, low = function.cofactors()
                known_high, known_low = known.get(high), known.get(low)
                if known_high is None:
                    stack.append(high)
                elif known_low is None:
                    stack.append(low)
                else:
                    stack.pop()
                    variable = function.node_var()
                    assert variable is not None
                    nodes.append((variable, known_high, known_low))
                    known[function] = len(nodes) + 1
        return DiagramNodes(tuple(nodes), tuple(known[root] for root in roots))
