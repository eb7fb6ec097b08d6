"""Edits of the tree: add, delete, move, wrap, dissolve, make pools.

A node may hang in several places. These edits change the parent, so they show wherever the parent
hangs; the node itself stays what it is elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vreltui.model.design import Design, Group, Needs, Node, Pool, Structure
from vreltui.model.edits.causes import among
from vreltui.model.edits.common import (
    checked,
    fresh_name,
    refuse,
    refuse_taken,
    the_node,
    updated,
    with_node,
    without,
)
from vreltui.model.edits.position import Edited, Position, node_at


def add_node(design: Design, at: Position, node: Node) -> Edited:
    """Add a new node: into the group at ``at`` as its last part, else behind the node there.

    Where no group holds the node at ``at``, a new group of both takes its place.
    """
    refuse_taken("node", node.name, design.nodes)
    return placed(with_node(design, node), at, node.name)


def add_beside(design: Design, at: Position, node: Node) -> Edited:
    """As :func:`add_node`, but always behind the node at ``at``, never into it."""
    refuse_taken("node", node.name, design.nodes)
    return placed_beside(with_node(design, node), at, node.name)


def add_existing(design: Design, at: Position, name: str) -> Edited:
    """Name an existing node in one more place: it is the same thing there."""
    the_node(design, name)
    return placed(design, at, name)


def placed(design: Design, at: Position, name: str) -> Edited:
    """A node that the design has, hung into the group at ``at``, else behind what hangs there."""
    group = design.nodes[node_at(design, at)]
    if isinstance(group, Group) and group.name != name:
        parts = (*group.parts, name)
        grown = with_node(design, replace(group, parts=parts))
        return Edited(checked(grown), at.child(len(parts) - 1))
    return placed_beside(design, at, name)


def placed_beside(design: Design, at: Position, name: str) -> Edited:
    """A node that the design has, hung behind what hangs at ``at``."""
    if not at.is_root:
        parent = design.nodes[node_at(design, at.parent)]
        if isinstance(parent, Group):
            parts = list(parent.parts)
            parts.insert(at.index + 1, name)
            grown = with_node(design, replace(parent, parts=tuple(parts)))
            return Edited(checked(grown), at.sibling(at.index + 1))
    old = node_at(design, at)
    group = Group(name=fresh_name(f"{old}-group", design.nodes), parts=(old, name))
    return Edited(checked(_put(with_node(design, group), at, group.name)), at.child(1))


def _put(design: Design, at: Position, name: str) -> Design:
    """``name`` in the place of what hangs at ``at``. Not checked."""
    if at.is_root:
        choice = design.choices[at.choice]
        changed = replace(choice, root=name)
        return replace(design, choices=updated(design.choices, at.choice, changed))
    return with_node(design, with_child(design.nodes[node_at(design, at.parent)], at.index, name))


def with_child(node: Node, index: int, child: str) -> Node:
    """A group or pool with another child at ``index``."""
    children = list(node.children)
    children[index] = child
    return node.with_children(children)


def delete(design: Design, at: Position) -> Edited:
    """Take away what hangs at ``at``, and every node that was used only there.

    The last part of a group takes the group with it. A root, and what a pool copies, cannot go
    alone.
    """
    name = node_at(design, at)
    if at.is_root:
        raise refuse(
            ("choices", at.choice, "root"),
            f"{name} is the root of choice {at.choice}",
            "delete the choice instead, or add beside it first",
        )
    parent = design.nodes[node_at(design, at.parent)]
    if isinstance(parent, Structure) and len(parent.one_of) > 1:
        return _fewer(design, at, parent)
    if not isinstance(parent, Group):
        raise refuse(
            parent.child_path(at.index),
            f"{name} is what {parent.sort} {parent.name} copies",
            f"delete the {parent.sort} instead",
        )
    if len(parent.parts) == 1:
        return delete(design, at.parent)
    parts = tuple(part for index, part in enumerate(parent.parts) if index != at.index)
    smaller = with_node(design, replace(parent, parts=parts))
    result = checked(dropped(design, smaller))
    return Edited(result, at.sibling(min(at.index, len(parts) - 1)))


def _fewer(design: Design, at: Position, parent: Structure) -> Edited:
    """One node less among which a structure chooses; what was chosen is then the first."""
    rest = tuple(name for index, name in enumerate(parent.one_of) if index != at.index)
    chosen = parent.chosen if parent.chosen in rest else None
    smaller = with_node(design, replace(parent, one_of=rest, chosen=chosen))
    result = checked(dropped(design, smaller))
    return Edited(result, at.sibling(min(at.index, len(rest) - 1)))


def reached(design: Design) -> set[str]:
    """The nodes that some choice uses."""
    return {name for choice in design.choices.values() for name in design.below(choice.root)}


def dropped(before: Design, after: Design) -> Design:
    """``after`` without the nodes that choices used before and use no more. Not checked."""
    gone = reached(before) - reached(after)
    # A node that something unused still names stays, or that would name nothing.
    kept = {
        child
        for name, node in after.nodes.items()
        if name not in gone
        for child in node.children
        if child in gone
    }
    kept = {name for root in kept for name in after.below(root)}
    nodes = without(after.nodes, *(gone - kept))
    return replace(after, nodes=nodes, causes=among(after.causes, nodes))


def delete_unused(design: Design) -> Design:
    """Drop the nodes that no choice uses, and the parameters that then nothing names."""
    nodes = {n: design.nodes[n] for n in design.nodes if n in reached(design)}
    smaller = replace(design, nodes=nodes, causes=among(design.causes, nodes))
    named = {used for node in smaller.nodes.values() for used in smaller.named_by(node)}
    for plot in design.plots.values():
        named |= {plot.x.parameter, plot.threshold or plot.x.parameter}
        named |= {plot.series.parameter} if plot.series and plot.series.parameter else set()
    for choice in design.choices.values():
        named |= set(choice.set)
    for rule in design.rules.values():
        named |= set(rule.names)
    for cause in smaller.causes.values():
        named |= set(cause.parameters)
    if isinstance(design.mission.time, str):
        named.add(design.mission.time)
    kept = {name: entry for name, entry in design.parameters.items() if name in named}
    return checked(replace(smaller, parameters=kept))


def move_up(design: Design, at: Position) -> Edited:
    """Swap a part with the one before it."""
    return _swapped(design, at, at.index - 1, "first")


def move_down(design: Design, at: Position) -> Edited:
    """Swap a part with the one behind it."""
    return _swapped(design, at, at.index + 1, "last")


def _swapped(design: Design, at: Position, other: int, end: str) -> Edited:
    group = _holding_group(design, at)
    if not 0 <= other < len(group.parts):
        raise refuse(("nodes", group.name, "parts"), f"it is the {end} part of {group.name}")
    parts = list(group.parts)
    parts[at.index], parts[other] = parts[other], parts[at.index]
    return Edited(checked(with_node(design, replace(group, parts=tuple(parts)))), at.sibling(other))


def _holding_group(design: Design, at: Position) -> Group:
    name = node_at(design, at)
    if not at.is_root:
        parent = design.nodes[node_at(design, at.parent)]
        if isinstance(parent, Group):
            return parent
        raise refuse(
            ("nodes", parent.name), f"{name} is all that {parent.sort} {parent.name} copies",
            "wrap it in a group first",
        )  # fmt: skip
    raise refuse(("nodes", name), f"{name} is the root of choice {at.choice}", "it holds the rest")


def move_in(design: Design, at: Position) -> Edited:
    """Move a part into the group before it, or else into the one behind it."""
    group = _holding_group(design, at)
    name = node_at(design, at)
    for index in (at.index - 1, at.index + 1):
        if not 0 <= index < len(group.parts):
            continue
        target = design.nodes[group.parts[index]]
        if isinstance(target, Group) and name != target.name:
            rest = (*group.parts[: at.index], *group.parts[at.index + 1 :])
            moved = with_node(design, replace(group, parts=rest))
            moved = with_node(moved, replace(target, parts=(*target.parts, name)))
            place = at.sibling(index if index < at.index else index - 1)
            return Edited(checked(moved), place.child(len(target.parts)))
    raise refuse(
        ("nodes", group.name, "parts"),
        f"neither neighbour of {name} is a group",
        "wrap one of them in a group first",
    )


def move_out(design: Design, at: Position) -> Edited:
    """Move a part out of its group, behind the group."""
    group = _holding_group(design, at)
    above = _holding_group(design, at.parent)
    name = node_at(design, at)
    if len(group.parts) == 1:
        raise refuse(
            ("nodes", group.name, "parts"), f"{name} is the only part of {group.name}",
            "dissolve the group instead",
        )  # fmt: skip
    rest = (*group.parts[: at.index], *group.parts[at.index + 1 :])
    place = at.parent.index + 1
    parts = (*above.parts[:place], name, *above.parts[place:])
    moved = with_node(design, replace(group, parts=rest))
    moved = with_node(moved, replace(above, parts=parts))
    return Edited(checked(moved), at.parent.sibling(place))


def wrap(design: Design, at: Position, name: str | None = None, needs: Needs = "all") -> Edited:
    """Put a new group around what hangs at ``at``."""
    inner = node_at(design, at)
    name = name or fresh_name(f"{inner}-group", design.nodes)
    refuse_taken("node", name, design.nodes)
    group = Group(name=name, parts=(inner,), needs=needs)
    return Edited(checked(_put(with_node(design, group), at, name)), at)


def wrap_together(design: Design, places: Sequence[Position]) -> Edited:
    """Put one new group around parts of one group, in the place of the first of them."""
    first, *others = sorted(places, key=lambda at: at.steps)
    if not others:
        return wrap(design, first)
    parent = design.nodes[node_at(design, first.parent)]
    if not isinstance(parent, Group) or {at.parent for at in others} != {first.parent}:
        names = " and ".join(node_at(design, at) for at in (first, *others))
        what = f"{names} are not parts of one group"
        raise refuse(("nodes", node_at(design, first)), what, "wrap what stands side by side")
    inner = tuple(parent.parts[at.index] for at in (first, *others))
    group = Group(name=fresh_name(f"{inner[0]}-group", design.nodes), parts=inner)
    gone = {at.index for at in others}
    parts = [part for index, part in enumerate(parent.parts) if index not in gone]
    parts[first.index] = group.name
    grown = with_node(design, group)
    return Edited(checked(with_node(grown, replace(parent, parts=tuple(parts)))), first)


def make_pool(
    design: Design,
    at: Position,
    copies: int | str = 2,
    needs: Needs = "any",
    name: str | None = None,
) -> Edited:
    """Put a pool around what hangs at ``at``: so many copies of it, of which ``needs`` work."""
    inner = node_at(design, at)
    name = name or fresh_name(f"{inner}-pool", design.nodes)
    refuse_taken("node", name, design.nodes)
    pool = Pool(name=name, of=inner, copies=copies, needs=needs)
    return Edited(checked(_put(with_node(design, pool), at, name)), at)


def dissolve(design: Design, at: Position) -> Edited:
    """Let the parts of a group, or what a pool copies, take the place of the group or pool here."""
    node = design.nodes[node_at(design, at)]
    if not node.children:
        raise refuse(("nodes", node.name), f"{node.name} is a {node.sort} and holds nothing")
    if len(node.children) == 1:
        result = _put(design, at, node.children[0])
        return Edited(checked(dropped(design, result)), at)
    above = _holding_group(design, at)
    parts = (*above.parts[: at.index], *node.children, *above.parts[at.index + 1 :])
    result = with_node(design, replace(above, parts=parts))
    return Edited(checked(dropped(design, result)), at)
