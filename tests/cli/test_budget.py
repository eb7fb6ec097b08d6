"""One budget for the whole call: what is not found in time is undecided, and the rest is there."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli import stubborn
from tests.cli.programs import ROOT
from vreltui.analysis import ChoiceReport, Figure, undecided_report
from vreltui.cli import budget as budgets
from vreltui.cli.budget import Answers, Budget, Progress
from vreltui.cli.commands import check
from vreltui.cli.main import run
from vreltui.engine.limits import Undecided
from vreltui.model import Design
from vreltui.storage import parse
from vreltui.wording.as_json import choice_json

ENOUGH = 600
"""Seconds after which a call that was to end by itself counts as one that does not."""

DESIGN = """\
vreltui = 1
baseline = "two"
[goal]
reliability = 0.99
[parameters]
R = 0.9
n = 3
[nodes.a]
reliability = "R"
[nodes.pool]
of = "a"
copies = "n"
needs = "any"
[choices.one]
root = "pool"
[choices.two]
root = "a"
"""


@pytest.fixture
def answers() -> Iterator[Answers[str]]:
    budget = Budget(40)
    found = Answers[str]("tests.cli.stubborn:answer", Design(), budget, budget.end)
    stubborn.asked.clear()
    yield found
    found.close()


def said(answers: Answers[str], about: str, left: int) -> str:
    try:
        return answers.ask(about, "asking", left)
    except Undecided as reason:
        return f"undecided: {reason}"


def test_whatever_one_question_does_the_others_are_answered(answers: Answers[str]) -> None:
    asked = ["quick", "stuck", "next", "dead", "large", "deep", "undecided", "seconds", "last"]
    found = [said(answers, about, 20 - number) for number, about in enumerate(asked)]
    assert found[1].startswith("undecided: it took more than ")
    assert found[3].startswith("undecided: the process that computed it ended")
    assert found[0::2] == ["quick", "next", found[4], "undecided: nobody knows", "last"]
    assert "memory" in found[4]
    assert "nested too deeply" in found[5]
    assert found[7] == "some"


def test_what_a_moment_suffices_for_is_answered_here(answers: Answers[str]) -> None:
    assert said(answers, "here", 3) == "here"
    assert said(answers, "elsewhere", 2) == "elsewhere"
    assert said(answers, "again", 1) == "again"
    # What took too long here is not tried here again.
    assert stubborn.asked == ["here", "elsewhere"]


def test_a_process_is_told_the_design_once(answers: Answers[str]) -> None:
    found = [said(answers, about, 9) for about in ("design", "design", "dead", "design")]
    assert found[:2] == ["sent", "known"]
    assert found[3] == "sent"  # another process


def test_without_a_process_it_is_answered_here(
    answers: Answers[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr("vreltui.workers.process.Worker", refused)
    monkeypatch.setattr(sys, "argv", ["worker.py"])
    monkeypatch.setattr(answers, "_elsewhere", True)
    assert said(answers, "word", 1) == "word"


def test_after_the_end_nothing_is_begun() -> None:
    budget = Budget(1e-9)
    answers = Answers[str]("tests.cli.stubborn:answer", Design(), budget, budget.end)
    stubborn.asked.clear()
    assert said(answers, "here", 1) == "undecided: the 1e-09 s of the call were over"
    assert stubborn.asked == []


def test_files_that_no_time_is_left_for_are_undecided(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "design.toml"
    path.write_text(DESIGN)
    assert run(["check", str(path), "--seconds", "1e-9"]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "not read: the 1e-09 s of the call were over" in captured.err
    assert run(["check", "--json", str(path), str(path), "--seconds", "1e-9"]) == 3
    for found in json.loads(capsys.readouterr().out):
        assert found["choices"] is None
        assert "were over" in found["choices_undecided"]


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_each_choice_is_written_as_soon_as_it_is_known(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    more: list[str],
) -> None:
    path = tmp_path / "design.toml"
    path.write_text(DESIGN)
    seen: list[str] = []

    def slowly(file: str, designs: dict[str, Design], *_: Any) -> Iterator[Any]:
        for name, design in designs.items():
            seen.append(capsys.readouterr().out)
            yield undecided_report(design, name, "nobody knows")

    monkeypatch.setattr(check, "reports", slowly)
    assert run(["check", str(path), *more]) == 3
    whole = "".join(seen) + capsys.readouterr().out
    assert "One" not in seen[0]
    assert "nobody knows" not in seen[0]
    assert "one" in seen[1]
    assert "nobody knows" in seen[1]
    if more:
        assert list(json.loads(whole)["choices"]) == ["one", "two"]


def test_what_is_undecided_is_null_and_says_why(tmp_path: Path) -> None:
    design = parse(DESIGN).design
    found = choice_json(design, undecided_report(design, "one", "too hard"))
    assert found["verdict"] == "undecided"
    assert found["undecided"] == "too hard"
    assert found["reasons"] == ["undecided: too hard"]
    for key in ("reliability", "unreliability", "against_goal", "against_baseline"):
        assert (found[key], found[f"{key}_undecided"]) == (None, "too hard")
    threshold = found["thresholds"]["R"]
    assert (threshold["satisfied"], threshold["satisfied_undecided"]) == (None, "too hard")
    assert (threshold["intervals"], threshold["intervals_undecided"]) == (None, "too hard")
    count = found["thresholds"]["n"]
    assert (count["ranges"], count["ranges_undecided"]) == (None, "too hard")
    for name in ("R", "n"):
        weight = found["importance"][name]
        assert weight == {"birnbaum": None, "birnbaum_undecided": "too hard"}
    assert set(found["nodes"]) == {"pool", "a"}
    assert found["nodes"]["a"]["reliability"] is None
    assert found["nodes"]["a"]["unreliability_undecided"] == "too hard"


@pytest.mark.parametrize(("most", "is_listed"), [(5, False), (6, True)])
def test_what_no_time_was_left_for_is_listed_where_that_takes_none(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    most: int,
    is_listed: bool,
) -> None:
    """Three choices of two nodes: the first is answered, and the time is over."""
    path = tmp_path / "design.toml"
    path.write_text(f'{DESIGN}[choices.three]\nroot = "a"\n')
    answer = Answers.ask

    def slowly(answers: Answers[Any], about: object, doing: str, left: int) -> Any:
        found = answer(answers, about, doing, left)
        monkeypatch.setattr(answers, "_end", 0.0)
        return found

    monkeypatch.setattr(Answers, "ask", slowly)
    monkeypatch.setattr(check, "MOST_LISTED", most)
    assert run(["check", "--json", str(path)]) == 0
    first, *others = json.loads(capsys.readouterr().out)["choices"].values()
    assert first["nodes"]["a"]["reliability"] == 0.9
    for found in others:
        assert found["verdict"] == "undecided"
        assert found["reliability"] is None
        assert found["reasons"] == ["undecided: no time was left for it"]
        for key in ("thresholds", "importance", "nodes"):
            assert (found[key] is not None) is is_listed
            assert found.get(f"{key}_undecided") == (
                None if is_listed else "no time was left for it"
            )
    assert run(["check", str(path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    three = lines.index("three  [?] undecided   not solved")
    assert lines[three + 1].strip() == "undecided: no time was left for it"
    assert lines[three + 2].startswith("    - R = ") is is_listed


def test_numbers_at_components_are_named_once_for_all_choices(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "design.toml"
    path.write_text(DESIGN)
    named: list[Design] = []

    def counted(design: Design) -> Design:
        named.append(design)
        return design

    monkeypatch.setattr(check, "with_named_numbers", counted)
    run(["check", str(path)])
    assert len(named) == 1


def test_an_importance_that_was_not_found_is_null_beside_those_that_were() -> None:
    design = parse(DESIGN).design
    report = ChoiceReport(
        "one", "", Figure(0.5, 0.5), "short", "below", "better", {}, {"n": 0.25}, {},
        open_questions={"importance.R": "no time"},
    )  # fmt: skip
    assert choice_json(design, report)["importance"] == {
        "R": {"birnbaum": None, "birnbaum_undecided": "no time"},
        "n": {"birnbaum": 0.25},
    }


def shared_groups() -> str:
    """20 choices of 80 groups of 100 parts that they share: no diagram of them is small."""
    chance = random.Random(1)
    lines = ["vreltui = 1", "[goal]", "reliability = 0.999", "[nodes]"]
    lines += [f"c{i} = {{ reliability = 0.9 }}" for i in range(300)]
    choices = ["[choices]"]
    for choice in range(20):
        groups = [f"g{choice}-{group}" for group in range(80)]
        for group in groups:
            parts = ", ".join(f'"c{part}"' for part in chance.sample(range(300), 100))
            lines.append(f'{group} = {{ parts = [{parts}], needs = "any" }}')
        named = ", ".join(f'"{group}"' for group in groups)
        lines.append(f"r{choice} = {{ parts = [{named}] }}")
        choices.append(f'c{choice} = {{ root = "r{choice}" }}')
    return "\n".join([*lines, *choices, ""])


def open_values() -> str:
    """100 open counts and 100 open ranges, all of them in a choice and in its baseline."""
    lines = ["vreltui = 1", 'baseline = "plain"', "[goal]", "reliability = 0.9999999", "[nodes]"]
    parameters = ["[parameters]"]
    for i in range(100):
        parameters.append(f"n{i} = {{ count = 3, range = [1, 9] }}")
        parameters.append(f"R{i} = {{ value = 0.9, range = [0.5, 0.99] }}")
        lines.append(f'c{i} = {{ reliability = "R{i}" }}')
        lines.append(f'p{i} = {{ of = "c{i}", copies = "n{i}", needs = "majority" }}')
    for name, letter in (("pools", "p"), ("bare", "c")):
        named = ", ".join(f'"{letter}{i}"' for i in range(100))
        lines.append(f"{name} = {{ parts = [{named}] }}")
    choices = ["[choices]", 'plain = { root = "bare" }', 'pooled = { root = "pools" }']
    return "\n".join([*lines, *parameters, *choices, ""])


@pytest.mark.parametrize(("text", "choices"), [(shared_groups(), 20), (open_values(), 2)])
def test_what_takes_minutes_is_answered_in_time_with_every_choice(text: str, choices: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "vreltui", "check", "--json", "-", "--seconds", "4"],
        input=text, capture_output=True, text=True, check=False, cwd=ROOT, timeout=ENOUGH,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (3, "")
    found = json.loads(done.stdout)["choices"]
    assert len(found) == choices
    undecided = [choice for choice in found.values() if choice["verdict"] == "undecided"]
    assert undecided
    assert all(choice["reasons"] for choice in undecided)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_told_what_is_being_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(budgets, "SHOWN_AFTER", 0.0)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    progress = Progress(Budget(7))
    progress.clear()
    assert terminal.getvalue() == ""
    progress.show("web.toml: solving vms\x1b[2J")
    assert terminal.getvalue() == (
        "\r\x1b[Kvreltui: web.toml: solving vms\\x1b[2J, 0 s of at most 7 s"
    )
    progress.clear()
    assert terminal.getvalue().endswith("s\r\x1b[K")


def test_nobody_else_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets, "SHOWN_AFTER", 0.0)
    plain = io.StringIO()
    monkeypatch.setattr(sys, "stderr", plain)
    Progress(Budget(7)).show("anything")
    monkeypatch.setattr(budgets, "SHOWN_AFTER", 1e9)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    Progress(Budget(7)).show("anything")
    assert plain.getvalue() == terminal.getvalue() == ""
