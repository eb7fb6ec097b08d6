"""Figures at the ends of what numbers can say: derivatives of zero, roots beyond 1e-300."""

from __future__ import annotations

from vreltui.analysis import ProbabilityThreshold, examine
from vreltui.analysis.digits import figure
from vreltui.analysis.questions.best_value import perfect_by_slope
from vreltui.analysis.study import Study
from vreltui.engine.balls import ONE, WORKING_BITS, ZERO
from vreltui.engine.program import Source
from vreltui.model import Probability
from vreltui.storage import parse
from vreltui.wording.numerals import decimal_text, value_words
from vreltui.wording.sentences import threshold_sentence


def test_a_derivative_that_is_zero_is_said_to_be_zero() -> None:
    # Two of (c0 or c1 or c2 by majority, c2, copies of the one c2): c0 does not matter.
    report = examine(
        parse(
            """
            vreltui = 1
            [parameters]
            p = 0.1
            u = 0.9999999999999999999999999
            [nodes]
            c0 = {reliability = "p"}
            c1 = {reliability = "u", shared = true}
            c2 = {reliability = "u", shared = true}
            vote = {parts = ["c0", "c1", "c2"], needs = "majority"}
            pool = {of = "c2", copies = 3, needs = "any"}
            top = {parts = ["vote", "c2", "pool"], needs = 2}
            [choices]
            it = {root = "top"}
            """
        ).design
    )
    assert report.choices["it"].importance["p"] == 0.0


def test_a_root_beyond_all_values_of_a_design_is_found() -> None:
    # The baseline gives 1e-600: any p above 5e-601 beats it, and the goal decides.
    report = examine(
        parse(
            """
            vreltui = 1
            baseline = "worst"
            goal = {reliability = 0.19}
            [parameters]
            p = 0.9
            [nodes]
            a = {reliability = "p"}
            b = {reliability = "p"}
            both = {parts = ["a", "b"]}
            either = {parts = ["a", "b"], needs = "any"}
            [choices]
            worst = {root = "both", set = {p = 1e-300}}
            it = {root = "either", set = {p = 0.9}}
            """
        ).design
    )
    threshold = report.choices["it"].thresholds["p"]
    assert isinstance(threshold, ProbabilityThreshold)
    assert not threshold.undecided
    assert [decimal_text(interval.low.at) for interval in threshold.intervals] == ["0.1000"]


def test_a_polynomial_has_its_roots_beyond_all_values_of_a_design_too() -> None:
    # p + 1e-600 against 2 p - p^2: they cross at about 1e-600.
    report = examine(
        parse(
            """
            vreltui = 1
            baseline = "two"
            [parameters]
            p = 0.5
            [nodes]
            a = {reliability = "p"}
            b = {reliability = "p"}
            x = {reliability = 1e-300}
            y = {reliability = 1e-300}
            xy = {parts = ["x", "y"]}
            one = {parts = ["a", "xy"], needs = "any"}
            two = {parts = ["a", "b"], needs = "any"}
            [choices]
            one = {root = "one"}
            two = {root = "two"}
            """
        ).design
    )
    threshold = report.choices["one"].thresholds["p"]
    assert isinstance(threshold, ProbabilityThreshold)
    assert not threshold.undecided
    assert [decimal_text(interval.high.at) for interval in threshold.intervals] == ["1e-600"]


def test_the_best_case_of_a_value_used_once_is_that_of_the_walk() -> None:
    # Read off the derivative: walking 300 of 400 different parts anew for each takes minutes.
    numbers = range(400)
    nodes = "\n".join(f'c{i} = {{reliability = "p{i}"}}' for i in numbers)
    values = "\n".join(f"p{i} = 0.{700 + i % 50}" for i in numbers)
    parts = ", ".join(f'"c{i}"' for i in numbers)
    design = parse(
        f"vreltui = 1\ngoal = {{reliability = 0.5}}\n[parameters]\n{values}\n[nodes]\n{nodes}\n"
        f'top = {{parts = [{parts}], needs = 300}}\n[choices]\nit = {{root = "top"}}\n'
    ).design
    evaluation = Study(design).evaluation("it")
    for name in ("p0", "p399"):
        source = Source(name, is_parameter=True)
        pair = perfect_by_slope(evaluation, source)
        assert pair is not None
        with evaluation.varying(source, WORKING_BITS) as varying:
            assert figure(pair) == figure(varying.at((ONE, ZERO)))


ENDS = """
vreltui = 1
baseline = "b"
goal = {reliability = 0.81}
[parameters]
x = 0.9
z = {value = 0, range = [0, 1]}
o = 1
[nodes]
a1 = {reliability = "x"}
a2 = {reliability = "x"}
pair = {parts = ["a1", "a2"]}
spare = {reliability = "z"}
sure = {reliability = "o"}
tied = {parts = ["a1", "a2", "sure"]}
helped = {parts = ["pair", "spare"], needs = "any"}
[choices]
b = {root = "pair"}
tied = {root = "tied"}
helped = {root = "helped"}
"""


def test_words_about_values_that_stand_at_an_end() -> None:
    design = parse(ENDS).design
    report = examine(design).choices
    helped = report["helped"].thresholds["z"]
    assert threshold_sentence(design, helped, "helped") == "z must exceed 0"
    tied = report["tied"].thresholds["o"]
    assert threshold_sentence(design, tied, "tied") == (
        "no value of o can save this: even a perfect one gives 0.81, which only equals the goal"
    )


def test_powers_of_ten_are_written_in_one_way() -> None:
    assert value_words(Probability.from_unreliability("1e-300")) == "1 - 1e-300"
    assert value_words(Probability.of("1e-300")) == "1e-300"
