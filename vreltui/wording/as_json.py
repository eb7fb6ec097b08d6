"""The JSON of `vreltui check --json`."""

from __future__ import annotations

from typing import Any

from vreltui.analysis import (
    ChoiceReport,
    CountThreshold,
    Figure,
    OpenInterval,
    Report,
    Threshold,
)
from vreltui.model import Design, Probability, Value
from vreltui.model.own_numbers import named_numbers
from vreltui.model.quantities import quantity_of


def as_json(file: str, design: Design, report: Report) -> dict[str, Any]:
    """The answer about one file, as `check --json` prints it.

    Numbers are the doubles nearest to the exact values; every probability comes with its
    complement.
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
    }


def choice_json(design: Design, report: ChoiceReport) -> dict[str, Any]:
    """The answer about one choice.

    What was not decided is null, and a key of the same name with ``_undecided`` says why.
    """
    answer: dict[str, Any] = {"title": report.title, **_figure(report.figure, report.undecided)}
    answer["verdict"] = report.verdict
    for key, found in (
        ("against_goal", report.against_goal),
        ("against_baseline", report.against_baseline),
    ):
        answer |= _value(key, found, report.open_questions.get(key, ""))
    answer |= {
        "reasons": list(report.reasons),
        "thresholds": {
            name: _threshold_of(report, name)
            for name in report.thresholds
            if name in design.parameters
        },
        "importance": _importance(design, report),
        "nodes": _nodes(design, report),
    }
    if report.witness is not None:
        answer["witness"] = {name: exact_text(value) for name, value in report.witness.items()}
    if report.undecided:
        answer["undecided"] = report.undecided
    return answer


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
            found[name] = _value("birnbaum", report.importance.get(name), undecided)
    return found


def _nodes(design: Design, report: ChoiceReport) -> dict[str, Any]:
    """The figure of each node; where it has a number of its own, also what that must be."""
    found: dict[str, Any] = {name: _figure(figure, "") for name, figure in report.nodes.items()}
    if report.figure is None:
        below = design.below(design.choices[report.choice].root)
        found = {name: _figure(None, report.undecided) for name in below}
    for name, node in named_numbers(design, found).items():
        undecided = report.open_questions.get(f"importance.{name}", "")
        found[node] |= {"threshold": _threshold_of(report, name)}
        found[node] |= _value("birnbaum", report.importance.get(name), undecided)
    return found


def _threshold_of(report: ChoiceReport, name: str) -> dict[str, Any] | None:
    """The threshold of a parameter, or of a node's own number; None where nothing is asked."""
    threshold = report.thresholds.get(name)
    if threshold is None:
        return None
    return _threshold(threshold, (report.sentences or {}).get(name, ""), report.undecided)


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
