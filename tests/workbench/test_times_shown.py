"""What the screen says of designs with times: the measure, and downtime in people's units."""

from __future__ import annotations

from pathlib import Path

from vreltui.analysis import examine
from vreltui.model.edits import Position
from vreltui.storage import parse, read
from vreltui.workbench.view.comparison import compare
from vreltui.workbench.view.rows import tree_rows
from vreltui.workbench.view.summary import choice_lines, details, header, summary

TWO_HOSTS = Path(__file__).parents[2] / "designs" / "two-hosts-availability.toml"

LIFE = """vreltui = 1
[goal]
mttf = "1 y"
[nodes.vm]
mttf = "6 h"
[nodes.vote]
of = "vm"
copies = 3
needs = 2
[choices.one]
root = "vm"
[choices.three]
root = "vote"
"""


def test_an_availability_is_shown_with_its_time_down() -> None:
    design = read(str(TWO_HOSTS)).design
    report = examine(design)
    assert header(design).goal == "goal A, down < 5 h/y"
    assert [line.letter for line in choice_lines(design, report)] == ["A", "A", "A"]
    rows = tree_rows(design, report.choices["two-hosts"], "two-hosts")
    assert rows.headings == ("A", "down/y")
    shown = {row.node: (row.reliability, row.complement) for row in rows}
    assert shown["hosts"] == ("0.99992", "42.1 min")
    assert shown["hypervisor"] == ("0.999372", "5.5 h")
    assert "down 3 d a year" in summary(design, report, "two-hosts").headline


def test_the_pane_says_all_that_is_known_of_a_node() -> None:
    design = read(str(TWO_HOSTS)).design
    said = dict(details(design, examine(design), Position("two-hosts", (0,))))
    assert said["A"].startswith("0.9918478")
    assert said["down a year"] == "71.4 h"
    assert said["mean up"] == "365 d"
    assert said["mean down"] == "3 d"
    assert said["outages"] == "0.992 a year"
    assert said["MTTF"] == "365 d"


def test_two_choices_are_compared_by_the_time_that_they_are_down() -> None:
    design = read(str(TWO_HOSTS)).design
    found = compare(design, examine(design), "two-hosts", "two-storages")
    assert found is not None
    assert found.sentence == "two-storages is down 70.8 h a year less than two-hosts"
    assert [row.label for row in found.rows] == ["verdict", "A", "down/y", "nines"]


def test_a_mean_life_stands_in_the_place_of_a_probability() -> None:
    design = parse(LIFE).design
    report = examine(design)
    assert [line.reliability for line in choice_lines(design, report)] == ["6 h", "5 h"]
    rows = tree_rows(design, report.choices["three"], "three")
    assert rows.headings == ("MTTF", "")
    assert [row.reliability for row in rows] == ["5 h", "6 h"]
    found = compare(design, report, "one", "three")
    assert found is not None
    assert [(row.label, row.one, row.other) for row in found.rows[1:]] == [("MTTF", "6 h", "5 h")]
