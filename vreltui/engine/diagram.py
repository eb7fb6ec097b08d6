"""Binary decision diagrams, from a library made for them, behind one page.

The library is oxidd: it raises cleanly at its capacity, which bounds time and memory. Nothing else
of the program knows which library it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oxidd.bdd import BDDFunction as Function
    from oxidd.bdd import BDDManager
else:
    Function = object

__all__ = ["DiagramNodes", "Diagrams", "Function", "TooLargeError"]


class TooLargeError(Exception):
    """The diagram would grow past the capacity that it was given."""


@dataclass(frozen=True, slots=True)
class DiagramNodes:
    """Diagrams read out: ``nodes[i]`` is (variable, high, low), children before parents.

    References are 0 for false, 1 for true, and i + 2 for ``nodes[i]``; ``roots`` are references.
    """

    nodes: tuple[tuple[int, int, int], ...]
    roots: tuple[int, ...]


KEPT_NODES = 1 << 14
"""Nodes up to which diagrams are built in one manager, which is kept."""


@cache
def _kept_manager() -> BDDManager:
    """The library starts a thread for every manager, which costs more than a small diagram."""
    from oxidd.bdd import BDDManager

    return BDDManager(KEPT_NODES, KEPT_NODES // 2, 1)


def _manager(variables: int, capacity: int) -> BDDManager:
    """A manager with no live nodes, at least ``variables`` variables and ``capacity`` nodes."""
    if capacity > KEPT_NODES:
        from oxidd.bdd import BDDManager

        manager = BDDManager(capacity, max(capacity // 2, 1024), 1)
    else:
        manager = _kept_manager()
        manager.gc()
    missing = variables - manager.num_vars()
    if missing > 0:
        manager.add_vars(missing)
    return manager


class Diagrams:
    """Functions over ``variables`` variables; a variable's number is its level from the top."""

    def __init__(self, variables: int, capacity: int) -> None:
        self._capacity = capacity
        self._manager = _manager(variables, capacity)
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
            return on.ite(high, low)
        except MemoryError:
            raise TooLargeError from None

    def at_least(self, k: int, parts: Sequence[Function]) -> Function:
        """At least k of the parts hold. All is k = len(parts), any is k = 1."""
        if self._manager.approx_num_inner_nodes() > self._capacity:
            self._manager.gc()
            if self._manager.num_inner_nodes() > self._capacity:
                raise TooLargeError
        # reached[j]: given the parts seen so far (from the last), at least j of them hold.
        reached = [self.true] + [self.false] * k
        for seen, part in enumerate(reversed(parts), 1):
            for j in range(min(seen, k), max(0, k - (len(parts) - seen) - 1), -1):
                reached[j] = self.choose(part, reached[j - 1], reached[j])
        return reached[k]

    def count(self, roots: Sequence[Function]) -> int:
        """The number of nodes of ``roots`` together, where nothing else is held."""
        if len(roots) == 1:
            return int(roots[0].node_count())
        self._manager.gc()
        return int(self._manager.num_inner_nodes())

    def read(self, roots: Sequence[Function]) -> DiagramNodes:
        """The diagrams of ``roots`` as plain numbers."""
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
