"""Decisions about lives over time that larger tests pass by, each in the smallest case."""

from __future__ import annotations

import pytest

from vreltui.analysis import examine
from vreltui.analysis.importance_report import examine_importance
from vreltui.analysis.questions.dependence import dependence
from vreltui.analysis.study import Study
from vreltui.engine.limits import Limits, Undecided
from vreltui.engine.mean_contest import MeanLives
from vreltui.engine.mean_slopes import mean_slope
from vreltui.engine.program import Source
from vreltui.storage import parse


@pytest.mark.parametrize(("goal", "verdict"), [("200 d", "hopeless"), ("140 d", "short")])
def test_times_that_are_open_are_looked_at_together(goal: str, verdict: str) -> None:
    design = parse(f"""
vreltui = 1
baseline = "old"
goal = {{ mttf = "{goal}" }}
[parameters]
S = {{ time = "150 d", range = ["100 d", "300 d"] }}
T = {{ time = "150 d", range = ["100 d", "300 d"] }}
[nodes.old]
mttf = "60 d"
[nodes.one]
mttf = "S"
[nodes.other]
mttf = "T"
[nodes.both]
parts = ["one", "other"]
[choices.old]
root = "old"
[choices.c]
root = "both"
""").design
    # At best 300 d / 2: the first of two such failures ends it.
    found = examine(design).choices["c"]
    assert found.verdict == verdict
    assert bool(found.witness) == (verdict == "short")


SURE = """
vreltui = 1
goal = { availability = 0.5 }
[mission]
time = "10 d"
[nodes.process]
up = ["new", "old"]
moves = [
  { from = "new", to = "old", after = "9 d" },
  { from = "old", to = "down", after = "9 d" },
  { from = "down", to = "new", after = "1 d" },
]
[nodes.sure]
reliability = 1
[nodes.both]
parts = ["process", "sure"]
[choices.c]
root = "both"
"""


def test_what_is_sure_leaves_a_process_as_often_up_as_it_is() -> None:
    times = examine(parse(SURE).design).choices["c"].times
    assert times is not None
    alone = times["process"].availability_over
    assert isinstance(alone, float)
    assert 0.9 < alone < 1
    assert times["both"].availability_over == pytest.approx(alone, rel=1e-12)


def lives(study: Study, choice: str) -> MeanLives:
    return MeanLives(study.evaluation(choice), Limits())


@pytest.mark.parametrize(("beta", "wanted"), [("0", -250), ("1", -1000), ("0.5", -1000 / 2.25)])
def test_a_mean_life_grows_with_a_share_at_its_ends_too(beta: str, wanted: float) -> None:
    study = Study(
        parse(f"""
vreltui = 1
goal = {{ mttf = "1000 h" }}
[parameters]
b = {beta}
[nodes.one]
mttf = "1000 h"
[nodes.two]
of = "one"
copies = 2
needs = "any"
[causes.flaw]
strikes = ["one"]
beta = "b"
[choices.c]
root = "two"
""").design
    )
    # The mean is 2 T - T / (2 - b): its slope is -T / (2 - b)^2.
    value = study.design.value("b", "c")
    found = mean_slope(lives(study, "c"), Source("b", is_parameter=True), value)
    assert found == pytest.approx(wanted * 3600, rel=1e-9)


def test_an_infinite_life_has_no_slope() -> None:
    study = Study(
        parse("""
vreltui = 1
goal = { mttf = "1 d" }
[parameters]
T = { time = "150 d" }
[nodes.one]
mttf = "T"
[nodes.sure]
reliability = 1
[nodes.either]
parts = ["one", "sure"]
needs = "any"
[choices.c]
root = "either"
""").design
    )
    source = Source("T", is_parameter=True)
    with pytest.raises(Undecided, match=r"the mean life is infinite$"):
        mean_slope(lives(study, "c"), source, study.design.value("T", "c"))


def test_what_bounds_the_common_failures_of_a_mean_life_is_said() -> None:
    design = parse("""
vreltui = 1
baseline = "bare"
goal = { mttf = "1200 h" }
[nodes.vm]
mttf = "1000 h"
[nodes.pool]
of = "vm"
copies = 2
needs = "any"
[choices.c]
root = "pool"
[choices.bare]
root = "vm"
""").design
    found = dependence(Study(design), "c")
    assert found is not None
    assert found.most is not None
    (most,) = found.most
    # The mean is 2 T - T / (2 - b), and 1200 h at b = 3/4; the bare machine is beaten up to b = 1.
    assert most.high is not None
    assert float(most.high.at.decimal) == 0.75
    assert most.high.source == "goal"


def test_what_is_sure_already_has_no_part_in_a_mean_life() -> None:
    design = parse("""
vreltui = 1
goal = { mttf = "1000 h" }
[nodes.vm]
mttf = "1200 h"
[nodes.sure]
reliability = 1
[nodes.both]
parts = ["vm", "sure"]
[choices.c]
root = "both"
""").design
    found = examine_importance(Study(design), "c").nodes["sure"].importance
    assert found.figures["criticality"] == 0.0
    assert found.figures["rrw"] == 1.0
