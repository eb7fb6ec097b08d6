"""relibmss: decision diagrams in Rust, evaluated in floats."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from importlib.metadata import version
from typing import Any, ClassVar

import relibmss

from benchmarks.contenders.base import linear_thresholds
from benchmarks.structure import Structure

MOST_TRIED_APART = 100
"""The size up to which an order that takes clusters apart is tried."""


class Relibmss:
    """relibmss; :meth:`prepare` gives it the best order of variables of a few."""

    name: ClassVar[str] = "relibmss"

    def __init__(self, structure: Structure, goal: Decimal) -> None:
        self.structure = structure
        self.goal = float(goal)
        self.chances = {name: float(1 - value) for name, value in structure.unreliabilities.items()}
        self.top: Any = None

    @staticmethod
    def version() -> str:
        """The version that is installed."""
        return version("relibmss")

    def prepare(self) -> None:
        """Find the order that gives the smallest diagram, and write the structure in it."""
        self.structure.order = min(_orders(self.structure), key=self._size)

    def reliabilities(self) -> dict[str, float]:
        """The present value of every component."""
        return self.chances

    def forget(self) -> None:
        """Nothing is kept that a first evaluation would find."""

    def load(self) -> None:
        """There is no file format for whole designs."""
        raise NotImplementedError

    def evaluate(self) -> float:
        """Gates, the diagram, and its probability."""
        self.top = self._diagram(self.structure.order or list(self.chances))
        return float(self.top.prob(self.chances))

    def edit(self, component: str, unreliability: Decimal) -> float:
        """The diagram is kept, its probability is found again."""
        self.chances[component] = float(1 - unreliability)
        return float(self.top.prob(self.chances))

    def edit_and_differentiate(
        self, component: str, unreliability: Decimal
    ) -> tuple[float, dict[str, float]]:
        """``bmeas`` gives all Birnbaum importances at once."""
        works = self.edit(component, unreliability)
        return works, self.top.bmeas(self.chances)

    def edit_and_solve(self, component: str, unreliability: Decimal) -> dict[str, float | None]:
        """From the derivatives."""
        works, derivatives = self.edit_and_differentiate(component, unreliability)
        return linear_thresholds(works, derivatives, self.chances, self.goal)

    def _size(self, order: list[str]) -> int:
        return int(self._diagram(order).size()[0])

    def _diagram(self, order: list[str]) -> Any:
        manager = relibmss.BDD()
        known: dict[str, Any] = {name: manager.defvar(name) for name in order}
        for name, (k, parts) in self.structure.gates.items():
            nodes = [known[part] for part in parts]
            if k == len(parts):
                known[name] = manager.And(nodes)
            elif k == 1:
                known[name] = manager.Or(nodes)
            else:
                known[name] = manager.kofn(k, nodes)
        return known[self.structure.top]


def _orders(structure: Structure) -> list[list[str]]:
    """As made, depth first, and with what is shared last; and the reverse of each.

    relibmss puts what is defined last on top of the diagram. Large structures are tried only in the
    orders that keep a cluster together: in the others relibmss, having no limit, fills all memory.
    """
    uses = dict.fromkeys(structure.unreliabilities, 0)
    for _, parts in structure.gates.values():
        for part in parts:
            if part in uses:
                uses[part] += 1
    made = list(uses)
    deep = depth_first(structure)
    by_use: Callable[[str], int] = uses.__getitem__
    orders = [made, deep]
    if len(made) <= MOST_TRIED_APART:
        orders.append(sorted(deep, key=by_use))
    return orders + [order[::-1] for order in orders]


def depth_first(structure: Structure) -> list[str]:
    """The components as they are met from the top down."""
    order: dict[str, None] = {}
    stack = [structure.top]
    done: set[str] = set()
    while stack:
        name = stack.pop()
        if name in structure.unreliabilities:
            order[name] = None
        elif name not in done:
            done.add(name)
            stack.extend(reversed(structure.gates[name][1]))
    return list(order)
