"""RePyability: fault trees and block diagrams in Python, exact, in pairs of floats."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from decimal import Decimal
from importlib.metadata import version
from typing import Any, ClassVar

from repyability import FaultTree

from benchmarks.contenders.base import linear_thresholds
from benchmarks.structure import Structure


class RePyability:
    """RePyability's fault tree, which takes gates directly and divides them into modules.

    Its block diagrams would first have to find the gates again. A tree says when the system fails:
    k of n needed to work is n - k + 1 of n failures.
    """

    name: ClassVar[str] = "RePyability"

    def __init__(self, structure: Structure, goal: Decimal) -> None:
        self.goal = float(goal)
        self.gates: dict[Hashable, Sequence[Any]] = {}
        for name, (k, parts) in structure.gates.items():
            if k == len(parts):
                self.gates[name] = ("or", list(parts))
            elif k == 1:
                self.gates[name] = ("and", list(parts))
            else:
                self.gates[name] = ("vote", len(parts) - k + 1, list(parts))
        self.events: dict[Hashable, Any] = {
            name: float(value) for name, value in structure.unreliabilities.items()
        }
        self.top = structure.top
        self.tree: Any = None
        self.text = ""

    @staticmethod
    def version() -> str:
        """The version that is installed."""
        return version("repyability")

    def prepare(self) -> None:
        """Write the JSON to load."""
        self.text = self._build().to_json()

    def reliabilities(self) -> dict[str, float]:
        """The present value of every component."""
        return {name: 1 - value for name, value in self.tree.events.items()}

    def forget(self) -> None:
        """Nothing is kept that a first evaluation would find."""

    def load(self) -> None:
        """Its own JSON."""
        FaultTree.from_json(self.text)

    def evaluate(self) -> float:
        """The tree, its modules, and the probability of no top event."""
        self.tree = self._build()
        return float(self.tree.sf())

    def edit(self, component: str, unreliability: Decimal) -> float:
        """The tree is kept, its probability is found again."""
        self.tree.events[component] = float(unreliability)
        return float(self.tree.sf())

    def edit_and_differentiate(
        self, component: str, unreliability: Decimal
    ) -> tuple[float, dict[str, float]]:
        """Birnbaum importances; they take the tree twice for each event."""
        works = self.edit(component, unreliability)
        return works, self.tree.birnbaum_importance()

    def edit_and_solve(self, component: str, unreliability: Decimal) -> dict[str, float | None]:
        """From the derivatives."""
        works, derivatives = self.edit_and_differentiate(component, unreliability)
        return linear_thresholds(works, derivatives, self.reliabilities(), self.goal)

    def _build(self) -> Any:
        return FaultTree(self.gates, self.events, top=self.top)
