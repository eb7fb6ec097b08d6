"""Bounds over intervals of times and shapes hold every figure in between."""

from __future__ import annotations

import mpmath
import pytest
from flint import arb, fmpq

from vreltui.analysis import examine
from vreltui.analysis.results import AmountThreshold
from vreltui.analysis.study import Study
from vreltui.engine.laws import Source
from vreltui.engine.over_amounts import bounds_over
from vreltui.storage import parse

DESIGN = """
vreltui = 1
[goal]
downtime = "46.8645 min/mo"
[parameters]
shape = { number = 1.19 }
[nodes.vm]
scale = "8378 min"
shape = "shape"
mttr = "212 min"
[nodes.three]
of = "vm"
copies = 3
needs = "all"
[choices.c]
root = "three"
"""

SHAPE = Source("shape", is_parameter=True)


@pytest.mark.parametrize(
    ("low", "high"), [("0.197", "0.224"), ("0.2", "0.25"), ("0.5", "0.9"), ("1", "20")]
)
def test_every_figure_lies_between_the_bounds(low: str, high: str) -> None:
    evaluation = Study(parse(DESIGN).design).evaluation("c")
    least, greatest = bounds_over(evaluation, {SHAPE: arb(low).union(arb(high))})
    for part in range(11):
        at = fmpq(int(float(low) * 1000) * (10 - part) + int(float(high) * 1000) * part, 10_000)
        works, fails = evaluation.at_amount(SHAPE, at).pair()
        assert not works < least[0]
        assert not fails > least[1]
        assert not works > greatest[0]
        assert not fails < greatest[1]


def test_the_end_of_a_shape_is_where_the_goal_is_met() -> None:
    threshold = examine(parse(DESIGN).design).choices["c"].thresholds["shape"]
    assert isinstance(threshold, AmountThreshold)
    (interval,) = threshold.intervals

    def beyond(shape: mpmath.mpf) -> mpmath.mpf:
        mean = 8378 * mpmath.gamma(1 + 1 / shape)
        return (mean / (mean + 212)) ** 3 - (1 - mpmath.mpf("46.8645") / 43_800)

    root = mpmath.findroot(beyond, (0.2, 0.23), solver="anderson")
    assert interval.high is not None
    assert interval.high.figure == pytest.approx(float(root), rel=1e-9)
