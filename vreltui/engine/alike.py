"""Whether two trees are the same but for their names, so that they tie whatever a value is."""

from __future__ import annotations

from collections.abc import Hashable

from vreltui.engine.evaluation import Evaluation
from vreltui.engine.laws import Source


def alike(own: Evaluation, rival: Evaluation, moving: Source | None = None) -> bool:
    """Whether both roots are the same function of ``moving``, proven by their shape alone.

    Equal steps over equal steps are numbered alike; values other than the moving one are compared,
    whatever parameter or node they come from. False says nothing.
    """
    known: dict[Hashable, int] = {}
    roots = []
    for evaluation in (own, rival):

        def mark(source: Source, evaluation: Evaluation = evaluation) -> Hashable:
            return "moving" if source == moving else evaluation.identity(source)

        numbers: list[int] = []
        for step in evaluation.program.steps:
            key = step.key(numbers, mark)
            numbers.append(known.setdefault(key, len(known)))
        roots.append(numbers[evaluation.program.root])
    return roots[0] == roots[1]
