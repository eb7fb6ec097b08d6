"""What must hold of any design, and closed forms of designs of hundreds of components."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from math import comb

import pytest
from hypothesis import assume, given, settings

from tests.effort import cases
from tests.oracle import as_toml, designs
from tests.oracle.asking import both_sides
from tests.oracle.large import estate, pool_of
from vreltui.model import (
    Choice,
    Component,
    Design,
    Group,
    Node,
    Parameter,
    Pool,
    Probability,
    counted,
    needed,
)

EXAMPLES = cases(100, 200)
RELATIVE = 1e-12


def same(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two pairs of reliability and complement are the same number."""
    return all(
        a == pytest.approx(b, rel=2 * RELATIVE, abs=0) for a, b in zip(one, other, strict=True)
    )


def tail(n: int, k: int, r: Fraction) -> Fraction:
    """The chance that at least k of n independent things work."""
    return sum((comb(n, i) * r**i * (1 - r) ** (n - i) for i in range(k, n + 1)), Fraction(0))


def with_every_component(design: Design, change: Callable[[Component], Component]) -> Design:
    nodes: dict[str, Node] = {
        name: change(node) if isinstance(node, Component) else node
        for name, node in design.nodes.items()
    }
    return replace(design, nodes=nodes)


def bare(design: Design) -> Design:
    """The design without what does not bear on reliability."""
    return replace(design, goal=None, baseline=None)


@pytest.mark.parametrize("reliability", ["0.5", "0.999999", "1e-9", "0.9"])
@pytest.mark.parametrize(
    ("copies", "needs"), [(1, 1), (3, 2), (20, 11), (60, 1), (60, 60), (64, 5)]
)
def test_a_pool_is_a_group_of_as_many_alike_and_a_binomial_tail(
    reliability: str, copies: int, needs: int
) -> None:
    design = pool_of(reliability, copies, needs)
    expected = tail(copies, needs, Fraction(reliability))
    for choice in design.choices:
        assert same(both_sides(design, choice), (float(expected), float(1 - expected)))


def test_a_large_pool_keeps_both_ends() -> None:
    expected = tail(1000, 900, Fraction("0.99"))
    assert 1 - expected < Fraction(1, 10**60)
    said = both_sides(pool_of("0.99", 1000, 900), "pool")
    assert same(said, (float(expected), float(1 - expected)))


@pytest.mark.parametrize("needs", ["all", "any"])
def test_series_and_parallel_of_many_different_components(needs: str) -> None:
    chance = random.Random(needs)
    values = [Fraction(chance.randint(1, 10**6 - 1), 10**6) for _ in range(150)]
    nodes: dict[str, Node] = {
        f"e{i}": Component(name=f"e{i}", reliability=Probability.of(f"{float(value):.6f}"))
        for i, value in enumerate(values)
    }
    nodes["top"] = Group(name="top", parts=tuple(nodes), needs="all" if needs == "all" else "any")
    product = Fraction(1)
    for value in values:
        product *= value if needs == "all" else 1 - value
    expected = product if needs == "all" else 1 - product
    design = Design(nodes=nodes, choices={"c": Choice(name="c", root="top")})
    assert same(both_sides(design, "c"), (float(expected), float(1 - expected)))


def dual(design: Design) -> Design:
    """Every component fails where it worked, and every gate counts failures instead."""
    nodes: dict[str, Node] = {}
    for name, node in design.nodes.items():
        match node:
            case Component(reliability=Probability() as probability):
                nodes[name] = replace(node, reliability=complement(probability))
            case Group(parts=parts):
                enough, inverts = counted(node.needs)
                assert not inverts
                nodes[name] = replace(node, needs=len(parts) - needed(enough, len(parts)) + 1)
            case Pool(copies=int(copies)):
                enough, inverts = counted(node.needs)
                assert not inverts
                nodes[name] = replace(node, needs=copies - needed(enough, copies) + 1)
            case _:
                nodes[name] = node
    parameters = {
        name: replace(parameter, value=complement(parameter.value), range=None)
        if isinstance(parameter.value, Probability)
        else parameter
        for name, parameter in design.parameters.items()
    }
    return replace(design, nodes=nodes, parameters=parameters)


