"""Modules: parts of a graph that share nothing with the rest, found in one traversal.

Y. Dutuit and A. Rauzy, "A linear-time algorithm to find modules of fault trees", IEEE Transactions
on Reliability 45(3), 1996. A gate is a module when everything below it is reached through it alone.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

G = TypeVar("G", bound=Hashable)


def find_modules(root: G, operands: Callable[[G], Sequence[G]]) -> dict[G, bool]:
    """Every gate below ``root``, operands first, and whether it is a module.

    >>> below = {"top": "ab", "a": "xy", "b": "xz"}
    >>> find_modules("top", lambda gate: below.get(gate, ""))
    {'x': True, 'y': True, 'a': False, 'z': True, 'b': False, 'top': True}
    """
    entered, left, last = _visits(root, operands)
    # The earliest and latest visit of a gate and of anything below it.
    first_within: dict[G, int] = {}
    last_within: dict[G, int] = {}
    modules: dict[G, bool] = {}
    for gate, leaving in left.items():
        entering = earliest = entered[gate]
        latest = 0
        for part in operands(gate):
            if first_within[part] < earliest:
                earliest = first_within[part]
            if last_within[part] > latest:
                latest = last_within[part]
        modules[gate] = earliest >= entering and latest < leaving
        first_within[gate] = earliest
        last_within[gate] = max(latest, last[gate])
    return modules


def _visits(
    root: G, operands: Callable[[G], Sequence[G]]
) -> tuple[dict[G, int], dict[G, int], dict[G, int]]:
    """When a traversal enters each gate, leaves it, and meets it last; by the order of leaving."""
    entered: dict[G, int] = {}
    left: dict[G, int] = {}
    last: dict[G, int] = {}
    stack: list[G] = [root]
    clock = 0
    while stack:
        gate = stack[-1]
        clock += 1
        last[gate] = clock
        if gate not in entered:
            entered[gate] = clock
            stack.extend(reversed(operands(gate)))
        else:
            stack.pop()
            left.setdefault(gate, clock)
    return entered, left, last


def connected(starts: Iterable[G], operands: Callable[[G], Iterable[G]]) -> list[list[G]]:
    """``starts`` divided into sets that share nothing below them, in order.

    >>> below = {"a": "xy", "b": "z", "c": "xw"}
    >>> connected("abc", lambda gate: below.get(gate, ""))
    [['a', 'c'], ['b']]
    """
    owner: dict[G, int] = {}
    parent: list[int] = []

    def find(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    listed = list(starts)
    for number, start in enumerate(listed):
        parent.append(number)
        stack = [start]
        while stack:
            gate = stack.pop()
            if gate in owner:
                parent[find(number)] = find(owner[gate])
                continue
            owner[gate] = number
            stack.extend(operands(gate))
    sets: dict[int, list[G]] = {}
    for number, start in enumerate(listed):
        sets.setdefault(find(number), []).append(start)
    return list(sets.values())
