"""Does a choice meet; and if not, can the open parameters be set so that it does?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import prod

from vreltui.analysis.questions.fixed_letters import held_by_causes, most_of_beta
from vreltui.analysis.results import AgainstBaseline, AgainstGoal, Verdict
from vreltui.analysis.study import Study
from vreltui.engine.bernstein import Box
from vreltui.engine.boxes import Duel, find_win
from vreltui.engine.contest import Contest
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Undecided
from vreltui.engine.program import Source
from vreltui.model import Design, Parameter, Probability, Value
from vreltui.model.goals import Target
from vreltui.model.numbers import PlainNumber
from vreltui.model.quantities import COUNT, PROBABILITY, number
from vreltui.model.times import Duration, Rate

_AGAINST_GOAL: Mapping[int | None, AgainstGoal] = {1: "above", 0: "equal", -1: "below"}
_AGAINST_BASELINE: Mapping[int | None, AgainstBaseline] = {1: "better", 0: "equal", -1: "worse"}

MOST_COUNTS_TRIED = 5_000
"""The most combinations of counts that are tried one by one."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a choice stands: verdict, what it was measured against, and a witness or a reason.

    ``verdict`` is None where nothing is asked. ``open_questions`` says of each of ``against_goal``
    and ``against_baseline`` that was not decided why not.
    """

    verdict: Verdict | None
    against_goal: AgainstGoal | None
    against_baseline: AgainstBaseline | None
    witness: Mapping[str, Value] | None = None
    undecided: str = ""
    open_questions: Mapping[str, str] = field(default_factory=dict)

    @property
    def satisfied(self) -> bool | None:
        """Whether the choice meets as it stands; None where that was not decided."""
        lost = {self.against_goal, self.against_baseline} & {"below", "worse", "equal"}
        return None if self.open_questions and not lost else self.verdict == "meets"


def standing(study: Study, choice: str) -> Standing:
    """The verdict of a choice. Raises :class:`Undecided` when its reliability is not to be had."""
    own = study.evaluation(choice)
    goal, baseline = study.design.target, study.design.baseline
    rivals: dict[str, Callable[[], Evaluation | Target]] = {}
    if goal is not None:
        rivals["against_goal"] = lambda: goal
    if baseline is not None and study.is_rival(choice):
        rivals["against_baseline"] = lambda: study.evaluation(baseline)
    if not rivals:
        return Standing(None, None, None)
    signs: dict[str, int] = {}
    unknown: dict[str, str] = {}
    for name, rival in rivals.items():
        try:
            signs[name] = Contest(own, rival(), study.budget).sign()
        except Undecided as reason:
            unknown[name] = str(reason)
    against_goal = _AGAINST_GOAL.get(signs.get("against_goal"))
    against_baseline = _AGAINST_BASELINE.get(signs.get("against_baseline"))
    # One that is lost is enough for a no, whatever the other comes to.
    if unknown and all(sign > 0 for sign in signs.values()):
        why = "; ".join(unknown.values())
        return Standing("undecided", against_goal, against_baseline, None, why, unknown)
    if all(sign > 0 for sign in signs.values()):
        return Standing("meets", against_goal, against_baseline)
    try:
        witness = find_witness(study, choice)
    except Undecided as reason:
        why = str(reason)
        return Standing("undecided", against_goal, against_baseline, None, why, unknown)
    verdict: Verdict = "hopeless" if witness is None else "short"
    return Standing(verdict, against_goal, against_baseline, witness, open_questions=unknown)


def find_witness(study: Study, choice: str) -> dict[str, Value] | None:
    """Values of the open parameters with which the choice meets; None proves there are none."""
    design = study.design
    own = study.evaluation(choice)
    rival = None
    if study.is_rival(choice):
        assert design.baseline is not None
        rival = study.evaluation(design.baseline)
    held_open(design, choice, study.parameters(choice))
    duel = Duel(own, design.target, rival, study.budget)
    search = _Search(study, choice, duel)
    for own_counts, rival_counts in search.counts():
        duel.limits.check_time("the search for values that would do")
        own_values = {**search.own_values, **own_counts}
        rival_values = {**search.rival_values, **rival_counts}
        placed = Duel(
            own.changed(own_values),
            design.target,
            rival.changed(rival_values) if rival is not None else None,
            duel.limits,
            search.moves,
            search.amounts,
        )
        found = find_win(placed, search.box)
        if found is not None:
            values = {**rival_values, **own_values, **found}
            return {source.name: values[source] for source in search.open}
    return None


def held_open(design: Design, choice: str, parameters: Iterable[str]) -> None:
    """Raise :class:`Undecided` where common causes hold an open parameter in its place."""
    if not design.causes:
        return
    for name in parameters:
        parameter = design.parameters[name]
        if parameter.range is None or name in design.choices[choice].set:
            continue
        if reason := held_by_causes(design, choice, name):
            raise Undecided(reason)
        if most_of_beta(design, choice, name) < number(parameter.range[1]) <= 1:
            raise Undecided(f"with {name} in its range, betas may come to more than 1")


@dataclass(frozen=True, slots=True)
class BestCase:
    """The most that the ranges allow: the choice at its best, its baseline at its worst.

    No point of the ranges is better for the choice, though both need not be possible at once.
    """

    own: Evaluation
    rival: Evaluation | None
    own_values: Mapping[str, Value]


def best_case(study: Study, choice: str) -> BestCase | None:
    """The best case of a choice; None where the effect of a value is not known in advance."""
    design = study.design
    own = study.evaluation(choice)
    rival = None
    if study.is_rival(choice):
        assert design.baseline is not None
        rival = study.evaluation(design.baseline)
    search = _Search(study, choice, Duel(own, design.target, rival, study.budget))
    if search.tried:
        return None
    corners = Duel(own, design.target, rival, study.budget, search.moves, search.amounts).best(
        search.box
    )
    if corners is None:
        return None
    best = {**search.own_values, **corners[0]}
    worst = {**search.rival_values, **corners[1]}
    return BestCase(
        own.changed(best),
        rival.changed(worst) if rival is not None else None,
        {source.name: best[source] for source in search.open if source in best},
    )


class _Search:
    """The open parameters of a choice and its baseline, sorted by what is best for the choice.

    What only one side uses is set to its best (or, for the baseline, its worst) end at once, where
    the way in which it moves that side is known. Other probabilities make up ``box``, and ``moves``
    tells which sides each of them moves; other counts are tried one by one.
    """

    def __init__(self, study: Study, choice: str, duel: Duel) -> None:
        self.open: list[Source] = []
        self.own_values: dict[Source, Value] = {}
        self.rival_values: dict[Source, Value] = {}
        self.box: Box = {}
        self.moves: dict[Source, tuple[bool, bool]] = {}
        self.amounts: dict[Source, tuple[Value, Value]] = {}
        self.tried: list[tuple[Source, tuple[bool, bool], range]] = []
        design = study.design
        for name, parameter in design.parameters.items():
            # What the choice sets is given, in its baseline as well: the baseline is what it is.
            if parameter.range is None or name in design.choices[choice].set:
                continue
            source = Source(name, is_parameter=True)
            in_own = _reads(duel.own, source)
            in_rival = (
                duel.rival is not None
                and design.baseline is not None
                and name not in design.choices[design.baseline].set
                and _reads(duel.rival, source)
            )
            if in_own or in_rival:
                self.open.append(source)
                self._place(source, parameter, duel, in_own=in_own, in_rival=in_rival)

    def _place(
        self, source: Source, parameter: Parameter, duel: Duel, *, in_own: bool, in_rival: bool
    ) -> None:
        assert parameter.range is not None
        low, high = parameter.range
        own_way = duel.own.program.direction(source) if in_own else 0
        rival_way = duel.rival.program.direction(source) if in_rival and duel.rival else 0
        if in_own and not in_rival and own_way is not None:
            self.own_values[source] = high if own_way > 0 else low
            return
        if in_rival and not in_own and rival_way is not None:
            self.rival_values[source] = low if rival_way > 0 else high
            return
        match low:
            case int():
                counts = range(low, COUNT.of(high) + 1)
                self.tried.append((source, (in_own, in_rival), counts))
                return
            case Probability():
                self.box[source] = (low.decimal, PROBABILITY.of(high).decimal)
            case Duration() | Rate() | PlainNumber():
                self.box[source] = (Fraction(number(low)), Fraction(number(high)))
                self.amounts[source] = (low, high)
        self.moves[source] = (in_own, in_rival)

    def counts(self) -> Iterator[tuple[dict[Source, Value], dict[Source, Value]]]:
        """Every combination of the counts that have to be tried."""
        combinations = prod(len(values) for _, _, values in self.tried)
        if combinations > MOST_COUNTS_TRIED:
            raise Undecided(f"{combinations} combinations of counts would have to be tried")
        for numbers in product(*(values for _, _, values in self.tried)):
            own: dict[Source, Value] = {}
            rival: dict[Source, Value] = {}
            for (source, (in_own, in_rival), _), count in zip(self.tried, numbers, strict=True):
                if in_own:
                    own[source] = count
                if in_rival:
                    rival[source] = count
            yield own, rival


def _reads(evaluation: Evaluation, source: Source) -> bool:
    return source in evaluation.program.leaves or source in evaluation.program.pools
