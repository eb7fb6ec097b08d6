"""The commands about panes, plots and copying."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from vreltui.symbolic.results import Formula
from vreltui.tui.clipboard import formula_latex, formula_text, table_text, value_text
from vreltui.tui.screens.picker import Item, Picker
from vreltui.workbench import choice_lines
from vreltui.workbench.plot_view import GOAL, parameter_of

if TYPE_CHECKING:
    from vreltui.tui.asking import Asking
    from vreltui.tui.pane_control import PaneControl
    from vreltui.tui.stage import Stage


class Looking:
    """What changes the view alone, by the ids of the actions."""

    def __init__(self, screen: Stage, asking: Asking, panes: PaneControl) -> None:
        self._screen = screen
        self._asking = asking
        self._panes = panes

    # Panes

    def plot(self) -> None:
        """The plot pane."""
        self._panes.open("plot")

    def formula(self) -> None:
        """The formula pane."""
        self._panes.open("formula")

    def detail(self) -> None:
        """The detail pane."""
        self._panes.open("detail")

    def compare(self) -> None:
        """The comparison, with the only other choice or one that is picked."""
        panes, session = self._panes, self._screen.session
        if panes.current == "compare":
            panes.open("compare")
            return
        lines = choice_lines(session.design, session.report)
        others = [line for line in lines if line.choice != session.choice]
        if not others:
            self._screen.say("there is no other choice to compare with", "warning")
            return
        if len(others) == 1:
            panes.compare_with(others[0].choice)
            return
        others.sort(key=lambda line: not line.is_baseline)
        items = [
            Item(line.choice, line.choice, f"{line.word:<9} {line.reliability:<10} {line.title}")
            for line in others
        ]
        self.pick(f"Compare {session.choice} with", items, panes.compare_with)

    def zoom(self) -> None:
        """The pane, or the verdict, on all of the screen."""
        self._panes.zoom()

    def pane_up(self) -> None:
        """Half a pane up."""
        pane = self._screen.pane
        pane.scroll_lines(-max(1, pane.size.height // 2))

    def pane_down(self) -> None:
        """Half a pane down."""
        pane = self._screen.pane
        pane.scroll_lines(max(1, pane.size.height // 2))

    # Plots

    def next_plot(self) -> None:
        """The next of the plots."""
        self._panes.cycle(1)

    def previous_plot(self) -> None:
        """The one before."""
        self._panes.cycle(-1)

    def plot_what(self) -> None:
        """What is drawn: reliability, gain, or a threshold."""
        session = self._screen.session
        items = [
            Item("reliability", "reliability", "R of the choice"),
            Item("unreliability", "unreliability", "1 - R of the choice"),
        ]
        if session.design.baseline is not None:
            items.append(Item("gain", "gain", "R minus that of the baseline"))
        items += self._parameters("bound on ")

        def take(value: str) -> None:
            view = self._panes.view
            if value in ("reliability", "unreliability", "gain"):
                self._panes.look(replace(view, y=value, threshold=None))  # type: ignore[arg-type]
            else:
                self._panes.look(replace(view, y="threshold", threshold=value[1:]))

        self.pick("Draw", items, take)

    def plot_across(self) -> None:
        """Against which parameter."""
        items = [Item("", "that of the selected node", ""), *self._parameters("")]

        def take(value: str) -> None:
            view = replace(self._panes.view, across=value[1:] or None, zoom=0)
            self._panes.look(view)

        self.pick("Against", items, take)

    def plot_family(self) -> None:
        """One curve for each of a few values of another parameter."""
        items = [Item("", "no family", "a single curve"), *self._parameters("")]
        items.insert(1, Item(f"={GOAL}", "the goal", "several goals"))

        def take(value: str) -> None:
            self._panes.look(replace(self._panes.view, family=value[1:] or None))

        self.pick("A family over", items, take)

    def _parameters(self, before: str) -> list[Item]:
        design, choice = self._screen.session.design, self._screen.session.choice
        used = design.parameters_below(design.choices[choice].root)
        return [Item(f"={p}", f"{before}{p}", design.parameters[p].title) for p in used]

    def plot_closer(self) -> None:
        """Half the range around the present value."""
        view = self._panes.view
        self._panes.look(replace(view, zoom=min(view.zoom + 1, 12)))

    def plot_wider(self) -> None:
        """Twice the range."""
        view = self._panes.view
        self._panes.look(replace(view, zoom=max(view.zoom - 1, -12)))

    def plot_nines(self) -> None:
        """A vertical axis of nines, or not."""
        panes = self._panes
        panes.nines = not panes.nines
        self._screen.say("vertical axis: nines" if panes.nines else "vertical axis: as it fits")
        self._screen.update()

    def plot_table(self) -> None:
        """The points as a table, or the picture."""
        panes = self._panes
        panes.table = not panes.table
        panes.current = "plot"
        self._screen.update()

    # Copying

    def copy(self) -> None:
        """Keep the subtree for pasting."""
        bench = self._screen.bench
        bench.copy()
        self._screen.say(f"copied {bench.node}: {self._screen.keymap.key_of('paste')} pastes")

    def copy_value(self) -> None:
        """The selected figure."""
        rows = self._screen.rows
        row = rows[rows.at(self._screen.session.position)]
        self._clip(value_text(row), f"R of {row.node}")

    def copy_formula(self) -> None:
        """The formula that is shown."""
        self._clip_formula(formula_text)

    def copy_latex(self) -> None:
        """The same for a paper."""
        self._clip_formula(formula_latex)

    def _clip_formula(self, write: Callable[[Formula], str]) -> None:
        formula = self._panes.formula
        if formula is None:
            key = self._screen.keymap.key_of("formula")
            self._screen.say(f"open the formula first: {key}", "warning")
            return
        self._clip(write(formula), "the formula")

    def copy_table(self) -> None:
        """Choices and tree."""
        session = self._screen.session
        lines = choice_lines(session.design, session.report)
        self._clip(table_text(lines, self._screen.rows), "the table")

    def copy_csv(self) -> None:
        """The points of the plot that is shown."""
        if not self._panes.csv:
            key = self._screen.keymap.key_of("plot")
            self._screen.say(f"open a plot first: {key}", "warning")
            return
        self._clip(self._panes.csv, "the points")

    def _clip(self, text: str, what: str) -> None:
        self._screen.app.copy_to_clipboard(text)
        self._screen.say(f"copied {what} to the clipboard of the terminal")

    def pick(self, title: str, items: list[Item], take: object) -> None:
        """Let one be picked, and do something with it."""
        assert callable(take)
        picker = Picker(title, items, self._screen.glyphs)
        self._screen.app.push_screen(picker, self._asking.guarded(take))

    @property
    def parameter(self) -> str | None:
        """The parameter that is looked at."""
        session = self._screen.session
        return parameter_of(session.design, session.choice, self._screen.bench.node)
