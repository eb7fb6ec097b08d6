"""A choice's structure as a flat list of steps, each computing one probability from earlier ones.

Values are not part of a program: the same steps are walked with floats, balls, arrays,
polynomials or symbols, and stay valid while only values change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from vreltui.model import Needs

FALSE = 0
"""The slot of what never works."""

TRUE = 1
"""The slot of what always works."""


class Source(NamedTuple):
    """Where a value comes from: a parameter by its name, or a node's own number."""

    name: str
    is_parameter: bool


@dataclass(frozen=True, slots=True)
class Constant:
    """Always or never works."""

    works: bool


@dataclass(frozen=True, slots=True)
class Leaf:
    """The reliability of one component, or of all the components that name one parameter."""

    source: Source


@dataclass(frozen=True, slots=True)
class AllOf:
    """Independent parts in series."""

    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Independent parts in parallel."""

    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Independent parts of which k must work."""

    k: int
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Copies:
    """Independent copies of one part. How many, and how many are needed, is known at the walk."""

    part: int
    needs: Needs
    count: Source


@dataclass(frozen=True, slots=True)
class Decision:
    """A node of a decision diagram: ``high`` when ``on`` works, else ``low`` (Shannon)."""

    on: int
    high: int
    low: int


Step = Constant | Leaf | AllOf | AnyOf | AtLeast | Copies | Decision


def inputs(step: Step) -> tuple[int, ...]:
    """The slots that a step reads."""
    match step:
        case Decision(on, high, low):  # first, as by far the most frequent where parts share
            return (on, high, low)
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            return parts
        case Copies(part):
            return (part,)
        case _:
            return ()


@dataclass(frozen=True, slots=True)
class Program:
    """Steps in an order in which each reads only earlier ones.

    ``root`` is the slot of the choice's root; ``nodes`` the slot of each node below it, alone.
    ``leaves`` and ``pools`` map a source to its leaf and to the steps that copy by it.
    """

    steps: tuple[Step, ...]
    root: int
    nodes: Mapping[str, int]
    leaves: Mapping[Source, int]
    pools: Mapping[Source, tuple[int, ...]]
    _dependents: dict[tuple[int, ...], tuple[int, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )
    _users: list[list[int]] = field(default_factory=list, compare=False, repr=False)
    _names: dict[int, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)
    _gateways: list[int] = field(default_factory=list, compare=False, repr=False)

    def changed_by(self, source: Source) -> tuple[int, ...]:
        """The slots whose own value ``source`` sets: its leaf, and its pools."""
        leaf = self.leaves.get(source)
        return (*(() if leaf is None else (leaf,)), *self.pools.get(source, ()))

    def dependents(self, slots: tuple[int, ...]) -> tuple[int, ...]:
        """``slots`` and every slot that reads them, directly or not, in order."""
        known = self._dependents.get(slots)
        if known is None:
            known = self._dependents[slots] = tuple(sorted(self._reached_from(slots)))
        return known

    def users(self, slot: int) -> list[int]:
        """The slots that read one; several times where they do."""
        return self._readers()[slot]

    def names_at(self, slot: int) -> tuple[str, ...]:
        """The nodes whose reliability stands in a slot."""
        if not self._names:
            for name, at in self.nodes.items():
                self._names[at] = (*self._names.get(at, ()), name)
        return self._names.get(slot, ())

    def between(self, slot: int, gate: int) -> list[int]:
        """The slots that read ``slot``, directly or not, up to and with ``gate``, in order."""
        return sorted(reached for reached in self._reached_from((slot,), gate) if reached != slot)

    def gateway(self, slot: int) -> int:
        """The first slot through which all that ``slot`` does to the root goes; -1 where none."""
        if not self._gateways:
            self._gateways.extend(self._find_gateways())
        return self._gateways[slot]

    def _find_gateways(self) -> list[int]:
        """Immediate dominators, seen from the root, in one pass since readers stand later.

        K. Cooper, T. Harvey and K. Kennedy, "A simple, fast dominance algorithm", 2001.
        """
        found = [-1] * len(self.steps)
        readers = self._readers()
        for slot in range(self.root - 1, -1, -1):
            common = -1
            for reader in readers[slot]:
                if reader != self.root and found[reader] < 0:
                    continue  # nothing that the root reads
                other = reader
                if common < 0:
                    common = reader
                while common != other:
                    if common < other:
                        common = found[common]
                    else:
                        other = found[other]
            found[slot] = common
        return found

    def _readers(self) -> list[list[int]]:
        if not self._users:
            self._users.extend([] for _ in self.steps)
            for user, step in enumerate(self.steps):
                for read in inputs(step):
                    self._users[read].append(user)
        return self._users

    def _reached_from(self, slots: tuple[int, ...], last: int | None = None) -> set[int]:
        users = self._readers()
        reached = set(slots)
        stack = list(slots)
        while stack:
            for user in users[stack.pop()]:
                if user not in reached and (last is None or user <= last):
                    reached.add(user)
                    stack.append(user)
        return reached

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters that the program reads."""
        return tuple(source.name for source in (*self.leaves, *self.pools) if source.is_parameter)
