"""The structures of choices, kept as long as nothing but numbers moves."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from vreltui.analysis.importance_results import Importance
from vreltui.analysis.study import Study
from vreltui.engine.program import Program
from vreltui.engine.structure.building import Structure, structure_of
from vreltui.engine.structure.diagrams import Diagram
from vreltui.engine.structure.measures import Given, Place, Reading
from vreltui.engine.structure.parts import Part

MOST_KEPT = 8
"""So many structures are kept, those that were asked for last."""

MOST_READ = 20_000
"""Of a structure with more parts than this, readings are not kept."""


@dataclass
class KeptStructure:
    """The structure of a choice, its parts children first, and what it alone says of components.

    ``shape`` holds that, found where each part stood as ``places`` says; ``single`` which nodes
    are single points, and what it was found for; ``readings`` the last one at each precision.
    """

    program: Program
    counts: tuple[object, ...]
    structure: Structure
    order: list[Part]
    shape: dict[Part, Importance] = field(default_factory=dict)
    places: dict[Part, Place] = field(default_factory=dict)
    single: tuple[object, dict[str, bool]] | None = None
    readings: dict[int, Reading] = field(default_factory=dict)

    def reading(self, given: Given, bits: int) -> Reading:
        """The structure with values; what moved since the last reading is read anew."""
        found = Reading(self.structure, self.order, given, bits, self.readings.get(bits))
        if len(self.order) <= MOST_READ:
            self.readings[bits] = found
        return found


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
