"""Sentences say what holds: of whose limit, of which comparison, and of what is open."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from vreltui.analysis import ChoiceReport, examine
from vreltui.analysis.results import (
    AmountBound,
    AmountInterval,
    AmountThreshold,
    NothingOpen,
    ProbabilityThreshold,
)
from vreltui.cli.main import run as main
from vreltui.model import Design, Probability
from vreltui.storage import parse, read
from vreltui.storage.keep.locations import shipped_designs
from vreltui.wording.as_json import LEFT_OUT, as_json, choice_json
from vreltui.wording.number_roles import role_sentence
from vreltui.wording.reasons import reasons, verdict_words
from vreltui.wording.sentences import threshold_sentence, threshold_sentences

POOL = """
vreltui = 1
goal = {{ reliability = {goal} }}
{limits}
[parameters]
R = {{ value = 0.9, title = "A web server" }}
n = {{ count = 2, range = [1, 6] }}
[nodes.region]
kind = "host"
reliability = "R"
[nodes.rack]
reliability = {rack}
[nodes.regions]
of = "region"
copies = "n"
needs = "any"
[nodes.all]
parts = ["rack", "regions"]
[choices.c]
root = "all"
"""


def asked(text: str, choice: str = "c") -> tuple[Design, ChoiceReport]:
    design = parse(text).design
    return design, examine(design).choices[choice]


def sentence(text: str, name: str, choice: str = "c") -> str:
    design, report = asked(text, choice)
    return threshold_sentence(design, report.thresholds[name], choice)


def test_only_a_limit_that_was_stated_is_said_to_be_the_hosts() -> None:
    found = POOL.format(goal="0.95", limits="", rack="0.999")
    assert sentence(found, "n") == "at least 2 hosts"
    stated = POOL.format(goal="0.95", limits="limits = { copies = 9 }", rack="0.999")
    assert sentence(stated, "n") == "at least 2 hosts; the host holds 9"
    never = POOL.format(goal="0.95", limits="", rack="0.9")
    assert sentence(never, "n") == "no number of hosts can save this (tried up to 1000)"


def test_where_several_counts_stand_together_each_says_which_it_is() -> None:
    two = POOL.format(goal="0.85", limits="", rack="0.999").replace(
        'parts = ["rack", "regions"]',
        'parts = ["rack", "regions", "others"]\n[nodes.others]\nof = "region"\ncopies = "m"',
    )
    two = two.replace("[nodes.region]", "m = { count = 1, range = [1, 6] }\n[nodes.region]", 1)
    design, report = asked(two)
    said = threshold_sentences(design, report.thresholds.values(), "c")
    assert "at least 2 hosts (n)" in said
    assert "exactly 1 host (m)" in said
    design, report = asked(POOL.format(goal="0.95", limits="", rack="0.999"))
    alone = threshold_sentences(design, report.thresholds.values(), "c")
    assert "at least 2 hosts" in alone


def test_independence_is_said_without_a_claim_about_the_result(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Common causes lower what is redundant and raise what stands in series: R bounds neither."""
    for path in shipped_designs():
        main(["check", str(path)])
        text = capsys.readouterr().out
        assert "Failures are taken to be independent; what is redundant here holds only" in text
        assert "upper bound" not in text


def test_a_title_is_set_off_from_the_sentence() -> None:
    found = sentence(POOL.format(goal="0.95", limits="", rack="0.9"), "R")
    assert found == (
        "no value of R (A web server) can save this: even a perfect one gives 0.9 < 0.95"
    )


GIVEN = """
vreltui = 1
goal = { reliability = 0.99 }
[parameters]
R_V = { value = 0.985, title = "Hypervisor" }
[nodes.rack-a]
reliability = 0.999
[nodes.hypervisor]
reliability = "R_V"
[nodes.both]
parts = ["rack-a", "hypervisor"]
[choices.c]
root = "both"
"""


def test_where_nothing_is_open_it_fails_as_given_and_single_changes_would_save_it() -> None:
    design, report = asked(GIVEN)
    assert report.verdict == "hopeless"
    assert verdict_words(report) == "fails as given; nothing is open"
    assert reasons(design, report) == (
        "R_V (Hypervisor) above 0.990991 would do it",
        "0.984015 does not exceed the goal 0.99",
    )
    answer = as_json("f", design, examine(design))["choices"]["c"]
    assert answer["verdict"] == "hopeless"


def test_the_smallest_change_comes_first_and_own_numbers_are_among_them() -> None:
    text = GIVEN.replace("goal = { reliability = 0.99 }", "goal = { reliability = 0.98401503 }")
    design, report = asked(text)
    first, second, _ = reasons(design, report)
    assert first.startswith("R_V (Hypervisor) above 0.98501")
    assert second.startswith("rack-a above 0.9990001")
    assert isinstance(report.hopeless, NothingOpen)


