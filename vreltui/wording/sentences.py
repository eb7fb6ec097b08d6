"""Thresholds in words: what a number must be, which end comes from what, and why none will do."""

from __future__ import annotations

from collections.abc import Iterable

from vreltui.analysis.results import (
    AmountThreshold,
    BestValue,
    Bound,
    Comparison,
    Conflict,
    CountThreshold,
    OpenInterval,
    ProbabilityThreshold,
    SingleChange,
    Threshold,
)
from vreltui.model import Design, Probability
from vreltui.wording.amounts import amount_sentence, amounts_words, short_amount
from vreltui.wording.names import (
    copies_words,
    node_words,
    one_of,
    parameter_words,
    pool_words,
)
from vreltui.wording.number_roles import role_sentence, why_no_more
from vreltui.wording.numerals import decimal_text, figure_text, value_words

MOST_RANGES = 6
"""The most ranges of a count that a sentence lists."""


def threshold_sentence(design: Design, threshold: Threshold, choice: str | None = None) -> str:
    """A threshold of a parameter in words; ``choice`` is the one that it is a threshold in.

    Digits are rounded into the interval: typed back in, they hold.
    """
    if said := role_sentence(design, threshold, choice):
        return said
    words = parameter_words(design, threshold.parameter)
    if isinstance(threshold, CountThreshold):
        things = copies_words(design, threshold.parameter)
        said = _count_sentence(design, threshold, words, things)
        return f"{said}{why_no_more(design, threshold, choice)}"
    if isinstance(threshold, AmountThreshold):
        return amount_sentence(threshold, words)
    return _probability_sentence(design, threshold, words, _asks_twice(design, choice))


def threshold_sentences(
    design: Design, thresholds: Iterable[Threshold], choice: str | None = None
) -> tuple[str, ...]:
    """As :func:`threshold_sentence`, of several that stand together.

    "At least 2 VMs" is said of whichever count it is where there are several.
    """
    every = tuple(thresholds)
    counts = sum(isinstance(each, CountThreshold) for each in every)
    return tuple(
        _count_sentence(
            design,
            each,
            parameter_words(design, each.parameter),
            copies_words(design, each.parameter),
            f" ({each.parameter})",
        )
        + why_no_more(design, each, choice)
        if counts > 1 and isinstance(each, CountThreshold)
        else threshold_sentence(design, each, choice)
        for each in every
    )


def own_sentence(design: Design, threshold: Threshold, choice: str | None = None) -> str:
    """As :func:`threshold_sentence`, of a number that a node has of its own."""
    words = node_words(design, threshold.parameter)
    if isinstance(threshold, CountThreshold):
        things = pool_words(design, threshold.parameter)
        said = _count_sentence(design, threshold, words, things)
        return f"{said}{why_no_more(design, threshold, choice)}"
    if isinstance(threshold, AmountThreshold):
        return amount_sentence(threshold, words)
    return _probability_sentence(design, threshold, words, _asks_twice(design, choice))


def _asks_twice(design: Design, choice: str | None) -> bool:
    """Whether a choice is measured against a goal and a baseline both."""
    return design.goal is not None and design.baseline not in (None, choice)


# Probabilities


def _probability_sentence(
    design: Design, threshold: ProbabilityThreshold, words: str, twice: bool
) -> str:
    if threshold.undecided:
        return f"{words}: undecided, {threshold.undecided}"
    intervals = threshold.intervals
    if not intervals:
        return f"no value of {words} can save this{_why(design, threshold)}"
    if threshold.irrelevant:
        if not threshold.satisfied and isinstance(threshold.value, Probability):
            # It stands at an end, which is the one value that will not do.
            at_zero = threshold.value.reliability == 0
            return f"{words} must exceed 0" if at_zero else f"any {words} below 1 will do"
        return f"{words} may have any value"
    if len(intervals) == 1:
        return f"{words} {_demand(design, intervals[0], twice)}"
    return (
        f"{words} must be {_joined(map(_interval_words, intervals))}{_elsewhere(design, intervals)}"
    )


def _demand(design: Design, interval: OpenInterval, twice: bool) -> str:
    """What one interval asks for: its lower end is a demand, its upper end none on quality."""
    low, high = interval.low, interval.high
    parts = []
    if not low.is_zero:
        parts.append(f"must exceed {decimal_text(low.at)}{_purpose(design, low, twice)}")
    if not high.is_one:
        above = f"above {decimal_text(high.at)} {_loses(design, high)}"
        parts.append(above if parts else f"may have any value up to there: {above}")
    return "; ".join(parts)


def _purpose(design: Design, bound: Bound, twice: bool) -> str:
    if bound.source == "baseline":
        return f" to beat {design.baseline}"
    return " for the goal" if twice else ""


def _loses(design: Design, bound: Bound) -> str:
    return f"{design.baseline} is better" if bound.source == "baseline" else "the goal is missed"


def _elsewhere(design: Design, intervals: Iterable[OpenInterval]) -> str:
    """What is the matter between the intervals, where it is the same everywhere."""
    ends = [end for each in intervals for end in (each.low, each.high)]
    sources = {end.source for end in ends if not end.is_zero and not end.is_one}
    if sources == {"baseline"}:
        return f"; elsewhere it does not beat {design.baseline}"
    return "; elsewhere it misses the goal" if sources == {"goal"} else ""


