"""Nodes that work when none of their parts does: exact, and never taken for coherent."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.oracle.questions import Oracle
from vreltui.analysis import ProbabilityThreshold, examine
from vreltui.analysis.study import Study
from vreltui.cli.main import run
from vreltui.engine.program import Source
from vreltui.exchange.exporting import export_diagram, export_tree
from vreltui.exchange.importing import import_files
from vreltui.exchange.losses import CannotExportError
from vreltui.model import Design
from vreltui.storage import parse
from vreltui.wording.reasons import NOT_COHERENT, reasons
from vreltui.workbench.view.rows import needs_text

HEAD = "vreltui = 1\nlimits.copies = 9\nparameters.p = 0.25\nparameters.n = { count = 3 }\n"
TREES = {
    "not": "nodes.top = { parts = ['a'], needs = 'none' }",
    "nor": "nodes.top = { parts = ['a', 'b', 'b'], needs = 'none' }",
    "xor": "nodes.top = { parts = ['both', 'neither'], needs = 'any' }\n"
    "nodes.both = { parts = ['a', 'b'] }\nnodes.neither = { parts = ['a', 'b'], needs = 'none' }",
    "pool": "nodes.top = { of = 'a', copies = 'n', needs = 'none' }",
    "never": "nodes.top = { parts = ['a', 'no'] }\nnodes.no = { parts = ['a'], needs = 'none' }",
    "copies": "nodes.top = { of = 'odd', copies = 'n', needs = 2 }\n"
    "nodes.odd = { parts = ['both', 'neither'], needs = 'any' }\n"
    "nodes.both = { parts = ['a', 's'] }\nnodes.neither = { parts = ['a', 's'], needs = 'none' }\n"
    "nodes.s = { reliability = 0.125, shared = true }",
    "come to nothing": "nodes.top = { of = 'odd', copies = 'n', needs = 'none' }\n"
    "nodes.odd = { parts = ['s', 'no'] }\nnodes.no = { parts = ['s'], needs = 'none' }\n"
    "nodes.s = { reliability = 0.125, shared = true }",
}


def design(name: str, goal: str = "0.5") -> Design:
    text = (
        f"{HEAD}goal.reliability = {goal}\nnodes.a.reliability = 'p'\nnodes.b.reliability = 0.5\n"
    )
    return parse(f"{text}{TREES[name]}\nchoices.c.root = 'top'\n").design


@pytest.mark.parametrize("name", TREES)
def test_figures_are_exact(name: str) -> None:
    exact = Oracle(design(name)).reliability("c")
    report = examine(design(name)).choices["c"]
    assert report.figure is not None
    assert report.figure.reliability == float(exact)
    assert report.figure.unreliability == float(1 - exact)
    assert NOT_COHERENT in reasons(design(name), report)


@pytest.mark.parametrize(
    ("name", "way"), [("not", -1), ("nor", -1), ("xor", None), ("pool", -1), ("copies", None)]
)
def test_the_way_in_which_a_value_moves_the_choice(name: str, way: int | None) -> None:
    program = Study(design(name)).evaluation("c").program
    assert program.direction(Source("p", is_parameter=True)) == way


def test_a_threshold_may_be_an_upper_end() -> None:
    threshold = examine(design("not", "0.8")).choices["c"].thresholds["p"]
    assert isinstance(threshold, ProbabilityThreshold)
    (interval,) = threshold.intervals
    assert interval.low.is_zero
    assert interval.high.at.reliability == Fraction(1, 5)


@pytest.mark.parametrize("name", [name for name in TREES if name != "pool"])
def test_it_leaves_as_nand_and_comes_back_the_same(name: str) -> None:
    text = export_tree(design(name), "c", "open-psa").text
    back = import_files([("t.xml", text.encode())]).document.design
    (choice,) = back.choices
    assert Oracle(back).reliability(choice) == Oracle(design(name)).reliability("c")
    with pytest.raises(CannotExportError, match="needs none of its parts"):
        export_tree(design(name), "c", "galileo")


def test_it_is_shown() -> None:
    assert needs_text(design("nor"), "c", design("nor").nodes["top"]) == "none of 3"
    assert "fails when any of 3 works" in export_diagram(design("nor"), ("c",), "dot").text


def test_nothing_is_solved_for_as_if_it_rose(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "a.toml"
    file.write_text(
        f"{HEAD}goal.reliability = 0.6\nnodes.a.reliability = 'p'\nnodes.b.reliability = 0.5\n"
        f"{TREES['xor']}\nchoices.c.root = 'top'\n"
    )
    assert run(["formula", str(file), "--choice", "c", "--solve", "p"]) == 0
    said = capsys.readouterr().out
    assert "no one bound holds" in said
