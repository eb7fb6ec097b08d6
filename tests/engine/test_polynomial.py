"""Roots in odds: isolation, multiplicity, ties, and both ends of (0, 1)."""

from __future__ import annotations

from itertools import pairwise

import pytest
from flint import fmpq, fmpz_poly

from vreltui.analysis import ProbabilityThreshold, examine
from vreltui.engine.limits import Limits
from vreltui.engine.polynomial import isolate, variations
from vreltui.engine.polynomial_region import polynomial_region
from vreltui.model import Choice, Component, Design, Group, Node, Parameter, Probability


def from_roots(*odds: int, scale: int = 1) -> fmpz_poly:
    """The polynomial with these roots, in odds."""
    polynomial = fmpz_poly([scale])
    for root in odds:
        polynomial *= fmpz_poly([-root, 1])
    return polynomial


def ends(polynomial: fmpz_poly) -> list[tuple[float, float]]:
    return [
        (float(interval.low.pair(80)[0].mid()), float(interval.high.pair(80)[0].mid()))
        for interval in polynomial_region(polynomial, Limits())
    ]


def test_descartes_counts_sign_changes_without_zeros() -> None:
    assert variations(fmpz_poly([1, 0, -1, -2, 0, 3])) == 2
    assert variations(fmpz_poly([])) == 0


def test_isolating_intervals_are_disjoint_and_hold_one_root_each() -> None:
    roots = isolate(from_roots(1, 2, 3, 50, 51), Limits())
    assert len(roots) == 5
    for root, odds in zip(roots, (1, 2, 3, 50, 51), strict=True):
        x = fmpq(odds, odds + 1)
        assert root.low <= x <= root.high
    for before, after in pairwise(roots):
        assert before.high <= after.low


def test_a_polynomial_that_is_positive_everywhere() -> None:
    assert ends(fmpz_poly([1, 0, 1])) == [(0.0, 1.0)]
    assert ends(fmpz_poly([-1, 0, -1])) == []


def test_a_tie_everywhere_is_no_win_anywhere() -> None:
    assert ends(fmpz_poly([])) == []


def test_a_simple_root_divides_losing_from_winning() -> None:
    assert ends(from_roots(3)) == [(0.75, 1.0)]
    assert ends(-from_roots(3)) == [(0.0, 0.75)]


def test_a_double_root_is_a_tie_that_divides_a_winning_interval() -> None:
    assert ends(from_roots(3, 3)) == [(0.0, 0.75), (0.75, 1.0)]
    assert ends(-from_roots(3, 3)) == []


def test_a_triple_root_changes_the_sign_once() -> None:
    assert ends(from_roots(3, 3, 3)) == [(0.75, 1.0)]


def test_roots_at_zero_belong_to_no_interval() -> None:
    assert ends(from_roots(0, 0, 3)) == [(0.75, 1.0)]


def test_neighbouring_roots_that_fall_on_the_grid_of_bisection() -> None:
    # 1/2 and 3/4 are both met exactly when intervals are halved.
    assert ends(from_roots(1, 3)) == [(0.0, 0.5), (0.75, 1.0)]
    assert ends(from_roots(1, 1, 3)) == [(0.75, 1.0)]


@pytest.mark.parametrize("exponent", [20, 120, 300])
def test_roots_next_to_one_keep_their_complement(exponent: int) -> None:
    ((low, _),) = [
        (interval.low, interval.high)
        for interval in polynomial_region(from_roots(10**exponent - 1), Limits())
    ]
    assert float(low.pair(80)[1].mid()) == pytest.approx(10.0**-exponent, rel=1e-15)
    ((low, _),) = [
        (interval.low, interval.high)
        for interval in polynomial_region(fmpz_poly([-1, 10**exponent - 1]), Limits())
    ]
    assert float(low.pair(80)[0].mid()) == pytest.approx(10.0**-exponent, rel=1e-15)


def test_roots_closer_than_doubles_are_two() -> None:
    close = from_roots(10**20, 10**20 + 1)
    intervals = polynomial_region(close, Limits())
    assert len(intervals) == 2
    assert intervals[0].high.compare(intervals[1].low) == -1


def test_a_tie_for_every_value_is_no_win_however_often_the_value_is_read() -> None:
    parameter = Parameter("x", Probability.of("0.5"))
    nodes: list[Node] = [
        Component(name="sure", reliability=Probability.of(1)),
        Component(name="one", reliability="x"),
        Component(name="two", reliability="x"),
        Group(name="surely", parts=("one", "sure", "two"), needs="any"),
    ]
    design = Design(
        baseline="b",
        parameters={"x": parameter},
        nodes={node.name: node for node in nodes},
        choices={"b": Choice("b", "surely"), "c": Choice("c", "sure")},
    )
    report = examine(design).choices["c"]
    assert report.against_baseline == "equal"
    threshold = report.thresholds["x"]
    assert isinstance(threshold, ProbabilityThreshold)
    assert threshold.intervals == ()
