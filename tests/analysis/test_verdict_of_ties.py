"""What is lost against one rival is lost, whatever the other comes to."""

from __future__ import annotations

import pytest

from vreltui.analysis import examine
from vreltui.storage import parse

DESIGN = """
vreltui = 1
baseline = "first"
[goal]
downtime = "{allowed} min/mo"
[parameters]
T_r = {{ time = "20.16 h" }}
[nodes.one]
mttf = "109.9 d"
mttr = "T_r"
rejuvenate = "0.1171 y"
takes = "8 min"
shared = true
[nodes.pair]
of = "one"
copies = 2
needs = "majority"
[nodes.all]
of = "pair"
copies = 3
needs = "all"
[nodes.either]
parts = ["all", "pair", "one"]
needs = "any"
[choices.first]
root = "either"
[choices.second]
root = "all"
"""


@pytest.mark.parametrize(("allowed", "verdict"), [("300", "hopeless")])
def test_a_tie_between_trees_that_are_built_otherwise_is_proven(allowed: str, verdict: str) -> None:
    """Either of all, of a pair and of one part is down only where that part is."""
    report = examine(parse(DESIGN.format(allowed=allowed)).design).choices["second"]
    assert report.verdict == verdict
    assert report.against_baseline == "equal"
    assert "against_baseline" not in report.open_questions
    # A tie whatever the time is: none would do, so the present one does not.
    assert report.thresholds["T_r"].satisfied is False
