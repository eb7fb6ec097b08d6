"""The design on the screen: choices, tree, verdict, pane, and the line for questions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message

from vreltui.model import VreltuiError
from vreltui.tui.commands import Commands
from vreltui.tui.glyphs import Glyphs
from vreltui.tui.keymap import Keymap, shown_key
from vreltui.tui.painting import CellScreen
from vreltui.tui.panes.host import PREPARE_AFTER, PaneHost
from vreltui.tui.questions import Questions, in_short
from vreltui.tui.screens.clicks import Clicks
from vreltui.tui.screens.heading import choice_heading, show_header, what_to_do_first
from vreltui.tui.screens.layout import Arrangement, arrange, set_height
from vreltui.tui.screens.looking import HEADED, look_first, looked_at
from vreltui.tui.screens.shown_tree import ShownTree
from vreltui.tui.screens.speaking import Asking
from vreltui.tui.session import Session
from vreltui.tui.stage import Leavable
from vreltui.tui.typed import Typed
from vreltui.tui.widgets.choices import Choices
from vreltui.tui.widgets.divider import Rule, VerticalRule
from vreltui.tui.widgets.header import Header
from vreltui.tui.widgets.keybar import KeyBar
from vreltui.tui.widgets.pane import PaneView
from vreltui.tui.widgets.prompt import Prompt
from vreltui.tui.widgets.tree import TreeView
from vreltui.tui.widgets.verdict import VerdictView
from vreltui.workbench import (
    MOVES,
    Action,
    Analysis,
    AnalysisService,
    Change,
    Workbench,
    choice_lines,
)

_LOOK_AGAIN = 1.0
"""Seconds from one look at the file, and at who else has it, to the next."""


class DesignScreen(Asking, Clicks, CellScreen, inherit_bindings=False):
    """One open design."""

    BINDINGS = []  # noqa: RUF012

    def __init__(
        self,
        bench: Workbench,
        service: AnalysisService,
        keymap: Keymap,
        glyphs: Glyphs,
        faults: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self.keymap = keymap
        self.glyphs = glyphs
        self.faults = faults
        self.session = Session(bench, service, self.update)
        self.shown_tree = ShownTree(self.session)
        self._standing = False
        self._plan: Arrangement | None = None
        self._warned: tuple[str, ...] = bench.warnings
        self.typed = Typed()
        self.questions = Questions(self)
        self.panes = PaneHost(self)
        self.commands = Commands(self, self.questions, self.panes)

    @property
    def bench(self) -> Workbench:
        """The open design."""
        return self.session.bench

    class Leave(Message):
        """Another design is to be shown."""

        def __init__(self, bench: Workbench) -> None:
            super().__init__()
            self.bench = bench

    # Parts

    def compose(self) -> ComposeResult:
        """Every part, whether it is shown or not."""
        glyphs = self.glyphs
        yield Header(glyphs=glyphs, id="header")
        yield Choices(glyphs=glyphs, id="choices")
        yield Rule(glyphs=glyphs, id="choices-rule")
        with Container(id="body"):
            yield TreeView(glyphs=glyphs, id="tree")
            yield VerticalRule(glyphs=glyphs, id="divider")
            yield Rule(glyphs=glyphs, id="side-rule")
            with Container(id="side"):
                yield VerdictView(glyphs=glyphs, id="verdict")
                yield Rule(glyphs=glyphs, id="pane-rule")
                yield PaneView(glyphs=glyphs, id="pane")
        yield Prompt(glyphs=glyphs, id="prompt")
        yield KeyBar(glyphs=glyphs, id="keys")

    @property
    def tree_view(self) -> TreeView:
        """The tree."""
        return self.query_one("#tree", TreeView)

    @property
    def prompt(self) -> Prompt:
        """The line for messages and questions."""
        return self.query_one("#prompt", Prompt)

    @property
    def node(self) -> str:
        """The node that is shown as selected."""
        rows = self.shown_tree.rows
        return rows[rows.at(self.session.position)].node if rows else self.bench.node

    @property
    def pane(self) -> PaneView:
        """The pane."""
        return self.query_one("#pane", PaneView)

    def on_mount(self) -> None:
        """Begin to compute, and show what is there."""
        self._standing = True
        look_first(self, *self.app.size)
        self.session.start(asyncio.get_running_loop())
        self.update()
        self.call_after_refresh(self.session.hasten)
        self.set_timer(PREPARE_AFTER, self.panes.prepare)
        self.commands.greet()
        self.set_interval(_LOOK_AGAIN, self._look_again)

    def _look_again(self) -> None:
        """Take over the file of a process that is gone, and show what others wrote to it.

        Only while nothing is being asked or tried.
        """
        if self.app.screen is self and not self.questions.open and not self.session.trying:
            if self.bench.read_only and not self.bench.document.read_only:
                self.commands.files.regain()
            self.commands.files.follow()

    def on_resize(self, event: events.Resize) -> None:
        """Everything moves."""
        self.update()

    def show_other(self, bench: Workbench) -> None:
        """Show another design in place of this one."""
        self.post_message(self.Leave(bench))

    def on_unmount(self) -> None:
        """Nothing goes on computing."""
        self.end()

    def end(self) -> None:
        """Let go of the design; the bench is closed by who opened it."""
        if self._standing:
            self.bench.keep_view(looked_at(self))
        self._standing = False
        for each in (self.session, self.panes, self.commands.versions):
            each.close()

    def leave(self) -> None:
        """End the application, as the user wishes."""
        cast("Leavable", self.app).leave()

    # Drawing

    def receive(self, analysis: Analysis) -> None:
        """Take an answer of the analysis."""
        self.session.receive(analysis)

    def update(self) -> None:
        """Show everything as it is now; what is the same is not drawn again."""
        if not self._standing:
            return
        session = self.session
        self.panes.fit()
        design, report, stale = session.design, session.report, session.stale
        show_header(self.query_one("#header", Header), session)
        self.query_one("#choices-rule", Rule).set_title(choice_heading(session))
        lines = choice_lines(design, report)
        self.query_one("#choices", Choices).show(
            lines,
            session.choice,
            marked=self.panes.marked,
            stale=stale,
            headed=self.size.height >= HEADED,
        )
        self.shown_tree.show(self.tree_view)
        self.show_verdict()
        self._arrange()
        self.mark_nodes()
        self.panes.update()
        self.show_keys()
        self._warn()
        self.after_drawing(self._show_shares)

    def _show_shares(self) -> None:
        if self._standing and self.shown_tree.show_shares(self.tree_view):
            self.show_verdict()
            self._arrange()

    def show_verdict(self) -> None:
        """The verdict of the choice that is shown, and what would make it meet."""
        session = self.session
        if not self._standing:
            return
        changes = self.panes.changes.lines()
        self.query_one("#verdict", VerdictView).show(
            session.summary(with_changes=not changes),
            changes,
            session.independence,
            stale=session.stale,
            late=not self.panes.changes.is_current,
            hint=what_to_do_first(session, self.keymap),
            zoom=self._key("zoom"),
        )

    def mark_nodes(self) -> None:
        """Mark the nodes in the tree of which the open pane speaks."""
        self.tree_view.speak_of(self.panes.nodes)

    def _warn(self) -> None:
        """Say what can't be kept safe from now on, after what the edit itself says."""
        if self.bench.warnings != self._warned:
            self._warned = self.bench.warnings
            if self._warned:
                self.call_later(self.say, self._warned[-1], "warning")
            else:
                self.call_later(self.say, "edits are kept for a crash again")

    def show_keys(self) -> None:
        """What the keys do now, or what is wrong with the text that is typed."""
        bar = self.query_one("#keys", KeyBar)
        if self.questions.open:
            bar.show(self.questions.hints(), self.prompt.overflow)
            return
        panes, searching = self.panes, self.commands.search.on
        bar.show(
            self.keymap.hints(
                panes.focused,
                lambda action: action.refused(self.bench) is not None,
                pane=panes.shown,
                searching=searching,
            )
        )

    def _arrange(self) -> None:
        width, height = self.size
        if not width or not self._standing:
            return
        verdict = self.query_one("#verdict", VerdictView)
        panes, choices = self.panes, len(self.session.design.choices)
        # How tall the verdict is matters to a pane below it alone.
        wanted = verdict.wanted(max(10, width * 2 // 5)) if panes.shown else 0
        plan = arrange(
            width,
            height,
            choices,
            wanted,
            pane=panes.shown,
            zoomed=panes.zoomed,
            headed=height >= HEADED,
        )
        self.query_one("#pane-rule", Rule).set_title(panes.title(plan.side_width(width) - 4))
        if plan == self._plan:
            return
        self._plan = plan
        self.set_class(plan.narrow, "-narrow")
        self.set_class(plan.wide, "-wide")
        self.set_class(plan.zoomed, "-zoomed")
        self.set_class(plan.verdict == 0, "-paned")
        set_height(self.query_one("#choices"), plan.choices)
        set_height(verdict, plan.verdict)
        rule = self.query_one("#pane-rule", Rule)
        rule.display = plan.pane != 0
        set_height(self.pane, plan.pane)

    # Doing

    def on_key(self, event: events.Key) -> None:
        """A key answers the open question, or does what it stands for."""
        event.stop()
        event.prevent_default()
        if self.app.screen is not self:  # pressed faster than a list came up: it is the list's
            self.app.screen.post_message(events.Key(event.key, event.character))
            return
        if self.questions.open:
            self.questions.key(event)
            return
        was_pending = bool(self.typed.so_far)
        key = self.typed.take(event.key, self.keymap.begins)
        if key is None or was_pending:
            self.say(self.typed.so_far, "key")
        if key is None:
            return
        searching = self.commands.search.on
        action = self.keymap.action_of(key, self.panes.focused, searching=searching)
        if action is not None:
            self.repeat(action, self.typed.times)
        elif event.is_printable:
            help_key = self.keymap.key_of("help")
            self.say(f"{shown_key(key)} does nothing here; {help_key} lists what does", "dim")

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text belongs to the open question."""
        event.stop()
        if self.questions.open:
            self.questions.paste(event.text)

    def repeat(self, action: Action, times: int) -> None:
        """Do an action so many times, as long as it can be done and asks nothing."""
        for _ in range(times):
            before = self.bench.design
            self.run(action)
            asks = self.questions.open or self.app.screen is not self
            if asks or (action.edits and self.bench.design is before):
                break

    def run(self, action: Action) -> None:
        """Do an action, or say why it can't be done."""
        if action.edits and self.commands.files.regain():
            return
        reason = action.refused(self.bench)
        change = None
        if not reason and action.change is not None:
            try:
                change = action.changed(self.bench)
            except VreltuiError as error:
                reason = str(error)
        if reason:
            self.say(f"{action.title}: {reason}", "warning")
            return
        try:
            if change is not None:
                self._change(action, change)
            elif action.question is not None:
                self.questions.question(action, action.question)
            else:
                self.commands.run(action)
        except VreltuiError as error:
            self.say(in_short(error), "error")

    def _change(self, action: Action, change: Change) -> None:
        """Do a change; beside a choice that a move made, show the condition under which it wins."""
        before = self.bench.choice
        self.bench.apply(change)
        self.say(change.label)
        if action.group == MOVES and self.bench.choice != before:
            rival = self.panes.compare_with_the_one_before()
            self.say(f"{change.label}: below, when it beats {rival}; {self._key('cancel')} closes")

    def _key(self, name: str) -> str:
        return self.keymap.key_of(name)

    def redraw(self) -> None:
        """Draw everything again."""
        self.refresh(layout=True)

    def after_drawing(self, call: Callable[[], None]) -> None:
        """Call something once what is to be seen is drawn."""
        self.call_after_refresh(call)
