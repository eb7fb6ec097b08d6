"""What people type to change a node with moves: a move's rate, a new move, states that are up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from vreltui.model import Process, Value, edits
from vreltui.model.edits.common import refuse
from vreltui.model.process_node import FACTORS
from vreltui.model.quantities import COUNT, NUMBER, Quantity
from vreltui.workbench.open.change import Change
from vreltui.workbench.open.open_design import Workbench

EXAMPLES = "type 2 after 50 min, + up -> down after 3 d with 0.9, - 2, up on idle, or safe stopped"

_CHANGED = re.compile(r"(\d{1,3})\s+(.+)")
_ADDED = re.compile(r"\+\s*(\S+)\s*->\s*(\S+)\s+(.+)")
_DELETED = re.compile(r"-\s*(\d{1,3})")
_STATES = re.compile(r"(up|safe)(?:\s+(.*))?")
_KEYS = "|".join(FACTORS)
_FACTOR = re.compile(rf"({_KEYS})\s+(.*?)(?=\s+(?:{_KEYS})\s|$)")


def initial(node: Process) -> str:
    """What stands in the line first: the first move as it is."""
    move = node.moves[0]
    return "1 " + " ".join(f"{key} {move.factor(key)}" for key in move.keys)


def changed(bench: Workbench, text: str) -> Change:
    """The change that a text asks for. Raises :class:`DesignError` with what would be right."""
    design, name, words = bench.design, bench.node, text.strip()
    if found := _CHANGED.fullmatch(words):
        factors = dict(_factors(bench, found[2]))
        after = edits.set_move(design, name, int(found[1]), factors)
        return Change(f"change move {int(found[1])} of {name}", after)
    if found := _ADDED.fullmatch(words):
        factors = dict(_factors(bench, found[3]))
        after = edits.add_move(design, name, found[1], found[2], factors)
        return Change(f"add a move to {name}", after)
    if found := _DELETED.fullmatch(words):
        after = edits.delete_move(design, name, int(found[1]))
        return Change(f"delete move {int(found[1])} of {name}", after)
    if found := _STATES.fullmatch(words):
        states = re.split(r"[\s,]+", found[2].strip()) if found[2] else []
        after = edits.set_states(design, name, "up" if found[1] == "up" else "safe", states)
        return Change(f"change what is {found[1]} of {name}", after)
    raise refuse(("nodes", name, "moves"), f'"{words}" is no change of a move', EXAMPLES)


def _factors(bench: Workbench, text: str) -> Iterator[tuple[str, Value | str]]:
    rest = _FACTOR.sub("", text).strip()
    if rest:
        raise refuse(("nodes", bench.node, "moves"), f'"{rest}" is no part of a move', EXAMPLES)
    for key, written in _FACTOR.findall(text):
        yield key, _given(bench, key, written.strip())


def _given(bench: Workbench, key: str, written: str) -> Value | str:
    if written in bench.design.parameters:
        return written
    quantity: Quantity[Any] = FACTORS[key][0]
    if quantity is COUNT and not written.isdigit():
        quantity = NUMBER
    value: Value = quantity.typed(written)
    return value
