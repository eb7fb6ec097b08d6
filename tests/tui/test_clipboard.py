"""What is copied is called by what the design measures."""

from __future__ import annotations

from pathlib import Path

from vreltui.storage import read
from vreltui.tui.clipboard import table_text
from vreltui.workbench.view.rows import tree_rows

DESIGNS = Path(__file__).parents[2] / "designs"


def test_a_table_is_headed_by_what_is_measured() -> None:
    for name, heads in (("two-hosts-availability", ("A", "down/y")), ("two-hosts", ("R", "1 - R"))):
        design = read(DESIGNS / f"{name}.toml").design
        choice = next(iter(design.choices))
        first, _, tree, *_ = table_text([], tree_rows(design, None, choice)).split("\n")
        assert first.split("\t")[2] == heads[0]
        assert tuple(tree.split("\t")[4:6]) == heads
