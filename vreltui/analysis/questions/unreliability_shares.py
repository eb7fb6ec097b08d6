"""Where the nines go: the share of the unreliability that each node of a choice has.

The criticality of :mod:`node_importance`, of one instance of each node, and no more: found anew
after every edit, from a structure that stays while numbers alone move.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vreltui.analysis.study import Study
from vreltui.engine.balls import WORKING_BITS, PairOfBalls, nearest_double, precision
from vreltui.engine.gate_graph import Gate
from vreltui.engine.limits import Undecided, tick
from vreltui.engine.program import Program
from vreltui.engine.structure.building import Structure, structure_of
from vreltui.engine.structure.diagrams import Diagram
from vreltui.engine.structure.measures import Reading
from vreltui.engine.structure.parts import Part
from vreltui.model.struck import origin

MOST_PARTS = 4_000
"""The most parts of a choice that are looked at."""


@dataclass(frozen=True)
class Known:
    """The structure of a choice, as long as its program and its counts stay."""

    program: Program
    counts: tuple[object, ...]
    structure: Structure
    order: list[Part]


def shares(
    study: Study, choice: str, known: Known | None = None
) -> tuple[Mapping[str, float], Known | None]:
    """The share of each node, by name, where it is told; and what a later question may reuse.

    Nothing of what is too large, never fails, or has no figure yet, nor of a node that also stands
    inside a decision diagram, where it may decide more.
    """
    if study.design.measure == "mttf":
        return {}, None  # a mean life is made of no probabilities
    try:
        evaluation = study.evaluation(choice)
        program = evaluation.program
        counts = tuple(evaluation.values[source] for source in program.pools)
        if known is None or known.program is not program or known.counts != counts:
            structure = structure_of(study.design, choice, study.budget)
            known = Known(program, counts, structure, structure.children_first())
        if len(known.order) > MOST_PARTS or evaluation.pair()[1].is_zero():
            return {}, known
        tick()

        def given(gate: Gate, bits: int) -> PairOfBalls:
            return evaluation.pair(program.slot_of(gate.node), bits)

        return _found(Reading(known.structure, known.order, given, WORKING_BITS)), known
    except Undecided:
        return {}, None


def _found(reading: Reading) -> dict[str, float]:
    found: dict[str, float] = {}
    with precision(WORKING_BITS):
        whole = reading.root[1]
        for part, context in reading.contexts.items():
            if part.gate is not None:
                share = nearest_double(context.decides * reading.pairs[part][1] / whole)
                name = origin(part.gate.node)
                found[name] = max(share, found.get(name, 0.0))
    for part in reading.contexts:
        for gate in part.inner if isinstance(part, Diagram) else ():
            found.pop(origin(gate.node), None)
    return found
