"""Places in the trees of the reference, and what every edit of it uses."""

from __future__ import annotations

import re
from collections.abc import Collection
from copy import deepcopy
from typing import Any

from tests.workbench.reference.numbers import Number, Refused, Value, size
from tests.workbench.reference.plain import Plain, below, children, is_name

Place = tuple[str, tuple[int, ...]]
"""A choice, and which child to take at each step from its root."""


def fresh(wish: str, taken: Collection[str]) -> str:
    """``wish``, or with the next number behind it that makes it free."""
    if wish[:64] not in taken:
        return wish[:64]
    stem, number = wish, 2
    if found := re.fullmatch(r"(.+)-([0-9]{1,5})", wish):
        stem, number = found[1], int(found[2]) + 1
    while (name := stem[: 63 - len(str(number))] + f"-{number}") in taken:
        number += 1
    return name


def free(name: str, taken: Collection[str]) -> str:
    """A name that was typed for something new."""
    name = name.strip()
    if not is_name(name) or name in taken:
        raise Refused(f"{name!r} is no free name")
    return name


def path(design: Plain, place: Place) -> list[str]:
    """The nodes from the root down to a place."""
    names = [design["choices"][place[0]]["root"]]
    for step in place[1]:
        names.append(children(design["nodes"][names[-1]])[step])
    return names


def node_at(design: Plain, place: Place) -> str:
    """The node at a place."""
    return path(design, place)[-1]


def nearest(design: Plain, place: Place) -> Place:
    """The place, or the nearest one that there is."""
    choice, steps = place
    if choice not in design["choices"]:
        return next(iter(design["choices"])), ()
    found: tuple[int, ...] = ()
    for step in steps:
        under = children(design["nodes"][node_at(design, (choice, found))])
        if not under:
            break
        found = (*found, min(step, len(under) - 1))
    return choice, found


def parent(place: Place) -> Place:
    """The place above."""
    return place[0], place[1][:-1]


def sibling(place: Place, index: int) -> Place:
    """Another part of the same group."""
    return place[0], (*place[1][:-1], index)


def child(place: Place, index: int) -> Place:
    """A part of what is there."""
    return place[0], (*place[1], index)


def holder(design: Plain, place: Place) -> Plain:
    """The group that has what is at a place as a part."""
    if not place[1]:
        raise Refused("a root")
    above: Plain = design["nodes"][node_at(design, parent(place))]
    if "parts" not in above:
        raise Refused("what a pool copies")
    return above


def put(design: Plain, place: Place, name: str) -> None:
    """Hang another node at a place."""
    if not place[1]:
        design["choices"][place[0]]["root"] = name
        return
    above = design["nodes"][node_at(design, parent(place))]
    if "of" in above:
        above["of"] = name
    else:
        above["parts"][place[1][-1]] = name


def renamed(entries: Plain, old: str, new: str) -> Plain:
    """The entries with one under another name."""
    return {(new if name == old else name): entry for name, entry in entries.items()}


def behind(entries: Plain, old: str, new: str, entry: Any) -> Plain:
    """The entries with a new one behind another."""
    found: Plain = {}
    for name, each in entries.items():
        found[name] = each
        if name == old:
            found[new] = entry
    return found


def used(design: Plain) -> set[str]:
    """The nodes in some choice's tree."""
    return {name for c in design["choices"].values() for name in below(design, c["root"])}


def drop(before: Plain, design: Plain) -> None:
    """Take away what choices used before and use no more, unless something left still holds it."""
    gone = used(before) - used(design)
    for name in design["nodes"]:
        if name not in gone:
            gone -= set(below(design, name))
    for name in gone:
        del design["nodes"][name]


def own_value(design: Plain, place: Place) -> tuple[Value, str | None]:
    """The number of the node at a place as its choice sees it, and the parameter behind it."""
    node = design["nodes"][node_at(design, place)]
    number = node.get("number", node.get("copies"))
    if number is None:
        raise Refused("a group has no number")
    if isinstance(number, str):
        return value_of(design, number, place[0]), number
    assert isinstance(number, Number | int)
    return number, None


def value_of(design: Plain, parameter: str, choice: str) -> Value:
    """A parameter's value as a choice sees it."""
    value: Value = design["choices"][choice]["set"].get(
        parameter, design["parameters"][parameter]["value"]
    )
    return value


def set_value(design: Plain, place: Place, value: Value) -> None:
    """Give the node at a place another number, where that number stands."""
    old, parameter = own_value(design, place)
    node = design["nodes"][node_at(design, place)]
    if type(old) is not type(value):
        raise Refused("another sort of number")
    if parameter is None:
        node["copies" if "of" in node else "number"] = value
    else:
        set_parameter(design, place[0], parameter, value)


def set_parameter(design: Plain, choice: str, parameter: str, value: Value) -> None:
    """Give a parameter a value: the choice's own, where it has one."""
    if type(design["parameters"][parameter]["value"]) is not type(value):
        raise Refused("another sort of number")
    own = design["choices"][choice]["set"]
    if parameter in own:
        own[parameter] = value
    else:
        design["parameters"][parameter]["value"] = value


def most_copies(design: Plain) -> int:
    """How many copies a host holds."""
    limit: int | None = design["limits"]
    return 1000 if limit is None else limit


def same(one: Value, other: Value) -> bool:
    """Whether two values are the same number, however written."""
    return size(one) == size(other)


def clipping(design: Plain, place: Place) -> Plain:
    """The subtree at a place, as it is now."""
    from tests.workbench.reference.plain import parameters_below

    root = node_at(design, place)
    return deepcopy(
        {
            "root": root,
            "nodes": {name: design["nodes"][name] for name in below(design, root)},
            "parameters": {n: design["parameters"][n] for n in parameters_below(design, root)},
        }
    )
