"""A design read for safety: what is unsafe anywhere makes the whole unsafe, but below a vote.

There the state of a part is not whether it works but whether it is not unsafe. Spares do not help:
an unsafe part is one too many, so that any of several, and all copies of a pool, are read as all.
Of a vote so many have to be not unsafe as have to work. A component is not unsafe when it works, or
its failure is one of the share that is safe: 1 - (1 - c) Q.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from vreltui.model.base_node import Counted, Needs
from vreltui.model.design import Component, Design, Group, LastingComponent, Pool, Process
from vreltui.model.nodes import Node
from vreltui.model.quantities import COUNT

MARK = ".fails_safe"
"""Stands behind the name of a component in what says whether its failure is safe."""


def read_for_safety(design: Design, choice: str | None) -> Design:
    """The design with each node needing what its safety needs, and safe failures as components."""
    nodes: dict[str, Node] = {}
    inner: dict[str, str] = {}
    for name, node in design.nodes.items():
        if isinstance(node, Component | LastingComponent) and node.fails_safe is not None:
            base, _, place = name.partition("#")
            inner[name], safe = f"{base}#{place}-itself", f"{base}{MARK}#{place}"
            nodes[name] = Group(
                name=name, parts=(inner[name], safe), needs="any", shared=node.shared
            )
            nodes[inner[name]] = replace(node, name=inner[name], fails_safe=None, shared=False)
            nodes[safe] = Component(name=safe, reliability=node.fails_safe)
        else:
            nodes[name] = _read(design, node, choice)
    causes = {
        name: replace(cause, strikes=tuple(inner.get(each, each) for each in cause.strikes))
        for name, cause in design.causes.items()
    }
    found = replace(design, nodes=nodes, causes=causes)
    object.__setattr__(found, "own", design.own)
    return found


def _read(design: Design, node: Node, choice: str | None) -> Node:
    if isinstance(node, Group):
        return replace(node, needs=votes(node.needs, len(node.parts)), contained=None)
    if isinstance(node, Pool):
        given = node.copies
        value = design.value(given, choice) if isinstance(given, str) else given
        return replace(node, needs=votes(node.needs, COUNT.of(value)), contained=None)
    return node


def votes(needs: Needs, of: int) -> Counted:
    """How many of so many parts have to be not unsafe.

    >>> votes("majority", 3), votes(2, 3), votes(1, 3)
    ('majority', 2, 'all')
    """
    if needs == "majority" or (isinstance(needs, int) and 2 * needs > of):
        return needs
    return "all"


def speaks_of_safety(design: Design, nodes: Iterable[str]) -> bool:
    """Whether a design asks for safety, or one of some nodes says which failures are safe."""
    return design.measure == "safety" or any(_tells(design.nodes[name]) for name in nodes)


def _tells(node: Node) -> bool:
    if isinstance(node, Process):
        return node.safe is not None
    return isinstance(node, Component | LastingComponent) and node.fails_safe is not None
