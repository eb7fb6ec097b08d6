"""Which pane is open, what it shows, and the processes that compute it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from vreltui.model import Plot
from vreltui.symbolic.results import Formula, Request
from vreltui.tui.lines import BLANK, Line, dimmed, line
from vreltui.tui.pane_work import PlotAnswer, PlotRequest, SymbolicAnswer, SymbolicRequest
from vreltui.tui.panes import (
    comparison_lines,
    detail_lines,
    note_lines,
    parameter_lines,
    plot_lines,
    sentence_lines,
    symbolic_lines,
    table_lines,
)
from vreltui.tui.slow import Slow
from vreltui.tui.widgets.pane import Drawing
from vreltui.workbench import details
from vreltui.workbench.comparison import compare
from vreltui.workbench.parameters import ParameterRow, parameter_rows
from vreltui.workbench.plot_view import PlotView, parameter_of, plot_of

if TYPE_CHECKING:
    from vreltui.tui.stage import Stage

PANES = ("detail", "plot", "formula", "compare")


class PaneControl:
    """The pane of one design screen."""

    def __init__(self, screen: Stage) -> None:
        self._screen = screen
        self.current: str | None = None
        self.compared: str | None = None
        self.zoomed = False
        self.view = PlotView()
        self.kept: str | None = None
        self.nines = False
        self.table = False
        self._plots = Slow[PlotRequest, PlotAnswer](
            "vreltui.tui.pane_work:draw_plot", self._arrived
        )
        self._symbols = Slow[SymbolicRequest, SymbolicAnswer](
            "vreltui.tui.pane_work:derive_symbols", self._arrived
        )

    @property
    def shown(self) -> bool:
        """Whether a pane is open."""
        return self.current is not None

    def open(self, name: str) -> None:
        """Open a pane; the one that is open closes."""
        self.current = None if self.current == name else name
        if self.current is None:
            self.zoomed = False
        if self.current != "compare":
            self.compared = None
        self._screen.update()

    def compare_with(self, choice: str) -> None:
        """Open the comparison with a choice."""
        self.compared, self.current = choice, "compare"
        self._screen.update()

    def zoom(self) -> None:
        """Give the pane, or the verdict, the whole body, or back."""
        self.zoomed = not self.zoomed
        self._screen.update()

    @property
    def busy(self) -> bool:
        """Whether something is under way for the pane."""
        return "being computed" in (self._plots.state, self._symbols.state)

    def cancel(self) -> bool:
        """Give up what is under way; whether there was something."""
        return self._plots.cancel() | self._symbols.cancel()

    def close(self) -> None:
        """End the processes; nothing that still arrives is drawn."""
        self.current = None
        self._plots.close()
        self._symbols.close()

    def title(self, width: int) -> Line:
        """The tabs, the open one bold. Where room is scarce, a key is a letter of its word."""
        keys = {name: self._screen.keymap.key_of(name) for name in PANES}
        if sum(len(keys[name]) + len(name) + 3 for name in PANES) - 2 <= width:
            tabs = [((keys[name], "key"), (f" {name}", self._tab(name))) for name in PANES]
        else:
            tabs = [
                ((name[0], "key" if keys[name] == name[0] else self._tab(name)),
                 (name[1:], self._tab(name)))
                for name in PANES
            ]  # fmt: skip
        used = sum(len(text) for tab in tabs for text, _ in tab)
        gap = "  " if used + 2 * (len(tabs) - 1) <= width else " "
        pieces = [piece for tab in tabs for piece in (*tab, (gap, ""))]
        return line(*pieces[:-1])

    def _tab(self, name: str) -> str:
        return "bold" if name == self.current else "dim"

    # The contents

    def update(self) -> None:
        """Show the present content; ask for what is missing once the screen is drawn."""
        self._draw()
        if self.current in ("plot", "formula", "compare"):
            self._screen.after_drawing(self._ask)

    def _arrived(self) -> None:
        if self.shown:
            self._draw()

    def _draw(self) -> None:
        if self.current is None:
            return
        drawing: dict[str, Callable[[], Drawing]] = {
            "detail": self._detail,
            "plot": self._plot,
            "formula": self._formula,
            "compare": self._comparison,
        }
        self._screen.pane.show(drawing[self.current]())

    def _ask(self) -> None:
        if self.current is None or not self._screen.is_attached:
            return
        if self.current in ("plot", "compare"):
            self._ask_plot()
        if self.current in ("formula", "compare"):
            self._ask_symbols()
        self._draw()

    def _detail(self) -> Drawing:
        session = self._screen.session
        texts = details(session.design, session.report, session.position, session.own)
        below: list[ParameterRow] = []
        if session.design.nodes[self._node()].children:
            below = parameter_rows(session.design, session.report, session.position)
        glyphs = self._screen.glyphs

        def lines(width: int, _: int) -> list[Line]:
            table = parameter_lines(below, width, glyphs)
            return [*detail_lines(texts, width, glyphs), *([BLANK] if table else []), *table]

        return lines

    # Plots

    def plots(self) -> list[str | None]:
        """What can be cycled through: the plot of the selection, then those the design keeps."""
        return [None, *self._screen.session.design.plots]

    def cycle(self, by: int) -> None:
        """Show the next plot."""
        known = self.plots()
        at = known.index(self.kept) if self.kept in known else 0
        self.kept = known[(at + by) % len(known)]
        self.current = "plot"
        self._screen.update()

    def look(self, view: PlotView) -> None:
        """Draw another view."""
        self.view, self.kept, self.current = view, None, "plot"
        self._screen.update()

    def plot(self) -> Plot | None:
        """The plot to draw now."""
        session = self._screen.session
        design = session.design
        if self.current != "compare" and self.kept in design.plots:
            return design.plots[self.kept or ""]
        if self.current != "compare":
            return plot_of(self.view, design, session.choice, self._node())
        plot = plot_of(PlotView(), design, session.choice, self._node())
        if plot is None:
            return None
        title = f"R of {session.choice} and {self.compared} against {plot.x.parameter}"
        return replace(plot, title=title)

    def _node(self) -> str:
        session = self._screen.session
        rows = self._screen.rows
        return rows[rows.at(session.position)].node if rows else session.bench.node

    def _ask_plot(self) -> None:
        plot = self.plot()
        if plot is None:
            return
        width, height = self._screen.pane.size
        choices: tuple[str, ...] = ()
        if self.current == "compare":
            if self.compared is None:
                return
            choices = (self._screen.session.choice, self.compared)
            height = min(height, max(10, height // 2))
        if width >= 10 and height >= 4:
            design = self._screen.session.design
            ascii_only = self._screen.glyphs.ascii
            key = (design, plot, width, height, choices, self.nines)
            request = PlotRequest(design, plot, width, height, ascii_only, self.nines, choices)
            self._plots.ask(key, request)

    def _plot(self) -> Drawing:
        if self.plot() is None:
            return lambda width, height: note_lines("no parameter to draw against", width)
        if self.table and self._plots.answer is not None:
            table = self._plots.answer.table
            return lambda width, height: table_lines(table, width, self._screen.glyphs)
        return self._drawn

    def _drawn(self, width: int, height: int) -> list[Line]:
        answer = self._plots.answer
        if answer is None:
            return note_lines(self._plots.state or "being drawn", width)
        lines = plot_lines(answer, width)
        if self._plots.state:
            # An earlier picture: it says so.
            return [*note_lines(self._plots.state, width, "warning"), *map(dimmed, lines[1:])]
        return lines

    # Symbols

    def _ask_symbols(self) -> None:
        session = self._screen.session
        design, choice = session.design, session.choice
        unknown = parameter_of(design, choice, self._node())
        requests: list[Request] = []
        if self.current == "formula":
            requests.append(Request(design, (choice,)))
            if design.goal is not None:
                requests.append(Request(design, (choice,), True, None, unknown))
            if design.baseline is not None and design.baseline != choice:
                requests.append(Request(design, (choice,), True, design.baseline, unknown))
        elif self.compared is not None:
            requests.append(Request(design, (choice,), True, self.compared, unknown))
        key = (design, choice, unknown, self.current, self.compared)
        self._symbols.ask(key, SymbolicRequest(design, tuple(requests)))

    def _formula(self) -> Drawing:
        answer, glyphs = self._symbols.answer, self._screen.glyphs
        if answer is None:
            words = self._symbols.state or "being derived"
            return lambda width, height: note_lines(words, width)
        state = self._symbols.state

        def lines(width: int, _: int) -> list[Line]:
            found = symbolic_lines(answer, width, glyphs)
            return [*note_lines(state, width), *found] if state else found

        return lines

    def _comparison(self) -> Drawing:
        session = self._screen.session
        one, other = session.choice, self.compared or ""
        if one == other or other not in session.design.choices:
            key = self._screen.keymap.key_of("next_choice")
            words = f"pick another choice to compare {other or 'it'} with: {key}"
            return lambda width, height: note_lines(words, width)
        found, glyphs = None, self._screen.glyphs
        if session.report is not None:
            found = compare(session.design, session.report, one, other)

        def lines(width: int, height: int) -> list[Line]:
            parts = [self._formula()(width, height)]
            if found is not None:
                parts.insert(0, sentence_lines(found, width))
                parts.append(comparison_lines(found, one, other, width, glyphs))
            parts.append(self._drawn(width, height))
            if found is not None:
                parts.append(comparison_lines(found, one, other, width, glyphs, nodes=True))
            return [each for part in parts for each in (*part, BLANK)]

        return lines

    @property
    def formula(self) -> Formula | None:
        """The formula that is shown; None when there is none."""
        answer = self._symbols.answer
        found = answer.answers if answer is not None and self.current == "formula" else ()
        return next((each for each in found if isinstance(each, Formula)), None)

    @property
    def csv(self) -> str:
        """The points of the plot that is shown, as CSV; empty when there are none."""
        return self._plots.answer.csv if self._plots.answer is not None else ""
