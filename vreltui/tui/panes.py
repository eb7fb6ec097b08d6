"""What the pane can show, each as lines for a width."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from vreltui.symbolic.results import Condition, Formula, Refusal
from vreltui.tui.glyphs import Glyphs
from vreltui.tui.lines import BLANK, Line, fit, line, right, wrap
from vreltui.tui.pane_work import PlotAnswer, SymbolicAnswer
from vreltui.workbench.comparison import ComparedRow, Comparison
from vreltui.workbench.parameters import HEADINGS, ParameterRow

_ROLES = {
    "title": "bold",
    "axis": "dim",
    "label": "",
    "goal": "bold",
    "now": "bold",
    "quiet": "dim",
    "series 0": "curve0",
    "series 1": "curve1",
    "series 2": "curve2",
    "series 3": "curve3",
    "series 4": "curve4",
    "series 5": "curve5",
}


def detail_lines(details: Sequence[tuple[str, str]], width: int, glyphs: Glyphs) -> list[Line]:
    """Labels at the left, texts at the right, wrapped."""
    column = min(20, max((len(label) for label, _ in details), default=0)) + 1
    if width < 40:
        column = min(column, 12)
    lines: list[Line] = []
    for label, text in details:
        names, parts = wrap(label, column - 1), wrap(text, width - column - 2)
        for name, part in zip_longest(names, parts, fillvalue=""):
            lines.append(line((f" {fit(name, column, glyphs.ellipsis)}", "dim"), part))
    return lines


def parameter_lines(rows: Sequence[ParameterRow], width: int, glyphs: Glyphs) -> list[Line]:
    """The parameters below a node as a table; what is said elsewhere too gives way when narrow."""
    if not rows:
        return []
    table = [HEADINGS, *(row.cells for row in rows)]
    sizes = [max(map(len, column)) + 1 for column in zip(*table, strict=True)]
    for optional, least in _GIVES_WAY:
        over = sum(sizes) + 1 - width
        if over > 0:
            left = sizes[optional] - over
            sizes[optional] = left if left >= least else 0
    lines = []
    for number, cells in enumerate(table):
        styles = ["dim"] * len(cells) if number == 0 else ["bold", "", "dim", "", "", "dim"]
        if number and (satisfied := rows[number - 1].satisfied) is not None:
            styles[HEADINGS.index("must be")] = "good" if satisfied else "bad"
        shown = [
            (fit(text, size - 1, glyphs.ellipsis) + " ", name)
            for text, size, name in zip(cells, sizes, styles, strict=True)
            if size
        ]
        lines.append(line(" ", *shown))
    return lines


_GIVES_WAY = tuple(
    (HEADINGS.index(name), least) for name, least in (("title", 6), ("range", 14), ("Birnbaum", 9))
)
"""The columns that are cut, then dropped, in this order; and how wide each is at least of use."""


def note_lines(text: str, width: int, style: str = "dim") -> list[Line]:
    """A few words in place of a content."""
    return [line((part, style)) for part in wrap(text, width - 1, " ", " ")]


def plot_lines(answer: PlotAnswer, width: int) -> list[Line]:
    """The picture, or why there is none."""
    if answer.picture is None:
        return note_lines(f"not drawn: {answer.reason}", width, "warning")
    return [
        tuple((span.text, _ROLES.get(span.role, "")) for span in row) for row in answer.picture.rows
    ]


def table_lines(table: Sequence[Sequence[str]], width: int, glyphs: Glyphs) -> list[Line]:
    """Points as a table of columns, as many as there is room for; the rest is counted."""
    if len(table) < 2:
        return note_lines("no points", width)
    widths = [max(map(len, column)) + 2 for column in zip(*table, strict=True)]
    shown = 1
    while shown < len(widths) and sum(widths[: shown + 1]) < width:
        shown += 1
    lines: list[Line] = []
    for number, row in enumerate(table):
        texts = zip(row[:shown], widths, strict=False)
        cells = "".join(right(cell, size, glyphs.ellipsis) for cell, size in texts)
        lines.append(line((cells, "bold" if number == 0 else "")))
    if shown < len(widths):
        lines.insert(0, line((f" {len(widths) - shown} more columns: enlarge, or copy", "dim")))
    return lines


def symbolic_lines(answer: SymbolicAnswer, width: int, glyphs: Glyphs) -> list[Line]:
    """Formulas, then conditions with their sentences."""
    lines: list[Line] = []
    for found, sentences in zip(answer.answers, answer.sentences, strict=True):
        if lines:
            lines.append(BLANK)
        match found:
            case Formula():
                lines += _formula(found, width)
            case Condition():
                lines += _condition(sentences, width, glyphs)
                for given in found.given:
                    lines += note_lines(f"where {given.text} is the goal", width, "")
                lines += _parts(found, width)
            case Refusal():
                lines += note_lines(f"{found.choice}: {found.reason}", width, "warning")
    return lines


def _formula(found: Formula, width: int) -> list[Line]:
    text = f"R({found.choice}) = {found.value.text}"
    first = [line((part, "bold")) for part in wrap(text, width - 1, " ", "     ")]
    return first + _parts(found, width)


def _parts(found: Formula | Condition, width: int) -> list[Line]:
    lines: list[Line] = []
    for number, part in enumerate(found.parts):
        word = "where " if number == 0 else "      "
        text = f"{word}{part.name.text} = {part.value.text}"
        lines += [line(each) for each in wrap(text, width - 1, " ", "         ")]
    return lines


def _condition(sentences: Sequence[str], width: int, glyphs: Glyphs) -> list[Line]:
    return [
        line(part)
        for sentence in sentences
        for part in wrap(sentence, width - 1, f" {glyphs.bullet} ", "   ")
    ]


def sentence_lines(found: Comparison, width: int) -> list[Line]:
    """Which of two is more reliable, and by how much."""
    return [line((part, "bold")) for part in wrap(found.sentence, width - 1, " ", " ")]


def comparison_lines(
    found: Comparison, one: str, other: str, width: int, glyphs: Glyphs, *, nodes: bool = False
) -> list[Line]:
    """The figures side by side; or those of the nodes."""
    lines: list[Line] = []
    longest = max([len(one), len(other), *(len(t) for r in found.rows for t in (r.one, r.other))])
    column = min(longest, max(9, (width - 10) // 2))
    label = min(width - 2 * column - 3, max(20, *(len(row.label) for row in found.nodes), 0) + 2)
    dots = glyphs.ellipsis
    heads = f" {fit('', label)} {right(one, column, dots)} {right(other, column, dots)}"
    lines.append(line((heads, "bold")))

    def cells(row: ComparedRow) -> Line:
        return line(
            (f" {fit(row.label, label, dots)} ", "dim"),
            f"{right(row.one, column, dots)} {right(row.other, column, dots)}",
        )

    lines += [cells(row) for row in found.rows]
    if nodes:
        lines = [line((f" {fit('R of each node', label, dots)}", "bold"))]
        lines += [cells(row) for row in found.nodes]
    return lines
