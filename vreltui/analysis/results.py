"""What the program answers: one plain, immutable value per question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from vreltui.model import Probability, Value

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


Class = Literal["rules", "fits", "limits", "hopeless", "short", "meets", "undecided"]
"""What a choice comes to with every decision as it stands: the first of these that holds."""


@dataclass(frozen=True, slots=True)
class Within:
    """What a choice uses, its class, and what it breaks.

    ``rules`` and ``limits`` are names; ``fits`` are nodes and resources, with how much too much of
    the resource is used there.
    """

    uses: Mapping[str, Fraction]
    kind: Class
    rules: tuple[str, ...] = ()
    fits: tuple[tuple[str, str, Fraction], ...] = ()
    limits: tuple[str, ...] = ()


Measure = Literal["goal", "baseline"]
"""What a choice is measured against."""


@dataclass(frozen=True, slots=True)
class Bound:
    """An end of an open interval: ``source`` says what it comes from; of 0 and 1 nothing does.

    ``at`` is the end rounded into the interval, so that the value typed back in lies inside, and
    with enough digits to be on the same side of the present value as the end itself. Where the end
    is a short decimal, it is that decimal (``exact``). ``figure`` holds doubles, rounded likewise.
    """

    figure: Figure
    at: Probability
    exact: bool = False
    source: Measure | None = None

    @property
    def is_zero(self) -> bool:
        """Whether this is the end of all probabilities at 0."""
        return self.at.written == (1 if self.at.complemented else 0)

    @property
    def is_one(self) -> bool:
        """Whether this is the end of all probabilities at 1."""
        return self.at.written == (0 if self.at.complemented else 1)


ZERO_BOUND = Bound(Figure(0.0, 1.0), Probability(Decimal(0)), exact=True)
ONE_BOUND = Bound(Figure(1.0, 0.0), Probability(Decimal(1)), exact=True)


Digits = Probability | str
"""A figure as a decimal; as a text where it is too near to 0 or to 1 for a decimal to hold it."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A choice's reliability beside the goal or the baseline's, in digits that tell them apart.

    ``sign`` is 1, 0 or -1 where it is greater, equal or less. ``down`` is what the choice lacks to
    1, to a double's accuracy, where the goal is a downtime.
    """

    measure: Measure
    own: Digits
    rival: Digits
    sign: int
    down: float | None = None


@dataclass(frozen=True, slots=True)
class OpenInterval:
    """Values strictly between two bounds."""

    low: Bound
    high: Bound


@dataclass(frozen=True, slots=True)
class BestValue:
    """Why no value of a parameter is enough: what the one that is best for the choice gives.

    ``at`` is 1, unless the parameter moves the baseline too; then it is the value that brings the
    choice nearest, or, where none does (``is_present``), the present one.
    """

    at: Probability
    comparison: Comparison
    is_present: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why no value of a parameter is enough: what the goal asks for, what the baseline allows."""

    goal: tuple[OpenInterval, ...]
    baseline: tuple[OpenInterval, ...]


@dataclass(frozen=True, slots=True)
class ProbabilityThreshold:
    """The values in (0, 1) of a parameter for which the choice meets, all else equal.

    ``parameter`` is its name, or that of a component with a number of its own. ``undecided`` holds
    a reason when the set was not found; ``intervals`` is then empty. Where it is empty otherwise,
    ``why`` shows it, if that can be shown in one line. ``satisfied`` is None where it was not found
    whether the choice meets now.
    """

    parameter: str
    value: Value
    satisfied: bool | None
    intervals: tuple[OpenInterval, ...]
    undecided: str = ""
    why: BestValue | Conflict | None = None

    @property
    def irrelevant(self) -> bool:
        """Whether the choice meets whatever the value."""
        if len(self.intervals) != 1:
            return False
        (interval,) = self.intervals
        return interval.low.is_zero and interval.high.is_one


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
class BestCase:
    """Why a choice is hopeless: with the open parameters at their best it still does not win.

    ``values`` are those of the choice's own open parameters; ``at_worst`` says whether open
    parameters of the baseline were set to their worst.
    """

    values: Mapping[str, Value]
    comparison: Comparison
    at_worst: bool


