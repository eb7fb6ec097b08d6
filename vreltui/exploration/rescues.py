"""The least of one number above which a variant of a family would meet, all else kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vreltui.analysis.questions.thresholds import threshold
from vreltui.analysis.study import Study
from vreltui.exploration.certain_figures import odds_of, odds_of_value
from vreltui.exploration.part import Part
from vreltui.exploration.raised_numbers import Raising, least_that_meets, raising
from vreltui.exploration.results import Back
from vreltui.exploration.space import variant_design
from vreltui.exploration.variant_table import Table

_STEPS = 60
"""How often the range of a number is halved: until its ends are neighbouring doubles."""

MOST_ASKED = 40
"""The most variants whose thresholds are found exactly."""


def rescues(table: Table, variants: NDArray[np.int64]) -> Iterator[Back]:
    """For each number by which alone one of the variants would meet, what it would have to exceed.

    The variants keep rules, fits and limits. Numbers on which the baseline depends as well are left
    out where it has to be beaten: a higher one may help it more.
    """
    if not variants.size:
        return
    named: dict[str, None] = {}
    both: set[str] = set()
    for part, _ in _by_part(table, variants):
        named |= dict.fromkeys(_numbers(part))
        both |= part.own.parameters & (part.rival.parameters if part.rival else set())
    named = {name: None for name in named if name not in both}
    for name in sorted(named, key=list(table.space.design.parameters).index):
        found = _least(table, variants, name)
        if found is not None:
            yield Back("parameter", name, found)


def _by_part(table: Table, variants: NDArray[np.int64]) -> Iterator[tuple[Part, NDArray[np.int64]]]:
    places = np.searchsorted(table.starts, variants, side="right") - 1
    for place in np.unique(places):
        yield table.parts[int(place)], variants[places == place] - table.starts[int(place)]


def _numbers(part: Part) -> Iterator[str]:
    """The numbers that move the choice alone, whatever it sets."""
    design = part.space.design
    own = design.choices[part.block.choice].set
    for name in part.own.parameters:
        entry = design.parameters[name]
        if entry.is_decision or name in own or raising(entry.value, part.own.way(name)) is None:
            continue
        if part.rival is None or name not in part.rival.parameters:
            yield name


def _margin(table: Table, variants: NDArray[np.int64], name: str, value: float) -> Any:
    """By how much each variant would be above what it must exceed, and which it is."""
    margins, numbers = [], []
    for part, at in _by_part(table, variants):
        if name not in set(_numbers(part)):
            continue
        other = {name: Raising(part.space.design.parameters[name].value).value(value)}
        numbers_of = part.some(at)
        margin = np.broadcast_to(odds_of(part.own.pairs(numbers_of, other)), at.shape)
        needed = np.full(len(at), -np.inf)
        if table.space.goal is not None:
            needed = np.maximum(needed, odds_of_value(table.space.goal))
        if part.rival is not None:
            needed = np.maximum(needed, odds_of(part.rival.pairs(numbers_of, {})))
        margins.append(margin - needed)
        numbers.append(at + table.starts[table.parts.index(part)])
    if not margins:
        return np.zeros(0), np.zeros(0, dtype=np.int64)
    return np.concatenate(margins), np.concatenate(numbers)


def _least(table: Table, variants: NDArray[np.int64], name: str) -> float | None:
    """What a number would have to exceed; None where not even the greatest is enough."""
    raised = Raising(table.space.design.parameters[name].value)
    margins, numbers = _margin(table, variants, name, raised.at(1.0))
    slack = 1e-9
    hopeful = numbers[margins > -slack]
    if not hopeful.size:
        return None
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        margins, numbers = _margin(table, hopeful, name, raised.at(middle))
        if margins.max() > 0:
            high = middle
            hopeful = numbers[margins > -slack] if margins.max() < slack else numbers[margins > 0]
        else:
            low = middle
    margins, numbers = _margin(table, hopeful, name, raised.at(high))
    best = numbers[np.argsort(-margins, kind="stable")][:MOST_ASKED]
    found = [each for number in best if (each := _exactly(table, int(number), name)) is not None]
    return min(found, default=None)


def _exactly(table: Table, variant: int, name: str) -> float | None:
    """What a number would have to exceed for one variant, rounded up."""
    part, at = table.find(variant)
    design = variant_design(table.space.design, part.block.choice, part.options(at))
    study = Study(design, limits=lambda: table.limits)
    return least_that_meets(threshold(study, part.block.choice, name, satisfied=False))
