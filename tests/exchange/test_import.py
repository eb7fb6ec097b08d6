"""A fault tree as a design works as often as the tree does not happen."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.exchange.fault_trees import read_galileo, read_open_psa
from tests.exchange.random_trees import open_psa_files
from tests.oracle.questions import Oracle
from tests.oracle.strategies import designs
from vreltui.analysis import examine
from vreltui.analysis.results import Figure
from vreltui.cli.main import run
from vreltui.exchange.exporting import export_tree
from vreltui.exchange.importing import Found, Wishes, import_files
from vreltui.model import Design
from vreltui.model.times import Duration
from vreltui.storage import FileError, parse

EXAMPLES = int(os.environ.get("VRELTUI_IMPORTS", "25"))
SCRAM = Path("/usr/share/scram/input")


def imported(text: str, wishes: Wishes | None = None) -> Found:
    return import_files([("t.xml", text.encode())], None, wishes)


def hours(number: int) -> Duration:
    return Duration(Decimal(number), "h")


def figure(design: Design, choice: str | None = None) -> Figure:
    name = choice or next(iter(design.choices))
    found = examine(design, [name]).choices[name].figure
    assert found is not None
    return found


def tree(gates: str, events: str = "ab", more: str = "") -> str:
    """A file: gates as their definitions, events at 0.1 each."""
    said = "".join(
        f'<define-basic-event name="{name}"><float value="0.1"/></define-basic-event>'
        for name in events
    )
    body = f'<define-fault-tree name="ft">{gates}{said}</define-fault-tree>{more}'
    return f"<opsa-mef>{body}</opsa-mef>"


def gate(name: str, body: str) -> str:
    return f'<define-gate name="{name}">{body}</define-gate>'


def names(*of: str) -> str:
    return "".join(f'<event name="{name}"/>' for name in of)


@settings(max_examples=EXAMPLES)
@given(open_psa_files())
def test_a_random_tree_is_exact(text: str) -> None:
    wanted = read_open_psa(text).probability()
    design = imported(text).document.design
    assert 1 - Oracle(design).reliability("top") == wanted
    assert figure(design).unreliability == pytest.approx(float(wanted), rel=1e-12)


@settings(max_examples=EXAMPLES)
@given(designs())
def test_there_and_back_again(design: Design) -> None:
    for form in ("open-psa", "galileo"):
        for choice in design.choices:
            first = export_tree(design, choice, form)
            back = import_files([("a", first.text.encode())]).document.design
            assert figure(back) == figure(design, choice)
            (top,) = back.choices
            second = export_tree(back, top, form).text
            again = import_files([("a", second.encode())]).document.design
            assert export_tree(again, next(iter(again.choices)), form).text == second


def test_dots_become_dashes_and_titles() -> None:
    inner = gate("pump", f"<and>{names('a', 'b')}</and>")
    text = tree(
        f'<define-component name="cooling" role="private">{inner}</define-component>'
        + gate("top", '<or><gate name="cooling.pump"/><event name="a"/></or>')
    )
    design = imported(text).document.design
    assert list(design.nodes) == ["top", "ft-cooling-pump", "a", "b"]
    assert design.nodes["ft-cooling-pump"].title == "ft.cooling.pump"


def test_every_gate_that_nothing_refers_to_is_a_choice() -> None:
    text = tree(
        gate("one", f"<or>{names('a', 'b')}</or>") + gate("two", f"<and>{names('a', 'b')}</and>")
    )
    assert list(imported(text).document.design.choices) == ["one", "two"]
    found = imported(text, Wishes(top="two"))
    assert list(found.document.design.choices) == ["two"]
    assert [(loss.name, loss.what) for loss in found.losses] == [
        ("one", "a gate that no choice uses")
    ]
    assert found.document.text.startswith(
        "# t.xml:1: lost: one: a gate that no choice uses (dropped)"
    )
    with pytest.raises(FileError, match='there is no gate "tow"; did you mean "two"'):
        imported(text, Wishes(top="tow"))


def test_house_events_and_constants_stand_at_0_or_1() -> None:
    house = '<define-house-event name="h"><constant value="true"/></define-house-event>'
    text = tree(gate("g", f"<and>{names('a', 'h')}<constant value='false'/></and>") + house)
    nodes = imported(text).document.design.nodes
    assert nodes["h"].numbers[0].own == parse_probability("0")
    assert nodes["never-fails"].numbers[0].own == parse_probability("1")
    off = '<set-house-event name="h"><constant value="false"/></set-house-event>'
    nodes = imported(text.replace("</opsa-mef>", off + "</opsa-mef>")).document.design.nodes
    assert nodes["h"].numbers[0].own == parse_probability("1")


def parse_probability(text: str) -> object:
    text = f"vreltui = 1\nnodes.a.reliability = {text}\nchoices.a.root = 'a'"
    return parse(text).design.nodes["a"].numbers[0].own


def test_negation_that_vanishes_leaves_no_trace() -> None:
    a, b, c = (names(name) for name in "abc")
    same = [
        f"<and>{a}<or>{b}{c}</or></and>",
        f"<not><nand>{a}<not><nor>{b}{c}</nor></not></nand></not>",
        f"<nor><not>{a}</not><nor>{b}{c}</nor></nor>",
        f"<and>{a}<imply><not>{b}</not>{c}</imply></and>",
        f"<and>{a}<cardinality min='1' max='2'>{b}{c}</cardinality></and>",
        f"<and>{a}<not><gate name='dual'/></not></and>",
    ]
    dual = gate("dual", f"<not><or>{b}{c}</or></not>")
    for body in same:
        text = tree(gate("top", body) + (dual if "dual" in body else ""), "abc")
        found = imported(text, Wishes(top="top")).document.design
        assert figure(found).reliability == 0.981


EXPRESSIONS = {
    "<float value='1e-3'/>": ("0.001", False),
    "<add><float value='0.1'/><float value='0.2'/></add>": ("0.3", False),
    "<div><int value='1'/><int value='8'/></div>": ("0.125", False),
    "<div><int value='1'/><int value='3'/></div>": ("0.33333333333333333", True),
    "<exponential><float value='1e-3'/><float value='10'/></exponential>":
        ("0.0099501662508319464", True),
    "<ite><bool value='true'/><float value='0.1'/><float value='0.2'/></ite>": ("0.1", False),
    "<switch><case><lt><int value='2'/><int value='1'/></lt><float value='1'/></case>"
    "<float value='0.2'/></switch>": ("0.2", False),
    "<pow><float value='0.5'/><int value='3'/></pow>": ("0.125", False),
    "<Weibull><float value='100'/><float value='1'/><float value='0'/><int value='10'/></Weibull>":
        ("0.095162581964040427", True),
    "<min><float value='0.3'/><float value='0.2'/></min>": ("0.2", False),
}  # fmt: skip


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_numbers_are_exact_where_they_end(expression: str) -> None:
    wanted, computed = EXPRESSIONS[expression]
    text = tree(gate("top", f"<or>{names('a', 'x')}</or>"), "a").replace(
        "</define-fault-tree>",
        f'<define-basic-event name="x">{expression}</define-basic-event></define-fault-tree>',
    )
    found = imported(text, Wishes(time=hours(10)))
    assert f"[nodes.x]\nunreliability = {wanted}\n" in found.document.text
    assert any(loss.kind == "computed" for loss in found.losses) == computed


def test_a_parameter_that_is_a_probability_stays_one() -> None:
    events = "".join(
        f'<define-basic-event name="{name}"><parameter name="q"/></define-basic-event>'
        for name in "xy"
    )
    number = '<define-parameter name="q" unit="demands"><float value="2e-2"/></define-parameter>'
    data = f"{events}{number}"
    text = tree(
        gate("top", f"<and>{names('x', 'y')}</and>"), "", f"<model-data>{data}</model-data>"
    )
    design = imported(text).document.design
    assert str(design.parameters["q"].value) == "1 - 0.02"
    assert design.parameters["q"].source == "unit: demands"
    assert [node.parameters for node in design.nodes.values()] == [(), ("q",), ("q",)]


PUBLISHED = {
    ("TwoTrain/two_train.xml",): 0.7225,
    ("Theatre/theatre.xml",): 0.00207,
    ("Lift/lift.xml",): 1.19999e-5,
    ("HIPPS/HIPPS.xml",): 0.0016209,
    ("TwoTrain/common_cause.xml",): 0.0622587,
    ("Chinese/chinese.xml", "Chinese/chinese-basic-events.xml"): 0.00456932,
}


@pytest.mark.parametrize("files", PUBLISHED)
def test_figures_that_scram_publishes(files: tuple[str, ...]) -> None:
    if not SCRAM.exists():
        pytest.skip("the inputs of scram (the Debian package) are not installed")
    read = [(name, (SCRAM / name).read_bytes()) for name in files]
    design = import_files(read, None, Wishes(time=hours(8760))).document.design
    (choice,) = design.choices
    assert figure(design, choice).unreliability == pytest.approx(PUBLISHED[files], rel=5e-5)


def test_what_is_lost_is_said_three_times(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "plant.xml"
    more = '<define-event-tree name="et"/>'
    file.write_text(tree(gate("top", f"<or>{names('a', 'b')}</or>"), "abc", more))
    assert run(["import", str(file), "--json"]) == 0
    said = capsys.readouterr()
    answer = json.loads(said.out)
    assert [loss["name"] for loss in answer["losses"]] == ["et", "c"]
    assert set(answer["losses"][0]) == {"line", "name", "kind", "what"}
    lines = [
        f"{file}:1: lost: et: define-event-tree, which no fault tree needs (dropped)",
        f"{file}:1: lost: c: an event that no choice uses (dropped)",
    ]
    assert said.err.splitlines() == lines
    assert answer["design"].splitlines()[:2] == [f"# {line}" for line in lines]
    out = tmp_path / "plant.toml"
    assert run(["import", str(file), "-o", str(out)]) == 0
    assert out.read_text() == answer["design"]
    assert run(["import", str(file), "-o", str(out)]) == 2


def test_a_missing_time_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.dft"
    file.write_text('toplevel "t";\n"t" or "a" "b";\n"a" lambda=0.5;\n"b" prob=0;\n')
    assert run(["import", str(file)]) == 2
    assert f"{file}:3: a figure depends on the mission time" in capsys.readouterr().err
    for time in ("1", "1 h", "60 min"):
        assert run(["import", str(file), "--time", time]) == 0
        said = capsys.readouterr().out
        assert 'rate = "0.5 /h"' in said
        design = parse(said).design
        assert figure(design).unreliability == pytest.approx(0.3934693402873666, rel=1e-15)
    with pytest.raises(SystemExit):
        run(["import", str(file), "--time", "soon"])


def test_what_has_no_number_may_be_assumed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.xml"
    file.write_text(tree(gate("top", f"<or>{names('a', 'x')}</or>"), "a").replace(
        "</define-fault-tree>", '<define-basic-event name="x"/></define-fault-tree>'))  # fmt: skip
    assert run(["import", str(file)]) == 2
    assert "event x has no probability" in capsys.readouterr().err
    assert run(["import", str(file), "--assume", "component=0.999"]) == 0
    assert 'R_component = { value = 0.999, source = "assumed" }' in capsys.readouterr().out


GALILEO = {
    'toplevel "A"; "A" 2of4 "B" C D E; B prob=0.5; C prob=0.5; D prob=0.5; E prob=0.5;': 0.6875,
    "toplevel A; // bare names\nA vot2 b c d; /* several\nlines */ b prob=.25; c prob=0.25;"
    " d prob=0.25;": 0.15625,
    "toplevel t; t and a b; f fdep c a b; a prob=0.1; b prob=0.1; c prob=0.1;": 0.109,
    'toplevel "t"; "t" or "a" "b"; "f" pdep=0.5 "a" "b"; "a" prob=0.1; "b" prob=0.1; ': 0.19,
    'toplevel "t"; "t" hsp "a" "b"; "a" prob=0.1; "b" prob=0.1 dorm=1;': 0.01,
    'toplevel "a"; "a" prob=0.25;': 0.25,
}  # fmt: skip


@pytest.mark.parametrize("text", GALILEO)
def test_galileo(text: str) -> None:
    assert figure(imported(text).document.design).unreliability == pytest.approx(GALILEO[text])


@pytest.mark.parametrize("sort", ["pand", "csp", "wsp"])
def test_what_is_bounded_says_so_everywhere(sort: str) -> None:
    text = f'toplevel "t";\n"t" {sort} "a" "b"; "a" prob=0.1; "b" prob=0.1 dorm=0;'
    with pytest.raises(FileError, match=f"t.xml:2: gate t is {sort}: .*--bounds"):
        imported(text)
    found = imported(text, Wishes(bounds=True))
    assert [loss.kind for loss in found.losses if loss.name == "t"] == ["bounded"]
    design = found.document.design
    assert "reliability is at least" in design.description
    assert "reliability is at least" in design.nodes["t"].note
    assert figure(design).unreliability == pytest.approx(0.01)


def test_galileo_in_galileo_out_is_read_by_others_the_same() -> None:
    events = " ".join(f'"{name}" prob=0.5;' for name in "xabc")
    text = f'toplevel "t"; "t" or "x" "v"; "v" 2of3 "a" "b" "c"; {events}'
    wanted = read_galileo(text).probability()
    assert wanted == 1 - Oracle(imported(text).document.design).reliability("t")


LIVES = {
    "<exponential><parameter name='L'/><system-mission-time/></exponential>": 'rate = "L"',
    "<exponential><float value='2e-3'/><system-mission-time/></exponential>": 'rate = "0.002 /h"',
    "<GLM><int value='0'/><parameter name='L'/><int value='0'/><system-mission-time/></GLM>":
        'rate = "L"',
    "<Weibull><int value='20'/><float value='1.5'/><int value='0'/><system-mission-time/>"
    "</Weibull>":
        'shape = 1.5\nscale = "20 h"',
}  # fmt: skip


@pytest.mark.parametrize("expression", LIVES)
def test_lifetimes_become_the_designs_own(expression: str) -> None:
    text = tree(gate("top", f"<or>{names('x')}</or>"), "").replace(
        "</define-fault-tree>",
        f'<define-basic-event name="x">{expression}</define-basic-event></define-fault-tree>'
        '<model-data><define-parameter name="L"><float value="1e-3"/></define-parameter>'
        "</model-data>",
    )
    found = imported(text, Wishes(time=hours(10)))
    assert LIVES[expression] in found.document.text
    assert 'time = "10 h"' in found.document.text
    assert not found.losses
    # At a time that is not the mission's, the same law is a figure and no lifetime.
    there = imported(text.replace("<system-mission-time/>", "<int value='10'/>"))
    assert figure(found.document.design).unreliability == pytest.approx(
        figure(there.document.design).unreliability, rel=1e-15
    )


def test_lives_in_stages_and_by_rate_and_shape() -> None:
    text = (
        'toplevel "t"; "t" or "a" "b" "c"; "a" lambda=0.25 phases=3; "b" rate=0.1 shape=2;'
        ' "c" lambda=3 phases=3;'
    )
    found = imported(text, Wishes(time=hours(1)))
    assert 'stages = ["4 h", "4 h", "4 h"]' in found.document.text
    assert 'shape = 2\nscale = "10 h"' in found.document.text
    assert [(loss.name, loss.kind) for loss in found.losses] == [("c", "computed")]


DEVIATES = {
    "<uniform-deviate><float value='0.1'/><float value='0.3'/></uniform-deviate>":
        ("unreliability = 0.2", "{ uniform = [0.1, 0.3] }"),
    "<beta-deviate><int value='1'/><int value='3'/></beta-deviate>":
        ("unreliability = 0.25", "{ beta = [1, 3] }"),
    "<lognormal-deviate><float value='0.01'/><int value='3'/><float value='0.95'/>"
    "</lognormal-deviate>":
        ("unreliability = 0.01", "{ lognormal = { mean = 0.01, error_factor = 3 } }"),
    "<lognormal-deviate><float value='0.01'/><int value='3'/><float value='0.9'/>"
    "</lognormal-deviate>":
        ("unreliability = 0.01", "{ lognormal = { mean = 0.01, error_factor = 4.0961"),
    "<normal-deviate><float value='0.1'/><float value='0.01'/></normal-deviate>":
        ("unreliability = 0.1", ""),
}  # fmt: skip


@pytest.mark.parametrize("expression", DEVIATES)
def test_deviates_come_in_whole(expression: str) -> None:
    stated, uncertain = DEVIATES[expression]
    event = f'<define-basic-event name="x">{expression}</define-basic-event></define-fault-tree>'
    text = tree(gate("top", f"<or>{names('x', 'a')}</or>"), "a")
    found = imported(text.replace("</define-fault-tree>", event))
    assert f"x = {{ {stated}" in found.document.text
    assert (f"uncertain = {uncertain}" in found.document.text) == bool(uncertain)
    lost = [loss.what for loss in found.losses]
    assert lost == ([] if uncertain else ["its normal-deviate, for which the mean stands"])


def test_a_rate_may_be_uncertain_too() -> None:
    deviate = "<uniform-deviate><float value='1e-3'/><float value='3e-3'/></uniform-deviate>"
    text = tree(gate("top", f"<or>{names('x')}</or>"), "").replace(
        "</define-fault-tree>",
        '<define-basic-event name="x"><exponential><parameter name="L"/><system-mission-time/>'
        "</exponential></define-basic-event></define-fault-tree>"
        f'<model-data><define-parameter name="L">{deviate}</define-parameter></model-data>',
    )
    said = imported(text, Wishes(time=hours(10))).document.text
    assert 'L = { rate = "0.002 /h", uncertain = { uniform = ["0.001 /h", "0.003 /h"] } }' in said


def test_other_commands_say_that_it_has_to_be_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in (("a.xml", "<opsa-mef/>"), ("a.dft", 'toplevel "t";\n"t" or "a";')):
        file = tmp_path / name
        file.write_text(text)
        assert run(["check", str(file)]) == 2
        assert "`vreltui import` makes a design of a fault tree" in capsys.readouterr().err
    (tmp_path / "b.toml").write_text("vreltui = 1\ntoplevel")
    assert run(["check", str(tmp_path / "b.toml")]) == 2
    assert "import" not in capsys.readouterr().err
