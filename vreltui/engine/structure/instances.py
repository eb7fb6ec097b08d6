"""How many instances each node has: copies of copies multiply, what is shared is one."""

from __future__ import annotations

from vreltui.engine.gate_graph import Gate, Gates
from vreltui.engine.structure.building import Counts
from vreltui.model import Pool


def instances(gates: Gates, counts: Counts) -> dict[str, int]:
    """The number of things that each node is, below the root."""
    times = {gate: 0 if gate.copied else 1 for gate in gates.order}
    for pool in reversed(gates.order):
        node = gates.node(pool)
        if isinstance(node, Pool):
            (copy,) = gates.parts(pool)
            if copy.copied:
                for gate in _within(gates, copy):
                    times[gate] += times[pool] * counts(node)
    found: dict[str, int] = {}
    for gate, number in times.items():
        found[gate.node] = found.get(gate.node, 0) + number
    return found


def _within(gates: Gates, copy: Gate) -> list[Gate]:
    """The gates of one copy; of a pool inside it, the pool alone."""
    found = {copy: None}
    stack = [copy]
    while stack:
        gate = stack.pop()
        if not gates.node(gate).copies_below:
            for part in gates.parts(gate):
                if part.copied and part not in found:
                    found[part] = None
                    stack.append(part)
    return list(found)
