"""Decisions of the analysis that larger tests pass by, each in the smallest case that shows it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from typing import Any

import pytest

from vreltui.analysis import examine
from vreltui.analysis.amount_bounds import amount_bound
from vreltui.analysis.mean_report import Means
from vreltui.analysis.plot_crossings import including
from vreltui.analysis.plot_results import Crossing
from vreltui.analysis.plots import points, points_of_choices
from vreltui.analysis.prices import paid
from vreltui.analysis.questions import single_changes
from vreltui.analysis.questions.best_value import best_value
from vreltui.analysis.questions.thresholds import threshold_of
from vreltui.analysis.results import AmountThreshold, CountThreshold, Threshold
from vreltui.analysis.study import Study
from vreltui.engine.program import Source
from vreltui.model import Plot, Probability
from vreltui.model.design import PlotAxis
from vreltui.model.times import SECONDS, Duration
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


SECOND = Duration(Decimal(1), "s")


@pytest.mark.parametrize("up", [True, False])
@pytest.mark.parametrize("end", [Fraction(90), Fraction(1, 3), Fraction(10**6, 7)])
def test_an_end_is_the_double_next_to_it_on_its_inner_side(end: Fraction, up: bool) -> None:
    found = Fraction(amount_bound(end, SECOND, Fraction(1000), up=up).figure)
    assert found == end if end == 90 else (found > end) == up
    assert abs(found - end) <= end / 2**52


@pytest.mark.parametrize(
    ("end", "now", "up", "text"),
    [
        (Fraction("90.00001"), Fraction(90), True, "90.01 s"),
        (Fraction("90.00001"), Fraction(90), False, "90.00001 s"),
        (Fraction("89.99999"), Fraction(90), True, "89.99999 s"),
        (Fraction(90), Fraction(90), True, "90 s"),
        (Fraction("90.00001"), Fraction(9), True, "90.01 s"),
        (2 * SECONDS["y"], Fraction(9), True, "2 y"),
        (3 * SECONDS["d"], Fraction(9), True, "3 d"),
        (2 * SECONDS["h"], Fraction(9), True, "2 h"),
        (2 * SECONDS["min"], Fraction(9), True, "2 min"),
        (Fraction(1), Fraction(9), True, "1 s"),
        (Fraction(1, 2), Fraction(9), True, "500 ms"),
        (Fraction(1, 10**12), Fraction(9), True, "1e-9 ms"),
        (10**15 * SECONDS["y"], Fraction(9), True, "1e15 y"),
    ],
)
def test_the_text_of_an_end_stays_apart_from_the_present_value(
    end: Fraction, now: Fraction, up: bool, text: str
) -> None:
    assert amount_bound(end, SECOND, now, up=up).text == text


def test_there_is_no_threshold_where_no_time_will_do() -> None:
    design = parse(LASTING.replace('"100 d"', '"121 d"').replace("[nodes.old]", """\
[nodes.both]
parts = ["new", "old"]
[nodes.old]""").replace('root = "new"', 'root = "both"')).design  # fmt: skip
    axis = PlotAxis("T", Duration(Decimal(100), "d"), Duration(Decimal(200), "d"), 3)
    found = points(design, Plot("p", "new", axis, y="threshold", threshold="T"))
    assert found.series[0].y == (None, None, None)


def test_the_best_value_of_what_moves_both_lies_where_the_margin_is_least_bad() -> None:
    design = parse("""
vreltui = 1
baseline = "either"
[parameters]
p = 0.6
[nodes.one]
reliability = "p"
[nodes.vote]
of = "one"
copies = 3
needs = 2
[nodes.frame]
reliability = 0.8
[nodes.voted]
parts = ["frame", "vote"]
[nodes.beside]
reliability = 0.2
[nodes.either]
parts = ["one", "beside"]
needs = "any"
[choices.voted]
root = "voted"
[choices.either]
root = "either"
""").design
    source = Source("p", is_parameter=True)
    found = best_value(Study(design), "voted", source, Probability.of("0.6"))
    assert found is not None
    # 0.8 (3 p^2 - 2 p^3) - (0.2 + 0.8 p) is greatest where 4.8 p (1 - p) = 0.8.
    wanted = 0.5 + sqrt(1 / 4 - 1 / 6)
    assert float(found.at.decimal) == pytest.approx(wanted, abs=2e-4)


def test_of_many_own_numbers_those_that_promise_most_are_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(single_changes, "MOST_ASKED", 1)
    design = parse("""
