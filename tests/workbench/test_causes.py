"""Common causes as keys add, change and drop them, and what other edits do to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from vreltui.model import Component, Design, DesignError, Group, Probability, edits
from vreltui.model.edits import Position, delete
from vreltui.storage import parse
from vreltui.workbench import Workbench, open_design
from vreltui.workbench.commands import causes
from vreltui.workbench.view.parameters import parameter_rows
from vreltui.workbench.view.rows import tree_rows

TEXT = """vreltui = 1
[parameters]
b_os = 0.1
[nodes.vm]
reliability = 0.9
[nodes.net]
reliability = 0.99
[nodes.pool]
of = "vm"
copies = 2
needs = "any"
[nodes.top]
parts = ["net", "pool"]
[choices.c]
root = "top"
"""

POOL = Position("c", (1,))
VM = Position("c", (1, 0))


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Workbench]:
    """An open design with the pool selected."""
    path = tmp_path / "design.toml"
    path.write_text(TEXT)
    bench = open_design(path)
    bench.select(POOL)
    yield bench
    bench.close()


def test_a_cause_is_added_seen_changed_and_taken_back(at: Workbench) -> None:
    before = at.document.text
    at.apply(causes.strike(at, "0.05"))
    cause = at.design.causes["pool-flaw"]
    assert (cause.strikes, cause.beta) == (("vm",), Probability.of("0.05"))
    assert "[causes.pool-flaw]" in at.document.text
    rows = {row.node: row for row in tree_rows(at.design, None, "c")}
    assert rows["vm"].struck == ("pool-flaw",)
    listed = parameter_rows(at.design, None, Position("c"))
    assert ("pool-flaw", "beta 0.05") in {(row.name, row.value) for row in listed}
    at.select(VM)
    assert causes.usual_beta(at) == "0.05"
    at.apply(causes.strike(at, "b_new = 0.2"))
    assert at.design.causes["pool-flaw"].beta == "b_new"
    at.apply(causes.delete(at, "pool-flaw"))
    assert not at.design.causes
    for _ in range(3):
        at.undo()
    assert at.document.text == before


def test_what_can_not_be_struck_is_refused(at: Workbench) -> None:
    with pytest.raises(DesignError, match=r"there is no parameter b; type b = 0\.05"):
        causes.strike(at, "b")
    at.select(Position("c"))
    with pytest.raises(DesignError, match="not alike"):
        causes.strike(at, "0.05")


def struck() -> Design:
    """The design with a cause of a pool's copies, in each of which it stays."""
    design = edits.strike(parse(TEXT).design, ["pool"], "b_os")
    cause = replace(design.causes["pool-flaw"], within="pool")
    return replace(design, causes={"pool-flaw": cause})


def test_other_edits_take_causes_along() -> None:
    design = struck()
    renamed = edits.rename_node(edits.rename_node(design, "vm", "guest"), "pool", "guests")
    cause = renamed.causes["pool-flaw"]
    assert (cause.strikes, cause.within) == (("guest",), "guests")
    assert edits.rename_parameter(design, "b_os", "b").causes["pool-flaw"].beta == "b"
    given = edits.delete_parameter(design, "b_os").causes["pool-flaw"].beta
    assert given == Probability.of("0.1")
    assert not delete(design, POOL).design.causes
    assert "b_os" in edits.delete_unused(design).parameters


def test_a_cause_of_what_is_gone_alone_stays_with_the_rest() -> None:
    design = parse(TEXT).design
    twin = Component(name="twin", reliability=Probability.of("0.9"))
    top = Group(name="top", parts=("net", "pool", "twin"))
    design = replace(design, nodes={**design.nodes, "twin": twin, "top": top})
    design = edits.strike(design, ["pool", "twin"], Probability.of("0.1"))
    assert design.causes["pool-flaw"].strikes == ("vm", "twin")
    smaller = delete(design, Position("c", (2,))).design
    assert smaller.causes["pool-flaw"].strikes == ("vm",)
