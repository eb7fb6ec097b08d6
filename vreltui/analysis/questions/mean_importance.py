"""Importance where a mean life is measured: with Q read as one over the mean life T.

With T0 and T1 the mean life where a node never works and where it never fails, criticality is
1 - T / T1, rrw T1 / T and raw T / T0. What the structure says needs no lifetimes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from vreltui.analysis.importance_results import (
    OF_GROUPS,
    Importance,
    ImportanceReport,
    NodeImportance,
    ParameterImportance,
)
from vreltui.analysis.questions.fixed_letters import held_by_causes
from vreltui.analysis.questions.group_importance import replaced
from vreltui.analysis.questions.node_importance import node_importances
from vreltui.analysis.questions.parameter_importance import instances_naming
from vreltui.analysis.quotients import finite
from vreltui.analysis.study import Study
from vreltui.engine.balls import WORKING_BITS, accurate, nearest_double, precision
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Undecided
from vreltui.engine.mean_contest import MeanLives, as_ball
from vreltui.engine.mean_life import Mean
from vreltui.engine.mean_slopes import mean_slope
from vreltui.engine.program import Source
from vreltui.model import Probability

ONE_COPY = "what one copy of several does to a mean life is not worked out"
"""Why a node with several instances has no measure of its own."""

NO_PAIRS = "what two numbers together do to a mean life is not worked out"
"""Why no pairs are said of a mean life."""

_MEASURED = ("criticality", "raw", "rrw")

_ENOUGH_BITS = 42
"""Relative accuracy of a mean life from which its quotients are right to a few digits more."""


def mean_importance(
    study: Study, choice: str, groups: Mapping[str, tuple[str, ...]]
) -> ImportanceReport:
    """The importance of the nodes of a choice, and of groups of them, in its mean life."""
    try:
        lives = MeanLives(study.evaluation(choice), study.budget)
        own = lives.mean()
        nodes = node_importances(study, choice, by_structure=True)
        times = instances_naming(study, choice)
    except Undecided as reason:
        return ImportanceReport(choice, None, undecided=str(reason))
    found = {name: _node(study, choice, name, node, own) for name, node in nodes.items()}
    together = {
        name: Importance({**dict.fromkeys(OF_GROUPS), **measures.figures}, measures.undecided)
        for name, members in groups.items()
        for measures in (_measures(study, choice, members, own),)
    }
    parameters = {
        name: ParameterImportance(
            None if isinstance(study.design.value(name, choice), int) else times.get(name, 0),
            _weight(study, choice, lives, name),
        )
        for name in study.parameters(choice)
    }
    seconds = None if own is None else nearest_double(as_ball(own))
    return ImportanceReport(
        choice, None, mean=seconds, nodes=found, groups=together, parameters=parameters
    )


def mean_importance_of(study: Study, choice: str, lives: MeanLives, name: str) -> float:
    """How the mean life of a choice grows with a number, in seconds.

    By a time, a rate or a number d mean / d ln value; by a number from 0 to 1 the derivative; of a
    count what one more copy adds. Raises :class:`Undecided` where it was not found.
    """
    study.budget.check_time("finding an importance")
    if reason := held_by_causes(study.design, choice, name):
        raise Undecided(reason)
    value = study.design.value(name, choice)
    return mean_slope(lives, Source(name, is_parameter=True), value)


def _weight(study: Study, choice: str, lives: MeanLives, name: str) -> Importance:
    value = study.design.value(name, choice)
    key = "birnbaum" if isinstance(value, Probability | int) else "per_log"
    try:
        return Importance({key: mean_importance_of(study, choice, lives, name)})
    except Undecided as reason:
        return Importance({key: None}, {key: str(reason)})


def _node(study: Study, choice: str, name: str, node: NodeImportance, own: Mean) -> NodeImportance:
    if node.instances > 1:
        measures = Importance(dict.fromkeys(_MEASURED), dict.fromkeys(_MEASURED, ONE_COPY))
    else:
        measures = _measures(study, choice, (name,), own)
    shape = node.importance
    both = Importance(
        {**shape.figures, **measures.figures}, {**shape.undecided, **measures.undecided}
    )
    return replace(node, importance=both)


def _measures(study: Study, choice: str, nodes: Collection[str], own: Mean) -> Importance:
    """Criticality, raw and rrw of nodes that are replaced together."""
    figures: dict[str, float | None] = dict.fromkeys(_MEASURED)
    try:
        study.budget.check_time("finding mean lives")
        best = _mean(study, replaced(study, choice, nodes, Probability.of("1")))
        worst = _mean(study, replaced(study, choice, nodes, Probability.of("0")))
    except Undecided as reason:
        return Importance(figures, dict.fromkeys(_MEASURED, str(reason)))
    undecided: dict[str, str] = {}
    if own is None:
        return Importance(figures)
    with precision(WORKING_BITS):
        now = as_ball(own)
        if best is None:
            figures["criticality"] = 1.0
        else:
            ahead = as_ball(best)
            figures["rrw"] = nearest_double(ahead / now)
            if best == own:
                figures["criticality"] = 0.0
            elif accurate(ahead - now, _ENOUGH_BITS // 2):
                figures["criticality"] = nearest_double((ahead - now) / ahead)
            else:
                undecided["criticality"] = "the mean lives are too near to each other"
        if worst is None:
            return Importance(figures)
        behind = as_ball(worst)
        if not behind.is_zero():  # what fails at once is worse by no number
            try:
                figures["raw"] = finite(nearest_double(now / behind))
            except Undecided as reason:
                undecided["raw"] = str(reason)
    return Importance(figures, undecided)


def _mean(study: Study, evaluation: Evaluation) -> Mean:
    """A mean life in seconds; None where it is infinite. Raises :class:`Undecided`."""
    return MeanLives(evaluation, study.budget).mean()
