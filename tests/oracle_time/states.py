"""Every state of the parts of a choice, and in which of them a node works.

A set of states is a whole number, a bit for each state: the state whose number has bit i is one in
which instance i works.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import islice, product
from math import comb
from typing import Any

from tests.oracle_time.causes import Portion, Struck
from tests.oracle_time.leaves import Constant, Living
from tests.oracle_time.reading import Design, Setting

Instance = tuple[str, tuple[tuple[str, int], ...]]
"""A node, and the pool copies in which it stands, outermost first."""

Leaf = Constant | Living | Portion

Counts = tuple[int, ...]
"""How many instances of each component work."""

MOST = 14
"""The most instances whose states are looked at."""


MOST_VISITS = 500
"""The most nodes that are visited to find the instances."""


class TooMany(Exception):
    """More instances than are looked at."""


def _at_least(sets: Sequence[int], k: int, everything: int) -> int:
    """The states that are in at least k of the sets."""
    reached = [everything] + [0] * k
    for one in sets:
        for j in range(k, 0, -1):
            reached[j] |= reached[j - 1] & one
    return reached[k]


def needed(needs: str | int, of: int) -> int:
    """How many of so many parts have to work."""
    words = {"all": of, "any": 1, "majority": of // 2 + 1}
    return words[needs] if isinstance(needs, str) else needs


class States:
    """The states of one choice with one setting."""

    def __init__(self, design: Design, choice: str, setting: Setting) -> None:
        self.design, self.choice, self.setting = design, choice, setting
        self.parts_of_members: dict[Instance, list[Instance]] = {}
        self.root = self._placed(design.choices[choice]["root"], ())
        found = list(islice(self._all(self.root), MOST_VISITS))
        if len(found) == MOST_VISITS:
            raise TooMany
        self.instances = list(dict.fromkeys(found))
        self.struck = Struck(design.causes, self)
        self.parts_of_members = self.struck.parts
        self.leaves = list(dict.fromkeys(i for i in self._all(self.root) if self._is_leaf(i)))
        if len(self.leaves) > MOST:
            raise TooMany
        self.everything = (1 << (1 << len(self.leaves))) - 1
        self._known: dict[Instance, int] = {}

    def _placed(self, name: str, context: tuple[tuple[str, int], ...]) -> Instance:
        """A shared node is one thing for all the copies around it."""
        return (name, ()) if self.design.nodes[name].get("shared") else (name, context)

    def value(self, written: Any) -> Fraction:
        """A number or a parameter, as the choice sees it."""
        return self.design.amount_in(written, self.choice, self.setting)

    def leaf_of(self, node: str) -> Constant | Living:
        """What a component says by itself."""
        return self.design.leaf(node, self.choice, self.setting)

    def leaf(self, node: str) -> Leaf:
        """What a component says, or a share of one's failures."""
        found = self.struck.leaves.get(node)
        return self.leaf_of(node) if found is None else found

    def leaves_below(self, instance: Instance) -> set[str]:
        """The components, and shares of such, that are part of something."""
        return {name for name, _ in self._all(instance) if (name in self.components)}

    def _is_leaf(self, instance: Instance) -> bool:
        name = instance[0]
        if name in self.struck.leaves:
            return True
        return self.design.is_component(name) and instance not in self.parts_of_members

    def _parts(self, instance: Instance) -> list[Instance]:
        name, context = instance
        if instance in self.parts_of_members:
            return self.parts_of_members[instance]
        if name not in self.design.nodes:
            return []
        said = self.design.nodes[name]
        if "of" in said:
            copies = range(self.design.copies(name, self.choice, self.setting))
            return [self._placed(said["of"], (*context, (name, copy))) for copy in copies]
        return [self._placed(part, context) for part in said.get("parts", ())]

    def _all(self, instance: Instance) -> Iterator[Instance]:
        yield instance
        for part in self._parts(instance):
            yield from self._all(part)

    def _works(self, leaf: int) -> int:
        """The states in which one leaf works: runs of 2^leaf bits, every other one set."""
        run = 1 << leaf
        block = ((1 << run) - 1) << run
        return sum(block << at for at in range(0, 1 << len(self.leaves), 2 * run))

    def working(self, instance: Instance) -> int:
        """The states in which a node works."""
        if instance not in self._known:
            if instance in self.leaves:
                self._known[instance] = self._works(self.leaves.index(instance))
            else:
                parts = self._parts(instance)
                struck = instance in self.parts_of_members
                needs = "all" if struck else self.design.nodes[instance[0]].get("needs", "all")
                k = needed(needs, len(parts))
                sets = [self.working(part) for part in parts]
                found = _at_least(sets, k, self.everything) if k <= len(parts) else 0
                self._known[instance] = found
        return self._known[instance]

    @cached_property
    def components(self) -> list[str]:
        """The components, whose instances are alike."""
        return list(dict.fromkeys(name for name, _ in self.leaves))

    def sizes(self) -> Counts:
        """How many instances each component has."""
        many = Counter(name for name, _ in self.leaves)
        return tuple(many[name] for name in self.components)

    @cached_property
    def _exactly(self) -> dict[Counts, int]:
        """The states in which exactly so many instances of each component work."""
        each = []
        for name in self.components:
            sets = [self.working(leaf) for leaf in self.leaves if leaf[0] == name]
            at_least = [_at_least(sets, k, self.everything) for k in range(len(sets) + 1)]
            at_least.append(0)
            each.append([at_least[k] & ~at_least[k + 1] for k in range(len(sets) + 1)])
        found = {}
        for counts in product(*(range(len(sets)) for sets in each)):
            states = self.everything
            for sets, count in zip(each, counts, strict=True):
                states &= sets[count]
            found[counts] = states
        return found

    def counted(self, instance: Instance) -> dict[Counts, tuple[int, int]]:
        """In how many states with so many working a node works, and in how many not."""
        works = self.working(instance)
        return {
            counts: ((works & states).bit_count(), (~works & states).bit_count())
            for counts, states in self._exactly.items()
        }


def expanded(counted: dict[Counts, tuple[int, int]], sizes: Counts) -> dict[Counts, int]:
    """The probability of working as a polynomial in those of the components.

    >>> expanded({(2,): (1, 0), (1,): (2, 0), (0,): (0, 1)}, (2,))
    {(2,): -1, (1,): 2}
    """
    found: dict[Counts, int] = {}
    for counts, (up, _) in counted.items():
        spare = [size - count for size, count in zip(sizes, counts, strict=True)]
        for more in product(*(range(n + 1) for n in spare)) if up else ():
            weight = up
            for n, m in zip(spare, more, strict=True):
                weight *= (-1) ** m * comb(n, m)
            power = tuple(c + m for c, m in zip(counts, more, strict=True))
            found[power] = found.get(power, 0) + weight
    return {power: weight for power, weight in found.items() if weight}
