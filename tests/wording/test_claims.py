"""Every sentence with a number, typed back in: on its side the choice meets, beyond it does not."""

from __future__ import annotations

import os
import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.oracle import Oracle, as_toml, designs
from tests.oracle.strategies import MOST_INSTANCES
from vreltui.analysis import examine
from vreltui.analysis.questions import meeting
from vreltui.analysis.results import ChoiceReport
from vreltui.analysis.study import Study
from vreltui.cli import settings as typed
from vreltui.model import Design
from vreltui.model.own_numbers import with_named_numbers
from vreltui.storage import parse, read
from vreltui.storage.keep.locations import shipped_designs
from vreltui.wording.as_json import choice_json
from vreltui.wording.claims import MEETS, NOT_MEETS, Claim, claims
from vreltui.wording.reasons import reasons
from vreltui.wording.sentences import threshold_sentence

EXAMPLES = int(os.environ.get("VRELTUI_CLAIMS_EXAMPLES", "20"))


def typed_in(design: Design, choice: str, claim: Claim) -> Design:
    """The design as `--set` would have it."""
    texts = [f"{name}={value}" for name, value in claim.set.items()]
    return typed.settings("design", design, texts).for_choice(choice)


def meets(oracle: Oracle, choice: str) -> bool:
    """Whether a choice exceeds the goal and beats the baseline, exactly."""
    design = oracle.design
    own = oracle.reliability(choice)
    rivals: list[Fraction] = []
    if oracle.goal is not None:
        rivals.append(oracle.goal)
    if design.baseline not in (None, choice):
        rivals.append(oracle.reliability(str(design.baseline)))
    return all(own > rival for rival in rivals)


def every_number_is_claimed(design: Design, report: ChoiceReport) -> None:
    """A sentence with a number and no claim would be a defect."""
    claimed = {claim.sentence for claim in claims(design, report)}
    said = [] if report.verdict in (None, "undecided") else list(reasons(design, report))
    for threshold in report.thresholds.values():
        if not threshold.undecided:
            said.append(threshold_sentence(design, threshold, report.choice))
    assert {sentence for sentence in said if re.search(r"\d", sentence)} <= claimed


@settings(max_examples=EXAMPLES)
@given(designs())
def test_what_is_said_of_random_designs_holds_when_typed_in(design: Design) -> None:
    named = with_named_numbers(design)
    for name, report in examine(named).choices.items():
        every_number_is_claimed(design, report)
        for claim in claims(design, report):
            oracle = Oracle(typed_in(design, name, claim))
            beside = {name, design.baseline or name}
            if all(oracle.instances(choice) <= MOST_INSTANCES for choice in beside):
                assert meets(oracle, name) == claim.meets, (name, claim, as_toml(design))


@pytest.mark.parametrize("path", shipped_designs(), ids=lambda path: path.stem)
def test_what_is_said_of_shipped_designs_holds_when_typed_in(path: Path) -> None:
    design = read(path).design
    for name, report in examine(with_named_numbers(design)).choices.items():
        every_number_is_claimed(design, report)
        for claim in claims(design, report):
            tried = typed_in(design, name, claim)
            assert meeting.meets(Study(tried), name) == claim.meets, (name, claim)


DESIGN = """\
vreltui = 1
[goal]
reliability = 0.98
[nodes]
rack = {{ reliability = 0.999 }}
vm = {{ reliability = 0.9 }}
pool = {{ of = "vm", copies = {copies}, needs = "any" }}
top = {{ parts = ["rack", "pool"] }}
[choices.c]
root = "top"
"""


def claimed(text: str) -> list[dict[str, object]]:
    design = parse(text).design
    report = examine(with_named_numbers(design)).choices["c"]
    found: list[dict[str, object]] = choice_json(design, report)["claims"]
    return found


def test_each_end_is_claimed_from_both_sides() -> None:
    found = claimed(DESIGN.format(copies=2))
    sides = [(each["set"], each["then"]) for each in found if each["set"]]
    assert ({"rack": "0.98990"}, MEETS) in sides
    assert ({"rack": "0.98989"}, NOT_MEETS) in sides


def test_an_end_that_is_a_short_decimal_only_ties() -> None:
    text = (
        DESIGN.format(copies=1)
        .replace("0.9 }", "1 }")
        .replace("reliability = 0.999", "reliability = 0.5")
    )
    sides = [(each["set"], each["then"]) for each in claimed(text) if each["set"]]
    assert ({"rack": "0.98000"}, NOT_MEETS) in sides
    assert ({"rack": "0.98001"}, MEETS) in sides
    assert ({"rack": "0.97999"}, NOT_MEETS) in sides


def test_nothing_is_claimed_where_nothing_is_asked() -> None:
    text = DESIGN.format(copies=2).replace("[goal]\nreliability = 0.98\n", "")
    assert claimed(text) == []
