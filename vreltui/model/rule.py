"""Rules between decisions: what may not stand together, what asks for what, what has to differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from vreltui.model.frozen import Frozen, frozen
from vreltui.model.options import Option
from vreltui.model.quantities import Value, number


@dataclass(frozen=True, slots=True)
class Span:
    """Numbers from ``low`` to ``high``, both among them; None where there is no such end."""

    low: Value | None
    high: Value | None

    def holds(self, value: Value) -> bool:
        """Whether a number is one of them."""
        exact = Fraction(number(value))
        return (self.low is None or Fraction(number(self.low)) <= exact) and (
            self.high is None or exact <= Fraction(number(self.high))
        )


Condition = tuple[Option, ...] | Span
"""Of one decision: the options that meet it."""

Conditions = Mapping[str, Condition]
"""By decision; all of them have to be met."""

NO_CONDITIONS: Frozen[Condition] = Frozen({})


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, of one of three sorts: never, when and then, same or different."""

    name: str
    never: Conditions = field(default_factory=lambda: NO_CONDITIONS)
    when: Conditions = field(default_factory=lambda: NO_CONDITIONS)
    then: Conditions = field(default_factory=lambda: NO_CONDITIONS)
    same: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    by: str = ""
    title: str = ""
    source: str = ""
    description: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        for name in ("never", "when", "then"):
            object.__setattr__(self, name, frozen(getattr(self, name)))

    @property
    def names(self) -> tuple[str, ...]:
        """The decisions that it names, each once."""
        every = (*self.never, *self.when, *self.then, *self.same, *self.different)
        return tuple(dict.fromkeys(every))
