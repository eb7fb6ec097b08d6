"""The one walk over a program, in any arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.program import (
    AllOf,
    AnyOf,
    AtLeast,
    Constant,
    Copies,
    Decision,
    Leaf,
    Program,
    Source,
)
from vreltui.model import needed

E = TypeVar("E")


def walk(
    program: Program,
    arithmetic: Arithmetic[E],
    leaf: Callable[[Source], tuple[E, E]],
    count: Callable[[Source], int],
) -> tuple[list[E], list[E]]:
    """The pairs of every slot, as two lists: reliabilities and unreliabilities.

    ``leaf`` gives the pair of a source, ``count`` the number of copies.
    """
    r: list[E] = [arithmetic.zero] * len(program.steps)
    q: list[E] = list(r)
    update(program, arithmetic, leaf, count, r, q, range(len(program.steps)))
    return r, q


def update(
    program: Program,
    arithmetic: Arithmetic[E],
    leaf: Callable[[Source], tuple[E, E]],
    count: Callable[[Source], int],
    r: list[E],
    q: list[E],
    slots: Iterable[int],
) -> None:
    """Compute ``slots``, in order, in place, from what they read."""
    steps = program.steps
    for slot in slots:
        match steps[slot]:
            case Decision(on, high, low):  # first, as by far the most frequent where parts share
                works: Any = r[on] * r[high] + q[on] * r[low]  # type: ignore[operator]
                fails: Any = r[on] * q[high] + q[on] * q[low]  # type: ignore[operator]
                pair: tuple[E, E] = (works, fails)
            case Leaf(source):
                pair = leaf(source)
            case AllOf(parts):
                pair = arithmetic.all_of([(r[part], q[part]) for part in parts])
            case AnyOf(parts):
                pair = arithmetic.any_of([(r[part], q[part]) for part in parts])
            case AtLeast(k, parts):
                pair = arithmetic.at_least(k, [(r[part], q[part]) for part in parts])
            case Copies(part, needs, source):
                n = count(source)
                pair = arithmetic.copies(needed(needs, n), n, (r[part], q[part]))
            case Constant(works=works_always):
                one, zero = arithmetic.one, arithmetic.zero
                pair = (one, zero) if works_always else (zero, one)
        r[slot], q[slot] = pair
