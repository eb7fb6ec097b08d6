"""Cut, copy and paste of subtrees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from vreltui.model.design import Design, Node, Parameter
from vreltui.model.edits.common import fresh_name, refuse
from vreltui.model.edits.position import Edited, Position, node_at
from vreltui.model.edits.structure import delete, placed, placed_beside


@dataclass(frozen=True)
class Clipping:
    """A subtree taken from a design, with the parameters that it names."""

    root: str
    nodes: Mapping[str, Node]
    parameters: Mapping[str, Parameter]


def copy(design: Design, at: Position) -> Clipping:
    """The subtree at ``at``."""
    root = node_at(design, at)
    return Clipping(
        root,
        {name: design.nodes[name] for name in design.below(root)},
        {name: design.parameters[name] for name in design.parameters_below(root, mission=False)},
    )


def cut(design: Design, at: Position) -> tuple[Clipping, Edited]:
    """The subtree at ``at``, and the design without it."""
    return copy(design, at), delete(design, at)


def paste(design: Design, at: Position, clipping: Clipping) -> Edited:
    """Paste a subtree into or behind what hangs at ``at``, as new nodes with fresh names.

    Behind what is a copy of it, so that a subtree pasted twice stands there twice, side by side.
    What was cut gets its old names back where they are free. A shared node that is still there
    is the same one. Parameters keep their names: what names one parameter is identical.
    """
    names: dict[str, str] = {}
    taken = set(design.nodes)
    stack = [clipping.root]
    while stack:
        name = stack.pop()
        node = clipping.nodes[name]
        if name in names:
            continue
        if node.shared and design.nodes.get(name) == node:
            names[name] = name
            continue
        names[name] = fresh_name(name, taken)
        taken.add(names[name])
        stack.extend(reversed(node.children))
    nodes = dict(design.nodes)
    for name, fresh in names.items():
        if fresh not in nodes:
            nodes[fresh] = renamed_node(clipping.nodes[name], names)
    parameters = dict(design.parameters)
    for name, parameter in clipping.parameters.items():
        known = parameters.setdefault(name, parameter)
        if known.quantity is not parameter.quantity:
            sort = f"a {known.quantity.kind}"
            right = f"rename {name} first"
            raise refuse(("parameters", name), f"parameter {name} is {sort} here", right)
    grown = replace(design, nodes=nodes, parameters=parameters)
    place = placed_beside if _is_copy(design, node_at(design, at), clipping) else placed
    return place(grown, at, names[clipping.root])


def _is_copy(design: Design, root: str, clipping: Clipping) -> bool:
    """Whether the subtree below ``root`` is that of the clipping, but for names."""
    copies: dict[str, str] = {}
    stack = [(clipping.root, root)]
    while stack:
        name, there = stack.pop()
        if name in copies:
            if copies[name] != there:
                return False
            continue
        copies[name] = there
        node, other = clipping.nodes[name], design.nodes[there]
        if len(node.children) != len(other.children):
            return False
        if replace(node, name=there).with_children(other.children) != other:
            return False
        stack.extend(zip(node.children, other.children, strict=True))
    return True


def renamed_node(node: Node, names: Mapping[str, str]) -> Node:
    """A node with its own name and those of its parts exchanged."""
    named = replace(node, name=names[node.name])
    return named.with_children([names[child] for child in node.children])
