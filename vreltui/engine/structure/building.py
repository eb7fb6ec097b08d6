"""From the gates of a choice to its structure: what shares nothing is a part of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import assert_never

from vreltui import model
from vreltui.engine.boolean_formula import Formula, Threshold, opposite_line
from vreltui.engine.gate_graph import Gate, Gates
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.modules import connected, find_modules
from vreltui.engine.scope import unsettled
from vreltui.engine.structure.diagrams import Diagram
from vreltui.engine.structure.parts import AtLeast, CopiesOf, Event, Part
from vreltui.model import (
    Bought,
    Component,
    Counted,
    Design,
    Group,
    LastingComponent,
    PolicyPool,
    Pool,
    Process,
    Share,
    counted,
    needed,
)
from vreltui.model.settling import settled
from vreltui.model.struck import expanded

MOST_LINES = 400_000
"""The most lines of a formula in which copies that share are written out."""

Counts = Callable[[Pool], int]
"""How many copies a pool has."""

Path = tuple[tuple[str, int], ...]
"""The copies that an instance stands in, outermost first."""


def counts_of(design: Design, choice: str) -> Counts:
    """How many copies each pool has, as a choice sees it."""

    def copies(pool: Pool) -> int:
        if not isinstance(pool.copies, str):
            return pool.copies
        value = design.value(pool.copies, choice)
        assert isinstance(value, int)
        return value

    return copies


class Structure:
    """The parts below one root; ``root`` is the part of the root itself."""

    def __init__(self, gates: Gates, counts: Counts) -> None:
        self.gates = gates
        self._counts = counts
        self._scopes: dict[Gate, Part] = {}
        self.possible: tuple[list[tuple[bool, bool]], Mapping[Part, tuple[bool, bool]]] | None
        self.possible = None
        """Which events are certain, and of each part whether it may work, and may fail."""
        self.root = self._scope(gates.root)

    def _scope(self, root: Gate) -> Part:
        """The part of a gate whose copies, or which itself, shares nothing with the rest."""
        found = self._scopes.get(root)
        if found is None:
            found = self._scopes[root] = _Scope(self, root, self._counts).part
        return found

    def copies(self, gate: Gate, pool: Pool) -> Part:
        """The part of a pool whose copies share nothing."""
        (copy,) = self.gates.parts(gate)
        n = self._counts(pool)
        needs, inverts = counted(pool.needs)
        if inverts:
            copies = CopiesOf(None, needed(needs, n), n, self._scope(copy))
            return opposite_of(gate, copies, self.gates.limits)
        return CopiesOf(gate, needed(needs, n), n, self._scope(copy))

    def children_first(self) -> list[Part]:
        """Every part, after those below it."""
        order: list[Part] = []
        seen: set[int] = set()
        stack = [(self.root, False)]
        while stack:
            part, leaving = stack.pop()
            if leaving:
                order.append(part)
            elif id(part) not in seen:
                seen.add(id(part))
                stack.append((part, True))
                stack.extend((child, False) for child in reversed(part.children))
        return order


def structure_of(design: Design, choice: str, limits: Limits) -> Structure:
    """The structure of a choice. Raises :class:`Undecided` past the limits."""
    design = expanded(settled(design, choice), choice, pools=True)
    gates = Gates(design, design.choices[choice].root, limits)
    return Structure(gates, counts_of(design, choice))


class _Scope:
    """The gates that share their state with one root, and the parts that they make."""

    def __init__(self, structure: Structure, root: Gate, counts: Counts) -> None:
        self.structure = structure
        self.gates = structure.gates
        self.counts = counts
        self.modules = find_modules(root, self.gates.operands)
        self.parts: dict[Gate, Part] = {}
        for gate, is_module in self.modules.items():
            if is_module:
                self.parts[gate] = self._module(gate)
        self.part = self.parts[root]

    def _module(self, gate: Gate) -> Part:
        match self.gates.node(gate):
            case Component() | LastingComponent() | Process() | Share() | PolicyPool():
                return Event(gate)
            case Pool() as pool:
                if not self.gates.copies_share(gate):
                    return self.structure.copies(gate, pool)
                return self._diagram(gate, None, (gate,))
            case Group(needs=needs):
                enough, inverts = counted(needs)
                if not inverts:
                    return self._group(gate, enough, gate)
                return opposite_of(gate, self._group(gate, enough, None), self.gates.limits)
            case Bought() | model.Structure() as open_node:
                raise unsettled(open_node)
            case unknown:
                assert_never(unknown)

    def _group(self, gate: Gate, needs: Counted, owner: Gate | None) -> Part:
        """The part of enough of a group's parts; ``owner`` is the group where it is just that."""
        operands = self.gates.operands(gate)
        k = needed(needs, len(operands))
        distinct = tuple(dict.fromkeys(operands))
        if len(distinct) == len(operands) and all(self.modules[part] for part in operands):
            return AtLeast(owner, k, [self.parts[part] for part in operands])
        if k not in (1, len(operands)):
            return self._diagram(owner, k, operands)
        # In series or in parallel, what hangs together is solved apart from what does not.
        parts: list[Part] = []
        for together in connected(distinct, self._core_operands):
            if len(together) == 1 and self.modules[together[0]]:
                parts.append(self.parts[together[0]])
            else:
                own_k = 1 if k == 1 else len(together)
                parts.append(self._diagram(None, own_k, tuple(together)))
        return AtLeast(owner, 1 if k == 1 else len(parts), parts)

    def _core_operands(self, gate: Gate) -> tuple[Gate, ...]:
        return () if self.modules[gate] else self.gates.operands(gate)

    def _diagram(self, owner: Gate | None, k: int | None, tops: tuple[Gate, ...]) -> Diagram:
        """What depends on parts that several of ``tops`` share: ``k`` of them, or the one."""

        def part_of(gate: Gate) -> Part | None:
            return self.parts.get(gate) if gate != owner else None

        lines = Unfolding(self.gates, self.counts, part_of, self._copied_part)
        operands = tuple(lines.line(top, ()) for top in tops)
        top = operands[0] if k is None else lines.formula.add(Threshold(k, operands))
        inner = {gate: each for gate, each in lines.inside.items() if gate != owner}
        return Diagram(owner, lines.formula, top, lines.atoms, inner, self.gates.limits)

    def _copied_part(self, copy: Gate) -> Callable[[Gate], Part | None]:
        """The parts within one copy of what shares with the other copies."""
        shared = self.gates.shared_below
        given = frozenset(shared[copy])
        modules = find_modules(copy, lambda gate: self._within_copy(gate, given))
        parts: dict[Gate, Part] = {}
        for gate, is_module in modules.items():
            if gate not in given and is_module and given.isdisjoint(shared[gate]):
                parts[gate] = _Scope(self.structure, gate, self.counts).part
        return parts.get

    def _within_copy(self, gate: Gate, given: frozenset[Gate]) -> tuple[Gate, ...]:
        return () if gate in given else self.gates.operands(gate)


