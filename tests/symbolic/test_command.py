"""`vreltui formula` as scripts use it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import sympy

from vreltui.cli.main import run
from vreltui.storage.keep.locations import shipped_designs

DESIGNS = {path.stem: str(path) for path in shipped_designs()}


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["formula", *arguments]) == 0
    return capsys.readouterr().out


def test_without_a_choice_every_formula(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, DESIGNS["hypervisor-vs-bare"]).splitlines() == [
        "nv: R = R_H R_M",
        "vms: R = R_H R_V [1 - (1 - R_M)^n]",
        "three: R = R_H R_V [1 - (1 - R_M)^3]",
        "one: R = R_H R_V R_M",
        "equal: R = R_H R_M [1 - (1 - R_M)^n]",
    ]


def test_solved_against_the_goal_when_there_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(
        capsys, DESIGNS["replica-count"], "--choice", "vms", "--solve", "n"
    ).splitlines()
    assert lines[0] == "n > log(1 - R/(R_H R_V)) / log(1 - R_M)"
    assert "    where R = 0.98 is the goal" in lines
    assert "    no n when R >= R_H R_V" in lines


def test_solved_against_the_baseline_when_there_is_no_goal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer = printed(capsys, DESIGNS["vote-2-of-3"], "--choice", "vote", "--solve", "R_V")
    assert answer.startswith("R_V > 1 / (3 R_M - 2 R_M^2)\n")


def test_the_goal_is_ignored_where_a_rival_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    web = DESIGNS["web-node"]
    answer = printed(capsys, web, "--choice", "vms", "--against", "nv", "--solve", "R_V")
    assert answer.startswith("R_V > R_O R_f / [1 - (1 - R_O R_f)^n]\n")


def test_latex_and_sympy(capsys: pytest.CaptureFixture[str]) -> None:
    bare = DESIGNS["hypervisor-vs-bare"]
    latex = printed(capsys, bare, "--choice", "vms", "--format", "latex")
    assert latex == "R_{H} R_{V} \\left(1 - \\left(1 - R_{M}\\right)^{n}\\right)\n"
    source = printed(capsys, bare, "--choice", "vms", "--format", "sympy")
    names: dict[str, object] = {}
    exec(source, names)
    r_h, r_v, r_m = (sympy.Symbol(name, positive=True) for name in ("R_H", "R_V", "R_M"))
    n = sympy.Symbol("n", integer=True, positive=True)
    assert names["reliability"] == r_h * r_v * (1 - (1 - r_m) ** n)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--choice", "vmss"], 'did you mean "vms"?'),
        (["--against", "nw"], 'there is no choice "nw"'),
        (["--solve", "R_X"], 'there is no parameter "R_X"'),
    ],
)
def test_unknown_names_exit_with_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert run(["formula", DESIGNS["hypervisor-vs-bare"], *arguments]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert said in output.err


def test_a_missing_file_exits_with_2(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["formula", str(tmp_path / "none.toml")]) == 2
    assert "there is no such file" in capsys.readouterr().err


def test_a_choice_against_itself_ties(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--choice", "nv", "--against", "nv"]
    assert "never beats" in printed(capsys, DESIGNS["hypervisor-vs-bare"], *arguments)


def test_the_module_runs_from_any_folder(tmp_path: Path) -> None:
    """A folder with a module called like one of ours, or of sympy's, changes nothing."""
    (tmp_path / "sympy.py").write_text("raise SystemExit('hijacked')")
    command = [sys.executable, "-P", "-m", "vreltui", "formula", DESIGNS["single-node"]]
    import vreltui

    root = str(Path(vreltui.__file__).parents[1])
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, env={"PYTHONPATH": root}, check=False
    )
    assert done.returncode == 0
    assert done.stdout.startswith("nv: R = R_H R_M\n")


def test_nothing_to_compare_with_exits_with_2_and_says_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    alone = tmp_path / "alone.toml"
    alone.write_text("vreltui = 1\n[nodes]\na = {reliability = 0.9}\n[choices]\nc = {root = 'a'}\n")
    assert run(["formula", str(alone), "--against", "c"]) == 2
    assert "no choice beside c" in capsys.readouterr().err


def test_sympy_source_tells_the_goal(capsys: pytest.CaptureFixture[str]) -> None:
    source = printed(
        capsys, DESIGNS["web-node"], "--choice", "vms", "--solve", "R_V", "--format", "sympy"
    )
    assert "# R = 0.998 is the goal" in source
