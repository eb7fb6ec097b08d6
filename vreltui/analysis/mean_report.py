"""The report on a choice of a design that measures the mean time to the first failure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from vreltui.analysis.questions.amounts import edges, with_texts
from vreltui.analysis.questions.counts import ranges_won
from vreltui.analysis.questions.fixed_letters import held_by_causes, most_of_beta
from vreltui.analysis.questions.mean_importance import mean_importance_of
from vreltui.analysis.questions.thresholds import bounded, undecided_threshold
from vreltui.analysis.questions.verdict import held_open
from vreltui.analysis.results import (
    AmountThreshold,
    ChoiceReport,
    CountThreshold,
    Measure,
    NothingOpen,
    ProbabilityThreshold,
    Proven,
    SingleChange,
    Threshold,
    Verdict,
)
from vreltui.analysis.study import Study
from vreltui.engine.amounts import AmountInterval, AmountRegion, both, shortest_between
from vreltui.engine.limits import Undecided, tick
from vreltui.engine.mean_contest import MeanContest, MeanLives
from vreltui.engine.program import Source
from vreltui.engine.regions import EVERYWHERE, LEAST, End, Interval, Region, intersect
from vreltui.engine.walked_over import figures_through
from vreltui.model import Probability, Value
from vreltui.model.goals import MeanLife
from vreltui.model.quantities import number, quantity_of
from vreltui.model.unit_like import like

_MOST_CHANGES = 3

_AGAINST_GOAL: dict[int, Any] = {1: "above", 0: "equal", -1: "below"}
_AGAINST_BASELINE: dict[int, Any] = {1: "better", 0: "equal", -1: "worse"}


def mean_report(study: Study, choice: str) -> ChoiceReport:
    """The report on one choice; its figures are those of :mod:`time_figures`."""
    tick()
    means = Means(study, choice)
    signs: dict[str, int] = {}
    unknown: dict[str, str] = {}
    for name, contest in means.contests():
        try:
            signs[name] = contest.sign()
        except Undecided as reason:
            unknown[name] = str(reason)
    verdict, witness, why = means.verdict(signs, unknown)
    satisfied = None if unknown else verdict == "meets"
    thresholds: dict[str, Threshold] = {}
    asked = study.parameters(choice) if verdict is not None else ()
    for number_of, name in enumerate(asked):
        study.budget.next_of(2 * len(asked) - number_of)
        thresholds[name] = means.threshold(name, satisfied)
    weights, undecided = means.importance()
    return ChoiceReport(
        choice=choice,
        title=study.design.choices[choice].title,
        figure=None,
        verdict=verdict,
        against_goal=_AGAINST_GOAL.get(signs.get("against_goal", 9)),
        against_baseline=_AGAINST_BASELINE.get(signs.get("against_baseline", 9)),
        thresholds=thresholds,
        importance=weights,
        nodes={},
        hopeless=_nothing_open(study, choice, thresholds) if verdict == "hopeless" else None,
        witness=witness,
        undecided=why,
        open_questions={**unknown, **undecided},
    )


def _nothing_open(
    study: Study, choice: str, thresholds: Mapping[str, Threshold]
) -> NothingOpen | Proven:
    """The single changes that would save a choice in which nothing is open."""
    design = study.design
    own = design.choices[choice].set
    for name in study.parameters(choice):
        if name in design.parameters and design.parameters[name].is_open and name not in own:
            return Proven()
    saving = [
        SingleChange(threshold, is_parameter=name not in design.own)
        for name, threshold in thresholds.items()
        if not threshold.undecided and _has_values(threshold)
    ]
    return NothingOpen(tuple(saving[:_MOST_CHANGES]), max(0, len(saving) - _MOST_CHANGES))


def _has_values(threshold: Threshold) -> bool:
    match threshold:
        case CountThreshold(ranges=ranges):
            return bool(ranges)
        case ProbabilityThreshold(intervals=intervals):
            return bool(intervals)
        case AmountThreshold(intervals=amounts):
            return bool(amounts)


@dataclass(slots=True)
class Means:
    """What is asked of a choice by its mean life."""

    study: Study
    choice: str

    def own(self) -> MeanLives:
        """The mean life of the choice."""
        return MeanLives(self.study.evaluation(self.choice), self.study.budget)

    def contests(self, own: MeanLives | None = None) -> Iterator[tuple[str, MeanContest]]:
        """The contests that the choice must win, by what they are against."""
        study, design = self.study, self.study.design
        ours = own or self.own()
        if isinstance(design.goal, MeanLife):
            goal = design.goal.time.seconds
            yield "against_goal", MeanContest(ours, goal, study.budget)
        if study.is_rival(self.choice):
            assert design.baseline is not None
            rival = MeanLives(study.evaluation(design.baseline), study.budget)
            yield "against_baseline", MeanContest(ours, rival, study.budget)

    def importance(self) -> tuple[dict[str, float], dict[str, str]]:
        """How the mean life grows with each number, in seconds; or why that is not known."""
        study, own = self.study, self.own()
        found: dict[str, float] = {}
        unknown: dict[str, str] = {}
        asked = study.parameters(self.choice)
        for number_of, name in enumerate(asked):
            study.budget.next_of(len(asked) - number_of)
            try:
                found[name] = mean_importance_of(study, self.choice, own, name)
            except Undecided as reason:
                unknown[f"importance.{name}"] = str(reason)
        return found, unknown

    def verdict(
        self, signs: dict[str, int], unknown: dict[str, str]
    ) -> tuple[Verdict | None, dict[str, Value] | None, str]:
        """The verdict, a witness where it is short, and the reason where it is undecided."""
        if not self.study.is_asked(self.choice):
            return None, None, ""
        if unknown:
            return "undecided", None, "; ".join(unknown.values())
        if all(sign > 0 for sign in signs.values()):
            return "meets", None, ""
        try:
            witness = self._witness()
        except Undecided as reason:
            return "undecided", None, str(reason)
        return ("hopeless" if witness is None else "short"), witness, ""

    def _witness(self) -> dict[str, Value] | None:
        """Each open number at its better end, which is known where it moves the choice alone.

        Of one amount of which it is not known, all values are looked at.
        """
        design = self.study.design
        held_open(design, self.choice, self.study.parameters(self.choice))
        own = self.own()
        best: dict[Source, Value] = {}
        unsure: list[Source] = []
        for name, parameter in design.parameters.items():
            source = Source(name, is_parameter=True)
            program = own.evaluation.program
            reads = source in program.leaves or source in program.pools
            if parameter.range is None or name in design.choices[self.choice].set:
                continue
            rivals = [contest.rival for _, contest in self.contests(own)]
            in_rival = any(
                isinstance(rival, MeanLives)
                and self.study.moves(self.choice, source)[1]
                and (
                    source in rival.evaluation.program.leaves
                    or source in rival.evaluation.program.pools
                )
                for rival in rivals
            )
            way = program.direction(source) if reads else 0
            if in_rival or way is None:
                if unsure or isinstance(parameter.value, int | Probability):
                    raise Undecided(f"which value of {name} is best for a mean life is not known")
                unsure.append(source)
            elif reads:
                best[source] = parameter.range[1] if way >= 0 else parameter.range[0]
        at_best = own.changed(best)
        if unsure:
            found = self._among(unsure[0], at_best)
            return None if found is None else {**_named(best), unsure[0].name: found}
        if all(contest.sign() > 0 for _, contest in self.contests(at_best)):
            return _named(best)
        return None

    def _among(self, source: Source, own: MeanLives) -> Value | None:
        """A value of an amount in its range with which the choice meets; None where none does."""
        span = self.study.design.parameters[source.name].range
        assert span is not None
        least, most = (Fraction(number(end)) for end in span)
        moves = self.study.moves(self.choice, source)
        region: AmountRegion = (AmountInterval(None, None),)
        for _, contest in self.contests(own):
            region = both(region, contest.winning_amounts(source, moves, least, most))
        for interval in region:
            low = least if interval.low is None else interval.low.above
            high = most if interval.high is None else interval.high.below
            return like(span[0], shortest_between(low + (high - low) / 4, high))
        return None

    def threshold(self, name: str, satisfied: bool | None) -> Threshold:
        """The values of a parameter for which the choice meets, all else equal."""
        study, source = self.study, Source(name, is_parameter=True)
        value = study.design.value(name, self.choice)
        if reason := held_by_causes(study.design, self.choice, name):
            return undecided_threshold(study.design, name, value, satisfied, reason)
        if isinstance(value, int):
            return self.count_threshold(source, value, satisfied)
        if isinstance(value, Probability):
            return self._share_threshold(source, value, satisfied)
        kind = quantity_of(value).kind
        try:
            region = self.winning_region(source, value)
        except Undecided as reason_given:
            return AmountThreshold(name, kind, value, satisfied, (), str(reason_given))
        return AmountThreshold(name, kind, value, satisfied, with_texts(region, value))

    def _share_threshold(
        self, source: Source, value: Probability, satisfied: bool | None
    ) -> ProbabilityThreshold:
        """The values of a share of failures, as a beta; of a constant there are none."""
        study, name = self.study, source.name
        found: list[tuple[Measure, Region]] = []
        whole = EVERYWHERE
        try:
            if not self._is_share(source):
                raise Undecided("a mean life is one of lifetimes, and reads no constants but 0, 1")
            for against, contest in self.contests():
                region = contest.winning_shares(source, study.moves(self.choice, source))
                found.append(("goal" if against == "against_goal" else "baseline", region))
                whole = intersect(whole, region)
            most = most_of_beta(study.design, self.choice, name)
            if most < 1:
                whole = intersect(whole, (Interval(LEAST, End.at(most)),))
            intervals = bounded(whole, found, value if satisfied else None)
        except Undecided as reason:
            return ProbabilityThreshold(name, value, satisfied, (), str(reason))
        return ProbabilityThreshold(name, value, satisfied, intervals)

    def _is_share(self, source: Source) -> bool:
        """Whether all that reads it here reads it as a share: of failures, or in a process."""
        if figures_through(self.study.evaluation(self.choice).program, source):
            return True
        design = self.study.design
        named = {letter for cause in design.causes.values() for letter in cause.letters}
        stated = {node.stated("reliability") for node in design.nodes.values()}
        constants = {each.parameter for each in stated if each is not None}
        return source.name in named and source.name not in constants

    def winning_region(self, source: Source, value: Value) -> AmountRegion:
        """The amounts with which it lives longer than all that it must.

        Raises :class:`Undecided` where they can't be searched.
        """
        study = self.study
        least, most = edges(study, self.choice, source, value)
        moves = study.moves(self.choice, source)
        region: AmountRegion = (AmountInterval(None, None),)
        for _, contest in self.contests():
            region = both(region, contest.winning_amounts(source, moves, least, most))
        return region

    def gain(self) -> float | None:
        """By how many seconds it lives longer than the baseline; None where one never fails."""
        for name, contest in self.contests():
            if name == "against_baseline":
                return contest.gain()
        return 0.0

    def count_threshold(self, source: Source, value: int, satisfied: bool | None) -> CountThreshold:
        """The counts with which it lives longer than all that it must."""
        study = self.study
        most = study.design.most_copies
        moves = study.moves(self.choice, source)
        try:
            ranges = ranges_won(
                [
                    (contest.sign_at_count, contest.way(source, moves), contest.limits)
                    for _, contest in self.contests()
                ],
                source,
                moves,
                most,
            )
        except Undecided as reason:
            return CountThreshold(source.name, value, satisfied, (), most, str(reason))
        return CountThreshold(source.name, value, satisfied, ranges, most)


def _named(values: dict[Source, Value]) -> dict[str, Value]:
    return {source.name: value for source, value in values.items()}
