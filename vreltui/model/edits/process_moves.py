"""Edits of a node with moves: its moves one by one, and which of its states are up or safe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from vreltui.model.design import Design, Process, Value
from vreltui.model.edits.common import checked, refuse, the_node, with_node
from vreltui.model.process_node import Move

Factors = Mapping[str, Value | str]
"""What a move's rate is a product of, by the keys of a file."""


def the_process(design: Design, name: str) -> Process:
    """A node with moves by name. Raises :class:`DesignError` where it is none."""
    node = the_node(design, name)
    if not isinstance(node, Process):
        raise refuse(("nodes", name), f"{node.sort} {name} has no moves")
    return node


def set_move(design: Design, name: str, number: int, factors: Factors) -> Design:
    """Give the move of a number, from 1 on, another rate."""
    node = the_process(design, name)
    old = _the_move(node, number)
    new = _made(old.origin, old.target, factors)
    moves = (*node.moves[: number - 1], new, *node.moves[number:])
    return checked(with_node(design, replace(node, moves=moves)))


def add_move(design: Design, name: str, origin: str, target: str, factors: Factors) -> Design:
    """Add a move behind the others; a state that it names is one from then on."""
    node = the_process(design, name)
    moves = (*node.moves, _made(origin, target, factors))
    return checked(with_node(design, replace(node, moves=moves)))


def delete_move(design: Design, name: str, number: int) -> Design:
    """Delete the move of a number, from 1 on; states that only it named are gone with it."""
    node = the_process(design, name)
    _the_move(node, number)
    moves = (*node.moves[: number - 1], *node.moves[number:])
    states = {state for move in moves for state in (move.origin, move.target)}
    kept = tuple(state for state in node.up if state in states)
    safe = None if node.safe is None else tuple(state for state in node.safe if state in states)
    return checked(with_node(design, replace(node, moves=moves, up=kept, safe=safe)))


def set_states(
    design: Design, name: str, key: Literal["up", "safe"], states: Sequence[str]
) -> Design:
    """Say which states are up, or which of the others are safe."""
    node = the_process(design, name)
    changed = replace(node, up=tuple(states)) if key == "up" else replace(node, safe=tuple(states))
    return checked(with_node(design, changed))


def _the_move(node: Process, number: int) -> Move:
    if not 1 <= number <= len(node.moves):
        what = f"node {node.name} has no move {number}"
        raise refuse(("nodes", node.name, "moves"), what, f"there are {len(node.moves)}")
    return node.moves[number - 1]


def _made(origin: str, target: str, factors: Factors) -> Move:
    move = Move(origin=origin, target=target)
    for key, given in factors.items():
        move = move.with_factor(key, given)
    return move
