"""A design in other formats means there what it means here."""

from __future__ import annotations

import os
import shutil
import subprocess
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from tests.exchange.fault_trees import read_galileo, read_open_psa
from tests.oracle.questions import Oracle
from tests.oracle.strategies import designs
from vreltui.cli.main import run
from vreltui.exchange import unfolding
from vreltui.exchange.exporting import export_diagram, export_tree
from vreltui.exchange.losses import CannotExportError
from vreltui.exchange.unfolding import failure_tree
from vreltui.model import Choice, Component, Design, Group, Node, Pool, Probability
from vreltui.model.rules import check

EXAMPLES = int(os.environ.get("VRELTUI_EXPORTS", "25"))
SHIPPED = sorted((Path(__file__).resolve().parents[2] / "designs").glob("*.toml"))


@settings(max_examples=EXAMPLES)
@given(designs())
def test_a_fault_tree_fails_as_often_as_its_choice(design: Design) -> None:
    oracle = Oracle(design)
    for choice in design.choices:
        wanted = 1 - oracle.reliability(choice)
        for form, read in (("open-psa", read_open_psa), ("galileo", read_galileo)):
            tree = read(export_tree(design, choice, form).text)
            if len(tree.events) <= 10:
                assert tree.probability() == wanted


def design_of(*nodes: Node) -> Design:
    design = Design(
        nodes={node.name: node for node in nodes}, choices={"c": Choice("c", nodes[-1].name)}
    )
    check(design)
    return design


def leaf(name: str, reliability: str = "0.9", *, shared: bool = False) -> Component:
    return Component(name=name, reliability=Probability.of(reliability), shared=shared)


def test_parts_named_several_times_count_as_often() -> None:
    for needs in range(1, 8):
        vote = Group(name="v", parts=("a", "b", "a", "c", "b", "a", "d"), needs=needs)
        design = design_of(*map(leaf, "abcd"), vote)
        wanted = 1 - Oracle(design).reliability("c")
        assert read_open_psa(export_tree(design, "c", "open-psa").text).probability() == wanted


def test_names_are_mended_and_kept_apart() -> None:
    parts = ("1", "_1", "a--b", "a-b", "-")
    design = design_of(*map(leaf, parts), Group(name="9", parts=parts))
    text = export_tree(design, "c", "open-psa").text
    tree = read_open_psa(text)
    assert len(tree.events) == 5
    assert tree.probability() == 1 - Fraction(9, 10) ** 5
    assert "<label>a--b</label>" in text


def test_copies_are_numbered_and_what_is_shared_is_one() -> None:
    parts = (leaf("disk", shared=True), leaf("cpu"), Group(name="vm", parts=("disk", "cpu")))
    inner = Pool(name="host", of="vm", copies=2, needs="any")
    design = design_of(*parts, inner, Pool(name="site", of="host", copies=2, needs="any"))
    assert list(failure_tree(design, "c").events) == [
        "disk", "cpu-1-1", "cpu-1-2", "cpu-2-1", "cpu-2-2",
    ]  # fmt: skip


def test_what_would_be_too_large_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unfolding, "MOST_EVENTS", 5000)
    design = design_of(
        leaf("a"),
        Pool(name="many", of="a", copies=1000, needs="any"),
        Pool(name="more", of="many", copies=1000, needs="any"),
    )
    with pytest.raises(CannotExportError, match="choice c unfolds into more than 5000 events"):
        export_tree(design, "c", "galileo")


def test_the_smallest_numbers_stay_exact() -> None:
    design = design_of(
        Component(name="a", reliability=Probability(Decimal("1e-300"), complemented=True)),
        leaf("b", "1e-300"),
        Group(name="g", parts=("a", "b"), needs="any"),
    )
    tree = read_galileo(export_tree(design, "c", "galileo").text)
    assert tree.events == {"a": Fraction(1, 10**300), "b": 1 - Fraction(1, 10**300)}


@pytest.mark.parametrize("file", SHIPPED[-3:], ids=lambda path: path.stem)
def test_scram_reads_what_is_written(file: Path, tmp_path: Path) -> None:
    scram = shutil.which("scram")
    if scram is None:
        pytest.skip("scram (the Debian package) is not installed")
    from vreltui.storage import read

    design = read(file).design
    for choice in design.choices:
        path = tmp_path / f"{choice}.xml"
        path.write_text(export_tree(design, choice, "open-psa").text)
        done = subprocess.run(
            [scram, "--bdd", "--probability", "1", str(path)], capture_output=True, check=True
        )
        report = ElementTree.fromstring(done.stdout)
        (found,) = report.iter("sum-of-products")
        # It is no oracle: the order of magnitude says that it read the same tree.
        from vreltui.analysis import examine

        figure = examine(design, [choice]).choices[choice].figure
        assert figure is not None
        wanted = figure.unreliability
        assert float(found.get("probability", "nan")) == pytest.approx(wanted, rel=1e-5)


