"""What the plot shows before anybody asks: the same subject as long as it can make it meet."""

from __future__ import annotations

from vreltui.analysis.results import Threshold
from vreltui.model.own_numbers import name_of_number
from vreltui.tui.session import Session
from vreltui.workbench.view.first_plot import what_matters_most
from vreltui.workbench.view.plot_frame import ends_of


def known_thresholds(session: Session) -> dict[str, Threshold]:
    """What is known to be needed, by the names of parameters and of nodes' own numbers."""
    found: dict[str, Threshold] = {
        name_of_number(session.design, node): each
        for node, each in session.own.items()
        if node in session.design.nodes
    }
    report = session.choice_report
    return found if report is None else {**found, **report.thresholds}


class FirstPicture:
    """Against what the first picture of each choice is drawn."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def exists(self, session: Session) -> bool:
        """Whether there is something to see, as far as is known."""
        design = session.design
        if design.goal is None and design.baseline in (None, session.choice):
            return False
        return session.choice_report is None or self.name(session) is not None

    def name(self, session: Session) -> str | None:
        """The parameter, or the number of a node's own, that runs across."""
        report, choice = session.choice_report, session.choice
        name = self._names.get(choice)
        if report is None or session.stale:
            return name
        if name is None or not ends_of(known_thresholds(session).get(name)):
            name = what_matters_most(session.design, report, session.own, session.shares)
            if name is not None and (session.shares or not session.own):
                self._names[choice] = name
        return name

    def choices(self, session: Session) -> tuple[str, ...]:
        """The choices that have a curve; none where the one in hand has the only one.

        Where there is no goal, the baseline is what is to be exceeded.
        """
        baseline = session.design.baseline
        if session.design.goal is not None or baseline in (None, session.choice):
            return ()
        assert baseline is not None
        return session.choice, baseline
