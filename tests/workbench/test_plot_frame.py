"""What matters is in a picture that nobody wrote down: the present value, and where it meets."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from vreltui.analysis import examine
from vreltui.analysis.results import ProbabilityThreshold
from vreltui.model import Probability, edits
from vreltui.model.rules import number
from vreltui.storage import parse
from vreltui.workbench.view.first_plot import what_matters_most
from vreltui.workbench.view.plot_frame import Known, axis, ends_of

DESIGN = parse(
    """vreltui = 1
[goal]
reliability = 0.98
[parameters]
R_M = { value = 0.9 }
R_H = { value = 0.99 }
R_X = { value = 0.999999 }
n = { count = 2 }
[nodes.vm]
reliability = "R_M"
[nodes.vms]
of = "vm"
copies = "n"
needs = "any"
[nodes.hardware]
reliability = "R_H"
[nodes.fan]
reliability = 0.9999
[nodes.rare]
reliability = "R_X"
[nodes.all]
parts = ["hardware", "vms", "fan", "rare"]
[choices.node]
root = "all"
"""
).design


@settings(max_examples=40)
@given(
    name=st.sampled_from(["R_M", "R_H"]),
    missing=st.integers(1, 9999),
    places=st.integers(0, 4),
    ranged=st.booleans(),
)
def test_both_are_inside(name: str, missing: int, places: int, ranged: bool) -> None:
    text = f"0.{'9' * places}{missing:04}"
    design = edits.set_value(DESIGN, name, Probability.of(text))
    if ranged:
        value = Probability.of(text)
        design = edits.set_range(design, name, value, Probability.of("0.99999999"))
    known = examine(design).choices["node"].thresholds
    x = axis(design, "node", name, 0, Known(known))
    start, stop = Fraction(number(x.start)), Fraction(number(x.stop))
    now = Fraction(text)
    assert start <= now <= stop
    for end in ends_of(known[name])[:1]:
        assert start < end < stop


def test_a_frame_stays_while_both_are_well_inside() -> None:
    before = None
    for text in ("0.9", "0.91", "0.92", "0.93"):
        design = edits.set_value(DESIGN, "R_M", Probability.of(text))
        known = examine(design).choices["node"].thresholds
        x = axis(design, "node", "R_M", 0, Known(known, before))
        assert before in (None, x)
        before = x
    closer = axis(design, "node", "R_M", 1, Known(known, before))
    assert number(closer.start) > number(x.start)


def test_a_count_that_would_do_is_in_the_picture() -> None:
    design = edits.set_value(DESIGN, "R_M", Probability.of("0.2"))
    design = edits.set_value(design, "R_H", Probability.of("0.9999"))
    known = examine(design).choices["node"].thresholds
    (end,) = ends_of(known["n"])
    x = axis(design, "node", "n", 0, Known(known))
    assert isinstance(x.stop, int)
    assert 8 < end < x.stop


def test_what_matters_most_can_make_it_meet() -> None:
    report = examine(DESIGN).choices["node"]
    assert what_matters_most(DESIGN, report, {}, {}) == "R_M"  # 0.198 times 0.1
    # What no value can save is never drawn, whatever it weighs.
    thresholds = dict(report.thresholds)
    found = thresholds["R_M"]
    assert isinstance(found, ProbabilityThreshold)
    thresholds["R_M"] = replace(found, intervals=(), satisfied=False)
    without = replace(report, thresholds=thresholds)
    assert what_matters_most(DESIGN, without, {}, {}) == "R_H"
    # A number of a node's own counts by its share of the unreliability.
    own = {"fan": replace(found, parameter="fan")}
    assert what_matters_most(DESIGN, without, own, {"fan": 0.4}) == "R_H"
    assert what_matters_most(DESIGN, without, own, {"fan": 0.6}) == "fan"
    nothing = replace(report, thresholds={"R_M": thresholds["R_M"]})
    assert what_matters_most(DESIGN, nothing, {}, {}) is None