vreltui = 1
goal = { reliability = 0.95 }
[nodes.weak]
reliability = 0.9
[nodes.strong]
reliability = 0.99
[nodes.all]
parts = ["strong", "weak"]
[choices.c]
root = "all"
""").design
    found, undecided = single_changes.single_changes(Study(design), "c", {})
    assert [change.threshold.parameter for change in found] == ["weak"]
    assert undecided is False


def test_what_is_paid_once_is_paid_once_and_all_else_for_every_copy() -> None:
    design = parse("""
vreltui = 1
goal = { reliability = 0.5 }
[resources]
euro = { unit = "EUR" }
[parameters]
once = { value = 0.9, range = [0.5, 0.99], price = { euro = { per_nine = 7, once = true } } }
each = { value = 0.99, range = [0.5, 0.99], price = { euro = { per_nine = 10 } } }
[nodes.one]
reliability = "once"
[nodes.two]
reliability = "once"
[nodes.three]
reliability = "each"
[nodes.pool]
of = "three"
copies = 3
needs = 1
[nodes.all]
parts = ["one", "two", "pool"]
[choices.c]
root = "all"
""").design
    values = {name: design.value(name, "c") for name in design.parameters}
    amounts = [float(amount or 0) for _, amount in paid(design, "all", int, values)]
    assert sorted(amounts) == pytest.approx([7, 60], rel=1e-9)


def test_clocks_that_all_but_never_meet_are_not_followed() -> None:
    design = parse("""
vreltui = 1
goal = { mttf = "100 d" }
[nodes.one]
mttf = "300 d"
shape = 2
rejuvenate = "10.00001 d"
[nodes.two]
mttf = "300 d"
shape = 2
rejuvenate = "10.00003 d"
[nodes.all]
parts = ["one", "two"]
needs = "any"
[choices.c]
root = "all"
""").design
    assert "no common period" in repr(examine(design).choices["c"])


def test_an_own_number_that_was_not_decided_leaves_open_whether_one_would_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    design = parse("""
vreltui = 1
goal = { reliability = 0.95 }
[nodes.one]
reliability = 0.9
[choices.c]
root = "one"
""").design

    def undecided(*asked: Any, **more: Any) -> Threshold:
        return replace(threshold_of(*asked, **more), undecided="it takes too long")

    study = Study(design)
    assert [len(found) for found in single_changes.single_changes(study, "c", {})[:1]] == [1]
    monkeypatch.setattr(single_changes, "threshold_of", undecided)
    assert single_changes.single_changes(study, "c", {}) == ([], True)


@pytest.mark.parametrize(
    ("places", "ends"), [((0.3, 0.55), (0.4, 0.55)), ((0.35, 0.7), (0.35, 0.5))]
)
def test_a_plot_is_widened_up_to_the_nearest_crossing(
    places: tuple[float, float], ends: tuple[float, float]
) -> None:
    axis = PlotAxis("p", Probability.of("0.4"), Probability.of("0.5"), 3)
    half = Probability.of("0.5")
    found = tuple(Crossing(half, place, 0.5, 1 - place, 0.5) for place in places)
    wider = including(Plot("p", "c", axis), found).x
    assert isinstance(wider.start, Probability)
    assert isinstance(wider.stop, Probability)
    assert float(wider.start.decimal) == pytest.approx(ends[0], abs=0.011)
    assert float(wider.stop.decimal) == pytest.approx(ends[1], abs=0.011)


def test_a_count_between_two_that_do_is_left_out_where_a_rule_excludes_it() -> None:
    design = parse("""
vreltui = 1
goal = { reliability = 0.9 }
[parameters]
n = { count = 4, range = [1, 9] }
[nodes.one]
reliability = 0.6
[nodes.pool]
of = "one"
copies = "n"
needs = "any"
[rules.not-four]
never = { n = 4 }
[choices.c]
root = "pool"
""").design
    threshold = examine(design).choices["c"].thresholds["n"]
    assert isinstance(threshold, CountThreshold)
    # 0.4^3 is the first power of 0.4 below 0.1.
    assert [ends[0] for ends in threshold.ranges] == [3, 5]
    assert threshold.ranges[0] == (3, 3)
    assert threshold.satisfied is False
