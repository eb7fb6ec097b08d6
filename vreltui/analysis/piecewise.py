"""Answers about one thing at a time, each within its time: what a process of its own is asked.

The study of the last design is kept, so that one choice after another costs no more than all of
them at once.
"""

from __future__ import annotations

from dataclasses import replace

from vreltui.analysis.cut_results import CutQuestion, CutReport
from vreltui.analysis.importance_results import ImportanceReport
from vreltui.analysis.plot_results import PlotPoints
from vreltui.analysis.report import examine_choice
from vreltui.analysis.results import ChoiceReport
from vreltui.analysis.study import Study
from vreltui.engine.limits import Limits, Undecided
from vreltui.model import Design, Plot

ChoiceQuestion = tuple[Design | None, str, float]
"""A design, or None for that of the last question; a choice of it; and how many seconds to take."""

PlotQuestion = tuple[Design | None, Plot, float]
"""The same about a plot."""

ImportanceQuestion = tuple[
    Design | None, tuple[str, tuple[tuple[str, tuple[str, ...]], ...], bool], float
]
"""The same about a choice, with groups of nodes by name, and whether pairs are asked for."""

CutsQuestion = tuple[Design | None, CutQuestion, float]
"""The same about the minimal sets of a choice."""

_studies: list[Study] = []


def choice_report(question: ChoiceQuestion) -> ChoiceReport:
    """The report on a choice; what was not found within the seconds is undecided."""
    design, choice, seconds = question
    return examine_choice(_study(design), choice, budget(seconds))


def dependence_report(question: ChoiceQuestion) -> ChoiceReport:
    """The report on a choice, and what common causes would do to it in the time that is left."""
    from vreltui.analysis.questions.dependence import dependence

    design, choice, seconds = question
    study = _study(design)
    report = replace(examine_choice(study, choice, budget(seconds / 2)), asks_dependence=True)
    try:
        study.start_budget(budget(seconds / 2))
        return replace(report, dependence=dependence(study, choice))
    except Undecided as reason:
        unknown = {**report.open_questions, "dependence": str(reason)}
        return replace(report, open_questions=unknown)


def plot_points(question: PlotQuestion) -> PlotPoints:
    """The points of a plot. Raises :class:`Undecided` where they take longer."""
    from vreltui.analysis.plots import points

    design, plot, seconds = question
    limits = budget(seconds)
    study = Study(_study(design).design, limits=lambda: limits)
    return points(study, plot)


def importance_report(question: ImportanceQuestion) -> ImportanceReport:
    """The importance of everything in a choice; what takes longer is undecided."""
    from vreltui.analysis.importance_report import examine_importance

    design, (choice, groups, pairs), seconds = question
    limits = budget(seconds)
    return examine_importance(_study(design), choice, dict(groups), pairs=pairs, budget=limits)


def cut_report(question: CutsQuestion) -> CutReport:
    """The minimal sets of a choice; what takes longer is undecided."""
    from vreltui.analysis.questions.cut_sets import cut_sets

    design, asked, seconds = question
    return cut_sets(_study(design), asked, budget(seconds))


def budget(seconds: float) -> Limits:
    """The limits of who waits for an answer so many seconds by the clock."""
    return Limits(seconds=seconds, patience=1.0)


def _study(design: Design | None) -> Study:
    if design is not None and not (_studies and _studies[0].design is design):
        _studies[:] = [Study(design)]
    return _studies[0]
