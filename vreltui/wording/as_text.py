"""What `vreltui check` prints for people."""

from __future__ import annotations

import textwrap
from typing import Protocol

from vreltui.analysis import ChoiceReport, Figure
from vreltui.analysis.sentences import goal_words, shown, value_words
from vreltui.model import Design
from vreltui.model.names import shown as harmless

MARKS = {"meets": "[+]", "short": "[-]", "hopeless": "[x]", "undecided": "[?]"}
"""A mark for each verdict; the word always stands beside it."""

COLOURS = {"meets": "green", "short": "yellow", "hopeless": "red", "undecided": "cyan"}

WIDTH = 100

CAVEAT = "Failures are taken to be independent; where they are not, these are upper bounds."


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
        aims.append(f"goal R > {goal_words(design.goal)}")
    if design.baseline is not None:
        aims.append(f"baseline {design.baseline}")
    if not aims:
        aims.append("nothing asked: neither goal nor baseline")
    lines.append(style("   ".join([clean(file), *aims]), "dim"))
    return lines


def choice_lines(report: ChoiceReport, width: int, style: Paint) -> list[str]:
    """The report on a choice, whose name is filled to ``width``.

    The lines have at most about :data:`WIDTH` columns.
    """
    mark = "[ ] nothing asked"
    if report.verdict is not None:
        mark = style(f"{MARKS[report.verdict]} {report.verdict}", COLOURS[report.verdict], "bold")
    figure = "not solved" if report.figure is None else f"R = {shown(report.figure)}"
    if report.figure is not None:
        figure += f"   1 - R = {_complement(report.figure)}"
    title = f"   {clean(report.title)}" if report.title else ""
    lines = [f"{style(report.choice.ljust(width), 'bold')}  {mark}   {figure}{title}"]
    for reason in report.reasons:
        lines.extend(_wrapped(clean(reason)))
    for name, threshold in report.thresholds.items():
        value = value_words(threshold.value)
        sentence = (report.sentences or {}).get(name, "")
        weight = _weight(report, name)
        lines.extend(_wrapped(f"{name} = {value}: {clean(sentence)}{weight}", bullet="- "))
    return lines


def _weight(report: ChoiceReport, name: str) -> str:
    """The importance of a value, behind its threshold."""
    slope = report.importance.get(name)
    return "" if slope is None else f" (Birnbaum {slope:.4g})"


def _complement(figure: Figure) -> str:
    """1 - R, also where that is too small for a double."""
    if figure.tiny and figure.unreliability == 0:
        return figure.tiny
    return f"{figure.unreliability:.4g}"


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
