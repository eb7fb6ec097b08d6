"""The shares that stand beside the tree are the criticalities that importance says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.oracle import as_toml, designs
from vreltui.analysis import successive
from vreltui.analysis.questions.node_importance import node_importances
from vreltui.analysis.questions.unreliability_shares import shares
from vreltui.analysis.study import Study
from vreltui.model import Design, Probability
from vreltui.model.edits import set_value
from vreltui.storage import parse, read
from vreltui.storage.keep.locations import shipped_designs


@settings(max_examples=40)
@given(designs())
def test_each_share_is_the_criticality_of_one_instance(design: Design) -> None:
    check(design)


def test_a_node_that_also_stands_inside_a_diagram_has_no_share_of_another_place() -> None:
    parts = "".join(f"[nodes.e{number}]\nreliability = 0.5\n" for number in range(3))
    text = f"""vreltui = 1
{parts}[nodes.g0]
parts = ["e2", "e1", "e0"]
[nodes.g1]
parts = ["g0", "e2"]
[nodes.g2]
of = "g1"
copies = 2
needs = "all"
[nodes.g3]
parts = ["g2", "g1"]
[nodes.g4]
parts = ["g3", "g0"]
needs = "any"
[choices.c0]
root = "g4"
"""
    design = parse(text).design
    check(design)
    assert "g1" not in shares(Study(design), "c0")


def check(design: Design) -> None:
    for choice in design.choices:
        found = shares(Study(design), choice)
        nodes = node_importances(Study(design), choice)
        for name in found.keys() & nodes.keys():  # shares of causes stand beside the nodes
            share = found[name]
            expected = nodes[name].importance.figures["criticality"]
            assert expected is not None
            assert share == pytest.approx(expected, rel=1e-9), (name, as_toml(design))


@pytest.mark.parametrize("path", shipped_designs(), ids=lambda path: path.stem)
def test_every_choice_of_a_shipped_design_is_answered_with_all_that_a_screen_shows(
    path: Path,
) -> None:
    design = read(path).design
    for choice in design.choices:
        report, _, found = successive.whole((design, choice, None))
        assert set(report.choices) == set(design.choices)
        assert found is not None
        assert all(0 <= share <= 1 for share in found.shares.values())
        assert design.measure != "mttf" or not found.shares
    if design.measure != "mttf":
        check(design)


def test_they_follow_an_edit_with_the_structure_that_is_known() -> None:
    (path,) = [path for path in shipped_designs() if path.stem == "web-node"]
    design = read(path).design
    report, _, before = successive.whole((design, "vms", None))
    assert before is not None
    assert before.shares["hypervisor"] == pytest.approx(0.883361, rel=1e-5)
    assert "vms" in report.choices
    edited = set_value(design, "R_V", Probability.of("0.9999"))
    successive.answer((edited, "vms", ()))
    after = successive.aside(edited, "vms")
    assert after.shares["hypervisor"] < before.shares["hypervisor"]
    assert before.independence is not None
    assert after.independence is not None
    assert before.independence.most != after.independence.most
    assert successive.aside(design, "vms") is successive.NOTHING  # it is not the last
