"""`--set NAME=VALUE` answers as if that value stood in the file, where it stands there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vreltui.cli.main import run

DESIGN = """\
vreltui = 1
baseline = "one"
[goal]
reliability = 0.979
[parameters]
R = { value = 0.9, range = [0.8, 0.95] }
n = 3
rack = 0.99
[nodes.a]
reliability = "R"
[nodes.rack]
reliability = 0.975
[nodes.supply]
unreliability = 2e-2
[nodes.pair]
of = "a"
copies = 2
needs = "any"
[nodes.pool]
of = "a"
copies = "n"
needs = 2
[nodes.shelf]
reliability = "rack"
[nodes.both]
parts = ["pair", "supply"]
[nodes.many]
parts = ["pool", "rack", "shelf"]
[choices.one]
root = "a"
[choices.two]
root = "both"
[choices.own]
root = "both"
set = { R = 0.93 }
[choices.many]
root = "many"
[plots.fig]
choice = "two"
x = { parameter = "R", from = 0.8, to = 0.9, points = 3 }
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "design.toml"
    path.write_text(DESIGN)
    return str(path)


def checked(
    file: str, capsys: pytest.CaptureFixture[str], *settings: str, choice: str = ""
) -> tuple[dict[str, Any], str]:
    arguments = [word for setting in settings for word in ("--set", setting)]
    run(["check", "--json", file, *arguments, *(["--choice", choice] if choice else [])])
    captured = capsys.readouterr()
    return json.loads(captured.out)["choices"] if captured.out else {}, captured.err


def same_as(tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str) -> Any:
    assert DESIGN.count(old) == 1
    path = tmp_path / "edited.toml"
    path.write_text(DESIGN.replace(old, new))
    return checked(str(path), capsys)[0]


@pytest.mark.parametrize(
    ("setting", "old", "new"),
    [
        ("R=0.85", "value = 0.9,", "value = 0.85,"),
        ("R = 85%", "value = 0.9,", "value = 0.85,"),
        ("n=5", "n = 3", "n = 5"),
        ("supply=0.995", "unreliability = 2e-2", "reliability = 0.995"),
        ("supply=1-5e-3", "unreliability = 2e-2", "unreliability = 5e-3"),
        ("supply.reliability=0.995", "unreliability = 2e-2", "reliability = 0.995"),
        ("pair=4", "copies = 2", "copies = 4"),
        ("rack=0.5", "rack = 0.99", "rack = 0.5"),
        ("rack.reliability=0.5", "reliability = 0.975", "reliability = 0.5"),
    ],
)
def test_the_answer_is_that_of_the_file_with_that_value(
    file: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    setting: str,
    old: str,
    new: str,
) -> None:
    found, error = checked(file, capsys, setting)
    expected = same_as(tmp_path, capsys, old, new)
    assert error == ""
    # A choice that sets the parameter itself is answered with that value in its own set.
    for choice in ("one", "two", "many"):
        assert found[choice] == expected[choice]
    if not setting.startswith("R"):
        assert found["own"] == expected["own"]


def test_where_the_choice_sets_it_that_alone_changes(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found, _ = checked(file, capsys, "R=0.94", choice="own")
    expected = same_as(tmp_path, capsys, "set = { R = 0.93 }", "set = { R = 0.94 }")
    assert found["own"] == expected["own"]
    assert found["own"]["against_baseline"] == "better"
    assert checked(file, capsys, "R=0.94")[0]["own"] == expected["own"]


def test_several_are_set_together(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found, _ = checked(file, capsys, "supply=0.9999", "pair=5")
    assert found["two"]["verdict"] == "meets"
    assert checked(file, capsys)[0]["two"]["verdict"] != "meets"


def test_outside_its_range_it_is_answered_with_a_note(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found, error = checked(file, capsys, "R=0.999", "supply=0.9999", choice="two")
    assert found["two"]["verdict"] == "meets"
    assert error.count("\n") == 1
    assert "note: R = 0.999 is outside its range [0.8, 0.95]" in error
    assert "no choice that is asked about uses n" in checked(file, capsys, "n=4", choice="two")[1]


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("R=1.5", "R: a reliability must be from 0 to 1"),
        ("R=nan", '"nan" is no value here'),
        ("R=", "R: "),
        ("R", "write NAME=VALUE, such as R_V=0.999"),
        ("n=0.5", "type a whole number"),
        ("n=0", "type a whole number"),
        ("n=1001", "n is 1001, and at most 1000 copies are allowed"),
        ("n=1", "pool needs 2 of 1 copies"),
        ("suply=0.9", 'did you mean "supply"?'),
        ("both=0.9", "node both has no number of its own"),
        ("a=0.9", "reliability of node a is the parameter R; set R"),
        ("supply.copies=3", "no number of its own called copies"),
        ("goal=0.9", 'there is no parameter and no number of a node called "goal"'),
    ],
)
def test_what_no_file_could_say_is_refused(
    file: str, capsys: pytest.CaptureFixture[str], setting: str, said: str
) -> None:
    for command in (["check", "--json"], ["check"], ["formula"], ["plot", "--csv"]):
        if command[0] == "plot" and setting == "n=1":
            continue
        assert run([*command, file, "--set", setting]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert said in captured.err


def test_all_that_is_wrong_with_the_settings_is_said_at_once(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, error = checked(file, capsys, "R=2", "x=1", "n=0")
    assert len(error.splitlines()) == 3


def test_plots_and_formulas_take_it(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plot", file, "fig", "--json", "--set", "supply=1"]) == 0
    (series,) = json.loads(capsys.readouterr().out)["plots"]["fig"]["series"].values()
    assert series[-1] == pytest.approx(0.99, abs=1e-12)
    arguments = ["--choice", "two", "--solve", "R", "--set", "supply=0.999"]
    assert run(["formula", file, *arguments, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["choices"]["two"]
    assert set(found) >= {"text", "latex", "sympy", "condition"}
    assert set(found["condition"]) >= {"text", "latex", "sympy"}


def test_a_decision_stays_one_where_it_is_set_so_that_rules_and_prices_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = DESIGN.replace("n = 3", "n = { count = 3, range = [2, 5] }").replace(
        "R = { value = 0.9, range = [0.8, 0.95] }",
        "R = { value = 0.9, range = [0.8, 0.95], price = { euro = { per_nine = 10 } } }",
    )
    path = tmp_path / "ruled.toml"
    path.write_text(text + "[resources]\neuro = {}\n[rules.r]\nnever = { n = { from = 4 } }\n")
    kinds = {
        setting: checked(str(path), capsys, setting, choice="many")[0]["many"]["class"]
        for setting in ("n=3", "n=4", "n=7", "R=0.99")
    }
    assert kinds == {"n=3": "hopeless", "n=4": "rules", "n=7": "rules", "R=0.99": "hopeless"}
