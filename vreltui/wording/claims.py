"""Sentences that hold when typed back in: what each says of values, and what a check then gives.

A claim is a sentence, values as `--set` takes them, in the digits of the sentence, and whether the
choice then meets. Beside each end of an interval stands the claim that one unit of its last digit
further it does not, so that no digit is idle.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

from vreltui.analysis.results import (
    AmountThreshold,
    BestCase,
    BestValue,
    Bound,
    ChoiceReport,
    Conflict,
    CountThreshold,
    NothingOpen,
    OpenInterval,
    ProbabilityThreshold,
    Threshold,
)
from vreltui.model import Design, Pool, Probability, Value
from vreltui.model.quantities import quantity_of
from vreltui.wording.amount_claims import amount_claims
from vreltui.wording.numerals import decimal_text, value_words
from vreltui.wording.reasons import grounds
from vreltui.wording.sentences import MOST_RANGES, change_sentence, threshold_sentence

MEETS, NOT_MEETS = "meets", "not meets"


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence, the values that it speaks of as they are typed, and whether the choice meets."""

    sentence: str
    set: dict[str, str]
    meets: bool

    def as_json(self) -> dict[str, Any]:
        """What stands in the answer."""
        then = MEETS if self.meets else NOT_MEETS
        return {"sentence": self.sentence, "set": self.set, "then": then}


def claims(design: Design, report: ChoiceReport) -> list[Claim]:
    """Everything that the report on a choice says of values, in a form that can be tried.

    None where nothing is asked, and none about what was not decided.
    """
    is_known = report.figure is not None or design.measure == "mttf"
    if report.verdict is None or not is_known:
        return []
    found = list(_of_reasons(design, report))
    for threshold in report.thresholds.values():
        sentence = threshold_sentence(design, threshold, report.choice)
        found += _of_threshold(design, threshold, sentence)
    return found


def _of_reasons(design: Design, report: ChoiceReport) -> Iterator[Claim]:
    """What is said of the choice as it stands, and of the open parameters."""
    said = grounds(design, report)
    as_it_is: list[str] = []
    why = report.hopeless
    changes = why.changes if isinstance(why, NothingOpen) else ()
    for change in changes:
        sentence = change_sentence(design, change)
        yield from _of_threshold(design, change.threshold, sentence)
    spoken = {change_sentence(design, change) for change in changes}
    for sentence in said:
        if sentence in spoken:
            continue
        if report.verdict == "short" and report.witness and sentence == said[-1]:
            values = {name: value_words(value) for name, value in report.witness.items()}
            yield Claim(sentence, values, meets=True)
        elif isinstance(why, BestCase) and sentence == said[-1]:
            yield Claim(sentence, _typed(design, why.values), meets=False)
        else:
            as_it_is.append(sentence)
    if report.verdict != "undecided":
        for sentence in as_it_is:
            yield Claim(sentence, {}, meets=report.verdict == "meets")


def _typed(design: Design, values: Any) -> dict[str, str]:
    return {name: value_words(value) for name, value in values.items() if _may_be(design, value)}


def _may_be(design: Design, value: Value) -> bool:
    """Whether a file could state the value."""
    return quantity_of(value).fault(value, design.most_copies) is None


# Thresholds


def _of_threshold(design: Design, threshold: Threshold, sentence: str) -> Iterator[Claim]:
    if threshold.undecided:
        return
    match threshold:
        case CountThreshold():
            yield from _of_count(design, threshold, sentence)
        case AmountThreshold():
            for text, meets in amount_claims(threshold):
                yield Claim(sentence, {threshold.parameter: text}, meets=meets)
        case ProbabilityThreshold():
            allowed = _allowed(design, threshold.parameter)
            tried = _values(threshold) if allowed is None else _among(threshold, allowed)
            for value, meets in tried:
                if _may_be(design, value):
                    yield Claim(sentence, {threshold.parameter: decimal_text(value)}, meets=meets)


def _values(threshold: ProbabilityThreshold) -> Iterator[tuple[Probability, bool]]:
    """Values that the sentence speaks of, and whether the choice meets with them."""
    intervals = threshold.intervals
    if not intervals:
        yield from _hopeless_values(threshold)
    elif threshold.irrelevant:
        yield Probability(Decimal("0.5")), True
        if not threshold.satisfied and isinstance(threshold.value, Probability):
            yield threshold.value, False
    for number, interval in enumerate(intervals):
        before = intervals[number - 1].high if number else None
        after = intervals[number + 1].low if number + 1 < len(intervals) else None
        yield from _at_end(interval, before, low=True)
        yield from _at_end(interval, after, low=False)


def _allowed(design: Design, name: str) -> tuple[Probability, ...] | None:
    """The values of which one has to be taken; None where any in the range will do."""
    parameter = design.parameters.get(name)
    if parameter is None or not parameter.market:
        return None
    return tuple(value for value in parameter.market if isinstance(value, Probability))


