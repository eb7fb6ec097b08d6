"""What is drawn before the design was read is the tree that it states."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.terminal.design import text_of
from tests.storage.samples import SHIPPED
from vreltui.cli.glance import CHILDREN, DECIDED, MOST_ROWS, glance, glance_at, nothing_configured
from vreltui.model.names import is_name
from vreltui.storage import parse
from vreltui.storage.fields import DESIGN, NODE
from vreltui.storage.keep.locations import configuration_file
from vreltui.storage.shapes import ListOf, Name, Shape
from vreltui.workbench import tree_rows

TEXTS = {"benchmark": text_of(100), **{path.stem: path.read_text() for path in SHIPPED}}


def names_a_node(shape: Shape) -> bool:
    return shape == Name("node") or (isinstance(shape, ListOf) and names_a_node(shape.shape))


def test_it_looks_below_every_kind_of_node_that_a_file_may_state() -> None:
    keys = [key for variant in NODE.variants for key in variant.table.keys]
    named = tuple(key.name for key in keys if names_a_node(key.shape))
    assert named == (*CHILDREN, DECIDED, "chosen")  # and what is chosen is one of those
    assert DESIGN.known["baseline"].shape == Name("choice")
    assert DESIGN.known["choices"].shape.shape.known["root"].shape == Name("node")  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))
def test_a_glance_shows_the_rows_that_the_design_has(text: str) -> None:
    seen = glance_at(text, "x.toml")
    if f"\n{DECIDED} = " in text:
        assert seen is None
        return
    assert seen is not None
    design = parse(text).design
    assert seen.choices == tuple(design.choices)
    rows = tree_rows(design, None, seen.choice)
    wanted = [(row.depth, row.node, row.expanded) for row in rows]
    assert list(seen.rows) == wanted[:MOST_ROWS]


@pytest.mark.parametrize(
    "text",
    [
        "", "[[", "[nodes.a]\n", '[nodes.a]\nparts = ["b"]\n[choices.c]\nroot = "a"\n',
        '[nodes]\na = { reliability = 0.5 }\n[choices.c]\nroot = "a"\n',
        '[nodes.a]\none_of = ["b"]\n[nodes.b]\n[choices.c]\nroot = "a"\n',
        'parts = ["a"' * 1000, '[nodes."a\\u001b[2J"]\n[choices.c]\nroot = "a"\n',
    ],
)  # fmt: skip
def test_where_more_than_a_glance_is_needed_nothing_is_drawn(text: str) -> None:
    assert glance_at(text, "x.toml") is None


@given(st.text('[]nodes.choices=parts"ab-_ \n\t\x1b{}', max_size=200))
def test_nothing_but_names_is_ever_taken(text: str) -> None:
    seen = glance_at(f'[nodes.a]\nparts = ["b"]\n[nodes.b]\n[choices.c]\nroot = "a"\n{text}', "x")
    if seen is not None:
        assert all(map(is_name, seen.choices))
        assert all(is_name(name) for _, name, _ in seen.rows)
        assert len(seen.rows) <= MOST_ROWS


def test_nodes_that_contain_each_other_end() -> None:
    text = '[nodes.a]\nparts = ["b"]\n[nodes.b]\nof = "a"\n[choices.c]\nroot = "a"\n'
    seen = glance_at(text, "x")
    assert seen is not None
    assert seen.rows == ((0, "a", True), (1, "b", True), (2, "a", False))


def test_what_is_no_plain_file_is_not_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert glance(str(pipe)) is None
    assert glance(str(tmp_path)) is None
    assert glance(str(tmp_path / "nothing")) is None
    assert glance("/proc/self/status") is None


def test_the_configuration_is_where_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert nothing_configured()
    configuration_file().parent.mkdir(parents=True)
    configuration_file().write_text("ascii = true\n")
    assert not nothing_configured()
