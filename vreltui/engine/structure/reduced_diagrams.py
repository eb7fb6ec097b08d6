"""Reduced ordered decision diagrams in plain numbers, for questions that no library answers.

R. E. Bryant, "Graph-based algorithms for Boolean function manipulation", 1986. A reference is 0 for
never, 1 for always, or that of a node; the functions here rise with their variables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from vreltui.engine.arithmetic import Arithmetic
from vreltui.engine.diagram import DiagramNodes
from vreltui.engine.limits import Limits, Undecided

if TYPE_CHECKING:
    from vreltui.engine.levelled_diagram import LevelledDiagram

E = TypeVar("E")

NEVER, ALWAYS = 0, 1

_LOOK_EVERY = 4096
"""New nodes between two looks at the clock."""


class DiagramTable:
    """The nodes of diagrams, each there once: what decision diagrams of every sort share.

    ``variable``, ``high`` and ``low`` hold what stands in each reference; 0 and 1 are the two ends,
    and a child always has a lower reference than what reads it. ``doing`` says what is being made.
    """

    doing = ""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        last = 1 << 60
        self.variable = [last, last]
        self.high = [0, 1]
        self.low = [0, 1]
        self._unique: dict[tuple[int, int, int], int] = {}

    def _node(self, variable: int, high: int, low: int) -> int:
        """The one node of these three. Raises :class:`Undecided` past the limits."""
        key = (variable, high, low)
        found = self._unique.get(key)
        if found is None:
            found = len(self.variable)
            if found > self._limits.diagram_nodes:
                raise Undecided(f"{self.doing} needs more than {self._limits.diagram_nodes} nodes")
            if found % _LOOK_EVERY == 0:
                self._limits.check_time(self.doing)
            self._unique[key] = found
            self.variable.append(variable)
            self.high.append(high)
            self.low.append(low)
        return found

    def count_by(self, limits: Limits) -> None:
        """Count what is made from here on by other limits."""
        self._limits = limits

    def below(self, *roots: int) -> list[int]:
        """The nodes below some roots, these included, children first."""
        seen = {0, 1}
        stack = list(roots)
        found = []
        while stack:
            node = stack.pop()
            if node not in seen:
                seen.add(node)
                found.append(node)
                stack += (self.high[node], self.low[node])
        return sorted(found)


class Decisions(DiagramTable):
    """Functions over variables that are numbered from the top.

    Raises :class:`Undecided` past the limits.
    """

    doing = "working with a decision diagram"

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self._joined: dict[tuple[int, int], int] = {}
        self._met: dict[tuple[int, int], int] = {}
        self._without: dict[tuple[int, int], int] = {}

    def make(self, variable: int, high: int, low: int) -> int:
        """``high`` where the variable holds, else ``low``."""
        if high == low:
            return high
        return self._node(variable, high, low)

    def load(self, diagram: DiagramNodes | LevelledDiagram) -> list[int]:
        """The roots of a diagram that was read out of the library."""
        references = [NEVER, ALWAYS]
        for variable, high, low in diagram.nodes:
            references.append(self.make(variable, references[high], references[low]))
        return [references[root] for root in diagram.roots]

    def restrict(self, root: int, fixed: Mapping[int, bool]) -> int:
        """The function where some variables are known."""
        if not fixed:
            return root
        known = {NEVER: NEVER, ALWAYS: ALWAYS}
        for node in self.below(root):
            high, low = known[self.high[node]], known[self.low[node]]
            value = fixed.get(self.variable[node])
            if value is None:
                known[node] = self.make(self.variable[node], high, low)
            else:
                known[node] = high if value else low
        return known[root]

    def either(self, one: int, other: int) -> int:
        """Where one of two functions holds."""
        return self._pairwise(one, other, self._joined, _either_end)

    def both(self, one: int, other: int) -> int:
        """Where two functions hold."""
        return self._pairwise(one, other, self._met, _both_end)

    def without(self, one: int, other: int) -> int:
        """Where the one function holds, and not the other."""
        return self._pairwise(one, other, self._without, _without_end)

    def _pairwise(self, one: int, other: int, known: dict[tuple[int, int], int], end: Any) -> int:
        """A function of two functions, found from the top with a stack of its own."""
        variable, high, low = self.variable, self.high, self.low
        stack = [(one, other)]
        while stack:
            pair = a, b = stack[-1]
            if pair in known:
                stack.pop()
                continue
            ended = end(a, b)
            if ended is not None:
                known[pair] = ended
                stack.pop()
                continue
            top = min(variable[a], variable[b])
            a1, a0 = (high[a], low[a]) if variable[a] == top else (a, a)
            b1, b0 = (high[b], low[b]) if variable[b] == top else (b, b)
            above, beneath = known.get((a1, b1)), known.get((a0, b0))
            if above is None:
                stack.append((a1, b1))
            if beneath is None:
                stack.append((a0, b0))
            if above is not None and beneath is not None:
                known[pair] = self.make(top, above, beneath)
                stack.pop()
        return known[one, other]

    def also_with_fewer(self, root: int) -> int:
        """Where the function holds, or would hold if some more variables held.

        Its states closed downwards: what fails may fail beside anything else.
        """
        known = {NEVER: NEVER, ALWAYS: ALWAYS}
        for node in self.below(root):
            high, low = known[self.high[node]], known[self.low[node]]
            known[node] = self.make(self.variable[node], high, self.either(high, low))
        return known[root]

    def pairs(
        self, nodes: Sequence[int], arithmetic: Arithmetic[E], given: Sequence[tuple[E, E]]
    ) -> dict[int, tuple[E, E]]:
        """The chance of each of ``nodes``, children first, and its complement.

        ``given`` has the pair of each variable.
        """
        one, zero = arithmetic.one, arithmetic.zero
        found: dict[int, tuple[E, E]] = {NEVER: (zero, one), ALWAYS: (one, zero)}
        for node in nodes:
            r: Any
            q: Any
            r, q = given[self.variable[node]]
            high, low = found[self.high[node]], found[self.low[node]]
            found[node] = (r * high[0] + q * low[0], r * high[1] + q * low[1])
        return found

    def reaches_never(
        self, root: int, possible: Sequence[tuple[bool, bool]], target: int = NEVER
    ) -> bool:
        """Whether a path of positive chance leads from ``root`` to never, or to ``target``.

        ``possible`` says of each variable whether it may hold, and whether it may not.
        """
        seen = {root}
        stack = [root]
        while stack:
            node = stack.pop()
            if node == target:
                return True
            if node in (NEVER, ALWAYS):
                continue
            holds, fails = possible[self.variable[node]]
            for child, may in ((self.high[node], holds), (self.low[node], fails)):
                if may and child not in seen:
                    seen.add(child)
                    stack.append(child)
        return False


def _either_end(one: int, other: int) -> int | None:
    if ALWAYS in (one, other):
        return ALWAYS
    if one in (NEVER, other):
        return other
    return one if other == NEVER else None


def _both_end(one: int, other: int) -> int | None:
    if NEVER in (one, other):
        return NEVER
    if one in (ALWAYS, other):
        return other
    return one if other == ALWAYS else None


def _without_end(one: int, other: int) -> int | None:
    if one in (NEVER, other) or other == ALWAYS:
        return NEVER
    return one if other == NEVER else None
