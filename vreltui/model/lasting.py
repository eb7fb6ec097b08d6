"""A component with a lifetime: how long it lives, and what is done when it has failed.

Which keys go together is here; what they mean for a figure is the engine's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, Literal, Self

from vreltui.model.base_node import WORDS, LeafNode, StatedNumber, no_number
from vreltui.model.errors import Path, Problem
from vreltui.model.numbers import PlainNumber, Probability
from vreltui.model.quantities import DURATION, NUMBER, PROBABILITY, RATE, Quantity, Value
from vreltui.model.times import Duration, Rate

Law = Literal["exponential", "weibull", "lognormal", "stages"]
"""The laws of life that a component may have."""

SHAPES = (Fraction(1, 20), Fraction(50))
"""The least and the greatest shape of a Weibull law."""

MOST_SIGMA = Fraction(10)
"""The greatest deviation of the logarithm of a lognormal life."""

STAGES = (2, 20)
"""The fewest and the most stages of a life in stages."""

NUMBERS: dict[str, Quantity[Any]] = {
    "mttf": DURATION,
    "rate": RATE,
    "shape": NUMBER,
    "scale": DURATION,
    "median": DURATION,
    "sigma": NUMBER,
    "mttr": DURATION,
    "planned": DURATION,
    "every": DURATION,
    "rejuvenate": DURATION,
    "takes": DURATION,
    "fails_safe": PROBABILITY,
}
"""The numbers that a lifetime may be stated with, by their keys, each with its quantity."""

MISSION = "mission.time"
"""The name of the mission time as a number that lifetimes read, where no parameter gives it."""

ZERO_ALLOWED = frozenset({"mttr", "takes"})
"""The times that may be 0."""

_BOUNDS = {"shape": SHAPES, "sigma": (Fraction(1, 10**15), MOST_SIGMA)}

_STARTS = ("mttf", "rate", "scale", "median", "stages")
_TOGETHER = (("median", "sigma"), ("sigma", "median"), ("planned", "every"), ("every", "planned"))


@dataclass(frozen=True, slots=True, kw_only=True)
class LastingComponent(LeafNode):
    """A module with a lifetime. Each number is its own, or the name of a parameter."""

    sort = "component"
    copies_below = False
    plain_kind = "component"

    mttf: Duration | str | None = None
    rate: Rate | str | None = None
    shape: PlainNumber | str | None = None
    scale: Duration | str | None = None
    median: Duration | str | None = None
    sigma: PlainNumber | str | None = None
    stages: tuple[Duration | str, ...] = ()
    mttr: Duration | str | None = None
    planned: Duration | str | None = None
    every: Duration | str | None = None
    rejuvenate: Duration | str | None = None
    takes: Duration | str | None = None
    fails_safe: Probability | str | None = None
    kind: str = field(default="component", metadata=WORDS)

    @property
    def law(self) -> Law:
        """The law of its life, by the keys that are there."""
        if self.stages:
            return "stages"
        if self.median is not None:
            return "lognormal"
        return "weibull" if self.shape is not None else "exponential"

    @property
    def numbers(self) -> tuple[StatedNumber, ...]:
        """All that it states but the stages, in the order of :data:`NUMBERS`."""
        return tuple(
            StatedNumber(
                key, quantity, given, self.name, _BOUNDS.get(key), zero=key in ZERO_ALLOWED
            )
            for key, quantity in NUMBERS.items()
            if (given := getattr(self, key)) is not None
        )

    @property
    def listed(self) -> tuple[StatedNumber, ...]:
        """The stages: numbers in a list, which have no name of their own."""
        return tuple(
            StatedNumber("stages", DURATION, given, self.name, at=("stages", index))
            for index, given in enumerate(self.stages)
        )

    def with_listed(self, index: int, given: Value | str) -> Self:
        """The same component with another stage."""
        own = given if isinstance(given, str) else DURATION.of(given)
        return replace(self, stages=(*self.stages[:index], own, *self.stages[index + 1 :]))

    def with_number(self, key: str, given: Value | str) -> Self:
        """The same component with another number, or parameter, under ``key``."""
        if key not in NUMBERS or getattr(self, key) is None:
            raise no_number(self, key)
        own = given if isinstance(given, str) else NUMBERS[key].of(given)
        return replace(self, **{key: own})  # type: ignore[arg-type]

    def faults(self) -> Iterator[Problem]:
        """Which keys belong together, and which exclude each other."""
        path: Path = ("nodes", self.name)
        states = [key for key in (*NUMBERS, "stages") if getattr(self, key) not in (None, ())]
        starts = [key for key in _STARTS if key in states]
        if not starts and not {"shape", "sigma"} & set(states):
            what = f"node {self.name} has {' and '.join(states)}, and no lifetime"
            right = f"write it beside one of {', '.join(_STARTS)}"
            yield Problem((*path, states[0]), what, right)
        elif len(starts) > 1:
            what = f"node {self.name} has both {starts[0]} and {starts[1]}"
            yield Problem((*path, starts[1]), what, "one lifetime is right: keep one of them")
        yield from self._law_faults(path, states)
        yield from self._upkeep_faults(path, states)

    def _law_faults(self, path: Path, states: list[str]) -> Iterator[Problem]:
        for key, other in _TOGETHER:
            if key in states and other not in states:
                what = f"node {self.name} has {key} without {other}"
                yield Problem((*path, key), what, f"add {other} = ..., or leave {key} out")
        if "shape" in states and not {"mttf", "scale"} & set(states):
            what = f"node {self.name} has shape without mttf or scale"
            yield Problem((*path, "shape"), what, "a shape stands beside mttf or scale")
        if "scale" in states and "shape" not in states:
            what = f"node {self.name} has scale without shape"
            yield Problem((*path, "scale"), what, "add shape = ..., or write mttf for the mean")
        fewest, most = STAGES
        if self.stages and not fewest <= len(self.stages) <= most:
            what = f"node {self.name} has {len(self.stages)} stage" + "s" * (len(self.stages) > 1)
            yield Problem((*path, "stages"), what, f"from {fewest} to {most} are right")

    def _upkeep_faults(self, path: Path, states: list[str]) -> Iterator[Problem]:
        if "takes" in states and "rejuvenate" not in states:
            what = f"node {self.name} has takes without rejuvenate"
            yield Problem((*path, "takes"), what, "takes is how long a rejuvenation lasts")
        if "rejuvenate" in states and "planned" in states:
            what = f"node {self.name} has both rejuvenate and planned"
            yield Problem((*path, "planned"), what, "keep one of them")


__all__ = [
    "MISSION",
    "MOST_SIGMA",
    "NUMBERS",
    "SHAPES",
    "STAGES",
    "ZERO_ALLOWED",
    "LastingComponent",
]