def _interval_words(interval: OpenInterval) -> str:
    if interval.high.is_one:
        return f"above {decimal_text(interval.low.at)}"
    if interval.low.is_zero:
        return f"below {decimal_text(interval.high.at)}"
    return f"between {decimal_text(interval.low.at)} and {decimal_text(interval.high.at)}"


def _why(design: Design, threshold: ProbabilityThreshold) -> str:
    match threshold.why:
        case None:
            return ""
        case Conflict(goal, baseline):
            wanted = _joined(map(_interval_words, goal))
            allowed = _joined(map(_interval_words, baseline))
            return f": the goal asks for {wanted}, {design.baseline} is beaten only {allowed}"
        case BestValue(at, comparison, is_present):
            gives = compared_words(design, comparison)
            if at.unreliability == 0 and not is_present:
                return f": even a perfect one gives {gives}"
            if is_present:
                now = f"now, at {value_words(at)}, it gives {gives}"
                return f", as {design.baseline} moves with it: {now}"
            return f": even the best, {decimal_text(at)}, gives {gives}"


def compared_words(design: Design, comparison: Comparison) -> str:
    """Two figures side by side: "0.717 < 0.75 of nv"."""
    of = f" of {design.baseline}" if comparison.measure == "baseline" else ""
    own, rival = figure_text(comparison.own), figure_text(comparison.rival)
    if comparison.sign == 0:
        return (
            f"just the {own} of {design.baseline}" if of else f"{own}, which only equals the goal"
        )
    return f"{own} {'<' if comparison.sign < 0 else '>'} {rival}{of}"


# Counts


def _count_sentence(
    design: Design, threshold: CountThreshold, words: str, things: str, which: str = ""
) -> str:
    if threshold.undecided:
        return f"{words}: undecided, {threshold.undecided}"
    most = threshold.most
    limit = "" if design.copies_limit is None else f"; the host holds {design.copies_limit}"
    if not threshold.ranges:
        return f"no number of {things}{which} can save this{limit or f' (tried up to {most})'}"
    if threshold.irrelevant:
        return f"any number of {things} will do ({words})"
    return f"{_counts(threshold, things)}{which}{limit if threshold.ranges[-1][1] == most else ''}"


def _counts(threshold: CountThreshold, things: str) -> str:
    """The counts that would do: "at least 3 VMs"."""
    most = threshold.most
    parts = [range_words(low, high, most) for low, high in threshold.ranges[:MOST_RANGES]]
    if len(threshold.ranges) > MOST_RANGES:
        parts.append(f"more, {len(threshold.ranges)} ranges in all")
    return f"{_joined(parts)} {one_of(things) if threshold.ranges == ((1, 1),) else things}"


def range_words(low: int, high: int, most: int) -> str:
    """Counts from one to another; ``most`` is where they end anyway."""
    if low == high:
        return f"exactly {low}"
    if high == most:
        return f"at least {low}"
    return f"at most {high}" if low == 1 else f"{low} to {high}"


def _joined(parts: Iterable[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} or {last}" if first else last


# One change alone


def change_sentence(design: Design, change: SingleChange) -> str:
    """A single change that would save a choice: "rack-a above 0.999917 would do it"."""
    return f"{change_words(design, change)} would do it"


def change_words(design: Design, change: SingleChange, *, with_title: bool = True) -> str:
    """What a number would have to be: "rack-a above 0.999917"."""
    threshold = change.threshold
    name = words = threshold.parameter
    if with_title:
        is_node = not change.is_parameter and name in design.nodes
        words = node_words(design, name) if is_node else parameter_words(design, name)
    if isinstance(threshold, CountThreshold):
        things = copies_words(design, name) if change.is_parameter else pool_words(design, name)
        return f"{_counts(threshold, things)} ({name})"
    if isinstance(threshold, AmountThreshold):
        return f"{words} {amounts_words(threshold)}"
    if threshold.irrelevant:
        at_one = isinstance(threshold.value, Probability) and threshold.value.unreliability == 0
        return f"{words} {'below 1' if at_one else 'above 0'}"
    return f"{words} {_joined(map(_interval_words, threshold.intervals))}"


# In a column


def threshold_text(threshold: Threshold | None) -> tuple[str, bool | None]:
    """What a number would have to be, short enough for a row, and whether it is."""
    if threshold is None:
        return "", None
    if threshold.undecided:
        return "?", None
    if threshold.irrelevant:
        return "any", threshold.satisfied
    if isinstance(threshold, CountThreshold):
        parts = [_short_range(low, high, threshold.most) for low, high in threshold.ranges]
    elif isinstance(threshold, AmountThreshold):
        parts = [short_amount(interval) for interval in threshold.intervals]
    else:
        parts = [_short_interval(interval) for interval in threshold.intervals]
    text = " or ".join(parts[:2]) + (" or ..." if len(parts) > 2 else "")
    return text or "never", threshold.satisfied


def _short_range(low: int, high: int, most: int) -> str:
    if low == high:
        return f"= {low}"
    if high == most:
        return f">= {low}"
    return f"<= {high}" if low == 1 else f"{low}..{high}"


def _short_interval(interval: OpenInterval) -> str:
    low, high = decimal_text(interval.low.at), decimal_text(interval.high.at)
    if interval.high.is_one:
        return f"> {low}"
    return f"< {high}" if interval.low.is_zero else f"{low}..{high}"
