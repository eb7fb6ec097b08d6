"""Two choices side by side: figures, the condition in symbols, a plot with both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from vreltui.symbolic.results import Request
from vreltui.tui.glyphs import Glyphs
from vreltui.tui.lines import BLANK, Line, fit, line, right, wrap
from vreltui.tui.panes.common_lines import note_lines
from vreltui.tui.panes.pane import Pane, PaneAction, PaneOwner
from vreltui.tui.panes.pictures import Pictures
from vreltui.tui.panes.symbols import Symbols
from vreltui.tui.screens.picker import Item
from vreltui.tui.widgets.pane import Drawing
from vreltui.workbench import LOOK, Action, choice_lines
from vreltui.workbench.commands.actions import GLOBAL
from vreltui.workbench.open.left_view import Setting
from vreltui.workbench.view.comparison import ComparedRow, Comparison, compare
from vreltui.workbench.view.plot_view import PlotView, parameter_of, plot_of, title_of_two


class ComparePane(Pane):
    """The choice in front beside another one."""

    name = "compare"
    place = 4
    opens = Action("compare", "Compare two choices", ("c",), LOOK, scope=GLOBAL)

    def __init__(self, owner: PaneOwner) -> None:
        super().__init__(owner)
        self._other: str | None = None
        self._nines = False
        self._pictures = Pictures(owner)
        self._symbols = Symbols(owner)

    @property
    def marked(self) -> str:
        """The choice that the one in front is compared with."""
        return self._other or ""

    def open(self) -> None:
        """Compare with the only other choice, or with one that is picked."""
        session = self.stage.session
        others = [
            each
            for each in choice_lines(session.design, session.report)
            if each.choice != session.choice
        ]
        if not others:
            self.stage.say("there is no other choice to compare with", "warning")
            return
        if len(others) == 1:
            self.compare_with(others[0].choice)
            return
        others.sort(key=lambda each: not each.is_baseline)
        items = [
            Item(each.choice, each.choice, f"{each.word:<9} {each.reliability:<10} {each.title}")
            for each in others
        ]
        self.stage.pick(f"Compare {session.choice} with", items, self.compare_with)

    def compare_with(self, choice: str) -> None:
        """Open the comparison with a choice."""
        self._other = choice
        self.show()

    def closed(self) -> None:
        """The next comparison may be with another choice."""
        self._other = None

    def settings(self) -> dict[str, Setting]:
        """With which choice, and how the plot is drawn."""
        return {"other": self._other, "nines": self._nines}

    def recall(self, settings: Mapping[str, Setting]) -> None:
        """The same comparison again."""
        other = settings.get("other")
        self._other = other if isinstance(other, str) else None
        self._nines = settings.get("nines") is True

    def toggle_nines(self) -> None:
        """A vertical axis of nines, or not."""
        self._nines = not self._nines
        self.stage.say("vertical axis: nines" if self._nines else "vertical axis: as it fits")
        self.show()

    def ask(self) -> bool:
        """Ask for the plot with both curves, and for the condition in symbols."""
        session, other = self.stage.session, self._other
        if other is None:
            return False
        design, choice, node = session.design, session.choice, self.stage.node
        plot = plot_of(PlotView(), design, choice, node)
        if plot is not None:
            width, height = self.stage.pane.size
            self._pictures.ask(
                replace(plot, title=title_of_two(design, plot, (choice, other))),
                width,
                min(height, max(10, height // 2)),
                nines=self._nines,
                choices=(choice, other),
            )
        unknown = parameter_of(design, choice, node)
        key = (self.name, design, choice, unknown, other)
        self._symbols.ask(key, [Request(design, (choice,), True, other, unknown)])
        return True

    def drawing(self) -> Drawing:
        """Sentence, condition, figures, plot, figures of the nodes: one under the other."""
        session, glyphs = self.stage.session, self.stage.glyphs
        one, other = session.choice, self._other or ""
        if one == other or other not in session.design.choices:
            key = self.stage.keymap.key_of("next_choice")
            words = f"pick another choice to compare {other or 'it'} with: {key}"
            return lambda width, height: note_lines(words, width)
        found = None
        if session.report is not None:
            found = compare(session.design, session.report, one, other)

        def lines(width: int, height: int) -> list[Line]:
            parts = [self._symbols.drawing()(width, height)]
            if found is not None:
                parts.insert(0, sentence_lines(found, width))
                parts.append(comparison_lines(found, one, other, width, glyphs))
            parts.append(self._pictures.lines(width, height))
            if found is not None:
                parts.append(comparison_lines(found, one, other, width, glyphs, nodes=True))
            return [each for part in parts for each in (*part, BLANK)]

        return lines

    actions = (
        PaneAction(
            Action(
                "compare_nines", "Compare in nines", ("number_sign",), "In the comparison",
                "A vertical axis of nines", scope=name,
            ),
            toggle_nines, "nines",
        ),
    )  # fmt: skip


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
