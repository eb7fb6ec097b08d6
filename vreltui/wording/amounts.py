"""Times, rates and plain numbers in words: what they must be, in units that people use."""

from __future__ import annotations

from collections.abc import Iterable

from vreltui.analysis.results import AmountInterval, AmountThreshold


def amount_sentence(threshold: AmountThreshold, words: str) -> str:
    """A threshold in words: "T_r (VMM repair) must stay below 42 min"."""
    if threshold.undecided:
        return f"{words}: undecided, {threshold.undecided}"
    if not threshold.intervals:
        return f"no value of {words} can save this"
    if threshold.irrelevant:
        return f"{words} may have any value"
    if len(threshold.intervals) == 1:
        (interval,) = threshold.intervals
        if interval.high is None and interval.low is not None:
            return f"{words} must exceed {interval.low.text}"
        if interval.low is None and interval.high is not None:
            return f"{words} must stay below {interval.high.text}"
    return f"{words} must be {amounts_words(threshold)}"


def amounts_words(threshold: AmountThreshold) -> str:
    """The values that would do: "between 4.2 d and 11 d"."""
    return _joined(map(_interval_words, threshold.intervals)) or "of any value"


def short_amount(interval: AmountInterval) -> str:
    """An interval short enough for a row."""
    low, high = interval.low, interval.high
    if low is None:
        return "any" if high is None else f"< {high.text}"
    return f"> {low.text}" if high is None else f"{low.text}..{high.text}"


def _interval_words(interval: AmountInterval) -> str:
    low, high = interval.low, interval.high
    if low is None:
        return "any" if high is None else f"below {high.text}"
    return f"above {low.text}" if high is None else f"between {low.text} and {high.text}"


def _joined(parts: Iterable[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} or {last}" if first else last
