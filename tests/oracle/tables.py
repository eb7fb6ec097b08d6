"""All states at once: a truth table of 2^m states is one integer of 2^m bits.

A gate is then a few operations on long integers, and the sum over all states a fold that halves
the table at one component after the other. Chances stay whole numbers (numerators over a common
denominator), or polynomials in the one parameter that varies, so that nothing is ever rounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from tests.oracle.unfolding import (
    Instance,
    Values,
    component_instances,
    is_none,
    must_work,
    parts,
    placed,
    reliability_of,
)
from vreltui.model import Component, Design

Ring = Any
"""Whole numbers, or polynomials with whole coefficients."""


MOST_COMPONENTS = 22
"""More would take gigabytes."""


class Table:
    """The states of one choice's components, and which of them let each node work."""

    def __init__(self, design: Design, root: str, values: Values) -> None:
        self.design = design
        self.values = values
        self.root = root
        self.components = component_instances(design, root, values)
        if len(self.components) > MOST_COMPONENTS:
            raise ValueError(f"{len(self.components)} components are too many to list all states")
        self._full = (1 << (1 << len(self.components))) - 1
        self._tables: dict[Instance, int] = {
            instance: self._works(place) for place, instance in enumerate(self.components)
        }

    def reliability(self, instance: Instance | None = None) -> Fraction:
        """The probability that an instance works; that of the root without one."""
        weights = [self._chance(component) for component in self.components]
        working, total = fold(self.of(instance), weights)
        return Fraction(working, total)

    def polynomial(self, parameter: str, variable: Ring) -> tuple[Ring, int]:
        """The root's reliability as a polynomial in one parameter, over a whole denominator."""
        weights = []
        for component in self.components:
            node = self.design.nodes[component[0]]
            assert isinstance(node, Component)
            varies = node.reliability == parameter
            weights.append((1 - variable, variable) if varies else self._chance(component))
        working, total = fold(self.of(), weights)
        return working, int(total) if isinstance(total, int) else int(total[0])

    def of(self, instance: Instance | None = None) -> int:
        """The states in which an instance works, one bit each."""
        where = placed(self.design, self.root, ()) if instance is None else instance
        if where not in self._tables:
            below = [self.of(part) for part in parts(self.design, where, self.values)]
            node = self.design.nodes[where[0]]
            if is_none(node):
                self._tables[where] = self._full ^ self._at_least(1, below)
            else:
                self._tables[where] = self._at_least(must_work(node, len(below)), below)
        return self._tables[where]

    def _works(self, place: int) -> int:
        """The states whose bit number ``place`` is set: runs of 2^place, alternating."""
        return self._full ^ (self._full // ((1 << (1 << place)) + 1))

    def _at_least(self, k: int, tables: Sequence[int]) -> int:
        reached = [self._full] + [0] * k
        for table in tables:
            for count in range(k, 0, -1):
                reached[count] |= reached[count - 1] & table
        return reached[k]

    def _chance(self, instance: Instance) -> tuple[int, int]:
        """The chances to fail and to work, as numerators over their sum."""
        component = self.design.nodes[instance[0]]
        assert isinstance(component, Component)
        r = reliability_of(component, self.values)
        return r.denominator - r.numerator, r.numerator


def fold(table: int, weights: Sequence[tuple[Ring, Ring]]) -> tuple[Ring, Ring]:
    """The weight of the states in ``table``, and that of all states."""
    totals: list[Ring] = [1]
    for failed, working in weights:
        totals.append(totals[-1] * (failed + working))
    known: dict[tuple[int, int], Ring] = {}

    def weight(level: int, states: int) -> Ring:
        if states == 0:
            return 0
        half = 1 << (level - 1) if level else 0
        if states == (1 << (1 << level)) - 1:
            return totals[level]
        key = (level, states)
        if key not in known:
            failed, working = weights[level - 1]
            without = weight(level - 1, states & ((1 << half) - 1))
            known[key] = failed * without + working * weight(level - 1, states >> half)
        return known[key]

    return weight(len(weights), table), totals[-1]
