"""Why a choice that fails is hopeless; and where nothing is open, what would save it."""

from __future__ import annotations

from decimal import Decimal

from vreltui.analysis.digits import Number, compared
from vreltui.analysis.questions.single_changes import single_changes
from vreltui.analysis.questions.verdict import best_case
from vreltui.analysis.results import (
    BestCase,
    Hopeless,
    NothingOpen,
    Proven,
    Threshold,
)
from vreltui.analysis.study import Study
from vreltui.engine.bernstein import Box
from vreltui.engine.boxes import Duel, find_win
from vreltui.engine.contest import Contest
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Undecided
from vreltui.engine.program import Source
from vreltui.model import Probability, Value

MOST_CHANGES = 6
"""The most single changes that are named."""

_SHARE_OF_SEVERAL = 5
"""Whether several numbers would do may take one of so many parts of the time that is left."""

_ALL = (Decimal(0), Decimal(1))


def hopeless(study: Study, choice: str, thresholds: dict[str, Threshold]) -> Hopeless:
    """Why the open parameters cannot save a choice; ``thresholds`` are those of parameters."""
    if not is_open(study, choice):
        return _nothing_open(study, choice, thresholds)
    best = best_case(study, choice)
    if best is None:
        return Proven()
    goal, rival = study.design.target, best.rival
    if goal is not None:
        sign = Contest(best.own, goal, study.budget).sign()
        if sign <= 0:
            found = compared(_number(best.own), goal, sign, "goal")
            return BestCase(best.own_values, found, at_worst=False)
    if rival is not None:
        sign = Contest(best.own, rival, study.budget).sign()
        if sign <= 0:
            found = compared(_number(best.own), _number(rival), sign, "baseline")
            return BestCase(best.own_values, found, at_worst=True)
    return Proven()


def is_open(study: Study, choice: str) -> bool:
    """Whether a parameter that the choice or its baseline reads is open to the choice."""
    design = study.design
    return any(
        design.parameters[name].is_open and name not in design.choices[choice].set
        for name in study.parameters(choice)
    )


def _number(evaluation: Evaluation) -> Number:
    return lambda bits: evaluation.pair(bits=bits)


def _nothing_open(study: Study, choice: str, thresholds: dict[str, Threshold]) -> NothingOpen:
    changes, undecided = single_changes(study, choice, thresholds)
    joint = None if changes or undecided else _several_would_do(study, choice)
    return NothingOpen(tuple(changes[:MOST_CHANGES]), max(0, len(changes) - MOST_CHANGES), joint)


def _several_would_do(study: Study, choice: str) -> bool | None:
    """Whether all numbers together could save a choice that no single one can."""
    design = study.design
    own = study.evaluation(choice)
    rival = None
    if study.is_rival(choice):
        assert design.baseline is not None
        rival = study.evaluation(design.baseline)
    box: Box = {}
    best: dict[Source, Value] = {}
    worst: dict[Source, Value] = {}
    if own.leaf_figures or (rival is not None and rival.leaf_figures):
        return None  # how far times may go, nobody says
    for source in own.program.leaves:
        moves = rival is not None and source in rival.program.leaves
        if moves and study.moves(choice, source)[1]:
            box[source] = _ALL
        elif own.program.direction(source) == 1:
            best[source] = Probability(Decimal(1))
        else:
            return None
    for source in rival.program.leaves if rival is not None else ():
        if source not in own.program.leaves and study.moves(choice, source)[1]:
            if rival is not None and rival.program.direction(source) != 1:
                return None
            worst[source] = Probability(Decimal(0))
    duel = Duel(
        own.changed(best),
        design.target,
        rival.changed(worst) if rival is not None else None,
        study.budget,
    )
    # Asked beside the verdict, which is known: where it is hard, that is soon said.
    study.budget.next_of(_SHARE_OF_SEVERAL)
    try:
        return find_win(duel, box) is not None
    except Undecided:
        return None
