"""One design after another, as they are edited: each reuses what the last one left."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from vreltui.analysis.questions.dependence import dependence
from vreltui.analysis.questions.thresholds import source_threshold
from vreltui.analysis.report import examine_study, with_all_times
from vreltui.analysis.results import Dependence, ProbabilityThreshold, Report
from vreltui.analysis.study import Study
from vreltui.engine.limits import OverdueError, Undecided, within
from vreltui.engine.program import Source
from vreltui.model import Design, Probability
from vreltui.model.quantities import PROBABILITY

MOST_OWN = 60
"""The most components of one choice whose own numbers get a threshold."""

Question = tuple[Design, str | None, tuple[str, ...] | None]
"""A design; the choice about which more is wanted; and the components whose own numbers shall get
a threshold there, without which the first ones do."""

EVERYTHING: tuple[str, ...] = ()
"""In a question the components of one who waits for all that takes long."""

Shares = Mapping[str, float]
"""How much of the unreliability of a choice each of its nodes has."""


@dataclass(frozen=True)
class Aside:
    """What is said beside the figures of a choice, once they are there.

    ``shares`` has how much of the unreliability each node has; ``independence`` how far the choice
    rests on it, None where nothing is redundant or it was not found in time.
    """

    shares: Shares
    independence: Dependence | None = None


NOTHING = Aside({})
"""Of another design."""

FEW = 400
"""The most nodes of a choice whose shares come with the first figures."""

_PATIENCE = 1.0
"""Seconds after which independence is left out in the process that nobody waits for."""

Answer = tuple[Report, Mapping[str, ProbabilityThreshold]]
"""The report on a design, and the thresholds of own numbers in one of its choices."""


@dataclass
class _Last:
    """The design that was examined last, and the thresholds found since, by choice and name."""

    study: Study
    report: Report
    own: dict[tuple[str, str], ProbabilityThreshold] = field(default_factory=dict)
    asides: dict[str, Aside] = field(default_factory=dict)


_last: list[_Last] = []


def answer(question: Question) -> Answer:
    """The answer about a design, with more about one of its choices."""
    design, choice, names = question
    if not _last or not _same(_last[0].study.design, design):
        study = Study(design, _last[0].study if _last else None)
        _last[:] = [_Last(study, examine_study(study, all_times=False))]
    last = _last[0]
    return last.report, {} if choice is None else _own_thresholds(last, choice, names)


def whole(question: Question) -> tuple[Report, Mapping[str, ProbabilityThreshold], Aside | None]:
    """As :func:`answer`, with what is said beside the figures of the choice.

    They wait for nobody who asks for the first time about a design where they take long: None then.
    Who asks once more gets them. Who names no component (``()``) wants all figures of time.
    """
    design, choice, names = question
    again = bool(_last) and _same(_last[0].study.design, design)
    wants_all = names == EVERYTHING
    report, own = answer((design, choice, None if wants_all else names))
    if choice is not None and wants_all:
        report = completed(design, choice) or report
    if choice is None or not (again or len(report.choices[choice].nodes) <= FEW):
        return report, own, None
    try:
        with within(_PATIENCE):
            return report, own, aside(design, choice)
    except OverdueError:
        # There is no other process to leave them to: they are none, as of what is too large.
        beside = _last[0].asides[choice] = NOTHING
        return report, own, beside


def completed(design: Design, choice: str) -> Report | None:
    """The report on the design that was answered last, with all figures of time of a choice.

    None for another design.
    """
    if not _last or not _same(_last[0].study.design, design):
        return None
    last = _last[0]
    found = with_all_times(last.study, last.report.choices[choice])
    last.report = replace(last.report, choices={**last.report.choices, choice: found})
    return last.report


def aside(design: Design, choice: str) -> Aside:
    """What is said beside the figures of a choice of the design that was answered last."""
    if not _last or not _same(_last[0].study.design, design):
        return NOTHING
    last = _last[0]
    if choice not in last.asides:
        shares = _shares(last.study, choice)
        try:
            found = dependence(last.study, choice) if last.study.is_asked(choice) else None
        except (Undecided, OverdueError):
            found = None
        last.asides[choice] = Aside(shares, found)
    return last.asides[choice]


def _shares(study: Study, choice: str) -> Shares:
    from vreltui.analysis.questions import unreliability_shares as question

    return question.shares(study, choice)


def beginning(question: Question) -> Iterator[None]:
    """The same as :func:`answer` in parts, so that something else can be done between them."""
    study = Study(question[0])
    for choice in study.design.choices:
        with contextlib.suppress(Undecided):
            study.evaluation(choice)
        yield
        with contextlib.suppress(Undecided):
            study.figures(choice)
        yield
    _last[:] = [_Last(study, examine_study(study, all_times=False))]


def _same(one: Design, other: Design) -> bool:
    """Whether two designs say the same; one that was edited in this process says something else."""
    if one is other:
        return True
    edited = (
        one.parameters is other.parameters
        or one.nodes is other.nodes
        or one.choices is other.choices
        or one.plots is other.plots
    )
    return not edited and one == other


def _own_thresholds(
    last: _Last, choice: str, names: tuple[str, ...] | None
) -> dict[str, ProbabilityThreshold]:
    """The thresholds of the components of a choice that have a number of their own."""
    study, report = last.study, last.report
    design = study.design
    found = report.choices[choice]
    if found.figure is None or (design.goal is None and not study.is_rival(choice)):
        return {}
    satisfied = found.verdict == "meets"
    thresholds: dict[str, ProbabilityThreshold] = {}
    below = design.below(design.choices[choice].root) if names is None else names
    for name, value in _own_numbers(design, (name for name in below if name in found.nodes)):
        if len(thresholds) == MOST_OWN:
            break
        known = last.own.get((choice, name))
        if known is None:
            source = Source(name, is_parameter=False)
            known = source_threshold(study, choice, source, value, satisfied)
            last.own[choice, name] = known
        thresholds[name] = known
    return thresholds


def _own_numbers(design: Design, names: Iterable[str]) -> Iterable[tuple[str, Probability]]:
    for name in names:
        for stated in design.nodes[name].numbers:
            if stated.own is not None and stated.quantity is PROBABILITY:
                yield name, PROBABILITY.of(stated.own)
