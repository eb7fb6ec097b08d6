"""Single variants out of many: their figures, and their exact order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from vreltui.analysis.digits import figure
from vreltui.analysis.results import Class
from vreltui.engine.alike import Functions, function_number
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Limits
from vreltui.exploration.certain_figures import is_near, margin, sign
from vreltui.exploration.results import Variant
from vreltui.exploration.sides import Overrides, Side
from vreltui.exploration.space import Space
from vreltui.exploration.variant_blocks import Block
from vreltui.model import Option


@dataclass(frozen=True, eq=False)
class Record:
    """One variant of a block. ``uses`` are whole numbers of ``scales`` parts, one a resource."""

    space: Space
    block: Block
    side: Side
    numbers: tuple[int, ...]
    odds: float
    error: float
    uses: tuple[int, ...]
    scales: tuple[int, ...]
    other: Overrides

    @cached_property
    def options(self) -> dict[str, Option]:
        """What it takes at every axis."""
        return self.block.options(self.numbers)

    @cached_property
    def evaluation(self) -> Evaluation:
        """Its figure, exactly."""
        return self.side.evaluation(self.options, self.other)

    @cached_property
    def place(self) -> tuple[Any, ...]:
        """Where it stands in the order of the file."""
        return self.space.place(self.block, self.numbers)

    def variant(self, kind: Class) -> Variant:
        """The variant with its figures."""
        settled = {axis.name for axis in self.block.axes if axis.settled}
        return Variant(
            self.block.choice,
            {name: option for name, option in self.options.items() if name not in settled},
            figure(self.evaluation.figures()),
            {
                name: Fraction(used, scale)
                for name, used, scale in zip(
                    self.space.resources, self.uses, self.scales, strict=True
                )
            },
            kind,
        )


def in_order(records: Iterable[Record], limits: Limits) -> list[tuple[int, Record]]:
    """Records with their ranks: more reliable first, then less use, then the order of the file.

    Equally reliable ones share a rank.
    """
    waiting = sorted(records, key=lambda record: -record.odds)
    found: list[tuple[int, Record]] = []
    start = rank = 0
    for end in range(1, len(waiting) + 1):
        if end < len(waiting) and _near(waiting[end - 1], waiting[end]):
            continue
        for group in _groups(waiting[start:end], limits):
            ordered = sorted(group, key=lambda record: (record.uses, record.place))
            found += [(rank, record) for record in ordered]
            rank += 1
        start = end
    return found


def _near(one: Record, other: Record) -> bool:
    within = 2 * margin(one.error, other.error)
    return bool(is_near(np.array([one.odds]), other.odds, within)[0])


def _groups(records: Sequence[Record], limits: Limits) -> list[list[Record]]:
    """Records that doubles do not tell apart, in groups of equals, the most reliable first."""
    groups: list[list[Record]] = []
    if len(records) == 1:
        return [[records[0]]]
    known: dict[int, list[Record]] = {}
    functions: Functions = {}
    for record in records:
        key = function_number(record.evaluation, functions)
        if key in known:
            known[key].append(record)
            continue
        low, high = 0, len(groups)
        while low < high:
            middle = (low + high) // 2
            found = sign(record.evaluation, groups[middle][0].evaluation, limits)
            if found == 0:
                groups[middle].append(record)
                known[key] = groups[middle]
                break
            low, high = (low, middle) if found > 0 else (middle + 1, high)
        else:
            groups.insert(low, [record])
            known[key] = groups[low]
    return groups


def numbers_of(block: Block, axes: Sequence[str], picks: Any) -> tuple[int, ...]:
    """The number of an option at every axis of a block, of picks at some; 0 where there is one."""
    chosen: Mapping[str, int] = dict(zip(axes, map(int, picks), strict=True))
    return tuple(chosen.get(axis.name, 0) for axis in block.axes)
