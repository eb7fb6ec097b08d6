"""Decisions behind what an answer says, each in the smallest case that shows it."""

from __future__ import annotations

from fractions import Fraction
from math import inf, nextafter

import pytest
from flint import arb

from vreltui.analysis import examine
from vreltui.analysis.digits import Direction, bound, nearest
from vreltui.analysis.importance_report import examine_importance
from vreltui.analysis.plots import points
from vreltui.analysis.questions import node_importance
from vreltui.analysis.questions.dependence import dependence
from vreltui.analysis.questions.least_changes import least_changes
from vreltui.analysis.questions.least_pair import least_pair
from vreltui.analysis.questions.mission_figures import Course
from vreltui.analysis.questions.unsaid import NO_MISSION, unsaid
from vreltui.analysis.results import AmountThreshold, NothingOpen
from vreltui.analysis.study import Study
from vreltui.engine.balls import PairOfBalls, precision
from vreltui.engine.limits import Undecided
from vreltui.engine.mean_contest import MeanContest
from vreltui.engine.regions import End
from vreltui.engine.worked_figures import exact
from vreltui.model import Design, Plot, Probability
from vreltui.model.design import PlotAxis
from vreltui.model.goals import LASTING
from vreltui.storage import parse


@pytest.mark.parametrize("towards", ["up", "down"])
@pytest.mark.parametrize("value", [Fraction(1, 3), Fraction(2, 3), Fraction(1, 7)])
def test_both_sides_of_an_end_are_the_doubles_next_to_it_inside(
    value: Fraction, towards: Direction
) -> None:
    found = bound(End.at(value), towards).figure
    for side, whole, up in (
        (found.reliability, value, towards == "up"),
        (found.unreliability, 1 - value, towards == "down"),
    ):
        assert (Fraction(side) > whole) == up
        # Neither the double nor what is printed of it is beyond the end, and the one before is.
        back = nextafter(side, -inf if up else inf)
        assert min(Fraction(back), Fraction(repr(back))) <= whole or not up
        assert max(Fraction(back), Fraction(repr(back))) >= whole or up


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


SHORT = """
vreltui = 1
goal = { reliability = 0.6 }
[nodes.x]
reliability = 0.5
[nodes.y]
reliability = 0.5
[nodes.other]
parts = ["y"]
needs = "all"
[nodes.all]
parts = ["x", "other"]
[choices.c]
root = "all"
"""


def test_whether_all_numbers_would_do_is_not_said_where_one_of_them_does_harm() -> None:
    found = examine(parse(SHORT).design).choices["c"].hopeless
    assert isinstance(found, NothingOpen)
    assert (found.changes, found.joint) == ((), True)
    # Only with y at 0 does x = 1 do: nobody asks for a part that fails.
    harmful = parse(SHORT.replace('needs = "all"', 'needs = "none"')).design
    found = examine(harmful).choices["c"].hopeless
    assert isinstance(found, NothingOpen)
    assert (found.changes, found.joint) == ((), None)


def test_a_pair_of_many_that_only_reaches_the_goal_is_none() -> None:
    nodes = "".join(f"[nodes.n{i}]\nreliability = {0.5 if i < 3 else 1}\n" for i in range(70))
    names = ", ".join(f'"n{i}"' for i in range(70))
    text = (
        f"vreltui = 1\ngoal = {{ reliability = GOAL }}\n{nodes}"
        f'[nodes.all]\nparts = [{names}]\n[choices.c]\nroot = "all"\n'
    )
    assert least_pair(Study(parse(text.replace("GOAL", "0.5")).design), "c") is None
    assert least_pair(Study(parse(text.replace("GOAL", "0.4999")).design), "c") is not None


def test_a_component_that_changes_no_life_is_not_critical() -> None:
    design = parse("""
vreltui = 1
goal = { mttf = "1 d" }
[nodes.a]
mttf = "3 d"
shared = true
[nodes.b]
mttf = "7 d"
[nodes.beside]
mttf = "11 d"
[nodes.both]
parts = ["a", "b"]
[nodes.either]
parts = ["a", "both"]
needs = 1
[nodes.top]
parts = ["either", "beside"]
needs = 1
[choices.c]
root = "top"
""").design
    found = examine_importance(Study(design), "c")
    # Of a and of what stands beside it alone: 3 + 11 - 33 / 14 days, with no end in binary.
    assert found.mean == pytest.approx(86_400 * (14 - 33 / 14), rel=1e-14)
    importance = found.nodes["b"].importance
    assert importance.figures["criticality"] == 0.0
    assert importance.undecided == {}


