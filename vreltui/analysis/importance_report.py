"""Which part of a choice matters: parameters, nodes, groups and pairs, in one answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from vreltui.analysis.digits import figure
from vreltui.analysis.importance_results import ImportanceReport, NodeImportance
from vreltui.analysis.questions.best_pairs import best_pairs
from vreltui.analysis.questions.group_importance import group_importance
from vreltui.analysis.questions.mean_importance import NO_PAIRS, mean_importance
from vreltui.analysis.questions.node_importance import node_and_cause_importances
from vreltui.analysis.questions.parameter_importance import parameter_importances
from vreltui.analysis.study import Study
from vreltui.engine.limits import Limits, Undecided
from vreltui.model.own_numbers import with_named_numbers


def examine_importance(
    study: Study,
    choice: str,
    groups: Mapping[str, tuple[str, ...]] | None = None,
    *,
    pairs: bool = False,
    budget: Limits | None = None,
) -> ImportanceReport:
    """The importance of everything in a choice; of ``groups`` of nodes, and of pairs if asked."""
    study.start_budget(budget)
    asked = groups or {}
    if study.design.measure == "mttf":
        found = mean_importance(study, choice, asked)
        return replace(found, pairs_undecided=NO_PAIRS) if pairs and not found.undecided else found
    try:
        own = figure(study.evaluation(choice).figures())
        study.budget.next_of(3 + len(asked))
        parameters = parameter_importances(study, choice)
    except Undecided as reason:
        return ImportanceReport(choice, None, undecided=str(reason))
    nodes: dict[str, NodeImportance] = {}
    causes: dict[str, NodeImportance] = {}
    nodes_undecided = ""
    study.budget.next_of(2 + len(asked))
    try:
        nodes, causes = node_and_cause_importances(study, choice)
    except Undecided as reason:
        nodes_undecided = str(reason)
    together = {}
    for number, (name, members) in enumerate(asked.items()):
        study.budget.next_of(1 + len(asked) - number)
        together[name] = group_importance(study, choice, members)
    best, pairs_undecided = None, ""
    if pairs:
        study.budget.next_of(1)
        try:
            best = best_pairs(with_own_numbers(study), choice)
        except Undecided as reason:
            pairs_undecided = str(reason)
    return ImportanceReport(
        choice=choice,
        figure=own,
        parameters=parameters,
        nodes=nodes,
        causes=causes,
        groups=together,
        pairs=best,
        nodes_undecided=nodes_undecided,
        pairs_undecided=pairs_undecided,
    )


def with_own_numbers(study: Study) -> Study:
    """The same question about a design in which nodes' own numbers are parameters too."""
    named = with_named_numbers(study.design)
    if named is study.design:
        return study
    other = Study(named, limits=study.limits)
    other.start_budget(study.budget)
    return other