def complement(probability: Probability) -> Probability:
    return Probability(probability.written, complemented=not probability.complemented)


@settings(max_examples=EXAMPLES)
@given(designs())
def test_the_dual_works_where_the_design_fails(design: Design) -> None:
    pools = [node for node in design.nodes.values() if isinstance(node, Pool)]
    assume(all(isinstance(pool.copies, int) for pool in pools))
    plain = bare(
        replace(design, choices={n: replace(c, set={}) for n, c in design.choices.items()})
    )
    for choice in design.choices:
        works, fails = both_sides(plain, choice)
        assert same(both_sides(dual(plain), choice), (fails, works)), as_toml(plain)


@pytest.mark.parametrize("case", range(6))
def test_the_dual_of_an_estate(case: int) -> None:
    design = estate(random.Random(case), services=20)
    works, fails = both_sides(design, "estate")
    assert same(both_sides(dual(design), "estate"), (fails, works))


@settings(max_examples=EXAMPLES)
@given(designs())
def test_a_better_component_never_makes_a_choice_worse(design: Design) -> None:
    better = with_every_component(
        bare(design),
        lambda node: replace(node, reliability=Probability.of(1)) if node.name == "e0" else node,
    )
    for choice in design.choices:
        before, after = both_sides(bare(design), choice), both_sides(better, choice)
        assert after[0] >= before[0] * (1 - RELATIVE), as_toml(design)
        assert after[1] <= before[1] * (1 + RELATIVE), as_toml(design)


@settings(max_examples=EXAMPLES)
@given(designs())
def test_names_and_the_order_of_parts_say_nothing(design: Design) -> None:
    new = {name: f"x{index}" for index, name in enumerate(reversed(list(design.nodes)))}
    nodes: dict[str, Node] = {}
    for name in sorted(design.nodes, key=lambda name: new[name]):
        node = design.nodes[name]
        match node:
            case Group(parts=parts):
                parts = tuple(new[part] for part in reversed(parts))
                nodes[new[name]] = replace(node, name=new[name], parts=parts)
            case Pool(of=of):
                nodes[new[name]] = replace(node, name=new[name], of=new[of])
            case _:
                nodes[new[name]] = replace(node, name=new[name])
    choices = {n: replace(c, root=new[c.root]) for n, c in design.choices.items()}
    renamed = replace(design, nodes=nodes, choices=choices)
    for choice in design.choices:
        assert same(both_sides(design, choice), both_sides(renamed, choice)), as_toml(design)


@pytest.mark.parametrize("case", range(6))
def test_pivoting_on_a_shared_component_of_an_estate(case: int) -> None:
    """Shannon: R = r R(works) + (1 - r) R(fails), and the same of 1 - R."""
    plain = estate(random.Random(100 + case), services=20)
    rack = plain.nodes["rack-0"]
    assert isinstance(rack, Component)
    assert isinstance(rack.reliability, Probability)
    estate_choice = plain.choices["estate"]
    design = replace(
        plain,
        nodes={**plain.nodes, "rack-0": replace(rack, reliability="r")},
        parameters={"r": Parameter("r", rack.reliability)},
        choices={
            "estate": estate_choice,
            "works": replace(estate_choice, name="works", set={"r": Probability.of(1)}),
            "fails": replace(estate_choice, name="fails", set={"r": Probability.of(0)}),
        },
    )
    r, q = (float(side) for side in (rack.reliability.reliability, rack.reliability.unreliability))
    works, fails = both_sides(design, "works"), both_sides(design, "fails")
    expected = tuple(r * up + q * down for up, down in zip(works, fails, strict=True))
    assert same(both_sides(design, "estate"), (expected[0], expected[1]))
