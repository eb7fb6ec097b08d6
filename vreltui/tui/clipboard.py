"""What is copied to the clipboard of the terminal, by OSC 52."""

from __future__ import annotations

from collections.abc import Sequence

from vreltui.symbolic.results import Formula
from vreltui.workbench import ChoiceLine, Row
from vreltui.workbench.view.rows import Rows


def value_text(row: Row) -> str:
    """The figure of a row: R, or the number where nothing is computed yet."""
    return row.reliability or row.value_text


def formula_text(formula: Formula) -> str:
    """A formula, and its named parts each on a line of its own."""
    where = [f"{part.name.text} = {part.value.text}" for part in formula.parts]
    return "\n".join([f"R({formula.choice}) = {formula.value.text}", *where])


def formula_latex(formula: Formula) -> str:
    """The same in LaTeX, without the dollar signs around it."""
    where = [f"{part.name.latex} = {part.value.latex}" for part in formula.parts]
    return "\n".join([formula.value.latex, *where])


def table_text(choices: Sequence[ChoiceLine], rows: Rows) -> str:
    """The choices and the tree as tab-separated tables, under what is measured."""
    letter, lacks = rows.headings
    lines = [f"choice\tverdict\t{letter}\tmargin\ttitle"]
    lines += [
        "\t".join((line.choice, line.word, line.reliability, line.margin, line.title))
        for line in choices
    ]
    lines += ["", f"node\tneeds\tgiven by\tvalue\t{letter}\t{lacks}\tmust be"]
    lines += [
        "\t".join(
            (
                "  " * row.depth + row.node,
                row.needs,
                row.parameter or "",
                row.value_text,
                row.reliability,
                row.complement,
                row.threshold,
            )
        )
        for row in rows
    ]
    return "\n".join(lines) + "\n"
