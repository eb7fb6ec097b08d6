"""Ties of trees that are built otherwise and are one function of the lives at their leaves."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from vreltui.analysis import examine
from vreltui.analysis.study import Study
from vreltui.engine.same_function import Difference
from vreltui.storage import parse
from vreltui.wording.as_json import as_json

FILE = """
vreltui = 1
baseline = "copies"
[mission]
measure = "{measure}"
time = "30 d"
[nodes.disk]
median = "300 d"
sigma = 0.7
mttr = "3 h"
[nodes.like-it]
median = "300 d"
sigma = 0.7
mttr = "3 h"
[nodes.fan]
mttf = "{life}"
mttr = "1 d"
[nodes.two-fans]
of = "fan"
copies = 2
[nodes.quick-fan]
mttf = "1 y"
mttr = "1 d"
[nodes.pool]
of = "disk"
copies = 2
needs = "any"
[nodes.group]
parts = ["like-it", "disk"]
needs = "any"
[nodes.cooled]
parts = ["disk", "two-fans"]
[nodes.cooled-quickly]
parts = ["quick-fan", "disk"]
[choices.copies]
root = "pool"
[choices.parts]
root = "group"
[choices.slow]
root = "cooled"
[choices.quick]
root = "cooled-quickly"
"""


@pytest.mark.parametrize("measure", ["reliability", "availability", "mttf"])
def test_copies_tie_with_parts_of_one_law(measure: str) -> None:
    """Lognormal figures are no fractions, and a pool and a group are other steps."""
    design = parse(FILE.format(measure=measure, life="2 y")).design
    said = as_json("design.toml", design, examine(design))["choices"]["parts"]
    assert said["against_baseline"] == "equal"


def test_shared_lives_cancel_and_what_is_left_is_exact() -> None:
    """Beside one disk two fans in series are one with half their mean."""
    study = Study(parse(FILE.format(measure="mttf", life="2 y")).design)
    slow, quick = study.evaluation("slow"), study.evaluation("quick")
    assert Difference(slow, quick).mean() == 0
    said = as_json("design.toml", study.design, examine(replace(study.design, baseline="quick")))
    assert said["choices"]["slow"]["against_baseline"] == "equal"


def test_what_differs_is_no_tie() -> None:
    study = Study(parse(FILE.format(measure="mttf", life="2.001 y")).design)
    slow, quick = study.evaluation("slow"), study.evaluation("quick")
    found = Difference(slow, quick)
    assert not found.is_nothing
    assert found.mean() is None  # the disk's life is in every term
    assert Difference(slow, slow).mean() == 0
    assert Difference(slow, slow).is_nothing


def test_what_both_have_beside_each_other_leaves_fractions() -> None:
    """In parallel with a constant 0, fans are compared by fractions alone."""
    text = FILE.format(measure="mttf", life="2 y") + (
        '[nodes.one-fan]\nof = "fan"\ncopies = 1\n'
        '[choices.fan]\nroot = "one-fan"\n[choices.quick-fan]\nroot = "quick-fan"\n'
    )
    study = Study(parse(text).design)
    found = Difference(study.evaluation("fan"), study.evaluation("quick-fan")).mean()
    assert found == Fraction(365 * 86400)