def test_a_count_that_letters_hold_has_no_importance_in_a_life() -> None:
    design = parse("""
vreltui = 1
goal = { mttf = "1 d" }
[parameters]
n = 3
[nodes.a]
mttf = "3 d"
[nodes.pool]
of = "a"
copies = "n"
needs = 1
[causes.flaw]
strikes = ["a"]
mgl = [0.1, 0.3]
[choices.c]
root = "pool"
""").design
    why = "the letters of cause flaw are for 3 members"
    assert examine(design).choices["c"].open_questions == {"importance.n": why}
    found = examine_importance(Study(design), "c").parameters["n"].importance
    assert (found.figures, found.undecided) == ({"birnbaum": None}, {"birnbaum": why})


def test_a_common_beta_strikes_all_copies_where_a_member_also_stands_outside() -> None:
    design = parse("""
vreltui = 1
goal = { reliability = 0.4 }
[nodes.a]
reliability = 0.9
[nodes.b]
reliability = 0.9
[nodes.either]
parts = ["a", "b"]
needs = 1
[nodes.x]
reliability = 0.8
[nodes.row]
parts = ["either", "x"]
[nodes.rows]
of = "row"
copies = 3
needs = "all"
[nodes.all]
parts = ["rows", "a"]
[choices.c]
root = "all"
""").design
    found = dependence(Study(design), "c")
    assert found is not None
    # With beta 0 three pairs, three x and one a; with beta 1 one shock for all, and three x.
    assert found.figures[0] == pytest.approx(1 - 0.99**3 * 0.8**3 * 0.9, rel=1e-14)
    assert found.figures[-1] == pytest.approx(1 - 0.9 * 0.8**3, rel=1e-14)


def test_a_small_share_of_a_long_mission_is_certain() -> None:
    names = [f"n{number}" for number in range(13)]
    nodes = "".join(
        f'[nodes.{name}]\nmttf = "1 h"\nmttr = "1{number:02}0000000 h"\n'
        for number, name in enumerate(names)
    )
    text = (
        f'vreltui = 1\ngoal = {{ availability = 0.1 }}\nmission = {{ time = "1e9 h" }}\n{nodes}'
        f'[nodes.all]\nparts = {names}\n[choices.c]\nroot = "all"\n'.replace("'", '"')
    )
    design = parse(text).design
    moment = design.mission_time("c")
    assert moment is not None
    evaluation = Study(design).evaluation("c")
    course = Course(evaluation, evaluation.program.root)
    # Each is up with e^(-t) but for about 1e-9: all of them for an hour over their number.
    found = course.mean_until(exact(moment))
    assert found == pytest.approx(1e-9 / len(names), rel=1e-7, abs=0)


STRUCK = """
vreltui = 1
goal = { reliability = 0.5 }
[nodes.a]
reliability = 0.9
[nodes.b]
reliability = 0.9
[nodes.d]
reliability = 0.9
[nodes.x]
reliability = 0.8
[nodes.pair]
parts = ["a", "b"]
needs = 1
[nodes.other]
parts = ["d", "x"]
needs = 1
[nodes.all]
parts = PARTS
[causes.flaw]
strikes = ["a", "b", "d"]
mgl = [0.1, 0.3]
[choices.c]
root = "all"
"""


def struck(*parts: str) -> Design:
    return parse(STRUCK.replace("PARTS", str(list(parts)).replace("'", '"'))).design


@pytest.mark.parametrize("parts", [("pair", "other"), ("other", "pair")])
def test_of_shocks_alike_the_one_that_decides_most_is_said(parts: tuple[str, str]) -> None:
    two, three = Fraction("0.0035"), Fraction("0.003")  # 0.1 * 0.7 / 2 and 0.1 * 0.3, of 0.1
    own = Fraction("0.9") / (1 - two) ** 2 / (1 - three)
    x = Fraction("0.8")
    # The shock of the pair decides where the system works without it.
    spared = (1 - three) * (
        # No other shock; that of the third and one of the pair, or the other; both of these.
        (1 - two) ** 2 * (1 - (1 - own) ** 2) * (1 - (1 - own) * (1 - x))
        + 2 * two * (1 - two) * own * x
    )
    found = examine_importance(Study(struck(*parts)), "c").causes["flaw/2"]
    assert found.instances == 3
    assert found.importance.figures["birnbaum"] == pytest.approx(float(spared), rel=1e-14)


def test_a_shock_has_no_figure_of_the_structure_and_none_that_was_not_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(node_importance, "MOST_DEGREE", 1)
    found = examine_importance(Study(struck("pair", "other")), "c")
    why = "there are more than 1 instances"
    assert found.nodes["a"].importance.undecided == {"structural": why, "barlow_proschan": why}
    for shock in found.causes.values():
        assert shock.importance.undecided == {}
        assert shock.importance.figures["structural"] is None
