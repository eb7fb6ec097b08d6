"""Families of sets as zero-suppressed decision diagrams, in plain numbers.

S. Minato, "Zero-suppressed BDDs for set manipulation in combinatorial problems", 1993; minimal sets
from a decision diagram: A. Rauzy, "New algorithms for fault trees analysis", 1993. A reference is 0
for no set at all, 1 for the empty set alone, or that of a node: the sets of ``high`` with its
variable added, and those of ``low``.
"""

from __future__ import annotations

from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.structure.reduced_diagrams import ALWAYS, NEVER, Decisions

NOTHING, EMPTY = 0, 1

_LOOK_EVERY = 4096


class Families:
    """Families over numbered variables; a child always has a lower reference than its reader."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        last = 1 << 60
        self.variable = [last, last]
        self.high = [NOTHING, EMPTY]
        self.low = [NOTHING, EMPTY]
        self._unique: dict[tuple[int, int, int], int] = {}

    def make(self, variable: int, high: int, low: int) -> int:
        """The sets of ``high`` with the variable, and those of ``low``."""
        if high == NOTHING:
            return low
        key = (variable, high, low)
        found = self._unique.get(key)
        if found is None:
            found = len(self.variable)
            if found > self._limits.diagram_nodes:
                raise Undecided(f"its sets need more than {self._limits.diagram_nodes} nodes")
            if found % _LOOK_EVERY == 0:
                self._limits.check_time("finding minimal sets")
            self._unique[key] = found
            self.variable.append(variable)
            self.high.append(high)
            self.low.append(low)
        return found

    def below(self, root: int) -> list[int]:
        """The nodes below ``root``, itself included, children first."""
        seen = {NOTHING, EMPTY}
        stack = [root]
        found = []
        while stack:
            node = stack.pop()
            if node not in seen:
                seen.add(node)
                found.append(node)
                stack += (self.high[node], self.low[node])
        return sorted(found)

    def minimal(self, decisions: Decisions, root: int, *, paths: bool = False) -> int:
        """The minimal sets whose failing fails a function, or whose working makes it work.

        The function must not fall where a variable rises.
        """
        known = {NEVER: NOTHING, ALWAYS: EMPTY} if paths else {NEVER: EMPTY, ALWAYS: NOTHING}
        weeded: dict[tuple[int, int], int] = {}
        for node in decisions.below(root):
            works, fails = decisions.high[node], decisions.low[node]
            with_it, without_it = (works, fails) if paths else (fails, works)
            more = self._weeded(known[with_it], decisions, without_it, weeded, paths)
            known[node] = self.make(decisions.variable[node], more, known[without_it])
        return known[root]

    def _weeded(
        self,
        family: int,
        decisions: Decisions,
        function: int,
        known: dict[tuple[int, int], int],
        paths: bool,
    ) -> int:
        """The sets that do not by themselves fail a function (or make it work)."""
        done, free = (ALWAYS, NEVER) if paths else (NEVER, ALWAYS)
        inside, outside = decisions.high, decisions.low
        if not paths:
            inside, outside = outside, inside
        stack = [(family, function)]
        while stack:
            pair = z, f = stack[-1]
            if pair in known:
                stack.pop()
                continue
            if z == NOTHING or f == done:
                known[pair] = NOTHING
            elif f == free or z == EMPTY:
                known[pair] = z
            else:
                missing = self._weed_step(pair, decisions, inside, outside, known)
                if missing:
                    stack.extend(missing)
                    continue
            stack.pop()
        return known[family, function]

    def _weed_step(
        self,
        pair: tuple[int, int],
        decisions: Decisions,
        inside: list[int],
        outside: list[int],
        known: dict[tuple[int, int], int],
    ) -> list[tuple[int, int]]:
        """One step down; what has to be known first, if anything."""
        z, f = pair
        mine, other = self.variable[z], decisions.variable[f]
        if other < mine:  # in no set: it stays as it is
            rest = (z, outside[f])
            if rest not in known:
                return [rest]
            known[pair] = known[rest]
            return []
        if mine < other:
            with_it, without_it = (self.high[z], f), (self.low[z], f)
        else:
            with_it, without_it = (self.high[z], inside[f]), (self.low[z], outside[f])
        missing = [each for each in (with_it, without_it) if each not in known]
        if not missing:
            known[pair] = self.make(mine, known[with_it], known[without_it])
        return missing
