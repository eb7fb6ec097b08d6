"""What a file of fault trees says, whatever its format: gates, events, parameters, and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from vreltui.exchange.expressions import Expression
from vreltui.exchange.formulas import Formula
from vreltui.exchange.losses import Loss
from vreltui.exchange.ordered_gates import Chain


class Place(NamedTuple):
    """A line of a file."""

    file: str
    line: int


@dataclass(slots=True)
class Entry:
    """What has a name: its full path, what people call it, and where it stands."""

    path: str
    place: Place
    title: str = ""
    note: str = ""


@dataclass(slots=True)
class Gate(Entry):
    """A gate. In ``formula`` names are full paths once all files are read."""

    formula: Formula = field(default_factory=lambda: Formula("constant"))
    bound: str = ""
    """Why the gate is a bound and not the same, where it is."""


@dataclass(slots=True)
class Event(Entry):
    """A basic event. ``expression`` is None where the file has none.

    ``happens`` is set of a house event: whether it happens. ``chain`` is set of one that stands
    for a gate whose parts fail in an order that counts.
    """

    expression: Expression | None = None
    happens: bool | None = None
    probability: Decimal | None = None
    chain: Chain | None = None


@dataclass(slots=True)
class Parameter(Entry):
    """A named number."""

    expression: Expression | None = None
    unit: str = ""


@dataclass(slots=True)
class Group(Entry):
    """Events that may happen together: by a model of common causes, with its letters in order."""

    model: str = ""
    members: tuple[str, ...] = ()
    letters: tuple[Expression, ...] = ()


@dataclass(slots=True)
class FaultModel:
    """Everything that files say of fault trees. ``top`` is the gate that a file puts at the top.

    ``groups`` are those of common causes that are not expanded into events.
    """

    gates: dict[str, Gate] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)
    top: str = ""
    groups: list[Group] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    """Of each fault tree's gates at the top, what the tree is called."""

    def lose(self, place: Place, name: str, what: str) -> None:
        """Note what is dropped."""
        self.losses.append(Loss(place.line, name, "dropped", what, place.file))
