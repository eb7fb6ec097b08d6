"""Numbers that stand at components, in every command: values like any others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vreltui.cli.main import run

SERVER = """vreltui = 1
[goal]
reliability = 0.99
[nodes.supply]
kind = "power"
reliability = 0.99
[nodes.fan-1]
reliability = 0.95
[nodes.fan-2]
reliability = 0.95
[nodes.disk-1]
kind = "storage"
reliability = 0.97
[nodes.disk-2]
kind = "storage"
reliability = 0.97
[nodes.disk-3]
kind = "storage"
reliability = 0.97
[nodes.fans]
parts = ["fan-1", "fan-2"]
needs = "any"
[nodes.disks]
parts = ["disk-1", "disk-2", "disk-3"]
needs = 2
[nodes.server]
parts = ["supply", "fans", "disks"]
[choices.server]
root = "server"
"""

BRIDGE = """vreltui = 1
[goal]
reliability = 0.95
[nodes]
a.reliability = 0.9
b.reliability = 0.8
c.reliability = 0.7
d.reliability = 0.85
e.reliability = 0.6
p1.parts = ["a", "b"]
p2.parts = ["c", "d"]
p3.parts = ["a", "e", "d"]
p4.parts = ["c", "e", "b"]
bridge = { parts = ["p1", "p2", "p3", "p4"], needs = "any" }
[choices.bridge]
root = "bridge"
"""

BOTH = """vreltui = 1
baseline = "bare"
[goal]
reliability = 0.9
[parameters]
fan = 0.8
[nodes]
supply.reliability = 0.99
fan.reliability = 0.95
spare.reliability = "fan"
fans = { parts = ["fan", "spare"], needs = "any" }
server = { parts = ["supply", "fans"] }
lone = { reliability = 0.7 }
bare = { parts = ["supply", "lone"] }
[choices.server]
root = "server"
[choices.bare]
root = "bare"
[plots.r]
choice = "server"
x = { node = "supply", from = 0.9, to = 1.0, points = 3 }
[plots.t]
choice = "server"
x = { node = "supply", from = 0.95, to = 1.0, points = 2 }
y = { threshold = "fan.reliability" }
[plots.p]
choice = "server"
x = { parameter = "fan", from = 0.5, to = 0.9, points = 3 }
y = { threshold = "supply" }
"""


@pytest.fixture
def said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def ask(text: str, command: str, *options: str) -> str:
        path = tmp_path / "design.toml"
        path.write_text(text, "utf-8")
        run([command, str(path), *options])
        return capsys.readouterr().out

    return ask


def nodes(said: Any, text: str, choice: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said(text, "check", "--json"))["choices"][choice]["nodes"]
    return found


def test_each_component_with_a_number_has_a_threshold_and_an_importance(said: Any) -> None:
    found = nodes(said, SERVER, "server")
    supply = found["supply"]
    assert supply["threshold"]["sentence"].endswith("must exceed 0.995115")
    assert supply["threshold"]["intervals"][0]["low"] == pytest.approx(0.99 / 0.994860615)
    assert supply["threshold"]["value"] == 0.99
    assert supply["birnbaum"] == pytest.approx(0.9975 * 0.997354)
    assert found["fan-1"]["threshold"]["intervals"] == []
    assert found["fan-1"]["birnbaum"] == pytest.approx(0.05 * 0.99 * 0.997354)
    assert set(found["fans"]) == {"reliability", "unreliability"}


def test_parameters_stay_where_they_were(said: Any) -> None:
    answer = json.loads(said(BOTH, "check", "--json"))["choices"]["server"]
    assert list(answer["thresholds"]) == list(answer["importance"]) == ["fan"]
    assert "threshold" not in answer["nodes"]["spare"]
    assert answer["nodes"]["fan"]["threshold"]["value"] == 0.95
    assert "lone" not in answer["nodes"]


def test_where_nothing_is_asked_the_threshold_is_null(said: Any) -> None:
    found = nodes(said, BRIDGE.replace("[goal]\nreliability = 0.95\n", ""), "bridge")
    assert found["a"]["threshold"] is None
    assert found["a"]["birnbaum"] == pytest.approx(0.3042, abs=1e-3)


def test_text_lists_them_with_what_they_must_be(said: Any) -> None:
    lines = said(SERVER, "check")
    assert "- supply = 0.99: supply (power) must exceed 0.995115 (Birnbaum 0.9949)" in lines


def test_text_leaves_out_what_only_the_baseline_has(said: Any) -> None:
    server, _ = said(BOTH, "check").split("\nbare ")
    assert "lone" not in server
    assert "- fan.reliability = 0.95" in server


def test_a_formula_speaks_of_components_by_their_names(said: Any) -> None:
    expected = "a [1 - (1 - b) (1 - d [1 - (1 - c) (1 - e)])] + c (1 - a) [1 - (1 - b e) (1 - d)]"
    assert said(BRIDGE, "formula") == f"bridge: R = {expected}\n"
    assert said(BRIDGE, "formula", "--values") == "bridge: R = 0.91918\n"


def test_a_condition_is_solved_for_a_component(said: Any) -> None:
    found = said(SERVER, "formula", "--solve", "supply")
    assert found.startswith("supply > R / (")
    assert "supply must be above 0.995115" in found or "above 0.99511" in found
    given = said(SERVER, "formula", "--solve", "supply", "--values")
    assert "fan" not in given
    assert given.startswith("supply > ")


def test_a_parameter_has_the_name_first(said: Any) -> None:
    assert said(BOTH, "formula", "--choice", "server", "--solve", "fan").startswith("fan > ")
    own = said(BOTH, "formula", "--choice", "server", "--solve", "fan.reliability")
    assert own.startswith('"fan.reliability" > ')
    assert "fan.reliability must be above 0.545455" in own


def test_plots_run_along_a_component_and_draw_its_threshold(said: Any) -> None:
    r, t, p = said(BOTH, "plot", "--csv").rstrip("\n").split("\n\n")
    assert r.splitlines() == ["x,y", "0.9,0.891", "0.95,0.9405", "1.0,0.99"]
    assert [float(line.split(",")[1]) for line in t.splitlines()[1:]] == pytest.approx(
        [(0.9 / 0.95 - 0.8) / 0.2, 0.5]
    )
    assert [float(line.split(",")[1]) for line in p.splitlines()[1:]] == pytest.approx(
        [0.9 / (1 - 0.05 * (1 - fan)) for fan in (0.5, 0.7, 0.9)]
    )


def test_a_plot_along_nothing_is_refused_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "design.toml"
    path.write_text(BOTH.replace('node = "supply"', 'node = "spare"'), "utf-8")
    assert run(["plot", str(path)]) == 2
    assert 'x = { parameter = "fan", ... } is right' in capsys.readouterr().err
