"""An open design with the analysis in force, and the change that is only being tried."""

from __future__ import annotations

from asyncio import AbstractEventLoop
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from vreltui.analysis.results import ChoiceReport, ProbabilityThreshold, Report
from vreltui.model import Design
from vreltui.workbench import (
    Analysis,
    AnalysisService,
    Change,
    Position,
    Summary,
    Workbench,
    summary,
)

if TYPE_CHECKING:
    from vreltui.analysis.successive import Aside

_NONE: Mapping[str, ProbabilityThreshold] = {}
_NO_SHARES: Mapping[str, float] = {}


class Session:
    """What the screen shows: the design, or the one being tried, with the newest report on it.

    ``changed`` is called whenever there is something else to show.
    """

    def __init__(
        self, bench: Workbench, service: AnalysisService, changed: Callable[[], None]
    ) -> None:
        self.bench = bench
        self._service = service
        self._changed = changed
        self._analysis: Analysis | None = None
        self._trial: Change | None = None
        self._stop = bench.listen(self._bench_changed)
        self._asked: tuple[Design, str] | None = None
        self._names: tuple[str, ...] = ()
        self._aside: tuple[Design | None, str, Aside | None] = (None, "", None)
        self._asked_shares: tuple[Design | None, str] = (None, "")
        self._summary: tuple[Design, Report | None, tuple[str, bool], Summary] | None = None

    def start(self, loop: AbstractEventLoop) -> None:
        """Begin to compute."""
        self._service.attach(loop)
        self._ask()

    def hasten(self) -> None:
        """Prepare for answers that are there at once; after the first paint."""
        self._service.hasten(self._changed)

    @property
    def shares(self) -> Mapping[str, float]:
        """Each node's share of the unreliability of the choice in hand, as far as it is known."""
        aside = self._aside[2] if self._aside[1] == self.choice else None
        return _NO_SHARES if aside is None else aside.shares

    @property
    def independence(self) -> str:
        """How far the choice in hand rests on independence; empty where nothing is known of it."""
        aside = self._aside[2] if self._aside[1] == self.choice else None
        if aside is None or aside.independence is None:
            return ""
        # Imported once something is known: nothing of it is needed before the first picture.
        from vreltui.wording.dependence import most_sentence

        return most_sentence(aside.independence)

    def find_shares(self) -> bool:
        """Find the shares of what is shown, and its figures of time; whether there are others now.

        Where that is not quick they are asked for, and come later.
        """
        wanted = self.design, self.choice
        if self.pending:
            return False
        has_shares = _are(self._aside[:2], wanted)
        has_news = not has_shares and self._find_shares(wanted)
        lacks_times = self._lacks_times and not self._find_times(wanted)
        if (has_shares or has_news) and not lacks_times:
            return has_news
        if _are(self._asked_shares, wanted):
            return has_news  # what is too large has none
        self._asked_shares = wanted
        return self._take(self._service.ask_again(*wanted)) or has_news

    def _find_shares(self, wanted: tuple[Design, str]) -> bool:
        found = self._service.aside(*wanted)
        if found is None:
            return False
        self._aside = *wanted, found
        return True

    @property
    def _lacks_times(self) -> bool:
        """Whether the report on the choice in hand has only those figures that are measured."""
        report = self.choice_report
        return report is not None and not report.has_all_times

    def _find_times(self, wanted: tuple[Design, str]) -> bool:
        report = self._service.completed(*wanted)
        if report is None or self._analysis is None:
            return False
        self._analysis = self.bench.analysis = replace(self._analysis, report=report)
        self._changed()
        return True

    def look_at(self, names: tuple[str, ...]) -> bool:
        """Say which components are on the screen; whether there is more to show of them now."""
        if names == self._names:
            return False
        self._names = names
        if self.stale:
            return False
        more = self._service.extend(self.design, self.choice, names)
        if more is None:
            return False
        if self._analysis is not None:  # on the same design, and may know more times
            more = replace(more, report=self._analysis.report)
        self._analysis = self.bench.analysis = more
        return True

    def close(self) -> None:
        """Listen no more. The bench stays open."""
        self._stop()

    @property
    def design(self) -> Design:
        """The design to show: with the change that is being tried."""
        return self._trial.design if self._trial is not None else self.bench.design

    @property
    def position(self) -> Position:
        """The place to show."""
        if self._trial is not None and self._trial.position is not None:
            return self._trial.position
        return self.bench.position

    @property
    def choice(self) -> str:
        """The choice to show."""
        return self.position.choice

    @property
    def trying(self) -> bool:
        """Whether a change is shown that was not made."""
        return self._trial is not None

    @property
    def stale(self) -> bool:
        """Whether the figures are of another design than the one shown."""
        return self._analysis is None or self._analysis.design is not self.design

    @property
    def pending(self) -> bool:
        """Whether something about what is shown is still to come."""
        return self.stale or self._service.state == "computing"

    @property
    def report(self) -> Report | None:
        """The newest report there is."""
        return None if self._analysis is None else self._analysis.report

    @property
    def choice_report(self) -> ChoiceReport | None:
        """The newest report on the choice in hand."""
        return None if self.report is None else self.report.choices.get(self.choice)

    def summary(self, *, with_changes: bool) -> Summary:
        """The verdict of the choice in hand and why; made once for each answer."""
        design, report, asked = (
            self.reported or self.design,
            self.report,
            (self.choice, with_changes),
        )
        known = self._summary
        if known is None or known[0] is not design or known[1] is not report or known[2] != asked:
            found = summary(design, report, self.choice, with_changes=with_changes)
            known = self._summary = design, report, asked, found
        return known[3]

    @property
    def reported(self) -> Design | None:
        """The design that the report is about, which may be one of before."""
        return None if self._analysis is None else self._analysis.design

    @property
    def analysis(self) -> Analysis | None:
        """The newest answer there is."""
        return self._analysis

    @property
    def own(self) -> Mapping[str, ProbabilityThreshold]:
        """The thresholds of components with a number of their own, as far as they are known."""
        found = self._analysis
        return _NONE if found is None or found.choice != self.choice else found.own

    @property
    def state(self) -> str:
        """What to say about the computation; empty when all is current."""
        if self._service.state == "given up":
            return f"not computed: {self._service.reason}"
        return "computing" if self.stale else ""

    def cancel(self) -> None:
        """Give up what is being computed."""
        self._service.cancel()

    def again(self) -> None:
        """Ask once more for what was given up."""
        if self._service.state == "given up":
            self._asked = None
            self._ask()
            self._changed()

    def try_change(self, change: Change | None) -> None:
        """Show what would come of a change; None shows the design as it is."""
        if change is not None or self._trial is not None:
            self._trial = change
            self._ask()
            self._changed()

    def receive(self, analysis: Analysis) -> None:
        """Take an answer that came later."""
        if analysis.design is self.design or self.stale:
            self._take(analysis)
            self._changed()

    def _take(self, analysis: Analysis | None) -> bool:
        """Show an answer, if there is one, with the shares that came with it; whether any did."""
        if analysis is None:
            return False
        self._analysis = self.bench.analysis = analysis
        if analysis.aside is None or analysis.choice is None:
            return False
        self._aside = analysis.design, analysis.choice, analysis.aside
        return True

    def _bench_changed(self) -> None:
        self._trial = None
        self._ask()
        self._changed()

    def _ask(self) -> None:
        wanted = (self.design, self.choice)
        if self._asked is not None and _are(self._asked, wanted):
            return
        self._asked = wanted
        self._take(self._service.submit(*wanted, self._names))


def _are(one: tuple[Design | None, str], other: tuple[Design, str]) -> bool:
    """Whether both are the same choice of the same design."""
    return one[0] is other[0] and one[1] == other[1]
