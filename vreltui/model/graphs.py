"""Which points of a directed graph lead where: what is reached, and what is never left again."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import TypeVar

P = TypeVar("P", bound=Hashable)

Arcs = Mapping[P, Collection[P]]
"""For each point those that arcs lead to."""


def reached(arcs: Arcs[P], starts: Iterable[P]) -> frozenset[P]:
    """The points that paths from ``starts`` come to, these among them.

    >>> sorted(reached({1: [2], 2: [1, 3], 4: [1]}, [1]))
    [1, 2, 3]
    """
    found = set(starts)
    stack = list(found)
    while stack:
        for point in arcs.get(stack.pop(), ()):
            if point not in found:
                found.add(point)
                stack.append(point)
    return frozenset(found)


def closed_classes(arcs: Arcs[P], start: P) -> list[frozenset[P]]:
    """The sets of points within reach in which each leads to all others, and none leads out.

    >>> [sorted(each) for each in closed_classes({1: [2, 4], 2: [3], 3: [2]}, 1)]
    [[2, 3], [4]]
    """
    ahead = {point: reached(arcs, [point]) for point in reached(arcs, [start])}
    classes: list[frozenset[P]] = []
    for point, others in ahead.items():
        if others not in classes and all(point in ahead[other] for other in others):
            classes.append(others)
    return classes
