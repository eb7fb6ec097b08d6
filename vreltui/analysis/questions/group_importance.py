"""The price of independence: what several nodes do to a choice that fail together, or never."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from vreltui.analysis.importance_results import OF_GROUPS, Importance
from vreltui.analysis.questions.replacing import extremes
from vreltui.analysis.study import Study, program_of
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Undecided
from vreltui.engine.stated_values import values_of
from vreltui.model import Component, Design, Probability
from vreltui.model.nodes import Node


def group_importance(study: Study, choice: str, nodes: Collection[str]) -> Importance:
    """The importance of all instances of some nodes at once."""
    own = study.evaluation(choice)
    try:
        works = replaced(study, choice, nodes, Probability.of("1"))
        fails = replaced(study, choice, nodes, Probability.of("0"))
    except Undecided as reason:
        return Importance(dict.fromkeys(OF_GROUPS), dict.fromkeys(OF_GROUPS, str(reason)))
    return extremes(study, own, works, fails)


def replaced(
    study: Study, choice: str, nodes: Collection[str], reliability: Probability
) -> Evaluation:
    """The choice where each of some nodes is a component of its own that works so likely.

    Raises :class:`Undecided` where that is too large to solve.
    """
    design = study.design
    changed: dict[str, Node] = dict(design.nodes)
    for name in nodes:
        shared = design.nodes[name].shared
        changed[name] = Component(name=name, reliability=reliability, shared=shared)
    other: Design = replace(design, nodes=changed)
    program = program_of(other, design.choices[choice].root, study.budget)
    return Evaluation(program, values_of(other, program, choice))
