"""What differs between two designs, in words and as JSON."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vreltui.analysis.comparing import Alone, ChoiceChange, Missing, Worth, designs
from vreltui.analysis.difference import Change, Difference
from vreltui.analysis.results import (
    AmountBound,
    AmountThreshold,
    ChoiceReport,
    CountThreshold,
    Figure,
    OpenInterval,
    ProbabilityThreshold,
    Threshold,
    Verdict,
)
from vreltui.model.goals import Aim, Downtime, MeanLife, Measure, goal_key
from vreltui.model.quantities import Value
from vreltui.storage.statements import Stated
from vreltui.storage.text.toml_text import value_text
from vreltui.wording.amounts import short_amount
from vreltui.wording.numerals import decimal_text, value_words

RANKS: tuple[Verdict | None, ...] = ("meets", "short", "undecided", "hopeless", None)
"""Verdicts, best first; a goal that was deleted leaves nothing that could be met."""

_WITHIN = ("choices", "parameters", "nodes")
"""The tables that every difference has, changed or not."""

FIGURES: dict[Measure, str] = {
    "reliability": "unreliability",
    "availability": "unavailability",
    "mttf": "mttf_s",
    "safety": "unsafety",
}
"""What is told of a choice, by what a design measures."""


@dataclass(frozen=True)
class Compared:
    """A difference with its figures: of each pair of choices, and of each change alone."""

    old_file: str
    new_file: str
    difference: Difference
    choices: Mapping[tuple[str | None, str | None], ChoiceChange] = field(default_factory=dict)
    alone: Mapping[tuple[str, str], Alone] = field(default_factory=dict)

    def _moved(self, better: bool) -> list[str]:
        found = []
        for (old, new), each in self.choices.items():
            if old is None or each.old is None:
                continue
            if new is None or each.new is None:
                if not better:
                    found.append(self.name(old))
                continue
            before, after = RANKS.index(each.old.verdict), RANKS.index(each.new.verdict)
            if (after < before) if better else (after > before):
                found.append(self.name(old))
        return found

    @property
    def worse(self) -> list[str]:
        """The choices of the old file whose verdict got worse, or that are gone from the new."""
        return self._moved(better=False)

    @property
    def better(self) -> list[str]:
        """The choices of the old file whose verdict got better."""
        return self._moved(better=True)

    def name(self, choice: str) -> str:
        """The name that a choice of the old design has in the old file."""
        return self.difference.old_name("choices", choice)

    def change_of(self, pair: tuple[str | None, str | None]) -> Change | None:
        """What became of a choice as an entry of the file; None where that is the same."""
        old, new = pair
        name = self.name(old) if old is not None else new
        assert name is not None
        return self.difference.tables.get("choices", {}).get(name)


# JSON


def as_json(compared: Compared) -> dict[str, Any]:
    """The answer of `vreltui diff --json`."""
    found = compared.difference
    answer: dict[str, Any] = {
        "old": compared.old_file,
        "new": compared.new_file,
        "same_meaning": found.same_meaning,
    }
    for name, pair in {"goal": None, "baseline": None, **found.top}.items():
        answer[name] = None if pair is None else [stated_text(stated) for stated in pair]
    answer["choices"] = _choices(compared)
    for table, changes in found.tables.items():
        if table != "choices" and (changes or table in _WITHIN):
            answer[table] = {
                name: _entry(compared, table, name, change) for name, change in changes.items()
            }
    answer["worse"], answer["better"] = compared.worse, compared.better
    if found.words:
        answer["words"] = {
            table: {name: {key: list(pair) for key, pair in texts.items()}
                    for name, texts in entries.items()}
            for table, entries in found.words.items()
        }  # fmt: skip
    return answer


def _entry(compared: Compared, table: str, name: str, change: Change) -> dict[str, Any]:
    said: dict[str, Any] = {"change": change.kind}
    if change.to:
        said["to"] = change.to
    keys = {
        key: [None if one is None else stated_text(one) for one in pair]
        for key, pair in change.keys.items()
    }
    main = "value" if table == "parameters" else name
    if table == "parameters" and change.kind == "changed":
        entry = compared.difference.old.parameters[name], compared.difference.new.parameters[name]
        said |= {"old": value_words(entry[0].value), "new": value_words(entry[1].value)}
        keys.pop("value", None)
    elif main in keys:
        said["old"], said["new"] = keys.pop(main)
    if keys:
        said["keys"] = keys
    return said | _alone(compared, table, name)


def _alone(compared: Compared, table: str, name: str) -> dict[str, Any]:
    figures = compared.alone.get((table, name))
    if figures is None:
        return {}
    unknown = {
        compared.name(choice): found.reason
        for choice, found in figures.items()
        if isinstance(found, Missing)
    }
    said = {
        compared.name(choice): None if isinstance(found, Missing) else worth_json(found)
        for choice, found in figures.items()
    }
    return {"alone": said} | ({"alone_undecided": unknown} if unknown else {})


def _choices(compared: Compared) -> dict[str, Any]:
    said = {}
    for pair, each in compared.choices.items():
        change = compared.change_of(pair)
        facts = choice_facts(each)
        if change is None and not facts.differ:
            continue
        name = pair[1] if pair[0] is None else compared.name(pair[0])
        assert name is not None
        said[name] = _choice(compared, name, change, each, facts)
    return said


@dataclass(frozen=True)
class ChoiceFacts:
    """What moved of a choice: its thresholds that differ, and whether anything does."""

    thresholds: Mapping[str, tuple[Threshold | None, Threshold | None]]
    differ: bool


def choice_facts(each: ChoiceChange) -> ChoiceFacts:
    """What moved of a choice."""
    old = {} if each.old is None else dict(each.old.thresholds)
    new = {} if each.new is None else dict(each.new.thresholds)
    thresholds = {}
    for name in {**old, **new}:
        was, now = old.get(name), new.get(name)
        if _shape(was) != _shape(now):
            thresholds[name] = (was, now)
    differ = bool(thresholds) or _verdict(each.old) != _verdict(each.new)
    return ChoiceFacts(thresholds, differ or each.worths[0] != each.worths[1])


def _verdict(report: ChoiceReport | None) -> str | None:
    return None if report is None else report.verdict


def worth_json(worth: Worth | None) -> float | str | None:
    """The unreliability, or whatever is measured instead of the reliability; or a mean life."""
    if worth is None:
        return None
    if isinstance(worth, Figure):
        return worth.unreliability
    return "infinite" if worth == math.inf else worth


def _choice(
    compared: Compared, name: str, change: Change | None, each: ChoiceChange, facts: ChoiceFacts
) -> dict[str, Any]:
    said: dict[str, Any] = {"change": "changed" if change is None else change.kind}
    if change is not None and change.to:
        said["to"] = change.to
    reports = (each.old, each.new)
    said["verdict"] = [_verdict(report) for report in reports]
    found = compared.difference
    if found.old.measure == found.new.measure:
        key = FIGURES[found.old.measure]
        said[key] = [worth_json(worth) for worth in each.worths]
        why = [
            report.undecided or "it was not found"
            for report, worth in zip(reports, each.worths, strict=True)
            if report is not None and worth is None
        ]
        if why:
            said[f"{key}_undecided"] = why[0]
        said["factor"] = each.factor
    said["thresholds"] = {
        parameter: _threshold_pair(*pair) for parameter, pair in facts.thresholds.items()
    }
    if change is not None and change.keys:
        said["keys"] = {
            key: [None if one is None else stated_text(one) for one in pair]
            for key, pair in change.keys.items()
        }
    return said | _alone(compared, "choices", name)


def _threshold_pair(was: Threshold | None, now: Threshold | None) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for key, threshold in (("old", was), ("new", now)):
        said[key] = None if threshold is None else threshold_text(threshold)
        if threshold is not None and threshold.undecided:
            said[f"{key}_undecided"] = threshold.undecided
    return said


# Texts


def stated_text(stated: Stated) -> str | None:
    """What a key states, as a short text; None where it states nothing."""
    value = stated.value
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Value):
        return value_words(value)
    if isinstance(value, Aim | Downtime | MeanLife):
        return f"{goal_key(value)} {value}"
    plain = stated.plain
    if plain is None:
        return str(value)
    return plain if isinstance(plain, str) else " ".join(value_text(plain).split())


def threshold_text(threshold: Threshold) -> str | None:
    """A threshold in a few characters; None where no value will do, or it was not found.

    >>> from vreltui.model import Probability
    >>> count = CountThreshold("n", 3, True, ((3, 64),), 64)
    >>> threshold_text(count), threshold_text(CountThreshold("n", 3, True, ((2, 5),), 64))
    ('>= 3', '2 to 5')
    """
    if threshold.undecided:
        return None
    match threshold:
        case CountThreshold(ranges=ranges, most=most):
            parts = [_range_text(low, high, most) for low, high in ranges]
        case ProbabilityThreshold(intervals=intervals):
            parts = [_interval_text(interval) for interval in intervals]
        case AmountThreshold(intervals=amounts):
            parts = [short_amount(interval) for interval in amounts]
    return ", ".join(parts) or None


def _range_text(low: int, high: int, most: int) -> str:
    if high >= most:
        return "any" if low <= 1 else f">= {low}"
    return f"<= {high}" if low <= 1 else f"{low} to {high}" if low < high else f"{low}"


def _interval_text(interval: OpenInterval) -> str:
    low, high = interval.low, interval.high
    if high.is_one:
        return "any" if low.is_zero else f"> {decimal_text(low.at)}"
    if low.is_zero:
        return f"< {decimal_text(high.at)}"
    return f"{decimal_text(low.at)} to {decimal_text(high.at)}"


def _shape(threshold: Threshold | None) -> object:
    """What of a threshold has to be the same for it to be the same one."""
    if threshold is None:
        return None
    if threshold.undecided:
        return "undecided"
    match threshold:
        case CountThreshold(ranges=ranges):
            return ranges
        case ProbabilityThreshold(intervals=intervals):
            return [(each.low.figure, each.high.figure) for each in intervals]
        case AmountThreshold(intervals=amounts):
            return [(_amount(each.low), _amount(each.high)) for each in amounts]


def _amount(bound: AmountBound | None) -> float | None:
    return None if bound is None else bound.figure


__all__ = ["RANKS", "Compared", "as_json", "choice_facts", "designs", "stated_text"]
