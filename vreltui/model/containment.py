"""What a group contains, as components of its own: an escaped failure takes the group down.

A group with ``contained`` works when enough of its parts work, and each part works or its failure
was contained (Bouricius, Carter, Schneider 1969; Arnold 1973: imperfect coverage).
"""

from __future__ import annotations

from dataclasses import replace

from vreltui.model.design import Design
from vreltui.model.nodes import Component, Group, Node

MARK = ".contained"
"""Stands behind the name of a group in what contains the failures of its parts."""


def contains(name: str) -> bool:
    """Whether a node is one that contains failures, and no component of the file.

    >>> contains("pool.contained#-1"), contains("pool")
    (True, False)
    """
    return MARK in name


def with_contained(design: Design) -> Design:
    """The design in which what groups contain are components; itself where none contains any."""
    changed: dict[str, Node] = {}
    for name, node in design.nodes.items():
        if isinstance(node, Group) and node.contained is not None:
            changed |= _parts_of(name, node)
    if not changed:
        return design
    found = replace(design, nodes={**design.nodes, **changed})
    object.__setattr__(found, "own", design.own)
    return found


def _parts_of(name: str, group: Group) -> dict[str, Node]:
    """The nodes that stand for a group, by their names."""
    assert group.contained is not None
    base, _, place = name.partition("#")
    stem = f"{base}{MARK}#{place}"
    enough = f"{stem}-enough"
    found: dict[str, Node] = {enough: Group(name=enough, parts=group.parts, needs=group.needs)}
    held = []
    for index, part in enumerate(dict.fromkeys(group.parts), 1):
        stays = f"{stem}-{index}"
        found[stays] = Component(name=stays, reliability=group.contained)
        held.append(f"{stem}-{index}-or")
        found[held[-1]] = Group(name=held[-1], parts=(part, stays), needs="any")
    return {name: replace(group, parts=(enough, *held), needs="all", contained=None), **found}
