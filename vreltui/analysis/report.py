"""The whole answer about a design: every choice, its verdict, thresholds and reasons."""

from __future__ import annotations

from collections.abc import Iterable

from vreltui.analysis.digits import Number, compared, figure, nearest
from vreltui.analysis.questions.hopeless import hopeless
from vreltui.analysis.questions.importance import importance
from vreltui.analysis.questions.thresholds import threshold
from vreltui.analysis.questions.verdict import standing
from vreltui.analysis.results import (
    ChoiceReport,
    Comparison,
    Hopeless,
    Proven,
    Report,
    Threshold,
)
from vreltui.analysis.study import Study
from vreltui.engine.balls import nearest_double, sharpen
from vreltui.engine.contest import Contest, margin
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Undecided, tick
from vreltui.model import Design, Probability


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


def examine_choice(study: Study, choice: str) -> ChoiceReport:
    """The report on one choice."""
    study.start_budget()
    tick()
    title = study.design.choices[choice].title
    try:
        evaluation = study.evaluation(choice)
        place = standing(study, choice)
        own = figure(evaluation.figures())
        comparisons = _comparisons(study, choice)
    except Undecided as reason:
        return ChoiceReport(
            choice, title, None, "undecided", None, None, {}, {}, {}, undecided=str(reason)
        )
    thresholds: dict[str, Threshold] = {}
    asked = study.parameters(choice)
    for number, name in enumerate(asked):
        study.budget.next_of(len(asked) - number)
        thresholds[name] = threshold(study, choice, name, place.verdict == "meets")
    weights, unknown = _importance(study, evaluation, choice)
    return ChoiceReport(
        choice=choice,
        title=title,
        figure=own,
        verdict=place.verdict,
        against_goal=place.against_goal,
        against_baseline=place.against_baseline,
        thresholds=thresholds,
        importance=weights,
        nodes=study.figures(choice),
        witness=place.witness,
        undecided=place.undecided,
        digits=_digits(evaluation, comparisons),
        to_goal=_to_goal(study, choice),
        comparisons=comparisons,
        hopeless=_hopeless(study, choice, thresholds) if place.verdict == "hopeless" else None,
        open_questions=unknown,
    )


def _importance(
    study: Study, evaluation: Evaluation, choice: str
) -> tuple[dict[str, float], dict[str, str]]:
    """The importance of each parameter for which it was found, and of the others why it was not."""
    found: dict[str, float] = {}
    unknown: dict[str, str] = {}
    for name in study.parameters(choice):
        try:
            found[name] = importance(study, evaluation, choice, name)
        except Undecided as reason:
            unknown[f"importance.{name}"] = str(reason)
    return found, unknown


def _hopeless(study: Study, choice: str, thresholds: dict[str, Threshold]) -> Hopeless:
    try:
        return hopeless(study, choice, thresholds)
    except Undecided:  # no time is left to show it better
        return Proven()


def _comparisons(study: Study, choice: str) -> tuple[Comparison, ...]:
    """What the choice was measured against, in digits that tell the two sides apart."""
    return tuple(_compared(contest) for contest in study.contests(choice))


def _compared(contest: Contest) -> Comparison:
    own, sign = _number(contest.own), contest.sign()
    if isinstance(contest.rival, Probability):
        return compared(own, contest.rival, sign, "goal")
    return compared(own, contest.rival_pair, sign, "baseline")


def _number(evaluation: Evaluation) -> Number:
    return lambda bits: evaluation.pair(bits=bits)


def _digits(evaluation: Evaluation, comparisons: tuple[Comparison, ...]) -> Probability:
    """The reliability in the digits of the comparison that needs the most of them."""
    told = [each.own for each in comparisons if each.sign]
    usual = nearest(_number(evaluation))
    return max([usual, *told], key=lambda each: each.places)


def _to_goal(study: Study, choice: str) -> float | None:
    """By how much the choice exceeds the goal; exactly 0 where it only equals it."""
    for contest in study.contests(choice):
        if isinstance(contest.rival, Probability):
            return exact_margin(contest)
    return None


def exact_margin(contest: Contest) -> float:
    """By how much the choice exceeds its rival, as a double; 0 for a tie alone."""
    if contest.sign() == 0:
        return 0.0
    (by,) = sharpen(lambda bits: (margin(contest.own.pair(bits=bits), contest.rival_pair(bits)),))
    return nearest_double(by)
