"""A part that depends on parts which several others share: solved as one decision diagram."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from flint import arb

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.balls import ONE, ZERO
from vreltui.engine.boolean_formula import Formula
from vreltui.engine.gate_graph import Gate
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.solving import solve
from vreltui.engine.structure.inner_nodes import Inner, Stand, Walked, inner_nodes
from vreltui.engine.structure.parts import Certain, Pairs, Part, Possible
from vreltui.engine.structure.reduced_diagrams import ALWAYS, NEVER, Decisions
from vreltui.engine.structure.set_families import EMPTY, NOTHING, Families

if TYPE_CHECKING:
    from vreltui.engine.structure.counting import Algebra

E = TypeVar("E")
F = TypeVar("F")

__all__ = ["Diagram", "Inner"]


class Diagram(Part):
    """A function of independent parts, each of which stands in it as one variable.

    ``children[atom]`` is the part of each variable; one part may stand for several alike. ``inner``
    has the lines of the nodes inside, that are no parts of their own: of each as many as there are
    sorts of places where it stands.
    """

    def __init__(
        self,
        gate: Gate | None,
        formula: Formula,
        top: int,
        children: Sequence[Part],
        inner: Mapping[Gate, Sequence[int]],
        limits: Limits,
    ) -> None:
        self.gate = gate
        self.formula = formula
        self.top = top
        self.children = tuple(children)
        self.inner = dict(inner)
        self._limits = limits
        solved = solve(formula, [top], limits)
        self.order = solved.order
        self.decisions = Decisions(limits)
        (self.root,) = self.decisions.load(solved.diagram)
        self.nodes = self.decisions.below(self.root)
        self._restricted: dict[frozenset[tuple[int, bool]], int] = {}
        self._closed: dict[int, tuple[list[int], Walked]] = {}
        self._struck: dict[tuple[int, frozenset[int]], tuple[int, Walked]] = {}
        self._families: dict[tuple[tuple[Certain, ...], bool], tuple[Families, int]] = {}
        self._inner: dict[Stand, Inner | Undecided] = {}
        self._walked = Walked(self.decisions, self.nodes)
        self._level = {atom: level for level, atom in enumerate(self.order)}

    def become(self, root: int) -> None:
        """Be another function of the same parts: one that its decisions hold."""
        self.root = root
        self.nodes = self.decisions.below(root)
        self._walked = Walked(self.decisions, self.nodes)

    def by_level(self, values: Sequence[E]) -> list[E]:
        """What stands for each atom, in the order of the variables."""
        return [values[atom] for atom in self.order]

    def pair(self, arithmetic: Arithmetic[E], pairs: Pairs[E]) -> tuple[E, E]:
        """The chance of the root."""
        return self._walked.pairs(arithmetic, self.by_level(pairs))[self.root]

    def critical(
        self, arithmetic: Arithmetic[E], pairs: Pairs[E], wanted: Collection[int] | None = None
    ) -> Sequence[E]:
        """How often each variable is met, times what it decides there."""
        given = self.by_level(pairs)
        found = self._walked.pairs(arithmetic, given)
        reached: dict[int, Any] = {self.root: arithmetic.one}
        decided: list[Any] = [arithmetic.zero] * len(pairs)
        high, low, variable = self.decisions.high, self.decisions.low, self.decisions.variable
        for node in reversed(self.nodes):
            level = variable[node]
            here = reached[node]
            atom = self.order[level]
            if wanted is None or atom in wanted:
                weight = here * _difference(found[high[node]], found[low[node]])
                decided[atom] = decided[atom] + weight
            for child, chance in zip((high[node], low[node]), given[level], strict=True):
                if child > ALWAYS:
                    more = here * chance
                    reached[child] = reached[child] + more if child in reached else more
        return decided

    def idle(self, index: int, possible: Possible) -> bool:
        """No node of the variable is left where the others are known as far as they are."""
        known = self._known(possible, index)
        level = self._level[index]
        decisions = self.decisions
        left = decisions.below(self._restrict(known))
        return not any(decisions.variable[node] == level for node in left)

    def saved_by(self, index: int, possible: Possible) -> bool:
        """No path leads to failure where the part works."""
        return not self.decisions.reaches_never(self.root, self._fixed(possible, index, True))

    def lost_with(self, index: int, possible: Possible) -> bool:
        """No path leads to success where the part fails."""
        fixed = self._fixed(possible, index, False)
        return not self.decisions.reaches_never(self.root, fixed, ALWAYS)

    def cut_beside(self, index: int, pairs: Pairs[arb], lost: arb) -> arb:
        """The states in which the part decides, closed under further failures."""
        never = self._never(pairs)
        level = self._level[index]
        if level in never:
            return ZERO
        root = self._restrict(frozenset(never.items()))
        if root not in self._closed:
            self._closed[root] = self._close(root)
        closed, walked = self._closed[root]
        return walked.pairs(Arithmetic(ZERO, ONE), self.by_level(pairs))[closed[level]][0]

    def _never(self, pairs: Pairs[arb]) -> dict[int, bool]:
        """The variables that never work, as restricted."""
        return {self._level[atom]: False for atom, (r, _) in enumerate(pairs) if r.is_zero()}

    def cut_by_any(self, line: int, pairs: Pairs[arb]) -> arb:
        """The chance that a minimal cut has failed with some part in it that a line depends on.

        Of each such part, that it has failed and the states in which it decides, closed under
        further failures; of all of them together.
        """
        never = self._never(pairs)
        levels = frozenset(self._level[atom] for atom in self.formula.atoms_below(line))
        root = self._restrict(frozenset(never.items()))
        key = root, levels.difference(never)
        if key not in self._struck:
            decisions, either = self.decisions, NEVER
            for level in sorted(key[1]):
                failed = decisions.make(level, NEVER, ALWAYS)
                either = decisions.either(
                    either, decisions.both(failed, self._closed_at(root, level))
                )
            self._struck[key] = either, Walked(decisions, decisions.below(either))
        found, walked = self._struck[key]
        return walked.pairs(Arithmetic(ZERO, ONE), self.by_level(pairs))[found][0]

    def _closed_at(self, root: int, level: int) -> int:
        """The states in which a variable decides, closed under further failures."""
        decisions = self.decisions
        works = decisions.restrict(root, {level: True})
        fails = decisions.restrict(root, {level: False})
        return decisions.also_with_fewer(decisions.without(works, fails))

    def _close(self, root: int) -> tuple[list[int], Walked]:
        """For each level, the states in which it decides, closed under further failures."""
        decisions = self.decisions
        closed = [self._closed_at(root, level) for level in range(len(self.order))]
        return closed, Walked(decisions, decisions.below(*closed))

    def minimal(
        self, algebra: Algebra[F], below: Sequence[F], known: Sequence[Certain], *, paths: bool
    ) -> F:
        """As its own minimal sets say, with those of the parts that stand in each."""
        families, root = self.family(known, paths=paths)
        by_level = self.by_level(below)
        found = {NOTHING: algebra.none, EMPTY: algebra.given}
        for node in families.below(root):
            more = algebra.both(found[families.high[node]], by_level[families.variable[node]])
            found[node] = algebra.either(more, found[families.low[node]])
        return found[root]

    def alone(self, known: Sequence[Certain], *, paths: bool) -> Sequence[int]:
        """Those that turn it where all others that can do the opposite."""
        others = [not paths if given is None else given for given in known]
        return [
            atom
            for atom, given in enumerate(known)
            if given is None and self._value(others, atom, paths) is paths
        ]

    def family(self, known: Sequence[Certain], *, paths: bool) -> tuple[Families, int]:
        """The minimal sets of its variables, of those that are not certain."""
        key = tuple(known), paths
        if key not in self._families:
            fixed = frozenset(
                (self._level[atom], given) for atom, given in enumerate(known) if given is not None
            )
            families = Families(self._limits)
            root = families.minimal(self.decisions, self._restrict(fixed), paths=paths)
            self._families[key] = families, root
        return self._families[key]

    def _value(self, state: Sequence[bool], atom: int, works: bool) -> bool:
        """Whether it works in a state, where one part does as is said."""
        node = self.root
        while node > ALWAYS:
            here = self.order[self.decisions.variable[node]]
            up = works if here == atom else state[here]
            node = self.decisions.high[node] if up else self.decisions.low[node]
        return node == ALWAYS

    def inside(self, gate: Gate, line: int) -> Inner:
        """A node inside, replaced at one of its lines.

        Raises :class:`Undecided` where that is too large to solve.
        """
        if (gate, line) not in self._inner:
            stands = [(each, at) for each, lines in self.inner.items() for at in lines]
            found = inner_nodes(self.formula, self.top, stands, len(self.nodes), self._limits)
            self._inner.update(found)
        inner = self._inner[gate, line]
        if isinstance(inner, Undecided):
            raise inner
        return inner

    def under(self, limits: Limits) -> None:
        """Count what is asked from here on by other limits; what was too large is tried anew."""
        self._limits = limits
        self.decisions.count_by(limits)
        if any(isinstance(found, Undecided) for found in self._inner.values()):
            self._inner.clear()

    def _known(self, possible: Possible, but: int) -> frozenset[tuple[int, bool]]:
        """The variables of which it is certain whether they hold, ``but`` one."""
        return frozenset(
            (self._level[atom], works)
            for atom, (works, fails) in enumerate(possible)
            if works != fails and atom != but
        )

    def _fixed(self, possible: Possible, index: int, works: bool) -> list[tuple[bool, bool]]:
        fixed = list(possible)
        fixed[index] = (works, not works)
        return self.by_level(fixed)

    def _restrict(self, known: frozenset[tuple[int, bool]]) -> int:
        """The root where some variables are known."""
        found = self._restricted.get(known)
        if found is None:
            found = self._restricted[known] = self.decisions.restrict(self.root, dict(known))
        return found


def _difference(high: tuple[Any, Any], low: tuple[Any, Any]) -> Any:
    """R_high - R_low; of balls, from the side that loses fewer digits."""
    by_r = high[0] - low[0]
    if not isinstance(by_r, arb):
        return by_r
    by_q = low[1] - high[1]
    return by_r if by_r.rad() <= by_q.rad() else by_q
