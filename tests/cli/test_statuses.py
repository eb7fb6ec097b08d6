"""Exit statuses: 0 met, 1 proven not or nothing asked, 2 can't be used, 3 undecided."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.programs import status_with_reader_gone
from vreltui.analysis import ChoiceReport
from vreltui.cli import table
from vreltui.cli.commands.check import status_of
from vreltui.cli.main import run

GOOD = """\
vreltui = 1
goal = { reliability = 0.99 }
nodes.a.reliability = 0.999
nodes.b.reliability = 0.9
choices.meets.root = "a"
choices.fails.root = "b"
"""
UNMET = GOOD.replace("0.99 }", "0.9999 }")
BAD = GOOD.replace('root = "b"', 'root = "nothing"')
UNASKED = GOOD.replace("goal = { reliability = 0.99 }", "")
AGAINST_ITSELF = GOOD.replace("goal = { reliability = 0.99 }", 'baseline = "fails"')


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    found = {"missing": str(tmp_path / "missing.toml")}
    for name, text in {
        "good": GOOD, "unmet": UNMET, "bad": BAD, "unasked": UNASKED, "itself": AGAINST_ITSELF,
    }.items():  # fmt: skip
        path = tmp_path / f"{name}.toml"
        path.write_text(text)
        found[name] = str(path)
    return found


@pytest.mark.parametrize(
    ("names", "status"),
    [
        (["good"], 0), (["unmet"], 1), (["bad"], 2), (["missing"], 2), (["unasked"], 1),
        (["bad", "good"], 2), (["good", "bad"], 2), (["bad", "unmet"], 2), (["unmet", "bad"], 2),
        (["missing", "good", "unmet"], 2), (["unmet", "good"], 1), (["good", "unmet"], 1),
        (["good", "good"], 0), (["itself"], 0),
    ],
)  # fmt: skip
@pytest.mark.parametrize("more", [[], ["--json"]])
def test_the_worst_answer_gives_the_status_in_whatever_order(
    files: dict[str, str], names: list[str], status: int, more: list[str]
) -> None:
    assert run(["check", *(files[name] for name in names), *more]) == status


@pytest.mark.parametrize(
    ("statuses", "status"),
    [([], 0), ([0, 3], 3), ([3, 0], 3), ([3, 1], 1), ([1, 3], 1), ([2, 3], 2), ([3, 2, 1], 2)],
)
def test_several_answers_are_as_good_as_the_worst(statuses: list[int], status: int) -> None:
    assert table.worst(statuses) == status


def report(verdict: Any) -> ChoiceReport:
    return ChoiceReport("c", "", None, verdict, None, None, {}, {}, {})


@pytest.mark.parametrize(
    ("verdicts", "status"),
    [
        (["meets"], 0), (["undecided", "meets"], 0), (["hopeless", "undecided"], 3),
        (["undecided", "short"], 3), (["short", "hopeless"], 1), ([None], 1), ([None, "short"], 1),
        ([None, "undecided"], 3),
    ],
)  # fmt: skip
def test_a_file_is_met_by_one_choice_and_open_while_one_is_undecided(
    verdicts: list[Any], status: int
) -> None:
    assert status_of([report(verdict) for verdict in verdicts]) == status


def test_nothing_asked_is_nothing_met(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "--json", files["unasked"]]) == 1
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert "nothing is asked" in captured.err
    for choice in json.loads(captured.out)["choices"].values():
        assert choice["verdict"] is None
        assert choice["against_goal"] is None
        assert choice["against_baseline"] is None
        assert choice["thresholds"] == {}
    assert run(["check", files["unasked"]]) == 1
    text = capsys.readouterr().out
    assert "nothing asked" in text
    assert "meets" not in text.replace("meets  [ ]", "").replace("\nmeets ", "\n")


def test_nothing_is_asked_of_a_baseline_where_there_is_no_goal(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "--json", files["itself"]]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""  # something is asked of the other choice
    choices = json.loads(captured.out)["choices"]
    assert (choices["fails"]["verdict"], choices["fails"]["thresholds"]) == (None, {})
    assert choices["meets"]["verdict"] == "meets"
    assert run(["check", "--json", files["itself"], "--choice", "fails"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert run(["check", files["itself"], "--choice", "meets"]) == 0


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["check", "good"], 0), (["check", "unmet"], 1), (["check", "unmet", "--json"], 1),
        (["check", "unasked"], 1), (["check", "bad"], 2), (["check", "good", "missing"], 2),
        (["check", "missing", "unmet", "--json"], 2), (["check", "good", "--choice", "fails"], 1),
        (["formula", "good"], 0), (["formula", "bad"], 2), (["plot", "good"], 2),
        (["new", "web-node"], 0), (["new", "nothing"], 2), (["schema"], 0), (["--help"], 0),
        (["check", "--help"], 0), (["--version"], 0), (["chek", "good"], 2),
    ],
)  # fmt: skip
def test_a_reader_that_goes_away_changes_no_status(
    files: dict[str, str], arguments: list[str], status: int
) -> None:
    assert status_with_reader_gone(*(files.get(word, word) for word in arguments)) == status


LATER: dict[str, list[str]] = {
    "completion": ["bash"],
    "cutsets": ["good"],
    "diff": ["--gate", "good", "unmet"],
    "explore": ["good"],
    "export": ["good", "--to", "mermaid"],
    "import": ["tree"],
    "importance": ["good"],
}
"""Of each further command, arguments with which it writes something."""


def test_a_reader_that_goes_away_is_tried_with_every_command() -> None:
    assert {"check", "formula", "new", "plot", "schema", *LATER} == set(table.names())


@pytest.mark.parametrize("name", LATER)
def test_a_reader_that_goes_away_changes_no_status_of_any_command(
    files: dict[str, str], name: str, tmp_path: Path
) -> None:
    tree = tmp_path / "tree.dft"
    tree.write_text('toplevel "t";\n"t" and "a" "b";\n"a" prob=0.1;\n"b" prob=0.2;\n')
    files["tree"] = str(tree)
    arguments = [name, *(files.get(word, word) for word in LATER[name])]
    assert status_with_reader_gone(*arguments) == run(arguments)


def told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    try:
        status = run(arguments)
    except SystemExit as end:
        status = int(end.code or 0)
    captured = capsys.readouterr()
    assert captured.out == ""
    return status, captured.err


def test_a_mistyped_command_suggests_the_nearest(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    status, error = told(["chek", files["good"]], capsys)
    assert (status, error.count("\n")) == (2, 1)
    assert 'there is no command "chek"; did you mean "check"?' in error
    assert ", ".join(table.names()[:4]) in told(["zzz", files["good"]], capsys)[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ["missing"], ["check", "missing"], ["check", "missing", "--nonsense"],
        ["check", "good", "missing", "--seconds", "never"], ["plot", "missing", "--width", "5"],
        ["plot", "missing", "--width", "wide"], ["formula", "missing", "--solve", "R"],
        ["formula", "missing", "--format", "word"], ["chek", "missing"],
        ["check", "missing", "--choice", "nothing"], ["missing", "good"],
    ],
)  # fmt: skip
def test_a_missing_file_is_called_missing_whatever_else_is_wrong(
    files: dict[str, str], arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    status, error = told([files.get(word, word) for word in arguments], capsys)
    assert status == 2
    assert "missing.toml: there is no such file" in error


@pytest.mark.parametrize("text", ["0", "-1", "nan", "inf", "soon", "1e9"])
def test_a_time_that_is_none_is_refused(
    files: dict[str, str], text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("check", "formula", "plot"):
        status, error = told([command, files["good"], f"--seconds={text}"], capsys)
        assert status == 2
        assert "seconds above 0 are right" in error


def test_every_command_says_what_it_takes_and_ends_with(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["--help"]) == 0
    whole = capsys.readouterr().out
    for name in table.names():
        command = table.find(name)
        assert command is not None
        assert f"  {name} " in whole
        assert command.question in whole
        with pytest.raises(SystemExit) as end:
            run([name, "--help"])
        assert end.value.code == 0
        said = " ".join(capsys.readouterr().out.split())
        for argument in command.arguments:
            assert argument.names[0] in said or (argument.metavar or "") in said
        assert "exit status: 0 " in said


def test_a_command_is_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A module beside the others is a command, with help, suggestions and arguments."""
    import vreltui.cli.commands as package

    (tmp_path / "count.py").write_text(
        "from vreltui.cli.arguments import DESIGN\n"
        "from vreltui.cli.output import write\n"
        "from vreltui.cli.table import USABLE, Command\n"
        "def run(arguments):\n"
        "    write(f'{arguments.design}!\\n')\n"
        "    return 0\n"
        "COMMAND = Command('how many there are', 'Count.', (DESIGN,), USABLE, run)\n"
    )
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    assert run(["count", "x.toml"]) == 0
    assert capsys.readouterr().out == "x.toml!\n"
    assert run(["--help"]) == 0
    assert "how many there are" in capsys.readouterr().out
    assert 'did you mean "count"?' in told(["coun", "x"], capsys)[1]
