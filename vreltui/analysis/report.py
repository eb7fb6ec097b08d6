"""The whole answer about a design: every choice, its verdict, thresholds and reasons."""

from __future__ import annotations

from collections.abc import Iterable

from flint import arb

from vreltui.analysis.digits import figure
from vreltui.analysis.reasons import best_words, reasons
from vreltui.analysis.results import ChoiceReport, Report, Threshold
from vreltui.analysis.sentences import threshold_sentence
from vreltui.analysis.study import Study
from vreltui.analysis.thresholds import threshold
from vreltui.analysis.verdict import Standing, standing
from vreltui.engine.balls import nearest_double, sharpen
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Undecided, tick
from vreltui.engine.program import Source
from vreltui.model import Design


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
    except Undecided as reason:
        return ChoiceReport(
            choice, title, None, "undecided", None, None, {}, {}, {}, undecided=str(reason),
            reasons=(f"undecided: {reason}",),
        )  # fmt: skip
    satisfied = place.verdict == "meets"
    thresholds: dict[str, Threshold] = {}
    sentences: dict[str, str] = {}
    for name in study.parameters(choice):
        found = thresholds[name] = threshold(study, choice, name, satisfied)
        best = best_words(study, choice, found)
        sentences[name] = threshold_sentence(study.design, found, best)
    return ChoiceReport(
        choice=choice,
        title=title,
        figure=own,
        verdict=place.verdict,
        against_goal=place.against_goal,
        against_baseline=place.against_baseline,
        thresholds=thresholds,
        importance={
            name: importance(study, evaluation, choice, name) for name in study.parameters(choice)
        },
        nodes=study.figures(choice),
        witness=place.witness,
        undecided=place.undecided,
        sentences=sentences,
        reasons=reasons(study, choice, place, own),
    )


def importance(study: Study, evaluation: Evaluation, choice: str, parameter: str) -> float:
    """The derivative of the choice's reliability by a parameter; for a count, one more copy's gain.

    Zero for a parameter that only the baseline reads.
    """
    source = Source(parameter, is_parameter=True)
    if source in evaluation.program.leaves:
        try:
            (slope,) = sharpen(lambda bits: (evaluation.slope(source, bits),), most_bits=4096)
        except Undecided:  # zero, or too near to it to matter
            slope = evaluation.slope(source)
        return nearest_double(slope)
    if source in evaluation.program.pools:
        value = study.design.value(parameter, choice)
        assert isinstance(value, int)
        more = evaluation.changed({source: value + 1})

        def gain(bits: int) -> tuple[arb, ...]:
            one, other = more.pair(bits=bits), evaluation.pair(bits=bits)
            by_r, by_q = one[0] - other[0], other[1] - one[1]
            return (by_r if by_r.rad() <= by_q.rad() else by_q,)

        try:
            (found,) = sharpen(gain, most_bits=4096)
        except Undecided:
            return 0.0
        return nearest_double(found)
    return 0.0


__all__ = ["Standing", "examine", "examine_choice", "examine_study"]
