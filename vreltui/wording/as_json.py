"""The JSON of `vreltui check --json`."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from vreltui.analysis import (
    AmountThreshold,
    ChoiceReport,
    CountThreshold,
    Figure,
    OpenInterval,
    Report,
    Threshold,
)
from vreltui.analysis.results import TimeFigures
from vreltui.model import Design, Probability, Value
from vreltui.model.own_numbers import named_betas, named_numbers
from vreltui.model.quantities import number, quantity_of
from vreltui.model.settling import settled
from vreltui.wording.claims import claims
from vreltui.wording.reasons import reasons
from vreltui.wording.sentences import threshold_sentence
from vreltui.wording.times import head_json, times_json

LEFT_OUT = "its gate stands in a decision diagram that is too large to tell each gate apart"
"""Why a node has no figure where its choice has one."""


def as_json(file: str, design: Design, report: Report) -> dict[str, Any]:
    """The answer about one file, as `check --json` prints it.

    Numbers are the doubles nearest to the exact values, but the ends of intervals are rounded into
    the interval; every probability comes with its complement. What was not decided is null, and a
    key of the same name with ``_undecided`` says why.
    """
    choices = {name: choice_json(design, choice) for name, choice in report.choices.items()}
    return {**head(file, design), "choices": choices}


def head(file: str, design: Design) -> dict[str, Any]:
    """What the answer about a file says before its choices."""
    target = design.target
    return {
        "file": file,
        "title": design.title,
        "goal": None if target is None else float(target.reliability),
        "goal_complement": None if target is None else float(target.unreliability),
        "baseline": design.baseline,
        **head_json(design),
    }


def choice_json(design: Design, report: ChoiceReport) -> dict[str, Any]:
    """The answer about one choice.

    What was not decided is null, and a key of the same name with ``_undecided`` says why.
    """
    answer: dict[str, Any] = {"title": report.title, **_figure(report.figure, report.undecided)}
    if design.knows_time:
        mission = design.mission_time(report.choice)
        answer["mission_s"] = None if mission is None else float(mission.seconds)
        if report.times is not None:
            answer = _timed(answer, report.times[design.choices[report.choice].root])
    answer["verdict"] = report.verdict
    for key, found in (
        ("against_goal", report.against_goal),
        ("against_baseline", report.against_baseline),
    ):
        answer |= _value(key, found, report.open_questions.get(key, ""))
    answer["reasons"] = list(reasons(design, report))
    answer |= _lists(design, report)
    if report.within is not None:
        answer["uses"] = uses_json(report.within.uses)
        answer["class"] = report.within.kind
    if report.witness is not None:
        answer["witness"] = {name: exact_text(value) for name, value in report.witness.items()}
    if report.undecided:
        answer["undecided"] = report.undecided
    if report.asks_dependence:
        from vreltui.wording.dependence import dependence_json

        answer |= dependence_json(report)
    answer["claims"] = [claim.as_json() for claim in claims(design, report)]
    return answer


def _lists(design: Design, report: ChoiceReport) -> dict[str, Any]:
    """What is said of each parameter and node."""
    if not report.is_listed:
        found: dict[str, Any] = {}
        for key in ("thresholds", "importance", "nodes"):
            found |= _value(key, None, report.undecided)
        return found
    found = {
        "thresholds": {
            name: _threshold_of(design, report, name)
            for name in report.thresholds
            if name in design.parameters
        },
        "importance": _importance(design, report),
        "nodes": _nodes(design, report),
    }
    if causes := _causes(design, report):
        found["causes"] = causes
    return found


def uses_json(uses: Mapping[str, Fraction]) -> dict[str, int | float]:
    """How much of each resource is used: whole numbers as such, others as the nearest double."""
    return {
        name: int(amount) if amount.denominator == 1 else float(amount)
        for name, amount in uses.items()
    }


def _value(key: str, found: object, undecided: str) -> dict[str, Any]:
    """A key, and why it is null where that was not decided."""
    return {key: None, f"{key}_undecided": undecided} if undecided else {key: found}


def _figure(figure: Figure | None, undecided: str) -> dict[str, Any]:
    if figure is None:
        return _value("reliability", None, undecided) | _value("unreliability", None, undecided)
    return {"reliability": figure.reliability, "unreliability": figure.unreliability}


def _importance(design: Design, report: ChoiceReport) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in design.parameters:
        undecided = report.open_questions.get(f"importance.{name}", "")
        if undecided or name in report.importance:
            key = _weight_key(design.parameters[name].value)
            found[name] = _value(key, report.importance.get(name), undecided)
    return found


def _weight_key(value: Value) -> str:
    """Under which key the importance of a value stands: of times by their logarithms."""
    return "birnbaum" if isinstance(value, Probability | int) else "per_log"


def _timed(answer: dict[str, Any], figures: TimeFigures) -> dict[str, Any]:
    """An answer in which reliability and its complement are those of the mission alone."""
    for key in ("reliability", "unreliability", "reliability_undecided"):
        answer.pop(key, None)
    answer.pop("unreliability_undecided", None)
    return answer | times_json(figures)


def _nodes(design: Design, report: ChoiceReport) -> dict[str, Any]:
    """The figure of each node; where it has a number of its own, also what that must be."""
    why_none = report.undecided or LEFT_OUT
    found: dict[str, Any] = {
        name: _figure(report.nodes.get(name), why_none)
        for name in settled(design, report.choice).below(design.choices[report.choice].root)
        if name in design.nodes
    }
    for name, figures in (report.times or {}).items():
        found[name] = _timed(found[name], figures)
    for name, node in named_numbers(design, found).items():
        key = "reliability" if name == node else name.rpartition(".")[2]
        if key not in ("reliability", "unreliability"):
            _add_number(found[node], design, report, name, key)
            continue
        undecided = report.open_questions.get(f"importance.{name}", "")
        found[node] |= {"threshold": _threshold_of(design, report, name)}
        found[node] |= _value("birnbaum", report.importance.get(name), undecided)
    return found


def _causes(design: Design, report: ChoiceReport) -> dict[str, Any]:
    """The causes of a choice, each with what a beta of its own must be."""
    below = design.below(design.choices[report.choice].root)
    found: dict[str, Any] = {cause.name: {} for cause in design.causes_among(below)}
    for name, cause in named_betas(design, below).items():
        undecided = report.open_questions.get(f"importance.{name}", "")
        weight = _value("birnbaum", report.importance.get(name), undecided)
        found[cause] = {
            "thresholds": {"beta": _threshold_of(design, report, name)},
            "importance": {"beta": weight},
        }
    return found


def _add_number(
    entry: dict[str, Any], design: Design, report: ChoiceReport, name: str, key: str
) -> None:
    """Add what one of several numbers at a node must be, and its importance, by its key."""
    entry.setdefault("thresholds", {})[key] = _threshold_of(design, report, name)
    undecided = report.open_questions.get(f"importance.{name}", "")
    stated = design.nodes[name.rpartition(".")[0]].stated(key)
    assert stated is not None
    assert stated.own is not None
    weight = _value(_weight_key(stated.own), report.importance.get(name), undecided)
    entry.setdefault("importance", {})[key] = weight


def _threshold_of(design: Design, report: ChoiceReport, name: str) -> dict[str, Any] | None:
    """The threshold of a parameter, or of a node's own number; None where nothing is asked."""
    threshold = report.thresholds.get(name)
    if threshold is None:
        return None
    sentence = threshold_sentence(design, threshold, report.choice)
    return _threshold(threshold, sentence, report.undecided)


