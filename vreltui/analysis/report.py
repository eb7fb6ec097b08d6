"""The whole answer about a design: every choice, its verdict, thresholds and reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flint import arb

from vreltui.analysis.digits import figure
from vreltui.analysis.questions.thresholds import threshold
from vreltui.analysis.questions.verdict import Standing, standing
from vreltui.analysis.reasons import best_words, reasons
from vreltui.analysis.results import ChoiceReport, Report, Threshold
from vreltui.analysis.sentences import threshold_sentence
from vreltui.analysis.study import Study
from vreltui.engine.balls import WORKING_BITS, accurate, nearest_double, precision
from vreltui.engine.contest import margin
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Undecided, tick
from vreltui.engine.program import Source
from vreltui.model import Design

MOST_BITS = 1 << 14
"""Beyond this precision a difference that is not told from zero is called zero."""

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
    asked = study.parameters(choice)
    for number, name in enumerate(asked):
        study.budget.next_of(len(asked) - number)
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
    """The double nearest to a difference, which may be zero or as good as zero."""
    bits = WORKING_BITS
    while bits <= MOST_BITS:
        try:
            value = compute(bits)
        except Undecided:  # too large to be walked at this precision
            break
        with precision(bits):
            if accurate(value):
                return nearest_double(value)
            if abs(value) < LEAST_DOUBLE:
                return 0.0
        bits *= 2
    return 0.0


__all__ = ["Standing", "examine", "examine_choice", "examine_study"]
