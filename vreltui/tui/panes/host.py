"""Which pane is open, whether it has the focus, and the processes that panes share."""

from __future__ import annotations

from typing import Any

from vreltui.tui.lines import Line, line
from vreltui.tui.panes import Pane, pane_types
from vreltui.tui.panes.compare import ComparePane
from vreltui.tui.panes.detail import DetailPane
from vreltui.tui.panes.plot import PlotPane
from vreltui.tui.panes.remedies import ChangesPane
from vreltui.tui.slow import MOST_SECONDS, Slow
from vreltui.tui.stage import Stage
from vreltui.workbench import Action
from vreltui.workbench.open.left_view import LeftView

PREPARE_AFTER = 1.0
"""Seconds after which panes make ready what takes a while to start."""


class PaneHost:
    """The panes of one design screen."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._slow: dict[str, Slow[Any, Any]] = {}
        self.panes: dict[str, Pane] = {each.name: each(self) for each in pane_types()}
        self.current: str | None = None
        self._tabs: list[str] = []
        self.zoomed = False
        self._fits = True
        self._drawn: bool | None = None
        self._focused = False

    @property
    def stage(self) -> Stage:
        """The screen that the panes stand on."""
        return self._stage

    @property
    def shown(self) -> bool:
        """Whether a pane is open."""
        return self.current is not None

    @property
    def pane(self) -> Pane | None:
        """The pane that is open."""
        return None if self.current is None else self.panes[self.current]

    @property
    def marked(self) -> str:
        """The choice that the open pane marks; empty for none."""
        return "" if self.pane is None else self.pane.marked

    @property
    def nodes(self) -> frozenset[str]:
        """The nodes that the open pane marks in the tree."""
        return frozenset() if self.pane is None else self.pane.nodes

    # The focus

    @property
    def focused(self) -> str | None:
        """The name of the pane that has the focus; None while the tree has it."""
        return self.current if self._focused else None

    def focus(self, on_pane: bool) -> None:
        """Give the focus to the pane that is open, or to the tree."""
        was, self._focused = self._focused, on_pane and self.shown
        if self._focused and self._fits and self.pane is not None:
            self.pane.taken()
            self._fits = False
        if was and not self._focused and self.pane is not None:
            self.pane.left()
        self._stage.update()

    # Opening and closing

    def prepare(self) -> None:
        """Make ready what takes a while to start."""
        for pane in self.panes.values():
            pane.prepare()

    def show(self, name: str) -> None:
        """Open a pane in place of the one that is open, with the focus on it."""
        if self.pane is not None and self.current != name:
            self.pane.closed()
        self.ask_again()
        self.current, self._focused, self._fits = name, True, False
        self._stage.update()

    @property
    def as_it_fits(self) -> bool:
        """Whether nobody opened or closed a pane: the one that is open is the first there is."""
        return self._fits

    def show_as_it_fits(self, *, drawn: bool) -> None:
        """Open a pane that nobody asked for; the tree keeps the focus.

        Where it may be ``drawn``, it is the plot as long as there is something to see in it.
        """
        self._drawn = drawn
        self.fit()

    def fit(self) -> None:
        """Take the first pane that has something to show, where nobody asked for one."""
        if self._fits and self._drawn is not None:
            plot = self.panes[PlotPane.name]
            assert isinstance(plot, PlotPane)
            self.current = PlotPane.name if self._drawn and plot.has_first else DetailPane.name

    def recall(self, left: LeftView) -> None:
        """Open the pane that was open when the design was left; the tree has the focus."""
        for name, settings in left.settings.items():
            if name in self.panes:
                self.panes[name].recall(settings)
        self._fits = False
        if left.pane in self.panes:
            self.current = left.pane
        self.zoomed = left.zoomed

    def compare_with(self, choice: str) -> None:
        """Open the comparison of the choice in front with another one."""
        pane = self.panes[ComparePane.name]
        assert isinstance(pane, ComparePane)
        pane.compare_with(choice)

    def compare_with_the_one_before(self) -> str:
        """Open the comparison with the choice before the one in front, whose name it gives back.

        Before a choice that a move made stands what it has to beat: the choice that was in hand,
        or one that the move made of that, so that the two differ by the move alone.
        """
        names = list(self._stage.bench.design.choices)
        rival = names[names.index(self._stage.bench.choice) - 1]
        self.compare_with(rival)
        return rival

    @property
    def changes(self) -> ChangesPane:
        """The pane of what would make the choice meet, which the verdict speaks of too."""
        pane = self.panes[ChangesPane.name]
        assert isinstance(pane, ChangesPane)
        return pane

    def shut(self) -> None:
        """Close the pane that is open."""
        if self.pane is not None:
            self.pane.closed()
        self.current, self._focused, self.zoomed = None, False, False
        self._fits = False
        self._stage.update()

    def zoom(self) -> None:
        """Give the pane, or the verdict, the whole body, or back."""
        self.zoomed = not self.zoomed
        self._stage.update()

    def run(self, action: Action) -> bool:
        """Do what is a pane's: open or close it, or one of its own commands. Whether it was."""
        for pane in self.panes.values():
            if action.id == pane.opens.id:
                self.shut() if self._is_wanted(pane) else pane.open()
                return True
            for each in pane.actions:
                if each.action.id == action.id:
                    if self.current != pane.name:
                        pane.open()
                    if self.current == pane.name:  # else it asks first what to show
                        each.do(pane)
                    return True
        return False

    def _is_wanted(self, pane: Pane) -> bool:
        """Whether a pane is open because somebody asked for it."""
        return self.current == pane.name and not self._fits

    # What is under way

    def slow(self, function: str, most_seconds: float = MOST_SECONDS) -> Slow[Any, Any]:
        """A process for ``function``, named as "module:function"; all panes share it."""
        if function not in self._slow:
            key = self._stage.keymap.key_of("cancel")
            self._slow[function] = Slow(
                function, self._arrived, most_seconds, way_out=f"{key} gives it up"
            )
        return self._slow[function]

    @property
    def busy(self) -> bool:
        """Whether something is under way for the panes."""
        return any(slow.under_way for slow in self._slow.values())

    def cancel(self) -> bool:
        """Give up what is under way; whether there was something."""
        cancelled = [slow.cancel() for slow in self._slow.values()]
        return any(cancelled)

    def ask_again(self) -> None:
        """Ask what was given up once more, when it is asked next."""
        for slow in self._slow.values():
            if slow.given_up:
                slow.forget()

    def close(self) -> None:
        """End the processes; nothing that still arrives is drawn."""
        self.current = None
        for slow in self._slow.values():
            slow.close()

    # Drawing

    def title(self, width: int) -> Line:
        """The tabs, the open one bold. Where room is scarce, a key is a letter of its word.

        Where there is too little even for that, a pane that is not open is its key alone.
        """
        for make, gap in ((self._spelled, 2), (self._merged, 2), (self._merged, 1)):
            tabs = [make(name) for name in self.panes]
            if sum(len(text) for tab in tabs for text, _ in tab) + gap * (len(tabs) - 1) <= width:
                break
        else:
            tabs = [self._spelled(name)[: 2 if name == self.current else 1] for name in self.panes]
            gap = 1
        self._tabs = []
        for name, tab in zip(self.panes, tabs, strict=True):
            self._tabs += [name] * (sum(len(text) for text, _ in tab) + gap)
        pieces = [piece for tab in tabs for piece in (*tab, (" " * gap, ""))]
        return line(*pieces[:-1])

    def click_title(self, cell: int) -> None:
        """Open the pane whose tab has a cell; give it the focus where it is open."""
        if cell < len(self._tabs):
            name = self._tabs[cell]
            if name == self.current:
                self.focus(True)
            else:
                self.panes[name].open()

    def _spelled(self, name: str) -> Line:
        """A tab as "p plot"."""
        return (self._key(name), "key"), (f" {name}", self._tab(name))

    def _merged(self, name: str) -> Line:
        """A tab as "plot", its first letter a key where it is the pane's."""
        style = self._tab(name)
        return (name[0], "key" if self._key(name) == name[0] else style), (name[1:], style)

    def _key(self, name: str) -> str:
        return self._stage.keymap.key_of(self.panes[name].opens.id)

    def _tab(self, name: str) -> str:
        if name == self.focused:
            return "focus"
        return "bold" if name == self.current else "dim"

    def update(self) -> None:
        """Show the present content; ask for what is missing once the screen is drawn."""
        self._draw()
        self._stage.after_drawing(self._ask)

    def _arrived(self) -> None:
        self._stage.show_verdict()
        if self.shown:
            self._draw()
            self._stage.mark_nodes()

    def _draw(self) -> None:
        if self.pane is not None:
            self._stage.pane.show(self.pane.drawing())

    def _ask(self) -> None:
        if self._stage.is_attached:
            self.changes.ask()
            if self.pane is not None and self.pane.ask():
                self._draw()
