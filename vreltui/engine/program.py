"""A choice's structure as a flat list of steps, each computing one probability from earlier ones.

Values are not part of a program: the same steps are walked with floats, balls, arrays,
polynomials or symbols, and stay valid while only values change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from vreltui.engine.directions import ways_to_root
from vreltui.engine.laws import Direction, Law, Source, opposite
from vreltui.engine.steps import FALSE, TRUE, Copies, Leaf, SharedParts, Step
from vreltui.model.struck import not_written_out

if TYPE_CHECKING:
    from vreltui.engine.gate_graph import Gate
    from vreltui.engine.solving import Found

__all__ = ["FALSE", "TRUE", "Program", "Source"]


@dataclass(frozen=True)
class Program:
    """Steps in an order in which each reads only earlier ones.

    ``root`` is the slot of the choice's root; ``nodes`` the slot of each node below it, alone.
    ``leaves`` and ``pools`` map a source to the leaves whose law reads it, and to the steps that
    copy by it.
    """

    steps: tuple[Step, ...]
    root: int
    nodes: Mapping[str, int]
    leaves: Mapping[Source, tuple[int, ...]]
    pools: Mapping[Source, tuple[int, ...]]
    inverts: bool = False
    """Whether some node works when others do not: then the root need not rise with its leaves."""
    found: Mapping[Gate, Found] = field(default_factory=dict, compare=False, repr=False)
    """The orders of diagrams inside which gates were left out: by the first part of each."""
    _dependents: dict[tuple[int, ...], tuple[int, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )
    _users: list[list[int]] = field(default_factory=list, compare=False, repr=False)
    _names: dict[int, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)
    _gateways: list[int] = field(default_factory=list, compare=False, repr=False)
    _ways: list[Direction | None] = field(default_factory=list, compare=False, repr=False)

    def changed_by(self, source: Source) -> tuple[int, ...]:
        """The slots whose own value ``source`` sets: its leaves, and its pools."""
        return (*self.leaves.get(source, ()), *self.pools.get(source, ()))

    def slot_of(self, node: str) -> int:
        """The slot of a node, also of a copy that only another reading of the tree writes out."""
        found = self.nodes.get(node)
        return self.nodes[not_written_out(node)] if found is None else found

    @cached_property
    def size(self) -> int:
        """How many operations one walk takes, of about the same cost each."""
        diagrams = {id(step.diagram): step for step in self.steps if isinstance(step, SharedParts)}
        own = len(self.steps)
        # All roots of one diagram are found by one walk over it.
        return own + sum([step.size for step in diagrams.values()])

    @cached_property
    def lasting(self) -> Mapping[Source, Law]:
        """The laws whose figures are worked out beforehand, by the names of these."""
        laws = [step.law for step in self.steps if isinstance(step, Leaf)]
        return {
            source: law
            for leaf in laws
            for law in leaf.figure_laws
            if (source := law.figure_source) is not None
        }

    @cached_property
    def laws(self) -> frozenset[Law]:
        """The laws of all leaves."""
        return frozenset(step.law for step in self.steps if isinstance(step, Leaf))

    @cached_property
    def ends(self) -> bool:
        """Whether the root ends in decimals where all values do."""
        return all(law.ends for law in self.laws)

    @cached_property
    def has_quotients(self) -> bool:
        """Whether the root is a quotient of polynomials, not a polynomial, in its sources."""
        return any(law.is_quotient for law in self.laws)

    def law(self, leaf: int) -> Law:
        """The law of a leaf."""
        step = self.steps[leaf]
        assert isinstance(step, Leaf)
        return step.law

    def direction(
        self, source: Source, of_law: Callable[[Law], Direction | None] | None = None
    ) -> Direction | None:
        """Which way a greater value moves the root; all of a coherent tree rises with its leaves.

        0 where nothing reads it, None where it is not known. ``of_law`` says which way the law of a
        leaf goes, where more is known of it than by itself.
        """
        asked = of_law or (lambda law: law.direction(source))
        ways: set[Direction | None] = {
            self._moved(leaf, asked(self.law(leaf))) for leaf in self.leaves.get(source, ())
        }
        for slot in self.pools.get(source, ()):
            step = self.steps[slot]
            assert isinstance(step, Copies)
            ways.add(self._moved(slot, step.direction))
        ways.discard(0)
        if not ways:
            return 0
        return ways.pop() if len(ways) == 1 else None

    def _moved(self, slot: int, way: Direction | None) -> Direction | None:
        """Which way the root moves where a slot moves that way."""
        if not self.inverts or way == 0:
            return way
        if not self._ways:
            self._ways.extend(ways_to_root(self.steps, self.root))
        outer = self._ways[slot]
        if way is None or outer is None or outer == 0:
            return None if outer != 0 else 0
        return way if outer == 1 else opposite(way)

    def dependents(self, slots: tuple[int, ...]) -> tuple[int, ...]:
        """``slots`` and every slot that reads them, directly or not, in order."""
        known = self._dependents.get(slots)
        if known is None:
            known = self._dependents[slots] = tuple(sorted(self._reached_from(slots)))
        return known

    @cached_property
    def below_root(self) -> frozenset[int]:
        """The slots that the root reads, directly or not, and the root itself."""
        reached = {self.root}
        stack = [self.root]
        while stack:
            for read in self.steps[stack.pop()].inputs:
                if read not in reached:
                    reached.add(read)
                    stack.append(read)
        return frozenset(reached)

    def towards_root(self, slots: tuple[int, ...]) -> tuple[int, ...]:
        """The dependents of ``slots`` that the root reads, in order."""
        below = self.below_root
        return tuple(slot for slot in self.dependents(slots) if slot in below)

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
                for read in step.inputs:
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
    def sources(self) -> tuple[Source, ...]:
        """Every source of a value that the program reads."""
        return (*self.leaves, *(source for source in self.pools if source not in self.leaves))

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters that the program reads."""
        return tuple(source.name for source in self.sources if source.is_parameter)


def readers(steps: Iterable[Step]) -> dict[Source, tuple[int, ...]]:
    """The leaves whose law reads each source."""
    leaves: dict[Source, list[int]] = {}
    for slot, step in enumerate(steps):
        if isinstance(step, Leaf):
            for source in step.law.sources:
                leaves.setdefault(source, []).append(slot)
    return {source: tuple(slots) for source, slots in leaves.items()}
