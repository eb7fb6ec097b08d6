"""`vreltui cutsets` as scripts use it: JSON, CSV, tables, and options that are wrong."""

from __future__ import annotations

import csv
import io
import json
from math import comb
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
    assert run(["cutsets", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_json_has_the_keys_of_a_cut(file: str, capsys: Any) -> None:
    found = answer(capsys, file)
    assert list(found["choices"]) == ["nv", "vms", "better"]
    vms = found["choices"]["vms"]
    assert list(vms) == [
        "kind",
        "unreliability",
        "total",
        "orders",
        "single_points",
        "sets",
        "listed",
        "covered",
        "remainder",
        "rare_event",
        "mcub",
    ]
    assert vms["kind"] == "cut"
    assert vms["orders"] == {"1": 2, "3": 1}
    assert vms["single_points"] == ["hardware", "hypervisor"]
    assert vms["sets"][1]["events"] == {"vm": 3}
    assert vms["sets"][1].keys() == {"events", "order", "count", "probability", "share"}


def test_paths_are_of_the_reliability(file: str, capsys: Any) -> None:
    vms = answer(capsys, file, "--paths", "--choice", "vms")["choices"]["vms"]
    assert vms["kind"] == "path"
    assert "reliability" in vms
    assert vms["total"] == 3
    assert vms["sets"] == [
        {
            "events": {"hardware": 1, "hypervisor": 1, "vm": 1},
            "order": 3,
            "count": 3,
            "probability": pytest.approx(0.99999 * 0.98 * 0.95),
            "share": pytest.approx(3 * 0.99999 * 0.98 * 0.95 / vms["reliability"]),
        }
    ]


def test_instances_have_names(file: str, capsys: Any) -> None:
    found = answer(capsys, file, "--instances", "--choice", "vms")["choices"]["vms"]
    assert {"pool[1]/vm": 1, "pool[2]/vm": 1, "pool[3]/vm": 1} in [
        row["events"] for row in found["sets"]
    ]


def test_a_cut_off_says_what_it_leaves_out(file: str, capsys: Any) -> None:
    vms = answer(capsys, file, "--order", "1", "--choice", "vms")["choices"]["vms"]
    assert (vms["listed"], vms["total"]) == (2, 3)
    assert vms["covered"] + vms["remainder"] == pytest.approx(vms["unreliability"])
    assert vms["remainder"] > 0


def test_counts_have_every_digit(tmp_path: Any, capsys: Any) -> None:
    path = tmp_path / "many.toml"
    path.write_text(
        "vreltui = 1\nlimits = { copies = 3000 }\n[nodes]\nvm = { reliability = 0.9 }\n"
        'os = { reliability = 0.9 }\nboth = { parts = ["vm", "os"] }\n'
        'pool = { of = "both", copies = 3000, needs = 1501 }\n[choices.c]\nroot = "pool"\n'
    )
    found = answer(capsys, str(path), "--rows", "1", "--seconds", "600")["choices"]["c"]
    assert found["total"] == comb(3000, 1500) * 2**1500
    assert found["listed"] == comb(3000, 1500)
    assert found["rare_event"] is None or found["rare_event"] >= 0


def test_csv_has_a_row_for_each_look(file: str, capsys: Any) -> None:
    assert run(["cutsets", file, "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["events"] for row in rows if row["choice"] == "vms"} == {
        "hardware*1",
        "hypervisor*1",
        "vm*3",
    }


def test_text_names_single_points(file: str, capsys: Any) -> None:
    assert run(["cutsets", file, "--choice", "vms"]) == 0
    said = capsys.readouterr().out
    assert "3 minimal cut sets: 2 of order 1, 1 of order 3" in said
    assert "single points of failure: hardware, hypervisor" in said
    assert "vm x3" in said


@pytest.mark.parametrize(
    "arguments", [("--order", "0"), ("--rows", "x"), ("--above", "2"), ("--above", "nan")]
)
def test_options_that_are_wrong_are_refused(
    file: str, arguments: tuple[str, str], capsys: Any
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["cutsets", file, *arguments])
    assert ended.value.code == 2
    assert "such as" in capsys.readouterr().err


def test_copies_that_are_contained_and_struck(tmp_path: Any, capsys: Any) -> None:
    """Each fails alone with 1/11 or with the other by the flaw with 0.01, and escapes with 0.2."""
    path = tmp_path / "c.toml"
    path.write_text(
        "vreltui = 1\n[nodes.x]\nreliability = 0.9\n[choices.c]\nroot = 'pool'\n"
        "[nodes.pool]\nof = 'x'\ncopies = 2\nneeds = 'any'\ncontained = 0.8\n"
        "[causes.bug]\nstrikes = ['x']\nbeta = 0.1\n"
    )
    assert run(["cutsets", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["choices"]["c"]
    sets = {tuple(sorted(row["events"].items())): row["count"] for row in found["sets"]}
    assert sets == {(("pool.contained", 1), ("x", 1)): 2, (("bug", 1),): 1, (("x", 2),): 1}
    both, one = (1 / 11) ** 2, 2 * (1 / 11) * (10 / 11)
    assert found["covered"] == pytest.approx(0.01 + 0.99 * (both + one * 0.2), rel=1e-12)
    assert run(["importance", str(path), "--json"]) == 0
    x = json.loads(capsys.readouterr().out)["choices"]["c"]["nodes"]["x"]
    # Failed, the other has to work and it has to stay its own; working, the other escapes.
    assert x["birnbaum"] == pytest.approx((1 - 0.9 * 0.8) - 0.1 * 0.2, rel=1e-12)
