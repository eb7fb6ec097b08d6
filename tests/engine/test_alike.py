"""Trees that are the same but for their names tie everywhere, whatever their degree."""

from __future__ import annotations

import pytest

from vreltui.analysis import ProbabilityThreshold, examine
from vreltui.analysis.study import Study
from vreltui.engine.alike import alike
from vreltui.engine.program import Source
from vreltui.storage import parse

VOTES = """
vreltui = 1
baseline = "b"
[parameters]
x = 0.123456789012345678901234567890
y = 0.9
[nodes]
v = {{reliability = "y"}}
m = {{reliability = "x"}}
p = {{of = "m", copies = 800, needs = 400}}
own = {{parts = ["v", "p"]}}
w = {{reliability = {other}}}
k = {{reliability = "x"}}
q = {{of = "k", copies = 800, needs = {needs}}}
rival = {{parts = ["q", "w"]}}
[choices]
b = {{root = "rival"}}
c = {{root = "own"}}
"""


@pytest.mark.parametrize(
    ("other", "needs", "expected"), [("0.9", 400, True), ("0.8", 400, False), ("0.9", 401, False)]
)
def test_alike_is_what_differs_in_names_alone(other: str, needs: int, expected: bool) -> None:
    study = Study(parse(VOTES.format(other=other, needs=needs)).design)
    own, rival = study.evaluation("c"), study.evaluation("b")
    assert alike(own, rival, Source("x", is_parameter=True)) is expected


def test_a_tie_of_a_high_degree_has_no_values() -> None:
    found = examine(parse(VOTES.format(other="0.9", needs=400)).design).choices["c"]
    threshold = found.thresholds["x"]
    assert isinstance(threshold, ProbabilityThreshold)
    assert not threshold.undecided
    assert threshold.intervals == ()