@dataclass(frozen=True, slots=True)
class SingleChange:
    """One number, a parameter's or a node's own, that would save a choice by itself."""

    threshold: Threshold
    is_parameter: bool


@dataclass(frozen=True, slots=True)
class NothingOpen:
    """A choice fails as it is given, and no range is open.

    ``changes`` are single changes that would save it, smallest first; ``more`` others would too.
    ``joint`` says, where there is none, whether several changes together would; None where that
    was not decided.
    """

    changes: tuple[SingleChange, ...]
    more: int = 0
    joint: bool | None = None


@dataclass(frozen=True, slots=True)
class Proven:
    """A choice is hopeless by a proof that has no short form."""


Hopeless = BestCase | NothingOpen | Proven
"""Why a choice that fails is called hopeless."""


@dataclass(frozen=True, slots=True)
class TimeFigures:
    """The figures of one node, or of a choice; None where they are not said.

    Times are in seconds. ``states`` are the shares of time in each state of a node with moves in
    the long run, ``states_at`` their probabilities at the end of the mission. ``missing`` and
    ``undecided`` give reasons, by the names of the figures.
    """

    reliability: Figure | None = None
    availability: Figure | None = None
    availability_at: Figure | None = None
    availability_over: float | None = None
    mttf_s: float | Literal["infinite"] | None = None
    outages_per_year: float | None = None
    mean_up_s: float | None = None
    mean_down_s: float | None = None
    downtime_s_per_year: float | None = None
    safety: Figure | None = None
    states: Mapping[str, float] | None = None
    states_at: Mapping[str, float] | None = None
    missing: Mapping[str, str] = field(default_factory=dict)
    undecided: Mapping[str, str] = field(default_factory=dict)


BETAS = tuple(Probability.of(text) for text in ("0", "0.01", "0.02", "0.05", "0.1", "0.2", "1"))
"""The betas at which it is asked what common causes would do."""

FigureKey = Literal["unreliability", "unavailability", "mttf_s"]
"""What a figure is called that common causes change."""


@dataclass(frozen=True, slots=True)
class Dependence:
    """What common causes would do to a choice.

    ``sets`` are the redundant nodes; ``figures`` and ``kept`` are one figure for each beta, and
    ``key`` is what those are called.
    ``most`` is where the choice still meets; None where nothing is asked, and ``undecided`` says
    why where it was not found. ``kept`` is None where redundancy gains nothing.
    """

    sets: tuple[str, ...]
    figures: tuple[float, ...]
    kept: tuple[float, ...] | None
    most: tuple[OpenInterval, ...] | None
    undecided: str = ""
    key: FigureKey = "unreliability"
    left_out: tuple[str, ...] = ()
    """Pools with a policy, of which nothing is asked."""


@dataclass(frozen=True, slots=True)
class ChoiceReport:
    """Everything about one choice.

    ``verdict`` is None where nothing is asked of the choice: there is no goal, and no baseline that
    it has to beat. ``figure`` is None, and ``undecided`` holds the reason, when the choice was too
    large to solve. ``digits`` is the reliability in digits that tell it from what it was measured
    against, and ``to_goal`` by how much it exceeds the goal. ``witness`` holds values of open
    parameters with which a short choice meets. ``open_questions`` says of a comparison, or of
    ``importance.NAME``, why it was not decided. Where ``is_listed`` is False, neither thresholds
    nor importances nor nodes were gone through: all of them are undecided.
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
    digits: Digits | None = None
    to_goal: float | None = None
    comparisons: tuple[Comparison, ...] = ()
    hopeless: Hopeless | None = None
    times: Mapping[str, TimeFigures] | None = None
    has_all_times: bool = True
    """Whether ``times`` has all that is said, not only what is measured."""
    open_questions: Mapping[str, str] = field(default_factory=dict)
    is_listed: bool = True
    dependence: Dependence | None = None
    asks_dependence: bool = False
    """Whether it was asked what common causes would do."""
    within: Within | None = None
    """None where the design says nothing that only a space of variants needs."""


@dataclass(frozen=True, slots=True)
class Report:
    """The answer to "what of this design stands?"."""

    choices: Mapping[str, ChoiceReport]
