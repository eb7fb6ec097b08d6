"""A fault tree in Open-PSA form as a design: what fails there works here, gate by gate."""

from __future__ import annotations

from pathlib import Path

from benchmarks.aralia import read_fault_tree
from vreltui.model import Choice, Component, Design, Group, Node, Probability


def design_of(path: Path) -> Design:
    """The design of a fault tree. Raises :class:`benchmarks.aralia.NotCoherentError`."""
    structure = read_fault_tree(path)
    nodes: dict[str, Node] = {
        name: Component(name=name, reliability=Probability(chance, complemented=True))
        for name, chance in structure.unreliabilities.items()
    }
    for name, (k, parts) in structure.gates.items():
        nodes[name] = Group(name=name, parts=parts, needs=k)
    return Design(nodes=nodes, choices={"top": Choice(name="top", root=structure.top)})
