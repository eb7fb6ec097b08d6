"""Measures of what is replaced as a whole: by what always works, and by what never does."""

from __future__ import annotations

from flint import arb

from vreltui.analysis.importance_results import OF_GROUPS, Importance
from vreltui.analysis.quotients import double_of
from vreltui.analysis.study import Study
from vreltui.engine.contest import Contest, margin
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Undecided


def extremes(study: Study, own: Evaluation, works: Evaluation, fails: Evaluation) -> Importance:
    """Birnbaum's measure, criticality, raw and rrw of a choice and its two extremes."""
    undecided: dict[str, str] = {}
    found: dict[str, float | None] = dict.fromkeys(OF_GROUPS)
    for key in OF_GROUPS:
        try:
            study.budget.check_time("finding importances")
            found[key] = _measure(study, key, own, works, fails)
        except Undecided as reason:
            undecided[key] = str(reason)
    return Importance(found, undecided)


def _measure(
    study: Study, key: str, own: Evaluation, works: Evaluation, fails: Evaluation
) -> float | None:
    if key == "birnbaum":
        return between(study, works, fails)
    if own.pair()[1].is_zero():
        return None
    if key == "raw":
        return double_of(lambda bits: _quotient(fails, own, bits))
    if key == "rrw":
        return (
            None
            if works.pair()[1].is_zero()
            else double_of(lambda bits: _quotient(own, works, bits))
        )
    if Contest(works, own, study.budget).sign() == 0:
        return 0.0
    return double_of(
        lambda bits: margin(works.pair(bits=bits), own.pair(bits=bits)) / own.pair(bits=bits)[1]
    )


def between(study: Study, more: Evaluation, less: Evaluation) -> float:
    """The reliability of one evaluation less that of another. Raises :class:`Undecided`."""
    if Contest(more, less, study.budget).sign() == 0:
        return 0.0
    return double_of(lambda bits: margin(more.pair(bits=bits), less.pair(bits=bits)))


def _quotient(over: Evaluation, under: Evaluation, bits: int) -> arb:
    return over.pair(bits=bits)[1] / under.pair(bits=bits)[1]
