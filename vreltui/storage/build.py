"""From the plain data of a file, whose shape has been checked, to a Design."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from vreltui.model import Design
from vreltui.storage.fields import DESIGN, ENTRIES
from vreltui.storage.shapes import Given

Data = Mapping[str, Any]


def build(data: Data) -> Design:
    """The design that ``data`` states.

    ``data`` has the shape that :data:`vreltui.storage.fields.DESIGN` describes; whether it keeps
    the model's rules is not checked here.
    """
    counted = {*named(data, "copies"), *_multiplied(data)}
    probable = set(named(data, "reliability")) - counted
    parameters = data.get("parameters", {})
    counting = counts(parameters, counted, probable)
    built = DESIGN.build(data, Given(counting, mixes=mixes(data), plain=plain_numbers(parameters)))
    assert isinstance(built, Design)
    return built


def build_entry(table: str, name: str, entry: Any, given: Given) -> Any:
    """The entry of a table that ``entry`` states; ``given`` knows the sorts of parameters."""
    return ENTRIES[table].shape.build(entry, given.of(name))


def plain_numbers(parameters: Data) -> frozenset[str]:
    """Those of ``parameters`` that are plain numbers, which is told by their key alone."""
    return frozenset(
        name for name, entry in parameters.items() if isinstance(entry, dict) and "number" in entry
    )


def counts(
    parameters: Data, counted: Collection[str], probable: Collection[str] = ()
) -> frozenset[str]:
    """Those of ``parameters`` that are counts of copies.

    ``counted`` holds those that pools name as copies. 0 and 1 are reliabilities that people do
    write; a larger whole number is none, unless a component names it (``probable``): then it is
    one that is wrong, and is told so.
    """
    return frozenset(
        name
        for name, entry in parameters.items()
        if (
            "count" in entry
            if isinstance(entry, dict)
            else isinstance(entry, int)
            and (name in counted or (entry not in (0, 1) and name not in probable))
        )
    )


def named(data: Data, key: str) -> Iterator[str]:
    """The parameters that nodes name under a key; what is no table names none."""
    items = [item for each in data.get("catalogues", {}).values() for item in _entries(each)]
    for entry in (*data.get("nodes", {}).values(), *items):
        name = entry.get(key) if isinstance(entry, dict) else None
        if isinstance(name, str):
            yield name


def _multiplied(data: Data) -> Iterator[str]:
    """The parameters by which moves of nodes are multiplied."""
    for entry in data.get("nodes", {}).values():
        moves = entry.get("moves") if isinstance(entry, dict) else None
        for move in moves if isinstance(moves, list) else ():
            name = move.get("times") if isinstance(move, dict) else None
            if isinstance(name, str):
                yield name


def mixes(data: Data) -> frozenset[str]:
    """The nodes that take several items."""
    nodes = data.get("nodes", {})
    return frozenset(
        name for name, entry in nodes.items() if isinstance(entry, dict) and "mix" in entry
    )


def _entries(catalogue: object) -> Iterator[object]:
    if isinstance(catalogue, dict):
        yield from catalogue.values()
