"""What every edit uses: replacing entries in order, fresh names, and the check at the end."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import TypeVar

from vreltui.model.design import Choice, Design, Node, Parameter
from vreltui.model.errors import DesignError, Path, Problem
from vreltui.model.frozen import frozen
from vreltui.model.names import is_name, shown
from vreltui.model.rules import check, nearest

LONGEST_NAME = 64

V = TypeVar("V")


def checked(design: Design, before: Design | None = None) -> Design:
    """``design`` itself. Raises :class:`DesignError` when it breaks a rule.

    ``before`` is the design before an edit of numbers, by which much is known to be in order.
    """
    check(design, before)
    return design


def refuse(path: Path, what: str, right: str = "") -> DesignError:
    """The error that says what cannot be done, and what could be done instead."""
    return DesignError(Problem(path, what, right))


def fresh_name(wish: str, taken: Collection[str]) -> str:
    """``wish``, or with a number behind it when that name is taken.

    >>> fresh_name("vm", {"vm", "vm-2"}), fresh_name("vm-2", {"vm-2"}), fresh_name("R_V", [])
    ('vm-3', 'vm-3', 'R_V')
    """
    wish = wish[:LONGEST_NAME]
    if wish not in taken:
        return wish
    stem, _, last = wish.rpartition("-")
    number = 2
    if stem and last.isdigit() and len(last) < 6:
        number = int(last) + 1
    else:
        stem = wish
    while True:
        tail = f"-{number}"
        name = stem[: LONGEST_NAME - len(tail)] + tail
        if name not in taken:
            return name
        number += 1


def updated(entries: Mapping[str, V], name: str, entry: V) -> Mapping[str, V]:
    """The entries with one replaced, or added at the end."""
    return frozen(entries).updated(name, entry)


def inserted(entries: Mapping[str, V], name: str, entry: V, after: str | None) -> dict[str, V]:
    """The entries with one added behind another; at the end when ``after`` is None."""
    if after is None:
        return {**entries, name: entry}
    result: dict[str, V] = {}
    for key, value in entries.items():
        result[key] = value
        if key == after:
            result[name] = entry
    return result


def renamed(entries: Mapping[str, V], old: str, new: str, change: Callable[[V], V]) -> dict[str, V]:
    """The entries with one under a new name, in the same place."""
    return {
        (new if key == old else key): (change(value) if key == old else value)
        for key, value in entries.items()
    }


def without(entries: Mapping[str, V], *names: str) -> dict[str, V]:
    """The entries without some."""
    gone = set(names)
    return {key: value for key, value in entries.items() if key not in gone}


def the_node(design: Design, name: str) -> Node:
    """A node by name. Raises :class:`DesignError` when there is none."""
    if name not in design.nodes:
        raise refuse(("nodes", name), f"there is no node {name}", nearest(name, design.nodes))
    return design.nodes[name]


def the_parameter(design: Design, name: str) -> Parameter:
    """A parameter by name. Raises :class:`DesignError` when there is none."""
    if name not in design.parameters:
        right = nearest(name, design.parameters)
        raise refuse(("parameters", name), f"there is no parameter {name}", right)
    return design.parameters[name]


def the_choice(design: Design, name: str) -> Choice:
    """A choice by name. Raises :class:`DesignError` when there is none."""
    if name not in design.choices:
        right = nearest(name, design.choices)
        raise refuse(("choices", name), f"there is no choice {name}", right)
    return design.choices[name]


def with_node(design: Design, node: Node) -> Design:
    """The design with a node replaced, or added at the end. Not checked."""
    return replace(design, nodes=updated(design.nodes, node.name, node))


def refuse_taken(kind: str, name: str, entries: Collection[str]) -> None:
    """Raise :class:`DesignError` when ``name`` is no name, or taken already."""
    if not is_name(name):
        right = "a name is 1 to 64 of A-Z a-z 0-9 _ and -"
        raise refuse((f"{kind}s", name), f'"{shown(name)}" is not a name', right)
    if name in entries:
        right = f"{fresh_name(name, entries)} is free"
        raise refuse((f"{kind}s", name), f"there is a {kind} {name} already", right)
