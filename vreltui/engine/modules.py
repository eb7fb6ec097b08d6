"""Modules: parts of a graph that share nothing with the rest, found in one traversal.

Y. Dutuit and A. Rauzy, "A linear-time algorithm to find modules of fault trees", IEEE Transactions
on Reliability 45(3), 1996. A gate is a module when everything below it is reached through it alone.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

G = TypeVar("G", bound=Hashable)


def find_modules(root: G, operands: Callable[[G], Iterable[G]]) -> dict[G, bool]:
    """Every gate below ``root``, operands first, and whether it is a module.

    >>> below = {"top": "ab", "a": "xy", "b": "xz"}
    >>> find_modules("top", lambda gate: below.get(gate, ""))
    {'x': True, 'y': True, 'a': False, 'z': True, 'b': False, 'top': True}
    """
    entered: dict[G, int] = {}
    left: dict[G, int] = {}
    last: dict[G, int] = {}
    order: list[G] = []
    clock = 0
    stack: list[tuple[G, bool]] = [(root, False)]
    while stack:
        gate, leaving = stack.pop()
        clock += 1
        last[gate] = clock
        if leaving:
            left[gate] = clock
            order.append(gate)
        elif gate not in entered:
            entered[gate] = clock
            stack.append((gate, True))
            stack.extend((part, False) for part in reversed(tuple(operands(gate))))
    # The earliest and latest visit of anything strictly below a gate.
    first_below: dict[G, int] = {}
    last_below: dict[G, int] = {}
    modules: dict[G, bool] = {}
    for gate in order:
        earliest, latest = entered[gate] + 1, 0
        for part in operands(gate):
            earliest = min(earliest, entered[part], first_below[part])
            latest = max(latest, last[part], last_below[part])
        first_below[gate], last_below[gate] = earliest, latest
        modules[gate] = earliest > entered[gate] and latest < left[gate]
    return modules


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
