"""The one walk over a program, in any arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.laws import Source
from vreltui.engine.program import Program
from vreltui.engine.steps import Reading

E = TypeVar("E")


def walk(
    program: Program,
    arithmetic: Arithmetic[E],
    given: Callable[[Source], tuple[E, E]],
    count: Callable[[Source], int],
) -> tuple[list[E], list[E]]:
    """The pairs of every slot, as two lists: reliabilities and unreliabilities.

    ``given`` tells the pair of a source, ``count`` the number of copies.
    """
    r: list[E] = [arithmetic.zero] * len(program.steps)
    q: list[E] = list(r)
    update(program, arithmetic, given, count, r, q, range(len(program.steps)))
    return r, q


def update(
    program: Program,
    arithmetic: Arithmetic[E],
    given: Callable[[Source], tuple[E, E]],
    count: Callable[[Source], int],
    r: list[E],
    q: list[E],
    slots: Iterable[int],
) -> None:
    """Compute ``slots``, in order, in place, from what they read."""
    reading = Reading(arithmetic, given, count)
    steps = program.steps
    for slot in slots:
        r[slot], q[slot] = steps[slot].pair(reading, r, q)
