"""Two numbers that together make a choice meet, each moved as little as that takes.

Of the pairs that meet when both are at their best and of which neither number does it alone: both
probabilities move by the same number of nines, the others go to their best.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from vreltui.analysis.importance_report import with_own_numbers
from vreltui.analysis.importance_results import Pair
from vreltui.analysis.questions.best_pairs import best_pairs, meets_with
from vreltui.analysis.study import Study
from vreltui.engine.program import Source
from vreltui.model import Probability, Value
from vreltui.model.quantities import number

MOST_PAIRS = 8
"""Of the pairs that would do it, those that gain most are looked at."""

MOST_NINES = 12.0
"""The furthest that both numbers are moved."""

_HALVINGS = 12


@dataclass(frozen=True, slots=True)
class TwoChanges:
    """Two numbers by name, what to set them to, and by how many nines each of them moves."""

    values: tuple[tuple[str, Value], ...]
    nines: float


def least_pair(study: Study, choice: str) -> TwoChanges | None:
    """The pair that moves least. Raises :class:`Undecided` where pairs were not found."""
    named = with_own_numbers(study)
    would = [pair for pair in best_pairs(named, choice) if pair.together][:MOST_PAIRS]
    found = [_least(named, choice, pair) for pair in would]
    return min(found, key=lambda each: each.nines, default=None)


def _least(study: Study, choice: str, pair: Pair) -> TwoChanges:
    own = study.evaluation(choice)
    sources = [Source(name, is_parameter=True) for name in pair.parameters]
    ends = list(zip(sources, (own.values[source] for source in sources), pair.to, strict=True))

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
    named = tuple((source.name, values[source]) for source in sources)
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
