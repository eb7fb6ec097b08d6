"""No sentence contradicts the value beside it, and its digits hold when typed back in."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest

from vreltui.analysis import examine
from vreltui.analysis.results import ProbabilityThreshold
from vreltui.model import Design, Parameter, Probability
from vreltui.storage import parse
from vreltui.wording.as_json import as_json
from vreltui.wording.reasons import reasons
from vreltui.wording.sentences import threshold_sentence, threshold_text

_NUMBER = r"(1 - )?(\d+(?:\.\d+)?(?:e-?\d+)?)"
_LOWER = re.compile(rf"must exceed {_NUMBER}")
_UPPER = re.compile(rf"above {_NUMBER} \w+ is better")
_GOAL = re.compile(rf"^{_NUMBER} (exceeds|only equals|does not exceed) the goal {_NUMBER}$")

PAIR = """
vreltui = 1
[goal]
reliability = 0.5
[parameters]
R = 0.5
[nodes.machine]
reliability = "R"
[nodes.some]
of = "machine"
copies = {copies}
needs = {needs}
[choices.c]
root = "some"
"""

VOTE = """
vreltui = 1
baseline = "one"
[parameters]
V = 0.98
R = 0.9
[nodes.hypervisor]
reliability = "V"
[nodes.machine]
reliability = "R"
[nodes.votes]
of = "machine"
copies = 3
needs = 2
[nodes.voted]
parts = ["hypervisor", "votes"]
[choices.one]
root = "machine"
[choices.c]
root = "voted"
"""


def said(before: str, digits: str) -> Fraction:
    return 1 - Fraction(digits) if before else Fraction(digits)


def with_value(design: Design, value: Decimal) -> Design:
    return replace(
        design, parameters={**design.parameters, "R": Parameter("R", Probability(value))}
    )


def meets(design: Design, value: Fraction) -> bool:
    """Whether the choice meets with this value typed in for R."""
    with localcontext() as context:
        context.prec = 80
        exact = Decimal(value.numerator) / Decimal(value.denominator)
    return examine(with_value(design, exact), ["c"]).choices["c"].verdict == "meets"


def unit(digits: str) -> Fraction:
    """One of the last digit's unit."""
    exponent = Decimal(digits).as_tuple().exponent
    assert isinstance(exponent, int)
    return Fraction(10) ** exponent


def near(chance: random.Random, root: Decimal) -> Decimal:
    """A value next to an end: so many of its digits, and one more or less in the last."""
    places = chance.randint(2, 24)
    shifted = round(root, places) + chance.choice((-1, 0, 1)) * Decimal(1).scaleb(-places)
    return min(max(shifted, Decimal("1e-9")), 1 - Decimal("1e-9"))


def root_of(design: Design, which: int = 0) -> Decimal:
    """An end of the threshold of R to many digits, found by halving."""
    low, high = (Decimal("0.0001"), Decimal("0.6")) if which == 0 else (Decimal("0.7"), Decimal(1))
    for _ in range(90):
        middle = (low + high) / 2
        won = meets(design, Fraction(middle))
        if won == (which == 0):
            high = middle
        else:
            low = middle
    return low


def holds(design: Design, value: Decimal) -> None:
    """Assert that all that is said beside a value is true of it, and true when typed back in."""
    design = with_value(design, value)
    report = examine(design, ["c"]).choices["c"]
    found = report.thresholds["R"]
    assert isinstance(found, ProbabilityThreshold)
    satisfied = report.verdict == "meets"
    exact = Fraction(value)
    sentence = threshold_sentence(design, found, "c")
    lower, upper = _LOWER.search(sentence), _UPPER.search(sentence)
    assert lower is not None, sentence
    low = said(*lower.groups())
    high = said(*upper.groups()) if upper is not None else Fraction(1)
    assert (low < exact < high) == satisfied, f"R = {value}: {sentence}"
    for end, inward, match in ((low, 1, lower), (high, -1, upper)):
        if match is None:
            continue
        step = inward * unit(match[2])
        bound = found.intervals[0].low if inward > 0 else found.intervals[0].high
        # An end that is a short decimal is not exceeded by being typed.
        assert meets(design, end) == (not bound.exact), f"R = {value}: {end} typed in: {sentence}"
        assert not meets(design, end - step), f"R = {value}: digits of {end} are loose"
    column, _ = threshold_text(found)
    assert lower[2] in column
    assert upper is None or upper[2] in column
    sides_of_goal(design, report)
    ends_in_json(design, as_json("f", design, examine(design, ["c"])))


def sides_of_goal(design: Design, report: Any) -> None:
    """The figure and the goal in the reason stand as the reason says."""
    for line in reasons(design, report):
        match = _GOAL.match(line)
        if match is None:
            continue
        own, goal = said(*match.group(1, 2)), said(*match.group(4, 5))
        word = "exceeds" if own > goal else "only equals" if own == goal else "does not exceed"
        assert match[3] == word, line


def ends_in_json(design: Design, answer: Any) -> None:
    """The doubles of an interval lie in it, read as the decimals that are printed."""
    (interval,) = answer["choices"]["c"]["thresholds"]["R"]["intervals"]
    low, high = Fraction(repr(interval["low"])), Fraction(repr(interval["high"]))
    assert meets(design, low + Fraction(1, 10**30)), f"{interval['low']!r} is not inside"
    assert high == 1 or meets(design, high - Fraction(1, 10**30)), interval["high"]


@pytest.mark.parametrize(("copies", "needs"), [(2, '"any"'), (3, "2"), (3, '"any"'), (2, '"all"')])
def test_values_next_to_the_end_that_a_goal_sets(copies: int, needs: str) -> None:
    chance = random.Random(copies)
    goals = [Decimal("0.5"), Decimal("0.998"), Decimal("0.3")]
    for goal in goals:
        design = parse(PAIR.format(copies=copies, needs=needs)).design
        design = replace(design, goal=Probability(goal))
        low, high = Decimal("1e-6"), Decimal(1)
        for _ in range(90):
            middle = (low + high) / 2
            low, high = (low, middle) if meets(design, Fraction(middle)) else (middle, high)
        for _ in range(12):
            holds(design, near(chance, low))


@pytest.mark.parametrize("which", [0, 1])
def test_values_next_to_the_ends_that_a_baseline_sets(which: int) -> None:
    chance = random.Random(which)
    design = parse(VOTE).design
    root = root_of(design, which)
    for _ in range(25):
        holds(design, near(chance, root))


def test_a_figure_next_to_the_goal_is_told_from_it() -> None:
    design = parse(PAIR.format(copies=2, needs='"any"')).design
    design = with_value(design, Decimal("0.2928933"))
    report = examine(design).choices["c"]
    assert reasons(design, report)[0] == "0.5000001 exceeds the goal 0.5"
    assert threshold_sentence(design, report.thresholds["R"], "c") == "R must exceed 0.29289322"


def test_a_value_just_inside_both_ends() -> None:
    design = with_value(parse(VOTE).design, Decimal("0.978682"))
    report = examine(design).choices["c"]
    assert threshold_sentence(design, report.thresholds["R"], "c") == (
        "R must exceed 0.5214 to beat one; above 0.978683 one is better"
    )
    assert threshold_sentence(design, report.thresholds["V"], "c") == (
        "V must exceed 0.9799992 to beat one"
    )
