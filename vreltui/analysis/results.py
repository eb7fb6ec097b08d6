"""What the program answers: one plain, immutable value per question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from vreltui.model import Value

Verdict = Literal["meets", "short", "hopeless", "undecided"]
AgainstGoal = Literal["above", "equal", "below"]
AgainstBaseline = Literal["better", "equal", "worse"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A probability and its complement, each the double nearest to the exact value."""

    reliability: float
    unreliability: float


@dataclass(frozen=True, slots=True)
class Bound:
    """An end of an open interval.

    ``text`` holds the digits of the end rounded into the interval, so that the value typed back in
    lies inside; where the end is a short decimal, it is that decimal itself.
    """

    figure: Figure
    text: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class OpenInterval:
    """Values strictly between two bounds."""

    low: Bound
    high: Bound


@dataclass(frozen=True, slots=True)
class ProbabilityThreshold:
    """The values in (0, 1) of a parameter for which the choice meets, all else equal.

    ``undecided`` holds a reason when the set was not found; ``intervals`` is then empty.
    """

    parameter: str
    value: Value
    satisfied: bool
    intervals: tuple[OpenInterval, ...]
    undecided: str = ""

    @property
    def irrelevant(self) -> bool:
        """Whether the choice meets whatever the value."""
        return len(self.intervals) == 1 and (
            self.intervals[0].low.figure.reliability == 0.0
            and self.intervals[0].high.figure.unreliability == 0.0
        )


@dataclass(frozen=True, slots=True)
class CountThreshold:
    """The whole numbers from 1 to ``most`` for which the choice meets, as closed ranges."""

    parameter: str
    value: int
    satisfied: bool
    ranges: tuple[tuple[int, int], ...]
    most: int
    undecided: str = ""

    @property
    def irrelevant(self) -> bool:
        """Whether the choice meets whatever the count."""
        return self.ranges == ((1, self.most),)


Threshold = ProbabilityThreshold | CountThreshold


@dataclass(frozen=True, slots=True)
class ChoiceReport:
    """Everything about one choice.

    ``figure`` is None, and ``undecided`` holds the reason, when the choice was too large to solve.
    ``witness`` holds values of open parameters with which a short choice meets.
    """

    choice: str
    title: str
    figure: Figure | None
    verdict: Verdict
    against_goal: AgainstGoal | None
    against_baseline: AgainstBaseline | None
    thresholds: Mapping[str, Threshold]
    importance: Mapping[str, float]
    nodes: Mapping[str, Figure]
    witness: Mapping[str, Value] | None = None
    undecided: str = ""
    sentences: Mapping[str, str] | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The answer to "what of this design stands?"."""

    choices: Mapping[str, ChoiceReport]
