"""What every program that is measured is asked."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Protocol

from benchmarks.structure import Structure


class Contender(Protocol):
    """One program with one structure. The constructor puts that into the program's own words.

    The constructor, :meth:`prepare` and :meth:`forget` are not timed; what follows is.
    """

    name: ClassVar[str]

    def __init__(self, structure: Structure, goal: Decimal) -> None: ...

    @staticmethod
    def version() -> str:
        """The version that is installed."""

    def prepare(self) -> None:
        """What only a comparison needs, such as the text to load or a search for its best setup."""

    def reliabilities(self) -> dict[str, float]:
        """The present value of every component."""

    def forget(self) -> None:
        """Drop what the program keeps between questions, so that the next is a first one."""

    def load(self) -> None:
        """Read and check the structure from text. NotImplementedError where there is no format."""

    def evaluate(self) -> float:
        """Build from memory whatever the program needs, and find the system's reliability."""

    def edit(self, component: str, unreliability: Decimal) -> float:
        """Change one component's value after :meth:`evaluate`; the system's new reliability."""

    def edit_and_differentiate(
        self, component: str, unreliability: Decimal
    ) -> tuple[float, dict[str, float]]:
        """As :meth:`edit`, and the derivative of the reliability by that of every component."""

    def edit_and_solve(self, component: str, unreliability: Decimal) -> dict[str, float | None]:
        """As :meth:`edit`, and the reliability that each component must exceed for the goal.

        None where no value of that component alone reaches the goal.
        """


def linear_thresholds(
    works: float, derivatives: dict[str, float], now: dict[str, float], goal: float
) -> dict[str, float | None]:
    """Thresholds from derivatives, for components that each appear once in the structure.

    The system's reliability is then a straight line in each of them. This is what a user of a
    program without thresholds would write.
    """
    found: dict[str, float | None] = {}
    for name, slope in derivatives.items():
        at = now[name] + (goal - works) / slope if slope > 0 else float("inf")
        found[name] = max(at, 0.0) if at < 1 else None
    return found
