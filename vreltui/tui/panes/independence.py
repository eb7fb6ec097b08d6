"""How far the choice rests on independence: what common causes would take away of its gain."""

from __future__ import annotations

from vreltui.analysis.results import BETAS, Dependence
from vreltui.tui.glyphs import Glyphs
from vreltui.tui.lines import BLANK, Line, line, wrap
from vreltui.tui.panes.common_lines import note_lines
from vreltui.tui.panes.insight_work import DependenceAnswer, DependenceRequest
from vreltui.tui.panes.pane import Pane, PaneOwner
from vreltui.tui.panes.pictures import picture_lines
from vreltui.tui.slow import Slow
from vreltui.tui.widgets.pane import Drawing
from vreltui.wording.dependence import FIGURES, dependence_sentence
from vreltui.workbench import LOOK, Action
from vreltui.workbench.commands.actions import GLOBAL

_LEAST_BAR = 8
_HIGH = 14
"""The lines of the picture."""


class IndependencePane(Pane):
    """The gain that is kept at each beta, as figures and bars, and as a curve."""

    name = "independence"
    place = 6
    opens = Action(
        "independence",
        "Independence",
        ("ampersand",),
        LOOK,
        "What common causes would take away of what redundancy gains",
        scope=GLOBAL,
    )

    def __init__(self, owner: PaneOwner) -> None:
        super().__init__(owner)
        self._slow: Slow[DependenceRequest, DependenceAnswer] = owner.slow(
            "vreltui.tui.panes.insight_work:find_dependence"
        )

    def ask(self) -> bool:
        """Ask for the choice in hand."""
        session, ascii_only = self.stage.session, self.stage.glyphs.ascii
        key = session.design, session.choice
        width = self.stage.pane.size[0]
        request = DependenceRequest(*key, width, _HIGH, ascii_only)
        self._slow.ask((self.name, *map(id, key), width), request)
        return True

    @property
    def nodes(self) -> frozenset[str]:
        """The redundant sets."""
        answer = self._slow.answer
        if answer is None or answer.found is None:
            return frozenset()
        return frozenset(answer.found.sets)

    def drawing(self) -> Drawing:
        """The sentence, above a line for each beta."""
        answer, state = self._slow.answer, self._slow.state
        glyphs = self.stage.glyphs
        if answer is None:
            words = state or "being computed"
            return lambda width, height: note_lines(words, width)
        if answer.found is None:
            return lambda width, height: note_lines(answer.why, width)
        found = answer.found

        def lines(width: int, _: int) -> list[Line]:
            said = [line(f" {text}") for text in wrap(dependence_sentence(found), width - 2)]
            drawn = () if answer.picture is None else (BLANK, *picture_lines(answer.picture))
            return [*said, BLANK, *kept_lines(found, width, glyphs), *drawn]

        return lines


def kept_lines(found: Dependence, width: int, glyphs: Glyphs) -> list[Line]:
    """A line for each beta: the figure, the part of the gain that is kept, and a bar of it."""
    heading = FIGURES[found.key]
    figures = [f"{each:.6g}" for each in found.figures]
    column = max(len(heading), *map(len, figures)) + 2
    lines = [line((f"  common  {heading:>{column}}    gain kept", "dim"))]
    room = max(_LEAST_BAR, width - column - 28)
    for number, beta in enumerate(BETAS):
        share = f"{100 * float(beta.reliability):g} %"
        text = f"  {share:>6}  {figures[number]:>{column}}"
        if found.kept is None:
            lines.append(line(text))
            continue
        bar = glyphs.bar(min(1.0, max(0.0, found.kept[number])), room)
        lines.append(line(text, f"  {100 * found.kept[number]:>7.4g} %  ", (bar, "good")))
    return lines
