"""The structures of choices, kept as long as nothing but numbers moves."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from vreltui.analysis.importance_results import Importance
from vreltui.analysis.study import Study
from vreltui.engine.program import Program
from vreltui.engine.structure.building import Structure, structure_of
from vreltui.engine.structure.diagrams import Diagram
from vreltui.engine.structure.measures import Place
from vreltui.engine.structure.parts import Part

MOST_KEPT = 8
"""So many structures are kept, those that were asked for last."""


@dataclass
class KeptStructure:
    """The structure of a choice, its parts children first, and what it alone says of components.

    ``shape`` holds that, found where each part stood as ``places`` says; ``single`` which nodes
    are single points, and what it was found for.
    """

    program: Program
    counts: tuple[object, ...]
    structure: Structure
    order: list[Part]
    shape: dict[Part, Importance] = field(default_factory=dict)
    places: dict[Part, Place] = field(default_factory=dict)
    single: tuple[object, dict[str, bool]] | None = None


_kept: OrderedDict[str, KeptStructure] = OrderedDict()


def kept_structure(study: Study, choice: str) -> KeptStructure:
    """The structure of a choice. Raises :class:`Undecided` where it can't be told in time."""
    evaluation = study.evaluation(choice)
    program = evaluation.program
    counts = tuple(evaluation.values[source] for source in program.pools)
    known = _kept.get(choice)
    if known is not None and known.program is program and known.counts == counts:
        _kept.move_to_end(choice)
        for part in known.order:
            if isinstance(part, Diagram):
                part.under(study.budget)
        return known
    structure = structure_of(study.design, choice, study.budget)
    found = KeptStructure(program, counts, structure, structure.children_first())
    _kept[choice] = found
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return found


def forget_structures() -> None:
    """Drop all structures that are kept, as a process just started has none."""
    _kept.clear()
