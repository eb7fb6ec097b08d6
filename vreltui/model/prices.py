"""What a reliability costs: prices by which the value of a parameter is found with a variant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from vreltui.model.amounts import Amount, amount_fault
from vreltui.model.numbers import Probability

Fault = tuple[str, str]
"""What is wrong, and what would be right."""


@dataclass(frozen=True, slots=True)
class TablePrice:
    """What is on the market: reliabilities, each with its price. With ``once`` paid once."""

    table: tuple[tuple[Probability, Amount], ...]
    once: bool = False

    @property
    def values(self) -> tuple[Probability, ...]:
        """The reliabilities of which one is taken."""
        return tuple(value for value, _ in self.table)

    def at(self, value: Probability) -> Amount:
        """The price of a reliability that is on the market."""
        return next(amount for other, amount in self.table if _same(other, value))

    def faults(self) -> Iterator[Fault]:
        """What is wrong with it by itself."""
        if not self.table:
            yield "has an empty table", "write [[0.99, 0], [0.999, 3500]] or the like"
        seen: list[Probability] = []
        for value, amount in self.table:
            if fault := value.fault():
                yield f"has {value}, which {fault}", "a number from 0 to 1 is right"
                return
            if any(_same(value, other) for other in seen):
                yield f"has {value} twice", "write each reliability once"
            if fault := amount_fault(amount):
                yield f"of {value} {fault}", "a number from 0 is right"
            seen.append(value)


@dataclass(frozen=True, slots=True)
class NinePrice:
    """So much for each nine: ``per_nine`` times -log10(1 - R)."""

    per_nine: Amount
    once: bool = False

    def faults(self) -> Iterator[Fault]:
        """What is wrong with it by itself."""
        if fault := amount_fault(self.per_nine):
            yield f"per_nine {fault}", "a number from 0 is right"


@dataclass(frozen=True, slots=True)
class MettasPrice:
    """exp((1 - f)(R - low) / (high - R)) with f the feasibility, low and high the range's ends."""

    mettas: Decimal
    once: bool = False

    def faults(self) -> Iterator[Fault]:
        """What is wrong with it by itself."""
        if not (self.mettas.is_finite() and 0 <= self.mettas < 1):
            yield f"mettas is {self.mettas}", "a feasibility from 0 to below 1 is right"


Price = TablePrice | NinePrice | MettasPrice
"""What a reliability costs of one resource, for each instance that names it, or once."""


def _same(one: Probability, other: Probability) -> bool:
    return one.reliability == other.reliability
