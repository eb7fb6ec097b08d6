"""The sentences that explain a verdict."""

from __future__ import annotations

from vreltui.analysis.report import examine
from vreltui.storage import parse
from vreltui.wording.reasons import reasons
from vreltui.wording.sentences import threshold_sentence

ONLY_THE_BASELINE_IS_OPEN = """
vreltui = 1
baseline = "open"
[goal]
reliability = 0.75
[parameters]
p = { value = 0.999, range = [0.6, 0.999] }
[nodes.given]
reliability = 0.5
[nodes.varied]
reliability = "p"
[choices.open]
root = "varied"
[choices.given]
root = "given"
"""


def test_a_choice_without_open_parameters_of_its_own_names_none() -> None:
    design = parse(ONLY_THE_BASELINE_IS_OPEN).design
    (said,) = [
        line for line in reasons(design, examine(design).choices["given"]) if "it gives" in line
    ]
    assert said == "it gives 0.5 < 0.75"


A_TINY_THRESHOLD = """
vreltui = 1
baseline = "tiny"
[parameters]
p = 0.5
[nodes.varied]
reliability = "p"
[nodes.fixed]
reliability = 0.999
[nodes.either]
parts = ["varied", "fixed"]
needs = "any"
[choices.own]
root = "either"
set = { p = 0.3 }
[choices.tiny]
root = "either"
set = { p = 1e-300 }
"""


def test_a_threshold_of_1e_minus_300_has_its_digits() -> None:
    design = parse(A_TINY_THRESHOLD).design
    own = examine(design).choices["own"].thresholds["p"]
    assert threshold_sentence(design, own, "own") == "p must exceed 1e-300 to beat tiny"
