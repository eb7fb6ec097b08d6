"""Decisions of the analysis that larger tests pass by, each in the smallest case that shows it."""

from __future__ import annotations

from decimal import Decimal
from math import sqrt

import pytest

from vreltui.analysis import examine
from vreltui.analysis.mean_report import Means
from vreltui.analysis.plots import points, points_of_choices
from vreltui.analysis.results import AmountThreshold
from vreltui.analysis.study import Study
from vreltui.model import Plot, Probability
from vreltui.model.design import PlotAxis
from vreltui.model.times import Duration
from vreltui.storage import parse
from vreltui.storage.keep.locations import shipped_designs
from vreltui.storage.reading import read


def test_no_amount_will_do_while_a_rule_is_broken() -> None:
    design = parse("""
vreltui = 1
goal = { availability = 0.9 }
[parameters]
life = { time = "30 d" }
[nodes.vm]
mttf = "life"
mttr = "1 h"
[nodes.other]
reliability = 0.99
[nodes.either]
one_of = ["vm", "other"]
[rules.never]
never = { either = "vm" }
[choices.c]
root = "either"
set = { either = "vm" }
""").design
    threshold = examine(design).choices["c"].thresholds["life"]
    assert isinstance(threshold, AmountThreshold)
    assert threshold.intervals == ()
    assert threshold.satisfied is False


LASTING = """
vreltui = 1
baseline = "old"
goal = { mttf = "100 d" }
[parameters]
T = { time = "150 d" }
[nodes.new]
mttf = "T"
[nodes.old]
mttf = "120 d"
[choices.new]
root = "new"
[choices.old]
root = "old"
"""


def test_a_gain_in_life_is_beside_the_baseline_where_there_is_a_goal_too() -> None:
    gain = Means(Study(parse(LASTING).design), "new").gain()
    assert gain == pytest.approx(30 * 86_400, rel=1e-12)


def test_lives_cross_at_a_length_and_not_at_none() -> None:
    design = parse(LASTING).design
    axis = PlotAxis("T", Duration(Decimal(100), "d"), Duration(Decimal(200), "d"), 5)
    found = points_of_choices(design, Plot("p", "new", axis, y="mttf"), ("new", "old"))
    (crossing,) = found.crossings
    assert crossing.x == pytest.approx(120, rel=1e-12)
    assert crossing.y == pytest.approx(120 * 86_400, rel=1e-9)


def test_the_threshold_of_what_moves_in_both_is_an_interval_along_a_plot() -> None:
    design = read(next(path for path in shipped_designs() if path.stem == "vote-2-of-3")).design
    axis = PlotAxis("R_V", Probability.of("0.9"), Probability.of("0.98"), 3)
    found = points(design, Plot("p", "vote", axis, y="threshold", threshold="R_M"))
    # It beats the bare node above 1 / (3 R_M - 2 R_M^2), by equation (4) of the paper.
    wanted = [0.75 - sqrt(9 / 16 - 1 / (2 * r_v)) for r_v in (0.9, 0.94, 0.98)]
    assert found.series[0].y == pytest.approx(wanted, rel=1e-9)
