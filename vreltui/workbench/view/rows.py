"""The tree of a choice as rows to draw: what each node is, has, gives and would have to be."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, assert_never, overload

from vreltui.analysis.results import (
    ChoiceReport,
    Figure,
    ProbabilityThreshold,
    Threshold,
)
from vreltui.model import (
    Bought,
    Component,
    Design,
    Group,
    LastingComponent,
    Needs,
    Node,
    PolicyPool,
    Pool,
    Process,
    Share,
    Structure,
    Value,
)
from vreltui.model.edits import Position
from vreltui.model.options import option_text
from vreltui.model.quantities import COUNT
from vreltui.model.settling import options_of
from vreltui.wording.numerals import value_text
from vreltui.wording.sentences import threshold_text
from vreltui.wording.times import LACKS, SYMBOLS, figure_texts
from vreltui.workbench.view.outline import Entry, Outline, outline
from vreltui.workbench.view.single_points import may_differ, single_points

Role = Literal["component", "group", "pool", "bought", "structure", "process"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the tree.

    ``parameter`` names what gives the node its number, ``value`` is that number as this choice
    sees it. ``threshold`` is what it would have to be ("> 0.998134", ">= 3", "any", "never"),
    ``satisfied`` whether it is. ``repeated`` marks a node that stands further up in this tree
    already: the same thing. What is ``single`` fails the choice alone; ``share`` is how
    much of the unreliability one instance has. ``elsewhere`` holds the
    other choices that use the node, ``struck`` the common causes that strike it.
    """

    position: Position
    depth: int
    node: str
    role: Role
    kind: str
    label: str
    needs: str = ""
    parameter: str | None = None
    value: Value | None = None
    value_text: str = ""
    is_open: bool = False
    set_here: bool = False
    figure: Figure | None = None
    reliability: str = ""
    complement: str = ""
    threshold: str = ""
    satisfied: bool | None = None
    shared: bool = False
    single: bool = False
    share: float | None = None
    repeated: bool = False
    elsewhere: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()
    expandable: bool = False
    expanded: bool = False


_Sources = tuple[
    Node,
    Value | None,
    Figure | None,
    tuple[str, str],
    tuple[str, bool | None],
    bool,
    float | None,
]
"""What a row says that numbers change: node, number, figure, threshold, single or not, share."""


class Rows(Sequence[Row]):
    """The rows of a tree, each made when it is looked at: of a long tree few are seen."""

    outline: Outline

    def __init__(
        self,
        design: Design,
        report: ChoiceReport | None,
        outline: Outline,
        own: Mapping[str, ProbabilityThreshold] | None,
        before: Rows | None = None,
        shares: Mapping[str, float] | None = None,
    ) -> None:
        self._shares = shares or {}
        self._design = design
        self._report = report
        self._own = own
        same = before is not None and before.outline is outline
        self._before = before._made if before is not None and same else {}
        self._made: dict[int, tuple[_Sources, Row]] = {}
        self.outline = outline
        self.single: frozenset[str] = frozenset()
        if before is not None and same and not may_differ(before._design, design, outline.choice):
            self.single = before.single
        else:
            self.single = single_points(design, outline.choice)

    def __len__(self) -> int:
        return len(self.outline.entries)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...

    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        number = range(len(self))[index]
        made = self._made.get(number)
        if made is None:
            made = self._made[number] = self._make(number)
        return made[1]

    @property
    def headings(self) -> tuple[str, str]:
        """What the columns of figures are called."""
        measure = self._design.measure
        return SYMBOLS[measure], LACKS[measure]

    def at(self, position: Position) -> int:
        """The row at which a position stands; the first where none does."""
        return self.outline.index.get(position, 0)

    def _make(self, number: int) -> tuple[_Sources, Row]:
        """A row with all that it is made of; the row of before where that is the same."""
        design, choice = self._design, self.outline.choice
        entry = self.outline.entries[number]
        node = design.nodes[entry.node]
        report = self._report
        figure = None if report is None else report.nodes.get(entry.node)
        times = None if report is None or report.times is None else report.times.get(entry.node)
        sources: _Sources = (
            node,
            own_value(design, choice, node)[0],
            figure,
            figure_texts(design.measure, figure, times),
            threshold_text(threshold_of(design, choice, node, self._report, self._own)),
            entry.node in self.single,
            self._shares.get(entry.node),
        )
        before = self._before.get(number)
        if before is not None and before[0] == sources:
            return before
        others = self.outline.users.get(entry.node, ())
        elsewhere = tuple(other for other in others if other != choice)
        return sources, _row(design, node, entry, sources, elsewhere)


