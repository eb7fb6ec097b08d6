"""Which single changes would make a choice meet, found in a process of its own."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace

from flint import arb

from vreltui.analysis.digits import figure
from vreltui.analysis.questions.doubled import doubled, places_of
from vreltui.analysis.questions.least_changes import least_changes
from vreltui.analysis.questions.least_pair import MOST_FIRST, is_of_many, least_pair
from vreltui.analysis.questions.meeting import meets
from vreltui.analysis.questions.single_changes import log_odds, single_changes, size_of
from vreltui.analysis.questions.time_figures import mean_of
from vreltui.analysis.questions.within import is_explored
from vreltui.analysis.report import examine_choice
from vreltui.analysis.results import CountThreshold, ProbabilityThreshold, SingleChange
from vreltui.analysis.study import Study
from vreltui.engine.balls import WORKING_BITS, PairOfBalls, accurate, nearest_double, precision
from vreltui.engine.contest import Contest, margin
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Undecided
from vreltui.engine.program import Source
from vreltui.model import Design, Pool, Value, VreltuiError
from vreltui.model.edits import Position
from vreltui.model.quantities import is_within
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
"""The nodes that are replaced by way of trial: those that cost most."""


_last: list[Study] = []
"""The study of the design that was asked about last: most of it stays after an edit of numbers."""

Users = Mapping[str, tuple[str, ...]]
"""The nodes that each number is about."""


def find(question: tuple[Design, str]) -> Remedies:
    """The changes that would make a choice of a design meet, the smallest first."""
    design, choice = question
    study = Study(design, _last[0] if _last else None)
    _last[:] = [study]
    try:
        study.start_budget()
        if not study.is_asked(choice) or meets(study, choice):
            return Remedies(choice)
        study.start_budget()
        numbers, more = _numbers(study, choice)
        single: list[Remedy] = [*numbers, *_structures_that_do(study, choice)]
        single.sort(key=lambda each: (each.nines, each.words))
        if single:
            more += max(0, len(single) - MOST_SHOWN)
            return Remedies(choice, tuple(single[:MOST_SHOWN]), more)
        pair = _pair(study, choice)
    except Undecided as reason:
        return Remedies(choice, why=f"undecided: {reason}")
    if pair is None:
        two = "no two numbers together"
        if is_of_many(study, choice):
            two = f"none of the {MOST_FIRST} numbers that gain most with another one"
        return Remedies(choice, why=f"no single change would do it, and {two}")
    return Remedies(choice, (pair,))


# Numbers


def _numbers(study: Study, choice: str) -> tuple[list[OtherNumbers], int]:
    """The smallest changes of one number; and how many more would do it."""
    if study.design.measure == "mttf":
        return [], 0  # a mean life is compared otherwise, and thresholds stand in the report
    explored = is_explored(study.design)
    if explored:
        # What a space asks of a choice narrows its thresholds, too.
        mine = {source.name for source in study.evaluation(choice).values if source.is_parameter}
        asked = examine_choice(study, choice, study.budget).thresholds
        changes = single_changes(study, choice, {n: t for n, t in asked.items() if n in mine})[0]
        more = 0
    else:
        changes, more = least_changes(study, choice, MOST_SHOWN)
    users = _users(study.design, choice)
    alone = not explored and not study.design.causes
    found = []
    for change in changes:
        remedy = _number(study, choice, change, users)
        if remedy is not None and _does_it(study, choice, remedy, change, alone=alone):
            found.append(remedy)
    return found, more


def _does_it(
    study: Study, choice: str, remedy: OtherNumbers, change: SingleChange, *, alone: bool
) -> bool:
    """Whether a choice with another number meets; ``alone`` where no more hangs on numbers."""
    if not alone or not isinstance(change.threshold, ProbabilityThreshold):
        return _gain_if_it_meets(study, choice, remedy) is not None
    source = Source(change.threshold.parameter, is_parameter=change.is_parameter)
    own = study.evaluation(choice).changed({source: remedy.values[0][1]})
    return all(
        Contest(own, contest.rival, study.budget).sign() > 0 for contest in study.contests(choice)
    )


def _number(study: Study, choice: str, change: SingleChange, users: Users) -> OtherNumbers | None:
    design, threshold = study.design, change.threshold
    name = threshold.parameter
    allowed = design.parameters[name].values if change.is_parameter else ()
    try:
        value = needed_value(threshold, allowed)
    except VreltuiError:
        return None
    ends = design.parameters[name].range if change.is_parameter else None
    if not is_within(value, ends):
        return None
    if isinstance(threshold, CountThreshold):
        source = Source(name, is_parameter=change.is_parameter)
        nines = _nines_of_pools(study, choice, source, value)
    else:
        nines = size_of(threshold) / math.log(10)
    words = f"{change_words(design, change, with_title=False)}, now {value_words(threshold.value)}"
    return OtherNumbers(words, nines, users.get(name, ()), choice, ((name, value),))


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


def _users(design: Design, choice: str) -> Users:
    """The nodes of a choice that read each parameter; each node by its own name."""
    found: dict[str, tuple[str, ...]] = {}
    for node in design.below(design.choices[choice].root):
        for name in dict.fromkeys((node, *design.nodes[node].parameters)):
            found[name] = (*found.get(name, ()), node)
    return found


def _pair(study: Study, choice: str) -> Remedy | None:
    design = study.design
    if design.measure == "mttf":
        return None
    found = least_pair(study, choice)
    if found is None:
        return None
    words = " and ".join(f"{name} to {value_words(value)}" for name, value in found.values)
    users = _users(design, choice)
    nodes = [node for name, _ in found.values for node in users.get(name, ())]
    remedy = OtherNumbers(
        f"{words} together; neither alone", found.nines, tuple(nodes), choice, found.values
    )
    return None if _gain_if_it_meets(study, choice, remedy) is None else remedy


# Structures


def _structures_that_do(study: Study, choice: str) -> Iterator[Remedy]:
    """Nodes that would do it doubled, or moved into the hypervisor; of many, those that matter."""
    design = study.design
    weight = _weights(study, choice)
    # What a space asks of a choice is not told by derivatives.
    above = None if is_explored(design) else places_of(design, choice)
    places = sorted(_places(design, choice), key=lambda place: -weight.get(place[1], 0.0))
    for position, name in places[:MOST_PLACES]:
        study.budget.check_time("trying single changes")
        moved = IntoHypervisor(f"{name} in the hypervisor", 0.0, (name,), position)
        nines = _gain_if_it_meets(study, choice, moved)
        if nines is not None:
            yield replace(moved, nines=nines)
        if not isinstance(design.nodes[name], Pool):  # of a pool, one more copy does it
            twice = "all of it twice" if position.is_root else f"a second {name}"
            remedy = Second(twice, 0.0, (name,), position)
            nines = _gain_of_a_second(study, choice, remedy, above)
            if nines is not None:
                yield replace(remedy, nines=nines)


def _weights(study: Study, choice: str) -> Mapping[str, float]:
    """How much more would work if a node did, in all places where it stands: its derivative's."""
    if study.design.measure == "mttf":
        return {}  # a mean life is made of no probabilities
    own = study.evaluation(choice)
    slopes, (_, q) = own.slopes(), own.pairs()
    return {name: float(slopes[slot]) * float(q[slot]) for name, slot in own.program.nodes.items()}


def _gain_of_a_second(
    study: Study, choice: str, remedy: Second, above: Mapping[str, list[str]] | None
) -> float | None:
    """As :func:`_gain_if_it_meets`, from derivatives where these tell with certainty."""
    two = None if above is None else doubled(study, choice, remedy.nodes[0], above)
    if two is None:
        return _gain_if_it_meets(study, choice, remedy)
    if any(each < 0 for each in _margins(study, choice, two.by_slope())):
        return None
    pair = two.pair()
    if all(each > 0 for each in _margins(study, choice, pair)) and all(map(accurate, pair)):
        after = log_odds(nearest_double(pair[0]), nearest_double(pair[1]))
        return after / math.log(10) - _standing(study, choice)
    return _gain_if_it_meets(study, choice, remedy)


def _margins(study: Study, choice: str, pair: PairOfBalls) -> list[arb]:
    """By how much a choice that comes to a pair exceeds what it has to."""
    with precision(WORKING_BITS):
        contests = study.contests(choice)
        return [margin(pair, contest.rival_pair(WORKING_BITS)) for contest in contests]


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
