"""Which way the root of a program moves with each of its slots, where parts may do harm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from vreltui.engine.laws import Direction, opposite
from vreltui.engine.steps import (
    FALSE,
    TRUE,
    AllOf,
    AnyOf,
    AtLeast,
    Constant,
    ContainedCopies,
    Copies,
    Decision,
    Leaf,
    SharedParts,
    Step,
    Struck,
)


def ways_to_root(steps: Sequence[Step], root: int) -> list[Direction | None]:
    """For each slot: 1 where the root rises with it, -1 where it falls, 0 where it does neither.

    None where that is not known.
    """
    found: list[Direction | None] = [0] * len(steps)
    found[root] = 1
    for slot in range(root, -1, -1):
        outer = found[slot]
        if outer == 0:
            continue
        for part, way in _ways(steps[slot]):
            found[part] = _both(found[part], _through(outer, way))
    return found


def _through(outer: Direction | None, way: Direction | None) -> Direction | None:
    if outer is None or way is None:
        return None
    return way if outer == 1 else opposite(way)


def _both(one: Direction | None, other: Direction | None) -> Direction | None:
    """By two ways together."""
    if one == 0:
        return other
    return one if one == other or other == 0 else None


def _ways(step: Step) -> Iterator[tuple[int, Direction | None]]:
    """The slots that a step reads, and which way it moves with each."""
    match step:
        case Decision(on, high, low):
            yield on, _decided(high, low)
            yield high, 1
            yield low, 1
        case AllOf() | AnyOf() | AtLeast() | Copies() | ContainedCopies():
            for part in step.inputs:
                yield part, 1
        case SharedParts(parts):
            for part in parts:
                yield part, None
        case Struck(events, parts):
            for event in events:
                yield event, None
            for part in parts:
                yield part, 1
        case Constant() | Leaf():
            return
        case unknown:
            assert_never(unknown)


def _decided(high: int, low: int) -> Direction | None:
    """Which way a decision moves with what is decided on, where its sides show it."""
    if high == TRUE or low == FALSE:
        return 1
    return -1 if high == FALSE or low == TRUE else None
