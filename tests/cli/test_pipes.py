"""A pipe that is open already, as a shell's ``<(generate)`` gives one, is read once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WEB = ROOT / "designs" / "web-node.toml"


def through_a_pipe(*arguments: str, data: bytes) -> subprocess.CompletedProcess[str]:
    """The command with a pipe that holds ``data`` in the place of the word PIPE."""
    reading, writing = os.pipe()
    os.write(writing, data)
    os.close(writing)
    words = [f"/dev/fd/{reading}" if word == "PIPE" else word for word in arguments]
    try:
        return subprocess.run(
            [sys.executable, "-m", "vreltui", *words],
            cwd=ROOT, capture_output=True, text=True, check=False, pass_fds=[reading],
        )  # fmt: skip
    finally:
        os.close(reading)


@pytest.mark.parametrize("words", [("check",), ("formula",), ("plot", "--csv")])
def test_commands_that_only_read_take_what_comes_through_a_pipe(words: tuple[str, ...]) -> None:
    piped = through_a_pipe(*words, "PIPE", data=WEB.read_bytes())
    named = subprocess.run(
        [sys.executable, "-m", "vreltui", *words, str(WEB)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert named.stdout
    assert "\n".join(piped.stdout.split("\n")[2:]) == "\n".join(named.stdout.split("\n")[2:])
    assert piped.returncode == named.returncode


def test_a_fault_in_what_comes_names_the_pipe_and_the_line() -> None:
    done = through_a_pipe("check", "PIPE", data=b"vreltui = 1\n[nodes.a]\nreliability = 2 2\n")
    assert done.returncode == 2
    assert "/dev/fd/" in done.stderr
    assert ":3: " in done.stderr


def test_a_descriptor_that_is_not_open_is_no_file() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "vreltui", "check", "/dev/fd/987"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