def opposite_of(gate: Gate, part: Part, limits: Limits) -> Diagram:
    """What works where a part does not."""
    formula = Formula()
    line, _ = formula.add_atom()
    return Diagram(gate, formula, opposite_line(formula, line), [part], {}, limits)


PartOf = Callable[[Gate], Part | None]


class Unfolding:
    """A formula of gates in which every copy that shares is written out.

    ``part_of`` tells which gates are not looked into; ``copied`` the same of the gates within a
    copy. ``atoms`` are the parts of the formula's atoms, ``names`` where each of them stands, and
    ``inside`` the lines of gates that were looked into, of the first copy, wherever those stand.
    """

    def __init__(
        self, gates: Gates, counts: Counts, part_of: PartOf, copied: Callable[[Gate], PartOf]
    ) -> None:
        self.gates = gates
        self.counts = counts
        self.formula = Formula()
        self.atoms: list[Part] = []
        self.names: list[tuple[Gate, Path]] = []
        self.inside: dict[Gate, list[int]] = {}
        self._part_of = part_of
        self._copied = copied
        self._copy_parts: dict[Gate, PartOf] = {}
        self._known: dict[tuple[Gate, Path], int] = {}

    def line(self, top: Gate, path: Path) -> int:
        """The line of a gate in a copy."""
        stack = [(top, path, self._part_of)]
        while stack:
            gate, place, part_of = stack[-1]
            if (gate, place) in self._known:
                stack.pop()
                continue
            part = part_of(gate)
            if part is not None:
                self._known[gate, place] = self._atom(part, gate, place)
                continue
            below = self._below(gate, place, part_of)
            missing = [each for each in below if (each[0], each[1]) not in self._known]
            if missing:
                stack.extend(reversed(missing))
                continue
            self._known[gate, place] = self._threshold(gate, [(g, p) for g, p, _ in below])
            if all(index == 0 for _, index in place):
                self.inside.setdefault(gate, []).append(self._known[gate, place])
            stack.pop()
        return self._known[top, path]

    def _below(self, gate: Gate, place: Path, part_of: PartOf) -> list[tuple[Gate, Path, PartOf]]:
        node = self.gates.node(gate)
        parts = self.gates.parts(gate)
        if not node.copies_below:
            return [self._placed(part, place, part_of) for part in parts]
        (copy,) = parts
        if not copy.copied:
            return [(copy, (), self._part_of)]
        assert isinstance(node, Pool)
        if copy not in self._copy_parts:
            self._copy_parts[copy] = self._copied(copy)
        inside = self._copy_parts[copy]
        return [(copy, (*place, (node.name, index)), inside) for index in range(self.counts(node))]

    def _placed(self, gate: Gate, place: Path, part_of: PartOf) -> tuple[Gate, Path, PartOf]:
        """Where a gate stands that is named from ``place``: outside, here, or in its home."""
        if not gate.copied:
            return gate, (), self._part_of
        home = self.gates.home(gate)
        if home is None:
            return gate, place, part_of
        nodes = self.gates.design
        around = [pool for pool, _ in place if pool != home and home in nodes.below(pool)]
        if not around:
            return gate, (), self._part_of
        (copy,) = self.gates.parts(Gate(around[-1], len(around) > 1))
        return gate, place[: len(around)], self._copy_parts[copy]

    def _threshold(self, gate: Gate, below: Sequence[tuple[Gate, Path]]) -> int:
        lines = [self._known[each] for each in below]
        match self.gates.node(gate):
            case Group(needs=needs):
                enough, inverts = counted(needs)
                k = needed(enough, len(lines))
            case Pool() as pool:
                n = self.counts(pool)
                enough, inverts = counted(pool.needs)
                k = needed(enough, n)
                if len(lines) == 1 and k <= n:  # copies of what is shared are one thing
                    k = 1
            case Component() | LastingComponent() | Process() | Share() | PolicyPool():
                raise AssertionError("a component is never looked into")
            case Bought() | model.Structure() as open_node:
                raise unsettled(open_node)
            case unknown:
                assert_never(unknown)
        if len(self.formula.lines) > MOST_LINES:
            raise Undecided(f"copies that share would need more than {MOST_LINES} lines")
        line = self.formula.add(Threshold(k, tuple(lines)))
        return opposite_line(self.formula, line) if inverts else line

    def _atom(self, part: Part, gate: Gate, place: Path) -> int:
        line, _ = self.formula.add_atom()
        self.atoms.append(part)
        self.names.append((gate, place))
        return line
