"""`vreltui explore`: its answer as JSON, CSV and text, its exit statuses, what it refuses."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from vreltui.cli.main import run

WEB = """\
vreltui = 1
[goal]
reliability = 0.998
[resources]
euro = { unit = "EUR", limit = 14000 }
slot = { unit = "VMs" }
[parameters]
n = { count = 2, range = [1, 6] }
[catalogues.hypervisors]
A = { reliability = 0.9932, uses = { euro = 100 } }
B = { reliability = 0.9991, uses = { euro = 3500 } }
[catalogues.servers]
S1 = { reliability = 0.9995, uses = { euro = 4000 }, provides = { slot = 4 } }
S2 = { reliability = 0.9999, uses = { euro = 12000 }, provides = { slot = 16 } }
[nodes.hypervisor]
from = "hypervisors"
[nodes.server]
from = "servers"
[nodes.vm]
reliability = 0.95
uses = { slot = 1, euro = 120 }
[nodes.pool]
of = "vm"
copies = "n"
needs = "any"
[nodes.host]
parts = ["server", "hypervisor", "pool"]
fits = ["slot"]
[choices.vms]
root = "host"
"""


@pytest.fixture
def web(tmp_path: Path) -> str:
    file = tmp_path / "web.toml"
    file.write_text(WEB)
    return str(file)


def answer(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, Any]:
    status = run(["explore", *arguments, "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_the_answer_has_every_key(web: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, found = answer([web], capsys)
    assert status == 0
    assert list(found) == [
        "file", "measure", "goal", "baseline", "status", "reason", "decisions", "counts", "best",
        "cheapest", "fronts", "top", "eliminations", "gap",
    ]  # fmt: skip
    assert (found["goal"], found["baseline"], found["status"]) == (0.998, None, "complete")
    assert found["decisions"] == {
        "server": ["S1", "S2"],
        "hypervisor": ["A", "B"],
        "n": [1, 2, 3, 4, 5, 6],
    }
    counts = found["counts"]
    assert counts.pop("total") == sum(counts.values()) == 24
    assert found["best"]["set"] == {"server": "S1", "hypervisor": "B", "n": 4}
    assert found["best"]["uses"] == {"euro": 7980, "slot": 4}
    assert found["best"]["class"] == "meets"
    assert found["cheapest"]["euro"]["set"]["n"] == 3
    assert found["top"][0] == found["best"]
    assert [each["uses"]["euro"] for each in found["fronts"]["euro"]] == sorted(
        each["uses"]["euro"] for each in found["fronts"]["euro"]
    )


def test_eliminations_say_why_and_what_would_lift_them(
    web: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, found = answer([web], capsys)
    second, first, *_ = found["eliminations"]
    assert first["family"] == {"hypervisor": "A"}
    assert (first["kind"], first["covers"], first["remaining"]) == ("goal", 12, 6)
    best = 0.9932 * 0.9999 * (1 - 0.05**6)
    assert first["best"] == pytest.approx(best, rel=1e-15)
    assert first["back"][0] == {"what": "goal", "below": pytest.approx(best, rel=1e-15)}
    (rescue,) = [each for each in first["back"] if each["what"] == "parameter"]
    assert rescue["name"] == "hypervisors.A"
    assert rescue["above"] == pytest.approx(0.998 / 0.9999 / (1 - 0.05**6), rel=1e-9)
    assert first["witness"] == {
        "choice": "vms",
        "set": {"server": "S2", "hypervisor": "A", "n": 6},
    }
    assert first["sentence"].startswith(
        "every variant with hypervisor A is out: even with everything else at its best 0.9931 < "
    )
    assert second["family"] == {"server": "S2"}
    assert second["kind"] == "together"
    assert {"what": "limit", "resource": "euro", "at_least": 15860} in second["back"]
    kinds = {tuple(each["family"].items()): each["kind"] for each in found["eliminations"]}
    assert kinds[("n", 1),] == "goal"


def test_sentences_say_what_stands_and_what_it_would_take(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # 100.1 has no double; of four structures two are out in one way.
    file = tmp_path / "service.toml"
    file.write_text(
        """\
