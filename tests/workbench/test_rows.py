"""What is drawn: rows, choices, summary, details."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.model.examples import P, example
from vreltui.analysis import Report, examine
from vreltui.model import Choice, Component, Design, Group, edits
from vreltui.model.edits import Position, node_at
from vreltui.workbench import choice_lines, details, header, summary, tree_rows
from vreltui.workbench.view.outline import MOST_ROWS


@pytest.fixture
def report() -> Report:
    return examine(example())


def test_rows_say_what_each_node_is_has_gives_and_would_have_to_be(report: Report) -> None:
    design = example()
    rows = tree_rows(design, report.choices["vms"], "vms")
    assert [(row.depth, row.node, row.role) for row in rows] == [
        (0, "virtualized", "group"),
        (1, "hardware", "component"),
        (1, "hypervisor", "component"),
        (1, "pool", "pool"),
        (2, "vm", "component"),
    ]
    assert [node_at(design, row.position) for row in rows] == [row.node for row in rows]
    root, hardware, hypervisor, pool, vm = rows
    assert (root.needs, root.parameter, root.threshold) == ("all", None, "")
    assert (hardware.parameter, hardware.value_text, hardware.is_open) == ("R_H", "0.9999", False)
    assert hypervisor.is_open
    assert hypervisor.threshold.startswith("> 0.991")
    assert hypervisor.satisfied
    assert (pool.needs, pool.value, pool.parameter, pool.threshold) == ("any of 3", 3, "n", ">= 3")
    assert (pool.reliability, pool.complement) == ("0.999", "1.00e-3")
    assert vm.elsewhere == ("nv", "five")
    assert root.elsewhere == ("five",)


def test_without_a_report_the_tree_is_drawn_all_the_same() -> None:
    rows = tree_rows(example(), None, "vms")
    assert [row.node for row in rows][-1] == "vm"
    assert all(not row.reliability and not row.threshold for row in rows)


def test_a_value_set_by_the_choice_is_the_one_shown(report: Report) -> None:
    rows = tree_rows(example(), report.choices["five"], "five")
    assert (rows[3].value, rows[3].set_here, rows[3].is_open) == (5, True, False)


def test_a_repeated_node_is_marked_and_starts_collapsed() -> None:
    design = edits.add_existing(example(), Position("vms"), "pool").design
    rows = tree_rows(design, None, "vms")
    again = rows[-1]
    assert (again.node, again.repeated, again.expandable, again.expanded) == (
        "pool", True, True, False,
    )  # fmt: skip
    opened = tree_rows(design, None, "vms", {again.position})
    assert opened[-1].node == "vm"
    closed = tree_rows(design, None, "vms", {Position("vms")})
    assert [row.node for row in closed] == ["virtualized"]


def test_a_tree_that_doubles_at_every_level_is_no_flood() -> None:
    nodes: dict[str, Component | Group] = {"n0": Component(name="n0", reliability=P("0.5"))}
    for i in range(1, 60):
        nodes[f"n{i}"] = Group(name=f"n{i}", parts=(f"n{i - 1}", f"n{i - 1}"))
    design = Design(nodes=nodes, choices={"c": Choice("c", "n59")})
    rows = tree_rows(design, None, "c")
    assert len(rows) == 1 + 59 * 2
    toggled = {row.position for row in rows if row.repeated}
    assert len(tree_rows(design, None, "c", toggled)) < MOST_ROWS + 200


def test_no_thresholds_where_there_is_nothing_to_meet() -> None:
    design = edits.delete_plot(example(), "p")
    design = edits.set_baseline(edits.set_goal(design, None), None)
    rows = tree_rows(design, examine(design).choices["vms"], "vms")
    assert all(row.threshold == "" for row in rows)


def test_choices_in_a_line_each(report: Report) -> None:
    lines = choice_lines(example(), report)
    assert [(line.choice, line.mark, line.word) for line in lines] == [
        ("nv", "=", "fails"),
        ("vms", "+", "meets"),
        ("five", "+", "meets"),
    ]
    assert lines[1].margin == "+7.90e-3"
    assert lines[0].margin == "-9.01e-2"
    assert [line.mark for line in choice_lines(example(), None)] == ["=", " ", " "]


def test_the_verdict_in_words(report: Report) -> None:
    found = summary(example(), report, "vms")
    assert found.headline.startswith("MEETS   R = 0.9979")
    assert any("must exceed" in text for text in found.thresholds)
    assert found.sentences[0].endswith("exceeds the goal 0.99")
    assert summary(example(), None, "vms").headline == "being computed"
    top = header(example())
    assert (top.goal, top.baseline) == ("goal R > 0.99", "baseline nv")


def test_everything_about_a_node(report: Report) -> None:
    found = dict(details(example(), report, Position("vms", (1,))))
    assert found["parameter"] == "R_V"
    assert found["range"] == "0.9 to 0.9999"
    assert "must exceed" in found["must be"]
    assert found["also in"] == "five"
    assert found["Birnbaum importance"].startswith("0.99")
    pool = dict(details(example(), report, Position("five", (2,))))
    assert pool["set here"] == "elsewhere 3"
    assert pool["needs"] == "any of 5"
    group = dict(details(example(), None, Position("vms")))
    assert group["kind"] == "group"


def test_a_design_from_a_file_is_drawn_as_it_is(web: Path) -> None:
    from vreltui.storage import read

    design = read(web).design
    found = examine(design)
    for choice in design.choices:
        for row in tree_rows(design, found.choices[choice], choice):
            assert row.reliability
            assert row.label
