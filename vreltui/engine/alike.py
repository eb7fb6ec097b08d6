"""Whether two trees are the same but for their names, so that they tie whatever a value is."""

from __future__ import annotations

from collections.abc import Hashable

from vreltui.engine.evaluation import Evaluation
from vreltui.engine.laws import Source

Functions = dict[Hashable, int]
"""Numbers of functions that were met: equal steps over equal steps are numbered alike."""


def alike(own: Evaluation, rival: Evaluation, moving: Source | None = None) -> bool:
    """Whether both roots are the same function of ``moving``, proven by their shape alone.

    Values other than the moving one are compared, whatever parameter or node they come from. False
    says nothing.
    """
    known: Functions = {}
    return function_number(own, known, moving) == function_number(rival, known, moving)


def function_number(evaluation: Evaluation, known: Functions, moving: Source | None = None) -> int:
    """A number that evaluations share only if their roots are the same function of ``moving``."""

    def mark(source: Source) -> Hashable:
        return "moving" if source == moving else evaluation.identity(source)

    numbers: list[int] = []
    for step in evaluation.program.steps:
        numbers.append(known.setdefault(step.key(numbers, mark), len(known)))
    return numbers[evaluation.program.root]
