"""What holds all over the ranges that are nature's: what is guaranteed, who always beats whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from vreltui.analysis.digits import figure
from vreltui.analysis.questions.thresholds import threshold
from vreltui.analysis.questions.verdict import standing
from vreltui.analysis.results import (
    AmountThreshold,
    CountThreshold,
    Figure,
    ProbabilityThreshold,
    Threshold,
)
from vreltui.analysis.study import Study
from vreltui.engine.limits import Limits, Undecided
from vreltui.exploration.part import Part
from vreltui.exploration.question import Question
from vreltui.exploration.results import Crossing, Exploration, RobustVariant, Variant
from vreltui.exploration.space import Space
from vreltui.model import Choice, Design, Probability, Value
from vreltui.model.design import Parameter
from vreltui.model.edits import settle_all
from vreltui.model.options import option_text
from vreltui.model.quantities import number

MOST_COMPARED = 60
"""The most variants of one front that are compared with each other."""


def uncertain_ends(parameter: Parameter) -> tuple[Value, Value] | None:
    """The least and the greatest of a range that is nature's; None where there is no such."""
    ends = parameter.uncertain
    if not isinstance(ends, tuple) or parameter.is_count:
        return None
    low, high = ends
    if isinstance(parameter.value, Probability) and parameter.value.complemented:
        assert isinstance(low, Probability)  # the ends are stated as the number is
        assert isinstance(high, Probability)
        return (
            Probability(high.written, complemented=True),
            Probability(low.written, complemented=True),
        )
    return low, high


def uncertain_ranges(design: Design) -> dict[str, tuple[Value, Value]]:
    """The parameters whose range is nature's, with its ends."""
    found = {name: uncertain_ends(parameter) for name, parameter in design.parameters.items()}
    return {name: ends for name, ends in found.items() if ends is not None}


def at_end(question: Question, *, better: bool) -> Question:
    """The question with nature at its worse ends, or at its better ones.

    Raises :class:`Undecided` where no end of a range is known to be worse for every variant.
    """
    parameters = dict(question.design.parameters)
    for name, (low, high) in uncertain_ranges(question.design).items():
        rises = _rises(question, name)
        parameters[name] = replace(parameters[name], value=high if better == rises else low)
    return replace(question, design=replace(question.design, parameters=parameters))


def _rises(question: Question, name: str) -> bool:
    """Whether a greater value of a parameter is better, for all variants."""
    space = Space(question.design, question.choices, question.goal, question.limits)
    ways = {Part(space, block, Limits()).own.way(name) for block in space.blocks} - {0}
    if ways <= {1}:
        return True
    if ways == {-1}:
        return False
    raise Undecided(f"no end of {name}, which is uncertain, is known to be the worse one")


def robust_variants(
    question: Question, guaranteed: Exploration, optimistic: Exploration
) -> list[RobustVariant]:
    """The variants of the guaranteed and the optimistic fronts that none always beats."""
    found: list[RobustVariant] = []
    for names in question.asked_fronts:
        candidates: dict[str, Variant] = {}
        for front in (guaranteed.fronts[names], optimistic.fronts[names]):
            for variant in front:
                key = f"{variant.choice}: {[option_text(o) for o in variant.options.values()]}"
                candidates.setdefault(key, variant)
        found += _Comparing(question, names, list(candidates.values())).found()
    return found


class _Comparing:
    """Variants of one front, each against each, over all that nature may do."""

    def __init__(
        self, question: Question, front: tuple[str, ...], variants: Sequence[Variant]
    ) -> None:
        self.question = question
        self.front = front
        self.variants = sorted(variants, key=lambda v: [v.uses[name] for name in front])
        self.ranges = uncertain_ranges(question.design)
        self.worst, self.best = (at_end(question, better=each).design for each in (False, True))
        self._open: dict[int, str] = {}

    def found(self) -> list[RobustVariant]:
        """Those that none always beats."""
        if len(self.variants) > MOST_COMPARED:
            why = f"more than {MOST_COMPARED} variants are not compared with each other"
            return [self._told(at, (), why) for at in range(len(self.variants))]
        numbers = range(len(self.variants))
        kept = [b for b in numbers if not any(self._always_beats(a, b) for a in numbers if a != b)]
        place = {variant: at for at, variant in enumerate(kept)}
        found = []
        for variant in kept:
            crosses = [
                Crossing(place[other], name, value)
                for other in kept
                if other != variant
                for name, value in self._crossings(variant, other)
            ]
            found.append(self._told(variant, tuple(crosses), self._open.get(variant, "")))
        return found

    def _told(self, at: int, crosses: tuple[Crossing, ...], why: str) -> RobustVariant:
        worst, best = self._figure(self.worst, at), self._figure(self.best, at)
        variant = replace(self.variants[at], figure=self._figure(self.question.design, at))
        return RobustVariant(self.front, variant, worst, best, crosses, why)

    def _figure(self, design: Design, at: int) -> Figure:
        settled = self._settled(design, {"one": at})
        return figure(Study(settled, limits=Limits).evaluation("one").figures())

    def _settled(self, design: Design, named: Mapping[str, int]) -> Design:
        """A design whose choices are variants, by their numbers."""
        roots = {name: self.variants[at] for name, at in named.items()}
        choices = {}
        for name, variant in roots.items():
            own = design.choices[variant.choice]
            choices[name] = Choice(name, own.root, own.set, own.options)
        bare = replace(design.without_goal(), choices=choices, plots={})
        for name, variant in roots.items():
            bare = settle_all(bare, name, variant.options)
        return bare

    def _rivals(self, one: int, other: int) -> Study:
        """One variant as the rival of another, with nature's ranges open."""
        design = self._settled(self.question.design, {"one": one, "other": other})
        parameters = {
            name: replace(entry, range=self.ranges[name], uncertain=None)
            if name in self.ranges
            else replace(entry, range=None if not entry.is_decision else entry.range)
            for name, entry in design.parameters.items()
        }
        return Study(replace(design, parameters=parameters, baseline="one"), limits=Limits)

    def _always_beats(self, one: int, other: int) -> bool:
        """Whether one uses no more than another, is never less reliable, and somewhere more."""
        a, b = self.variants[one], self.variants[other]
        if any(a.uses[name] > b.uses[name] for name in self.front):
            return False
        found = standing(self._rivals(one, other), "other")
        if found.verdict == "undecided":
            self._open[other] = f"whether another always beats it: {found.undecided}"
        if found.verdict != "hopeless":
            return False
        return standing(self._rivals(other, one), "other").verdict in ("meets", "short")

    def _crossings(self, one: int, other: int) -> list[tuple[str, float]]:
        """Where two are equally reliable, as one parameter moves and the others stand."""
        study, found = self._rivals(one, other), []
        for name, ends in self.ranges.items():
            if name not in study.parameters("other"):
                continue
            low, high = sorted(float(number(end)) for end in ends)
            for value in _ends_of(threshold(study, "other", name, satisfied=False)):
                if low < value < high:
                    found.append((name, value))
        return found


def _ends_of(found: Threshold) -> Iterator[float]:
    """The ends of a threshold: reliabilities, seconds, or ones."""
    match found:
        case ProbabilityThreshold(intervals=intervals):
            for interval in intervals:
                yield from (interval.low.figure.reliability, interval.high.figure.reliability)
        case AmountThreshold(intervals=amounts):
            for amount in amounts:
                ends = (amount.low, amount.high)
                per = 3600 if found.kind == "rate" else 1
                yield from (end.figure / per for end in ends if end is not None)
        case CountThreshold():
            return
