"""Which single changes would make a choice meet, found in a process of its own."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from vreltui.analysis.digits import figure
from vreltui.analysis.questions.least_pair import least_pair
from vreltui.analysis.questions.meeting import meets
from vreltui.analysis.questions.single_changes import log_odds, single_changes, size_of
from vreltui.analysis.questions.time_figures import mean_of
from vreltui.analysis.questions.unreliability_shares import shares
from vreltui.analysis.report import examine_choice
from vreltui.analysis.results import ChoiceReport, CountThreshold, SingleChange
from vreltui.analysis.study import Study
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Undecided
from vreltui.engine.program import Source
from vreltui.model import Design, Pool, Value, VreltuiError
from vreltui.model.edits import Position
from vreltui.wording.numerals import value_words
from vreltui.wording.sentences import change_words
from vreltui.workbench.commands.hold_value import needed_value
from vreltui.workbench.commands.remedies import (
    IntoHypervisor,
    OtherNumbers,
    Remedies,
    Remedy,
    Second,
)

MOST_SHOWN = 8
"""The most changes that are listed."""

MOST_PLACES = 12
"""The nodes that are replaced by way of trial: those with the largest shares."""


def find(question: tuple[Design, str]) -> Remedies:
    """The changes that would make a choice of a design meet, the smallest first."""
    design, choice = question
    study = Study(design)
    report = examine_choice(study, choice)
    if report.verdict not in ("short", "hopeless"):
        return Remedies(choice)
    try:
        study.start_budget()
        single = [*_numbers(study, report), *_structures(study, choice)]
        single.sort(key=lambda each: (each.nines, each.words))
        if single:
            return Remedies(choice, tuple(single[:MOST_SHOWN]), max(0, len(single) - MOST_SHOWN))
        pair = _pair(study, choice)
    except Undecided as reason:
        return Remedies(choice, why=f"undecided: {reason}")
    if pair is None:
        return Remedies(choice, why="no single change would do it, and no two numbers together")
    return Remedies(choice, (pair,))


# Numbers


def _numbers(study: Study, report: ChoiceReport) -> Iterator[Remedy]:
    design, choice = study.design, report.choice
    if design.measure == "mttf":
        return  # a mean life is compared otherwise, and thresholds stand in the report
    mine = {source.name for source in study.evaluation(choice).values if source.is_parameter}
    asked = {name: found for name, found in report.thresholds.items() if name in mine}
    for change in single_changes(study, choice, asked)[0]:
        remedy = _number(study, choice, change)
        if remedy is not None and _gain_if_it_meets(study, choice, remedy) is not None:
            yield remedy


def _number(study: Study, choice: str, change: SingleChange) -> Remedy | None:
    design, threshold = study.design, change.threshold
    name = threshold.parameter
    allowed = design.parameters[name].values if change.is_parameter else ()
    try:
        value = needed_value(threshold, allowed)
    except VreltuiError:
        return None
    if isinstance(threshold, CountThreshold):
        source = Source(name, is_parameter=change.is_parameter)
        nines = _nines_of_pools(study, choice, source, value)
    else:
        nines = size_of(threshold) / math.log(10)
    words = f"{change_words(design, change, with_title=False)}, now {value_words(threshold.value)}"
    return OtherNumbers(words, nines, _users(design, choice, name), choice, ((name, value),))


def _nines_of_pools(study: Study, choice: str, source: Source, value: Value) -> float:
    """By how many nines the pools move whose copies a number counts: the most of them."""
    own = study.evaluation(choice)
    other = own.changed({source: value})
    return max(
        (abs(_nines(own, slot) - _nines(other, slot)) for slot in own.program.pools[source]),
        default=0.0,
    )


def _nines(evaluation: Evaluation, slot: int | None = None) -> float:
    found = figure(evaluation.figures(slot))
    return log_odds(found.reliability, found.unreliability) / math.log(10)


def _users(design: Design, choice: str, name: str) -> tuple[str, ...]:
    below = (design.choices[choice].root, *design.below(design.choices[choice].root))
    used = [node for node in below if name == node or name in design.nodes[node].parameters]
    return tuple(dict.fromkeys(used))


def _pair(study: Study, choice: str) -> Remedy | None:
    design = study.design
    if design.measure == "mttf":
        return None
    found = least_pair(study, choice)
    if found is None:
        return None
    words = " and ".join(f"{name} to {value_words(value)}" for name, value in found.values)
    nodes = [node for name, _ in found.values for node in _users(design, choice, name)]
    remedy = OtherNumbers(
        f"{words} together; neither alone", found.nines, tuple(nodes), choice, found.values
    )
    return None if _gain_if_it_meets(study, choice, remedy) is None else remedy


# Structures


def _structures(study: Study, choice: str) -> Iterator[Remedy]:
    """Nodes that would do it doubled, or moved into the hypervisor; of many, those that matter."""
    design = study.design
    share = shares(study, choice)[0]
    places = sorted(_places(design, choice), key=lambda place: -share.get(place[1], 0.0))
    for position, name in places[:MOST_PLACES]:
        study.budget.check_time("trying single changes")
        twice = "all of it twice" if position.is_root else f"a second {name}"
        tries: list[Remedy] = [
            IntoHypervisor(f"{name} in the hypervisor", 0.0, (name,), position),
        ]
        if not isinstance(design.nodes[name], Pool):  # of a pool, one more copy does it
            tries.append(Second(twice, 0.0, (name,), position))
        for remedy in tries:
            nines = _gain_if_it_meets(study, choice, remedy)
            if nines is not None:
                yield replace(remedy, nines=nines)


def _gain_if_it_meets(study: Study, choice: str, remedy: Remedy) -> float | None:
    """By how many nines the choice moves; None where it does not meet then."""
    try:
        edited = remedy.edited(study.design)
    except VreltuiError:
        return None
    other = Study(edited.design, study)
    other.start_budget(study.budget)
    made = edited.position.choice
    if not meets(other, made):
        return None
    return _standing(other, made) - _standing(study, choice)


def _standing(study: Study, choice: str) -> float:
    """The nines of a choice; of a mean life its logarithm, as 1 over it stands for Q."""
    evaluation = study.evaluation(choice)
    if study.design.measure != "mttf":
        return _nines(evaluation)
    mean = mean_of(evaluation, evaluation.program.root, study.budget)
    return math.inf if mean is None else math.log10(mean)


def _places(design: Design, choice: str) -> Iterator[tuple[Position, str]]:
    """The first place of each node in the tree of a choice."""
    waiting = [(Position(choice), design.choices[choice].root)]
    seen = set()
    while waiting:
        position, name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        yield position, name
        children = design.nodes[name].children
        waiting += [(position.child(at), child) for at, child in enumerate(children)]
