"""Edits of one node wherever it hangs: its numbers, its needs, its kind, its name, its words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, replace
from typing import assert_never

from vreltui.model.design import (
    KINDS,
    Bought,
    Component,
    Design,
    Group,
    LastingComponent,
    Needs,
    Node,
    Plot,
    PolicyPool,
    Pool,
    Process,
    Share,
    Structure,
    Value,
)
from vreltui.model.edits.causes import with_node_renamed
from vreltui.model.edits.common import (
    checked,
    refuse,
    refuse_taken,
    renamed,
    the_node,
    updated,
    with_node,
)
from vreltui.model.edits.decisions import choice_renamed, rules_renamed
from vreltui.model.errors import Path
from vreltui.model.names import shown
from vreltui.model.numbers import Probability
from vreltui.model.own_numbers import MAIN
from vreltui.model.rules import nearest


def set_reliability(design: Design, node: str, reliability: Probability | str) -> Design:
    """Give a component a number of its own, or the name of a parameter."""
    entry = the_node(design, node)
    if entry.stated("reliability") is None:
        right = "its parts have one each"
        raise refuse(("nodes", node), f"{node} is no component and has no reliability", right)
    return set_number(design, node, "reliability", reliability)


def set_copies(design: Design, node: str, copies: int | str) -> Design:
    """Give a pool a number of copies, or the name of a count."""
    entry = the_node(design, node)
    if entry.stated("copies") is None:
        raise refuse(("nodes", node), f"{node} is no pool and has no copies", "make a pool of it")
    return set_number(design, node, "copies", copies)


def set_number(design: Design, node: str, key: str, given: Value | str) -> Design:
    """Give a node another number of its own under ``key``, or the name of a parameter."""
    entry = the_node(design, node)
    if entry.stated(key) is None:
        raise refuse(("nodes", node), f"{entry.sort} {node} has no {key}")
    return checked(with_node(design, entry.with_number(key, given)), design)


def set_needs(design: Design, node: str, needs: Needs) -> Design:
    """Change how many parts or copies must work."""
    entry = the_node(design, node)
    match entry:
        case Group() | Pool():
            return checked(with_node(design, replace(entry, needs=needs)))
        case Bought():
            return checked(with_node(design, replace(entry, needs=needs)))
        case Structure():
            right = "change what its nodes need"
            raise refuse(("nodes", node), f"{node} is one of its nodes, and needs it", right)
        case Component() | LastingComponent() | Process() | Share() | PolicyPool():
            right = "wrap it in a group or make a pool of it"
            raise refuse(("nodes", node), f"{node} is a component and has no parts", right)
        case unknown:
            assert_never(unknown)


def set_kind(design: Design, node: str, kind: str) -> Design:
    """Change a node's kind: icon and wording, no figure."""
    entry = the_node(design, node)
    if kind not in KINDS:
        raise refuse(("nodes", node, "kind"), f'"{shown(kind)}" is no kind', nearest(kind, KINDS))
    return checked(with_node(design, replace(entry, kind=kind)))


def set_shared(design: Design, node: str, shared: bool) -> Design:
    """Let one instance of a node serve all copies of the pools above it, or not."""
    return checked(with_node(design, replace(the_node(design, node), shared=shared)))


def rename_node(design: Design, old: str, new: str) -> Design:
    """Rename a node wherever the design names it."""
    the_node(design, old)
    if new == old:
        return design
    refuse_taken("node", new, design.nodes)
    nodes = renamed(design.nodes, old, new, lambda node: replace(node, name=new))
    choices = {
        name: choice_renamed(
            replace(choice, root=new) if choice.root == old else choice, old, new, design
        )
        for name, choice in design.choices.items()
    }
    rules = rules_renamed(design, old, new)
    nodes = {name: _with_name(node, old, new) for name, node in nodes.items()}
    plots = {
        name: _drawn_as(plot, old, new, design.parameters) for name, plot in design.plots.items()
    }
    causes = with_node_renamed(design.causes, old, new)
    changed = replace(design, nodes=nodes, choices=choices, plots=plots, rules=rules, causes=causes)
    return checked(changed)


def _drawn_as(plot: Plot, old: str, new: str, parameters: Collection[str]) -> Plot:
    """A plot that names a node by another name wherever it names it."""
    if plot.x.node == old:
        plot = replace(plot, x=replace(plot.x, node=new))
    stem, dot, key = (plot.threshold or "").partition(".")
    if stem == old and (dot or old not in parameters):
        plot = replace(plot, threshold=f"{new}{dot}{key}")
        if new in parameters and not dot:
            plot = replace(plot, threshold=f"{new}.{MAIN}")
    return plot


def _with_name(node: Node, old: str, new: str) -> Node:
    if old not in node.children:
        return node
    return node.with_children([new if child == old else child for child in node.children])


def set_text(design: Design, path: Path, text: str) -> Design:
    """Change a title, note, description or source.

    ``path`` leads to it: ("title",), or ("nodes", name, "note") and the like.
    """
    field = str(path[-1])
    if len(path) == 1:
        return checked(replace(design, **{field: text}))  # type: ignore[arg-type]
    table, name = str(path[0]), str(path[1])
    entries = getattr(design, table)
    if name not in entries:
        raise refuse(path, f"there is nothing called {name}", nearest(name, entries))
    entry = entries[name]
    if field not in {known.name for known in fields(entry)}:
        raise refuse(path, f"{name} has no {field}")
    changed = updated(entries, name, replace(entry, **{field: text}))
    return checked(replace(design, **{table: changed}))  # type: ignore[arg-type]
