"""The mission time as a parameter like any other: its threshold, its importance, a choice's own."""

from __future__ import annotations

from math import log
from typing import Any

import pytest

from vreltui.analysis import examine
from vreltui.model import edits
from vreltui.model.edits import Position
from vreltui.storage import parse
from vreltui.storage.notes import notes
from vreltui.wording.as_json import as_json

DESIGN = """
vreltui = 1
{more}
[mission]
time = "T"
[parameters]
T = {{ time = "30 d" }}
[nodes.vm]
mttf = "1 y"
{mttr}
[nodes.vote]
of = "vm"
copies = 3
needs = 2
[nodes.constant]
reliability = 0.99
[choices.one]
root = "vm"
[choices.longer]
root = "vm"
set = {{ T = "60 d" }}
[choices.vote]
root = "vote"
[choices.constant]
root = "constant"
"""
DAY = 86400.0
GOAL = "[goal]\nreliability = 0.9"


def answered(more: str, mttr: str = "") -> dict[str, Any]:
    design = parse(DESIGN.format(more=more, mttr=mttr)).design
    found: dict[str, Any] = as_json("f", design, examine(design))["choices"]
    return found


def test_how_long_it_may_run_before_it_falls_below_the_goal() -> None:
    found = answered(GOAL)
    most = 365 * log(1 / 0.9) * DAY
    for name, met, now in (("one", True, 30), ("longer", False, 60)):
        told = found[name]["thresholds"]["T"]
        assert (told["value"], told["satisfied"]) == (now * DAY, met)
        assert told["intervals"] == [{"low": 0, "high": pytest.approx(most, rel=1e-12)}]
        assert found[name]["importance"]["T"]["per_log"] < 0
    assert found["constant"]["thresholds"] == {}


def test_two_choices_cross_as_the_mission_grows() -> None:
    """A vote is ahead of one machine for as long as that is at 0.5 or better."""
    told = answered('baseline = "one"')["vote"]["thresholds"]["T"]
    assert told["intervals"] == [{"low": 0, "high": pytest.approx(365 * log(2) * DAY, rel=1e-12)}]


def test_what_is_measured_in_the_long_run_has_no_threshold_of_it() -> None:
    text = DESIGN.format(more="[goal]\navailability = 0.9", mttr='mttr = "1 d"')
    design = parse(text.replace("reliability = 0.99", "reliability = 1")).design
    assert "T" not in as_json("f", design, examine(design))["choices"]["one"]["thresholds"]


def test_it_is_used_and_what_is_copied_does_not_take_it_along() -> None:
    design = parse(DESIGN.format(more=GOAL, mttr="")).design
    assert not [problem for problem in notes(design) if "T" in problem.what.split()]
    assert edits.copy(design, Position("one")).parameters == {}
