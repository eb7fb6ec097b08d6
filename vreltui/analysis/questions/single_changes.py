"""The numbers of a choice of which one alone, moved, makes it meet; the smallest change first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from vreltui.analysis.questions.thresholds import threshold_of
from vreltui.analysis.results import (
    AmountThreshold,
    Bound,
    CountThreshold,
    SingleChange,
    Threshold,
)
from vreltui.analysis.study import Study
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.program import Source
from vreltui.model import Probability, Value
from vreltui.model.lasting import MISSION
from vreltui.model.own_numbers import is_listed
from vreltui.model.quantities import number

MOST_ASKED = 60
"""Of more numbers than this, those are looked at that promise to need the smallest change."""


def single_changes(
    study: Study, choice: str, thresholds: dict[str, Threshold]
) -> tuple[list[SingleChange], bool]:
    """What moves of one number would save a choice that fails; and whether one was not decided.

    ``thresholds`` are those of parameters.
    """
    changes = [
        SingleChange(threshold, is_parameter=True)
        for threshold in thresholds.values()
        if not threshold.undecided and saves(threshold)
    ]
    undecided = any(threshold.undecided for threshold in thresholds.values())
    evaluation = study.evaluation(choice)
    own = (each for each in varied_numbers(study, choice) if not each[0].is_parameter)
    for source, value in promising(evaluation, own):
        found = threshold_of(study, choice, source, value, satisfied=False)
        undecided = undecided or bool(found.undecided)
        if not found.undecided and saves(found):
            changes.append(SingleChange(found, is_parameter=False))
    changes.sort(key=lambda change: size_of(change.threshold))
    return changes, undecided


def saves(threshold: Threshold) -> bool:
    """Whether some value would do."""
    if isinstance(threshold, CountThreshold):
        return bool(threshold.ranges)
    return bool(threshold.intervals)


def varied_numbers(study: Study, choice: str) -> Iterator[tuple[Source, Value]]:
    """The numbers of a choice that may be others: parameters, and nodes' own."""
    for source, value in study.evaluation(choice).values.items():
        if source.is_parameter or (source.name != MISSION and not is_listed(source.name)):
            yield source, value


def promising(
    evaluation: Evaluation, numbers: Iterable[tuple[Source, Value]]
) -> list[tuple[Source, Value]]:
    """All parameters of some numbers; of many that are nodes' own, those that promise most."""
    numbers = list(numbers)
    own = [each for each in numbers if not each[0].is_parameter]
    if len(own) > MOST_ASKED:
        own.sort(key=lambda pair: _promise(evaluation, *pair), reverse=True)
    return [*(each for each in numbers if each[0].is_parameter), *own[:MOST_ASKED]]


def _promise(evaluation: Evaluation, source: Source, value: Value) -> float:
    """How much R could gain from a number at most, if it acted along a line."""
    if not isinstance(value, Probability) or source not in evaluation.program.leaves:
        return math.inf
    return float(evaluation.slope(source)) * float(value.unreliability)


def size_of(threshold: Threshold) -> float:
    """How large a change a threshold asks for: in log odds, or as the logarithm of a ratio."""
    if isinstance(threshold, CountThreshold):
        count = threshold.value
        return min(
            abs(math.log(max(low, min(count, high)) / count)) for low, high in threshold.ranges
        )
    if isinstance(threshold, AmountThreshold):
        return _amount_size(threshold)
    value = threshold.value
    assert isinstance(value, Probability)
    here = log_odds(float(value.reliability), float(value.unreliability))
    ends = [_end(end) for each in threshold.intervals for end in (each.low, each.high)]
    # From an end itself, every move is without end.
    return min(math.inf if end == here else abs(end - here) for end in ends)


def _amount_size(threshold: AmountThreshold) -> float:
    scale = 3600 if threshold.kind == "rate" else 1
    now = float(number(threshold.value)) * scale
    ends = [end.figure for each in threshold.intervals for end in (each.low, each.high) if end]
    sizes = [abs(math.log(end / now)) for end in ends if end > 0 and now > 0]
    return min(sizes, default=0.0)


def _end(bound: Bound) -> float:
    return log_odds(bound.figure.reliability, bound.figure.unreliability)


def log_odds(r: float, q: float) -> float:
    """The natural logarithm of R over 1 - R, at the ends too."""
    if r == 0 or q == 0:
        return -math.inf if r == 0 else math.inf
    return math.log(r) - math.log(q)
