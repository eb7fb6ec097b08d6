"""The single points that rows name are the minimal cuts of one instance."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from tests.oracle import as_toml, designs
from vreltui.analysis.cut_results import CutQuestion
from vreltui.analysis.questions.cut_sets import cut_sets
from vreltui.analysis.study import Study
from vreltui.model import Choice, Component, Design, Group, Node, Probability
from vreltui.workbench import tree_rows
from vreltui.workbench.view.single_points import single_points


@settings(max_examples=60)
@given(designs())
def test_they_are_what_the_minimal_cuts_of_one_instance_are(design: Design) -> None:
    for choice in design.choices:
        report = cut_sets(Study(design), CutQuestion(choice, order=1))
        assert single_points(design, choice) == set(report.single_points), as_toml(design)


def test_rows_follow_an_edit_that_makes_something_perfect() -> None:
    nodes: dict[str, Node] = {
        "a": Component(name="a", reliability=Probability.of("0.9")),
        "b": Component(name="b", reliability=Probability.of("0.9")),
        "top": Group(name="top", parts=("a", "b")),
    }
    design = Design(nodes=nodes, choices={"c": Choice(name="c", root="top")})
    rows = tree_rows(design, None, "c")
    assert [(row.node, row.single) for row in rows] == [("top", False), ("a", True), ("b", True)]
    perfect = set_own_value(design, "a", "1")
    after = tree_rows(perfect, None, "c", before=rows)
    assert [(row.node, row.single) for row in after] == [("top", False), ("a", False), ("b", True)]


def set_own_value(design: Design, node: str, value: str) -> Design:
    component = design.nodes[node].with_number("reliability", Probability.of(value))
    return replace(design, nodes={**design.nodes, node: component})
