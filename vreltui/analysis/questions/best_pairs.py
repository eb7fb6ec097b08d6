"""Which two numbers to improve together, each to the best that it could be."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from vreltui.analysis.importance_results import Importance, Pair
from vreltui.analysis.questions.parameter_importance import Curvature
from vreltui.analysis.questions.replacing import between
from vreltui.analysis.quotients import double_of
from vreltui.analysis.study import Study
from vreltui.engine.contest import Contest, margin
from vreltui.engine.evaluation import Evaluation
from vreltui.engine.limits import Undecided
from vreltui.engine.program import Source
from vreltui.model import Probability, Value
from vreltui.model.goals import Target


def best_pairs(study: Study, choice: str) -> tuple[Pair, ...]:
    """Every pair of numbers that a choice reads, the one that gains most first.

    Raises :class:`Undecided` where a gain was not found.
    """
    return _Pairs(study, choice).found()


class _Pairs:
    def __init__(self, study: Study, choice: str) -> None:
        self._study, self._choice = study, choice
        self._own = study.evaluation(choice)
        self._curvature = Curvature(self._own)
        self._best = self._best_values()
        self._alone = {source: self._gain({source: to}) for source, to in self._best.items()}
        self._meets = {source: self._meet({source: to}) for source, to in self._best.items()}

    def found(self) -> tuple[Pair, ...]:
        """The pairs, sorted."""
        pairs = [self._pair(one, other) for one, other in combinations(self._best, 2)]
        return tuple(sorted(pairs, key=_order))

    def _best_values(self) -> dict[Source, Value]:
        """The best that each number could be; a given count stays what it is."""
        found: dict[Source, Value] = {}
        design = self._study.design
        for name in self._study.parameters(self._choice):
            source = Source(name, is_parameter=True)
            if source not in self._own.values:
                continue
            ends = design.parameters[name].range
            if name in design.choices[self._choice].set:
                ends = None
            if ends is not None:
                found[source] = self._better(source, ends)
            elif isinstance(self._own.values[source], Probability):
                found[source] = Probability.of("1")
        return found

    def _better(self, source: Source, ends: tuple[Value, Value]) -> Value:
        low, high = ends
        lower, upper = self._own.changed({source: low}), self._own.changed({source: high})
        return low if Contest(lower, upper, self._study.budget).sign() > 0 else high

    def _pair(self, one: Source, other: Source) -> Pair:
        self._study.budget.check_time("finding the best pairs")
        to = {one: self._best[one], other: self._best[other]}
        figures: dict[str, float | None] = {"gain": self._gain(to)}
        undecided: dict[str, str] = {}
        try:
            figures["synergy"] = self._synergy(one, other)
        except Undecided as reason:
            figures["synergy"] = None
            undecided["synergy"] = str(reason)
        figures["second_derivative"] = None
        if all(isinstance(value, Probability) for value in to.values()):
            try:
                figures["second_derivative"] = self._curvature.of(one, other)
            except Undecided as reason:
                undecided["second_derivative"] = str(reason)
        neither = self._meets[one] is False and self._meets[other] is False
        return Pair(
            (one.name, other.name),
            (to[one], to[other]),
            Importance(figures, undecided),
            (self._alone[one], self._alone[other]),
            together=neither and self._meet(to) is True,
        )

    def _gain(self, to: Mapping[Source, Value]) -> float:
        return between(self._study, self._own.changed(to), self._own)

    def _synergy(self, one: Source, other: Source) -> float:
        """What both gain beyond the two alone."""
        own = self._own
        both = own.changed({one: self._best[one], other: self._best[other]})
        first, second = (own.changed({each: self._best[each]}) for each in (one, other))
        return double_of(
            lambda bits: (
                margin(both.pair(bits=bits), first.pair(bits=bits))
                - margin(second.pair(bits=bits), own.pair(bits=bits))
            )
        )

    def _meet(self, to: Mapping[Source, Value]) -> bool | None:
        return meets_with(self._study, self._choice, to)


def meets_with(study: Study, choice: str, to: Mapping[Source, Value]) -> bool | None:
    """Whether a choice meets with some values; None where that is not decided or asked."""
    if not study.is_asked(choice):
        return None
    own = study.evaluation(choice).changed(to)
    rivals: list[Evaluation | Target] = []
    if study.design.target is not None:
        rivals.append(study.design.target)
    if study.is_rival(choice):
        assert study.design.baseline is not None
        moved = {source: value for source, value in to.items() if study.moves(choice, source)[1]}
        rivals.append(study.evaluation(study.design.baseline).changed(moved))
    try:
        return all(Contest(own, rival, study.budget).sign() > 0 for rival in rivals)
    except Undecided:
        return None


def _order(pair: Pair) -> tuple[float, tuple[str, str]]:
    gain = pair.importance.figures["gain"]
    return -(gain or 0.0), pair.parameters
