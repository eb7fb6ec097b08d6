"""Reference, man page and completion are what the table of commands says, and work."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from vreltui.cli import table
from vreltui.cli.main import run
from vreltui.cli.pages import commands, written
from vreltui.cli.pages.__main__ import PAGES

ROOT = Path(__file__).resolve().parents[2]
WEB = "designs/web-node.toml"


@pytest.mark.parametrize("place", PAGES)
def test_no_page_is_stale(place: str) -> None:
    assert (ROOT / place).read_text() == PAGES[place](), "make pages"


@pytest.mark.parametrize("place", PAGES)
def test_every_option_of_every_command_stands_in_every_page(place: str) -> None:
    text = PAGES[place]().replace("\\-", "-")
    for name, command in commands().items():
        for argument in command.arguments:
            if argument.is_option and name:
                said = any(
                    option in text or f"-l {option[2:]}" in text or f"-s {option[1:]}" in text
                    for option in argument.names
                )
                assert said, f"{name} {written(argument)}"


def test_the_man_page_is_drawn_without_a_warning() -> None:
    groff = shutil.which("groff")
    if groff is None:
        pytest.skip("groff is not installed")
    done = subprocess.run(
        [groff, "-man", "-Tutf8", "-ww", "-z", str(ROOT / "share/man/man1/vreltui.1")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr == ""


def completed(*words: str, folder: Path) -> list[str]:
    """What bash offers for the last of these words."""
    program = folder / "bin" / "vreltui"
    if not program.exists():
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec {sys.executable} -m vreltui "$@"\n')
        program.chmod(0o755)
    quoted = " ".join(f"'{word}'" for word in words)
    script = (
        f"source share/bash-completion/completions/vreltui; COMP_WORDS=({quoted}); "
        f"COMP_CWORD={len(words) - 1}; _vreltui; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    )
    done = subprocess.run(
        ["bash", "-c", script], cwd=ROOT, capture_output=True, text=True, check=True,
        env={**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"},
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout.split()


def test_bash_completes_commands_options_and_names(tmp_path: Path) -> None:
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed")
    assert completed("vreltui", "che", folder=tmp_path) == ["check"]
    assert completed("vreltui", "check", "--req", folder=tmp_path) == ["--require"]
    assert completed("vreltui", "check", WEB, "--choice", "v", folder=tmp_path) == ["vms", "voted"]
    solved = completed("vreltui", "formula", WEB, "--solve", "R_", folder=tmp_path)
    assert solved == ["R_H", "R_V", "R_O", "R_f", "R_F"]
    assert completed("vreltui", "check", WEB, "--format", "s", folder=tmp_path) == ["sarif"]
    assert completed("vreltui", "plot", WEB, "repl", folder=tmp_path) == ["replicas"]
    assert completed("vreltui", "check", "designs/web", folder=tmp_path) == [WEB]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_command_prints_what_is_installed(
    shell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["completion", shell]) == 0
    kept = [place for place in PAGES if shell in place]
    assert capsys.readouterr().out == (ROOT / kept[0]).read_text()
    if shutil.which(shell):
        subprocess.run([shell, "-n", str(ROOT / kept[0])], check=True)


def test_other_shells_and_files_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", "tcsh"]) == 2
    assert "bash, zsh, fish" in capsys.readouterr().err
    assert run(["completion", "--names", "choices", "nowhere.toml"]) == 2
    assert run(["completion", "--names", "plots", str(ROOT / WEB)]) == 0
    assert "replicas" in capsys.readouterr().out.split()


def test_every_command_is_told() -> None:
    page = (ROOT / "docs/command-line.md").read_text()
    for name in table.names():
        assert f"\n## vreltui {name}\n" in page
