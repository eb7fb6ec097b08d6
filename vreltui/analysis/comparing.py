"""The figures of a difference: each choice in both designs, and what one change alone does.

Asked piece by piece, each within its time, in whichever process.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from flint import arb

from vreltui.analysis.difference import Difference, alone
from vreltui.analysis.digits import figure
from vreltui.analysis.piecewise import budget
from vreltui.analysis.questions.time_figures import time_figures
from vreltui.analysis.report import examine_choice, undecided_report
from vreltui.analysis.results import ChoiceReport, Figure
from vreltui.analysis.study import Study
from vreltui.engine.balls import nearest_double, sharpen
from vreltui.engine.limits import Limits, Undecided
from vreltui.model import Design, Problem
from vreltui.model.own_numbers import with_named_numbers


@dataclass(frozen=True, slots=True)
class ChoiceChange:
    """A choice in the old design and in the new one; None where it is not there.

    ``worths`` are what they measure. ``factor`` says how many times as large the new unreliability
    is as the old one (of mean lives, the old one as the new one), so that above 1 is always worse;
    None where that is not known, or would divide by 0.
    """

    old: ChoiceReport | None
    new: ChoiceReport | None
    worths: tuple[Worth | None, Worth | None] = (None, None)
    factor: float | None = None


Worth = Figure | float
"""What a design measures of a choice: a probability, or a mean life in seconds."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a choice's worth is not known."""

    reason: str


Alone = Mapping[str, Worth | Missing]
"""By choice of the old design: what it is worth with one change made, or why that is not known."""


@dataclass(frozen=True, slots=True)
class About:
    """A question: about the choice with these names, or about one changed entry of a table."""

    old: str | None = None
    new: str | None = None
    table: str = ""
    entry: str = ""


Question = tuple[Difference | None, About, float]
"""A difference, or None for that of the last question; what about it; how many seconds to take."""


def answer(question: Question) -> ChoiceChange | Alone:
    """What is asked of a difference; what was not found within the seconds is undecided."""
    found, about, seconds = question
    comparison = _kept(found)
    if about.table:
        return comparison.alone(about.table, about.entry, budget(seconds))
    return comparison.choice(about.old, about.new, seconds)


class _Comparison:
    """A difference, with the studies of both its designs."""

    def __init__(self, found: Difference) -> None:
        self.difference = found
        self._old = Study(with_named_numbers(found.old))
        self._new = Study(with_named_numbers(found.new))

    def choice(self, old: str | None, new: str | None, seconds: float) -> ChoiceChange:
        """A choice in both designs."""
        limits = [budget(seconds / 2), budget(seconds / 2)]
        was = None if old is None else examine_choice(self._old, old, limits[0])
        now = None if new is None else examine_choice(self._new, new, limits[1])
        if self._old.design.measure != self._new.design.measure:
            return ChoiceChange(was, now)
        worths = worth_of(self._old.design, was), worth_of(self._new.design, now)
        return ChoiceChange(was, now, worths, self._factor(was, now, worths))

    def _factor(
        self,
        was: ChoiceReport | None,
        now: ChoiceReport | None,
        worths: tuple[Worth | None, Worth | None],
    ) -> float | None:
        if self._old.design.measure == "mttf":
            return _factor_of_lives(worths)
        if was is None or now is None or was.figure is None or now.figure is None:
            return None
        if was.figure.unreliability == 0 and not was.figure.tiny:
            return None
        own, other = self._new.evaluation(now.choice), self._old.evaluation(was.choice)

        def ratio(bits: int) -> tuple[arb, ...]:
            return (own.pair(bits=bits)[1] / other.pair(bits=bits)[1],)

        try:
            return nearest_double(sharpen(ratio)[0])
        except Undecided:
            return None

    def alone(self, table: str, name: str, limits: Limits) -> dict[str, Worth | Missing]:
        """The worth of each old choice with one change made to the old design."""
        changed = alone(self.difference, table, name)
        choices = self.difference.old.choices
        if isinstance(changed, Problem):
            why = Missing(f"with this change alone, {changed.what}")
            return dict.fromkeys(choices, why)
        if changed.measure != self.difference.old.measure:
            return dict.fromkeys(choices, Missing("with this change it measures something else"))
        study = Study(changed, limits=lambda: limits)
        return {choice: _worth(study, choice) for choice in choices}


def worth_of(design: Design, report: ChoiceReport | None) -> Worth | None:
    """What a design measures of a choice; None where it was not found."""
    if report is None:
        return None
    if design.measure != "mttf":
        return report.figure
    times = {} if report.times is None else report.times
    found = times.get(design.choices[report.choice].root)
    life = None if found is None else found.mttf_s
    return math.inf if life == "infinite" else life


def _factor_of_lives(worths: tuple[Worth | None, Worth | None]) -> float | None:
    """The old life in new lives, to the digits that two rounded figures give for certain."""
    was, now = worths
    if not isinstance(was, float) or not isinstance(now, float) or not 0 < now < math.inf:
        return None
    return float(f"{was / now:.14g}") if was < math.inf else None


def _worth(study: Study, choice: str) -> Worth | Missing:
    try:
        if study.design.measure != "mttf":
            return figure(study.evaluation(choice).figures())
        found = time_figures(study, choice)[study.design.choices[choice].root]
    except Undecided as reason:
        return Missing(str(reason))
    if found.mttf_s is None:
        return Missing(found.undecided.get("mttf_s") or found.missing.get("mttf_s", ""))
    return math.inf if found.mttf_s == "infinite" else found.mttf_s


def questions_of(found: Difference) -> list[About]:
    """All that is asked of a difference: each choice in both designs, and each change alone."""
    questions = [About(*pair) for pair in found.choice_pairs]
    questions += [
        About(table=table, entry=name)
        for table, changes in found.tables.items()
        if table != "plots"
        for name, change in changes.items()
        if change.kind == "changed"
    ]
    return questions


def all_changes(
    found: Difference, seconds: float
) -> tuple[dict[tuple[str | None, str | None], ChoiceChange], dict[tuple[str, str], Alone]]:
    """Every answer, by the names of the choice or by the table and its entry."""
    choices: dict[tuple[str | None, str | None], ChoiceChange] = {}
    each_alone: dict[tuple[str, str], Alone] = {}
    questions = [] if found.same_meaning else questions_of(found)
    for about in questions:
        try:
            answered = answer((found, about, seconds / len(questions)))
        except Undecided as reason:
            answered = undecided(found, about, str(reason))
        if isinstance(answered, ChoiceChange):
            choices[about.old, about.new] = answered
        else:
            each_alone[about.table, about.entry] = answered
    return choices, each_alone


def undecided(found: Difference, about: About, reason: str) -> ChoiceChange | Alone:
    """The answer where none was to be had, for a reason."""
    if about.table:
        return dict.fromkeys(found.old.choices, Missing(reason))
    old, new = designs(found)
    return ChoiceChange(
        None if about.old is None else undecided_report(old, about.old, reason),
        None if about.new is None else undecided_report(new, about.new, reason),
    )


_comparisons: list[_Comparison] = []


def _kept(found: Difference | None) -> _Comparison:
    if found is not None and not (_comparisons and _comparisons[0].difference is found):
        _comparisons[:] = [_Comparison(found)]
    return _comparisons[0]


def designs(found: Difference) -> tuple[Design, Design]:
    """Both designs, with the numbers of nodes as parameters, as their reports name them."""
    return with_named_numbers(found.old), with_named_numbers(found.new)
