"""What is copied inside tmux arrives there, or the message says what tmux must allow."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.driving import Driver, drive


def program(folder: Path, script: str) -> None:
    (folder / "tmux").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "tmux").chmod(0o755)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for what is called tmux, in a session that is inside one."""
    found = tmp_path / "programs"
    found.mkdir()
    monkeypatch.setenv("PATH", f"{found}:/usr/bin:/bin")
    monkeypatch.setenv("TMUX", "/nowhere/default,1,0")
    return found


def said_after_a_copy() -> str:
    said = []

    async def scene(driver: Driver) -> None:
        driver.screen.clip("0.5 \u03bb", "R of a")
        await driver.settle()
        said.append(driver.lines()[22].strip())

    drive(scene)
    return said[0]


def test_a_copy_goes_to_the_buffer_of_tmux(folder: Path) -> None:
    program(folder, f'echo "$@" >"{folder}/words"; cat >"{folder}/buffer"')
    assert said_after_a_copy().startswith("copied R of a to the buffer of tmux")
    assert (folder / "words").read_text() == "load-buffer -w -\n"
    assert (folder / "buffer").read_text(encoding="utf-8") == "0.5 \u03bb"


@pytest.mark.parametrize("script", ["exit 1", "exec sleep 1000", "# it is not there"])
def test_a_tmux_that_takes_nothing_is_named_with_what_it_must_allow(
    folder: Path, script: str
) -> None:
    if not script.startswith("#"):
        program(folder, script)
    said = said_after_a_copy()
    assert "set -g set-clipboard on" in said
    assert "copied" not in said


def test_outside_of_tmux_the_terminal_is_asked(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(folder, f'echo "$@" >"{folder}/words"')
    monkeypatch.delenv("TMUX")
    assert said_after_a_copy() == "copied R of a to the clipboard of the terminal"
    assert not (folder / "words").exists()
