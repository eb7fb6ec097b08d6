"""Why a choice stands as it does, in a few sentences."""

from __future__ import annotations

from contextlib import suppress

from vreltui.analysis.digits import figure
from vreltui.analysis.questions.verdict import Standing, best_case
from vreltui.analysis.results import Figure, ProbabilityThreshold, Threshold
from vreltui.analysis.sentences import goal_words, settings_words, shown
from vreltui.analysis.study import Study
from vreltui.engine.balls import (
    ONE,
    WORKING_BITS,
    ZERO,
    PairOfBalls,
    accurate,
    precision,
)
from vreltui.engine.contest import Contest
from vreltui.engine.evaluation import Evaluation, pair_of
from vreltui.engine.limits import Undecided
from vreltui.engine.program import Source
from vreltui.model import Probability
from vreltui.model.goals import Share

PROVEN = "proven: no values of the open parameters within their ranges change that"

NOTHING_ASKED = "nothing is asked of it: there is no goal, and no baseline that it has to beat"


def reasons(study: Study, choice: str, place: Standing, own: Figure) -> tuple[str, ...]:
    """Sentences that explain a verdict: what was compared, and what the open parameters can do."""
    design = study.design
    said: list[str] = []
    if place.against_goal is not None:
        assert design.goal is not None
        word = {"above": "exceeds", "equal": "only equals", "below": "does not exceed"}
        said.append(f"{shown(own)} {word[place.against_goal]} the goal {goal_words(design.goal)}")
    if place.against_baseline is not None:
        assert design.baseline is not None
        word = {"better": "better than", "equal": "exactly as good as", "worse": "worse than"}
        sentence = f"{word[place.against_baseline]} {design.baseline}"
        with suppress(Undecided):
            baseline = figure(study.evaluation(design.baseline).figures())
            sentence += f", which gives {shown(baseline)}"
        said.append(sentence)
    if place.verdict == "short" and place.witness is not None:
        said.append(f"meets with {settings_words(dict(place.witness))}")
    if place.verdict == "hopeless":
        try:
            said.append(_hopeless_words(study, choice))
        except Undecided:  # no time is left to say it better
            said.append(PROVEN)
    if place.verdict is None:
        said.append(NOTHING_ASKED)
    if place.verdict == "undecided":
        said.append(f"undecided: {place.undecided}")
    return tuple(said)


def _hopeless_words(study: Study, choice: str) -> str:
    """Why no values of the open parameters help: the best case, where that already settles it."""
    design = study.design
    best = best_case(study, choice)
    if (
        best is not None
        and not best.own_values
        and (best.rival is None or not _open(study, choice))
    ):
        return "nothing is open that could change that"
    if best is not None:
        own = figure(best.own.figures())
        # The open parameters may be the baseline's alone: then nothing improves the choice itself.
        at_best = settings_words(dict(best.own_values))
        gives = f"even with {at_best} it gives" if at_best else "it gives"
        target = design.target
        if target is not None and Contest(best.own, target, study.budget).sign() <= 0:
            return f"{gives} {compared(own, _of(target))}"
        if best.rival is not None and Contest(best.own, best.rival, study.budget).sign() <= 0:
            rival = figure(best.rival.figures())
            return (
                f"{gives} {compared(own, rival)}, "
                f"the least that {design.baseline} gives within the ranges"
            )
    return PROVEN


def _open(study: Study, choice: str) -> bool:
    """Whether a parameter that the choice or its baseline reads is open to the choice."""
    design = study.design
    return any(
        design.parameters[name].is_open and name not in design.choices[choice].set
        for name in study.parameters(choice)
    )


def _of(goal: Probability) -> Figure:
    return Figure(float(goal.reliability), float(goal.unreliability))


def best_words(study: Study, choice: str, threshold: Threshold) -> str:
    """For a probability that cannot rescue a choice: what even a perfect one would give."""
    if (
        not isinstance(threshold, ProbabilityThreshold)
        or threshold.intervals
        or threshold.undecided
    ):
        return ""
    source = Source(threshold.parameter, is_parameter=True)
    try:
        return _best_case_words(study, choice, source)
    except Undecided:  # no time is left for words
        return ""


def _best_case_words(study: Study, choice: str, source: Source) -> str:
    for contest in study.contests(choice):
        study.budget.check_time("looking at the best case")
        own = _perfect(contest.own, source)
        if own is None:
            continue
        rival, name = _rival(contest, study, choice, source)
        if rival is not None and own.reliability <= rival.reliability:
            return f"even a perfect one gives {compared(own, rival)}{name}"
    return ""


def _perfect(evaluation: Evaluation, source: Source) -> Figure | None:
    if source not in evaluation.program.leaves or evaluation.program.direction(source) != 1:
        return None
    if evaluation.degree(source) == 1:
        pair = _perfect_by_slope(evaluation, source)
        if pair is not None:
            return figure(pair)
    with evaluation.varying(source, WORKING_BITS) as varying:
        return figure(varying.at((ONE, ZERO)))


def _perfect_by_slope(evaluation: Evaluation, source: Source) -> PairOfBalls | None:
    """The root where a value that acts along one path is 1, unless digits are lost on the way."""
    value = evaluation.values[source]
    assert isinstance(value, Probability)
    with precision(WORKING_BITS):
        gained = pair_of(value, WORKING_BITS)[1] * evaluation.slope(source)
        r, q = evaluation.pair()
        pair = r + gained, q - gained
    return pair if accurate(pair[0]) and accurate(pair[1]) else None


def _rival(
    contest: Contest, study: Study, choice: str, source: Source
) -> tuple[Figure | None, str]:
    if isinstance(contest.rival, Probability | Share):
        return _of(contest.rival), ""
    moved = _perfect(contest.rival, source) if study.moves(choice, source)[1] else None
    try:
        rival = moved if moved is not None else figure(contest.rival.figures())
    except Undecided:
        return None, ""
    return rival, f" of {study.design.baseline}"


def compared(lesser: Figure, greater: Figure) -> str:
    """In words as "0.9949 < 0.998", with enough digits for the two to differ where they do."""
    for digits in range(6, 17):
        texts = shown(lesser, digits), shown(greater, digits)
        if texts[0] != texts[1]:
            return f"{texts[0]} < {texts[1]}"
    return f"{shown(lesser)}, no more than {shown(greater)}"
