"""The reliability in symbols, and the conditions for the goal and against the baseline."""

from __future__ import annotations

from collections.abc import Callable

from vreltui.symbolic.results import Formula, Request
from vreltui.tui.clipboard import formula_latex, formula_text
from vreltui.tui.panes.pane import Pane, PaneAction, PaneOwner
from vreltui.tui.panes.symbols import Symbols
from vreltui.tui.widgets.pane import Drawing
from vreltui.workbench import COPY, LOOK, Action
from vreltui.workbench.commands.actions import GLOBAL
from vreltui.workbench.view.plot_view import parameter_of


class FormulaPane(Pane):
    """The formula of the choice, each condition below it."""

    name = "formula"
    place = 3
    opens = Action("formula", "Formula", ("f",), LOOK, "The reliability in symbols", scope=GLOBAL)

    def __init__(self, owner: PaneOwner) -> None:
        super().__init__(owner)
        self._symbols = Symbols(owner)

    def ask(self) -> bool:
        """Ask for the formula and for what it has to be."""
        session = self.stage.session
        design, choice = session.design, session.choice
        unknown = parameter_of(design, choice, self.stage.node)
        requests = [Request(design, (choice,))]
        if design.goal is not None:
            requests.append(Request(design, (choice,), True, None, unknown))
        if design.baseline is not None and design.baseline != choice:
            requests.append(Request(design, (choice,), True, design.baseline, unknown))
        self._symbols.ask((self.name, design, choice, unknown), requests)
        return True

    def drawing(self) -> Drawing:
        """The formula, then the conditions."""
        return self._symbols.drawing()

    def copy_text(self) -> None:
        """The formula to the clipboard."""
        self._copy(formula_text)

    def copy_latex(self) -> None:
        """The same for a paper."""
        self._copy(formula_latex)

    def _copy(self, write: Callable[[Formula], str]) -> None:
        formula = self._symbols.formula
        if formula is None:
            self.stage.say("the formula is not there yet: copy it once it is shown", "warning")
        else:
            self.stage.clip(write(formula), "the formula")

    actions = (
        PaneAction(
            Action("copy_formula", "Copy the formula", (), COPY, "As text", scope=name), copy_text
        ),
        PaneAction(
            Action("copy_latex", "Copy the formula as LaTeX", (), COPY, scope=name), copy_latex
        ),
    )
