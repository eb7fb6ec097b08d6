"""`vreltui check` as scripts use it: exit statuses, JSON, messages."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from vreltui import __version__
from vreltui.cli.main import run

DESIGN = """\
vreltui = 1
title = "One blade"
baseline = "nv"
goal = { reliability = 0.998 }

[parameters]
R_H = 0.99999
R_V = { value = 0.98, range = [0.95, 0.9999], title = "Hypervisor" }
R_M = 0.95
n = { count = 3, range = [1, 16] }

[nodes.hardware]
reliability = "R_H"
[nodes.hypervisor]
reliability = "R_V"
[nodes.vm]
kind = "vm"
reliability = "R_M"
[nodes.pool]
of = "vm"
copies = "n"
needs = "any"
[nodes.virtualized]
parts = ["hardware", "hypervisor", "pool"]
[nodes.bare]
parts = ["hardware", "vm"]

[choices.nv]
root = "bare"
[choices.vms]
title = "n independent VMs"
root = "virtualized"
[choices.better]
root = "virtualized"
set = { R_V = 0.9999 }
"""


@pytest.fixture
def design(tmp_path: Path) -> Path:
    path = tmp_path / "web.toml"
    path.write_text(DESIGN)
    return path


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any, str]:
    status = run(["check", "--json", *arguments])
    captured = capsys.readouterr()
    return status, json.loads(captured.out) if captured.out else None, captured.err


def test_one_file_gives_one_object(design: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, found, _ = answer(capsys, str(design))
    assert status == 0  # "better" meets
    assert found["baseline"] == "nv"
    assert {name: choice["verdict"] for name, choice in found["choices"].items()} == {
        "nv": "hopeless",
        "vms": "short",
        "better": "meets",
    }
    vms = found["choices"]["vms"]
    assert vms["against_goal"] == "below"
    assert vms["against_baseline"] == "better"
    assert vms["reliability"] + vms["unreliability"] == pytest.approx(1, abs=1e-15)
    threshold = vms["thresholds"]["R_V"]
    assert threshold["kind"] == "probability"
    assert threshold["satisfied"] is False
    (interval,) = threshold["intervals"]
    assert interval["low"] == pytest.approx(0.998 / (0.99999 * 0.999875), rel=1e-15)
    assert interval["high"] == 1.0
    assert interval["high_complement"] == 0.0
    assert threshold["sentence"] == "R_V (Hypervisor) must exceed 0.998135 for the goal"
    assert vms["thresholds"]["n"]["ranges"] == []
    assert vms["witness"] == {"R_V": "0.9999", "n": "16"}
    assert "R_V" not in found["choices"]["nv"]["thresholds"]


def test_several_files_give_a_list(design: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, found, _ = answer(capsys, str(design), str(design))
    assert [one["title"] for one in found] == ["One blade", "One blade"]


@pytest.mark.parametrize(("choice", "status"), [("better", 0), ("vms", 1), ("nv", 1)])
def test_the_exit_status_is_that_of_the_choice(
    design: Path, capsys: pytest.CaptureFixture[str], choice: str, status: int
) -> None:
    found_status, found, _ = answer(capsys, str(design), "--choice", choice)
    assert found_status == status
    assert list(found["choices"]) == [choice]


def test_an_unknown_choice_is_named_with_what_there_is(
    design: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, found, error = answer(capsys, str(design), "--choice", "bettr")
    assert (status, found) == (2, None)
    assert error.count("\n") == 1
    assert 'there is no choice "bettr"' in error
    assert 'did you mean "better"?' in error


def test_a_bad_file_gives_one_line_and_no_result(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(DESIGN.replace('reliability = "R_M"', 'reliability = "R_N"'))
    status, found, error = answer(capsys, str(bad))
    assert (status, found) == (2, None)
    line = DESIGN[: DESIGN.index('reliability = "R_M"')].count("\n") + 1
    assert error.count("\n") == 1
    assert f"bad.toml:{line}: " in error
    assert "R_N" in error


def test_a_good_file_beside_a_bad_one_is_still_answered(
    design: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, found, _ = answer(capsys, str(design), str(design.parent / "missing.toml"))
    assert status == 2
    assert len(found) == 1


def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(DESIGN.encode())))
    status, found, _ = answer(capsys, "-")
    assert status == 0
    assert found["title"] == "One blade"


def test_for_people_marks_and_words_say_the_verdict(
    design: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", str(design)]) == 0
    text = capsys.readouterr().out
    assert "vms     [-] short" in text
    assert "meets with R_V = 0.9999 and n = 16" in text
    assert "R_V (Hypervisor) must exceed 0.998135 for the goal" in text
    assert "\x1b" not in text
    assert "independent" in text


def test_text_of_a_file_cannot_drive_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = tmp_path / "\x1b]52;c;AAAA\x07.toml"
    hostile.write_text("vreltui = 1\n")
    assert run(["check", str(hostile)]) == 2
    captured = capsys.readouterr()
    assert "\x1b" not in captured.out + captured.err
    assert "\x07" not in captured.out + captured.err


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"vreltui {__version__}\n"
    assert run(["--help"]) == 0
    assert "check" in capsys.readouterr().out


def test_new_lists_templates_prints_one_and_never_overwrites(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["new"]) == 0
    assert "web-node" in capsys.readouterr().out
    assert run(["new", "web-node"]) == 0
    text = capsys.readouterr().out
    target = tmp_path / "mine.toml"
    assert run(["new", "web-node", "-o", str(target)]) == 0
    assert target.read_text() == text
    assert run(["new", "web-node", "-o", str(target)]) == 2
    assert "exists" in capsys.readouterr().err
    assert run(["new", "web-nod"]) == 2
    assert 'did you mean "web-node"?' in capsys.readouterr().err


def test_the_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"].endswith("2020-12/schema")


def product(capsys: pytest.CaptureFixture[str], tmp_path: Path, *values: str) -> str:
    """The line of `check` about parts in series with these reliabilities."""
    path = tmp_path / "series.toml"
    nodes = "".join(f"n{i}.reliability = {value}\n" for i, value in enumerate(values))
    names = ", ".join(f'"n{i}"' for i in range(len(values)))
    path.write_text(f'vreltui = 1\nchoices.c.root = "s"\n[nodes]\n{nodes}s.parts = [{names}]\n')
    assert run(["check", str(path)]) == 1
    return capsys.readouterr().out


def test_what_is_too_small_for_a_double_is_not_zero(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "R = 1e-400   1 - R = 1 - 1e-400\n" in product(capsys, tmp_path, "1e-200", "1e-200")
    assert "R = 2.5e-591 " in product(capsys, tmp_path, "2.5e-291", "1e-300")
    assert "R = 0   1 - R = 1\n" in product(capsys, tmp_path, "1e-200", "0")
    path = tmp_path / "any.toml"
    path.write_text(
        'vreltui = 1\nchoices.c.root = "s"\n[nodes]\na.unreliability = 1e-200\n'
        'b.unreliability = 1e-200\ns = { parts = ["a", "b"], needs = "any" }\n'
    )
    assert run(["check", str(path)]) == 1
    assert "R = 1 - 1e-400   1 - R = 1e-400\n" in capsys.readouterr().out


def test_what_is_too_small_to_be_written_is_said_to_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Pools of pools of pools: the exponent itself has a hundred digits."""
    path = tmp_path / "nested.toml"
    pools = "".join(
        f'p{i} = {{ of = "p{i - 1}", copies = 900, needs = "majority" }}\n' for i in range(1, 40)
    )
    path.write_text(f'vreltui = 1\nchoices.c.root = "p39"\n[nodes]\np0.reliability = 0.9\n{pools}')
    assert run(["check", str(path)]) == 1
    assert "1 - R = less than 1e-1000000" in capsys.readouterr().out


def test_the_blank_template_is_one_of_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["new"]) == 0
    assert capsys.readouterr().out.startswith("blank ")
    target = tmp_path / "blank.toml"
    assert run(["new", "blank", "-o", str(target)]) == 0
    assert run(["check", str(target)]) == 1  # nothing is asked yet
