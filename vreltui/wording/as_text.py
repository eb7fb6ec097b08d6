"""What `vreltui check` prints for people."""

from __future__ import annotations

import textwrap
from typing import Protocol

from vreltui.analysis import ChoiceReport, Report
from vreltui.model import Design
from vreltui.model.names import shown as harmless
from vreltui.wording.numerals import complement_text, figure_text, value_words
from vreltui.wording.reasons import INDEPENDENCE, reasons, verdict_words
from vreltui.wording.sentences import threshold_sentence

MARKS = {"meets": "[+]", "short": "[-]", "hopeless": "[x]", "undecided": "[?]"}
"""A mark for each verdict; the word always stands beside it."""

COLOURS = {"meets": "green", "short": "yellow", "hopeless": "red", "undecided": "cyan"}

WIDTH = 100


class Paint(Protocol):
    """Gives a text the styles named, or leaves it plain."""

    def __call__(self, text: str, *names: str) -> str:
        """``text`` in the styles named."""
        ...


def as_text(file: str, design: Design, report: Report, style: Paint) -> str:
    """The report on one file, in lines of at most about :data:`WIDTH` columns."""
    lines = [style(clean(design.title or file), "bold")]
    aims = []
    if design.goal is not None:
        aims.append(f"goal R > {value_words(design.goal)}")
    if design.baseline is not None:
        aims.append(f"baseline {design.baseline}")
    lines.append(style("   ".join([clean(file), *aims]), "dim"))
    width = max((len(name) for name in report.choices), default=0)
    for choice in report.choices.values():
        lines.append("")
        lines.extend(_choice(design, choice, width, style))
    lines += ["", style(INDEPENDENCE, "dim")]
    return "\n".join(lines)


def _choice(design: Design, report: ChoiceReport, width: int, style: Paint) -> list[str]:
    mark = style(
        f"{MARKS[report.verdict]} {verdict_words(report)}", COLOURS[report.verdict], "bold"
    )
    figure = "not solved"
    if report.figure is not None and report.digits is not None:
        figure = f"R = {figure_text(report.digits)}   1 - R = {complement_text(report.figure, 4)}"
    title = f"   {clean(report.title)}" if report.title else ""
    lines = [f"{style(report.choice.ljust(width), 'bold')}  {mark}   {figure}{title}"]
    for reason in reasons(design, report):
        lines.extend(_wrapped(clean(reason)))
    for name, threshold in report.thresholds.items():
        value = value_words(threshold.value)
        sentence = threshold_sentence(design, threshold, report.choice)
        lines.extend(_wrapped(f"{name} = {value}: {clean(sentence)}", bullet="- "))
    return lines


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
