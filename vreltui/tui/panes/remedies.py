"""The single changes that would make the choice in hand meet: tried, and made a choice."""

from __future__ import annotations

from vreltui.model import Design
from vreltui.tui.panes.pane import PaneAction, PaneOwner
from vreltui.tui.panes.ranked import Listing, Ranked, RankedPane
from vreltui.tui.slow import Slow
from vreltui.workbench import LOOK, Action
from vreltui.workbench.commands.actions import GLOBAL
from vreltui.workbench.commands.remedies import Remedies, Remedy

_GROUP = "In the changes"
_FAILS = ("short", "hopeless")


class ChangesPane(RankedPane):
    """A row is a change; ``enter`` tries it, and once more makes a choice of it."""

    name = "changes"
    place = 1
    opens = Action(
        "changes", "What would make it meet", ("exclamation_mark",), LOOK,
        "Single changes, the smallest first; or two together", scope=GLOBAL,
    )  # fmt: skip

    def __init__(self, owner: PaneOwner) -> None:
        super().__init__(owner)
        self._slow: Slow[tuple[Design, str], Remedies] = owner.slow(
            "vreltui.workbench.commands.find_remedies:find"
        )
        self._tried: Remedy | None = None
        self._asked: tuple[Design, str] | None = None

    def ask(self) -> bool:
        """Ask for the choice in hand, where it fails and no change is being tried."""
        session = self.stage.session
        if session.trying or not self._fails():
            return False
        self._asked = session.design, session.choice
        self._slow.ask((self.name, *map(id, self._asked)), self._asked)
        return True

    def _fails(self) -> bool:
        """Whether the choice in hand fails, as far as is known; also while a change is tried."""
        session = self.stage.session
        if self._is_of_bench:
            return True
        if session.trying or session.stale:
            return False
        report = session.choice_report
        return report is not None and report.verdict in _FAILS

    @property
    def known(self) -> Remedies | None:
        """The answer about the choice in hand, where it fails and there is one."""
        found = self._slow.answer
        fitting = found is not None and found.choice == self.stage.bench.choice
        return found if fitting and self._fails() else None

    @property
    def _is_of_bench(self) -> bool:
        """Whether the choice in hand is the one that was asked about last."""
        asked, bench = self._asked, self.stage.bench
        return asked is not None and asked[0] is bench.design and asked[1] == bench.choice

    @property
    def is_current(self) -> bool:
        """Whether the answer is about the design as it is."""
        return self._is_of_bench and not self._slow.under_way

    def listing(self) -> Listing | str:
        """The changes, the smallest first."""
        session = self.stage.session
        if not self._fails():
            if session.stale:
                return "being computed"
            report = session.choice_report
            meets = report is not None and report.verdict == "meets"
            return f"{session.choice} meets as it is" if meets else "nothing is asked of it"
        found, state = self.known, self._slow.state
        if found is None:
            return state or "being computed"
        if not found.found:
            return found.why
        rows = [
            Ranked((each.words, f"{each.nines:.2f}" if each.nines else ""), each.nodes)
            for each in found.found
        ]
        more = (f"{found.more} other single changes would do it too",) if found.more else ()
        word = "no single change would do it; two together" if found.together else "one of these"
        return Listing(
            (f"{word} would make {found.choice} meet", *([state] if state else [])),
            ("change", "by nines"),
            rows,
            below=more,
            optional=(1,),
        )

    def lines(self) -> tuple[str, ...]:
        """The same for the verdict: a line that says what follows, and the changes."""
        found = self.known
        if found is None or self.stage.session.trying:
            return ()
        if not found.found:
            return (found.why,)
        key = self.stage.keymap.key_of(self.opens.id)
        head = "no single change would do it" if found.together else "would make it meet"
        more = (f"{found.more} others",) if found.more else ()
        return f"{head}: {key} tries", *(each.words for each in found.found), *more

    # Commands

    def enter(self) -> None:
        """Try the change under the cursor; once more, make a choice of it."""
        found, bench, session = self.known, self.stage.bench, self.stage.session
        if found is None or not found.found or not self.is_current:
            return
        remedy = found.found[min(self._cursor, len(found.found) - 1)]
        change = remedy.change(bench.design)
        if session.trying and self._tried is remedy:
            self._tried = None
            bench.apply(change)
            self.stage.say(f"{change.label}: a choice beside {found.choice}")
            return
        self._tried = remedy
        session.try_change(change)
        key = self.stage.keymap.key_of(f"{self.name}_enter")
        self.stage.say(f"tried: {change.label}; {key} again makes a choice of it")

    def _move(self, by: int) -> None:
        self.stage.session.try_change(None)
        super()._move(by)

    def closed(self) -> None:
        """What was only tried is gone."""
        self.stage.session.try_change(None)

    actions = (
        PaneAction(
            Action(f"{name}_enter", "Try the change", ("enter",), _GROUP,
                   "The figures follow; once more makes a choice of it", scope=name),
            enter, "try, make it"),
        PaneAction(Action(f"{name}_down", "Next row", ("down", "j"), _GROUP, scope=name),
                   RankedPane.down),
        PaneAction(Action(f"{name}_up", "Row above", ("up", "k"), _GROUP, scope=name),
                   RankedPane.up),
    )  # fmt: skip
