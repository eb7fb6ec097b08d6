"""How many variants are in none of several families, exactly, without listing any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import prod

from vreltui.exploration.families import Options, allowed_in
from vreltui.exploration.variant_blocks import Block

Forbidden = frozenset[tuple[int, frozenset[int]]]
"""Options that may not all be taken: axes, and the numbers of options of which one is there."""


class Remaining:
    """The variants of blocks that are in no family listed so far."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self._forbidden: list[set[Forbidden]] = [set() for _ in blocks]
        self._left = [block.size for block in blocks]

    def without(self, family: Options) -> int:
        """How many are left once those of one more family are gone."""
        for place, block in enumerate(self.blocks):
            allowed = allowed_in(block, family)
            if allowed is None or not self._left[place]:
                continue
            self._forbidden[place].add(
                frozenset(
                    (axis, frozenset(numbers))
                    for axis, numbers in allowed.items()
                    if len(numbers) < len(block.axes[axis].options)
                )
            )
            self._left[place] = _count(block.shape, self._forbidden[place])
        return sum(self._left)


def _count(shape: Sequence[int], forbidden: Iterable[Forbidden]) -> int:
    """How many combinations take none of what is forbidden."""
    needed = set(forbidden)
    if frozenset() in needed:
        return 0
    read = {axis for each in needed for axis, _ in each}
    free = prod(size for axis, size in enumerate(shape) if axis not in read)
    return free * prod(_component(shape, part) for part in _components(needed))


def _components(forbidden: set[Forbidden]) -> list[set[Forbidden]]:
    """What is forbidden, in parts that have no axis in common."""
    parts: list[tuple[set[int], set[Forbidden]]] = []
    for each in forbidden:
        axes, members = {axis for axis, _ in each}, {each}
        rest = []
        for others, found in parts:
            if others & axes:
                axes, members = axes | others, members | found
            else:
                rest.append((others, found))
        parts = [*rest, (axes, members)]
    return [members for _, members in parts]


def _component(shape: Sequence[int], forbidden: set[Forbidden]) -> int:
    """As :func:`_count`, of the axes that are named alone, by trying the options of one axis."""
    named: dict[int, int] = {}
    for each in forbidden:
        for axis, _ in each:
            named[axis] = named.get(axis, 0) + 1
    axis = max(named, key=lambda each: (named[each], -each))
    others = {each: shape[each] for each in named if each != axis}
    alike: dict[frozenset[Forbidden], int] = {}
    for option in range(shape[axis]):
        found = (_left(each, axis, option) for each in forbidden)
        left = frozenset(each for each in found if each is not None)
        alike[left] = alike.get(left, 0) + 1
    return sum(times * _rest(shape, others, set(left)) for left, times in alike.items())


def _left(each: Forbidden, axis: int, option: int) -> Forbidden | None:
    """What is still forbidden where an option is taken; None where it can't be any more."""
    for place, numbers in each:
        if place == axis:
            return each - {(place, numbers)} if option in numbers else None
    return each


def _rest(shape: Sequence[int], others: Mapping[int, int], left: set[Forbidden]) -> int:
    if frozenset() in left:
        return 0
    read = {place for each in left for place, _ in each}
    free = prod(size for place, size in others.items() if place not in read)
    return free * prod(_component(shape, part) for part in _components(left))
