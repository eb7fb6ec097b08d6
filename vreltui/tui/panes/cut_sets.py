"""What breaks the choice: its minimal cut sets, or what makes it work, its minimal path sets."""

from __future__ import annotations

from vreltui.analysis.cut_results import CutReport, SetRow
from vreltui.tui.panes.insight_work import InsightRequest
from vreltui.tui.panes.pane import PaneOwner
from vreltui.tui.panes.ranked import Listing, Ranked, RankedPane, list_actions
from vreltui.tui.slow import Slow
from vreltui.wording.cut_sets import count_words, counts_words, events_words
from vreltui.workbench import LOOK, Action
from vreltui.workbench.commands.actions import GLOBAL

_GROUP = "In the cut sets"


class CutSetsPane(RankedPane):
    """The sets by how probable they are, or by how few it takes."""

    name = "cuts"
    place = 6
    opens = Action("cut_sets", "Cut sets", ("M",), LOOK, "What breaks the choice", scope=GLOBAL)

    def __init__(self, owner: PaneOwner) -> None:
        super().__init__(owner)
        self._slow: Slow[InsightRequest, CutReport] = owner.slow(
            "vreltui.tui.panes.insight_work:find_sets"
        )
        self._paths = False
        self._by_order = False

    def ask(self) -> bool:
        """Ask for the choice in hand."""
        session = self.stage.session
        request = InsightRequest(session.design, session.choice, self._paths)
        key = id(session.design), session.choice, self._paths
        self._slow.ask((self.name, *key), request)
        return True

    def listing(self) -> Listing | str:
        """The rows, the most probable first, or the smallest."""
        found, state = self._slow.answer, self._slow.state
        if found is None:
            return state or "being computed"
        if found.sets is None:
            return f"undecided: {found.undecided.get('sets', '')}"
        rows = list(found.sets)
        if self._by_order:
            rows.sort(key=lambda row: (row.order, -(row.probability or 0.0)))
        return Listing(
            (counts_words(found), *([state] if state else [])),
            ("share", "count", "order", "events"),
            [_ranked(row) for row in rows],
            below=(_covered(found),),
            left=(3,),
            optional=(2, 1),
        )

    def sort(self) -> None:
        """By probability, or by order."""
        self._by_order = not self._by_order
        self.show()

    def other(self) -> None:
        """Cuts, or paths."""
        self._paths = not self._paths
        self._cursor = 0
        self.show()

    actions = list_actions(name, _GROUP, sort, other, "Cut sets, path sets")


def _ranked(row: SetRow) -> Ranked:
    share = "" if row.share is None else f"{row.share:.4g}"
    cells = (share, count_words(row.count), str(row.order), events_words(row))
    return Ranked(cells, tuple(row.events))


def _covered(found: CutReport) -> str:
    if found.covered is None or found.remainder is None:
        return ""
    if found.remainder == 0:
        return "all of them are listed"
    return f"listed sets cover {found.covered:.4g}; {found.remainder:.4g} remains"
