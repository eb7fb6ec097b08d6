"""A question and a command are complete with one file each: made-up ones are found by all."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from vreltui.analysis import questions
from vreltui.cli import commands, table
from vreltui.cli.main import run

QUESTION = '''
"""Which part of a choice is the weakest."""


def weakest(study, choice):
    """The component that fails most often, by its name."""
    figures = study.figures(choice)
    below = study.design.below(study.design.choices[choice].root)
    parts = [name for name in below if not study.design.nodes[name].children]
    return min(parts, key=lambda name: figures[name].reliability)
'''

COMMAND = '''
"""`vreltui weakest`: which part fails most often."""

import json

from vreltui.cli.arguments import DESIGN
from vreltui.cli.designs import asked
from vreltui.cli.output import write
from vreltui.cli.table import MET, UNUSABLE, Command


def _run(arguments):
    from vreltui.analysis.questions.weakest import weakest
    from vreltui.analysis.study import Study

    study = Study(asked(arguments.design, arguments).design)
    found = {choice: weakest(study, choice) for choice in study.design.choices}
    write(json.dumps(found) + "\\n")
    return MET


COMMAND = Command(
    question="which part fails most often",
    description="Name the least reliable component of each choice.",
    arguments=(DESIGN,),
    statuses={MET: "done", UNUSABLE: "a file can't be used"},
    run=_run,
)
'''

DESIGN = """
vreltui = 1
[nodes.a]
reliability = 0.9
[nodes.b]
reliability = 0.8
[nodes.both]
parts = ["a", "b"]
[choices.one]
root = "both"
"""


@pytest.fixture(autouse=True)
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A made-up question and its command, in their folders for as long as the test takes."""
    for package, text in ((questions, QUESTION), (commands, COMMAND)):
        folder = tmp_path / package.__name__
        folder.mkdir()
        (folder / "weakest.py").write_text(text)
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(folder)])
    importlib.invalidate_caches()
    yield
    for package in (questions, commands):
        sys.modules.pop(f"{package.__name__}.weakest", None)


def test_a_made_up_command_answers_and_is_refused_like_every_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    design = tmp_path / "x.toml"
    design.write_text(DESIGN)
    assert run(["weakest", str(design)]) == 0
    assert json.loads(capsys.readouterr().out) == {"one": "b"}
    with pytest.raises(SystemExit):
        run(["weakest", str(design), "--sideways"])
    assert "see vreltui weakest --help" in capsys.readouterr().err
    assert run(["weakest", str(tmp_path / "none.toml")]) == 2
    assert "there is no such file" in capsys.readouterr().err


def test_a_made_up_command_is_in_the_help_and_among_suggestions(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "weakest" in table.names()
    run(["--help"])
    assert "which part fails most often" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        run(["weakest", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert "Name the least reliable component of each choice." in said
    assert "exit status: 0 done; 2 a file can't be used" in said
    assert run(["weakst", "x.toml"]) == 2
    assert 'did you mean "weakest"?' in capsys.readouterr().err
