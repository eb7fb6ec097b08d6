"""Values: nudged, typed, held at their threshold."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workbench.conftest import DESIGNS
from vreltui.analysis import CountThreshold, examine
from vreltui.analysis.questions.meeting import meets
from vreltui.analysis.results import (
    Bound,
    Figure,
    OpenInterval,
    ProbabilityThreshold,
    Threshold,
)
from vreltui.analysis.study import Study
from vreltui.model import Design, DesignError, Probability, Value, edits
from vreltui.model.quantities import COUNT, PROBABILITY, quantity_of
from vreltui.storage import read
from vreltui.wording.numerals import engineering, nines, reliability_text
from vreltui.workbench.commands.hold_value import needed_value
from vreltui.workbench.commands.parse_typed import read_needs, read_range

P = Probability.of
Q = Probability.from_unreliability


def nudged(
    value: Value, up: bool, ends: Any = None, *, fine: bool = False, most: int = 1000
) -> Value:
    moved: Value = quantity_of(value).stepped(value, up, ends, fine=fine, most_copies=most)
    return moved


def steps(start: str, count: int, *, up: bool, fine: bool = False) -> list[str]:
    value, found = P(start), []
    for _ in range(count):
        moved = nudged(value, up, fine=fine)
        assert isinstance(moved, Probability)
        value = moved
        found.append(str(value))
    return found


def test_nudges_follow_the_scale_of_what_can_fail() -> None:
    assert steps("0.98", 4, up=True) == ["0.99", "0.991", "0.992", "0.993"]
    assert steps("0.998", 3, up=True) == ["0.999", "0.9991", "0.9992"]
    assert steps("0.9992", 4, up=False) == ["0.9991", "0.999", "0.998", "0.997"]
    assert steps("0.4", 3, up=True) == ["0.5", "0.6", "0.7"]
    assert steps("0.2", 3, up=False) == ["0.1", "0.09", "0.08"]
    assert steps("0.95", 2, up=True, fine=True) == ["0.951", "0.952"]
    assert steps("0.12345", 2, up=False) == ["0.1", "0.09"]
    assert steps("1", 2, up=True) == ["1", "1"]
    assert steps("1", 2, up=False) == ["0.999999", "0.999998"]
    assert steps("0", 1, up=True) == ["0.000001"]


def test_a_value_written_from_the_other_side_stays_so() -> None:
    assert str(nudged(Q("1e-5"), up=True)) == "1 - 0.000009"
    assert str(nudged(Q("1e-20"), up=False)) == "1 - 2E-20"


def test_nudges_stop_at_the_range_and_at_the_host() -> None:
    ends = (P("0.95"), P("0.9995"))
    assert nudged(P("0.9994"), True, ends) == P("0.9995")
    assert nudged(P("0.9995"), True, ends) == P("0.9995")
    assert nudged(P("0.955"), False, ends) == P("0.95")
    assert nudged(3, True) == 4
    assert nudged(3, True, (1, 3)) == 3
    assert nudged(1, False) == 1
    assert nudged(64, True, most=64) == 64


@given(
    st.decimals(min_value="1e-200", max_value="1", places=None, allow_nan=False),
    st.booleans(),
    st.booleans(),
)
def test_every_nudge_is_allowed_and_goes_the_right_way(size: object, up: bool, fine: bool) -> None:
    value = Probability(size, complemented=not up)  # type: ignore[arg-type]
    if value.fault():
        return
    moved = nudged(value, up, fine=fine)
    assert isinstance(moved, Probability)
    assert moved.fault() is None
    if up:
        assert moved.reliability > value.reliability or value.reliability == 1
    else:
        assert moved.reliability < value.reliability or moved.reliability < Fraction(1, 10**200)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.999", P("0.999")),
        (" 99.9 % ", P("0.999")),
        ("1-1e-5", Q("1e-5")),
        ("1 - 1E-5", Q("1e-5")),
        ("q 0.002", Q("0.002")),
        ("q=0.002", Q("0.002")),
        (".5", P("0.5")),
        ("1", P("1")),
        ("0,95", P("0.95")),
    ],
)
def test_probabilities_as_people_type_them(text: str, expected: Probability) -> None:
    assert PROBABILITY.typed(text) == expected


@pytest.mark.parametrize(
    "text", ["", "x", "1.5", "-0.1", "0x1", "nan", "inf", "1e-400", "1e99999", "0.9 0.8", "101%",
             "\u0661", "1_0", "9" * 5000, "1-", "--1"]
)  # fmt: skip
def test_what_is_no_probability_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(DesignError) as refused:
        PROBABILITY.typed(text)
    assert "\n" not in str(refused.value)


def test_counts_ranges_and_needs() -> None:
    assert COUNT.typed(" 12 ") == 12
    for text in ("0", "1.5", "-1", "\u0661", "1e3", "9" * 20):
        with pytest.raises(DesignError):
            COUNT.typed(text)
    assert read_range("0.9, 0.99", P("0.95")) == (P("0.9"), P("0.99"))
    assert read_range("[1, 16]", 3) == (1, 16)
    assert read_range("", 3) is None
    with pytest.raises(DesignError, match="lowest and the highest"):
        read_range("0.9", P("0.95"))
    assert (read_needs("2 of 3"), read_needs("ANY"), read_needs("7")) == (2, "any", 7)
    with pytest.raises(DesignError, match="type all, any, majority or a number"):
        read_needs("most")


def test_figures_stay_readable_near_one() -> None:
    assert reliability_text(Figure(0.95, 0.05)) == "0.95"
    assert reliability_text(Figure(0.999999988, 1.2e-8)) == "0.999999988"
    assert reliability_text(Figure(1.0, 3e-15)) == "1 - 3e-15"
    assert reliability_text(Figure(1.0, 0.0)) == "1"
    assert engineering(1.5e-7) == "150e-9"
    assert nines(Figure(0.99998, 2e-5)) == "4.6 nines"


def held(design: Design, choice: str, parameter: str) -> Design:
    threshold = examine(design, [choice]).choices[choice].thresholds[parameter]
    return held_at(threshold, design, choice, parameter)


def held_at(threshold: Threshold, design: Design, choice: str, parameter: str) -> Design:
    entry = design.parameters[parameter]
    value = needed_value(threshold, entry.values)
    if entry.range is not None and not edits.within_range(entry, value):
        design = edits.clear_range(design, parameter)
    return edits.set_value(design, parameter, value, choice)


@pytest.mark.parametrize("path", sorted(DESIGNS.glob("*.toml")), ids=lambda path: path.stem)
def test_what_a_threshold_asks_for_holds_and_is_the_least(path: Path) -> None:
    design = read(path).design
    tried = 0
    for choice, report in examine(design).choices.items():
        for parameter, threshold in report.thresholds.items():
            if threshold.undecided or threshold.irrelevant:
                continue
            if not (
                threshold.ranges if isinstance(threshold, CountThreshold) else threshold.intervals
            ):
                with pytest.raises(DesignError, match="is enough"):
                    needed_value(threshold)
                continue
            after = held_at(threshold, design, choice, parameter)
            assert meets(Study(after), choice), (choice, parameter)
            tried += 1
            if isinstance(threshold, CountThreshold):
                value = after.value(parameter, choice)
                assert any(value in ends for ends in threshold.ranges)
    # Every variant of the three zones as they stand is hopeless, so there is nothing to hold.
    assert tried > 0 or path.stem == "three-zones"


def test_of_values_that_can_be_had_the_nearest_that_is_enough_is_held() -> None:
    design = read(DESIGNS / "hosts-and-hypervisors.toml").design
    threshold = examine(design, ["fig4"]).choices["fig4"].thresholds["R_M"]
    assert needed_value(threshold, design.parameters["R_M"].values) == P("0.5")
    with pytest.raises(DesignError, match="none of the values of R_M is enough"):
        needed_value(threshold, (P("0.1"), P("0.3")))


def test_a_bound_that_is_a_short_decimal_is_passed_not_only_reached() -> None:
    from vreltui.storage import parse

    text = """
