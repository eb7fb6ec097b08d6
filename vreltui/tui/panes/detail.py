"""Everything about the selected node."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from vreltui.tui.glyphs import Glyphs
from vreltui.tui.lines import BLANK, Line, fit, line, wrap
from vreltui.tui.panes.pane import Pane
from vreltui.tui.widgets.pane import Drawing
from vreltui.workbench import LOOK, Action, details
from vreltui.workbench.commands.actions import GLOBAL
from vreltui.workbench.view.parameters import HEADINGS, ParameterRow, parameter_rows


class DetailPane(Pane):
    """What the node is, and the parameters below it."""

    name = "detail"
    place = 0
    opens = Action(
        "detail", "Detail", ("d",), LOOK, "Everything about the selected node", scope=GLOBAL
    )

    def drawing(self) -> Drawing:
        """The node's facts, above a table of the parameters below it."""
        session, glyphs = self.stage.session, self.stage.glyphs
        texts = details(session.design, session.report, session.position, session.own)
        below: list[ParameterRow] = []
        if session.design.nodes[self.stage.node].children:
            below = parameter_rows(session.design, session.report, session.position)

        def lines(width: int, _: int) -> list[Line]:
            table = parameter_lines(below, width, glyphs)
            return [*detail_lines(texts, width, glyphs), *([BLANK] if table else []), *table]

        return lines


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
