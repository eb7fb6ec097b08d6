"""The commands of docs/paper.md and docs/guide.md: each must give the figures that stand below it.

What is compared are the numbers, the verdicts and the words of quantity. How a sentence goes on is
free; after a change of wording, ``python -m tests.test_paper`` writes the answers of both pages.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest

from vreltui.cli.commands import formula
from vreltui.cli.main import run as main
from vreltui.symbolic.answering import answer

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "paper.md"
PAGES = (PAGE, ROOT / "docs" / "guide.md")

_FIGURES = re.compile(
    r"""(?<![\w.])-?\d+(?:\.\d+)?(?:e-?\d+)?
    | \b(?:meets|short|hopeless|undecided|never|always|no|every|worse|better|as\ good\ as)\b""",
    re.VERBOSE,
)


_LOOP = re.compile(r"for (\w+) in ([^;]+); do (.*); done")


@dataclass(frozen=True, slots=True)
class Shown:
    """A command of the page, and what the page says it prints."""

    command: str
    answer: tuple[str, ...]


def shown(page: Path) -> Iterator[Shown]:
    """The commands of a page in its order."""
    for block in re.findall(r"^```console\n(.*?)^```$", page.read_text("utf-8"), re.M | re.S):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, *answer = part.splitlines()
            yield Shown(command, tuple(answer))


def run(command: str) -> list[str]:
    """The lines that a command of the page prints; ``vreltui`` answers in this process.

    The page keeps to loops over words and to pipelines, so that no shell is needed to read it.
    """
    if loop := _LOOP.match(command):
        name, words, body = loop.groups()
        return [line for word in words.split() for line in run(body.replace(f"${name}", word))]
    text = ""
    for stage in _stages(command):
        is_ours = stage.startswith("vreltui ")
        text = _answer(shlex.split(stage)[1:], text) if is_ours else _filtered(stage, text)
    return text.splitlines()


def _stages(pipeline: str) -> list[str]:
    """The commands of a pipeline, each with its quotes."""
    words = shlex.shlex(pipeline, posix=False, punctuation_chars="|")
    words.whitespace_split = True
    words.commenters = ""
    return " ".join(words).split(" | ")


def _answer(arguments: list[str], given: str) -> str:
    """What ``vreltui`` prints with these arguments and this standard input.

    Symbols are derived in this process, too: one that is started for each command would load sympy
    each time.
    """
    printed, told = io.StringIO(), io.StringIO()
    stdin = io.TextIOWrapper(io.BytesIO(given.encode()), "utf-8")
    here = patch.object(formula, "derive", lambda request, seconds: answer(request))
    with patch.object(sys, "stdin", stdin), here, redirect_stdout(printed), redirect_stderr(told):
        main(arguments)
    assert told.getvalue() == ""
    return printed.getvalue()


def _filtered(command: str, given: str) -> str:
    """What another command, such as sed or grep, makes of a text."""
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, input=given, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout


def run_in_a_shell(command: str, folder: Path) -> list[str]:
    """The lines that a shell prints, with this very program as ``vreltui``."""
    program = folder / "vreltui"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m vreltui "$@"\n')
    program.chmod(0o755)
    surroundings = {
        **os.environ,
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=surroundings, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout.splitlines()


def figures(lines: list[str] | tuple[str, ...]) -> list[list[str]]:
    """What of each line has to be right."""
    return [_FIGURES.findall(line) for line in lines]


COMMANDS = [said for page in PAGES for said in shown(page)]


@pytest.mark.parametrize("said", COMMANDS, ids=[str(i) for i in range(len(COMMANDS))])
def test_a_command_of_the_page_gives_its_figures(
    said: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    printed = run(said.command)
    assert printed, said.command
    assert figures(printed) == figures(said.answer), said.command


@pytest.mark.parametrize("begins", ["for holds in", "vreltui formula designs/single-node.toml "])
def test_a_shell_prints_the_same(
    begins: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commands are read here as a shell reads them: a loop, and a pipeline."""
    monkeypatch.chdir(ROOT)
    (command,) = [said.command for said in COMMANDS if said.command.startswith(begins)]
    printed = run_in_a_shell(command, tmp_path)
    assert printed
    assert printed == run(command)


def test_every_equation_and_figure_of_section_4_has_its_commands() -> None:
    text = PAGE.read_text("utf-8")
    for name in ("(1)", "(2)", "(3)", "(4)", "Fig. 1", "Fig. 3", "Fig. 4", "Fig. 6", "Fig. 7"):
        assert name in text
    sections = text.split("\n## ")[1:]
    assert len(list(shown(PAGE))) > 40
    for section in sections:
        assert "```console" in section, section.splitlines()[0]


def test_every_use_and_cited_system_has_its_commands() -> None:
    used = " ".join(said.command for said in shown(PAGE))
    for name in (
        "load-migration", "patch-on-a-copy", "fail-safe-monitor", "rejuvenation", "containment",
        "replica-diversity", "primary-backup", "shared-spare", "replicated-state-machine",
        "introspection-replay", "two-hosts-availability", "restarts-and-patches", "attackers",
    ):  # fmt: skip
        assert f"designs/{name}.toml" in used, name


def test_figures_that_differ_are_noticed() -> None:
    assert figures(["at least 4 VMs"]) != figures(["at least 5 VMs"])
    assert figures(["three  [-] short"]) != figures(["three  [x] hopeless"])
    assert figures(["0.1,0.5263,"]) == [["0.1", "0.5263"]]


def rewrite(page: Path) -> None:
    """Write what the commands print now into a page."""
    lines: list[str] = []
    for block in re.split(r"(^```console\n.*?^```$)", page.read_text("utf-8"), flags=re.M | re.S):
        if not block.startswith("```console"):
            lines.append(block)
            continue
        commands = re.findall(r"^\$ (.*)$", block, re.M)
        answers = ["\n".join([f"$ {command}", *run(command)]) for command in commands]
        lines.append("\n".join(["```console", *answers, "```"]))
    page.write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    os.chdir(ROOT)
    for each in PAGES:
        rewrite(each)