def _threshold(threshold: Threshold, sentence: str, undecided: str) -> dict[str, Any]:
    unknown = undecided if threshold.satisfied is None else ""
    satisfied = _value("satisfied", threshold.satisfied, unknown)
    answer: dict[str, Any]
    if isinstance(threshold, CountThreshold):
        ranges = [list(range_) for range_ in threshold.ranges]
        answer = {
            "kind": "count",
            "value": threshold.value,
            **satisfied,
            **_value("ranges", ranges, threshold.undecided),
        }
    elif isinstance(threshold, AmountThreshold):
        answer = {
            "kind": threshold.kind,
            "value": _amount(threshold.value),
            "value_text": str(threshold.value),
            **satisfied,
            **_value("intervals", _amounts(threshold), threshold.undecided),
        }
    else:
        assert isinstance(threshold.value, Probability)
        intervals = [_interval(interval) for interval in threshold.intervals]
        answer = {
            "kind": "probability",
            "value": float(threshold.value.reliability),
            "value_complement": float(threshold.value.unreliability),
            **satisfied,
            **_value("intervals", intervals, threshold.undecided),
        }
    if threshold.undecided:
        answer["undecided"] = threshold.undecided
    answer["sentence"] = sentence
    return answer


def _amount(value: Value) -> float:
    """A time in seconds, a rate per hour, a number as it is."""
    scale = 3600 if quantity_of(value).kind == "rate" else 1
    return float(number(value) * scale)


def _amounts(threshold: AmountThreshold) -> list[dict[str, float | None]]:
    """The intervals; an end at the edge is 0 or null."""
    return [
        {
            "low": 0.0 if each.low is None else each.low.figure,
            "high": None if each.high is None else each.high.figure,
        }
        for each in threshold.intervals
    ]


def _interval(interval: OpenInterval) -> dict[str, float]:
    low, high = interval.low.figure, interval.high.figure
    return {
        "low": low.reliability,
        "high": high.reliability,
        "low_complement": low.unreliability,
        "high_complement": high.unreliability,
    }


def exact_text(value: Value) -> str:
    """The exact decimal of a value."""
    text: str = quantity_of(value).plain_text(value)
    return text