def tree_rows(
    design: Design,
    report: ChoiceReport | None,
    choice: str,
    toggled: Collection[Position] = frozenset(),
    own: Mapping[str, ProbabilityThreshold] | None = None,
    before: Rows | None = None,
    shares: Mapping[str, float] | None = None,
) -> Rows:
    """The rows of a choice's tree, the root first.

    Without a report, the figures and thresholds are empty. A node with parts is expanded, a
    repeated one is not, and ``toggled`` holds the positions where that is the other way round.
    ``own`` holds thresholds of components that have a number of their own. ``before`` are rows
    of which the outline is taken over where it is the same.
    """
    if before is not None:
        return Rows(design, report, before.outline.of(design, choice, toggled), own, before, shares)
    return Rows(design, report, outline(design, choice, toggled), own, shares=shares)


def _row(
    design: Design, node: Node, entry: Entry, sources: _Sources, elsewhere: tuple[str, ...]
) -> Row:
    position = entry.position
    choice = position.choice
    _, value, figure, (figure_text, lacks), (text, satisfied), single, share = sources
    parameter = own_value(design, choice, node)[1]
    return Row(
        position=position,
        depth=len(position.steps),
        node=node.name,
        role=role_of(node),
        kind=node.kind,
        label=node.title or node.name,
        needs=needs_text(design, choice, node),
        parameter=parameter,
        value=value,
        value_text="" if value is None else value_text(value),
        is_open=is_open(design, choice, parameter),
        set_here=parameter is not None and parameter in design.choices[choice].set,
        figure=figure,
        reliability=figure_text,
        complement=lacks,
        threshold=text,
        satisfied=satisfied,
        shared=node.shared,
        single=single,
        share=share,
        repeated=entry.repeated,
        expandable=entry.expandable,
        expanded=entry.expanded,
        elsewhere=elsewhere,
        struck=struck_by(design, node.name),
    )


def role_of(node: Node) -> Role:
    """What sort of node this is."""
    return node.sort


def own_value(design: Design, choice: str, node: Node) -> tuple[Value | None, str | None]:
    """The number of a component or pool as the choice sees it, and the parameter that gives it."""
    stated = node.stated()
    if stated is None:
        return None, None
    if stated.parameter is not None:
        return design.value(stated.parameter, choice), stated.parameter
    return stated.own, None


def is_open(design: Design, choice: str, parameter: str | None) -> bool:
    """Whether the architect may still choose a parameter's value in this choice."""
    if parameter is None:
        return False
    return design.parameters[parameter].is_open and parameter not in design.choices[choice].set


def needs_text(design: Design, choice: str, node: Node) -> str:
    """How many parts or copies must work: "all", "any of 3", "2 of 3"."""
    match node:
        case Group(parts=parts, needs=needs):
            return _needs(needs, len(parts))
        case Pool(needs=needs):
            return _needs(needs, COUNT.of(own_value(design, choice, node)[0]))
        case Component() | LastingComponent() | Process() | Share() | PolicyPool():
            return ""
        case Bought() | Structure():
            return taken_text(design, choice, node)
        case unknown:
            assert_never(unknown)


def struck_by(design: Design, node: str) -> tuple[str, ...]:
    """The common causes that strike a node."""
    return tuple(cause.name for cause in design.causes.values() if node in cause.strikes)


def taken_text(design: Design, choice: str, node: Bought | Structure) -> str:
    """What is taken at a decision: "takes B", "any of 3 B", "2 of 3: 2 D1 + 1 D2"."""
    options = options_of(design, choice)
    taken = option_text(options.at(design, node))
    if isinstance(node, Structure) or node.copies is None:
        return f"takes {taken}"
    needs = _needs(node.needs, options.copies(node))
    return f"{needs}: {taken}" if node.mix else f"{needs} {taken}"


def _needs(needs: Needs, of: int) -> str:
    return "all" if needs == "all" else f"{needs} of {of}"


def threshold_of(
    design: Design,
    choice: str,
    node: Node,
    report: ChoiceReport | None,
    own: Mapping[str, ProbabilityThreshold] | None,
) -> Threshold | None:
    """The threshold of a node's number, where one is known and there is something to meet."""
    if report is None or (design.goal is None and design.baseline in (None, choice)):
        return None
    _, parameter = own_value(design, choice, node)
    if parameter is not None:
        return report.thresholds.get(parameter)
    return None if own is None else own.get(node.name)
