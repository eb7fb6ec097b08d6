"""The exact set of values of one parameter for which a choice meets, all else equal."""

from __future__ import annotations

from vreltui.analysis.digits import bound
from vreltui.analysis.questions.amounts import amount_threshold
from vreltui.analysis.questions.counts import count_threshold
from vreltui.analysis.results import (
    OpenInterval,
    ProbabilityThreshold,
    Threshold,
)
from vreltui.analysis.study import Study
from vreltui.engine import crossing
from vreltui.engine.limits import Undecided, tick
from vreltui.engine.program import Source
from vreltui.engine.regions import EVERYWHERE, Region, intersect
from vreltui.model import Probability


def threshold(study: Study, choice: str, parameter: str, satisfied: bool | None) -> Threshold:
    """The threshold of a parameter; ``satisfied`` says whether the choice meets now."""
    source = Source(parameter, is_parameter=True)
    value = study.design.value(parameter, choice)
    if isinstance(value, int):
        return count_threshold(study, choice, source, value, satisfied)
    if isinstance(value, Probability):
        return source_threshold(study, choice, source, value, satisfied)
    return amount_threshold(study, choice, source, value, satisfied)


def source_threshold(
    study: Study, choice: str, source: Source, value: Probability, satisfied: bool | None
) -> ProbabilityThreshold:
    """As :func:`threshold`, also for the own number of one component."""
    tick()
    try:
        intervals = tuple(
            OpenInterval(bound(interval.low, "up"), bound(interval.high, "down"))
            for interval in winning_region(study, choice, source)
        )
    except Undecided as reason:
        return ProbabilityThreshold(source.name, value, satisfied, (), str(reason))
    return ProbabilityThreshold(source.name, value, satisfied, intervals)


def winning_region(study: Study, choice: str, source: Source) -> Region:
    """Where in (0, 1) the choice wins all its contests as ``source`` moves."""
    moves = study.moves(choice, source)
    region = EVERYWHERE
    for contest in study.contests(choice):
        region = intersect(region, crossing.winning_region(contest, source, moves))
        if not region:
            break
    return region
