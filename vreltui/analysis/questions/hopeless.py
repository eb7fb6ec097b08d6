"""Why a choice that fails is hopeless; and where nothing is open, what would save it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal

from vreltui.analysis.digits import Number, compared
from vreltui.analysis.questions.thresholds import threshold_of
from vreltui.analysis.questions.verdict import best_case
from vreltui.analysis.results import (
    AmountThreshold,
    BestCase,
    Bound,
    CountThreshold,
    Hopeless,
    NothingOpen,
    Proven,
    SingleChange,
    Threshold,
)
from vreltui.analysis.study import Study
from vreltui.engine.boxes import Box, Duel, find_win
from vreltui.engine.contest import Contest
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Undecided
from vreltui.engine.program import Source
from vreltui.model import Probability, Value
from vreltui.model.lasting import MISSION
from vreltui.model.own_numbers import is_listed
from vreltui.model.quantities import number

MOST_CHANGES = 6
"""The most single changes that are named."""

MOST_ASKED = 60
"""Of more numbers than this, those are looked at that promise to need the smallest change."""

_ALL = (Decimal(0), Decimal(1))


def hopeless(study: Study, choice: str, thresholds: dict[str, Threshold]) -> Hopeless:
    """Why the open parameters cannot save a choice; ``thresholds`` are those of parameters."""
    if not is_open(study, choice):
        return _nothing_open(study, choice, thresholds)
    best = best_case(study, choice)
    if best is None:
        return Proven()
    goal, rival = study.design.target, best.rival
    if goal is not None:
        sign = Contest(best.own, goal, study.budget).sign()
        if sign <= 0:
            found = compared(_number(best.own), goal, sign, "goal")
            return BestCase(best.own_values, found, at_worst=False)
    if rival is not None:
        sign = Contest(best.own, rival, study.budget).sign()
        if sign <= 0:
            found = compared(_number(best.own), _number(rival), sign, "baseline")
            return BestCase(best.own_values, found, at_worst=True)
    return Proven()


def is_open(study: Study, choice: str) -> bool:
    """Whether a parameter that the choice or its baseline reads is open to the choice."""
    design = study.design
    return any(
        design.parameters[name].is_open and name not in design.choices[choice].set
        for name in study.parameters(choice)
    )


def _number(evaluation: Evaluation) -> Number:
    return lambda bits: evaluation.pair(bits=bits)


# Nothing is open


def _nothing_open(study: Study, choice: str, thresholds: dict[str, Threshold]) -> NothingOpen:
    changes = [
        SingleChange(threshold, is_parameter=True)
        for threshold in thresholds.values()
        if not threshold.undecided and _saves(threshold)
    ]
    undecided = any(threshold.undecided for threshold in thresholds.values())
    for source, value in _own_numbers(study, choice):
        found = threshold_of(study, choice, source, value, satisfied=False)
        undecided = undecided or bool(found.undecided)
        if not found.undecided and _saves(found):
            changes.append(SingleChange(found, is_parameter=False))
    changes.sort(key=lambda change: _size(change.threshold))
    joint = None if changes or undecided else _several_would_do(study, choice)
    return NothingOpen(tuple(changes[:MOST_CHANGES]), max(0, len(changes) - MOST_CHANGES), joint)


def _saves(threshold: Threshold) -> bool:
    if isinstance(threshold, CountThreshold):
        return bool(threshold.ranges)
    return bool(threshold.intervals)


def _own_numbers(study: Study, choice: str) -> Iterator[tuple[Source, Value]]:
    """The numbers of nodes' own below a choice; of many, the promising ones."""
    evaluation = study.evaluation(choice)
    own = [
        (source, value)
        for source, value in evaluation.values.items()
        if not source.is_parameter and source.name != MISSION and not is_listed(source.name)
    ]
    if len(own) > MOST_ASKED:
        own.sort(key=lambda pair: _promise(evaluation, *pair), reverse=True)
    yield from own[:MOST_ASKED]


def _promise(evaluation: Evaluation, source: Source, value: Value) -> float:
    """How much R could gain from a number at most, if it acted along a line."""
    if not isinstance(value, Probability) or source not in evaluation.program.leaves:
        return math.inf
    return float(evaluation.slope(source)) * float(value.unreliability)


def _size(threshold: Threshold) -> float:
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
    here = _log_odds(float(value.reliability), float(value.unreliability))
    ends = [_end(end) for each in threshold.intervals for end in (each.low, each.high)]
    return min(abs(end - here) for end in ends)


def _amount_size(threshold: AmountThreshold) -> float:
    scale = 3600 if threshold.kind == "rate" else 1
    now = float(number(threshold.value)) * scale
    ends = [end.figure for each in threshold.intervals for end in (each.low, each.high) if end]
    sizes = [abs(math.log(end / now)) for end in ends if end > 0 and now > 0]
    return min(sizes, default=0.0)


def _end(bound: Bound) -> float:
    return _log_odds(bound.figure.reliability, bound.figure.unreliability)


def _log_odds(r: float, q: float) -> float:
    if r == 0 or q == 0:
        return -math.inf if r == 0 else math.inf
    return math.log(r) - math.log(q)


def _several_would_do(study: Study, choice: str) -> bool | None:
    """Whether all numbers together could save a choice that no single one can."""
    design = study.design
    own = study.evaluation(choice)
    rival = None
    if study.is_rival(choice):
        assert design.baseline is not None
        rival = study.evaluation(design.baseline)
    box: Box = {}
    best: dict[Source, Value] = {}
    worst: dict[Source, Value] = {}
    if own.leaf_figures or (rival is not None and rival.leaf_figures):
        return None  # how far times may go, nobody says
    for source in own.program.leaves:
        moves = rival is not None and source in rival.program.leaves
        if moves and study.moves(choice, source)[1]:
            box[source] = _ALL
        elif own.program.direction(source) == 1:
            best[source] = Probability(Decimal(1))
        else:
            return None
    for source in rival.program.leaves if rival is not None else ():
        if source not in own.program.leaves and study.moves(choice, source)[1]:
            if rival is not None and rival.program.direction(source) != 1:
                return None
            worst[source] = Probability(Decimal(0))
    duel = Duel(
        own.changed(best),
        design.target,
        rival.changed(worst) if rival is not None else None,
        study.budget,
    )
    try:
        return find_win(duel, box) is not None
    except Undecided:
        return None
