"""Importance, minimal sets and independence, found in processes of their own for panes."""

from __future__ import annotations

from dataclasses import dataclass

from vreltui.analysis.cut_results import CutQuestion, CutReport
from vreltui.analysis.importance_results import ImportanceReport
from vreltui.analysis.results import Dependence
from vreltui.model import Design

MOST_ROWS = 200
"""The most rows of minimal sets that a pane lists."""


@dataclass(frozen=True, eq=False)
class InsightRequest:
    """A question about one choice of a design; of ``paths`` instead of cuts."""

    design: Design
    choice: str
    paths: bool = False


def find_importance(request: InsightRequest) -> ImportanceReport:
    """The importance of everything in a choice, with the pairs."""
    from vreltui.analysis.importance_report import examine_importance
    from vreltui.analysis.study import Study

    return examine_importance(Study(request.design), request.choice, pairs=True)


def find_sets(request: InsightRequest) -> CutReport:
    """The most probable minimal sets of a choice."""
    from vreltui.analysis.questions.cut_sets import cut_sets
    from vreltui.analysis.study import Study

    asked = CutQuestion(request.choice, paths=request.paths, rows=MOST_ROWS)
    return cut_sets(Study(request.design), asked)


@dataclass(frozen=True, eq=False)
class DependenceAnswer:
    """What common causes would do to a choice; None, and ``why``, where there is nothing to say."""

    found: Dependence | None
    why: str = ""


def find_dependence(request: InsightRequest) -> DependenceAnswer:
    """What common causes would take away of what redundancy gains."""
    from vreltui.analysis.questions.dependence import dependence
    from vreltui.analysis.study import Study
    from vreltui.engine.limits import Undecided
    from vreltui.wording.dependence import NOTHING_REDUNDANT

    try:
        found = dependence(Study(request.design), request.choice)
    except Undecided as reason:
        return DependenceAnswer(None, f"undecided: {reason}")
    return DependenceAnswer(found, "" if found else NOTHING_REDUNDANT)
