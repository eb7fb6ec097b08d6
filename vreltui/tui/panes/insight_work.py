"""Importance, minimal sets and independence, found in processes of their own for panes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vreltui.analysis.cut_results import CutQuestion, CutReport
from vreltui.analysis.importance_results import ImportanceReport
from vreltui.analysis.results import Dependence
from vreltui.model import Design

if TYPE_CHECKING:
    from vreltui.analysis.study import Study
    from vreltui.plotting import Picture

LEAST_WIDTH = 10
"""The columns below which nothing is drawn."""

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
class DependenceRequest:
    """A question about the independence of a choice, and the size of its picture in cells."""

    design: Design
    choice: str
    width: int
    height: int
    ascii_only: bool


@dataclass(frozen=True, eq=False)
class DependenceAnswer:
    """What common causes would do to a choice; None, and ``why``, where there is nothing to say.

    The picture has the gain that is kept against the share of failures in common.
    """

    found: Dependence | None
    why: str = ""
    picture: Picture | None = None


def find_dependence(request: DependenceRequest) -> DependenceAnswer:
    """What common causes would take away of what redundancy gains."""
    from vreltui.analysis.questions.dependence import dependence
    from vreltui.analysis.study import Study
    from vreltui.engine.limits import Undecided
    from vreltui.wording.dependence import NOTHING_REDUNDANT

    study = Study(request.design)
    try:
        found = dependence(study, request.choice)
        if found is None:
            return DependenceAnswer(None, NOTHING_REDUNDANT)
        return DependenceAnswer(found, picture=_kept_picture(study, request, found))
    except Undecided as reason:
        return DependenceAnswer(None, f"undecided: {reason}")


def _kept_picture(study: Study, request: DependenceRequest, found: Dependence) -> Picture | None:
    """The curve of the gain that is kept; None where there is no gain, or no room."""
    from vreltui.analysis.questions.dependence import gain_kept
    from vreltui.plotting import Style, draw
    from vreltui.wording.dependence import betas_of_curve, kept_points

    betas = betas_of_curve(found)
    kept = gain_kept(study, request.choice, betas)
    if kept is None or request.width < LEAST_WIDTH:
        return None
    style = Style(ascii_only=request.ascii_only)
    return draw(kept_points(found, betas, kept), request.width, request.height, style)