NASTY = 'a" --> b; <b>x</b> \\N & click n0 "javascript:1" `m` #quot; [[ ]] %% {{'


def nasty() -> Design:
    parts = tuple(
        Component(name=name, reliability=Probability.of("0.9"), title=NASTY) for name in "ab"
    )
    return design_of(*parts, Group(name="g", parts=("a", "b", "a"), title=NASTY))


def test_no_title_ends_a_label() -> None:
    lines = export_diagram(nasty(), ("c",), "mermaid").text.splitlines()
    for line in lines[1:]:
        assert line.count('"') in (0, 2)
        assert not set(line.partition('"')[2].rpartition('"')[0]) & set("`[]{}\\")
    assert "click" in lines[2]


@pytest.mark.parametrize("values", [None, {"a": "R = 0.9"}])
def test_graphviz_draws_it(values: dict[str, str] | None, tmp_path: Path) -> None:
    program = shutil.which("dot")
    if program is None:
        pytest.skip("graphviz is not installed")
    text = export_diagram(nasty(), ("c",), "dot", values).text
    done = subprocess.run(
        [program, "-Tsvg"], input=text, capture_output=True, text=True, check=True
    )
    drawn = ElementTree.fromstring(done.stdout)
    texts = [element.text for element in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert texts.count(NASTY) == 3
    assert ("single point of failure" in texts) == (values is not None)
    edges = [e for e in drawn.iter("{http://www.w3.org/2000/svg}g") if e.get("class") == "edge"]
    assert len(edges) == 3


def test_mermaid_draws_it(tmp_path: Path) -> None:
    program = shutil.which("mmdc")
    if program is None:
        pytest.skip("mermaid-cli (mmdc, from npm) is not installed")
    source, drawn = tmp_path / "a.mmd", tmp_path / "a.svg"
    source.write_text(export_diagram(nasty(), ("c",), "mermaid", {"a": "R = 0.9"}).text)
    configuration = tmp_path / "p.json"
    configuration.write_text('{"args": ["--no-sandbox"]}')
    subprocess.run(
        [program, "-p", str(configuration), "-i", str(source), "-o", str(drawn)],
        check=True, capture_output=True,
    )  # fmt: skip
    words = " ".join("".join(ElementTree.fromstring(drawn.read_text()).itertext()).split())
    assert words.count('<b>x</b> \\N & click n0 "javascript:1"') == 3
    assert "<a " not in drawn.read_text()


def test_one_choice_is_named_unless_there_is_but_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(next(path for path in SHIPPED if path.stem == "web-node"))
    assert run(["export", file, "--to", "open-psa"]) == 2
    assert "name it with --choice: nv, vms, voted, filter-below" in capsys.readouterr().err
    assert run(["export", file, "--to", "dot"]) == 0
    capsys.readouterr()
    out = tmp_path / "vms.dft"
    assert run(["export", file, "--to", "galileo", "--choice", "vms", "-o", str(out)]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert f"{file}:11: lost: goal: " in said.err
    assert f"{file}:84: lost: nv: another choice (dropped)" in said.err
    assert run(["export", file, "--to", "galileo", "--choice", "vms", "-o", str(out)]) == 2
    assert run(["export", file, "--to", "galileo", "--choice", "vms", "--values"]) == 2
    assert run(["export", file, "--to", "galileo", "--choice", "vms", "--set", "n=2"]) == 0
    assert '"replicas" and "server-1" "server-2";' in capsys.readouterr().out


def test_a_lifetime_leaves_as_it_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.toml"
    text = (
        "vreltui = 1\ngoal.availability = 0.9\nnodes.a = { mttf = '100 h', mttr = '1 h' }\n"
        "choices.c.root = 'a'\n"
    )
    file.write_text(text)
    assert run(["export", str(file), "--to", "galileo"]) == 0
    said = capsys.readouterr()
    assert '"a" prob=0.0099009900990099010;' in said.out
    assert f"{file}:3: lost: a: its lifetime, as it fails: 0.0099009900990099010 (computed)" in (
        said.err
    )
    file.write_text(text.replace("availability = 0.9", "mttf = '1 h'"))
    assert run(["export", str(file), "--to", "open-psa"]) == 2
    assert "measured is a mean life" in capsys.readouterr().err
