"""What the program answers: one plain, immutable value per question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from vreltui.model import Value

Verdict = Literal["meets", "short", "hopeless", "undecided"]
AgainstGoal = Literal["above", "equal", "below"]
AgainstBaseline = Literal["better", "equal", "worse"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A probability and its complement, each the double nearest to the exact value.

    Where the smaller of them is too small for a double and yet not 0, ``tiny`` holds its digits.
    """

    reliability: float
    unreliability: float
    tiny: str = ""


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
    ``satisfied`` is None where it was not found whether the choice meets now.
    """

    parameter: str
    value: Value
    satisfied: bool | None
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
    """The whole numbers from 1 to ``most`` for which the choice meets, as closed ranges.

    ``undecided`` and ``satisfied`` are as in :class:`ProbabilityThreshold`.
    """

    parameter: str
    value: int
    satisfied: bool | None
    ranges: tuple[tuple[int, int], ...]
    most: int
    undecided: str = ""

    @property
    def irrelevant(self) -> bool:
        """Whether the choice meets whatever the count."""
        return self.ranges == ((1, self.most),)


@dataclass(frozen=True, slots=True)
class AmountBound:
    """An end of an open interval of a time (in seconds), a rate (per hour) or a number.

    ``text`` holds its digits, rounded into the interval, in a unit that people use.
    """

    figure: float
    text: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class AmountInterval:
    """Values strictly between two bounds; None where there is none."""

    low: AmountBound | None
    high: AmountBound | None


@dataclass(frozen=True, slots=True)
class AmountThreshold:
    """The values of a time, rate or number for which the choice meets, all else equal.

    ``kind`` is "time", "rate" or "number". ``undecided`` holds a reason when the set was not found.
    """

    parameter: str
    kind: str
    value: Value
    satisfied: bool | None
    intervals: tuple[AmountInterval, ...]
    undecided: str = ""

    @property
    def irrelevant(self) -> bool:
        """Whether the choice meets whatever the value."""
        return self.intervals == (AmountInterval(None, None),)


Threshold = ProbabilityThreshold | CountThreshold | AmountThreshold


@dataclass(frozen=True, slots=True)
class ChoiceReport:
    """Everything about one choice.

    ``verdict`` is None where nothing is asked of the choice: there is no goal, and no baseline that
    it has to beat. ``figure`` is None, and ``undecided`` holds the reason, when the choice was too
    large to solve. ``witness`` holds values of open parameters with which a short choice meets.
    ``open_questions`` says of a comparison, or of ``importance.NAME``, why it was not decided.
    """

    choice: str
    title: str
    figure: Figure | None
    verdict: Verdict | None
    against_goal: AgainstGoal | None
    against_baseline: AgainstBaseline | None
    thresholds: Mapping[str, Threshold]
    importance: Mapping[str, float]
    nodes: Mapping[str, Figure]
    witness: Mapping[str, Value] | None = None
    undecided: str = ""
    sentences: Mapping[str, str] | None = None
    reasons: tuple[str, ...] = ()
    open_questions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """The answer to "what of this design stands?"."""

    choices: Mapping[str, ChoiceReport]
