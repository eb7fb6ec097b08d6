"""The single points of failure of a choice: components of which one failing is enough.

Found from the tree alone, so that every row can say it at once: what fails a gate by itself fails
as many of its parts as it takes. A component that never works counts as failed, and
one that never fails is none.
"""

from __future__ import annotations

from vreltui.model import (
    Bought,
    Component,
    Design,
    Group,
    LastingComponent,
    PolicyPool,
    Pool,
    Probability,
    Process,
    Share,
    Structure,
    needed,
)
from vreltui.model.changes import changed_numbers
from vreltui.model.nodes import inverts
from vreltui.model.settling import settled
from vreltui.model.struck import event_name

Thing = tuple[str, bool]
"""A node, outside every pool or as part of one copy."""

Enough = int
"""What fails a gate by itself: a bit for each component, and one for all that is in a pool.

What is in a pool is the same instance for two gates where the pool is the same for both, and only
there: so one bit stands for all of it.
"""


def single_points(design: Design, choice: str) -> frozenset[str]:
    """The components of which one instance alone fails the choice.

    None where a part that works may do harm, or where something has failed the choice already.
    """
    return _Search(settled(design, choice), choice).found()


def may_differ(before: Design, after: Design, choice: str) -> bool:
    """Whether the single points of a choice may be others after an edit of numbers.

    They depend on how many copies there are, and on what never works or never fails.
    """
    numbers = changed_numbers(before, after)
    if numbers is None or choice in numbers.choices:
        return True
    return any(
        _matters(design.value(name, choice))
        for design in (before, after)
        for name in numbers.parameters
    ) or any(
        _matters(stated.own)
        for design in (before, after)
        for name in numbers.nodes
        for stated in design.nodes[name].numbers
    )


def _matters(value: object) -> bool:
    return not isinstance(value, Probability) or _is_certain(value)


def _is_certain(value: Probability) -> bool:
    return value.written == 0 or value.written == 1


class _Search:
    def __init__(self, design: Design, choice: str) -> None:
        self._design, self._choice = design, choice
        self._root = design.choices[choice].root
        self._bits: dict[Thing, Enough] = {}
        self._copied: Enough = 0
        self._of_copy: dict[Thing, Enough] = {}

    def found(self) -> frozenset[str]:
        design = self._design
        below = design.below(self._root)
        if any(inverts(design.nodes[name]) for name in below):
            return frozenset()
        known: dict[Thing, Enough | None] = {}
        stack: list[Thing] = [(self._root, False)]
        while stack:
            thing = stack[-1]
            if thing in known:
                stack.pop()
                continue
            parts = self._parts(thing)
            missing = [part for part in parts if part not in known]
            if missing:
                stack.extend(missing)
            else:
                known[thing] = self._enough(thing, [known[part] for part in parts])
                stack.pop()
        return frozenset(map(event_name, self._named(known[self._root, False] or 0)))

    def _named(self, enough: Enough) -> set[str]:
        """The components that something stands for."""
        named: set[str] = set()
        opened: set[Thing] = set()
        waiting = [enough]
        while waiting:
            enough = waiting.pop()
            for thing, bit in self._bits.items():
                if not enough & bit or thing in opened:
                    continue
                opened.add(thing)
                if thing in self._of_copy:
                    waiting.append(self._of_copy[thing])
                else:
                    named.add(thing[0])
        return named

    def _parts(self, thing: Thing) -> list[Thing]:
        node = self._design.nodes[thing[0]]
        inside = thing[1] or node.copies_below
        nodes = self._design.nodes
        return [(child, inside and not nodes[child].shared) for child in node.children]

    def _enough(self, thing: Thing, parts: list[Enough | None]) -> Enough | None:
        """What fails a thing by itself; None where it has failed already."""
        node = self._design.nodes[thing[0]]
        match node:
            case Component():
                return self._failing(thing, node)
            case LastingComponent() | Process() | Share() | PolicyPool():
                return self._bit(thing)
            case Group(needs=needs):
                assert needs != "none"
                return _together(parts, len(parts) - needed(needs, len(parts)) + 1)
            case Pool(needs=needs):
                assert needs != "none"
                n = self._copies(node)
                failing = n - needed(needs, n) + 1
                (copy,) = parts
                if copy is None or failing < 1:
                    return None
                shared, own = copy & ~self._copied, copy & self._copied
                if failing > 1 or not own:
                    return shared
                self._of_copy[thing] = own
                return shared | self._bit(thing)
            case Bought() | Structure():
                raise AssertionError("a decision that is taken is a group or a pool")

    def _bit(self, thing: Thing) -> Enough:
        """The bit of a component or a pool, in a copy or outside every pool."""
        bit = self._bits[thing] = 1 << len(self._bits)
        if thing[1]:
            self._copied |= bit
        return bit

    def _failing(self, thing: Thing, node: Component) -> Enough | None:
        """Itself; nothing where it never fails, and None where it never works."""
        (stated, *_) = node.numbers
        value = stated.own
        if stated.parameter is not None:
            value = self._design.value(stated.parameter, self._choice)
        if isinstance(value, Probability) and _is_certain(value):
            return None if value.reliability == 0 else 0
        return self._bit(thing)

    def _copies(self, pool: Pool) -> int:
        if not isinstance(pool.copies, str):
            return pool.copies
        value = self._design.value(pool.copies, self._choice)
        assert isinstance(value, int)
        return value


def _together(parts: list[Enough | None], failing: int) -> Enough | None:
    """What fails so many parts at once; parts that have failed already count."""
    left = failing - sum(part is None for part in parts)
    if left < 1:
        return None
    reached = [-1] + [0] * left
    for part in parts:
        if part:
            for count in range(left, 0, -1):
                reached[count] |= reached[count - 1] & part
    return reached[left]
