"""What each choice is worth, and whether it meets: `vreltui check`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from vreltui.analysis import ChoiceReport
from vreltui.analysis.piecewise import choice_report
from vreltui.analysis.results import CountThreshold, ProbabilityThreshold
from vreltui.analysis.results import Threshold as Found
from vreltui.library.answers import SECONDS, Answer, table
from vreltui.library.asking import choices_of
from vreltui.library.designs import Design, exact
from vreltui.model.own_numbers import with_named_numbers
from vreltui.wording import as_json


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """The values of a parameter, or of a number at a node, for which a choice meets.

    ``intervals`` are open, with ends rounded into the interval; ``ranges`` are those of counts,
    both ends included. Empty where no value will do, None where that is ``undecided``.
    """

    name: str
    value: Decimal | int | str
    satisfied: bool | None
    intervals: tuple[tuple[Decimal, Decimal], ...] | None = None
    ranges: tuple[tuple[int, int], ...] | None = None
    sentence: str = ""
    undecided: str = ""


@dataclass(frozen=True, kw_only=True)
class ChoiceCheck(Answer):
    """What `check` says of one choice. ``verdict`` is None where nothing is asked of it."""

    name: str
    title: str
    verdict: str | None
    reliability: float | None
    unreliability: float | None
    reasons: tuple[str, ...]
    thresholds: Mapping[str, Threshold]
    importance: Mapping[str, float]
    witness: Mapping[str, Decimal | int | str] | None = None
    undecided: str = ""

    @property
    def meets(self) -> bool:
        """Whether it meets what is asked."""
        return self.verdict == "meets"


@dataclass(frozen=True, kw_only=True)
class Check(Answer):
    """What `check` says of a design, choice by choice.

    >>> from vreltui.library.designs import loads
    >>> found = check(loads('''
    ... vreltui = 1
    ... goal.reliability = 0.9
    ... parameters.R_V = 0.99
    ... nodes.host.reliability = "R_V"
    ... choices.bare.root = "host"
    ... '''))
    >>> found.choices["bare"].verdict, found.choices["bare"].thresholds["R_V"].intervals
    ('meets', ((Decimal('0.9000'), Decimal('1')),))
    """

    file: str
    title: str
    choices: Mapping[str, ChoiceCheck]

    @property
    def meets(self) -> bool:
        """Whether a choice meets."""
        return any(choice.meets for choice in self.choices.values())

    def _repr_markdown_(self) -> str:
        rows = [
            [name, each.verdict or "nothing asked", each.reliability, each.unreliability]
            for name, each in self.choices.items()
        ]
        return table(["choice", "verdict", "R", "1 - R"], rows)


def check(design: Design, choice: str | None = None, *, seconds: float = SECONDS) -> Check:
    """Verdict, reliability, thresholds and reasons of every choice, or of one."""
    names = choices_of(design, choice)
    model = with_named_numbers(design.model)
    found: dict[str, ChoiceCheck] = {}
    for name in names:
        report = choice_report((model, name, seconds / len(names)))
        found[name] = _choice(design, report)
    data = {
        **as_json.head(design.file, design.model),
        "choices": {name: each.data for name, each in found.items()},
    }
    return Check(file=design.file, title=design.title, choices=found, data=data)


def _choice(design: Design, report: ChoiceReport) -> ChoiceCheck:
    data = as_json.choice_json(design.model, report)
    witness = report.witness
    return ChoiceCheck(
        name=report.choice,
        title=report.title,
        verdict=report.verdict,
        reliability=data.get("reliability"),
        unreliability=data.get("unreliability"),
        reasons=tuple(data["reasons"]),
        thresholds={
            name: _threshold(each, _sentence(data, name))
            for name, each in report.thresholds.items()
        },
        importance=dict(report.importance),
        witness=None if witness is None else {name: exact(v) for name, v in witness.items()},
        undecided=report.undecided,
        data=data,
    )


def _sentence(data: dict[str, Any], name: str) -> str:
    """What the JSON says of a threshold: a parameter's, or that of a number at a node."""
    node, _, key = name.partition(".")
    entry = data["nodes"].get(node, {})
    at_node = entry.get("threshold") or entry.get("thresholds", {}).get(key) or {}
    said: str = (data["thresholds"].get(name) or at_node).get("sentence", "")
    return said


def _threshold(found: Found, sentence: str) -> Threshold:
    intervals = ranges = None
    if not found.undecided:
        if isinstance(found, CountThreshold):
            ranges = found.ranges
        elif isinstance(found, ProbabilityThreshold):
            intervals = tuple(
                (each.low.at.decimal, each.high.at.decimal) for each in found.intervals
            )
    return Threshold(
        name=found.parameter,
        value=exact(found.value),
        satisfied=found.satisfied,
        intervals=intervals,
        ranges=ranges,
        sentence=sentence,
        undecided=found.undecided,
    )
