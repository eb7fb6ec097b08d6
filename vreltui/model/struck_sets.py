"""Which sets of what is struck together are redundant by themselves: then a beta only does harm.

Of members with R each, of which any one suffices, a common beta leaves R (1 - (1 - r)^n) / r, where
r is what is a member's own of R; it rises with beta, and (1 - (1 - r)^n) / r falls in r. So it is
for several betas that strike the same members, and for hazards that are shared out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from vreltui.model.causes import Cause
from vreltui.model.nodes import (
    Bought,
    Component,
    Group,
    LastingComponent,
    Node,
    Pool,
    Process,
    Structure,
)
from vreltui.model.policies import PolicyPool
from vreltui.model.shares import Share

Groups = Mapping[tuple[str, str], tuple[str, ...]]
"""What is struck together, by the name of the cause and of the node within which it stays."""


def falling_with_beta(
    nodes: Mapping[str, Node], causes: Mapping[str, Cause], groups: Groups, copied: Collection[str]
) -> frozenset[str]:
    """The members whose whole set falls as a beta of theirs grows, whatever the rest does.

    ``nodes`` are those of a choice before they are struck, and ``copied`` those in copies.
    """
    if not all(causes[name].is_plain_beta for name, _ in groups):
        return frozenset()
    above: dict[str, list[str]] = {}
    for name, node in nodes.items():
        for child in node.children:
            above.setdefault(child, []).append(name)
    found: set[str] = set()
    for (_, home), members in groups.items():
        same = [other for other, names in groups.items() if set(names) & set(members)]
        if any(set(groups[other]) != set(members) or other[1] != home for other in same):
            continue
        parents = {parent for name in members for parent in above.get(name, ())}
        lone = all(len(above.get(name, ())) == 1 for name in members)
        if lone and len(parents) == 1:
            (parent,) = parents
            outside = parent not in copied or parent == home
            if outside and _any_suffices(nodes[parent]):
                found.update(members)
    return frozenset(found)


def _any_suffices(node: Node) -> bool:
    match node:
        case Group(needs=needs, contained=contained):
            return needs in ("any", 1) and contained is None
        case Pool(needs=needs, contained=contained):
            return needs in ("any", 1) and contained is None
        case (
            Component()
            | LastingComponent()
            | Process()
            | Bought()
            | Structure()
            | Share()
            | PolicyPool()
        ):
            return False
