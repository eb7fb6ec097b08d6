"""Fault trees whose probabilities others have published."""

from __future__ import annotations

import os
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from benchmarks.aralia import NotCoherentError
from tests.oracle.fault_trees import design_of
from vreltui.analysis import examine
from vreltui.exchange.exporting import export_tree
from vreltui.exchange.importing import import_files
from vreltui.exchange.wishes import Wishes, time_of
from vreltui.model import Component, Design

ARALIA = os.environ.get("VRELTUI_ARALIA", "")
"""Where the Aralia fault trees are."""

HOUR = time_of("1 h")

QUICK = {"chinese", "das9201", "das9204", "isp9605", "isp9606", "edfpa15r", "baobab2"}

GROUPS = {
    "beta-factor": ({3: "0.2"}, 0.0430804),
    "MGL": ({2: "0.2", 3: "0.1"}, 0.0162948),
    "alpha-factor": ({1: "0.7", 2: "0.2", 3: "0.1"}, 0.0529814),
    "phi-factor": ({1: "0.7", 2: "0.2", 3: "0.1"}, 0.0410393),
}
"""Factors by level, and the probability that the tests of SCRAM state for three trains."""

HALF = "lambda=0.69314718055994530941723212146 dorm=1"
STORM = {
    f'toplevel "F"; "F" and "F1" "F2"; "F1" or "x1" "x2"; "F2" or "x3" "x4";'
    f'"x1" {HALF}; "x2" {HALF}; "x3" {HALF}; "x4" {HALF};': 0.5625,
    'toplevel "F"; "F" 2of4 "x1" "x2" "x3" "x4";'
    f'"x1" {HALF}; "x2" {HALF}; "x3" {HALF}; "x4" {HALF};': 0.6875,
    'toplevel "F"; "F" and "x1" "F1" "F2"; "F1" or "x2" "x3"; "F2" or "x4" "x5" "x6";'
    f'"x1" {HALF}; "x2" {HALF}; "x3" lambda=0.2 dorm=1; "x4" {HALF}; "x5" lambda=0.6 dorm=1;'
    f'"x6" lambda=1 dorm=1; "x7" {HALF};': 0.2655055433,
}
"""The tests of Storm for trees without time: AndOrTest, VotTest, ImportanceTest, at time 1."""


def unreliability(design: Design) -> float:
    (choice,) = design.choices
    found = examine(design, [choice]).choices[choice].figure
    assert found is not None
    return found.unreliability


def three_trains(model: str, factors: dict[int, str]) -> str:
    parts, groups = "", ""
    trains = ("One", "Two", "Three")
    for train in trains:
        parts += (
            f'<define-gate name="Train{train}"><or><event name="Valve{train}"/>'
            f'<event name="Pump{train}"/></or></define-gate>'
        )
    stated = "".join(
        f'<factor level="{k}"><float value="{v}"/></factor>' for k, v in factors.items()
    )
    stated = stated if model == "beta-factor" else f"<factors>{stated}</factors>"
    for sort in ("Pump", "Valve"):
        members = "".join(f'<basic-event name="{sort}{train}"/>' for train in trains)
        groups += (
            f'<define-CCF-group name="{sort}s" model="{model}"><members>{members}</members>'
            f'<distribution><float value="0.1"/></distribution>{stated}</define-CCF-group>'
        )
    every = "".join(f'<event name="Train{train}"/>' for train in trains)
    return (
        f'<opsa-mef><define-fault-tree name="t"><define-gate name="top"><and>{every}</and>'
        f"</define-gate>{parts}</define-fault-tree>{groups}</opsa-mef>"
    )


@pytest.mark.parametrize("model", GROUPS)
def test_groups_of_common_causes_are_as_scram_says(model: str) -> None:
    factors, expected = GROUPS[model]
    design = import_files([("t.xml", three_trains(model, factors).encode())]).document.design
    assert unreliability(design) == pytest.approx(expected, abs=5e-8)
    # They are causes of the design, and leave it as the events that they stand for.
    assert list(design.causes) == ["Pumps", "Valves"]
    assert all(cause.split == "open-psa" for cause in design.causes.values())
    for form in ("open-psa", "galileo"):
        text = export_tree(design, "top", form).text
        back = import_files([("t", text.encode())]).document.design
        assert not back.causes
        assert unreliability(back) == unreliability(design)


def test_a_group_that_no_cause_says_becomes_events_for_each_set() -> None:
    """A level without a factor; members of two choices; a factor that is a parameter."""
    whole = three_trains("MGL", {2: "0.2", 3: "0.1"})
    shorter = three_trains("MGL", {2: "0.2"})
    beside = whole.replace(
        "</define-fault-tree>",
        '<define-gate name="other"><or><event name="PumpOne"/></or></define-gate>'
        "</define-fault-tree>",
    )
    named = whole.replace(
        '<factor level="3"><float value="0.1"/></factor>',
        '<factor level="3"><parameter name="gamma"/></factor>',
    ).replace(
        "</opsa-mef>",
        '<model-data><define-parameter name="gamma"><float value="0.1"/></define-parameter>'
        "</model-data></opsa-mef>",
    )
    assert import_files([("t.xml", whole.encode())]).document.design.causes
    for text in (shorter, beside, named):
        design = import_files([("t.xml", text.encode())]).document.design
        assert not design.causes
        assert "Pumps-2-1" in design.nodes
    found = examine(import_files([("t", named.encode())]).document.design).choices["top"].figure
    assert found is not None
    assert found.unreliability == pytest.approx(GROUPS["MGL"][1], abs=5e-8)


@pytest.mark.parametrize("text", STORM)
def test_trees_without_time_are_as_storm_says(text: str) -> None:
    design = import_files([("t.dft", text.encode())], None, Wishes(time=HOUR)).document.design
    assert unreliability(design) == pytest.approx(STORM[text], abs=5e-11)


@pytest.mark.skipif(not ARALIA, reason="VRELTUI_ARALIA names no folder of fault trees")
def test_every_fault_tree_of_aralia_is_read() -> None:
    """Nothing is lost, there is one choice, and a second reader finds the same coherent trees."""
    files = sorted(Path(ARALIA).glob("*.xml"))
    assert len(files) == 43
    alike = 0
    for file in files:
        found = import_files([(file.name, file.read_bytes())])
        design = found.document.design
        (choice,) = design.choices
        assert found.losses == ()
        tree = ElementTree.parse(file).getroot()
        events = {each.attrib["name"] for each in tree.iter("define-basic-event")}
        assert {n for n, node in design.nodes.items() if isinstance(node, Component)} == events
        assert choice == design.choices[choice].root
        try:
            second = design_of(file)
        except NotCoherentError:
            continue
        alike += 1
        if file.stem in QUICK:
            assert unreliability(design) == unreliability(second)
    assert alike == 40
