"""The instances of a choice, the parts that fail, and in which of their states a node works.

A set of states is a whole number, a bit for each state. The parts come in blocks, of which each has
members that are up or down together with some probability, told by the elements that strike them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from tests.oracle_dependence.elements import Element, Escape, Part, Process, Struck
from tests.oracle_dependence.reading import Cause, DependentDesign
from tests.oracle_time.reading import Setting
from tests.oracle_time.states import Instance, TooMany, _at_least, needed

Variable = tuple[str, Any]
"""An instance, or an escape: a group's instance and the place of a part."""

_Shock = tuple[tuple[Instance, ...], Fraction, Cause]
"""Whom it strikes, Q_k / Q, and of which cause it is."""

MOST = 16
"""The most variables whose states are looked at."""

MOST_VISITS = 600


@dataclass(frozen=True)
class Block:
    """Variables that depend on each other: which elements take which of them down."""

    members: tuple[Variable, ...]
    strikes: tuple[tuple[Part, int], ...]
    """An element and the members that it takes down, the first member being bit 0."""

    def shares(self, pairs: list[tuple[Any, Any]], one: Any) -> list[Any]:
        """How likely each state of the members is; bit i says that member i is up."""
        full = (1 << len(self.members)) - 1
        found: dict[int, Any] = {full: one}
        for (_, mask), (r, q) in zip(self.strikes, pairs, strict=True):
            after: dict[int, Any] = {}
            for state, weight in found.items():
                for to, share in ((state, r), (state & ~mask, q)):
                    more = weight * share
                    after[to] = after[to] + more if to in after else more
            found = after
        return [found.get(state) for state in range(full + 1)]