vreltui = 1
[goal]
reliability = 0.9993
[resources]
euro = { unit = "EUR", limit = 100 }
[catalogues.h]
A = { reliability = 0.9, uses = { euro = 10 } }
C = { unreliability = 1e-3, uses = { euro = 90.1 } }
[nodes.hv]
from = "h"
[nodes.hw]
from = "h"
[nodes.vm]
reliability = 0.9999
[nodes.bare]
parts = ["hv", "vm"]
[nodes.two]
parts = ["hv", "hw"]
needs = "any"
[nodes.service]
one_of = ["bare", "hv", "two", "vm"]
[choices.c]
root = "service"
"""
    )
    assert run(["explore", str(file)]) == 0
    told = capsys.readouterr().out
    assert "every variant with service bare is out: even" in told  # service two is out otherwise
    assert "service two: within 100 EUR the best is 0.99" in told
    assert "it would take 100.1 EUR\n" in told
    assert run(["explore", str(file), "--limit", "euro=200"]) == 0
    assert "no service but two and vm stands: below the goal" in capsys.readouterr().out


def test_bounds_hold_when_typed_back(web: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, found = answer([web], capsys)
    second, first = found["eliminations"][:2]
    below = first["back"][0]["below"]
    _, again = answer([web, "--goal", repr(below * (1 - 1e-15)), "--limit", "euro=99999"], capsys)
    assert {"hypervisor": "A"} not in [each["family"] for each in again["eliminations"]]
    limit = next(each["at_least"] for each in second["back"] if each["what"] == "limit")
    status, again = answer([web, "--limit", f"euro={limit}", "--set", "server=S2"], capsys)
    assert status == 0
    assert again["cheapest"]["euro"]["uses"]["euro"] == limit
    status, again = answer([web, "--limit", f"euro={limit - 1}", "--set", "server=S2"], capsys)
    assert status == 1
    assert again["eliminations"][0]["family"] == {}


def test_where_nothing_meets_the_empty_family_stands_alone(
    web: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, found = answer([web, "--goal", "0.9995"], capsys)
    assert status == 1
    (only,) = found["eliminations"]
    assert (only["choice"], only["family"], only["covers"]) == (None, {}, 24)
    assert only["sentence"].startswith(
        "nothing meets: even the best of all, choice vms with server S2 with hypervisor B with n 6"
        ", gives 0.99"
    )
    assert found["best"]["class"] == "hopeless"
    assert found["cheapest"] == {"euro": None, "slot": None}


def test_what_is_settled_is_no_decision(web: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, found = answer([web, "--set", "hypervisor=B", "--set", "n=3"], capsys)
    assert list(found["decisions"]) == ["server"]
    assert found["counts"]["total"] == 2
    assert found["best"]["set"] == {"server": "S1"}


def test_fronts_top_and_depth_as_asked(web: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--front", "euro,slot", "--front", "slot", "--top", "2", "--depth", "1"]
    _, found = answer([web, *asked], capsys)
    assert list(found["fronts"]) == ["euro,slot", "slot"]
    assert len(found["top"]) == 2
    assert all(len(each["family"]) < 2 for each in found["eliminations"])


def test_csv_has_a_row_for_each_variant(web: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explore", web, "--csv", "--top", "3"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert list(rows[0]) == [
        "list", "place", "choice", "server", "hypervisor", "n", "reliability", "unreliability",
        "euro", "slot", "class",
    ]  # fmt: skip
    top = [row for row in rows if row["list"] == "top"]
    assert [row["place"] for row in top] == ["1", "2", "3"]
    assert (top[0]["hypervisor"], top[0]["n"], top[0]["euro"]) == ("B", "4", "7980")


def test_text_says_runs_of_numbers_as_one(web: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explore", web, "--limit", "euro=999999", "--goal", "0.9989"]) == 0
    said = capsys.readouterr().out
    assert "n below 4 is out" in said
    assert "24 variants" in said


def test_an_unreliability_is_asked_for_as_the_file_states_it(
    web: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(web).write_text(WEB.replace("reliability = 0.998\n", "unreliability = 2e-3\n", 1))
    _, found = answer([web, "--goal", "1e-3"], capsys)
    assert found["goal"] == 0.999


def test_progress_is_told_in_lines_of_json(web: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["explore", web, "--progress", "--json"])
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert lines[-1]["done"] == 1.0


REFUSED = {
    "goal": (["--goal", "much"], "--goal"),
    "resource of a limit": (["--limit", "eur=3"], '"euro"'),
    "a limit without a number": (["--limit", "euro"], "euro=60000"),
    "a negative limit": (["--limit", "euro=-3"], "at least 0"),
    "front": (["--front", "euros"], '"euro"'),
    "choice": (["--choice", "vm"], '"vms"'),
    "option": (["--set", "hypervisor=D"], "no item"),
    "two answers": (["--csv"], "--json and --csv"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_can_not_be_asked_is_refused(
    name: str, web: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments, word = REFUSED[name]
    assert run(["explore", web, "--json", *arguments]) == 2
    caught = capsys.readouterr()
    assert word in caught.err
    assert caught.out == ""


def test_what_no_file_could_say_is_not_set(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mixed.toml"
    p = "p = { value = 0.9, values = [0.9, 0.95] }"
    text = WEB.replace("[catalogues.hypervisors]", f"{p}\n[catalogues.hypervisors]", 1)
    text = text.replace("reliability = 0.95", 'reliability = "p"')
    several = 'from = "hypervisors"\ncopies = 3\nmix = true\nneeds = 2\n[nodes.server]'
    file.write_text(text.replace('from = "hypervisors"\n[nodes.server]', several))
    for setting, word in (("hypervisor=2 A", "take 3 in all"), ("p=0.92", "there is 0.9, 0.95")):
        assert run(["explore", str(file), "--set", setting]) == 2
        assert word in capsys.readouterr().err
    run(["explore", str(file), "--set", "hypervisor=2 A + 1 B", "--set", "n=9"])
    assert "n = 9 is outside its range [1, 6]" in capsys.readouterr().err


def test_numbers_that_are_none_are_refused(web: str) -> None:
    with pytest.raises(SystemExit) as caught:
        run(["explore", web, "--top", "-1"])
    assert caught.value.code == 2


def test_what_can_do_harm_is_not_explored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "harm.toml"
    file.write_text(
        "vreltui = 1\ngoal.reliability = 0.5\nnodes.a.reliability = 0.9\n"
        "nodes.no = { parts = ['a'], needs = 'none' }\nchoices.c.root = 'no'\n"
    )
    assert run(["explore", str(file)]) == 2
    assert f"{file}:4: choice c has node no, which needs none" in capsys.readouterr().err


def test_what_is_found_is_kept_in_a_file_and_taken_out_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("vreltui.exploration.exploring.MOST_VARIANTS", 0)
    design, kept = tmp_path / "web.toml", tmp_path / "web.explore"
    design.write_text(WEB)

    def explored(*more: str) -> tuple[int, str, str]:
        status = run(["explore", str(design), "--json", "--depth", "1", *more])
        said = capsys.readouterr()
        return status, said.out, said.err

    plain = explored("--jobs", "1")
    assert plain[0] == 0
    assert explored("-o", str(kept)) == plain
    assert explored("--resume", str(kept)) == plain
    status, out, said = explored("-o", str(kept))
    assert (status, out) == (2, "")
    assert "exists" in said
    assert "another question" in explored("--resume", str(kept), "--top", "3")[2]
    assert "leave one out" in explored("--resume", str(kept), "-o", "x")[2]
    design.write_text(WEB.replace("0.9991", "0.9992"))
    assert "another design" in explored("--resume", str(kept))[2]


def test_the_rows_of_the_csv_are_written_as_parquet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="vreltui[parquet] is not installed")
    design, file = tmp_path / "web.toml", tmp_path / "web.parquet"
    design.write_text(WEB)
    assert run(["explore", str(design), "--parquet", str(file)]) == 0
    run(["explore", str(design), "--csv"])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    found = parquet.read_table(file).to_pylist()
    assert [["" if v is None else str(v) for v in row.values()] for row in found] == [
        list(row.values()) for row in rows
    ]
    assert run(["explore", str(design), "--parquet", str(file)]) == 2
    assert "exists" in capsys.readouterr().err


def test_without_pyarrow_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    design = tmp_path / "web.toml"
    design.write_text(WEB)
    assert run(["explore", str(design), "--parquet", str(tmp_path / "x")]) == 2
    assert 'pip install "vreltui[parquet]"' in capsys.readouterr().err
    assert run(["explore", str(design), "--parquet", "x", "--json"]) == 2


def test_where_it_was_stopped_before_anything_was_found_that_is_said_of_the_best(
    capsys: pytest.CaptureFixture[str],
) -> None:
    zones = str(Path(__file__).parents[2] / "designs" / "three-zones.toml")
    status, found = answer([zones, "--seconds", "0.01", "--jobs", "1"], capsys)
    assert (status, found["status"], found["best"]) == (3, "stopped", None)
    assert found["best_undecided"] == found["reason"]


@pytest.mark.parametrize(
    ("figure", "said"),
    [("0.9", "0.9 = 0.9"), ("0.89999999999999999999", "0.89999999999999999 < 0.9")],
)
def test_a_best_that_equals_the_goal_is_not_said_to_be_below_it(
    figure: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "tie.toml"
    file.write_text(f"""\
vreltui = 1
goal = {{ reliability = 0.9 }}
[catalogues.c]
A = {{ reliability = {figure} }}
B = {{ reliability = 0.95 }}
[nodes.x]
from = "c"
[choices.a]
root = "x"
""")
    (out,) = answer([str(file)], capsys)[1]["eliminations"]
    assert out["sentence"].endswith(f"at its best {said}")
