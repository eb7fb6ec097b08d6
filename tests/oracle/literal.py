"""Reliability as the words say it: try every state, add up the chances of those that work.

Hopeless beyond a dozen instances, and too simple to be wrong: :mod:`tests.oracle.tables`, which
is fast enough for thousands of designs, is compared with this.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import prod

from tests.oracle.unfolding import (
    Instance,
    Values,
    component_instances,
    must_work,
    parts,
    placed,
    reliability_of,
)
from vreltui.model import Component, Design


def reliability(design: Design, root: str, values: Values) -> Fraction:
    """The probability that the node ``root`` works, by listing all states."""
    named = component_instances(design, root, values)
    chances = [_reliability(design, instance, values) for instance in named]
    total = Fraction(0)
    for state in product((False, True), repeat=len(named)):
        if works(design, placed(design, root, ()), values, dict(zip(named, state, strict=True))):
            total += prod(r if up else 1 - r for r, up in zip(chances, state, strict=True))
    return total


def pivoted(design: Design, root: str, values: Values) -> Fraction:
    """The same by pivoting: a component works or it does not, and the rest is a smaller case."""
    named = component_instances(design, root, values)
    top = placed(design, root, ())

    def rest(state: dict[Instance, bool], left: list[Instance]) -> Fraction:
        if not left:
            return Fraction(works(design, top, values, state))
        first, *others = left
        chance = _reliability(design, first, values)
        up = rest(state | {first: True}, others)
        down = rest(state | {first: False}, others)
        return chance * up + (1 - chance) * down

    return rest({}, named)


def works(design: Design, instance: Instance, values: Values, state: dict[Instance, bool]) -> bool:
    """Whether an instance works while the components are in ``state``."""
    node = design.nodes[instance[0]]
    if isinstance(node, Component):
        return state[instance]
    below = parts(design, instance, values)
    working = sum(works(design, part, values, state) for part in below)
    return working >= must_work(node, len(below))


def _reliability(design: Design, instance: Instance, values: Values) -> Fraction:
    component = design.nodes[instance[0]]
    assert isinstance(component, Component)
    return reliability_of(component, values)
