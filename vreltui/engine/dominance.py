"""Which of two designs of one structure is the better one, whatever a number is that both share."""

from __future__ import annotations

from vreltui.engine.evaluation import Evaluation
from vreltui.engine.laws import Direction, Source
from vreltui.engine.program import Program
from vreltui.engine.steps import Copies
from vreltui.model.quantities import number


def dominance(own: Evaluation, rival: Evaluation, moving: Source) -> Direction | None:
    """1 or -1: no value of ``moving`` makes ``own``, or makes ``rival``, the less reliable of both.

    0 where they are equal for every value; None where the structure does not tell. Both have to
    be one program, in which every value that differs moves the root in a known direction.
    """
    if own.program is not rival.program:
        return None
    found: Direction = 0
    for source, value in own.values.items():
        other = rival.values[source]
        if source == moving or value == other:
            continue
        way = own.program.direction(source)
        if way is None:
            return None
        here, there = number(value), number(other)
        if way == 0 or here == there:
            continue
        better: Direction = 1 if (here > there) == (way > 0) else -1
        if found not in (0, better):
            return None
        found = better
    return found


def enough_copies(program: Program, count: Source) -> int:
    """The count from which on as many copies are there as any pool of that many needs.

    Where one design dominates another of the same program, it is strictly better with all of the
    counts from there on or with none: a part matters where some state of the other parts makes it
    decide, and one more copy that may fail, or may work, takes no such state away.
    """
    found = 1
    for slot in program.pools.get(count, ()):
        step = program.steps[slot]
        assert isinstance(step, Copies)
        if isinstance(step.needs, int):
            found = max(found, step.needs)
    return found
