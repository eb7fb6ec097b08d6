"""Thresholds of counts, by bisection where that is proven and by trying where it is not."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import comb

import pytest

from vreltui.analysis import CountThreshold, examine
from vreltui.model import Choice, Component, Design, Needs, Parameter, Pool, Probability


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
