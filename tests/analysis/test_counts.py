"""Thresholds of counts, by bisection where that is proven and by trying where it is not."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracle.questions import Oracle
from vreltui.analysis import CountThreshold, examine
from vreltui.model import (
    Choice,
    Component,
    Design,
    Group,
    Needs,
    Node,
    Parameter,
    Pool,
    Probability,
)


def threshold(reliability: str, needs: Needs, goal: str, most: int, now: int = 3) -> CountThreshold:
    design = Design(
        goal=Probability.of(goal),
        copies_limit=most,
        parameters={"n": Parameter("n", now)},
        nodes={
            "vm": Component(name="vm", kind="vm", reliability=Probability.of(reliability)),
            "pool": Pool(name="pool", of="vm", copies="n", needs=needs),
        },
        choices={"c": Choice("c", "pool")},
    )
    found = examine(design).choices["c"].thresholds["n"]
    assert isinstance(found, CountThreshold)
    return found


def works(reliability: str, k: int, n: int) -> Fraction:
    r = Fraction(reliability)
    return sum((comb(n, i) * r**i * (1 - r) ** (n - i) for i in range(k, n + 1)), Fraction(0))


@pytest.mark.parametrize("needs", ["all", "any", "majority", 2, 3])
@pytest.mark.parametrize("reliability", ["0.4", "0.6", "0.9"])
@pytest.mark.parametrize("goal", ["0.3", "0.65", "0.972", "0.999"])
def test_every_count_is_as_enumeration_says(needs: Needs, reliability: str, goal: str) -> None:
    most = 24
    expected = []
    for n in range(1, most + 1):
        k = {"all": n, "any": 1, "majority": n // 2 + 1}.get(str(needs), needs)
        assert isinstance(k, int)
        if works(reliability, k, n) > Fraction(goal):
            expected.append(n)
    found = threshold(reliability, needs, goal, most)
    assert [n for low, high in found.ranges for n in range(low, high + 1)] == expected
    assert not found.undecided


def test_ranges_are_whole_and_apart() -> None:
    # A majority of an even number is harder than one of the odd number before it.
    found = threshold("0.9", "majority", "0.96", 12)
    for (_, high), (low, _) in pairwise(found.ranges):
        assert low > high + 1


def test_a_tie_is_not_met() -> None:
    # 1 - 0.1**2 is the goal itself: two copies tie, three exceed it.
    assert threshold("0.9", "any", "0.99", 10).ranges == ((3, 10),)


def test_the_limit_of_the_host_bounds_the_search() -> None:
    assert threshold("0.1", "any", "0.98", 64).ranges == ((38, 64),)
    assert threshold("0.1", "any", "0.98", 37).ranges == ()


# Against a baseline of the same structure


PLACES = ["0.5", "0.9", "0.9", "0.99", "1", "0"]


@given(st.data())
def test_a_count_that_both_share_is_as_enumeration_says(data: st.DataObject) -> None:
    needs: Needs = data.draw(st.sampled_from(["any", "all", "majority", 2, 4]))
    others: Needs = data.draw(st.sampled_from(["all", "any", 2]))
    within: Needs = data.draw(st.sampled_from(["all", "any"]))
    own, rival = ([data.draw(st.sampled_from(PLACES)) for _ in "abs"] for _ in "or")
    most = 5
    nodes: list[Node] = [
        Component(name="a", reliability="a"),
        Component(name="b", reliability="b"),
        Component(name="s", reliability="s", shared=data.draw(st.booleans())),
        Group(name="copy", parts=("a", "s"), needs=within),
        Pool(name="pool", of="copy", copies="n", needs=needs),
        Group(name="top", parts=("pool", "b", "s"), needs=others),
    ]
    design = Design(
        baseline="rival",
        copies_limit=most,
        parameters={name: Parameter(name, Probability.of("0.3")) for name in "abs"}
        | {"n": Parameter("n", 2)},
        nodes={node.name: node for node in nodes},
        choices={
            name: Choice(
                name, "top", set=dict(zip("abs", map(Probability.of, values), strict=True))
            )
            for name, values in (("own", own), ("rival", rival))
        },
    )
    found = examine(design).choices["own"].thresholds["n"]
    assert isinstance(found, CountThreshold)
    oracle = Oracle(design)
    expected = [
        n
        for n in range(1, most + 1)
        if oracle.reliability("own", {"n": n}) > oracle.reliability("rival", {"n": n})
    ]
    assert [n for low, high in found.ranges for n in range(low, high + 1)] == expected
