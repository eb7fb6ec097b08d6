"""Formulas of gates that share parts, and tables of how a copy depends on what is shared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, assert_never

from vreltui.engine.boolean_formula import Choose, Formula, Threshold, opposite_line
from vreltui.engine.gate_graph import Gate, Gates
from vreltui.engine.program import FALSE, TRUE
from vreltui.engine.solving import Solved
from vreltui.model import (
    Bought,
    Component,
    Counted,
    Group,
    LastingComponent,
    PolicyPool,
    Pool,
    Process,
    Share,
    Structure,
    counted,
    needed,
)


def unsettled(node: Bought | Structure) -> TypeError:
    """What is raised where a tree still has something to choose: programs are of what is taken."""
    return TypeError(f"{node.sort} {node.name} is not settled")


@dataclass(frozen=True, slots=True)
class CopyTable:
    """A copy as a function of the gates that it shares with the other copies.

    References 0 .. len(terminals) - 1 are ``terminals``: the slot of what remains of the copy once
    the shared gates are known. Later ones are ``nodes``: (shared gate, high, low).
    """

    nodes: tuple[tuple[Gate, int, int], ...]
    terminals: tuple[int, ...]
    root: int


class Slots(Protocol):
    """What a formula needs of the program under construction."""

    gates: Gates
    slots: dict[Gate, int]
    tables: dict[Gate, CopyTable]

    def add_decision(self, on: int, high: int, low: int) -> int:
        """The slot of a decision."""

    def add_threshold(self, k: int, parts: Sequence[int]) -> int:
        """The slot of k out of independent parts."""

    def add_copies(self, pool: Pool, part: int) -> int:
        """The slot of the pool's copies of a part."""


class FormulaBuilder:
    """Translates gates into lines of one formula.

    ``is_atom`` tells which gates are not looked into. ``givens`` are atoms without a value (what
    the copies of a copy table share), and stand first.
    """

    def __init__(
        self, slots: Slots, is_atom: Callable[[Gate], bool], givens: frozenset[Gate] = frozenset()
    ) -> None:
        self.program = slots
        self.gates = slots.gates
        self.is_atom = is_atom
        self.given = givens
        self.formula = Formula()
        self.known: dict[Gate, int] = {}
        self.atom_slots: dict[int, int] = {}
        self.givens: dict[int, Gate] = {}
        self._uses: dict[Gate, int] = {}

    def lines(self, tops: Sequence[Gate]) -> list[int]:
        """The lines of ``tops``."""
        order = self._operands_first(tops)
        for gate in order:
            if not self.is_atom(gate):
                self.known[gate] = self._line(gate)
        return [self._operand(top) for top in tops]

    def table(self, solved: Solved) -> CopyTable:
        """The copy table of a solved formula whose givens stand above its other atoms."""
        slots = [FALSE, TRUE]
        terminals: dict[int, int] = {}
        pending: list[tuple[Gate, int, int]] = []
        node_at: dict[int, int] = {}
        for number, (variable, high, low) in enumerate(solved.diagram.nodes, 2):
            atom = solved.order[variable]
            if atom in self.givens:
                slots.append(-1)
                node_at[number] = len(pending)
                pending.append((self.givens[atom], high, low))
            else:
                on = self.atom_slots[atom]
                slots.append(self.program.add_decision(on, slots[high], slots[low]))
        used = {part for _, high, low in pending for part in (high, low)}
        used.update(solved.diagram.roots)
        for reference in sorted(used):
            if reference not in node_at:
                terminals[reference] = len(terminals)

        def renumber(reference: int) -> int:
            if reference in terminals:
                return terminals[reference]
            return len(terminals) + node_at[reference]

        return CopyTable(
            tuple((gate, renumber(high), renumber(low)) for gate, high, low in pending),
            tuple(slots[reference] for reference in terminals),
            renumber(solved.diagram.roots[0]),
        )

    def _operands_first(self, tops: Sequence[Gate]) -> list[Gate]:
        order: list[Gate] = []
        done: set[Gate] = set()
        stack = [(top, False) for top in reversed(tops)]
        for top in tops:
            self._uses[top] = self._uses.get(top, 0) + 1
        while stack:
            gate, leaving = stack.pop()
            if leaving:
                order.append(gate)
            elif gate not in done:
                done.add(gate)
                stack.append((gate, True))
                if not self.is_atom(gate):
                    for part in reversed(self.gates.operands(gate)):
                        self._uses[part] = self._uses.get(part, 0) + 1
                        stack.append((part, False))
        return order

    def _line(self, gate: Gate) -> int:
        match self.gates.node(gate):
            case Group(needs=needs):
                enough, inverts = counted(needs)
                line = self._group(gate, enough)
                return opposite_line(self.formula, line) if inverts else line
            case Pool() as pool:
                return self._pool(gate, pool)
            case Component() | LastingComponent() | Process() | Share() | PolicyPool():
                return self._atom(self.program.slots[gate])
            case Bought() | Structure() as open_node:
                raise unsettled(open_node)
            case unknown:
                assert_never(unknown)

    def _operand(self, gate: Gate) -> int:
        line = self.known.get(gate)
        if line is None:
            if gate in self.given:
                line, number = self.formula.add_atom(first=True)
                self.givens[number] = gate
            else:
                line = self._atom(self.program.slots[gate])
            self.known[gate] = line
        return line

    def _atom(self, slot: int) -> int:
        line, number = self.formula.add_atom()
        self.atom_slots[number] = slot
        return line

    def _group(self, gate: Gate, needs: Counted) -> int:
        parts = self.gates.operands(gate)
        k = needed(needs, len(parts))
        if k in (1, len(parts)):
            alone, others = self._split(parts)
            if len(alone) > 1:
                slot = self.program.add_threshold(
                    1 if k == 1 else len(alone), [self.program.slots[part] for part in alone]
                )
                lines = [self._atom(slot), *(self._operand(part) for part in others)]
            else:
                lines = [self._operand(part) for part in dict.fromkeys(parts)]
            k = 1 if k == 1 else len(lines)
        else:
            lines = [self._operand(part) for part in parts]
        return lines[0] if len(lines) == 1 else self.formula.add(Threshold(k, tuple(lines)))

    def _split(self, parts: Sequence[Gate]) -> tuple[list[Gate], list[Gate]]:
        """Atoms with a value that nothing else reads may be merged into one; and the rest."""
        alone: list[Gate] = []
        others: list[Gate] = []
        for part in dict.fromkeys(parts):
            mergeable = self.is_atom(part) and self._uses[part] == 1 and part not in self.given
            (alone if mergeable else others).append(part)
        return alone, others

    def _pool(self, gate: Gate, pool: Pool) -> int:
        """A pool whose copies share: which binomial applies is chosen by the shared gates."""
        (copy,) = self.gates.parts(gate)
        inverts = pool.needs == "none"
        if not self.gates.copies_share(gate):
            own = self._atom(self.program.add_copies(pool, self.program.slots[copy]))
            return opposite_line(self.formula, own) if inverts else own
        table = self.program.tables[copy]
        lines: list[int | None] = []
        for slot in table.terminals:
            # Copies of what never works never work, whatever their number.
            lines.append(None if slot == FALSE else self._atom(self.program.add_copies(pool, slot)))
        for shared, high, low in table.nodes:
            on = self._operand(shared)
            lines.append(self.formula.add(Choose(on, lines[high], lines[low])))
        root = lines[table.root]
        if inverts:
            return opposite_line(self.formula, root)
        # With parts that do harm, a copy may come to nothing whatever the shared gates do.
        return self.formula.add(Threshold(1, ())) if root is None else root
