"""Members that a common cause of several letters strikes, told apart by how many work.

In a diagram the members themselves stand on top, in place of the shocks that strike them. Below
them remain a few functions of everything else, and in how many states of the members each of them
decides is counted (:mod:`vreltui.engine.struck_step`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb

from vreltui.engine.diagram import DiagramNodes
from vreltui.engine.gate_graph import Gate, Gates
from vreltui.model import Group, Share

FEWEST = 6
"""Members from which they are told apart so; of fewer, the polynomials in a letter are smaller
where each shock is decided on by itself."""


@dataclass(frozen=True, slots=True)
class Members:
    """The gates of members that one cause strikes, and the slots of the events by their size."""

    gates: frozenset[Gate]
    events: tuple[int, ...]


NO_MEMBERS = Members(frozenset(), ())


def members_among(
    gates: Gates, tops: Iterable[Gate], slots: Mapping[Gate, int], is_atom: Callable[[Gate], bool]
) -> Members | None:
    """The members below ``tops`` that are told apart by how many work; None where there are none.

    All members of a cause have to be there, and to be alike. Of several causes it is the one with
    the most members.
    """
    found: dict[Gate, dict[Gate, tuple[Gate, ...]]] = {}
    for gate in _below(gates, tops, is_atom):
        shares = _shares(gates, gate)
        if shares:
            # The shock that strikes all members tells those of one cause in one place from others.
            found.setdefault(shares[-1], {})[gate] = shares
    best: Members | None = None
    for members in found.values():
        events = _events(gates, members, slots)
        if events is not None and (best is None or len(events) > len(best.events)):
            best = Members(frozenset(members), events)
    return best


def _below(gates: Gates, tops: Iterable[Gate], is_atom: Callable[[Gate], bool]) -> Iterable[Gate]:
    seen = set(tops)
    stack = list(seen)
    while stack:
        gate = stack.pop()
        yield gate
        if not is_atom(gate):
            fresh = [part for part in gates.operands(gate) if part not in seen]
            seen.update(fresh)
            stack.extend(fresh)


def _shares(gates: Gates, gate: Gate) -> tuple[Gate, ...]:
    """What stands in the place of a member of one cause with enough letters, by size; or nothing.

    First its own, then the shocks, the one that strikes all members last.
    """
    node = gates.node(gate)
    if not isinstance(node, Group) or node.needs != "all":
        return ()
    parts = gates.parts(gate)
    sizes: list[tuple[int, Gate]] = []
    for part in parts:
        share = gates.node(part)
        if not isinstance(share, Share) or share.members < FEWEST or len(share.causes) != 1:
            return ()
        sizes.append((share.size, part))
    sizes.sort(key=lambda each: each[0])
    if not sizes or sizes[0][0] != 1 or sizes[-1][0] == 1:
        return ()
    return tuple(part for _, part in sizes)


def _events(
    gates: Gates, members: Mapping[Gate, tuple[Gate, ...]], slots: Mapping[Gate, int]
) -> tuple[int, ...] | None:
    """The slot of the events of each size; None unless all members are there and are alike."""
    number = len(members)
    by_size: dict[int, set[Gate]] = {}
    for shares in members.values():
        for part in shares:
            share = gates.node(part)
            assert isinstance(share, Share)
            if share.members != number:
                return None
            by_size.setdefault(share.size, set()).add(part)
    events: list[int] = []
    for size in range(1, number + 1):
        alike = {slots[part] for part in by_size.get(size, ())}
        if len(alike) != 1 or len(by_size[size]) != comb(number, size):
            return None
        events.extend(alike)
    return tuple(events)


def states_of_members(
    diagram: DiagramNodes, members: int
) -> list[list[tuple[int, tuple[int, ...]]]]:
    """For each root of a diagram with the members on top, what decides in how many states.

    By the reference of what decides; so many states in which exactly 0, 1, ... members work.
    """
    counting = _States(diagram.nodes, members)
    return [
        [(part, tuple(ways)) for part, ways in counting.from_level(root, 0).items()]
        for root in diagram.roots
    ]


class _States:
    """Counts the paths through the upper levels of a diagram by how often they turn high."""

    def __init__(self, nodes: Sequence[tuple[int, int, int]], members: int) -> None:
        self._nodes = nodes
        self._members = members
        self._known: dict[int, dict[int, list[int]]] = {}

    def _level(self, reference: int) -> int:
        """The level of a reference, of all below the members the first below them."""
        level = self._nodes[reference - 2][0] if reference > 1 else self._members
        return min(level, self._members)

    def from_level(self, reference: int, level: int) -> dict[int, list[int]]:
        """The states of the members from a level on, of which a path may pass over some."""
        passed = self._level(reference) - level
        ways = [comb(passed, j) for j in range(passed + 1)]
        return {
            part: _product(ways, states) for part, states in self._at_its_own(reference).items()
        }

    def _at_its_own(self, reference: int) -> dict[int, list[int]]:
        level = self._level(reference)
        if level == self._members:
            return {reference: [1]}
        found = self._known.get(reference)
        if found is None:
            _, high, low = self._nodes[reference - 2]
            found = self._known[reference] = {}
            for child, worked in ((high, 1), (low, 0)):
                for part, states in self.from_level(child, level + 1).items():
                    total = found.setdefault(part, [0] * (self._members - level + 1))
                    for j, number in enumerate(states):
                        total[j + worked] += number
        return found


def _product(one: Sequence[int], other: Sequence[int]) -> list[int]:
    """In how many ways so many work of two sets together."""
    found = [0] * (len(one) + len(other) - 1)
    for i, ways in enumerate(one):
        for j, more in enumerate(other):
            found[i + j] += ways * more
    return found
