"""The commands of docs/paper.md: each is run, and must give the figures that stand below it.

What is compared are the numbers, the verdicts and the words of quantity. How a sentence goes on is
free; after a change of wording, ``python -m tests.test_paper`` writes the page's answers again.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "paper.md"

_FIGURES = re.compile(
    r"""(?<![\w.])-?\d+(?:\.\d+)?(?:e-?\d+)?
    | \b(?:meets|short|hopeless|undecided|never|always|no|every|worse|better|as\ good\ as)\b""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A command of the page, and what the page says it prints."""

    command: str
    answer: tuple[str, ...]


def shown() -> Iterator[Shown]:
    """The commands of the page in its order."""
    for block in re.findall(r"^```console\n(.*?)^```$", PAGE.read_text("utf-8"), re.M | re.S):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, *answer = part.splitlines()
            yield Shown(command, tuple(answer))


def run(command: str, folder: Path) -> list[str]:
    """The lines that a command prints, with this very program as ``vreltui``."""
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
        ["bash", "-c", command],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


def figures(lines: list[str] | tuple[str, ...]) -> list[list[str]]:
    """What of each line has to be right."""
    return [_FIGURES.findall(line) for line in lines]


COMMANDS = list(shown())


@pytest.mark.parametrize("said", COMMANDS, ids=[str(i) for i in range(len(COMMANDS))])
def test_a_command_of_the_page_gives_its_figures(said: Shown, tmp_path: Path) -> None:
    printed = run(said.command, tmp_path)
    assert printed, said.command
    assert figures(printed) == figures(said.answer), said.command


def test_every_equation_and_figure_of_section_4_has_its_commands() -> None:
    text = PAGE.read_text("utf-8")
    for name in ("(1)", "(2)", "(3)", "(4)", "Fig. 1", "Fig. 3", "Fig. 4", "Fig. 6", "Fig. 7"):
        assert name in text
    sections = text.split("\n## ")[1:]
    assert len(COMMANDS) > 40
    for section in sections:
        assert "```console" in section, section.splitlines()[0]


def test_figures_that_differ_are_noticed() -> None:
    assert figures(["at least 4 VMs"]) != figures(["at least 5 VMs"])
    assert figures(["three  [-] short"]) != figures(["three  [x] hopeless"])
    assert figures(["0.1,0.5263,"]) == [["0.1", "0.5263"]]


def rewrite(folder: Path) -> None:
    """Write what the commands print now into the page."""
    lines: list[str] = []
    for block in re.split(r"(^```console\n.*?^```$)", PAGE.read_text("utf-8"), flags=re.M | re.S):
        if not block.startswith("```console"):
            lines.append(block)
            continue
        commands = re.findall(r"^\$ (.*)$", block, re.M)
        answers = ["\n".join([f"$ {command}", *run(command, folder)]) for command in commands]
        lines.append("\n".join(["```console", *answers, "```"]))
    PAGE.write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        rewrite(Path(name))
