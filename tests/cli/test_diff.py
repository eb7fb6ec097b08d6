"""`vreltui diff`: meaning alone, verdicts as `check` has them, and which change did it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracle.questions import Oracle
from tests.oracle.strategies import designs, probabilities
from vreltui.analysis import examine
from vreltui.cli.commands.diff import compare
from vreltui.cli.main import run
from vreltui.model import Component, Design, Group, Pool
from vreltui.model.rules import problems
from vreltui.storage import parse, render
from vreltui.wording.differences import RANKS, as_json

ROOT = Path(__file__).resolve().parents[2]

OLD = """\
vreltui = 1
title = "Old"
baseline = "nv"
goal = { reliability = 0.96 }
[parameters]
R_H = 0.999
R_V = { value = 0.99, range = [0.9, 0.999] }
R_M = 0.95
n = { count = 2 }
[nodes.hardware]
reliability = "R_H"
[nodes.hypervisor]
reliability = "R_V"
[nodes.vm]
reliability = "R_M"
[nodes.pool]
of = "vm"
copies = "n"
needs = "any"
[nodes.top]
parts = ["hardware", "hypervisor", "pool"]
[nodes.bare]
parts = ["hardware", "vm"]
[choices.nv]
root = "bare"
[choices.vms]
root = "top"
"""


def difference(old: str, new: str) -> dict[str, Any]:
    found = as_json(compare(parse(old, "a.toml"), parse(new, "b.toml")))
    again: dict[str, Any] = json.loads(json.dumps(found, allow_nan=False))
    return again


SAME = {
    "spelling": OLD.replace("0.95", "0.950").replace("0.999\n", "{ unreliability = 1e-3 }\n"),
    "comments": OLD.replace("[nodes.vm]", "# a remark\n[nodes.vm]"),
    "words": OLD.replace('"Old"', '"New"').replace("[nodes.vm]", '[nodes.vm]\nkind = "vm"'),
    "order": OLD.replace('["hardware", "vm"]', '["vm", "hardware"]'),
    "default": OLD.replace('needs = "any"', 'needs = "any"\nshared = false'),
}


@pytest.mark.parametrize("name", SAME)
def test_what_means_the_same_is_no_difference(name: str) -> None:
    found = difference(OLD, SAME[name])
    assert found["same_meaning"] is True
    assert found["choices"] == found["parameters"] == found["nodes"] == {}
    assert ("words" in found) == (name == "words")


def test_keys_are_those_that_scripts_read() -> None:
    found = difference(OLD, OLD.replace("0.99,", "0.9,").replace('"any"', "2"))
    assert (found["old"], found["new"]) == ("a.toml", "b.toml")
    assert (found["goal"], found["baseline"], found["same_meaning"]) == (None, None, False)
    vms = found["choices"]["vms"]
    assert vms["change"] == "changed"
    assert vms["verdict"] == ["meets", "hopeless"]
    old, new = (1 - Fraction(999, 1000) * x for x in (
        Fraction(99, 100) * (1 - Fraction(1, 400)), Fraction(9, 10) * Fraction(95, 100) ** 2
    ))  # fmt: skip
    assert vms["unreliability"] == [float(old), float(new)]
    assert vms["factor"] == pytest.approx(float(new / old), rel=1e-15)
    assert vms["thresholds"]["R_V"]["new"] is None
    assert vms["thresholds"]["R_V"]["old"].startswith("> 0.96")
    changed = found["parameters"]["R_V"]
    alone = changed.pop("alone")
    assert changed == {"change": "changed", "old": "0.99", "new": "0.9"}
    first = Fraction(999, 1000) * Fraction(9, 10) * Fraction(399, 400)
    assert alone == {"nv": float(1 - Fraction(999, 1000) * Fraction(95, 100)),
                     "vms": float(1 - first)}  # fmt: skip
    assert found["nodes"]["pool"]["keys"] == {"needs": ["any", "2"]}
    assert (found["worse"], found["better"]) == (["vms"], [])


def test_what_was_renamed_is_no_other_thing() -> None:
    new = OLD.replace("R_M", "R_G").replace("nodes.vm", "nodes.guest").replace('"vm"', '"guest"')
    new = new.replace("choices.vms", "choices.many")
    found = difference(OLD, new)
    assert found["parameters"] == {"R_M": {"change": "renamed", "to": "R_G"}}
    assert found["nodes"] == {"vm": {"change": "renamed", "to": "guest"}}
    assert list(found["choices"]) == ["vms"]
    renamed = found["choices"]["vms"]
    assert (renamed["change"], renamed["to"]) == ("renamed", "many")
    assert found["choices"]["vms"]["factor"] == 1
    assert found["worse"] == []


def test_another_value_under_another_name_is_another_thing() -> None:
    found = difference(OLD, OLD.replace("R_M = 0.95", "R_G = 0.94").replace("R_M", "R_G"))
    kinds = {name: each["change"] for name, each in found["parameters"].items()}
    assert kinds == {"R_M": "removed", "R_G": "added"}
    assert found["nodes"]["vm"]["keys"] == {"reliability": ["R_M", "R_G"]}
    # What the changed node names is brought along: this is the whole difference.
    assert found["nodes"]["vm"]["alone"]["vms"] == found["choices"]["vms"]["unreliability"][1]


def test_goal_and_baseline_stand_as_they_were_and_are() -> None:
    found = difference(OLD, OLD.replace('baseline = "nv"\n', "").replace("0.96 }", "0.995 }"))
    assert (found["goal"], found["baseline"]) == (["0.96", "0.995"], ["nv", None])
    assert found["choices"]["vms"]["verdict"] == ["meets", "short"]


def test_a_change_that_breaks_a_rule_alone_is_said_to() -> None:
    old = OLD.replace('needs = "any"', "needs = 2")
    new = old.replace("needs = 2", "needs = 3").replace("count = 2", "count = 3")
    changed = difference(old, new)["nodes"]["pool"]
    assert changed["alone"] == {"nv": None, "vms": None}
    assert "3" in changed["alone_undecided"]["vms"]


@pytest.mark.parametrize(
    ("change", "plain", "gate"),
    [
        (("0.96 }", "0.960 }"), 0, 0),
        (("0.95", "0.96"), 1, 0),
        (("0.99,", "0.96,"), 1, 1),
        (("goal = { reliability = 0.96 }\nX", "X"), 0, 0),
        (('[choices.vms]\nroot = "top"\n', ""), 1, 1),
        (("baseline", "#"), 1, 0),
        (("baseline = \"nv\"\ngoal", "#"), 1, 1),
        (("reliability = 0.96", "reliability = 1.5"), 2, 2),
    ],
)  # fmt: skip
def test_statuses(tmp_path: Path, change: tuple[str, str], plain: int, gate: int) -> None:
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text(OLD)
    new.write_text(OLD.replace(*change))
    assert run(["diff", str(old), str(new)]) == plain
    assert run(["diff", str(old), str(new), "--json", "--gate"]) == gate


def test_verdicts_come_first_and_lines_are_short(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text(OLD)
    new.write_text(OLD.replace("0.99,", "0.9,").replace('"Old"', '"\\u202eNew"'))
    monkeypatch.chdir(tmp_path)
    assert run(["diff", "old.toml", "new.toml"]) == 2
    new.write_text(OLD.replace("0.99,", "0.9,").replace('"Old"', '"New"'))
    assert run(["diff", "old.toml", "new.toml"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    titles = [line for line in lines if line in ("verdicts", "what moved", "why", "words")]
    assert titles == ["verdicts", "what moved", "why", "words"]


def test_git_shows_it_and_is_never_stopped(tmp_path: Path) -> None:
    command = f"{sys.executable} -m vreltui diff --git"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}

    def git(*words: str) -> str:
        done = subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b", *words],
            cwd=tmp_path, env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout

    git("init", "-q")
    git("config", "diff.vreltui.command", command)
    (tmp_path / ".gitattributes").write_text("*.toml diff=vreltui\n")
    for name in ("moved", "broken", "changed"):
        (tmp_path / f"{name}.toml").write_text(OLD)
    git("add", ".")
    git("commit", "-qm", "one")
    (tmp_path / "changed.toml").write_text(OLD.replace("0.99,", "0.9,"))
    (tmp_path / "broken.toml").write_text("vreltui = 2\n")
    git("mv", "moved.toml", "other.toml")
    (tmp_path / "added.toml").write_text(
        "vreltui = 1\nnodes.a.reliability = 0.9\nchoices.a.root = 'a'\n"
    )
    git("add", ".")
    said = git("diff", "--cached", "-M")
    assert "a/changed.toml -> b/changed.toml" in said
    assert "parameter R_V: 0.99 -> 0.9" in said
    assert "b/added.toml: a new design, 1 choice, 1 node" in said
    assert "a/moved.toml -> b/other.toml\nsame meaning" in said
    assert "b/broken.toml: can't be used" in said
    (tmp_path / "changed.toml").unlink()
    assert "a/changed.toml: the design is deleted" in git("diff", "HEAD", "--", "changed.toml")


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Design, Design]:
    """A design, and what a few edits made of it."""
    old = new = draw(designs())
    for _ in range(draw(st.integers(0, 3))):
        edited = draw(st.sampled_from([_value, _node, _goal, _choice]))(draw, new)
        if not any(problems(edited)):
            new = edited
    return old, new


def _value(draw: st.DrawFn, design: Design) -> Design:
    named = {n: p for n, p in design.parameters.items() if p.range is None and not p.is_count}
    if not named:
        return design
    name = draw(st.sampled_from(sorted(named)))
    value = replace(named[name], value=draw(probabilities()))
    return replace(design, parameters={**design.parameters, name: value})


def _node(draw: st.DrawFn, design: Design) -> Design:
    name = draw(st.sampled_from(sorted(design.nodes)))
    node = design.nodes[name]
    if isinstance(node, Component):
        node = replace(node, reliability=draw(probabilities()))
    elif isinstance(node, Group) and draw(st.booleans()):
        node = replace(node, parts=node.parts[::-1])
    elif isinstance(node, Group | Pool):
        node = replace(node, needs=draw(st.sampled_from(["all", "any", "majority"])))
    return replace(design, nodes={**design.nodes, name: node})


def _goal(draw: st.DrawFn, design: Design) -> Design:
    return replace(design, goal=draw(st.none() | probabilities()))


def _choice(draw: st.DrawFn, design: Design) -> Design:
    name = list(design.choices)[-1]
    if name == design.baseline or len(design.choices) == 1 or draw(st.booleans()):
        root = draw(st.sampled_from(sorted(design.nodes)))
        changed = replace(design.choices[name], root=root)
        return replace(design, choices={**design.choices, name: changed})
    return replace(
        design, choices={key: each for key, each in design.choices.items() if key != name}
    )


def _unreliability(design: Design, choice: str) -> Fraction:
    return 1 - Oracle(design).reliability(choice)


@settings(max_examples=int(os.environ.get("VRELTUI_DIFF_PAIRS", "30")))
@given(pairs())
def test_the_difference_agrees_with_both_checks(pair: tuple[Design, Design]) -> None:
    old, new = pair
    found = difference(render(old), render(new))
    reports = examine(old).choices, examine(new).choices
    worse, better = [], []
    for name in {**old.choices, **new.choices}:
        sides = [report.get(name) for report in reports]
        verdicts = [None if side is None else side.verdict for side in sides]
        wanted = [
            None if side is None else _unreliability(design, name)
            for side, design in zip(sides, pair, strict=True)
        ]
        if sides[1] is None or RANKS.index(verdicts[1]) > RANKS.index(verdicts[0]):
            worse += [name] if sides[0] is not None else []
        elif sides[0] is not None and RANKS.index(verdicts[1]) < RANKS.index(verdicts[0]):
            better.append(name)
        said = found["choices"].get(name)
        if said is None:
            assert verdicts[0] == verdicts[1]
            assert wanted[0] == wanted[1]
            continue
        assert said["verdict"] == verdicts
        for figure, exact in zip(said["unreliability"], wanted, strict=True):
            assert figure == (None if exact is None else pytest.approx(float(exact), rel=1e-12))
    assert (found["worse"], found["better"]) == (worse, better)
    _alone_is_exact(old, new, found)


def _alone_is_exact(old: Design, new: Design, found: dict[str, Any]) -> None:
    for name, change in found["parameters"].items():
        if change["change"] == "changed" and not new.parameters[name].is_count:
            one = replace(old, parameters={**old.parameters, name: new.parameters[name]})
            for choice, figure in change["alone"].items():
                assert figure == pytest.approx(float(_unreliability(one, choice)), rel=1e-12)
    for name, change in found["nodes"].items():
        node = new.nodes.get(name)
        if change["change"] == "changed" and isinstance(node, Component) and not node.parameters:
            one = replace(old, nodes={**old.nodes, name: node})
            for choice, figure in change["alone"].items():
                assert figure == pytest.approx(float(_unreliability(one, choice)), rel=1e-12)


TIMED = """\
vreltui = 1
goal.GOAL
mission.time = "30 d"
parameters.T = { time = "100 h" }
nodes.a = { mttf = "T", mttr = "1 h" }
nodes.b = { mttf = "50 d", mttr = "2 h" }
nodes.top.parts = ["a", "b"]
choices.c.root = "top"
"""


@pytest.mark.parametrize(
    ("goal", "key"),
    [
        ("availability = 0.9", "unavailability"),
        ("mttf = '1 d'", "mttf_s"),
        ("reliability = 0.1", "unreliability"),
    ],
)
def test_what_is_measured_is_what_is_compared(goal: str, key: str) -> None:
    old = TIMED.replace("GOAL", goal)
    found = difference(old, old.replace('"100 h"', '"50 h"'))
    choice = found["choices"]["c"]
    assert len({"unreliability", "unavailability", "mttf_s"} & set(choice)) == 1
    before, after = choice[key]
    assert choice["factor"] > 1, "above 1 is always worse"
    if key == "mttf_s":
        assert (before, after) == (pytest.approx(1 / (1 / 100 + 1 / 1200) * 3600),
                                   pytest.approx(1 / (1 / 50 + 1 / 1200) * 3600))  # fmt: skip
    elif key == "unavailability":
        wanted = 1 - Fraction(50, 51) * Fraction(1200, 1202)
        assert after == pytest.approx(float(wanted), rel=1e-12)
    changed = found["parameters"]["T"]
    assert (changed["old"], changed["new"], changed["alone"]) == ("100 h", "50 h", {"c": after})


def test_the_same_time_in_another_unit_means_the_same() -> None:
    old = TIMED.replace("GOAL", "availability = 0.9")
    assert difference(old, old.replace('"30 d"', '"720 h"').replace('"100 h"', '"6000 min"'))[
        "same_meaning"
    ]


def test_other_measures_have_no_figure_in_common() -> None:
    old = TIMED.replace("GOAL", "availability = 0.9")
    found = difference(old, TIMED.replace("GOAL", "mttf = '1 d'").replace('"30 d"', '"31 d"'))
    assert found["goal"] == ["availability 0.9", "mttf 1 d"]
    time = found["mission"]["time"]
    assert (time["old"], time["new"]) == ("30 d", "31 d")
    assert not {"factor", "unavailability", "mttf_s"} & set(found["choices"]["c"])


def test_why_a_mean_life_is_not_known_is_said_of_each_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = """vreltui = 1
goal = { mttf = "100 d" }
[nodes.one]
mttf = "300 d"
shape = 2
rejuvenate = "10.00001 d"
[nodes.two]
mttf = "300 d"
shape = 2
rejuvenate = "10.00003 d"
[nodes.all]
parts = ["one", "two"]
needs = "any"
[choices.c]
root = "all"
"""
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text(text)
    new.write_text(text.replace("300 d", "301 d", 1))
    run(["diff", str(old), str(new)])
    assert "alone: undecided, the clocks have no common period" in capsys.readouterr().out
