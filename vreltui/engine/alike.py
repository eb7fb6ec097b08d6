"""Whether two trees are the same but for their names, so that they tie whatever a value is."""

from __future__ import annotations

from collections.abc import Hashable

from vreltui.engine.evaluation import Evaluation
from vreltui.engine.program import (
    AllOf,
    AnyOf,
    AtLeast,
    Copies,
    Decision,
    Leaf,
    Source,
    Step,
)


def alike(own: Evaluation, rival: Evaluation, moving: Source) -> bool:
    """Whether both roots are the same function of ``moving``, proven by their shape alone.

    Equal steps over equal steps are numbered alike; values other than the moving one are compared,
    whatever parameter or node they come from. False says nothing.
    """
    known: dict[Hashable, int] = {}
    roots = []
    for evaluation in (own, rival):
        numbers: list[int] = []
        for step in evaluation.program.steps:
            key = _key(evaluation, step, numbers, moving)
            numbers.append(known.setdefault(key, len(known)))
        roots.append(numbers[evaluation.program.root])
    return roots[0] == roots[1]


def _key(evaluation: Evaluation, step: Step, numbers: list[int], moving: Source) -> Hashable:
    """What a step computes, in terms of what the steps before it do."""
    match step:
        case Decision(on, high, low):
            return ("decision", numbers[on], numbers[high], numbers[low])
        case AllOf(parts) | AnyOf(parts):
            return (type(step), *sorted(numbers[part] for part in parts))
        case AtLeast(k, parts):
            return ("at least", k, *sorted(numbers[part] for part in parts))
        case Copies(part, needs, source):
            return ("copies", numbers[part], needs, evaluation.values[source])
        case Leaf(source):
            return ("leaf", "moving" if source == moving else evaluation.values[source])
        case _:
            return step
