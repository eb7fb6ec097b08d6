"""What symbolic work is asked, and what it answers: plain values that can be sent anywhere.

Nothing here imports sympy.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from vreltui.model import Design, VreltuiError
from vreltui.model.own_numbers import resolved, with_named_numbers


class RefusedError(VreltuiError):
    """Symbolic work was refused or stopped; the text is the reason, for people."""


@dataclass(frozen=True, slots=True)
class Writing:
    """One expression or inequality in three notations.

    ``sympy`` is Python source over the names that :attr:`Formula.declarations` (or those of the
    condition) define; it is empty where a request wanted none.
    """

    text: str
    latex: str
    sympy: str


@dataclass(frozen=True, slots=True)
class NamedPart:
    """A subtree that a formula calls by a name, ``name`` = ``value``."""

    name: Writing
    value: Writing


@dataclass(frozen=True, slots=True)
class Formula:
    """The reliability of a choice. Each of ``parts`` uses only earlier ones."""

    choice: str
    value: Writing
    parts: tuple[NamedPart, ...] = ()
    declarations: tuple[str, ...] = ()


Outcome = Literal["solved", "compared", "always", "never", "open"]
"""solved: ``solved`` holds the solution; compared: no parameter was asked for; always and never:
whatever the values; open: there is no closed form, and ``reason`` says why."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Values strictly between two numbers (or, for counts, from one to the other), as digits."""

    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Numeric:
    """Where a condition holds with all other values as the design has them.

    ``undecided`` holds the reason where that was not found. Digits are rounded into the intervals.
    """

    intervals: tuple[Interval, ...] = ()
    is_count: bool = False
    undecided: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """When ``choice`` is strictly more reliable than ``against`` (a choice; None is the goal).

    ``comparison`` is the inequality with common positive factors cancelled. ``solved`` is the
    solution for the parameter ``unknown``: one inequality, or the alternatives of which one must
    hold. ``notes`` say where no value, or any value, will do; ``degree`` is that of the polynomial
    in the unknown where there is no closed form.
    """

    choice: str
    against: str | None
    outcome: Outcome
    comparison: Writing | None = None
    unknown: str | None = None
    solved: tuple[Writing, ...] = ()
    notes: tuple[Writing, ...] = ()
    reason: str = ""
    degree: int | None = None
    numeric: Numeric | None = None
    given: tuple[Writing, ...] = ()
    parts: tuple[NamedPart, ...] = ()
    declarations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """No answer about a choice, and why."""

    choice: str
    reason: str


Answer = Formula | Condition | Refusal


@dataclass(frozen=True, slots=True)
class Request:
    """What to derive: formulas of ``choices``; with ``compare``, their conditions instead.

    ``against`` is a choice, or None for the goal. ``unknown`` is the parameter to solve for, or a
    component with a number of its own. With ``values`` such numbers are put in, else they stand as
    symbols of their names. Without ``source`` formulas come without Python source for sympy, which
    spares sympy itself where nothing has to be simplified.
    """

    design: Design
    choices: tuple[str, ...]
    compare: bool = False
    against: str | None = None
    unknown: str | None = None
    most_characters: int = field(default=100_000)
    values: bool = False
    source: bool = True

    @property
    def named(self) -> Design:
        """The design whose parameters are the symbols, numbers of nodes' own among them."""
        named = self.design if self.values else with_named_numbers(self.design)
        found = None if self.unknown is None else resolved(named, self.unknown)
        return named if found is None else found[0]

    @property
    def solved_for(self) -> str | None:
        """The name of the unknown there."""
        found = None if self.unknown is None else resolved(self.named, self.unknown)
        return None if found is None else found[1]
