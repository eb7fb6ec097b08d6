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
from vreltui.model.quantities import quantity_of


def as_json(file: str, design: Design, report: Report) -> dict[str, Any]:
    """The answer about one file, as `check --json` prints it.

    Numbers are the doubles nearest to the exact values; every probability comes with its
    complement.
    """
    return {
        "file": file,
        "title": design.title,
        "goal": None if design.goal is None else float(design.goal.reliability),
        "goal_complement": None if design.goal is None else float(design.goal.unreliability),
        "baseline": design.baseline,
        "choices": {name: _choice(choice) for name, choice in report.choices.items()},
    }


def _choice(report: ChoiceReport) -> dict[str, Any]:
    own = report.figure
    answer: dict[str, Any] = {
        "title": report.title,
        "reliability": None if own is None else own.reliability,
        "unreliability": None if own is None else own.unreliability,
        "verdict": report.verdict,
        "against_goal": report.against_goal,
        "against_baseline": report.against_baseline,
        "reasons": list(report.reasons),
        "thresholds": {
            name: _threshold(threshold, (report.sentences or {}).get(name, ""))
            for name, threshold in report.thresholds.items()
        },
        "importance": {name: {"birnbaum": slope} for name, slope in report.importance.items()},
        "nodes": {name: _figure(figure) for name, figure in report.nodes.items()},
    }
    if report.witness is not None:
        answer["witness"] = {name: exact_text(value) for name, value in report.witness.items()}
    if report.undecided:
        answer["undecided"] = report.undecided
    return answer


def _figure(figure: Figure) -> dict[str, float]:
    return {"reliability": figure.reliability, "unreliability": figure.unreliability}


def _threshold(threshold: Threshold, sentence: str) -> dict[str, Any]:
    answer: dict[str, Any]
    if isinstance(threshold, CountThreshold):
        answer = {
            "kind": "count",
            "value": threshold.value,
            "satisfied": threshold.satisfied,
            "ranges": [list(range_) for range_ in threshold.ranges],
        }
    else:
        assert isinstance(threshold.value, Probability)
        answer = {
            "kind": "probability",
            "value": float(threshold.value.reliability),
            "value_complement": float(threshold.value.unreliability),
            "satisfied": threshold.satisfied,
            "intervals": [_interval(interval) for interval in threshold.intervals],
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
