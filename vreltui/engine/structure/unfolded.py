"""A choice with every copy written out: for questions about sets of single instances."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from flint import arb

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.ball_arithmetic import BallArithmetic
from vreltui.engine.balls import PairOfBalls
from vreltui.engine.gate_graph import Gate, Gates
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.structure.building import Counts, Unfolding
from vreltui.engine.structure.diagrams import Diagram
from vreltui.engine.structure.parts import Certain, Event, Part
from vreltui.engine.structure.reduced_diagrams import ALWAYS, NEVER, Decisions
from vreltui.engine.structure.rows_of_sets import Look
from vreltui.engine.structure.set_families import EMPTY, NOTHING
from vreltui.model import Component, LastingComponent, Process, Share

MOST_SETS = 100_000
"""The most sets that are listed one by one."""


class Unfolded:
    """One decision diagram over all instances of a choice, and its minimal sets.

    ``known`` tells of a node's instances whether they certainly work or fail. With ``hull`` the
    sets are those of the coherent hull, in which what repairs may harm is taken to have done so.
    Raises :class:`Undecided` past the limits.
    """

    def __init__(
        self,
        gates: Gates,
        counts: Counts,
        known: dict[str, Certain],
        limits: Limits,
        *,
        paths: bool,
        hull: bool = False,
    ) -> None:
        events: dict[Gate, Part] = {
            gate: Event(gate)
            for gate in gates.order
            if isinstance(gates.node(gate), Component | LastingComponent | Process | Share)
        }
        lines = Unfolding(gates, counts, events.get, lambda _: events.get)
        top = lines.line(gates.root, ())
        self.names = [name_of(*where) for where in lines.names]
        self.nodes = [gate.node for gate, _ in lines.names]
        self.paths = paths
        self._limits = limits
        self.diagram = Diagram(None, lines.formula, top, lines.atoms, {}, limits)
        self._known = [known[node] for node in self.nodes]
        fixed = {
            level: given
            for level, atom in enumerate(self.diagram.order)
            if (given := self._known[atom]) is not None
        }
        decisions = self.diagram.decisions
        self._truth = decisions.restrict(self.diagram.root, fixed)
        if hull:
            self.diagram.become(_hull(decisions, self._truth))
        self.families, self.root = self.diagram.family(self._known, paths=paths)

    def chosen(self, looks: Collection[Look]) -> int:
        """The sets that look like one of these, as a family of the same diagram."""
        wanted = [dict(look) for look in looks]
        fitting: dict[tuple[tuple[str, int], ...], bool] = {}

        def fits(look: Look) -> bool:
            if look not in fitting:
                fitting[look] = any(
                    all(each.get(node, 0) >= times for node, times in look) for each in wanted
                )
            return fitting[look]

        exact = set(looks)
        known: dict[tuple[int, Look], int] = {}
        stack: list[tuple[int, Look]] = [(self.root, ())]
        families = self.families
        while stack:
            state = node, look = stack[-1]
            if state in known:
                stack.pop()
                continue
            if len(known) % 4096 == 0:
                self._limits.check_time("telling listed sets from others")
            if node == NOTHING or not fits(look):
                known[state] = NOTHING
            elif node == EMPTY:
                known[state] = EMPTY if look in exact else NOTHING
            else:
                name = self.nodes[self.diagram.order[families.variable[node]]]
                high = families.high[node], _with(look, name)
                low = families.low[node], look
                missing = [each for each in (high, low) if each not in known]
                if missing:
                    stack.extend(missing)
                    continue
                known[state] = families.make(families.variable[node], known[high], known[low])
            stack.pop()
            if len(known) > self._limits.diagram_nodes:
                raise Undecided("too many sets have to be told from others")
        return known[self.root, ()]

    def look_of(self, names: Sequence[str]) -> Look:
        """What a set looks like, of which the names of the instances are given."""
        found: dict[str, int] = {}
        for name in names:
            node = name.rpartition("/")[2]
            found[node] = found.get(node, 0) + 1
        return tuple(sorted(found.items()))

    def named(self, sets: Sequence[Sequence[str]]) -> int:
        """Some sets by the names of their instances, as a family of the same diagram."""
        level = {self.names[atom]: at for at, atom in enumerate(self.diagram.order)}
        begun: list[_Begun] = [_Begun()]
        for names in sets:
            at = 0
            for variable in sorted(level[name] for name in names):
                if variable not in begun[at].next:
                    begun[at].next[variable] = len(begun)
                    begun.append(_Begun())
                at = begun[at].next[variable]
            begun[at].ends = True
        # What begins later goes on later: those after it are known before it.
        known: dict[int, int] = {}
        for at in range(len(begun) - 1, -1, -1):
            found = EMPTY if begun[at].ends else NOTHING
            for variable, after in sorted(begun[at].next.items(), reverse=True):
                found = self.families.make(variable, known[after], found)
            known[at] = found
        return known[0]

    def happened(self, family: int) -> Happened:
        """The events that a set of a family has failed (of paths: works), and that none has."""
        decisions = self.diagram.decisions
        some = self._function(family, decisions)
        if self.paths:
            return Happened(self.diagram, some, decisions.without(self._truth, some), paths=True)
        # None of them has failed, and yet the choice does not work.
        return Happened(self.diagram, some, decisions.without(some, self._truth), paths=False)

    def _function(self, family: int, decisions: Decisions) -> int:
        """Of paths, where one of the sets works; of cuts, where none has failed."""
        families = self.families
        known = {NOTHING: NEVER, EMPTY: ALWAYS} if self.paths else {NOTHING: ALWAYS, EMPTY: NEVER}
        for node in families.below(family):
            high, low = known[families.high[node]], known[families.low[node]]
            variable = families.variable[node]
            if self.paths:
                known[node] = decisions.make(variable, decisions.either(high, low), low)
            else:
                known[node] = decisions.make(variable, low, decisions.both(high, low))
        return known[family]

    def sets(self, order: int | None) -> list[tuple[str, ...]]:
        """Every set by the names of its instances, of at most so many if that is said."""
        families = self.families
        found: list[tuple[str, ...]] = []
        stack: list[tuple[int, tuple[str, ...]]] = [(self.root, ())]
        while stack:
            node, names = stack.pop()
            if node == EMPTY:
                found.append(names)
                if len(found) > MOST_SETS:
                    raise Undecided(f"there are more than {MOST_SETS} sets")
                if len(found) % 4096 == 0:
                    self._limits.check_time("listing minimal sets")
            elif node != NOTHING:
                stack.append((families.low[node], names))
                if order is None or len(names) < order:
                    name = self.names[self.diagram.order[families.variable[node]]]
                    stack.append((families.high[node], (*names, name)))
        return found


class _Begun:
    """The beginning of some sets: whether one ends with it, and what may come next."""

    def __init__(self) -> None:
        self.ends = False
        self.next: dict[int, int] = {}


class Happened:
    """Whether a set of a family has happened; and whether the choice has failed without one."""

    def __init__(self, diagram: Diagram, some: int, rest: int, *, paths: bool) -> None:
        self._diagram, self._some, self._rest, self._paths = diagram, some, rest, paths
        decisions = diagram.decisions
        self._nodes = sorted({*decisions.below(some), *decisions.below(rest)})

    def chances(self, pairs: Sequence[PairOfBalls]) -> tuple[arb, arb]:
        """The chances of the two, from the pairs of the atoms at the present precision."""
        arithmetic: Arithmetic[arb] = BallArithmetic()
        given = self._diagram.by_level(list(pairs))
        found = self._diagram.decisions.pairs(self._nodes, arithmetic, given)
        return found[self._some][0 if self._paths else 1], found[self._rest][0]


def _hull(decisions: Decisions, root: int) -> int:
    """Where a function holds, and holds whatever more of its variables do.

    A state fails where some state does in which no more has failed.
    """
    fails = decisions.without(ALWAYS, root)
    return decisions.without(ALWAYS, decisions.also_with_fewer(fails))


def name_of(gate: Gate, place: Sequence[tuple[str, int]]) -> str:
    """What an instance is called: its node, behind the copies that it stands in.

    >>> name_of(Gate("vm", True), (("pool", 1),))
    'pool[2]/vm'
    """
    return "".join(f"{pool}[{index + 1}]/" for pool, index in place) + gate.node


def _with(look: Look, node: str) -> Look:
    found = dict(look)
    found[node] = found.get(node, 0) + 1
    return tuple(sorted(found.items()))