def test_what_several_changes_would_save_is_not_called_hopeless() -> None:
    text = GIVEN.replace("0.999", "0.9").replace("0.985", "0.9")
    design, report = asked(text)
    assert verdict_words(report) == "fails as given; nothing is open"
    assert reasons(design, report)[0] == "no single change would do it; several together would"


TIE = """
vreltui = 1
baseline = "one"
[parameters]
R = 0.9
[nodes.a]
reliability = "R"
[nodes.b]
reliability = "R"
[choices.one]
root = "a"
[choices.c]
root = "b"
"""


def test_what_nothing_can_save_stays_hopeless() -> None:
    design, report = asked(TIE)
    assert verdict_words(report) == "hopeless"
    assert reasons(design, report)[0].startswith("proven: no single number that it has can save it")


VOTE = """
vreltui = 1
baseline = "nv"
{goal}
[parameters]
R_V = {hypervisor}
R_M = 0.75
[nodes.hypervisor]
reliability = "R_V"
[nodes.machine]
reliability = "R_M"
[nodes.votes]
of = "machine"
copies = 3
needs = 2
[nodes.voted]
parts = ["hypervisor", "votes"]
[choices.nv]
root = "machine"
[choices.c]
root = "voted"
"""


def test_where_the_baseline_moves_too_a_perfect_one_is_no_proof() -> None:
    found = sentence(VOTE.format(goal="", hypervisor="0.85"), "R_M")
    assert found == (
        "no value of R_M can save this, as nv moves with it: "
        "now, at 0.75, it gives 0.717187 < 0.75 of nv"
    )


def test_each_end_says_what_it_comes_from() -> None:
    goal = "goal = { reliability = 0.7 }"
    found = sentence(VOTE.format(goal=goal, hypervisor="0.98"), "R_M")
    assert found == "R_M must exceed 0.6472 for the goal; above 0.97868 nv is better"
    alone = sentence(VOTE.format(goal="", hypervisor="0.98"), "R_M")
    assert alone == "R_M must exceed 0.5214 to beat nv; above 0.97868 nv is better"


def test_goal_and_baseline_that_exclude_each_other_are_both_said() -> None:
    goal = "goal = { reliability = 0.98 }"
    found = sentence(VOTE.format(goal=goal, hypervisor="0.981"), "R_M")
    assert found.startswith("no value of R_M can save this: the goal asks for above 0.98")
    assert "nv is beaten only between" in found


TINY = """
vreltui = 1
[nodes.a]
reliability = 1e-200
[nodes.b]
reliability = 1e-200
[nodes.s]
parts = ["a", "b"]
[choices.c]
root = "s"
"""


def test_a_number_that_is_not_0_is_not_printed_as_0() -> None:
    _, report = asked(TINY)
    assert str(report.digits) == "1.000E-400"
    assert report.figure is not None
    assert report.figure.tiny == "1e-400"


@pytest.mark.parametrize("digits", [30, 60, 200])
def test_a_threshold_is_told_from_a_value_that_agrees_in_many_digits(digits: int) -> None:
    text = f"""
vreltui = 1
goal = {{ reliability = 0.3 }}
[parameters]
R = 0.{"3" * digits}4
[nodes.a]
reliability = "R"
[nodes.b]
reliability = 0.9
[nodes.s]
parts = ["a", "b"]
[choices.c]
root = "s"
"""
    _, report = asked(text)
    threshold = report.thresholds["R"]
    assert isinstance(threshold, ProbabilityThreshold)
    end = threshold.intervals[0].low.at.decimal
    value = threshold.value
    assert isinstance(value, Probability)
    assert report.verdict == "meets"
    assert end < value.decimal
    assert Fraction(end) > Fraction(1, 3)


def test_a_node_without_a_figure_says_why_it_has_none() -> None:
    design, report = asked(POOL.format(goal="0.95", limits="", rack="0.9"))
    without = replace(report, nodes={"all": report.nodes["all"]})
    nodes = choice_json(design, without)["nodes"]
    assert nodes["all"]["reliability"] == report.nodes["all"].reliability
    for left_out in ("rack", "regions", "region"):
        assert nodes[left_out]["reliability"] is None
        assert nodes[left_out]["reliability_undecided"] == LEFT_OUT
        assert nodes[left_out]["unreliability"] is None
        assert nodes[left_out]["unreliability_undecided"] == LEFT_OUT


TIMED = """
vreltui = 1
goal = { reliability = 0.99 }
mission = { time = "T" }
[parameters]
T = { time = "30 d", range = ["1 d", "10 y"] }
L = { time = "7.4 y" }
[nodes.a]
mttf = "L"
[choices.c]
root = "a"
"""


