"""Whether a choice keeps the rules, fits and is within the limits; the class that this makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import prod
from typing import Literal

from vreltui.analysis.questions.verdict import MOST_COUNTS_TRIED, Standing, standing
from vreltui.analysis.results import (
    AmountThreshold,
    Class,
    CountThreshold,
    ProbabilityThreshold,
    Threshold,
    Within,
)
from vreltui.analysis.study import Study
from vreltui.engine.limits import Undecided
from vreltui.model import Design, Value
from vreltui.model.instances import Copies, amounts, needs, uses
from vreltui.model.keeping import broken_rules
from vreltui.model.quantities import COUNT
from vreltui.model.settling import options_of, reached, settled

Broken = Literal["rules", "fits", "limits"]


@dataclass(frozen=True, slots=True)
class Keeping:
    """What a choice uses as it stands, and what it breaks: rules, fits and limits by name."""

    uses: Mapping[str, Fraction]
    rules: tuple[str, ...]
    fits: tuple[tuple[str, str, Fraction], ...]
    limits: tuple[str, ...]

    @property
    def broken(self) -> Broken | None:
        """The first that it breaks."""
        if self.rules:
            return "rules"
        if self.fits:
            return "fits"
        return "limits" if self.limits else None


def is_explored(design: Design) -> bool:
    """Whether a design says anything that only a space of variants needs."""
    return bool(
        design.resources
        or design.catalogues
        or design.rules
        or any(parameter.market for parameter in design.parameters.values())
        or any(node.sort == "structure" for node in design.nodes.values())
    )


def _pay(
    design: Design, ordinary: Design, choice: str, copies: Copies, used: dict[str, Fraction]
) -> None:
    """Add what the values of parameters cost."""
    from vreltui.analysis.prices import paid

    root = design.choices[choice].root
    values = {name: design.value(name, choice) for name in design.parameters}
    for resource, amount in paid(ordinary, root, copies, values):
        assert amount is not None, "the rules refuse a value that nobody can pay"
        used[resource] += amount


def keeping(design: Design, choice: str) -> Keeping:
    """What a choice keeps and breaks as it stands."""
    root = design.choices[choice].root
    ordinary = settled(design, choice)

    def copies(given: int | str) -> int:
        return COUNT.of(design.value(given, choice)) if isinstance(given, str) else given

    used = amounts(uses(ordinary, root), copies)
    if any(parameter.price for parameter in design.parameters.values()):
        _pay(design, ordinary, choice, copies, used)
    taken = reached(design, root, options_of(design, choice)) if design.rules else {}
    excess = [(n.node, n.resource, n.excess(copies)) for n in needs(ordinary, root)]
    limits = {name: entry.limit for name, entry in design.resources.items()}
    return Keeping(
        used,
        tuple(rule.name for rule in broken_rules(design, taken)),
        tuple(each for each in excess if each[2] > 0),
        tuple(name for name, most in limits.items() if most is not None and used[name] > most),
    )


def within(study: Study, choice: str, place: Standing) -> tuple[Within, Standing]:
    """What a choice keeps, its class, and its standing with rules, fits and limits held as well."""
    found = keeping(study.design, choice)
    place = _standing(study, choice, place, found)
    kind = found.broken or _class(study, choice, place)
    return Within(found.uses, kind, found.rules, found.fits, found.limits), place


def _standing(study: Study, choice: str, place: Standing, found: Keeping) -> Standing:
    """A choice that breaks something, or fails, is saved by counts that keep everything, or not."""
    if place.verdict is None or (place.verdict in ("meets", "hopeless") and not found.broken):
        return place
    if place.verdict == "undecided" and place.open_questions:
        return place
    try:
        witness = _witness(study, choice)
    except Undecided as reason:
        return replace(place, verdict="undecided", witness=None, undecided=str(reason))
    verdict: Literal["short", "hopeless"] = "hopeless" if witness is None else "short"
    return replace(place, verdict=verdict, witness=witness, undecided="")


def _witness(study: Study, choice: str) -> Mapping[str, Value] | None:
    """Values of open parameters with which all is kept and the choice meets."""
    for counts in _counts(study, choice):
        study.budget.check_time("the search for counts that would do")
        if keeping(_with(study.design, counts), choice).broken:
            continue
        place = standing(_beside(study, _at(study.design, counts)), choice)
        if place.verdict in ("meets", "short"):
            return {**counts, **(place.witness or {})}
        if place.verdict == "undecided":
            raise Undecided(place.undecided)
    return None


def _counts(study: Study, choice: str) -> Iterator[dict[str, int]]:
    """Every combination of the counts that are open to a choice."""
    design, own = study.design, study.design.choices[choice].set
    ranges = {}
    for name in study.parameters(choice):
        parameter = design.parameters[name]
        if parameter.is_count and parameter.range is not None and name not in own:
            low, high = map(COUNT.of, parameter.range)
            ranges[name] = range(low, high + 1)
    combinations = prod(map(len, ranges.values()))
    if combinations > MOST_COUNTS_TRIED:
        raise Undecided(f"{combinations} combinations of counts would have to be tried")
    for values in product(*ranges.values()):
        yield dict(zip(ranges, values, strict=True))


def _with(design: Design, counts: Mapping[str, int]) -> Design:
    """The design with counts at values; each is the decision that it was, of which rules speak."""
    parameters = {
        name: replace(entry, value=counts[name]) if name in counts else entry
        for name, entry in design.parameters.items()
    }
    return replace(design, parameters=parameters)


def _at(design: Design, counts: Mapping[str, int]) -> Design:
    """The same, with these counts no longer open."""
    if not counts:
        return design
    design = _with(design, counts)
    parameters = {
        name: replace(entry, range=None) if name in counts else entry
        for name, entry in design.parameters.items()
    }
    return replace(design, parameters=parameters)


def _beside(study: Study, design: Design) -> Study:
    """A study of another design under the same budget."""
    other = Study(design, limits=study.limits)
    other.start_budget(study.budget)
    return other


def _class(study: Study, choice: str, place: Standing) -> Class:
    """The class of what keeps rules, fits and limits, with every count as it stands."""
    if place.verdict is None:
        return "meets"
    if place.verdict != "short":
        return place.verdict
    own = study.design.choices[choice].set
    counts = {
        name: COUNT.of(entry.value)
        for name, entry in study.design.parameters.items()
        if entry.is_count and entry.range is not None and name not in own
    }
    if not counts:
        return "short"
    found = standing(_beside(study, _at(study.design, counts)), choice).verdict
    assert found is not None
    return found


def with_what_is_kept(
    study: Study, choice: str, thresholds: Mapping[str, Threshold], found: Within
) -> dict[str, Threshold]:
    """Thresholds, of which no value does where something else is broken, or counts break it."""
    broken = found.kind in ("rules", "fits", "limits")
    return {
        name: _kept(study, choice, threshold, broken=broken)
        for name, threshold in thresholds.items()
    }


def _kept(study: Study, choice: str, threshold: Threshold, *, broken: bool) -> Threshold:
    match threshold:
        case CountThreshold():
            return _count(study, choice, threshold)
        case _ if threshold.undecided or not broken:
            return threshold
        case ProbabilityThreshold():
            return replace(threshold, intervals=(), satisfied=False, why=None)
        case AmountThreshold():
            return replace(threshold, intervals=(), satisfied=False)


def _count(study: Study, choice: str, threshold: CountThreshold) -> CountThreshold:
    """The counts of a threshold with which everything is kept as well."""
    ranges: list[tuple[int, int]] = []
    keeps = _keeping_at(study.design, choice, threshold)
    for low, high in threshold.ranges:
        for count in range(low, high + 1):
            if not keeps(count):
                continue
            if ranges and ranges[-1][1] == count - 1:
                ranges[-1] = (ranges[-1][0], count)
            else:
                ranges.append((count, count))
    satisfied = any(low <= threshold.value <= high for low, high in ranges)
    unknown = threshold.undecided or threshold.satisfied is None
    return replace(
        threshold,
        ranges=tuple(ranges),
        satisfied=threshold.satisfied if unknown else satisfied,
    )


def _with_count(design: Design, choice: str, name: str, count: int) -> Design:
    """The design in which the choice has another count."""
    own = design.choices[choice]
    if name not in own.set:
        return _with(design, {name: count})
    entry = replace(own, set={**own.set, name: count})
    return replace(design, choices={**design.choices, choice: entry})


def _keeping_at(design: Design, choice: str, threshold: CountThreshold) -> Callable[[int], bool]:
    """Whether a choice keeps everything with a count.

    Where no price asks for the count, and what is taken is the same at the least and at the
    greatest of them, only numbers of copies differ, and the tree is taken apart once for all.
    """
    name = threshold.parameter

    def each_by_itself(count: int) -> bool:
        return not keeping(_with_count(design, choice, name, count), choice).broken

    if not threshold.ranges or any(each.price for each in design.parameters.values()):
        return each_by_itself
    ends = threshold.ranges[0][0], threshold.ranges[-1][1]
    root = design.choices[choice].root
    at_ends = [_with_count(design, choice, name, end) for end in ends]
    first, last = (settled(each, choice) for each in at_ends)
    taken, others = (dict(reached(each, root, options_of(each, choice))) for each in at_ends)
    by_rules = name in taken
    taken.pop(name, None)
    others.pop(name, None)
    if first.nodes != last.nodes or taken != others:
        return each_by_itself
    used, fits = uses(first, root), needs(first, root)
    limits = {key: each.limit for key, each in design.resources.items() if each.limit is not None}

    def only_copies(count: int) -> bool:
        def copies(given: int | str) -> int:
            if given == name:
                return count
            return COUNT.of(design.value(given, choice)) if isinstance(given, str) else given

        sums = amounts({key: used[key] for key in limits}, copies)
        there = {**taken, name: count} if by_rules else taken
        if any(True for _ in broken_rules(design, there)):
            return False
        fit = all(each.excess(copies) <= 0 for each in fits)
        return fit and all(sums[key] <= most for key, most in limits.items())

    return only_copies
