"""Decisions behind what an answer says, each in the smallest case that shows it."""

from __future__ import annotations

from fractions import Fraction
from math import inf, nextafter

import pytest
from flint import arb

from vreltui.analysis import examine
from vreltui.analysis.digits import Direction, bound, nearest
from vreltui.analysis.plots import points
from vreltui.analysis.questions.least_changes import least_changes
from vreltui.analysis.questions.unsaid import NO_MISSION, unsaid
from vreltui.analysis.results import AmountThreshold
from vreltui.analysis.study import Study
from vreltui.engine.balls import PairOfBalls, precision
from vreltui.engine.limits import Undecided
from vreltui.engine.mean_contest import MeanContest
from vreltui.engine.regions import End
from vreltui.model import Plot, Probability
from vreltui.model.design import PlotAxis
from vreltui.model.goals import LASTING
from vreltui.storage import parse


@pytest.mark.parametrize("towards", ["up", "down"])
@pytest.mark.parametrize("value", [Fraction(1, 3), Fraction(2, 3), Fraction(1, 7)])
def test_both_sides_of_an_end_are_the_doubles_next_to_it_inside(
    value: Fraction, towards: Direction
) -> None:
    found = bound(End.at(value), towards).figure
    for side, exact, up in (
        (found.reliability, value, towards == "up"),
        (found.unreliability, 1 - value, towards == "down"),
    ):
        assert (Fraction(side) > exact) == up
        # Neither the double nor what is printed of it is beyond the end, and the one before is.
        back = nextafter(side, -inf if up else inf)
        assert min(Fraction(back), Fraction(repr(back))) <= exact or not up
        assert max(Fraction(back), Fraction(repr(back))) >= exact or up


def test_what_no_decimal_shows_is_said_by_its_power_of_ten() -> None:
    def tiny(bits: int) -> PairOfBalls:
        with precision(bits + 64):
            found = arb(10) ** -5000
            return found, 1 - found

    assert nearest(tiny) == "1e-5000"
    assert nearest(lambda bits: tiny(bits)[::-1]) == "1 - 1e-5000"


def test_a_life_of_which_nothing_is_asked_has_no_verdict() -> None:
    design = parse("""
vreltui = 1
mission = { measure = "mttf" }
[nodes.a]
mttf = "120 d"
[choices.c]
root = "a"
""").design
    found = examine(design).choices["c"]
    assert (found.verdict, found.witness) == (None, None)


def test_whether_a_length_meets_is_not_said_where_the_verdict_is_undecided(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def sign(_: MeanContest) -> int:
        raise Undecided("too near")

    monkeypatch.setattr(MeanContest, "sign", sign)
    design = parse("""
vreltui = 1
goal = { mttf = "100 d" }
[parameters]
T = { time = "120 d" }
[nodes.a]
mttf = "T"
[choices.c]
root = "a"
""").design
    found = examine(design).choices["c"]
    assert (found.verdict, found.undecided) == ("undecided", "too near")
    threshold = found.thresholds["T"]
    assert isinstance(threshold, AmountThreshold)
    assert threshold.satisfied is None


def test_a_count_that_both_move_with_is_found_beyond_the_first_that_are_tried() -> None:
    design = parse("""
vreltui = 1
baseline = "old"
goal = { reliability = 0.9 }
[parameters]
n = 1
x = 0.02
[nodes.one]
reliability = "x"
[nodes.own]
of = "one"
copies = "n"
needs = 1
[nodes.weak]
reliability = 0.01
[nodes.other]
of = "weak"
copies = "n"
needs = 1
[choices.new]
root = "own"
[choices.old]
root = "other"
""").design
    axis = PlotAxis("x", Probability.of("0.02"), Probability.of("0.04"), 2)
    found = points(design, Plot("p", "new", axis, y="threshold", threshold="n"))
    # The least n with (1 - x)^n < 0.1: ln 0.1 / ln 0.98 = 113.97, ln 0.1 / ln 0.96 = 56.4.
    assert found.series[0].y == (114, 57)


def test_a_bent_threshold_beside_a_rival_that_follows_is_not_taken_for_an_end() -> None:
    design = parse("""
vreltui = 1
baseline = "old"
[parameters]
p = 0.5
x = 0.5
[nodes.a]
reliability = "p"
[nodes.b]
reliability = "p"
[nodes.two]
parts = ["a", "b"]
[nodes.link]
reliability = "x"
[nodes.one]
parts = ["a", "link"]
[choices.new]
root = "two"
[choices.old]
root = "one"
""").design
    axis = PlotAxis("x", Probability.of("0.5"), Probability.of("0.75"), 2)
    found = points(design, Plot("c", "new", axis, y="threshold", threshold="p"))
    # p^2 > p x where p > x.
    assert found.series[0].y == pytest.approx([0.5, 0.75], rel=1e-12)


def test_of_many_changes_that_would_do_the_least_are_named_and_the_others_counted() -> None:
    nodes = "".join(f"[nodes.n{i}]\nreliability = 0.9{i}\n" for i in range(1, 6))
    names = ", ".join(f'"n{i}"' for i in range(1, 6))
    product = 0.91 * 0.92 * 0.93 * 0.94 * 0.95
    design = parse(
        f"vreltui = 1\ngoal = {{ reliability = {product * 1.01:.4f} }}\n{nodes}"
        f'[nodes.all]\nparts = [{names}]\n[choices.c]\nroot = "all"\n'
    ).design
    found, more = least_changes(Study(design), "c", 2)
    assert (len(found), more) == (2, 3)


def test_by_how_much_a_goal_is_exceeded() -> None:
    design = parse("""
vreltui = 1
goal = { reliability = 0.875 }
[nodes.a]
reliability = 0.9375
[choices.c]
root = "a"
""").design
    assert examine(design).choices["c"].to_goal == 0.0625


def test_without_a_mission_time_reliability_is_not_said_of_what_lasts() -> None:
    design = parse("""
vreltui = 1
goal = { mttf = "1 d" }
[nodes.a]
mttf = "120 d"
[choices.c]
root = "a"
""").design
    for measure in LASTING:
        found = unsaid(design, "c", "a", measure)
        assert found["reliability"] == NO_MISSION
        assert found["safety"] == NO_MISSION
