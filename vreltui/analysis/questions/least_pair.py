"""Two numbers that together make a choice meet, each moved as little as that takes.

Of the pairs that meet when both are at their best and of which neither number does it alone: both
probabilities move by the same number of nines, the others go to their best. Of few numbers all
pairs are looked at; of many, those that the numbers which gain most make with any other.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from vreltui.analysis.importance_report import with_own_numbers
from vreltui.analysis.importance_results import Pair
from vreltui.analysis.questions.best_pairs import best_pairs, meets_with
from vreltui.analysis.questions.least_changes import missing, straight
from vreltui.analysis.questions.single_changes import varied_numbers
from vreltui.analysis.study import Study
from vreltui.engine.balls import WORKING_BITS, precision
from vreltui.engine.program import Source
from vreltui.model import Probability, Value
from vreltui.model.quantities import number

MOST_PAIRS = 8
"""Of the pairs that would do it, those that gain most are looked at."""

MOST_NINES = 12.0
"""The furthest that both numbers are moved."""

MOST_NUMBERS = 60
"""Of more numbers than this, not all pairs are looked at."""

MOST_FIRST = 12
"""So many of many numbers, those that gain most alone, are tried with every other one."""

_HALVINGS = 12

Ends = tuple[tuple[Source, Value, Value], ...]
"""Numbers, with their values now and the best that these could be."""


@dataclass(frozen=True, slots=True)
class TwoChanges:
    """Two numbers by name, what to set them to, and by how many nines each of them moves."""

    values: tuple[tuple[str, Value], ...]
    nines: float


def least_pair(study: Study, choice: str) -> TwoChanges | None:
    """The pair that moves least. Raises :class:`Undecided` where pairs were not found."""
    if is_of_many(study, choice):
        would = _first_of_many(study, choice)
    else:
        study = with_own_numbers(study)
        would = [_ends(study, choice, pair) for pair in best_pairs(study, choice) if pair.together]
    found = [_least(study, choice, ends) for ends in would[:MOST_PAIRS]]
    return min(found, key=lambda each: each.nines, default=None)


def is_of_many(study: Study, choice: str) -> bool:
    """Whether a choice has so many numbers that not all pairs of them are looked at."""
    return sum(1 for _ in varied_numbers(study, choice)) > MOST_NUMBERS


def _ends(study: Study, choice: str, pair: Pair) -> Ends:
    values = study.evaluation(choice).values
    sources = [Source(name, is_parameter=True) for name in pair.parameters]
    return tuple((source, values[source], to) for source, to in zip(sources, pair.to, strict=True))


def _first_of_many(study: Study, choice: str) -> list[Ends]:
    """Pairs that meet and of which neither does it alone, those that gain most first.

    With one number at its best, R is a straight line in each other one: one walk up and down tells
    how far all of them lead.
    """
    own, gaps = study.evaluation(choice), missing(study, choice)
    lines = straight(study, choice, varied_numbers(study, choice))[0]
    with precision(WORKING_BITS):
        alone = {line.source: line.most for line in lines}
    # What does it alone needs no other.
    lines = [line for line in lines if any(alone[line.source] < gap for gap in gaps)]
    first = sorted(lines, key=lambda line: -float(alone[line.source]))[:MOST_FIRST]
    found: dict[frozenset[Source], tuple[float, Ends]] = {}
    for one in first:
        study.budget.check_time("finding the best pairs")
        other = own.changed({one.source: one.best})
        other.slopes()
        for line in lines:
            pair = frozenset((one.source, line.source))
            if len(pair) < 2 or pair in found:
                continue
            with precision(WORKING_BITS):
                gain = alone[one.source] + other.slope(line.source) * line.way
                if all(gain > gap for gap in gaps):
                    ends = tuple((e.source, e.value, e.best) for e in (one, line))
                    found[pair] = float(gain), ends
    return [ends for _, ends in sorted(found.values(), key=lambda each: -each[0])[:MOST_PAIRS]]


def _least(study: Study, choice: str, ends: Ends) -> TwoChanges:
    def moved(nines: float) -> Mapping[Source, Value]:
        return {source: _moved(now, to, nines) for source, now, to in ends}

    best = {source: to for source, _, to in ends}
    low, high, values = 0.0, MOST_NINES, best
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if meets_with(study, choice, moved(middle)):
            high, values = middle, dict(moved(middle))
        else:
            low = middle
    named = tuple((source.name, values[source]) for source in best)
    return TwoChanges(named, MOST_NINES if values is best else high)


def _moved(now: Value, to: Value, nines: float) -> Value:
    """A probability moved towards another one, in three digits; any other number at its best."""
    if not isinstance(now, Probability) or not isinstance(to, Probability):
        return to
    up = number(to) > number(now)
    if now.reliability == 0 or now.unreliability == 0:
        return to
    here = math.log10(now.reliability) - math.log10(now.unreliability)
    there = here + nines if up else here - nines
    fails = 1 / (1 + 10**there)
    written = Decimal(f"{fails:.2e}")
    value = Probability(written, complemented=True)
    if not now.complemented:
        value = Probability((1 - written).normalize())
    beyond = number(value) >= number(to) if up else number(value) <= number(to)
    return to if beyond else value
