"""The whole answer about a design: every choice, its verdict, thresholds and reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from vreltui.analysis.digits import Number, compared, figure, nearest
from vreltui.analysis.questions.hopeless import hopeless
from vreltui.analysis.questions.importance import importance
from vreltui.analysis.questions.thresholds import threshold, undecided_threshold
from vreltui.analysis.questions.verdict import Standing, standing
from vreltui.analysis.questions.within import is_explored, with_what_is_kept, within
from vreltui.analysis.results import (
    ChoiceReport,
    Comparison,
    Digits,
    Hopeless,
    Proven,
    Report,
    Threshold,
)
from vreltui.analysis.study import Study
from vreltui.engine.balls import nearest_double, sharpen
from vreltui.engine.contest import margin
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Limits, Undecided, tick
from vreltui.engine.stated_values import pair_of
from vreltui.model import Design


def examine(design: Design, choices: Iterable[str] | None = None) -> Report:
    """The report on a design, on all its choices or on those named.

    Never raises for a design that obeys the rules: what cannot be found within the limits is
    reported as undecided, with the reason.
    """
    return examine_study(Study(design), choices)


def examine_study(
    study: Study, choices: Iterable[str] | None = None, *, all_times: bool = True
) -> Report:
    """As :func:`examine`, with a study whose figures are kept."""
    names = study.design.choices if choices is None else choices
    return Report({name: examine_choice(study, name, all_times=all_times) for name in names})


def examine_choice(
    study: Study, choice: str, budget: Limits | None = None, *, all_times: bool = True
) -> ChoiceReport:
    """The report on one choice; ``budget`` is what all of it may take, the study's own by default.

    Without ``all_times``, figures of time other than what is measured are left for
    :func:`with_all_times`.

    Half of the time that is left is the verdict's, if it needs it. Thresholds and importances share
    the rest equally, and what one of them leaves is the others'.
    """
    study.start_budget(budget)
    tick()
    if study.design.measure == "mttf":
        return _with_mean(study, choice)
    try:
        evaluation = study.evaluation(choice)
        own = figure(evaluation.figures())
        nodes = study.figures(choice)
        study.budget.next_of(2)
        place = standing(study, choice)
        kept = None
        if is_explored(study.design):
            kept, place = within(study, choice, place)
    except Undecided as reason:
        return undecided_report(study.design, choice, str(reason), study.parameters(choice))
    comparisons = _comparisons(study, choice, place)
    thresholds = _thresholds(study, choice, place)
    if kept is not None:
        thresholds = with_what_is_kept(study, choice, thresholds, kept)
    is_hopeless = place.verdict == "hopeless" and (kept is None or kept.kind == "hopeless")
    weights, unknown = _importance(study, evaluation, choice)
    report = ChoiceReport(
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
        digits=_digits(evaluation, comparisons),
        to_goal=_to_goal(study, choice, place),
        comparisons=comparisons,
        hopeless=_hopeless(study, choice, thresholds) if is_hopeless else None,
        open_questions={**place.open_questions, **unknown},
        within=kept,
    )
    return _with_times(study, choice, report, all_times)


def _with_mean(study: Study, choice: str) -> ChoiceReport:
    """What is measured is found before what is asked of it."""
    from vreltui.analysis.questions.time_figures import time_figures

    study.budget.next_of(2)
    times = time_figures(study, choice)
    study.budget.next_of(2)
    report = _mean_report(study, choice)
    return replace(report, times=times, has_all_times=True)


def _mean_report(study: Study, choice: str) -> ChoiceReport:
    # Imported where a design asks for it: the others start without it.
    from vreltui.analysis.mean_report import mean_report

    try:
        return mean_report(study, choice)
    except Undecided as reason:
        return undecided_report(study.design, choice, str(reason), study.parameters(choice))


def with_all_times(study: Study, report: ChoiceReport) -> ChoiceReport:
    """A report on the design as it stands, with all figures of time."""
    if report.has_all_times:
        return report
    study.start_budget()
    return _with_times(study, report.choice, report, True)


def _with_times(study: Study, choice: str, report: ChoiceReport, all_times: bool) -> ChoiceReport:
    """The report with the figures of time, where the design knows of it."""
    if not study.design.knows_time:
        return report
    if not all_times:
        from vreltui.analysis.measured_times import MeasuredTimes

        times = MeasuredTimes(study.design.measure, report.nodes)
        return replace(report, times=times, has_all_times=False)
    from vreltui.analysis.questions.time_figures import time_figures

    return replace(report, times=time_figures(study, choice), has_all_times=True)


def _thresholds(study: Study, choice: str, place: Standing) -> dict[str, Threshold]:
    """The threshold of each parameter; none where nothing is asked."""
    found: dict[str, Threshold] = {}
    asked = study.parameters(choice) if place.verdict is not None else ()
    for number, name in enumerate(asked):
        study.budget.next_of(len(asked) - number + 1)
        found[name] = threshold(study, choice, name, place.satisfied)
    return found


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


def _hopeless(study: Study, choice: str, thresholds: dict[str, Threshold]) -> Hopeless:
    try:
        return hopeless(study, choice, thresholds)
    except Undecided:  # no time is left to show it better
        return Proven()


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
        thresholds[name] = undecided_threshold(design, name, value, None, reason)
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
        open_questions={
            **{name: reason for name, there in against.items() if there},
            **{f"importance.{name}": reason for name in names},
        },
    )


def unasked_report(design: Design, choice: str, reason: str) -> ChoiceReport:
    """The report on a choice for which no time was left, and none to list what is not known of it.

    It takes the same time however large the design is.
    """
    report = undecided_report(design, choice, reason, ())
    return replace(report, is_listed=False)


# The figures that are compared


def _comparisons(study: Study, choice: str, place: Standing) -> tuple[Comparison, ...]:
    """What the choice was measured against, in digits that tell the two sides apart."""
    own, design = _number(study.evaluation(choice)), study.design
    found = []
    target = design.target
    if place.against_goal is not None and target is not None:
        sign = {"above": 1, "equal": 0, "below": -1}[place.against_goal]
        found.append(compared(own, target, sign, "goal"))
    if place.against_baseline is not None and design.baseline is not None:
        sign = {"better": 1, "equal": 0, "worse": -1}[place.against_baseline]
        rival = _number(study.evaluation(design.baseline))
        found.append(compared(own, rival, sign, "baseline"))
    return tuple(found)


def _number(evaluation: Evaluation) -> Number:
    return lambda bits: evaluation.pair(bits=bits)


def _digits(evaluation: Evaluation, comparisons: tuple[Comparison, ...]) -> Digits:
    """The reliability in the digits of the comparison that needs the most of them."""
    found = nearest(_number(evaluation))
    for each in comparisons:
        if isinstance(found, str) or isinstance(each.own, str):
            break
        if each.sign and each.own.places > found.places:
            found = each.own
    return found


def _to_goal(study: Study, choice: str, place: Standing) -> float | None:
    """By how much the choice exceeds the goal; 0 where it only equals it."""
    goal, own = study.design.target, study.evaluation(choice)
    if goal is None or place.against_goal is None:
        return None
    if place.against_goal == "equal":
        return 0.0
    (by,) = sharpen(lambda bits: (margin(own.pair(bits=bits), pair_of(goal, bits)),))
    return nearest_double(by)
