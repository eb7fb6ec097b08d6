"""A fault tree as other formats have it: gates over events, each by its own name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Event:
    """A basic event with the probability that it happens. ``of`` is the node that fails."""

    name: str
    probability: Decimal
    of: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """Fails when at least ``least`` of its parts fail; there are at least two different ones.

    An ``inverted`` one fails when that is not so, and may have a single part.
    """

    name: str
    least: int
    parts: tuple[str, ...]
    of: str = ""
    title: str = ""
    inverted: bool = False

    @property
    def word(self) -> str:
        """What such a gate is called: "or", "and", "atleast", "nand" or "not"."""
        if self.inverted:
            return "not" if len(self.parts) == 1 else "nand"
        if self.least == 1:
            return "or"
        return "and" if self.least == len(self.parts) else "atleast"


@dataclass(frozen=True, slots=True)
class FailureTree:
    """What fails when: the event or gate at the top, and all below it, parents first."""

    name: str
    title: str
    top: str
    gates: Mapping[str, Gate]
    events: Mapping[str, Event]
    computed: Mapping[str, Decimal] = field(default_factory=dict)
    """Nodes whose probability was evaluated to 17 digits, where the design has a lifetime."""

    def single_points(self) -> frozenset[str]:
        """The events of which each alone fails the top.

        >>> tree = FailureTree(
        ...     "t", "", "g", {"g": Gate("g", 2, ("a", "b", "h")), "h": Gate("h", 1, ("a", "c"))},
        ...     {name: Event(name, Decimal(0)) for name in "abc"},
        ... )
        >>> sorted(tree.single_points())
        ['a']
        """
        # Of each gate: whether it fails where nothing does, and the events that alone change that.
        fails = dict.fromkeys(self.events, False)
        turned: dict[str, frozenset[str]] = {name: frozenset({name}) for name in self.events}
        for gate in self._children_first():
            usual = sum(fails[part] for part in gate.parts)
            counts: dict[str, int] = {}
            for part in gate.parts:
                step = -1 if fails[part] else 1
                for event in turned[part]:
                    counts[event] = counts.get(event, usual) + step
            fails[gate.name] = before = (usual >= gate.least) != gate.inverted
            turned[gate.name] = frozenset(
                event
                for event, count in counts.items()
                if ((count >= gate.least) != gate.inverted) != before
            )
        return frozenset() if fails[self.top] else turned[self.top]

    def _children_first(self) -> list[Gate]:
        order: dict[str, Gate] = {}
        stack = [(self.top, False)]
        while stack:
            name, left = stack.pop()
            gate = self.gates.get(name)
            if gate is None or name in order:
                continue
            if left:
                order[name] = gate
            else:
                stack.append((name, True))
                stack.extend((part, False) for part in gate.parts)
        return list(order.values())