class Structure:
    """One choice with one setting."""

    def __init__(self, design: DependentDesign, choice: str, setting: Setting) -> None:
        self.design, self.choice, self.setting = design, choice, setting
        self.root = self._placed(design.choices[choice]["root"], ())
        visited = []
        for instance in self._all(self.root):
            visited.append(instance)
            if len(visited) > MOST_VISITS:
                raise TooMany
        self.instances = list(dict.fromkeys(visited))
        self.components = [i for i in self.instances if design.is_component(i[0])]
        self.escapes = list(self._escapes())
        self.blocks = self._blocked()
        self.variables = [v for block in self.blocks for v in block.members]
        if len(self.variables) > MOST:
            raise TooMany
        self._everything = (1 << (1 << len(self.variables))) - 1
        self._known: dict[tuple[str, Instance], int] = {}

    def _placed(self, name: str, context: tuple[tuple[str, int], ...]) -> Instance:
        return (name, ()) if self.design.nodes[name].get("shared") else (name, context)

    def parts(self, instance: Instance) -> list[Instance]:
        """What a group or a pool is made of; nothing where it fails by itself."""
        name, context = instance
        if self.design.is_component(name):
            return []
        said = self.design.nodes[name]
        if "of" in said:
            copies = range(self.design.copies(name, self.choice, self.setting))
            return [self._placed(said["of"], (*context, (name, copy))) for copy in copies]
        return [self._placed(part, context) for part in said["parts"]]

    def _all(self, instance: Instance) -> Iterator[Instance]:
        yield instance
        for part in self.parts(instance):
            yield from self._all(part)

    def _escapes(self) -> Iterator[tuple[Variable, Escape]]:
        for instance in self.instances:
            chance = self.design.amount(instance[0], "contained", self.choice, self.setting)
            if chance is not None:
                for place, _ in enumerate(self.parts(instance)):
                    yield ("escape", (instance, place)), Escape(chance)

    def groups(self, cause: Cause) -> Iterator[list[Instance]]:
        """The instances that one such cause strikes together."""
        struck = [i for i in self.components if i[0] in cause.strikes]
        homes = [i for i in self.instances if i[0] == cause.within]
        if not homes:
            yield struck
        for home in homes:
            below = set(self._all(home))
            yield [i for i in struck if i in below]

    def _shares(self) -> tuple[list[_Shock], dict[Instance, Struck]]:
        """All shocks, and how the failures of each struck instance are divided."""
        shocks: list[_Shock] = []
        own: dict[Instance, Fraction] = {}
        split: set[Instance] = set()
        for cause in self.design.causes_in(self.choice, self.setting):
            for members in self.groups(cause):
                m = len(members)
                for k in range(2, m + 1):
                    if share := cause.share(m, k):
                        shocks += [(chosen, share, cause) for chosen in combinations(members, k)]
                for i in members if m > 1 else ():
                    own[i] = own.get(i, Fraction(1)) - 1 + cause.share(m, 1)
                    if cause.is_split:
                        split.add(i)
        those = {i: tuple(share for chosen, share, _ in shocks if i in chosen) for i in own}
        return shocks, {i: Struck(those[i], own[i], i in split) for i in own}

    def _blocked(self) -> list[Block]:
        """The blocks: what causes bind together, then every other part by itself."""
        shocks, struck = self._shares()
        found = []
        left = list(self.components)
        while left:
            members = self._bound(left, shocks)
            left = [i for i in left if i not in members]
            strikes: list[tuple[Part, int]] = []
            for chosen, share, cause in shocks:
                if chosen[0] in members:
                    mask = sum(1 << members.index(i) for i in chosen)
                    way = Struck(is_split=cause.is_split)
                    strikes.append((self._element(chosen[0], way, share), mask))
            for place, i in enumerate(members):
                strikes.append((self._element(i, struck.get(i, Struck())), 1 << place))
            found.append(Block(tuple(("node", i) for i in members), tuple(strikes)))
        found += [Block((v,), ((escape, 1),)) for v, escape in self.escapes]
        return sorted(found, key=lambda block: -len(block.members))

    @staticmethod
    def _bound(left: list[Instance], shocks: list[_Shock]) -> list[Instance]:
        """The first of the instances, and those that shocks bind to it."""
        members = [left[0]]
        while True:
            more = {i for chosen, _, _ in shocks if set(chosen) & set(members) for i in chosen}
            if more <= set(members):
                return members
            members += [i for i in left if i in more and i not in members]

    def _element(self, instance: Instance, struck: Struck, shock: Fraction | None = None) -> Part:
        name, choice, setting = instance[0], self.choice, self.setting
        if self.design.is_chain(name):
            return Process(self.design.chain(name, choice, setting))
        safe = self.design.amount(name, "fails_safe", choice, setting) or Fraction(0)
        return Element(self.design.leaf(name, choice, setting), struck, shock, safe)

    def _up(self, variable: Variable) -> int:
        """The states in which one variable is up: runs of bits; the first is the slowest."""
        n = len(self.variables)
        run = 1 << (n - 1 - self.variables.index(variable))
        block = ((1 << run) - 1) << run
        repeated, width = block, 2 * run
        while width < 1 << n:
            repeated |= repeated << width
            width *= 2
        return repeated

    def working(self, instance: Instance) -> int:
        """The states in which a node works."""
        return self._states("works", instance)

    def safe(self, instance: Instance) -> int:
        """The states in which a node is not unsafe."""
        return self._states("safe", instance)

    def _states(self, what: str, instance: Instance) -> int:
        if (what, instance) not in self._known:
            if instance in self.components:
                found = self._up(("node", instance))
            else:
                found = self._of_parts(what, instance)
            self._known[what, instance] = found
        return self._known[what, instance]

    def _of_parts(self, what: str, instance: Instance) -> int:
        parts = self.parts(instance)
        sets = [self._states(what, part) for part in parts]
        said = self.design.nodes[instance[0]].get("needs", "all")
        k = needed(said, len(parts))
        if k > len(parts):
            return 0
        if what == "safe":
            is_vote = said == "majority" or (isinstance(said, int) and 2 * k > len(parts))
            return _at_least(sets, k if is_vote else len(parts), self._everything)
        found = _at_least(sets, k, self._everything)
        if "contained" in self.design.nodes[instance[0]]:
            for place, states in enumerate(sets):
                found &= states | self._up(("escape", (instance, place)))
        return found

    def matters(self, states: int) -> list[Part]:
        """The elements on which a set of states depends."""
        found: list[Part] = []
        for block in self.blocks:
            bits = 0
            for place, variable in enumerate(block.members):
                up = self._up(variable)
                shift = 1 << (len(self.variables) - 1 - self.variables.index(variable))
                if (states & up) >> shift != states & ~up:
                    bits |= 1 << place
            found += [part for part, mask in block.strikes if mask & bits]
        return found

    def measured(
        self,
        states: int,
        said: Callable[[Part], tuple[Any, Any]],
        one: Any,
        replaced: tuple[int, int, tuple[Any, Any]] | None = None,
    ) -> tuple[Any, Any]:
        """How likely a set of states is, and how likely not, neither from the other.

        ``replaced`` puts another pair in the place of one element, by its block and place there.
        """
        shares = []
        for b, block in enumerate(self.blocks):
            pairs = [said(part) for part, _ in block.strikes]
            if replaced is not None and replaced[0] == b:
                pairs[replaced[1]] = replaced[2]
            shares.append(block.shares(pairs, one))
        zero = one - one
        known: dict[tuple[int, int], tuple[Any, Any]] = {}

        def at(level: int, table: int, variables: int) -> tuple[Any, Any]:
            if table == 0:
                return zero, one
            if table == (1 << (1 << variables)) - 1:
                return one, zero
            if (level, table) in known:
                return known[level, table]
            block = self.blocks[level]
            m = len(block.members)
            rest = variables - m
            width = 1 << rest
            works = fails = zero
            for state, share in enumerate(shares[level]):
                if share is None:
                    continue
                # member i is bit i of the state, but the first variable is the slowest
                place = sum(1 << (m - 1 - i) for i in range(m) if state >> i & 1)
                part = table >> (place * width) & ((1 << width) - 1)
                up, down = at(level + 1, part, rest)
                works = works + share * up
                fails = fails + share * down
            known[level, table] = works, fails
            return works, fails

        return at(0, states, len(self.variables))
