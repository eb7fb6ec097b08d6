"""What an exploration answers: plain values, without words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from vreltui.analysis.results import Class, Figure
from vreltui.model import Option

Kind = Literal["rules", "fits", "limit", "goal", "baseline", "together"]
"""Why a family is out: the first that holds of it, each a proof by itself."""

Count = int | tuple[int, int]
"""How many, exactly; or at least and at most so many."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A choice with one option for each decision that it reaches."""

    choice: str
    options: Mapping[str, Option]
    figure: Figure
    uses: Mapping[str, Fraction]
    kind: Class


@dataclass(frozen=True, slots=True)
class Back:
    """What would lift a proof: a goal below this, a limit from this on, a number above this."""

    what: Literal["goal", "limit", "parameter"]
    name: str
    bound: float | Fraction


@dataclass(frozen=True, slots=True)
class Family:
    """Every variant that reaches some decisions and takes these options there."""

    choice: str | None
    options: Mapping[str, Option]


@dataclass(frozen=True, slots=True)
class Elimination:
    """A family of which no variant meets or could, and which lies in no larger such family.

    ``best`` is the figure of the proof: a reliability, or for a limit the least use; ``needed``
    what it would have to exceed, or stay within.
    """

    family: Family
    kind: Kind
    resource: str | None
    best: Figure | Fraction | None
    needed: float | Fraction | None
    covers: int
    remaining: int
    witness: Family | None
    back: tuple[Back, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """How far an answer that was cut short can be off: what was found, and a proven bound."""

    found: float | None
    bound: float | None
    open: int


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where two variants are equally reliable: the other by its place, a parameter, its value."""

    other: int
    parameter: str
    value: float


@dataclass(frozen=True, slots=True)
class RobustVariant:
    """A variant that none always beats, with its reliability at the worse and the better ends."""

    front: tuple[str, ...]
    variant: Variant
    worst: Figure
    best: Figure
    crosses: tuple[Crossing, ...]
    undecided: str = ""


@dataclass(frozen=True, slots=True)
class Exploration:
    """The whole answer."""

    decisions: Mapping[str, tuple[Option, ...]]
    total: int
    classes: Mapping[str, Count]
    best: Variant | None
    cheapest: Mapping[str, Variant | None]
    fronts: Mapping[tuple[str, ...], tuple[Variant, ...]]
    top: tuple[Variant, ...]
    eliminations: tuple[Elimination, ...]
    reason: str = ""
    gap: Mapping[str, Gap] = field(default_factory=dict)
    best_undecided: str = ""
    guaranteed: Exploration | None = None
    """The same at the worse ends of what is uncertain, where that was asked."""
    robust: tuple[RobustVariant, ...] = ()
    """The variants that none always beats, whatever is uncertain."""

    @property
    def is_complete(self) -> bool:
        """Whether nothing was cut short."""
        return not self.reason