def _among(
    threshold: ProbabilityThreshold, allowed: tuple[Probability, ...]
) -> Iterator[tuple[Probability, bool]]:
    """The values that can be taken, but for any that lies in the last digit of an end."""
    for value in allowed:
        sides = [_side(interval, value) for interval in threshold.intervals]
        if True in sides:
            yield value, True
        elif None not in sides:
            yield value, False


def _side(interval: OpenInterval, value: Probability) -> bool | None:
    """Whether a value lies in an interval; None where the digits of its ends don't tell."""
    for end, outwards in ((interval.low, -1), (interval.high, 1)):
        if end.is_zero or end.is_one:
            if value.reliability == end.at.reliability:
                return None
            continue
        beyond = (value.reliability - end.at.reliability) * outwards
        if beyond < 0 or (beyond == 0 and not end.exact):
            continue
        if beyond == 0:
            return False
        further = _Printed.of(end.at).moved(outwards)
        if further is None:
            return None
        gap = (value.reliability - further.value.reliability) * outwards
        return False if gap >= 0 else None
    return True


def _hopeless_values(threshold: ProbabilityThreshold) -> Iterator[tuple[Probability, bool]]:
    match threshold.why:
        case None:
            yield Probability(Decimal(1)), False
        case BestValue(at=at):
            yield at, False
        case Conflict(goal=goal, baseline=baseline):
            for interval in (*goal, *baseline):
                for end in (interval.low, interval.high):
                    if not end.is_zero and not end.is_one:
                        yield end.at, False


def _at_end(
    interval: OpenInterval, beyond: Bound | None, *, low: bool
) -> Iterator[tuple[Probability, bool]]:
    """The end of an interval as printed, and one unit of its last digit to the other side."""
    end = interval.low if low else interval.high
    if end.is_zero or end.is_one:
        return
    outwards = -1 if low else 1
    printed = _Printed.of(end.at)
    if end.exact:
        yield printed.value, False
        within = printed.inside(interval, outwards)
        if within is not None:
            yield within.value, True
    else:
        yield printed.value, True
    further = printed.moved(outwards)
    if further is not None and not _may_be_within(further.value, beyond, outwards):
        yield further.value, False


def _may_be_within(value: Probability, beyond: Bound | None, outwards: int) -> bool:
    """Whether a value may lie in the next interval, which ends at ``beyond`` or a little before."""
    if beyond is None:
        return False
    reach = _Printed.of(beyond.at).moved(-outwards)
    if reach is None:
        return True
    gap = (value.reliability - reach.value.reliability) * outwards
    return gap >= 0


@dataclass(frozen=True, slots=True)
class _Printed:
    """A probability as it is printed: digits of it, or of what it lacks to 1."""

    written: Decimal
    complemented: bool

    @classmethod
    def of(cls, value: Probability) -> _Printed:
        text = decimal_text(value)
        complemented = text.startswith("1 - ")
        return cls(Decimal(text.removeprefix("1 - ")), complemented)

    @property
    def value(self) -> Probability:
        return Probability(self.written, self.complemented)

    def moved(self, way: int, finer: int = 0) -> _Printed | None:
        """One unit of the last digit up or down, or of one so much finer; None past 0 or 1."""
        with localcontext() as context:
            context.prec = 5000
            unit = Decimal((0, (1,), int(self.written.as_tuple().exponent) - finer))
            moved = self.written + unit * (-way if self.complemented else way)
        return _Printed(moved, self.complemented) if 0 <= moved <= 1 else None

    def inside(self, interval: OpenInterval, outwards: int) -> _Printed | None:
        """The nearest value with few digits more that lies within the interval."""
        for finer in range(20):
            within = self.moved(-outwards, finer)
            if within is not None:
                low, high = interval.low.at.reliability, interval.high.at.reliability
                if low < within.value.reliability < high:
                    return within
        return None


def _of_count(design: Design, threshold: CountThreshold, sentence: str) -> Iterator[Claim]:
    for count, meets in _counts(threshold):
        if _least(design, threshold.parameter) <= count <= threshold.most:
            yield Claim(sentence, {threshold.parameter: str(count)}, meets=meets)


def _counts(threshold: CountThreshold) -> Sequence[tuple[int, bool]]:
    if not threshold.ranges:
        return [(threshold.most, False)]
    if threshold.irrelevant:
        return [(threshold.most, True)]
    found: dict[int, bool] = {}
    shown = threshold.ranges[:MOST_RANGES]
    for low, high in shown:
        found |= {low: True, high: True}
    starts = {low for low, _ in threshold.ranges}
    for low, high in shown:
        found.setdefault(low - 1, False)
        if high + 1 not in starts:
            found.setdefault(high + 1, False)
    return sorted(found.items())


def _least(design: Design, parameter: str) -> int:
    """The least count that a file may state: a pool needs as many copies as it says."""
    needs = [
        node.needs
        for node in design.nodes.values()
        if isinstance(node, Pool) and parameter in node.parameters
    ]
    return max((each for each in needs if isinstance(each, int)), default=1)
