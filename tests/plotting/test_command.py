"""`vreltui plot` from outside."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from vreltui.storage.keep.locations import shipped_designs

DESIGNS = {path.stem: str(path) for path in shipped_designs()}


def plot(
    *arguments: str, text: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    return subprocess.run(
        [sys.executable, "-m", "vreltui", "plot", *arguments],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        env={**kept, "PYTHONIOENCODING": "utf-8", **environment},
    )


def test_csv_has_a_header_and_a_row_a_point() -> None:
    run = plot(DESIGNS["hypervisor-vs-bare"], "fig3", "--csv")
    assert (run.returncode, run.stderr) == (0, "")
    header, *lines = csv.reader(io.StringIO(run.stdout))
    assert header == ["x", "n=2", "n=3", "n=4", "n=8", "n=16", "n=32"]
    assert [line[0] for line in lines[:3]] == ["0.1", "0.11", "0.12"]
    assert len(lines) == 91
    assert lines[-1] == ["1.0", *[""] * 6]


def test_csv_of_a_single_curve_and_of_counts() -> None:
    run = plot(DESIGNS["vote-2-of-3"], "fig7", "--csv")
    assert run.stdout.startswith("x,y\n0.1,\n")
    run = plot(DESIGNS["replica-count"], "fig4", "--csv")
    assert run.stdout.startswith("x,goal=0.98,goal=0.998\n0.1,38,66\n")


def test_all_plots_without_a_name() -> None:
    run = plot(DESIGNS["function-in-hypervisor"], "--csv")
    first, second, third = run.stdout.split("\n\n")
    assert first.startswith("x,R_Mprime=")
    assert second.startswith("x,n=")
    assert third.startswith("x,R_f=")
    drawn = plot(DESIGNS["function-in-hypervisor"], "--width", "60", "--height", "16").stdout
    assert "Fig. 6a" in drawn
    assert "Fig. 6b" in drawn


@pytest.mark.parametrize(("width", "height"), [(40, 10), (80, 24), (200, 60)])
def test_the_size_is_kept(width: int, height: int) -> None:
    size = ["--width", str(width), "--height", str(height)]
    drawn = plot(DESIGNS["vote-2-of-3"], "gain", *size).stdout.split("\n")
    assert len(drawn) == height + 1
    assert max(map(len, drawn)) <= width


def test_colour_only_where_it_is_wanted() -> None:
    name = [DESIGNS["vote-2-of-3"], "gain", "--width", "60", "--height", "14"]
    assert "\x1b" not in plot(*name).stdout  # no terminal
    assert "\x1b[36m" in plot(*name, "--color", "16").stdout
    assert "\x1b[38;2;" in plot(*name, "--color", "truecolor").stdout
    assert "\x1b" not in plot(*name, "--color", "never").stdout


def test_ascii_when_asked_or_when_the_encoding_has_no_more() -> None:
    name = [DESIGNS["vote-2-of-3"], "gain", "--width", "60", "--height", "14"]
    assert not plot(*name).stdout.isascii()
    asked, forced = plot(*name, "--ascii"), plot(*name, PYTHONIOENCODING="ascii")
    assert asked.stdout.isascii()
    assert forced.stdout == asked.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["fig33"], "fig3"),
        (["fig3", "--width", "5"], "40 to 1000"),
        (["fig3", "--height", "9999"], "10 to 500"),
        (["fig3", "--width", "wide"], "wide"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(arguments: list[str], said: str) -> None:
    run = plot(DESIGNS["hypervisor-vs-bare"], *arguments)
    assert run.returncode == 2
    assert run.stdout == ""
    (line,) = run.stderr.splitlines()
    assert said in line


NO_PLOT = "vreltui = 1\n[nodes.a]\nreliability = 0.9\n[choices.c]\nroot = 'a'\n"


def test_a_design_without_plots_says_how_to_add_one(tmp_path: Path) -> None:
    path = tmp_path / "bare.toml"
    path.write_text(NO_PLOT)
    run = plot(str(path))
    assert run.returncode == 2
    assert "no plots" in run.stderr
    assert "[plots.NAME]" in run.stderr
    assert plot(str(tmp_path / "absent.toml")).returncode == 2


def test_a_design_from_standard_input() -> None:
    text = Path(DESIGNS["vote-2-of-3"]).read_text(encoding="utf-8")
    run = plot("-", "fig7", "--csv", text=text)
    assert run.returncode == 0
    assert run.stdout == plot(DESIGNS["vote-2-of-3"], "fig7", "--csv").stdout
