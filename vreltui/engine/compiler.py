"""From a choice's tree to its program: modules directly, the shared rest through diagrams."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from vreltui.engine.boolean_formula import Threshold
from vreltui.engine.diagram import DiagramNodes
from vreltui.engine.gate_graph import Gate, Gates
from vreltui.engine.laws import Given, Held, Source
from vreltui.engine.limits import Limits
from vreltui.engine.modules import connected, find_modules
from vreltui.engine.program import Program, readers
from vreltui.engine.scope import CopyTable, FormulaBuilder, unsettled
from vreltui.engine.solving import LARGE, Found, Solved, solve
from vreltui.engine.steps import (
    FALSE,
    TRUE,
    AllOf,
    AnyOf,
    AtLeast,
    Constant,
    ContainedCopies,
    Copies,
    Decision,
    Leaf,
    SharedParts,
    Step,
)
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
    Structure,
    counted,
    needed,
)
from vreltui.model.containment import contains
from vreltui.model.nodes import inverts
from vreltui.model.struck import origin

if TYPE_CHECKING:
    from vreltui.engine.levelled_diagram import LevelledDiagram


FEW_LINES = 32
"""The most lines of a formula whose gates all get slots at once, since that costs next to nothing.
"""


def compile_program(
    design: Design,
    root: str,
    limits: Limits | None = None,
    *,
    root_alone: bool = False,
    found: Mapping[Gate, Found] | None = None,
) -> Program:
    """The program of the tree at ``root``. It depends on the design's structure, not on its values.

    With ``root_alone`` gates inside a decision diagram have no slots where there are many of them:
    together they may be many times as large as the diagram. ``found`` says what such a program
    found (:attr:`Program.found`), so that the whole one takes no search for orders.

    Raises :class:`~vreltui.engine.limits.Undecided` when a bound of ``limits`` is hit.
    """
    gates = Gates(design, root, limits or Limits())
    return Compiler(gates, root_alone=root_alone, found=found or {}).compile()


@dataclass(frozen=True, slots=True)
class _Scope:
    """The gates that share their state, and which of them are modules."""

    modules: dict[Gate, bool]


class Compiler:
    """Builds one program, gate by gate, operands first."""

    def __init__(
        self, gates: Gates, *, root_alone: bool = False, found: Mapping[Gate, Found] | None = None
    ) -> None:
        self.gates = gates
        self._root_alone = root_alone
        self._found = found or {}
        self._left_out: dict[Gate, Found] = {}
        self.steps: list[Step] = [Constant(False), Constant(True)]
        self.slots: dict[Gate, int] = {}
        self.tables: dict[Gate, CopyTable] = {}
        self._held: dict[str, int] = {}
        self._beside: dict[str, int] = {}
        self._known: dict[Step, int] = {Constant(False): FALSE, Constant(True): TRUE}
        self._decisions: dict[tuple[int, int, int], int] = {}

    def compile(self) -> Program:
        """Compile the copied scopes, inner before outer, and the root's scope last."""
        for gate in self.gates.order:
            if self.gates.node(gate).copies_below:
                (copy,) = self.gates.parts(gate)
                if copy not in self.slots:
                    self._compile_scope(copy)
                if copy not in self.tables and self.gates.copies_share(gate):
                    self.tables[copy] = self._copy_table(copy)
        self._compile_scope(self.gates.root)
        return self._program()

    def add(self, step: Step) -> int:
        """The slot of ``step``; equal steps share one."""
        slot = self._known.get(step)
        if slot is None:
            slot = self._known[step] = len(self.steps)
            self.steps.append(step)
        return slot

    def add_decision(self, on: int, high: int, low: int) -> int:
        """The slot of a decision; as :meth:`add`, but these are by far the most."""
        slot = self._decisions.get((on, high, low))
        if slot is None:
            slot = self._decisions[on, high, low] = len(self.steps)
            self.steps.append(Decision(on, high, low))
        return slot

    def add_opposite(self, slot: int) -> int:
        """The slot of what works where another does not: a decision that turns both sides."""
        step = self.steps[slot]
        if isinstance(step, Decision) and (step.high, step.low) == (FALSE, TRUE):
            return step.on
        if slot in (FALSE, TRUE):
            return FALSE if slot == TRUE else TRUE
        return self.add_decision(slot, FALSE, TRUE)

    def add_threshold(self, k: int, parts: Sequence[int]) -> int:
        """The slot of k out of independent ``parts``."""
        if len(parts) == 1:
            return parts[0]
        if k == len(parts):
            return self.add(AllOf(tuple(parts)))
        return self.add(AnyOf(tuple(parts)) if k == 1 else AtLeast(k, tuple(parts)))

    def add_copies(self, pool: Pool, part: int) -> int:
        """The slot of enough copies of ``part``; a pool that needs none turns that around."""
        if isinstance(pool.copies, str):
            source = Source(pool.copies, is_parameter=True)
        else:
            source = Source(origin(pool.name), is_parameter=False)
        needs = counted(pool.needs)[0]
        if pool.contained is None:
            return self.add(Copies(part, needs, source))
        given, own = pool.contained, f"{origin(pool.name)}.contained"
        name = given if isinstance(given, str) else own
        leaf = Leaf(Held(Source(name, is_parameter=isinstance(given, str))))
        held = self._held[own] = self.add(leaf)
        return self.add(ContainedCopies(part, needs, source, held))

    def _compile_scope(self, root: Gate) -> None:
        scope = _Scope(find_modules(root, self.gates.operands))
        for gate, is_module in scope.modules.items():
            if is_module and gate not in self.slots:
                self.slots[gate] = self._module(gate, scope)

    def _module(self, gate: Gate, scope: _Scope) -> int:
        match self.gates.node(gate):
            case Component(reliability=reliability, name=name):
                law = Held if contains(name) else Given
                if isinstance(reliability, str):
                    return self.add(Leaf(law(Source(reliability, is_parameter=True))))
                return self.add(Leaf(law(Source(origin(name), is_parameter=False))))
            case Share() as node:
                # Imported where a design has causes, as those with lifetimes are.
                from vreltui.engine.share_laws import share_law

                return self.add(Leaf(share_law(self.gates.design, node)))
            case LastingComponent() as node:
                # Imported where a design has a lifetime: the others start without it.
                from vreltui.engine.lasting_laws import lasting_law

                return self.add(Leaf(lasting_law(self.gates.design, node)))
            case Process() as node:
                from vreltui.engine.process_laws import process_law

                return self.add(Leaf(process_law(self.gates.design, node)))
            case PolicyPool() as node:
                return self._policy(node)
            case Pool() as pool:
                if not self.gates.copies_share(gate):
                    (copy,) = self.gates.parts(gate)
                    slot = self.add_copies(pool, self.slots[copy])
                    return self.add_opposite(slot) if pool.needs == "none" else slot
                return self._solved(gate, scope, 1, (gate,))
            case Group(needs=needs):
                enough, inverts = counted(needs)
                slot = self._group(gate, enough, scope)
                return self.add_opposite(slot) if inverts else slot
            case Bought() | Structure() as open_node:
                raise unsettled(open_node)
            case unknown:
                assert_never(unknown)

    def _policy(self, node: PolicyPool) -> int:
        """The slot of a pool with a policy; its component has figures of its own as well."""
        from vreltui.engine.lasting_laws import lasting_law
        from vreltui.engine.policy_laws import policy_law

        design, of = self.gates.design, node.of
        self._beside[of.name] = self.add(Leaf(lasting_law(design, of)))
        return self.add(Leaf(policy_law(design, node)))

    def _group(self, gate: Gate, needs: Counted, scope: _Scope) -> int:
        parts = self.gates.operands(gate)
        k = needed(needs, len(parts))
        distinct = tuple(dict.fromkeys(parts))
        if len(distinct) == len(parts) and all(scope.modules[part] for part in parts):
            return self.add_threshold(k, [self.slots[part] for part in parts])
        if k not in (1, len(parts)):
            return self._solved(gate, scope, k, parts)
        # In series or in parallel, what hangs together is solved apart from what does not.
        slots = []
        for together in connected(distinct, self._core_operands(scope)):
            if len(together) == 1 and scope.modules[together[0]]:
                slots.append(self.slots[together[0]])
            else:
                own_k = 1 if k == 1 else len(together)
                slots.append(self._solved(gate, scope, own_k, tuple(together)))
        return self.add_threshold(1 if k == 1 else len(slots), slots)

    def _core_operands(self, scope: _Scope) -> Callable[[Gate], tuple[Gate, ...]]:
        """Operands within a core: a module is an atom, and nothing below it is looked at."""

        def operands(gate: Gate) -> tuple[Gate, ...]:
            return () if scope.modules[gate] else self.gates.operands(gate)

        return operands

    def _solved(self, owner: Gate, scope: _Scope, k: int, parts: tuple[Gate, ...]) -> int:
        """The slot of k out of ``parts`` that share, and the slots of the gates between."""
        builder = FormulaBuilder(self, lambda gate: scope.modules[gate] and gate != owner)
        lines = builder.lines(parts)
        inner = [
            (gate, line)
            for gate, line in builder.known.items()
            if gate not in self.slots and gate != owner
        ]
        operands = tuple(lines)
        top = operands[0] if len(operands) == 1 else builder.formula.add(Threshold(k, operands))
        beside = [line for _, line in inner]
        limits = self.gates.limits
        leaves_out = self._root_alone and len(builder.formula.lines) > FEW_LINES
        solved = solve(
            builder.formula,
            [top],
            limits,
            () if leaves_out else beside,
            limits.walked_nodes,
            self._found.get(parts[0]),
        )
        if leaves_out and beside and solved.found.nodes <= LARGE:
            self._left_out[parts[0]] = solved.found
        top_slot, *inner_slots = self._emit(solved, builder.atom_slots)
        # Where the gates between would have made the diagram much larger, there are none of them.
        for (gate, _), slot in zip(inner, inner_slots, strict=False):
            self.slots[gate] = slot
        return top_slot

    def _emit(self, solved: Solved, atom_slots: dict[int, int]) -> list[int]:
        """The slots of the roots of a diagram: of a step for each node, or of one for all."""
        parts = [atom_slots[atom] for atom in solved.order]
        diagram = solved.diagram
        if not isinstance(diagram, DiagramNodes):
            return [self._root_of(tuple(parts), diagram, root) for root in diagram.roots]
        references = [FALSE, TRUE]
        for variable, high, low in diagram.nodes:
            on = parts[variable]
            references.append(self.add_decision(on, references[high], references[low]))
        return [references[root] for root in diagram.roots]

    def _root_of(self, parts: tuple[int, ...], diagram: LevelledDiagram, root: int) -> int:
        """The slot of a root of a large diagram, which may be one of its two ends."""
        return root if root in (FALSE, TRUE) else self.add(SharedParts(parts, diagram, root))

    def _copy_table(self, copy: Gate) -> CopyTable:
        """How one copy depends on what all copies share.

        The diagram of a copy has the shared gates on top. Below them remain finitely many functions
        of the copy's own parts; given the state of the shared gates all copies are alike and
        independent, so a binomial over one of those functions is exact and no copy is unfolded.
        """
        if not copy.copied:
            return CopyTable(((copy, 1, 0),), (FALSE, TRUE), root=2)
        given = frozenset(self.gates.shared_below[copy])
        modules = find_modules(copy, lambda gate: self._local_operands(gate, given))
        shared = self.gates.shared_below
        builder = FormulaBuilder(
            self,
            lambda gate: gate in given or (modules[gate] and given.isdisjoint(shared[gate])),
            givens=given,
        )
        (line,) = builder.lines((copy,))
        solved = solve(builder.formula, [line], self.gates.limits)
        return builder.table(solved)

    def _local_operands(self, gate: Gate, given: frozenset[Gate]) -> tuple[Gate, ...]:
        """Operands inside one copy, where a shared gate is a given and is not looked into."""
        return () if gate in given else self.gates.operands(gate)

    def _program(self) -> Program:
        pools: dict[Source, list[int]] = {}
        for slot, step in enumerate(self.steps):
            if isinstance(step, Copies):
                pools.setdefault(step.count, []).append(slot)
        nodes: dict[str, int] = {}
        for gate in self.gates.order:
            # A node used both outside and inside a pool is shown as it is outside.
            if gate in self.slots and (not gate.copied or gate.node not in nodes):
                nodes[gate.node] = self.slots[gate]
        for gate in self.gates.order:
            # Copies that are written out are alike: one of them stands for the node.
            if gate in self.slots:
                nodes.setdefault(origin(gate.node), self.slots[gate])
        nodes |= self._held
        nodes = {**self._beside, **nodes}
        return Program(
            steps=tuple(self.steps),
            root=self.slots[self.gates.root],
            nodes=nodes,
            leaves=readers(self.steps),
            pools={source: tuple(slots) for source, slots in pools.items()},
            inverts=any(inverts(self.gates.node(gate)) for gate in self.gates.order),
            found=self._left_out,
        )
