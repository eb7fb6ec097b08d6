"""A design in which each pool with a policy is one leaf, below which nothing is looked into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from vreltui.model.design import Design
from vreltui.model.nodes import LastingComponent, Node, PolicyPool, Pool


def with_policies(design: Design) -> Design:
    """The design in which each pool with a policy is one leaf; itself without any."""
    found = {
        name: leaf
        for name, node in design.nodes.items()
        if (leaf := policy_leaf(design.nodes, node)) is not None
    }
    if not found:
        return design
    changed = replace(design, nodes={**design.nodes, **found})
    object.__setattr__(changed, "own", design.own)
    return changed


def policy_leaf(nodes: Mapping[str, Node], node: Node) -> PolicyPool | None:
    """The leaf that a pool with a policy is; None for any other node."""
    if not isinstance(node, Pool) or node.policy is None:
        return None
    of = nodes[node.of]
    assert isinstance(of, LastingComponent)
    return PolicyPool(
        name=node.name,
        pool=node,
        of=of,
        kind=node.kind,
        title=node.title,
        description=node.description,
        note=node.note,
        source=node.source,
        shared=node.shared,
    )