vreltui = 1
goal = { reliability = 0.75 }
[parameters]
R0 = { value = 0.5 }
[nodes.e0]
reliability = "R0"
[choices.c0]
root = "e0"
"""
    design = parse(text).design
    after = held(design, "c0", "R0")
    assert examine(after).choices["c0"].verdict == "meets"
    value = after.value("R0")
    assert isinstance(value, Probability)
    assert Fraction(3, 4) < value.reliability < Fraction(3, 4) + Fraction(1, 1000)


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        ("1 - 1e-300", "1", "1 - 9E-301"),
        ("0.5", "0.50000000000000000001", "0.500000000000000000001"),
        ("0", "1e-300", "9E-301"),
    ],
)
def test_what_is_needed_between_ends_that_doubles_cannot_tell_apart(
    low: str, high: str, found: str
) -> None:
    """The search for a number between them once never ended."""
    ends = [Bound(_figure(text), typed(text), exact=True) for text in (low, high)]
    threshold = ProbabilityThreshold("R", P("0.3"), False, (OpenInterval(*ends),))
    assert str(needed_value(threshold)) == found


def test_no_number_lies_between_ends_that_are_written_alike() -> None:
    end = Bound(_figure("0.5"), P("0.5"), exact=True)
    threshold = ProbabilityThreshold("R", P("0.3"), False, (OpenInterval(end, end),))
    with pytest.raises(DesignError, match="too close together"):
        needed_value(threshold)


def typed(text: str) -> Probability:
    """What a text says, with "1 - " read as people do."""
    if text.startswith("1 - "):
        return Probability.from_unreliability(text[4:])
    return Probability.of(text)


def _figure(text: str) -> Figure:
    value = typed(text)
    return Figure(float(value.reliability), float(value.unreliability))
