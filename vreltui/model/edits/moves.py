"""The moves of Ramasamy and Schunter (2007) on one node, each a new choice beside the old one."""

from __future__ import annotations

from dataclasses import replace

from vreltui.model.design import (
    Component,
    Design,
    Group,
    Pool,
    Value,
)
from vreltui.model.edits.alternatives import alternative
from vreltui.model.edits.assumed import Assumed, with_assumed
from vreltui.model.edits.common import fresh_name, with_node
from vreltui.model.edits.position import Edited, Position, node_at
from vreltui.model.numbers import Probability

HYPERVISOR = ("0.999", "0.9", "0.99999")
"""Value and range of a hypervisor's reliability where the design has none; to be replaced."""

MOST_REPLICAS = 16
"""The upper end of the range of a new number of virtual machines."""


def called(design: Design, name: str) -> str:
    """A node as people call it: its title, or its name."""
    return design.nodes[name].title or name


def virtualize(design: Design, at: Position) -> Edited:
    """A choice in which the node becomes all of a hypervisor and the node (the paper's section 3).

    A hypervisor that the design has is used, unless this tree holds it already: a second one is
    then identical and fails independently. Where there is none, its reliability is a new open
    parameter R_V.
    """
    name = node_at(design, at)
    grown, hypervisor = _hypervisor(design, at)
    group = Group(name=fresh_name(f"{name}-virtualized", grown.nodes), parts=(hypervisor, name))
    title = f"+ {hypervisor} under {called(design, name)}"
    edited = alternative(with_node(grown, group), at, group.name, "virtualized", title)
    return Edited(edited.design, edited.position.child(1))


def _hypervisor(design: Design, at: Position) -> tuple[Design, str]:
    here = set(design.below(design.choices[at.choice].root))
    known = [
        node
        for node in design.nodes.values()
        if node.kind == "hypervisor" and isinstance(node, Component)
    ]
    for node in known:
        if node.name not in here:
            return design, node.name
    name = fresh_name("hypervisor", design.nodes)
    if known:
        return with_node(design, replace(known[0], name=name)), name
    design, parameter = _probability_parameter(design, "R_V", HYPERVISOR, "Hypervisor", reuse=True)
    return with_node(design, Component(name=name, reliability=parameter, kind="hypervisor")), name


def _probability_parameter(
    design: Design, wish: str, numbers: tuple[str, str, str], title: str, *, reuse: bool
) -> tuple[Design, str]:
    known = design.parameters.get(wish)
    if reuse and known is not None and not known.is_count:
        return design, wish
    value, low, high = (Probability.of(number) for number in numbers)
    return with_parameter(design, wish, value, (low, high), title)


def with_parameter(
    design: Design, wish: str, value: Value, ends: tuple[Value, Value], title: str
) -> tuple[Design, str]:
    """The design with a new open parameter, and its name. Not checked."""
    grown, names = with_assumed(design, {wish: Assumed(value, title, ends)})
    return grown, names[wish]


def replicate(design: Design, at: Position) -> Edited:
    """A choice in which the node is replicated n times and any one suffices.

    The count is the design's parameter n, unless it is no count or this tree uses it already;
    then it is a new one with a range.
    """
    name = node_at(design, at)
    used_here = design.parameters_below(design.choices[at.choice].root)
    known = design.parameters.get("n")
    if known is not None and known.is_count and "n" not in used_here:
        grown, count = design, "n"
    else:
        most = min(MOST_REPLICAS, design.most_copies)
        grown, count = with_parameter(design, "n", min(2, most), (1, most), "Replicas")
    pool = Pool(
        name=fresh_name(f"{name}-replicas", grown.nodes), of=name, copies=count, needs="any"
    )
    title = f"{called(design, name)} x {count}, any"
    return alternative(with_node(grown, pool), at, pool.name, "replicated", title)


def vote(design: Design, at: Position) -> Edited:
    """A choice in which three copies of the node vote and two must work (the paper's Fig. 7)."""
    name = node_at(design, at)
    pool = Pool(name=fresh_name(f"{name}-voters", design.nodes), of=name, copies=3, needs=2)
    title = f"{called(design, name)} x 3, 2 of 3"
    return alternative(with_node(design, pool), at, pool.name, "voted", title)


def second(design: Design, at: Position) -> Edited:
    """A choice in which there are two of the node, of which one suffices."""
    name = node_at(design, at)
    pool = Pool(name=fresh_name(f"{name}-pair", design.nodes), of=name, copies=2, needs="any")
    title = f"{called(design, name)} x 2, any"
    return alternative(with_node(design, pool), at, pool.name, "doubled", title)
