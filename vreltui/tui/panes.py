"""What the pane can show, each as lines for a width."""

from __future__ import annotations

from collections.abc import Sequence

from vreltui.symbolic.results import Condition, Formula, Refusal
from vreltui.tui.glyphs import Glyphs
from vreltui.tui.lines import BLANK, Line, fit, line, right, wrap
from vreltui.tui.pane_work import PlotAnswer, SymbolicAnswer
from vreltui.workbench.comparison import ComparedRow, Comparison

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
        for number, part in enumerate(wrap(text, width - column - 2)):
            name = label if number == 0 else ""
            lines.append(line((f" {fit(name, column, glyphs.ellipsis)}", "dim"), part))
    return lines


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


def table_lines(csv: str, width: int, glyphs: Glyphs) -> list[Line]:
    """Points as a table of columns."""
    rows = [row.split(",") for row in csv.splitlines() if row]
    if not rows:
        return note_lines("no points", width)
    count = max(1, min(len(rows[0]), (width - 1) // 9))
    column = min(14, (width - 1) // count - 1)
    lines: list[Line] = []
    for number, row in enumerate(rows):
        cells = "".join(
            f" {right(_short(cell, column), column, glyphs.ellipsis)}" for cell in row[:count]
        )
        lines.append(line((cells, "bold" if number == 0 else "")))
    return lines


def _short(cell: str, width: int) -> str:
    return cell if len(cell) <= width or "e" in cell else cell[:width]


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


def comparison_lines(
    found: Comparison, one: str, other: str, width: int, glyphs: Glyphs, *, nodes: bool = False
) -> list[Line]:
    """A sentence and the figures side by side; or those of the nodes."""
    lines = [line((part, "bold")) for part in wrap(found.sentence, width - 1, " ", " ")]
    column = max(9, (width - 2) // 4)
    label = width - 2 * column - 3
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
