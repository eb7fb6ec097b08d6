"""Two choices side by side, as texts."""

from __future__ import annotations

from dataclasses import dataclass

from vreltui.analysis.amount_bounds import duration_text
from vreltui.analysis.results import ChoiceReport, Figure, Report
from vreltui.model import Design
from vreltui.model.times import SECONDS
from vreltui.wording.numerals import engineering, nines, reliability_text
from vreltui.wording.reasons import NOTHING_ASKED, verdict_word
from vreltui.wording.times import LACKS, SYMBOLS, figure_texts


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
    if a is None or b is None:
        return None
    if design.measure == "mttf":
        return _of_mean_lives(design, a, b)
    if a.figure is None or b.figure is None:
        return None
    letter, lacks = SYMBOLS[design.measure], LACKS[design.measure]
    texts = [figure_texts(design.measure, figure, None) for figure in (a.figure, b.figure)]
    rows = (
        ComparedRow("verdict", verdict_word(a) or NOTHING_ASKED, verdict_word(b) or NOTHING_ASKED),
        ComparedRow(letter, texts[0][0], texts[1][0]),
        ComparedRow(lacks, texts[0][1], texts[1][1]),
        ComparedRow("nines", nines(a.figure), nines(b.figure)),
    )
    nodes = tuple(
        ComparedRow(name, _r(a, name), _r(b, name))
        for name in dict.fromkeys((*_below(design, one), *_below(design, other)))
    )
    sentence = _sentence(one, a.figure, other, b.figure)
    if design.measure == "availability":
        sentence = _of_downtimes(one, a.figure, other, b.figure)
    return Comparison(sentence, rows, nodes)


def _of_downtimes(one: str, a: Figure, other: str, b: Figure) -> str:
    if a == b:
        return f"{one} and {other} are down for equally long"
    better, worse, high, low = (one, other, a, b)
    if (a.unreliability, -a.reliability) > (b.unreliability, -b.reliability):
        better, worse, high, low = other, one, b, a
    saved = (low.unreliability - high.unreliability) * float(SECONDS["y"])
    return f"{better} is down {duration_text(saved)} a year less than {worse}"


def _of_mean_lives(design: Design, a: ChoiceReport, b: ChoiceReport) -> Comparison:
    """Two choices by how long they live before the first failure."""

    def mean(report: ChoiceReport, node: str) -> str:
        times = None if report.times is None else report.times.get(node)
        return figure_texts("mttf", None, times)[0]

    roots = [design.choices[each.choice].root for each in (a, b)]
    rows = (
        ComparedRow("verdict", verdict_word(a) or NOTHING_ASKED, verdict_word(b) or NOTHING_ASKED),
        ComparedRow("MTTF", mean(a, roots[0]), mean(b, roots[1])),
    )
    nodes = tuple(
        ComparedRow(name, mean(a, name), mean(b, name))
        for name in dict.fromkeys((*_below(design, a.choice), *_below(design, b.choice)))
    )
    return Comparison(f"{a.choice} beside {b.choice}", rows, nodes)


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


def _r(report: ChoiceReport, name: str) -> str:
    figure = report.nodes.get(name)
    return "" if figure is None else reliability_text(figure)


def _below(design: Design, choice: str) -> tuple[str, ...]:
    return design.below(design.choices[choice].root)
