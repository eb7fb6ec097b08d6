"""Whether a node with moves has a long run, with the numbers that a choice sees."""

from __future__ import annotations

from vreltui.model.base_node import StatedNumber
from vreltui.model.design import Design
from vreltui.model.graphs import closed_classes
from vreltui.model.process_node import Process
from vreltui.model.quantities import number

_NOTHING = {"with": 0, "without": 1}
"""The shares of a clock with which a move never happens."""


def no_long_run(design: Design, node: Process, choice: str) -> str:
    """Why it has no long run, as words to go on with behind its name; empty where it has one."""
    idle = {
        stated.at[1]
        for stated in node.listed
        if stated.key in _NOTHING and _seen(design, stated, choice) == _NOTHING[stated.key]
    }
    arcs: dict[str, list[str]] = {}
    for index, move in enumerate(node.moves):
        if index not in idle:
            arcs.setdefault(move.origin, []).append(move.target)
    classes = closed_classes(arcs, node.begins)
    order = node.states.index
    ends = sorted((min(each, key=order) for each in classes if len(each) == 1), key=order)
    if ends:
        return f"never leaves the state {ends[0]} once it is there"
    if len(classes) > 1:
        some = " or ".join(sorted((min(each, key=order) for each in classes), key=order)[:3])
        return f"stays for ever among the states about {some}, as it happens"
    return ""


def _seen(design: Design, stated: StatedNumber, choice: str) -> object:
    given = stated.given
    return number(design.value(given, choice) if isinstance(given, str) else given)
