"""`vreltui importance` as scripts use it: JSON, CSV, tables, groups and names that are wrong."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from tests.cli.test_check import DESIGN
from vreltui.cli.main import run


@pytest.fixture
def file(tmp_path: Any) -> str:
    path = tmp_path / "web.toml"
    path.write_text(DESIGN)
    return str(path)


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert run(["importance", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_json_has_every_measure_by_its_key(file: str, capsys: Any) -> None:
    choices = answer(capsys, file, "--pairs", "--group", "hardware,hypervisor")["choices"]
    assert list(choices) == ["nv", "vms", "better"]
    vms = choices["vms"]
    assert vms["nodes"]["vm"].keys() == {
        "instances",
        "birnbaum",
        "criticality",
        "fussell_vesely",
        "diagnostic",
        "raw",
        "rrw",
        "structural",
        "barlow_proschan",
        "single_point",
    }
    assert vms["nodes"]["vm"]["instances"] == 3
    assert vms["nodes"]["hardware"]["single_point"] is True
    assert vms["nodes"]["pool"]["fussell_vesely"] is None
    assert vms["parameters"]["n"].keys() == {"birnbaum"}
    assert vms["parameters"]["R_M"]["instances"] == 3
    assert vms["groups"]["hardware,hypervisor"].keys() == {"birnbaum", "criticality", "raw", "rrw"}
    (pair,) = [pair for pair in vms["pairs"] if pair["parameters"] == ["R_V", "n"]]
    assert pair["to"] == {"R_V": "0.9999", "n": "16"}
    assert pair["gains"][0] > 0 < pair["gains"][1]
    assert pair["second_derivative"] is None
    assert "R_V" in choices["better"]["parameters"]


def test_a_set_value_and_one_choice(file: str, capsys: Any) -> None:
    found = answer(capsys, file, "--choice", "vms", "--set", "R_V=1")["choices"]
    assert list(found) == ["vms"]
    assert found["vms"]["nodes"]["hypervisor"]["criticality"] == 0.0


def test_several_files_are_a_list(file: str, capsys: Any) -> None:
    assert len(answer(capsys, file, file)) == 2


def test_a_kind_is_a_group(file: str, capsys: Any) -> None:
    found = answer(capsys, file, "--choice", "vms", "--group", "kind:vm")
    assert found["choices"]["vms"]["groups"]["kind:vm"]["birnbaum"] > 0


def test_csv_has_a_row_for_each(file: str, capsys: Any) -> None:
    assert run(["importance", file, "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["of"] for row in rows} == {"parameter", "node"}
    (vm,) = [row for row in rows if row["choice"] == "vms" and row["name"] == "vm"]
    assert vm["single_point"] == "false"
    assert float(vm["birnbaum"]) > 0


def test_text_defines_what_it_says(file: str, capsys: Any) -> None:
    assert run(["importance", file]) == 0
    said = capsys.readouterr().out
    assert "single point" in said
    assert "RAW" in said
    assert "(risk achievement worth)" in said


@pytest.mark.parametrize(
    ("group", "message"), [("hardwar", 'there is no node "hardwar"'), ("kind:hot", "no kind")]
)
def test_a_group_that_is_not_there_is_refused(
    file: str, group: str, message: str, capsys: Any
) -> None:
    assert run(["importance", file, "--group", group]) == 2
    assert message in capsys.readouterr().err


def test_figures_go_by_the_letter_of_what_is_measured(tmp_path: Any, capsys: Any) -> None:
    node = '[nodes.a]\nmttf = "9 h"\nmttr = "1 h"\n[choices.c]\nroot = "a"\n'
    path = tmp_path / "a.toml"
    path.write_text(f"vreltui = 1\n[goal]\navailability = 0.8\n{node}")
    for command in ("importance", "cutsets"):
        assert run([command, str(path)]) == 0
        assert "c   A = 0.9   1 - A = 0.1" in capsys.readouterr().out
