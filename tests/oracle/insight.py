"""Importance and minimal sets by their definitions, from a table of all states of a choice.

A state is a bit; replacing an instance, wherever it is named, gives another table. Nothing here
knows of diagrams or modules.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import fmpq, fmpq_poly, fmpz_poly

from tests.oracle.questions import Oracle
from tests.oracle.tables import Table, fold
from tests.oracle.unfolding import Instance, instances
from vreltui.model import Component

Measures = dict[str, Any]


class Replaced(Table):
    """The states of a choice, one instance of which always or never works."""

    def __init__(self, table: Table, instance: Instance, *, works: bool) -> None:
        super().__init__(table.design, table.root, table.values)
        self._tables = {each: table.of(each) for each in self.components if each != instance} | {
            instance: self._full if works else 0
        }


@dataclass
class Insight:
    """A choice, and the questions about its instances."""

    oracle: Oracle
    choice: str

    def __post_init__(self) -> None:
        self.table = self.oracle.table(self.choice)
        self.full = self.table._full
        self.chances = [self.table._chance(each) for each in self.table.components]
        self.root = self.table.of()
        self.unreliability = 1 - self.chance(self.root)

    def chance(self, states: int) -> Fraction:
        """The probability of some states."""
        weight, total = fold(states, self.chances)
        return Fraction(weight, total)

    # Components that are certain

    @property
    def never(self) -> set[int]:
        """The places of components that never work."""
        return {place for place, (_, up) in enumerate(self.chances) if up == 0}

    @property
    def perfect(self) -> set[int]:
        """The places of components that never fail."""
        return {place for place, (down, _) in enumerate(self.chances) if down == 0}

    def forced(self, states: int, place: int, *, works: bool) -> int:
        """The states that would be in the set if a component worked, or failed."""
        up = self.table._works(place)
        run = 1 << place
        if works:
            kept = states & up
            return kept | kept >> run
        kept = states & ~up
        return kept | kept << run

    # Importance

    def instances_of(self, node: str) -> list[Instance]:
        """The instances of a node."""
        found = instances(self.table.design, self.table.root, self.table.values)
        return [each for each in found if each[0] == node]

    def measures(self, instance: Instance) -> Measures:
        """Every measure of one instance, as the definitions say."""
        works = Replaced(self.table, instance, works=True).of()
        fails = Replaced(self.table, instance, works=False).of()
        q, q0, q1 = self.unreliability, 1 - self.chance(fails), 1 - self.chance(works)
        both = self.chance(self.full & ~self.table.of(instance) & ~self.root)
        found: Measures = {"birnbaum": q0 - q1, "single_point": self._alone(works, fails)}
        found |= {
            "criticality": (q - q1) / q if q else None,
            "diagnostic": both / q if q else None,
            "raw": q0 / q if q else None,
            "rrw": q / q1 if q and q1 else None,
        }
        is_component = isinstance(self.table.design.nodes[instance[0]], Component)
        found["fussell_vesely"] = self._fussell_vesely(instance) if is_component and q else None
        found["structural"], found["barlow_proschan"] = (
            self._by_structure(works, fails) if is_component else (None, None)
        )
        return found

    def _alone(self, works: int, fails: int) -> bool:
        """Whether its failure decides where all works that can."""
        state = sum(1 << place for place in range(len(self.chances)) if place not in self.never)
        return bool(works >> state & 1) and not fails >> state & 1

    def _fussell_vesely(self, instance: Instance) -> Fraction:
        place = self.table.components.index(instance)
        if place in self.never:
            return Fraction(0)
        root = self.root
        for each in self.never:
            root = self.forced(root, each, works=False)
        # States in which the rest of some minimal cut with it has failed: where it decides, and
        # where more has failed than that.
        cut = self.forced(root, place, works=True) & ~self.forced(root, place, works=False)
        for other in range(len(self.chances)):
            if other != place:
                cut |= (cut & self.table._works(other)) >> (1 << other)
        return self.chance(cut & ~self.table._works(place)) / self.unreliability

    def _by_structure(self, works: int, fails: int) -> tuple[Fraction, Fraction]:
        p = fmpz_poly([0, 1])
        alike = [(1 - p, p)] * len(self.chances)
        gained, _ = fold(works & ~fails, alike)
        lost, _ = fold(fails & ~works, alike)
        chance = fmpq_poly(fmpz_poly([0]) + gained - lost)
        half, whole = chance(fmpq(1, 2)), chance.integral()(fmpq(1))
        return Fraction(int(half.p), int(half.q)), Fraction(int(whole.p), int(whole.q))

    # Minimal sets

    def minimal_sets(self, *, paths: bool = False) -> set[frozenset[int]]:
        """The minimal cuts, or paths, as places of components. Hopeless beyond a dozen."""
        m = len(self.chances)
        root = self.root
        for place in self.never | self.perfect:
            root = self.forced(root, place, works=place in self.perfect)
        # Of the coherent hull: what fails in a state fails where more has failed.
        fails = self.full & ~root
        for place in range(m):
            fails |= (fails & self.table._works(place)) >> (1 << place)
        found: set[frozenset[int]] = set()
        others = [place for place in range(m) if place not in self.never | self.perfect]
        for chosen in sorted(range(1 << len(others)), key=int.bit_count):
            places = frozenset(others[i] for i in range(len(others)) if chosen >> i & 1)
            if any(known <= places for known in found):
                continue
            up = places if paths else frozenset(others) - places
            state = sum(1 << place for place in up)
            if (not fails >> state & 1) == paths:
                found.add(places)
        return found
