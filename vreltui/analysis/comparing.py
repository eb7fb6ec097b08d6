"""The figures of a difference: each choice in both designs, and what one change alone does.

Asked piece by piece, each within its time, in whichever process.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flint import arb

from vreltui.analysis.difference import Difference, alone
from vreltui.analysis.digits import figure
from vreltui.analysis.piecewise import budget
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

    ``factor`` says how many times as large the new unreliability is as the old one; None where
    that is not known, or the old one is 0.
    """

    old: ChoiceReport | None
    new: ChoiceReport | None
    factor: float | None = None


Alone = Mapping[str, Figure | str]
"""By choice of the old design: its figure with one change made, or why there is none."""


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
        return ChoiceChange(was, now, self._factor(was, now))

    def _factor(self, was: ChoiceReport | None, now: ChoiceReport | None) -> float | None:
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

    def alone(self, table: str, name: str, limits: Limits) -> dict[str, Figure | str]:
        """The figure of each old choice with one change made to the old design."""
        changed = alone(self.difference, table, name)
        choices = self.difference.old.choices
        if isinstance(changed, Problem):
            return dict.fromkeys(choices, f"with this change alone, {changed.what}")
        study = Study(changed, limits=lambda: limits)
        return {choice: _figure(study, choice) for choice in choices}


def _figure(study: Study, choice: str) -> Figure | str:
    try:
        return figure(study.evaluation(choice).figures())
    except Undecided as reason:
        return str(reason)


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


def undecided(found: Difference, about: About, reason: str) -> ChoiceChange | Alone:
    """The answer where none was to be had, for a reason."""
    if about.table:
        return dict.fromkeys(found.old.choices, reason)
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
