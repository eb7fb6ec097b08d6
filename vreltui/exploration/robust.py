"""What holds all over the ranges that are nature's: what is guaranteed, who always beats whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from vreltui.analysis.digits import figure
from vreltui.analysis.questions.thresholds import threshold
from vreltui.analysis.questions.verdict import standing
from vreltui.analysis.results import Figure, ProbabilityThreshold
from vreltui.analysis.study import Study
from vreltui.engine.limits import Limits
from vreltui.exploration.question import Question
from vreltui.exploration.results import Crossing, Exploration, RobustVariant, Variant
from vreltui.model import Choice, Design, Probability
from vreltui.model.design import Parameter
from vreltui.model.edits import settle_all
from vreltui.model.options import option_text

MOST_COMPARED = 60
"""The most variants of one front that are compared with each other."""


def uncertain_ends(parameter: Parameter) -> tuple[Probability, Probability] | None:
    """The worse and the better end of a range that is nature's; None where there is no such."""
    ends = parameter.uncertain
    if not isinstance(ends, tuple) or not isinstance(parameter.value, Probability):
        return None
    low, high = ends
    assert isinstance(low, Probability)
    assert isinstance(high, Probability)
    if parameter.value.complemented:  # the ends are stated as the number is
        return (
            Probability(high.written, complemented=True),
            Probability(low.written, complemented=True),
        )
    return low, high


def uncertain_ranges(design: Design) -> dict[str, tuple[Probability, Probability]]:
    """The parameters whose range is nature's, with its worse and its better end."""
    found = {name: uncertain_ends(parameter) for name, parameter in design.parameters.items()}
    return {name: ends for name, ends in found.items() if ends is not None}


def at_end(question: Question, *, better: bool) -> Question:
    """The question with nature at its worse ends, or at its better ones."""
    ranges = uncertain_ranges(question.design)
    parameters = {
        name: replace(entry, value=ranges[name][better]) if name in ranges else entry
        for name, entry in question.design.parameters.items()
    }
    return replace(question, design=replace(question.design, parameters=parameters))


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

    def found(self) -> list[RobustVariant]:
        """Those that none always beats."""
        if len(self.variants) > MOST_COMPARED:
            why = f"more than {MOST_COMPARED} variants are not compared with each other"
            return [self._told(at, (), why) for at in range(len(self.variants))]
        numbers = range(len(self.variants))
        kept = [b for b in numbers if not any(self._always_beats(a, b) for a in numbers if a != b)]
        place = {number: at for at, number in enumerate(kept)}
        found = []
        for number in kept:
            crosses = [
                Crossing(place[other], name, value)
                for other in kept
                if other != number
                for name, value in self._crossings(number, other)
            ]
            found.append(self._told(number, tuple(crosses), ""))
        return found

    def _told(self, at: int, crosses: tuple[Crossing, ...], why: str) -> RobustVariant:
        worst, best = (self._at(at, better=better) for better in (False, True))
        variant = replace(self.variants[at], figure=self._figure(self.question.design, at))
        return RobustVariant(self.front, variant, worst, best, crosses, why)

    def _at(self, at: int, *, better: bool) -> Figure:
        return self._figure(at_end(self.question, better=better).design, at)

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
        if standing(self._rivals(one, other), "other").verdict != "hopeless":
            return False
        return standing(self._rivals(other, one), "other").verdict in ("meets", "short")

    def _crossings(self, one: int, other: int) -> list[tuple[str, float]]:
        """Where two are equally reliable, as one parameter moves and the others stand."""
        study, found = self._rivals(one, other), []
        for name, ends in self.ranges.items():
            if name not in study.parameters("other"):
                continue
            region = threshold(study, "other", name, satisfied=False)
            if not isinstance(region, ProbabilityThreshold):
                continue
            low, high = (float(end.reliability) for end in ends)
            for interval in region.intervals:
                for bound in (interval.low, interval.high):
                    value = bound.figure.reliability
                    if low < value < high:
                        found.append((name, value))
        return found
