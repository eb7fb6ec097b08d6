"""Two choices side by side, as texts."""

from __future__ import annotations

from dataclasses import dataclass

from vreltui.analysis.results import ChoiceReport, Figure, Report
from vreltui.model import Design
from vreltui.wording.numerals import complement_text, engineering, nines, reliability_text
from vreltui.wording.reasons import NOTHING_ASKED, verdict_word


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One line of the comparison: a label and a text for each of the two."""

    label: str
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two choices side by side: a sentence, their figures, and those of their nodes."""

    sentence: str
    rows: tuple[ComparedRow, ...]
    nodes: tuple[ComparedRow, ...]


def compare(design: Design, report: Report, one: str, other: str) -> Comparison | None:
    """The comparison of two choices; None while a report on them is missing."""
    a, b = report.choices.get(one), report.choices.get(other)
    if a is None or b is None or a.figure is None or b.figure is None:
        return None
    rows = (
        ComparedRow("verdict", verdict_word(a) or NOTHING_ASKED, verdict_word(b) or NOTHING_ASKED),
        ComparedRow("R", reliability_text(a.figure), reliability_text(b.figure)),
        ComparedRow("1 - R", complement_text(a.figure), _q(b.figure)),
        ComparedRow("nines", nines(a.figure), nines(b.figure)),
    )
    nodes = tuple(
        ComparedRow(name, _r(a, name), _r(b, name))
        for name in dict.fromkeys((*_below(design, one), *_below(design, other)))
    )
    return Comparison(_sentence(one, a.figure, other, b.figure), rows, nodes)


def _sentence(one: str, a: Figure, other: str, b: Figure) -> str:
    if a == b:
        return f"{one} and {other} are equally reliable"
    better, worse, high, low = (one, other, a, b)
    if (a.unreliability, -a.reliability) > (b.unreliability, -b.reliability):
        better, worse, high, low = other, one, b, a
    gain = low.unreliability - high.unreliability
    text = f"{better} is more reliable by {engineering(gain)}"
    if high.unreliability > 0 and low.unreliability / high.unreliability >= 1.05:
        text += f": {worse} fails {low.unreliability / high.unreliability:.3g} times as often"
    return text


def _q(figure: Figure) -> str:
    return complement_text(figure)


def _r(report: ChoiceReport, name: str) -> str:
    figure = report.nodes.get(name)
    return "" if figure is None else reliability_text(figure)


def _below(design: Design, choice: str) -> tuple[str, ...]:
    return design.below(design.choices[choice].root)
