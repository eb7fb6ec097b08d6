"""The oracle against itself: two unrelated ways to the same number, and what is known by hand."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given, settings

from tests.oracle import Oracle, as_toml, designs
from tests.oracle.literal import pivoted, reliability
from tests.oracle.polynomials import margin_polynomials, regions
from vreltui.model import Choice, Component, Design, Group, Node, Pool, Probability

FEW = 7
"""Few enough instances to list every state the slow way."""


def small(*nodes: Node, root: str) -> Oracle:
    """A design with one choice."""
    return Oracle(
        Design(
            nodes={node.name: node for node in nodes}, choices={"c": Choice(name="c", root=root)}
        )
    )


def unit(name: str, value: str, *, shared: bool = False) -> Component:
    return Component(name=name, reliability=Probability.of(value), shared=shared)


@settings(max_examples=300)
@given(designs())
def test_tables_agree_with_listing_every_state_and_with_pivoting(design: Design) -> None:
    oracle = Oracle(design)
    for name, choice in design.choices.items():
        if oracle.instances(name) <= FEW:
            values = oracle.values(name)
            listed = reliability(design, choice.root, values)
            assert oracle.reliability(name) == listed == pivoted(design, choice.root, values), (
                as_toml(design)
            )


@settings(max_examples=200)
@given(designs())
def test_polynomials_agree_with_single_points(design: Design) -> None:
    oracle = Oracle(design)
    choice = list(design.choices)[-1]
    names = [name for name in oracle.used(choice) if not design.parameters[name].is_count]
    assume(names)
    for name in names:
        for point, meets in regions(margin_polynomials(oracle, choice, name)):
            assert oracle.meets(choice, {name: point}) == meets, as_toml(design)


def test_a_shared_node_is_one_thing_for_all_copies() -> None:
    both = Group(name="both", parts=("s", "m"))
    pool = Pool(name="pool", of="both", copies=2, needs="any")
    apart = small(unit("s", "0.5"), unit("m", "0.5"), both, pool, root="pool")
    shared = small(unit("s", "0.5", shared=True), unit("m", "0.5"), both, pool, root="pool")
    assert apart.reliability("c") == 1 - Fraction(3, 4) ** 2
    assert shared.reliability("c") == Fraction(1, 2) * Fraction(3, 4)


def test_what_lies_below_a_shared_node_is_one_thing_too() -> None:
    inner = Group(name="inner", parts=("m",), shared=True)
    pool = Pool(name="pool", of="inner", copies=3, needs="any")
    assert small(unit("m", "0.5"), inner, pool, root="pool").reliability("c") == Fraction(1, 2)


def test_a_pool_of_a_pool_copies_twice() -> None:
    inner = Pool(name="inner", of="m", copies=2, needs="all")
    outer = Pool(name="outer", of="inner", copies=2, needs="any")
    oracle = small(unit("m", "0.5"), inner, outer, root="outer")
    assert oracle.instances("c") == 4
    assert oracle.reliability("c") == Fraction(7, 16)


def test_a_part_named_twice_counts_twice_and_fails_once() -> None:
    vote = Group(name="vote", parts=("a", "a", "b"), needs=2)
    assert small(unit("a", "0.5"), unit("b", "0.1"), vote, root="vote").reliability("c") == (
        Fraction(1, 2)
    )
