"""A design in another format: which there are, and what each can't take along."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from vreltui.exchange.dot import dot
from vreltui.exchange.drawing import Drawing, drawing
from vreltui.exchange.failure_tree import FailureTree
from vreltui.exchange.galileo_writer import galileo
from vreltui.exchange.losses import Loss
from vreltui.exchange.mermaid import mermaid
from vreltui.exchange.names import any_name, xml_name
from vreltui.exchange.open_psa_writer import open_psa
from vreltui.exchange.unfolding import failure_tree
from vreltui.model import Design
from vreltui.model.errors import Path
from vreltui.model.settling import settled

TREES: Mapping[str, tuple[Callable[[FailureTree], str], Callable[[str], str]]] = {
    "open-psa": (open_psa, xml_name),
    "galileo": (galileo, any_name),
}
"""Formats of fault trees: each with its writer, and with what makes a name one of the format's."""

DIAGRAMS: Mapping[str, Callable[[Drawing], str]] = {"mermaid": mermaid, "dot": dot}
"""Formats of diagrams, each with its writer."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The text in the other format, and where in the design something stands that is lost."""

    text: str
    losses: tuple[tuple[Path, Loss], ...] = ()


def export_tree(design: Design, choice: str, form: str) -> Exported:
    """One choice as a fault tree. Raises :class:`~vreltui.exchange.losses.CannotExportError`."""
    write, mend = TREES[form]
    tree = failure_tree(settled(design, choice), choice, mend, has_not=form == "open-psa")
    computed = [
        (
            ("nodes", name),
            Loss(None, name, "computed", f"{_computed(design, name)}, as it fails: {failing}"),
        )
        for name, failing in tree.computed.items()
    ]
    return Exported(write(tree), (*computed, *_lost(design, choice)))


def export_diagram(
    design: Design, choices: tuple[str, ...], form: str, values: Mapping[str, str] | None = None
) -> Exported:
    """Some choices as a diagram; with ``values``, single points of the one choice are marked."""
    single: frozenset[str] = frozenset()
    if values is not None:
        tree = failure_tree(settled(design, choices[0]), choices[0], figures=False)
        single = frozenset(tree.events[name].of for name in tree.single_points())
    return Exported(DIAGRAMS[form](drawing(design, choices, values, single)))


def _computed(design: Design, name: str) -> str:
    """Of what a probability was worked out."""
    return "its lifetime" if name in design.nodes else "its share of failures, by a common cause"


def _lost(design: Design, choice: str) -> Iterator[tuple[Path, Loss]]:
    """What a fault tree has no place for."""

    def lost(path: Path, name: str, what: str) -> tuple[Path, Loss]:
        return path, Loss(None, name, "dropped", what)

    if design.goal is not None:
        yield lost(("goal",), "goal", "a fault tree asks for nothing")
    if design.baseline is not None:
        yield lost(("baseline",), "baseline", "a fault tree is compared with nothing")
    below = design.below(design.choices[choice].root)
    for name in design.parameters_below(design.choices[choice].root):
        parameter = design.parameters[name]
        ranged = " and its range" if parameter.range is not None else ""
        yield lost(
            ("parameters", name),
            name,
            f"that several numbers are this one{ranged}; its value stands",
        )
    for name in below:
        node = design.nodes[name]
        if node.note or node.description or node.source:
            yield lost(("nodes", name), name, "its note, description and source")
    for name in design.choices:
        if name != choice:
            yield lost(("choices", name), name, "another choice")
    for name in design.plots:
        yield lost(("plots", name), name, "a plot")