def said_of(path: str, name: str, choice: str) -> str:
    design = read(next(each for each in shipped_designs() if each.stem == path)).design
    return threshold_sentence(design, examine(design).choices[choice].thresholds[name], choice)


def test_a_threshold_says_what_its_number_does_where_that_is_one_thing() -> None:
    assert sentence(TIMED, "T") == "runs 27.14 d at most before R falls below 0.99"
    assert sentence(TIMED, "L") == "L must exceed 8.179 y"
    # The same letter for a life as well: more of it is not only a longer mission.
    twice = TIMED.replace('mttf = "L"', 'mttf = "T"')
    assert "runs" not in sentence(twice, "T")
    # Whose baseline it has to beat is not said of the goal.
    beside = (
        TIMED.replace("goal =", 'baseline = "d"\ngoal =')
        + '[choices.d]\nroot = "b"\n[nodes.b]\nreliability = 0.9\n'
    )
    assert sentence(beside, "T").startswith("T must stay below")
    assert said_of("rejuvenation", "T_c", "in-place") == (
        "restart renewed every 16.27 h to 3.006 d"
    )
    assert said_of("replica-diversity", "b", "two") == (
        "at most 3.69 % of the failures of replica may be common (b)"
    )
    assert (
        said_of("containment", "n", "machines") == "3 to 10 applications: more let failures escape"
    )


def test_no_clock_is_advised_that_is_also_how_long_it_must_run() -> None:
    """A mission that moves with the clock is not helped by restarting; by itself it would be."""
    text = TIMED.replace('mttf = "L"', 'mttf = "L"\nrejuvenate = "T"')
    end = AmountBound(172800.0, "2 d")
    beside = parse(text.replace('time = "T" }', 'time = "30 d" }')).design
    found = AmountThreshold(
        "T", "time", beside.value("T", "c"), satisfied=True, intervals=(AmountInterval(end, end),)
    )
    assert role_sentence(beside, found, "c") == "restart a every 2 d to 2 d"
    assert role_sentence(parse(text).design, found, "c") == ""


CAUSES = """
vreltui = 1
goal = {{ reliability = 0.999 }}
[parameters]
b = {{ value = 0.05, range = [0, 1] }}
[nodes.vm]
reliability = 0.99
[nodes.vms]
of = "vm"
copies = 2
needs = "any"
[causes.os]
strikes = ["vm"]
beta = "b"
{more}
[choices.c]
root = "vms"
"""


def test_a_share_is_not_said_to_be_all_that_may_be_common() -> None:
    """Where another cause strikes the same, or another letter is the number, it is not."""
    alone = CAUSES.format(more="")
    assert sentence(alone, "b").startswith("at most 9.174 % of")
    beside = CAUSES.format(more='[causes.site]\nstrikes = ["vm"]\nbeta = 0.01')
    assert sentence(beside, "b").startswith("b may have any value up to there")
    other = '[nodes.x]\nreliability = 0.9999999\n[causes.site]\nstrikes = ["x"]\nmgl = ["b"]'
    pair = CAUSES.format(more=other + '\n[nodes.xs]\nof = "x"\ncopies = 2\nneeds = "any"')
    both = pair.replace('root = "vms"', 'root = "all"') + '[nodes.all]\nparts = ["vms", "xs"]\n'
    assert sentence(both, "b").startswith("b may have any value up to there")


ESCAPING = """
vreltui = 1
baseline = "rival"
[parameters]
n = {{ count = 1, range = [1, 9] }}
[nodes.vm]
reliability = 0.9
[nodes.vms]
of = "vm"
copies = "n"
needs = "{needs}"
contained = {contained}
[nodes.small]
reliability = 0.95
[nodes.less]
parts = ["vms", "small"]
[nodes.other]
reliability = {rival}
[nodes.others]
of = "other"
copies = {copies}
needs = "any"
[choices.c]
root = "less"
[choices.rival]
root = "others"
"""


def test_only_where_something_escapes_more_copies_are_said_to_let_it() -> None:
    falls = ESCAPING.format(needs="any", contained="0.9", rival="0.9", copies="1")
    assert sentence(falls, "n").endswith("copies: more let failures escape")
    # Nothing escapes: the rival, of which there are more as well, becomes better.
    overtaken = ESCAPING.format(needs="any", contained="1", rival="0.8", copies='"n"')
    assert sentence(overtaken, "n") == "exactly 1 copy"
    # An even number of copies needs more of them.
    voted = ESCAPING.format(needs="majority", contained="0.9", rival="0.89", copies="1")
    assert "escape" not in sentence(voted, "n")
