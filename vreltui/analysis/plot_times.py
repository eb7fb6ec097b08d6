"""Plots of designs with lifetimes: each point by the exact engine.

A lifetime is no polynomial that arrays could walk, and a figure of one costs little.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import fmpq

from vreltui.analysis.digits import figure
from vreltui.analysis.mean_report import Means
from vreltui.analysis.plot_curve import Curve
from vreltui.analysis.plot_exact import exact_gain, exact_least_count, exact_threshold, least_of
from vreltui.analysis.plot_reading import Reading
from vreltui.analysis.questions.amounts import winning_amount_region
from vreltui.analysis.questions.fixed_letters import held_by_causes
from vreltui.analysis.questions.mission_figures import Course
from vreltui.analysis.questions.time_figures import a_year, downtime_a_year, mean_of
from vreltui.analysis.questions.unsaid import NOTHING_SAFE, unsaid
from vreltui.analysis.results import Figure
from vreltui.analysis.study import Study
from vreltui.engine.amounts import AmountRegion
from vreltui.engine.limits import Undecided
from vreltui.engine.outages import Frequencies
from vreltui.engine.program import Source
from vreltui.engine.worked_figures import exact
from vreltui.model import Probability, Value
from vreltui.model.numbers import PlainNumber
from vreltui.model.plots import Figured
from vreltui.model.quantities import number
from vreltui.model.safety import speaks_of_safety
from vreltui.model.times import Duration, Rate, unit_of_time

Point = Figure | float | None
"""What is drawn at a point; None where there is no value, as of a mean life that never ends."""

_SAID_AS: dict[Figured, str] = {
    "reliability": "reliability",
    "unreliability": "reliability",
    "availability": "availability",
    "unavailability": "availability",
    "availability_over": "availability_over",
    "downtime": "downtime_s_per_year",
    "outages": "outages_per_year",
    "mttf": "mttf_s",
    "safety": "safety",
    "unsafety": "safety",
}
"""By what name of :class:`TimeFigures` a figure is known."""


def exact_values(curve: Curve, read: Reading) -> list[Point]:
    """What a plot draws at every point. Raises :class:`Undecided` where one was not found."""
    if reason := held_by_causes(curve.study.design, curve.choice, curve.x):
        raise Undecided(reason)
    if read.in_time and read.plot.y == "availability_over":
        return list(_means_in_time(curve, read))
    return [point_at(curve.at(index), read) for index in range(len(curve.xs))]


def point_at(study: Study, read: Reading) -> Point:
    """What a plot draws of the design as it stands. Raises :class:`Undecided`."""
    plot = read.plot
    match plot.y:
        case "threshold":
            assert plot.threshold is not None
            return _threshold(study, plot.choice, plot.threshold)
        case "gain":
            if study.design.measure == "mttf":
                return Means(study, plot.choice).gain()
            return exact_gain(study, plot.choice)
        case "measured":
            raise AssertionError("what is measured is said by its name here")
        case word:
            return _figure(study, read, word)


def _figure(study: Study, read: Reading, word: Figured) -> Point:
    choice = read.plot.choice
    design = study.settled(choice)
    said_as = _SAID_AS[word]
    if read.in_time and said_as == "availability":
        said_as = "availability_at"
    if reason := unsaid(design, choice, design.choices[choice].root, read.measure)[said_as]:
        raise Undecided(reason)
    if said_as == "safety" and not speaks_of_safety(
        design, design.below(design.choices[choice].root)
    ):
        raise Undecided(NOTHING_SAFE)
    evaluation = study.evaluation(choice)
    root = evaluation.program.root
    match word:
        case (
            "reliability"
            | "availability"
            | "safety"
            | "unreliability"
            | "unavailability"
            | "unsafety"
        ):
            own = figure(evaluation.figures())
            if said_as == "availability_at":
                own = Course(evaluation, root).at(_moment(study, choice))
            return _turned(own) if word.startswith("un") else own
        case "availability_over":
            return _share(Course(evaluation, root).mean_until(_moment(study, choice)))
        case "downtime":
            return downtime_a_year(evaluation, root)
        case "outages":
            often = Frequencies(evaluation).of(root)
            assert often is not None
            return a_year(often)
        case "mttf":
            return mean_of(evaluation, root, study.budget)


def _means_in_time(curve: Curve, read: Reading) -> Iterator[Point]:
    """The share of time up until each moment; the course is one and the same."""
    choice = curve.choice
    design = curve.study.settled(choice)
    if reason := unsaid(design, choice, design.choices[choice].root, read.measure)[
        "availability_over"
    ]:
        raise Undecided(reason)
    evaluation = curve.study.evaluation(choice)
    course = Course(evaluation, evaluation.program.root)
    for moment in curve.xs:
        yield _share(course.mean_until(exact(moment)))


def _moment(study: Study, choice: str) -> fmpq:
    mission = study.design.mission_time(choice)
    assert mission is not None
    return exact(mission)


def _share(value: float) -> Figure:
    return Figure(value, 1 - value)


def _turned(own: Figure) -> Figure:
    return Figure(own.unreliability, own.reliability)


def _threshold(study: Study, choice: str, name: str) -> Point:
    source = Source(name, is_parameter=True)
    value = study.design.value(name, choice)
    match value:
        case int() if study.design.measure == "mttf":
            return least_of(Means(study, choice).count_threshold(source, value, None))
        case int():
            return exact_least_count(study, choice, source)
        case Probability():
            return exact_threshold(study, choice, source)
        case Duration() | Rate() | PlainNumber():
            bound = _bound(amount_region(study, choice, source, value))
            return None if bound is None else in_unit_of(value, bound)


def amount_region(study: Study, choice: str, source: Source, value: Value) -> AmountRegion:
    """The amounts for which a choice meets, under whatever is measured."""
    if study.design.measure == "mttf":
        return Means(study, choice).winning_region(source, value)
    return winning_amount_region(study, choice, source, value)


def _bound(region: AmountRegion) -> Fraction | None:
    """What must be exceeded; else what must not be reached; 0 where all will do, None for none."""
    if not region:
        return None
    if region[0].low is not None:
        return region[0].low.above
    return Fraction(0) if region[0].high is None else region[0].high.below


def in_unit_of(value: Value, exact: Fraction) -> float:
    """An amount of seconds, times a second or ones, in the unit in which a value is written."""
    return (
        float(exact / unit_of_time(value.unit))
        if isinstance(value, Duration | Rate)
        else float(exact)
    )


def across(value: Value, start: Value) -> Figure | float:
    """A value along an axis: an amount in the unit in which the axis begins."""
    match value:
        case Probability():
            return Figure(float(value.reliability), float(value.unreliability))
        case int():
            return float(value)
        case Duration() | Rate() | PlainNumber():
            return in_unit_of(start, Fraction(number(value)))
