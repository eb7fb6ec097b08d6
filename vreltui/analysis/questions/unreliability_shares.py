"""Where the nines go: the share of the unreliability that each node of a choice has.

The criticality of :mod:`node_importance`, of one instance of each node, and no more: found anew
after every edit, from a structure that stays while numbers alone move.
"""

from __future__ import annotations

from collections.abc import Mapping

from vreltui.analysis.kept_structures import kept_structure
from vreltui.analysis.study import Study
from vreltui.engine.balls import WORKING_BITS, PairOfBalls, nearest_double, precision
from vreltui.engine.gate_graph import Gate
from vreltui.engine.limits import Undecided, tick
from vreltui.engine.structure.diagrams import Diagram
from vreltui.engine.structure.measures import Reading
from vreltui.model.struck import origin

MOST_PARTS = 4_000
"""The most parts of a choice that are looked at."""


def shares(study: Study, choice: str) -> Mapping[str, float]:
    """The share of each node, by name, where it is told.

    Nothing of what is too large, never fails, or has no figure yet, nor of a node that also stands
    inside a decision diagram, where it may decide more.
    """
    if study.design.measure == "mttf":
        return {}  # a mean life is made of no probabilities
    try:
        evaluation = study.whole(choice)
        known = kept_structure(study, choice)
        if len(known.order) > MOST_PARTS or evaluation.pair()[1].is_zero():
            return {}
        tick()
        slot_of = evaluation.program.slot_of

        def given(gate: Gate, bits: int) -> PairOfBalls:
            return evaluation.pair(slot_of(gate.node), bits)

        return _found(known.reading(given, WORKING_BITS))
    except Undecided:
        return {}


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
