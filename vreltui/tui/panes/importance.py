"""Which part of the choice matters: nodes, parameters or pairs, by any measure."""

from __future__ import annotations

from vreltui.analysis.importance_results import (
    BY_STRUCTURE,
    BY_VALUES,
    Importance,
    ImportanceReport,
)
from vreltui.tui.panes.insight_work import InsightRequest
from vreltui.tui.panes.pane import PaneOwner
from vreltui.tui.panes.ranked import Listing, Ranked, RankedPane, list_actions
from vreltui.tui.slow import Slow
from vreltui.wording.importance import DEFINITIONS, measure_text, together_words
from vreltui.wording.numerals import value_words
from vreltui.workbench import LOOK, Action
from vreltui.workbench.commands.actions import GLOBAL

_GROUP = "In the importances"
_VIEWS = ("nodes", "parameters", "pairs")
_OF_NODES = ("criticality", *(key for key in BY_VALUES if key != "criticality"), *BY_STRUCTURE)
_OF_PARAMETERS = ("criticality", "birnbaum", "second_derivative", "raw", "rrw")

BAR = 8
"""Cells of a whole bar."""


class ImportancePane(RankedPane):
    """The nodes by what they do to the choice, each with a bar; or parameters; or pairs."""

    name = "importance"
    place = 5
    opens = Action("importance", "Importance", ("b",), LOOK, "Which part matters", scope=GLOBAL)

    def __init__(self, owner: PaneOwner) -> None:
        super().__init__(owner)
        self._slow: Slow[InsightRequest, ImportanceReport] = owner.slow(
            "vreltui.tui.panes.insight_work:find_importance"
        )
        self._view = 0
        self._sorted = 0

    def ask(self) -> bool:
        """Ask for the choice in hand."""
        session = self.stage.session
        key = session.design, session.choice
        self._slow.ask((self.name, *map(id, key)), InsightRequest(*key))
        return True

    def listing(self) -> Listing | str:
        """The rows of the view, the largest measure first."""
        found, state = self._slow.answer, self._slow.state
        if found is None:
            return state or "being computed"
        if found.undecided:
            return f"undecided: {found.undecided}"
        view = _VIEWS[self._view]
        if view == "pairs":
            return self._pairs(found, state)
        nodes = view == "nodes"
        by_name: dict[str, Importance] = {}
        if nodes:
            by_name = {name: node.importance for name, node in found.nodes.items()}
        else:
            by_name = {name: each.importance for name, each in found.parameters.items()}
        keys = _OF_NODES if nodes else _OF_PARAMETERS
        by = keys[self._sorted % len(keys)]
        shown = (by, *(key for key in keys if key != by))
        order = sorted(by_name, key=lambda name: -(by_name[name].figures.get(by) or 0.0))
        rows = [self._ranked(found, name, by_name[name], shown, nodes=nodes) for name in order]
        definition = DEFINITIONS[by]
        last = len(shown) + 1
        return Listing(
            (f"{view} by {definition[0]}: {definition[1]}", *([state] if state else [])),
            (view[:-1], "", *(DEFINITIONS[key][0] for key in shown)),
            rows,
            left=(0, 1),
            optional=tuple(range(3, last + 1)),
        )

    def _ranked(
        self,
        found: ImportanceReport,
        name: str,
        importance: Importance,
        shown: tuple[str, ...],
        *,
        nodes: bool,
    ) -> Ranked:
        design = self.stage.session.design
        signs = ""
        if nodes:
            node = found.nodes[name]
            signs = self.stage.glyphs.single if node.single_point else ""
            signs += f" x{node.instances}" if node.instances > 1 else ""
            signs = signs.strip()
        users = [name] if nodes else [n for n in design.nodes if name in design.nodes[n].parameters]
        texts = [measure_text(importance, key) for key in shown]
        share = importance.figures.get("criticality")
        bar = self.stage.glyphs.bar(share or 0.0, BAR)
        return Ranked((f"{name} {signs}".rstrip(), bar, *texts), tuple(users))

    def _pairs(self, found: ImportanceReport, state: str) -> Listing | str:
        if found.pairs is None:
            return f"pairs: undecided, {found.pairs_undecided}"
        design = self.stage.session.design
        rows = [
            Ranked(
                (
                    " and ".join(pair.parameters),
                    " and ".join(map(value_words, pair.to)),
                    measure_text(pair.importance, "gain"),
                    measure_text(pair.importance, "synergy"),
                ),
                tuple(
                    node
                    for node in design.nodes
                    if node in pair.parameters
                    or set(pair.parameters) & set(design.nodes[node].parameters)
                ),
            )
            for pair in found.pairs
        ]
        together = [together_words(pair) for pair in found.pairs if pair.together]
        return Listing(
            ("pairs by what both gain together", *([state] if state else [])),
            ("pair", "to", "gain", "synergy"),
            rows,
            below=tuple(together[:2]),
            left=(0, 1),
            optional=(3, 1),
        )

    def sort(self) -> None:
        """By the next measure."""
        self._sorted += 1
        self.show()

    def other(self) -> None:
        """Nodes, parameters, pairs in turn."""
        self._view = (self._view + 1) % len(_VIEWS)
        self._cursor = self._sorted = 0
        self.show()

    actions = list_actions(name, _GROUP, sort, other, "Nodes, parameters, pairs")
