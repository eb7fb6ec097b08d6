"""What `vreltui check` prints for people."""

from __future__ import annotations

import textwrap
from typing import Protocol

from vreltui.analysis import AmountThreshold, ChoiceReport
from vreltui.model import Design
from vreltui.model.names import shown as harmless
from vreltui.wording.keeping import uses_words
from vreltui.wording.measured_weights import weight_text
from vreltui.wording.numerals import complement_words, figure_text, value_words
from vreltui.wording.reasons import reasons, verdict_words
from vreltui.wording.sentences import threshold_sentence
from vreltui.wording.times import goal_header, measured_text, more_lines

MARKS = {"meets": "[+]", "short": "[-]", "hopeless": "[x]", "undecided": "[?]"}
"""A mark for each verdict; the word always stands beside it."""

COLOURS = {"meets": "green", "short": "yellow", "hopeless": "red", "undecided": "cyan"}

WIDTH = 100


class Paint(Protocol):
    """Gives a text the styles named, or leaves it plain."""

    def __call__(self, text: str, *names: str) -> str:
        """``text`` in the styles named."""
        ...


def head(file: str, design: Design, style: Paint) -> list[str]:
    """What a design is called, and what its choices have to meet."""
    lines = [style(clean(design.title or file), "bold")]
    aims = []
    if design.goal is not None:
        aims.append(f"goal {goal_header(design.goal)}")
    if design.baseline is not None:
        aims.append(f"baseline {design.baseline}")
    if not aims:
        aims.append("nothing asked: neither goal nor baseline")
    lines.append(style("   ".join([clean(file), *aims]), "dim"))
    return lines


def choice_lines(design: Design, report: ChoiceReport, width: int, style: Paint) -> list[str]:
    """The report on a choice, whose name is filled to ``width``.

    The lines have at most about :data:`WIDTH` columns.
    """
    mark = "[ ] nothing asked"
    if report.verdict is not None:
        words = f"{MARKS[report.verdict]} {verdict_words(report)}"
        mark = style(words, COLOURS[report.verdict], "bold")
    figure = "not solved"
    if report.figure is not None and report.digits is not None:
        rest = complement_words(report.figure, report.digits)
        figure = f"R = {figure_text(report.digits)}   1 - R = {rest}"
    more: list[str] = []
    if report.times is not None:
        figures = report.times[design.choices[report.choice].root]
        figure, more = measured_text(design, figures), more_lines(figures)
    title = f"   {clean(report.title)}" if report.title else ""
    lines = [f"{style(report.choice.ljust(width), 'bold')}  {mark}   {figure}{title}"]
    for reason in (*more, *reasons(design, report)):
        lines.extend(_wrapped(clean(reason)))
    if report.within is not None and report.within.uses:
        lines.extend(_wrapped(clean(f"uses {uses_words(design, report.within.uses)}")))
    for name, threshold in report.thresholds.items():
        value = value_words(threshold.value)
        sentence = threshold_sentence(design, threshold, report.choice)
        weight = _weight(design, report, name)
        lines.extend(_wrapped(f"{name} = {value}: {clean(sentence)}{weight}", bullet="- "))
    if report.asks_dependence:
        from vreltui.wording.dependence import dependence_line

        lines.extend(_wrapped(clean(dependence_line(report))))
    return lines


def _weight(design: Design, report: ChoiceReport, name: str) -> str:
    """The importance of a value, behind its threshold."""
    slope = report.importance.get(name)
    if slope is None:
        return ""
    what = "per ln" if isinstance(report.thresholds.get(name), AmountThreshold) else "Birnbaum"
    return f" ({what} {weight_text(design, slope, f'{slope:.4g}')})"


def _wrapped(text: str, bullet: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=f"    {bullet}",
        subsequent_indent="    " + " " * len(bullet),
        break_on_hyphens=False,
    )


def clean(text: str) -> str:
    """``text`` with what a terminal could obey written as escapes."""
    return harmless(text, most=len(text) + 1)
