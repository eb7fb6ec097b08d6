"""The table of parameters below a node."""

from __future__ import annotations

from pathlib import Path

from vreltui.analysis import examine
from vreltui.model.edits import Position
from vreltui.tui.glyphs import ASCII
from vreltui.tui.lines import plain, width_of
from vreltui.tui.panes.detail import parameter_lines
from vreltui.workbench import open_design
from vreltui.workbench.view.parameters import parameter_rows

WEB = Path(__file__).parents[2] / "designs" / "web-node.toml"


def test_the_weightiest_parameter_is_first_and_each_says_what_it_must_be() -> None:
    design = open_design(WEB).design
    rows = parameter_rows(design, examine(design), Position("vms"))
    assert [row.name for row in rows] == ["R_V", "R_H", "R_O", "R_f", "n"]
    assert rows[0].must_be == "> 0.998132"
    assert rows[0].range == "0.99 to 0.9999"
    assert rows[0].satisfied
    assert rows[-1].must_be == ">= 3"
    assert rows[1].range == ""
    guest = parameter_rows(design, examine(design), Position("vms", (2, 0)))
    assert [row.name for row in guest] == ["R_O", "R_f"]


def test_without_a_report_the_figures_are_empty() -> None:
    design = open_design(WEB).design
    rows = parameter_rows(design, None, Position("vms"))
    assert {row.must_be for row in rows} == {""}
    assert {row.importance for row in rows} == {""}


def test_the_table_fits_and_drops_whole_columns() -> None:
    design = open_design(WEB).design
    rows = parameter_rows(design, examine(design), Position("vms"))
    for width in (24, 30, 34, 40, 48, 60, 80, 120):
        lines = parameter_lines(rows, width, ASCII)
        assert len(lines) == 6
        assert all(width_of(each) <= max(width, 31) for each in lines)
        assert "0.998132" in plain(lines[1])
    assert "Birnbaum" not in plain(parameter_lines(rows, 31, ASCII)[0])
    assert "Hypervisor" in plain(parameter_lines(rows, 80, ASCII)[1])
