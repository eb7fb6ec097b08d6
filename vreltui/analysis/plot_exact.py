"""One point of a plot from the exact engine, for the few that doubles cannot tell."""

from __future__ import annotations

from vreltui.analysis.questions.counts import count_threshold
from vreltui.analysis.questions.thresholds import winning_region
from vreltui.analysis.results import CountThreshold, Figure
from vreltui.analysis.study import Study
from vreltui.engine.balls import nearest_double, sharpen
from vreltui.engine.contest import Contest, margin
from vreltui.engine.limits import Undecided
from vreltui.engine.program import Source
from vreltui.engine.regions import End, Region


def exact_threshold(study: Study, choice: str, source: Source) -> Figure | None:
    """The threshold of a probability, as a plot draws it; None where there is none.

    Raises :class:`Undecided` where it was not found within the limits.
    """
    return bound_of(winning_region(study, choice, source))


def bound_of(region: Region) -> Figure | None:
    """The bound of a set of values that a plot draws.

    What must be exceeded; else, where every small value is in the set, what must not be reached;
    0 where all values are in it, and None where none is.
    """
    if not region:
        return None
    low, high = _figure(region[0].low), _figure(region[0].high)
    if low.reliability > 0:
        return low
    return Figure(0.0, 1.0) if high.unreliability == 0 else high


def _figure(end: End) -> Figure:
    value, complement = sharpen(end.pair, bits=64)
    return Figure(nearest_double(value), nearest_double(complement))


def exact_least_count(study: Study, choice: str, source: Source) -> int | None:
    """The least count that wins; None where none does.

    Raises :class:`Undecided` where it was not found within the limits.
    """
    return least_of(count_threshold(study, choice, source, 1, satisfied=False))


def least_of(threshold: CountThreshold) -> int | None:
    """The least count of a threshold. Raises :class:`Undecided` where it was not found."""
    if threshold.undecided:
        raise Undecided(threshold.undecided)
    return threshold.ranges[0][0] if threshold.ranges else None


def exact_gain(study: Study, choice: str) -> float:
    """By how much the choice is more reliable than the baseline; exactly 0 for a tie."""
    assert study.design.baseline is not None
    if not study.is_rival(choice):
        return 0.0
    own, rival = study.evaluation(choice), study.evaluation(study.design.baseline)
    if Contest(own, rival, study.budget).sign() == 0:
        return 0.0
    (gain,) = sharpen(lambda bits: (margin(own.pair(bits=bits), rival.pair(bits=bits)),))
    return nearest_double(gain)


def meets(study: Study, choice: str) -> bool:
    """Whether the choice exceeds the goal and beats the baseline."""
    return all(contest.sign() > 0 for contest in study.contests(choice))
