"""The whole answer about a design: every choice, its verdict, thresholds and reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flint import arb

from vreltui.analysis.digits import figure
from vreltui.analysis.questions.thresholds import threshold
from vreltui.analysis.questions.verdict import Standing, standing
from vreltui.analysis.reasons import best_words, reasons
from vreltui.analysis.results import (
    ChoiceReport,
    CountThreshold,
    ProbabilityThreshold,
    Report,
    Threshold,
)
from vreltui.analysis.sentences import threshold_sentence
from vreltui.analysis.study import Study
from vreltui.engine.balls import WORKING_BITS, accurate, nearest_double, precision
from vreltui.engine.contest import margin
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Limits, Undecided, tick
from vreltui.engine.program import Source
from vreltui.model import Design

MOST_BITS = 1 << 14
"""The precision to which a difference is followed that can't be told from zero."""

LEAST_DOUBLE = arb(2) ** -1080
"""What is certainly smaller than this is zero as a double."""


def examine(design: Design, choices: Iterable[str] | None = None) -> Report:
    """The report on a design, on all its choices or on those named.

    Never raises for a design that obeys the rules: what cannot be found within the limits is
    reported as undecided, with the reason.
    """
    return examine_study(Study(design), choices)


def examine_study(study: Study, choices: Iterable[str] | None = None) -> Report:
    """As :func:`examine`, with a study whose figures are kept."""
    names = study.design.choices if choices is None else choices
    return Report({name: examine_choice(study, name) for name in names})


def examine_choice(study: Study, choice: str, budget: Limits | None = None) -> ChoiceReport:
    """The report on one choice; ``budget`` is what all of it may take, the study's own by default.

    Half of the time that is left is the verdict's, if it needs it. Thresholds and importances share
    the rest equally, and what one of them leaves is the others'.
    """
    study.start_budget(budget)
    tick()
    try:
        evaluation = study.evaluation(choice)
        own = figure(evaluation.figures())
        nodes = study.figures(choice)
        study.budget.next_of(2)
        place = standing(study, choice)
    except Undecided as reason:
        return undecided_report(study.design, choice, str(reason), study.parameters(choice))
    thresholds, sentences = _thresholds(study, choice, place)
    weights, unknown = _importance(study, evaluation, choice)
    return ChoiceReport(
        choice=choice,
        title=study.design.choices[choice].title,
        figure=own,
        verdict=place.verdict,
        against_goal=place.against_goal,
        against_baseline=place.against_baseline,
        thresholds=thresholds,
        importance=weights,
        nodes=nodes,
        witness=place.witness,
        undecided=place.undecided,
        sentences=sentences,
        reasons=reasons(study, choice, place, own),
        open_questions={**place.open_questions, **unknown},
    )


def _thresholds(
    study: Study, choice: str, place: Standing
) -> tuple[dict[str, Threshold], dict[str, str]]:
    """The threshold of each parameter, and its sentence; none where nothing is asked."""
    found: dict[str, Threshold] = {}
    sentences: dict[str, str] = {}
    asked = study.parameters(choice) if place.verdict is not None else ()
    for number, name in enumerate(asked):
        study.budget.next_of(len(asked) - number + 1)
        one = found[name] = threshold(study, choice, name, place.satisfied)
        sentences[name] = threshold_sentence(study.design, one, best_words(study, choice, one))
    return found, sentences


def _importance(
    study: Study, evaluation: Evaluation, choice: str
) -> tuple[dict[str, float], dict[str, str]]:
    """The importance of each parameter for which it was found, and of the others why it was not."""
    found: dict[str, float] = {}
    unknown: dict[str, str] = {}
    asked = study.parameters(choice)
    for number, name in enumerate(asked):
        study.budget.next_of(len(asked) - number)
        try:
            found[name] = importance(study, evaluation, choice, name)
        except Undecided as reason:
            unknown[f"importance.{name}"] = str(reason)
    return found, unknown


def undecided_report(
    design: Design, choice: str, reason: str, asked: Iterable[str] | None = None
) -> ChoiceReport:
    """The report on a choice of which nothing was found, for a reason.

    ``asked`` are the parameters that the choice or its baseline uses.
    """
    names = Study(design).parameters(choice) if asked is None else tuple(asked)
    is_asked = Study(design).is_asked(choice)
    thresholds: dict[str, Threshold] = {}
    for name in names if is_asked else ():
        value = design.value(name, choice)
        if isinstance(value, int):
            thresholds[name] = CountThreshold(name, value, None, (), design.most_copies, reason)
        else:
            thresholds[name] = ProbabilityThreshold(name, value, None, (), reason)
    against = {
        "against_goal": design.goal is not None,
        "against_baseline": Study(design).is_rival(choice),
    }
    return ChoiceReport(
        choice=choice,
        title=design.choices[choice].title,
        figure=None,
        verdict="undecided" if is_asked else None,
        against_goal=None,
        against_baseline=None,
        thresholds=thresholds,
        importance={},
        nodes={},
        undecided=reason,
        sentences={name: threshold_sentence(design, one) for name, one in thresholds.items()},
        reasons=(f"undecided: {reason}",),
        open_questions={
            **{name: reason for name, there in against.items() if there},
            **{f"importance.{name}": reason for name in names},
        },
    )


def importance(study: Study, evaluation: Evaluation, choice: str, parameter: str) -> float:
    """The derivative of the choice's reliability by a parameter; for a count, one more copy's gain.

    Zero for a parameter that only the baseline reads. Raises :class:`Undecided` where it was not
    found within the limits.
    """
    study.budget.check_time("finding an importance")
    source = Source(parameter, is_parameter=True)
    if source in evaluation.program.leaves:
        return _double_of(lambda bits: evaluation.slope(source, bits))
    if source in evaluation.program.pools:
        value = study.design.value(parameter, choice)
        assert isinstance(value, int)
        more = evaluation.changed({source: value + 1})

        def gain(bits: int) -> arb:
            with precision(bits):
                return margin(more.pair(bits=bits), evaluation.pair(bits=bits))

        return _double_of(gain)
    return 0.0


def _double_of(compute: Callable[[int], arb]) -> float:
    """The double nearest to a difference; 0 where the difference is proven smaller than any."""
    bits = WORKING_BITS
    while bits <= MOST_BITS:
        value = compute(bits)
        with precision(bits):
            if accurate(value):
                return nearest_double(value)
            if abs(value) < LEAST_DOUBLE:
                return 0.0
        bits *= 2
    raise Undecided(f"an importance was not certain at {MOST_BITS} bits")


__all__ = ["examine", "examine_choice", "examine_study", "undecided_report"]
