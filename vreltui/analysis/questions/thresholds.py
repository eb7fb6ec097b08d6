"""The exact set of values of one number for which a choice meets, all else equal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from vreltui.analysis.digits import bound
from vreltui.analysis.questions.amounts import amount_threshold
from vreltui.analysis.questions.best_value import best_value
from vreltui.analysis.questions.counts import count_threshold
from vreltui.analysis.questions.fixed_letters import held_by_causes, most_of_beta
from vreltui.analysis.results import (
    AmountThreshold,
    Conflict,
    CountThreshold,
    Measure,
    OpenInterval,
    ProbabilityThreshold,
    Threshold,
)
from vreltui.analysis.study import Study
from vreltui.engine import crossing
from vreltui.engine.limits import Undecided
from vreltui.engine.program import Source
from vreltui.engine.regions import EVERYWHERE, LEAST, End, Interval, Region, intersect
from vreltui.model import Design, Probability, Value
from vreltui.model.goals import Share
from vreltui.model.numbers import PlainNumber
from vreltui.model.quantities import quantity_of
from vreltui.model.times import Duration, Rate


def threshold(study: Study, choice: str, parameter: str, satisfied: bool | None) -> Threshold:
    """The threshold of a parameter; ``satisfied`` says whether the choice meets now."""
    source = Source(parameter, is_parameter=True)
    return threshold_of(study, choice, source, study.design.value(parameter, choice), satisfied)


def threshold_of(
    study: Study, choice: str, source: Source, value: Value, satisfied: bool | None
) -> Threshold:
    """As :func:`threshold`, also for the own number of one node."""
    if reason := held_by_causes(study.design, choice, source.name):
        return undecided_threshold(study.design, source.name, value, satisfied, reason)
    if isinstance(value, int):
        return count_threshold(study, choice, source, value, satisfied)
    if isinstance(value, Probability):
        return source_threshold(study, choice, source, value, satisfied)
    return amount_threshold(study, choice, source, value, satisfied)


def undecided_threshold(
    design: Design, name: str, value: Value, satisfied: bool | None, reason: str
) -> Threshold:
    """A threshold that was not found, for a reason."""
    match value:
        case int():
            return CountThreshold(name, value, satisfied, (), design.most_copies, reason)
        case Probability():
            return ProbabilityThreshold(name, value, satisfied, (), reason)
        case Duration() | Rate() | PlainNumber():
            return AmountThreshold(name, quantity_of(value).kind, value, satisfied, (), reason)


def source_threshold(
    study: Study, choice: str, source: Source, value: Probability, satisfied: bool | None
) -> ProbabilityThreshold:
    """As :func:`threshold`, also for the own number of one component."""
    try:
        study.budget.check_time("finding a threshold")
        regions = winning_regions(study, choice, source)
        present = value if satisfied else None
        intervals = _bounded(_common(regions), regions, present)
        why = None
        if not intervals:
            parts = {measure: _bounded(region, regions, None) for measure, region in regions}
            if len(parts) == 2 and all(parts.values()):
                why = Conflict(parts["goal"], parts["baseline"])
    except Undecided as reason:
        return ProbabilityThreshold(source.name, value, satisfied, (), str(reason))
    if not intervals and why is None:
        try:
            best = best_value(study, choice, source, value)
        except Undecided:  # no time is left to show why
            best = None
        return ProbabilityThreshold(source.name, value, satisfied, (), why=best)
    return ProbabilityThreshold(source.name, value, satisfied, intervals, why=why)


def winning_region(study: Study, choice: str, source: Source) -> Region:
    """Where in (0, 1) the choice wins all its contests as ``source`` moves."""
    return _common(winning_regions(study, choice, source))


def winning_regions(study: Study, choice: str, source: Source) -> list[tuple[Measure, Region]]:
    """Where the choice wins each contest; those after one that is never won are left out."""
    moves = study.moves(choice, source)
    regions: list[tuple[Measure, Region]] = []
    most = most_of_beta(study.design, choice, source.name)
    for contest in study.contests(choice):
        is_goal = isinstance(contest.rival, Probability | Share)
        measure: Measure = "goal" if is_goal else "baseline"
        region = crossing.winning_region(contest, source, moves)
        if most < 1:  # beyond, the betas of a component come to more than all its failures
            region = intersect(region, (Interval(LEAST, End.at(most)),))
        regions.append((measure, region))
        if not regions[-1][1]:
            break
    return regions


def _common(regions: Sequence[tuple[Measure, Region]]) -> Region:
    common = EVERYWHERE
    for _, region in regions:
        common = intersect(common, region)
    return common


def _bounded(
    region: Region, regions: Sequence[tuple[Measure, Region]], present: Probability | None
) -> tuple[OpenInterval, ...]:
    """Intervals with certified digits; ``present`` is a value that lies in one of them."""
    sources = {
        id(end): measure
        for measure, each in reversed(regions)
        for interval in each
        for end in (interval.low, interval.high)
    }
    holds = None if present is None else _interval_of(region, present)
    found = []
    for number, interval in enumerate(region):
        inside = present.decimal if present is not None and number == holds else None
        low = bound(interval.low, "up", sources.get(id(interval.low)), _below(inside))
        high = bound(interval.high, "down", sources.get(id(interval.high)), _above(inside))
        if low.at.decimal >= high.at.decimal:
            # So narrow that its ends, rounded inwards, passed each other.
            low = bound(interval.low, "up", low.source, _before(interval.high))
            high = bound(interval.high, "down", high.source, _above(low.at.decimal))
        found.append(OpenInterval(low, high))
    return tuple(found)


def _interval_of(region: Region, value: Probability) -> int:
    """The interval in which a value lies that is known to lie in one."""
    end = End.at(value.decimal)
    for number, interval in enumerate(region[:-1]):
        if interval.high.compare(end) > 0:
            return number
    return len(region) - 1


def _below(value: Decimal | None) -> Callable[[Decimal], bool]:
    return lambda end: value is None or end < value


def _above(value: Decimal | None) -> Callable[[Decimal], bool]:
    return lambda end: value is None or end > value


def _before(end: End) -> Callable[[Decimal], bool]:
    return lambda value: End.at(value).compare(end) < 0
