"""The program against relibmss, on designs with far too many states to list.

relibmss builds the decision diagram of the unfolded design, in its own way and order. Its ``prob``
subtracts from one, so besides it the diagram is read out and walked here, both ends apart.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import pytest
import relibmss

from tests.oracle.asking import both_sides
from tests.oracle.large import estate
from tests.oracle.unfolding import (
    Instance,
    component_instances,
    must_work,
    parts,
    placed,
    reliability_of,
)
from vreltui.model import Component, Design

Pair = tuple[float, float]
"""The chance to work and the chance to fail."""


def diagram(design: Design, root: str, chances: Mapping[Instance, Pair]) -> Any:
    """The structure function of a tree, as a diagram of relibmss."""
    manager = relibmss.BDD()
    # What is shared goes on top, where relibmss puts what is defined last: below it the services
    # are independent, and the diagram stays small.
    ordered = sorted(chances, key=lambda instance: instance[0].startswith(("rack", "machine")))
    known = {instance: manager.defvar(label(instance)) for instance in ordered}

    def node(instance: Instance) -> Any:
        if instance not in known:
            below = [node(part) for part in parts(design, instance, {})]
            k = must_work(design.nodes[instance[0]], len(below))
            known[instance] = manager.kofn(k, below)
        return known[instance]

    return node(placed(design, root, ()))


def label(instance: Instance) -> str:
    """A name for an instance that a diagram can use."""
    return "/".join((instance[0], *(f"{pool}.{copy}" for pool, copy in instance[1])))


def walk(top: Any, chances: Mapping[str, Pair]) -> Pair:
    """Both ends of the probability of a diagram, by sums of products alone."""
    known: dict[int, Pair] = {}

    def pair(node: Any) -> Pair:
        if node.get_label() is None:  # a terminal, numbered by what it stands for
            return (1.0, 0.0) if node.get_id() == 1 else (0.0, 1.0)
        if node.get_id() not in known:
            low, high = (pair(child) for child in node.get_children())
            works, fails = chances[node.get_label()]
            known[node.get_id()] = (
                works * high[0] + fails * low[0],
                works * high[1] + fails * low[1],
            )
        return known[node.get_id()]

    return pair(top)


@pytest.mark.parametrize("case", range(24))
def test_estates_with_shared_hosts(case: int) -> None:
    design = estate(random.Random(case), services=9 + case)
    root = design.choices["estate"].root
    chances: dict[Instance, Pair] = {}
    for instance in component_instances(design, root, {}):
        component = design.nodes[instance[0]]
        assert isinstance(component, Component)
        r = reliability_of(component, {})
        chances[instance] = (float(r), float(1 - r))
    assert len(chances) >= 60
    top = diagram(design, root, chances)
    works, fails = both_sides(design, "estate")
    named = {label(instance): pair for instance, pair in chances.items()}
    assert works == pytest.approx(
        top.prob({name: pair[0] for name, pair in named.items()}), rel=1e-9, abs=1e-12
    )
    expected = walk(top, named)
    assert works == pytest.approx(expected[0], rel=1e-12, abs=0)
    assert fails == pytest.approx(expected[1], rel=1e-12, abs=0)
