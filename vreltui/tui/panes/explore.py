"""All variants of the design: how many are out and why, what is best of the rest."""

from __future__ import annotations

from time import monotonic

from vreltui.exploration.results import Elimination, Family, Variant
from vreltui.exploration.still_proven import stands
from vreltui.model import Design, VreltuiError
from vreltui.model.settling import has_decisions
from vreltui.tui.lines import Line
from vreltui.tui.panes.common_lines import note_lines
from vreltui.tui.panes.explore_lines import Shown, explore_lines
from vreltui.tui.panes.pane import Pane, PaneAction, PaneOwner
from vreltui.tui.slow import Slow
from vreltui.tui.widgets.pane import Drawing
from vreltui.workbench import LOOK, Action, Change
from vreltui.workbench.commands.actions import GLOBAL
from vreltui.workbench.commands.take_variant import lifted, made_choice, shown_as
from vreltui.workbench.view.space_view import (
    RELIABILITY,
    ExploreRequest,
    SpaceView,
    filtered,
    ordered,
    searchable,
)

_GROUP = "While exploring"

MOST_SECONDS = 7 * 24 * 3600.0
"""A search goes on until it is done or stopped; nobody waits a week."""


class ExplorePane(Pane):
    """The space of the design's variants, explored in another process while it is looked at."""

    name = "explore"
    place = 7
    opens = Action(
        "explore", "Explore all variants", ("O",), LOOK,
        "What is hopeless among all variants and why, what is best of the rest", scope=GLOBAL,
    )  # fmt: skip

    def __init__(self, owner: PaneOwner) -> None:
        super().__init__(owner)
        self._slow: Slow[ExploreRequest, SpaceView] = owner.slow(
            "vreltui.workbench.view.space_search:explore_space", MOST_SECONDS
        )
        self._number = 0
        self._designs: dict[int, Design] = {}
        self._asked: Design | None = None
        self._began = 0.0
        self._took = 0.0
        self._is_stopped = False
        self._cursor = 0
        self._brushed = False
        self._filter = ""
        self._sort = RELIABILITY
        self._axis: str | None = None
        self._plots = False
        self._lift = -1
        self._trial: Change | None = None
        self._file = ""

    # Asking

    @property
    def _design(self) -> Design:
        """The design that is explored: without what is tried."""
        return self.stage.bench.design

    def ask(self) -> bool:
        """Explore the present design, unless that was asked last or was stopped."""
        if self._asked is not self._design:
            view = self._slow.answer
            self._number, self._asked = self._number + 1, self._design
            shown = {n: d for n, d in self._designs.items() if view and n == view.number}
            self._designs = {**shown, self._number: self._design}
            self._began, self._is_stopped = monotonic(), False
            text, file = self.stage.bench.document.text, self._file
            request = ExploreRequest(self._number, self._design, text, file)
            self._slow.ask(self._number, request)
            return True
        return False

    def prepare(self) -> None:
        """Start the process that searches, where there is something left to choose."""
        if has_decisions(self._design):
            self._slow.start()

    def stop(self) -> None:
        """Stop the search where it is, or begin it again."""
        if self._slow.cancel():
            self._is_stopped = True
        elif self._is_stopped:
            self._asked = None
            self.ask()
        else:
            self.stage.say(f"nothing is being searched; {searchable(self._slow.answer)}")
        self.show()

    # What is shown

    def drawing(self) -> Drawing:
        """Funnel, reasons, front and table."""
        view = self._slow.answer
        if view is None:
            words = self._slow.state or "being explored"
            words = f"stopped; {searchable(None, 'space')}" if self._is_stopped else words
            return lambda width, height: note_lines(words, width)
        shown, glyphs = self._shown(view), self.stage.glyphs

        def lines(width: int, height: int) -> list[Line]:
            return explore_lines(shown, width, height, glyphs)

        return lines

    def _shown(self, view: SpaceView) -> Shown:
        of = self._designs.get(view.number)
        stale = of is not self._design
        standing = [of is not None and stands(r.proof.kind, of, self._design) for r in view.reasons]
        goal = self._design.target
        reason = self._on_reason(view)
        return Shown(
            view,
            self._state(view, stale=stale),
            stale,
            standing,
            self._table(view),
            self._cursor,
            None if goal is None else float(goal.unreliability),
            reason.family if self._brushed and reason is not None else None,
            self._filter,
            self._sort,
            self._axis_of(view),
            self._plots,
            "" if self._trial is None else f"tried: {self._trial.label}",
        )

    def _state(self, view: SpaceView, *, stale: bool) -> str:
        if self._is_stopped:
            return f"stopped at {view.done:.0%}"
        if self._slow.state.startswith("not computed"):
            return self._slow.state
        if stale:
            return "stale"
        if not view.is_done:
            return f"{view.doing} {view.done:.0%}"
        if not self._took or self._slow.under_way:
            self._took = monotonic() - self._began
        return f"{'cut short' if view.stopped else 'proven'}, {self._took:.1f} s"

    def _table(self, view: SpaceView) -> list[Variant]:
        return ordered(filtered(view.variants, self._filter), self._sort)

    def _axis_of(self, view: SpaceView) -> str:
        if self._axis is not None:
            return self._axis
        return view.resources[0] if view.resources else ""

    def _on_reason(self, view: SpaceView) -> Elimination | None:
        at = self._cursor
        return view.reasons[at].proof if at < len(view.reasons) else None

    def _on_variant(self, view: SpaceView) -> Variant | None:
        at, table = self._cursor - len(view.reasons), self._table(view)
        return table[at] if 0 <= at < len(table) else None

    def left(self) -> None:
        """What was tried is tried no more."""
        self._try(None)

    def closed(self) -> None:
        """The search ends with the pane."""
        self._try(None)
        self._slow.cancel()
        self._slow.forget()
        self._asked = None

    # Moving about

    def up(self) -> None:
        """The reason or the variant above."""
        self._move(-1)

    def down(self) -> None:
        """The reason or the variant below."""
        self._move(1)

    def page_up(self) -> None:
        """Ten up."""
        self._move(-10)

    def page_down(self) -> None:
        """Ten down."""
        self._move(10)

    def across(self) -> None:
        """From the reasons to the table, or back."""
        view = self._slow.answer
        if view is not None:
            reasons = len(view.reasons)
            self._go(reasons if self._cursor < reasons else 0)

    def _move(self, by: int) -> None:
        self._go(self._cursor + by)

    def _go(self, to: int) -> None:
        view = self._slow.answer
        if view is None:
            return
        last = len(view.reasons) + len(self._table(view)) - 1
        self._cursor, self._lift = max(0, min(to, last)), -1
        self._look()

    def _look(self) -> None:
        """Show in the tree what the cursor is on: a variant, or the witness of a brushed reason."""
        view = self._slow.answer
        if view is None:
            return
        reason = self._on_reason(view)
        found: Variant | Family | None = self._on_variant(view)
        if reason is not None and self._brushed:
            found = reason.witness
        try:
            self._try(None if found is None else shown_as(self._design, found))
        except VreltuiError:  # it is of a design that was edited since
            self._try(None)
        self.show()

    def _try(self, change: Change | None) -> None:
        if change is not None or self._trial is not None:
            self._trial = change
            self.stage.session.try_change(change)

    # Doing

    def take(self) -> None:
        """Make a choice of the variant, or the edit of what is tried."""
        view = self._slow.answer
        if view is None:
            return
        variant = self._on_variant(view)
        change = self._trial if self._lift >= 0 else None
        if variant is not None:
            change = made_choice(self._design, variant)
        if change is None:
            self.stage.say("on a variant this makes a choice; on a reason, t first", "warning")
            return
        self._trial, self._lift = None, -1
        self.stage.bench.apply(change)
        self.stage.say(change.label)

    def brush(self) -> None:
        """Mark what the reason kills, and show its witness in the tree; or no more."""
        self._brushed = not self._brushed
        self._look()

    def bring_back(self) -> None:
        """Try what would lift the proof; again for the next thing that would."""
        view = self._slow.answer
        reason = None if view is None else self._on_reason(view)
        if reason is None:
            self.stage.say("go to a reason: this tries what would lift it", "warning")
            return
        if not reason.back:
            self.stage.say("no single number lifts this", "warning")
            return
        self._lift = (self._lift + 1) % len(reason.back)
        change = lifted(self._design, reason.back[self._lift])
        self._try(change)
        key = self.stage.keymap.key_of("explore_take")
        several = f" ({self._lift + 1} of {len(reason.back)})" if len(reason.back) > 1 else ""
        self.stage.say(f"tried: {change.label}{several}; {key} makes it so")
        self.show()

    def ask_filter(self) -> None:
        """Which variants the table shows, by words."""

        def answer(text: str) -> None:
            self._filter = text.strip()
            view = self._slow.answer
            if view is not None:
                self._cursor = len(view.reasons)
            self._look()

        self.stage.ask("Only variants with, as n<=4 B", answer, self._filter)

    def ask_file(self) -> None:
        """The file that keeps what is found: the search goes on there, or begins."""

        def answer(text: str) -> None:
            if text.strip():
                self._file = text.strip()
                self._slow.cancel()
                self._asked = None
                self.ask()
                self._file = ""  # another design has another file
                self.stage.say("kept there: vreltui explore DESIGN --resume goes on with it")
                self.show()

        self.stage.ask("Result file", answer, self._file_name())

    def _file_name(self) -> str:
        path = self.stage.bench.path
        return f"{'design' if path is None else path.stem}.explore"

    def sort(self) -> None:
        """By reliability, then by each resource."""
        view = self._slow.answer
        if view is not None:
            sorts = [RELIABILITY, *view.resources]
            self._sort = sorts[(sorts.index(self._sort) + 1) % len(sorts)]
            self.stage.say(f"sorted by {self._sort}")
            self._look()

    def axis(self) -> None:
        """The next resource across the plot; where there is little room, the plot or not."""
        view = self._slow.answer
        if view is None or not view.resources:
            self.stage.say("there is no resource to draw against", "warning")
            return
        names = list(view.resources)
        if not self._plots:
            self._plots, self._axis = True, self._axis_of(view)
        elif self._axis_of(view) == names[-1]:
            self._plots, self._axis = False, names[0]
        else:
            self._axis = names[names.index(self._axis_of(view)) + 1]
        self.show()

    actions = (
        PaneAction(
            Action("explore_take", "Make a choice of the variant", ("enter",), _GROUP,
                   "Or the edit that is tried", scope=name),
            take, "make a choice",
        ),
        PaneAction(
            Action("explore_brush", "Brush", ("v",), _GROUP,
                   "Mark what the reason kills, and show its witness in the tree", scope=name),
            brush, "brush",
        ),
        PaneAction(
            Action("explore_filter", "Filter", ("slash",), _GROUP,
                   "Only variants that fit each word: n<=4 B", scope=name),
            ask_filter, "filter",
        ),
        PaneAction(
            Action("explore_sort", "Sort", ("s",), _GROUP,
                   "By reliability, or by a resource", scope=name),
            sort, "sort",
        ),
        PaneAction(
            Action("explore_axis", "Plot axis", ("x",), _GROUP,
                   "The plot, and which resource runs across", scope=name),
            axis, "axis",
        ),
        PaneAction(
            Action("explore_back", "Bring back", ("t",), _GROUP,
                   "Try what would lift the proof; again for the next", scope=name),
            bring_back, "bring back",
        ),
        PaneAction(
            Action("explore_stop", "Stop, or go on", ("space",), _GROUP,
                   "What is known so far stays", scope=name),
            stop, "stop",
        ),
        PaneAction(
            Action("explore_file", "Result file", ("e",), _GROUP,
                   "Keeps what is found, so that it can be stopped and resumed", scope=name),
            ask_file, "file",
        ),
        PaneAction(
            Action("explore_up", "Reason or variant above", ("up", "k"), _GROUP, scope=name), up,
        ),
        PaneAction(
            Action("explore_down", "Reason or variant below", ("down", "j"), _GROUP, scope=name),
            down,
        ),
        PaneAction(
            Action("explore_page_up", "Ten up", ("pageup",), _GROUP, scope=name), page_up,
        ),
        PaneAction(
            Action("explore_page_down", "Ten down", ("pagedown",), _GROUP, scope=name), page_down,
        ),
        PaneAction(
            Action("explore_across", "Reasons or table", ("left", "right", "h", "l"), _GROUP,
                   "From the reasons to the variants, or back", scope=name),
            across,
        ),
    )  # fmt: skip
