"""`vreltui check` as a gate: --require, and the formats that reviews and CI show."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from vreltui.cli.main import run

TITLE = 'a, b: 100 % "c" <d> [e](1) & ::x::'
DESIGN = f"""\
vreltui = 1
goal = {{ reliability = 0.9 }}
[nodes.a]
reliability = 0.95
[nodes.b]
reliability = 0.8
  [choices.good]
  root = "a"
[choices.bad]
title = '{TITLE}'
root = "b"
"""
UNASKED = DESIGN.replace("goal = { reliability = 0.9 }\n", "")
BROKEN = DESIGN.replace('root = "b"', 'root = "c"').replace("0.95", "1.95")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "d.toml").write_text(DESIGN)
    (tmp_path / "unasked.toml").write_text(UNASKED)
    (tmp_path / "broken.toml").write_text(BROKEN)
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    status = run(["check", *arguments])
    return status, capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--require", "good"], 0),
        (["--require", "bad"], 1),
        (["--require", "good", "--require", "bad"], 1),
        (["--require", "good", "--choice", "bad"], 0),
        (["--require", "none"], 2),
        (["--require", "good", "--seconds", "0.000001"], 3),
        (["--json", "--format", "sarif"], 2),
        (["--json", "--format", "json"], 0),
    ],
)
def test_statuses(folder: Path, arguments: list[str], status: int) -> None:
    assert run(["check", "d.toml", *arguments]) == status


def test_all_that_is_required_meets_or_it_is_no(folder: Path) -> None:
    assert run(["check", "unasked.toml", "--require", "good"]) == 1


def test_github_annotates_what_does_not_meet(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said = told(capsys, "d.toml", "broken.toml", "unasked.toml", "--format", "github")
    assert status == 2
    lines = said.splitlines()
    assert lines[0].startswith(
        'file=d.toml,line=9,col=1,title=a%2C b%3A 100 %25 "c" <d> [e](1) & %3A%3Ax%3A%3A::bad '
        .join(["::error ", ""])
    )  # fmt: skip
    assert [re.search(r"file=([^,]*),line=(\d+)", line).groups() for line in lines[1:]] == [  # type: ignore[union-attr]
        ("broken.toml", "4"), ("broken.toml", "11"),
    ]  # fmt: skip
    assert told(capsys, str(folder / "d.toml"), "--format", "github")[1].splitlines() == lines[:1]


def test_sarif_has_a_region_for_each_result(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, said = told(capsys, "d.toml", "broken.toml", "--format", "sarif")
    log = json.loads(said)
    results = log["runs"][0]["results"]
    found = [(each["ruleId"], each["level"], *region(each)) for each in results]
    assert found == [
        ("hopeless", "error", "d.toml", 9, 1),
        ("single-point", "note", "d.toml", 3, 1),
        ("single-point", "note", "d.toml", 5, 1),
        ("unusable", "error", "broken.toml", 4, 1),
        ("unusable", "error", "broken.toml", 11, 1),
    ]
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in results)
    assert "](" not in said


def region(result: dict[str, Any]) -> tuple[str, int, int]:
    (location,) = result["locations"]
    place = location["physicalLocation"]
    return (
        place["artifactLocation"]["uri"],
        place["region"]["startLine"],
        place["region"]["startColumn"],
    )


def test_sarif_keeps_to_the_published_schema(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schema = os.environ.get("VRELTUI_SARIF_SCHEMA")
    if not schema:
        pytest.skip("VRELTUI_SARIF_SCHEMA names no copy of sarif-schema-2.1.0.json")
    import jsonschema

    log = json.loads(told(capsys, "d.toml", "broken.toml", "--format", "sarif")[1])
    jsonschema.Draft7Validator(json.loads(Path(schema).read_text())).validate(log)


JUNIT = {
    "testsuites": {"name", "time", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time", "timestamp", "file"},
    "testcase": {"name", "time", "classname", "group"},
    "failure": {"type", "message"},
    "error": {"type", "message"},
    "skipped": {"type", "message"},
}
"""The attributes that the published schema has (junit-10.xsd of Jenkins' xUnit plugin)."""


def test_junit_has_a_suite_a_file_and_a_case_a_choice(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = told(capsys, "d.toml", "broken.toml", "unasked.toml", "--format", "junit")[1]
    root = ElementTree.fromstring(said)
    assert root.attrib == {"tests": "5", "failures": "1", "errors": "1"}
    assert [suite.get("skipped") for suite in root] == ["0", "0", "2"]
    for element in root.iter():
        assert set(element.attrib) <= JUNIT[element.tag], element.tag
    cases = [
        (suite.get("name"), case.get("name"), [child.tag for child in case])
        for suite in root
        for case in suite
    ]
    assert cases == [
        ("d.toml", "good", []),
        ("d.toml", "bad", ["failure"]),
        ("broken.toml", "readable", ["error"]),
        ("unasked.toml", "good", ["skipped"]),
        ("unasked.toml", "bad", ["skipped"]),
    ]
    failure = root.find(".//failure")
    assert failure is not None
    assert failure.get("type") == "hopeless"
    assert "0.8 does not exceed the goal 0.9" in (failure.text or "")


def test_junit_keeps_to_the_published_schema(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schema, xmllint = os.environ.get("VRELTUI_JUNIT_SCHEMA"), shutil.which("xmllint")
    if not schema or xmllint is None:
        pytest.skip("VRELTUI_JUNIT_SCHEMA names no copy of junit-10.xsd, or there is no xmllint")
    report = folder / "report.xml"
    said = told(capsys, "d.toml", "broken.toml", "unasked.toml", "--format", "junit")[1]
    report.write_text(said, "utf-8")
    judged = subprocess.run(
        [xmllint, "--noout", "--nonet", "--schema", schema, str(report)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert judged.returncode == 0, judged.stderr


@pytest.mark.parametrize("form", ["github", "sarif", "junit"])
def test_nothing_raw_and_no_absolute_path(
    folder: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    (folder / "odd\x1b[2J.toml").write_text(DESIGN)
    said = told(capsys, str(folder / "odd\x1b[2J.toml"), "/nowhere/x\ty.toml", "--format", form)[1]
    assert str(folder) not in said
    assert "/nowhere" not in said
    assert all(character.isprintable() or character == "\n" for character in said)
